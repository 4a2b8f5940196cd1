"""Looking for harmful files with ClamAV, where `CONDUCT_CLAMD_URL` names one (SEC-FILE)."""

from complaints.scanning.quarantine import first_state, queue_scan

__all__ = ["first_state", "queue_scan"]
