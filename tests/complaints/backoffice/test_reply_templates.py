"""Reply templates, causes, competences, absences and limits among the complaints settings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from modeltranslation.settings import AVAILABLE_LANGUAGES

from complaints.backoffice.handling_rules import edit_handler
from complaints.models import (
    Absence,
    AuthorityLimit,
    Cause,
    Competence,
    HandlingSettings,
    ReplyTemplate,
)
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, make_category, make_remedy_kind

pytestmark = pytest.mark.django_db

VIEWSETS = {
    "conduct_reply_templates": ReplyTemplate,
    "conduct_causes": Cause,
    "conduct_competences": Competence,
    "conduct_absences": Absence,
    "conduct_authority_limits": AuthorityLimit,
}
DAY = date(2026, 11, 2)


def make_row(viewset: str, number: int = 1) -> Any:
    user = Staff().handler
    make: dict[str, Any] = {
        "conduct_reply_templates": lambda: ReplyTemplate.objects.create(
            code=f"t{number}", name="Sorry", body="We are sorry.", stage="answer",
            category=make_category(),
        ),
        "conduct_causes": lambda: Cause.objects.create(code=f"c{number}", name="Handover"),
        "conduct_competences": lambda: Competence.objects.create(
            user=user, subject="Listening", gained_on=DAY, category=make_category()
        ),
        "conduct_absences": lambda: Absence.objects.create(
            user=user, deputy=Staff().lead, first_day=DAY, last_day=DAY
        ),
        "conduct_authority_limits": lambda: AuthorityLimit.objects.create(
            role="handler", remedy_kind=make_remedy_kind(f"kind{number}"), amount=number
        ),
    }  # fmt: skip
    return make[viewset]()


def template_data(**changes: str) -> dict[str, str]:
    return {
        "code": "sorry", "name_en": "Sorry", "stage": "answer", "order": "0", "is_active": "on",
        "body_en": "Your case {reference} came in on {received}.",
    } | changes  # fmt: skip


@pytest.mark.parametrize("viewset", VIEWSETS)
@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("admin", True), ("quality", True), ("lead", False), ("handler", False),
        ("auditor", False), ("privacy", False), ("editor", False),
    ],
)  # fmt: skip
def test_who_may_open_which_address(
    viewset: str, role: str, may: bool, browse: Browse, staff: Staff
) -> None:
    row = make_row(viewset)
    user = getattr(staff, role, None) or getattr(people, f"make_{role}")()
    client = browse(user)
    for name, args in {"index": [], "add": [], "edit": [row.pk], "delete": [row.pk]}.items():
        response = client.get(reverse(f"{viewset}:{name}", args=args))
        assert response.status_code == (200 if may else 302), name
        if not may:
            assert response["Location"] == reverse("wagtailadmin_home")


@pytest.mark.parametrize("viewset", VIEWSETS)
def test_a_list_of_thirty_costs_as_much_as_of_one(
    viewset: str, browse: Browse, staff: Staff, django_assert_num_queries: Any
) -> None:
    client = browse(people.make_quality())
    url = reverse(f"{viewset}:index")
    make_row(viewset)
    first = _queries(client, url)
    for number in range(2, 19):
        make_row(viewset, number)
    assert _queries(client, url) == first


def _queries(client: Client, url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(url)
    return len(queries)


def test_people_are_listed_and_offered_by_name(browse: Browse, staff: Staff) -> None:
    people.make_handler("away", is_active=False)
    make_row("conduct_absences")
    client = browse(people.make_quality())
    page = client.get(reverse("conduct_absences:index")).content.decode()
    assert "Handler" in page
    form = client.get(reverse("conduct_absences:add")).context["form"]
    # The words of the empty choice are Django's own, and not the same in every version.
    offered = [label for value, label in form.fields["deputy"].choices if value]
    assert offered == ["Handler", "Lead", "Quality"]


def test_a_second_limit_for_the_same_is_refused_in_words(browse: Browse, staff: Staff) -> None:
    client, url = browse(people.make_quality()), reverse("conduct_authority_limits:add")
    data = {"role": "handler", "remedy_kind": "", "amount": "50", "currency": "EUR"}
    assert client.post(url, data).status_code == 302
    page = client.post(url, data)
    assert page.context["form"].errors == {
        "amount": ["There is a limit for this already. Change that one."]
    }


def test_a_template_is_kept_in_every_language(browse: Browse, staff: Staff) -> None:
    client = browse(people.make_quality())
    client.post(
        reverse("conduct_reply_templates:add"), template_data(body_ar="رقم الحالة {reference}")
    )
    template = ReplyTemplate.objects.get()
    assert (template.body_en, template.body_ar) == (  # type: ignore[attr-defined]
        "Your case {reference} came in on {received}.",
        "رقم الحالة {reference}",
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Dear {nmae},", "There is no “{nmae}”. These can be used: {name}: how to address"),
        ("{{ case.key_hash }}", "There is no “{ case.key_hash }”"),
        ("{% load i18n %}", "There is no “{% load i18n %}”"),
        ("Dear {name,", "A brace is missing: every name stands between two of them."),
    ],
)
def test_what_nobody_would_fill_in_is_refused(
    body: str, words: str, browse: Browse, staff: Staff
) -> None:
    client, url = browse(people.make_quality()), reverse("conduct_reply_templates:add")
    page = client.post(url, template_data(body_ko=body))
    (error,) = page.context["form"].errors["body_ko"]
    assert error.startswith(words.replace("{ case.key_hash }", "{case.key_hash}"))
    assert ReplyTemplate.objects.count() == 0
    assert page.context["form"]["body_ko"].value() == body


def test_the_form_shows_the_text_with_examples_and_names_what_can_be_used(
    browse: Browse, staff: Staff
) -> None:
    template = ReplyTemplate.objects.create(
        code="a", name_en="A", stage="answer", body_en="Dear {name}", body_ar="السيدة {name}"
    )
    url = reverse("conduct_reply_templates:edit", args=[template.pk])
    page = browse(people.make_quality()).get(url).content.decode()
    assert ">Dear Kim Min-ji</div>" in page
    assert ">السيدة Kim Min-ji</div>" in page
    assert 'lang="ar" dir="rtl"' in page
    for name in ("name", "reference", "category", "received", "due", "handler", "remedies"):
        assert f"<code>{{{name}}}</code>" in page


def test_every_rule_of_handling_stands_in_one_panel() -> None:
    in_panels = set(edit_handler().bind_to_model(HandlingSettings).get_form_options()["fields"])
    words = {f"emergency_advice_{code.replace('-', '_')}" for code in AVAILABLE_LANGUAGES}
    fields = {field.name for field in HandlingSettings._meta.fields if field.editable}
    assert in_panels == fields - {"id", "site", "emergency_advice"} | words


def test_the_rules_open_and_are_saved(browse: Browse, staff: Staff) -> None:
    client = browse(people.make_quality())
    url = reverse("wagtailsettings:edit", args=["conduct_complaints", "handlingsettings"])
    page = client.get(url, follow=True)
    assert "How you work" in page.content.decode()
    form = page.context["form"]
    data = {n: form[n].value() for n in form.fields if form[n].value() not in {None, False}}
    address = page.redirect_chain[-1][0] if page.redirect_chain else url
    client.post(address, data | {"small_mode": "on"})
    assert HandlingSettings.objects.get().small_mode is True


def test_a_category_can_ask_for_training(browse: Browse, staff: Staff) -> None:
    category = make_category()
    url = reverse("conduct_categories:edit", args=[category.pk])
    data = {"name_en": "D", "code": "delivery", "order": "1", "needs_training": "on"}
    browse(people.make_quality()).post(url, data)
    category.refresh_from_db()
    assert category.needs_training is True
