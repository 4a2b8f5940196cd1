"""What a case is about: category, team and promise, changed with a reason (7.2, 7.5)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from complaints.actions.assessment import keep_handler_who_may
from complaints.actions.doing import Doing
from complaints.models import Issue


def issue_meant(doing: Doing) -> Issue:
    """The chosen issue; of a single one it need not be said."""
    chosen = doing.data.get("issue")
    if chosen is not None:
        if chosen.case_id != doing.case.pk:
            doing.refuse(_("This problem belongs to another case."))
        return chosen
    issues = list(doing.case.issues.all()[:2])
    if len(issues) != 1:
        why = _("Choose which of the problems you mean.")
        doing.refuse(why, issue=why)
    return issues[0]


def recategorise(doing: Doing) -> None:
    """Another category, and the team that goes with it or the one chosen.

    Who handled it keeps it where they still may; else it goes back to the team.
    """
    case, issue, category = doing.case, issue_meant(doing), doing.data["category"]
    doing.event_data.update(
        issue=issue.number, old_category=issue.category_id, category=category.pk
    )
    issue.category = category
    issue.save(update_fields=["category"])
    team = doing.data.get("team") or (category.team if issue.number == 1 else None) or case.team
    if team != case.team:
        doing.event_data.update(old_team=case.team_id, team=team.pk if team else None)
        case.team = team
    keep_handler_who_may(doing)
    doing.keep_reason()


def set_promises(doing: Doing) -> None:
    """Which promise the issue is about, or none."""
    issue, promise = issue_meant(doing), doing.data.get("promise")
    doing.event_data.update(
        issue=issue.number, old=issue.promise_id, new=promise.pk if promise else None
    )
    issue.promise = promise
    issue.save(update_fields=["promise"])
    doing.keep_reason()
