"""The form on paper: everything that the screen asks, to be filled in by hand."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client

from complaints.intake.complaint_form import ComplaintForm
from complaints.intake.paper_view import ON_SCREEN_ONLY
from tests.factories import make_category, make_remedy_kind

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("10002-C")
@pytest.mark.parametrize("language", ["en", "ko", "ar"])
def test_every_question_of_the_form_is_on_paper(client: Client, language: str) -> None:
    make_category("late")
    make_remedy_kind("refund")
    response = client.get(f"/{language}/case/paper/")
    page = unescape(response.content.decode())
    form = ComplaintForm()
    missing = [
        name
        for name in form.fields
        if name not in ON_SCREEN_ONLY and str(form[name].label) not in page
    ]
    assert missing == []
    assert not response.cookies


def test_lists_are_boxes_to_tick(client: Client) -> None:
    make_category("late")
    page = client.get("/en/case/paper/").content.decode()
    assert page.count("☐") > 20
    assert "<select" not in page
