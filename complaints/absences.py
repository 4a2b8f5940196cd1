"""Handing over the cases of somebody who is away (4.3)."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from complaints.access import Actor
from complaints.lifecycle import Refused, perform
from complaints.models import Absence, Case
from complaints.notices.outbox import queue_staff_notice
from complaints.notices.staff import leads

logger = logging.getLogger(__name__)


def hand_over_due(now: datetime) -> int:
    """Hand over for everybody whose absence has begun; how many cases. Safe to run twice."""
    begun = Absence.objects.on(timezone.localdate(now)).filter(handed_over_at=None)
    done = 0
    for absence in begun.select_related("user", "deputy"):
        try:
            done += hand_over(absence, now)
        except Exception:
            # One absence must not keep the others waiting; the next run tries it again.
            logger.exception("Absence %s could not be attended to", absence.pk)
    return done


def hand_over(absence: Absence, now: datetime) -> int:
    """The open cases go to the deputy, and each complainant is told whom to turn to.

    What the deputy may not have (no deputy, another team, a conflict, no training) stays, and the
    team's leads are told. Only while the absence lasts, and once.
    """
    if not absence.first_day <= timezone.localdate(now) <= absence.last_day:
        return 0
    # All of it or nothing: what is killed in the middle is done by the next run.
    with transaction.atomic():
        claimed = Absence.objects.filter(pk=absence.pk, handed_over_at=None)
        if not claimed.update(handed_over_at=now):
            return 0
        # Locked together: what a colleague gives to somebody else or closes meanwhile is left out.
        cases = list(Case.objects.open().of(absence.user).locked().order_by("pk"))
        handed_over = sum(_hand_over_one(case, absence, now) for case in cases)
    absence.handed_over_at = now
    return handed_over


def _hand_over_one(case: Case, absence: Absence, now: datetime) -> bool:
    if absence.deputy is not None:
        try:
            perform(
                case, "hand_over", actor=Actor.system(), data={"handler": absence.deputy}, now=now
            )
        except Refused as refused:
            logger.info("Case %s stays with who is away: %s", case.pk, refused.code)
        else:
            return True
    for lead in leads(case):
        queue_staff_notice(case, lead, "staff_away", now=now)
    return False
