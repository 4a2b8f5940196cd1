"""What is kept of one person here, for access and erasure (GDPR 15 and 17)."""

from __future__ import annotations

from typing import Any

from conduct.models.follower import Follower

from .mails import held_about


def export(address: str) -> list[dict[str, Any]]:
    """Everything kept for an exact address: one entry for each code or policy it follows."""
    return [held_about(follower) for follower in _of(address)]


def erase(address: str) -> int:
    """Delete everything kept for an exact address; the number of codes and policies it followed."""
    followers = Follower.objects.with_address(address)
    count = followers.count()
    followers.delete()
    return count


def _of(address: str) -> list[Follower]:
    return list(Follower.objects.with_address(address).select_related("site").order_by("pk"))
