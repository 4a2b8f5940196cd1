"""Lists as staff save them: a tab with filters that few or many rows match."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.utils import timezone

from bench.visiting import Visit, cookie_of

#: Not who looks at the other lists: each saved list is counted beside the tabs of its owner.
OWNER = "handler2"
#: Name, tab and filters; what depends on the database is added below.
SAVED: tuple[tuple[str, str, dict[str, list[str]]], ...] = (
    ("urgent", "open", {"priority": ["high", "top"]}),
    ("top and late", "open", {"priority": ["top"], "overdue": ["true"]}),
    ("one language", "open", {"language": ["vi"]}),
    ("questions", "open", {"kind": ["question"]}),
    ("confidential, being looked into", "open",
     {"confidential": ["true"], "state": ["investigating"]}),
    ("closed, one language", "closed", {"language": ["ko"]}),
)  # fmt: skip


def saved_lists() -> Iterator[tuple[str, Visit]]:
    """What each is called, and the visit of it."""
    from complaints.backoffice.saved_menu import saved_url
    from complaints.models import SavedList

    owner = get_user_model().objects.get(username=OWNER)
    cookie = cookie_of(OWNER)
    for name, preset, filters in (*SAVED, *_of_this_database()):
        saved, _made = SavedList.objects.update_or_create(
            owner=owner,
            name=name,
            defaults={"preset": preset, "query": urlencode(filters, doseq=True)},
        )
        yield f"saved list “{name}”", Visit([saved_url(saved)], cookie, shows="Cases")


def _of_this_database() -> Iterator[tuple[str, str, dict[str, list[str]]]]:
    from complaints.models import Category

    categories = [str(pk) for pk in Category.objects.order_by("pk").values_list("pk", flat=True)]
    colleague = get_user_model().objects.get(username="handler")
    day = timezone.localdate()
    yield "one category", "open", {"category": categories[:1]}
    yield (
        "one category, answered",
        "open",
        {"category": categories[-1:], "state": ["answered"]},
    )
    yield "a colleague’s, urgent", "open", {"handler": [str(colleague.pk)], "priority": ["high"]}
    yield (
        "received in one month",
        "open",
        {
            "received_at_from": [f"{day - timedelta(days=60)}"],
            "received_at_to": [f"{day - timedelta(days=30)}"],
        },
    )
