"""Who gets in, and the only ways in which the screens of this package fetch a case."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from complaints.access import HANDLE, LEAD, PROTECT, is_case_staff
from complaints.models import Case
from complaints.models.case import CaseQuerySet
from complaints.references import understand_reference


def sees_words(user: Any) -> bool:
    """May read names, words and files of some of the cases they see: asked for what a whole list
    offers. Of which cases, each row asks `sees_personal_data`.
    """
    return bool(user.is_superuser or any(user.has_perm(p) for p in (PROTECT, HANDLE, LEAD)))


def visible_case(request: HttpRequest, reference: str, cases: CaseQuerySet | None = None) -> Case:
    """The case, or a 404: for one that isn't there and for one this person may not see alike."""
    if cases is None:
        cases = Case.objects.all()
    case = cases.visible_to(request.user).filter(reference=understand_reference(reference)).first()
    if case is None:
        raise Http404("No such case.")
    return case


class CaseStaffMixin:
    """Lets in those who may open the cases section at all; Wagtail says so to anyone else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not is_case_staff(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
