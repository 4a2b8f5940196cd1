"""What was gathered, as one mail to each person: references and a link, nothing from the cases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from complaints.models import Case
from complaints.notices.outbox import queue_mail_to_staff, queue_staff_notice

NAMED = 20


def tell_gathered(told: list[tuple[Any, Case]], now: datetime) -> None:
    """Who got one case is told as always, who got more gets one mail for all."""
    by_person: dict[int, tuple[Any, list[Case]]] = {}
    for user, case in told:
        by_person.setdefault(user.pk, (user, []))[1].append(case)
    for user, cases in by_person.values():
        if len(cases) == 1:
            queue_staff_notice(cases[0], user, "staff_assigned", now=now)
            continue
        base = getattr(settings, "WAGTAILADMIN_BASE_URL", "") or cases[0].site.root_url
        path = reverse("conduct_complaints_admin:list", args=["mine"])
        context = {
            "count": len(cases),
            "references": [case.reference for case in cases[:NAMED]],
            "list_url": f"{base.rstrip('/')}{path}",
        }
        queue_mail_to_staff(
            user, "staff_assigned_many", site=cases[0].site, now=now, context=context
        )
