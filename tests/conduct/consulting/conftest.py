"""A consultation on a draft that differs from the edition in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from conduct.consulting.freezing import open_due
from conduct.editions import publish
from conduct.models import CodeOfConductPage, Consultation


@pytest.fixture
def drafted(code_draft: CodeOfConductPage) -> CodeOfConductPage:
    """A published code whose next draft covers letters, too."""
    publish(code_draft)
    page = CodeOfConductPage.objects.get(pk=code_draft.pk)
    page.scope = "Parcels and letters sent within the country."
    page.save_revision(clean=False)
    return page


@pytest.fixture
def make_consultation(drafted: CodeOfConductPage) -> Callable[..., Consultation]:
    """Open today unless other dates are given."""

    def make(slug: str = "code-2027", **fields: Any) -> Consultation:
        today = timezone.localdate()
        values = {
            "page": drafted,
            "title_en": "Letters in the code",
            "audience_en": "Everybody who sends letters.",
            "questions_en": "Is it clear?\nWhat is missing?",
            "opens_on": today,
            "closes_on": today + dt.timedelta(days=14),
        }
        consultation = Consultation(slug=slug, **(values | fields))
        consultation.full_clean()
        consultation.save()
        open_due()
        consultation.refresh_from_db()
        return consultation

    return make


@pytest.fixture
def consultation(make_consultation: Callable[..., Consultation]) -> Consultation:
    return make_consultation()
