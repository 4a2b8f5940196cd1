"""Members of staff and their browsers, as for the lists."""

from tests.complaints.backoffice.conftest import browse, staff

__all__ = ["browse", "staff"]
