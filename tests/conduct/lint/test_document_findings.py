"""What stands out in a code or policy, and where its editor sees it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.rich_text import RichText

from conduct.editions import publish
from conduct.lint import checks_panel
from conduct.lint.findings import Lint
from conduct.lint.pages import of_page
from conduct.lint.terms import undefined_terms
from conduct.lint.titles import TITLES
from conduct.models import CodeOfConductPage, Organisation, PolicyPage, Promise

TODAY = dt.date(2026, 11, 28)


@pytest.fixture
def code(code_draft: CodeOfConductPage) -> CodeOfConductPage:
    """Nothing stands out in it."""
    code_draft.accountable_role = "Head of delivery"
    return code_draft


def lints(page: Any) -> list[Lint]:
    return [finding.lint for finding in of_page(page, page.get_site(), today=TODAY)]


def test_nothing_stands_out_in_a_complete_code(code: CodeOfConductPage) -> None:
    assert lints(code) == []


def test_a_page_without_an_accountable_role_is_warned_about(code: CodeOfConductPage) -> None:
    code.accountable_role = " "

    assert lints(code) == [Lint.NO_OWNER]


def test_a_code_without_objectives_is_warned_about_and_a_policy_is_not(
    code: CodeOfConductPage, policy_draft: PolicyPage, promise: Promise
) -> None:
    promise.target = None
    promise.save()
    policy_draft.accountable_role = "Head of customer care"

    assert lints(code) == [Lint.NO_OBJECTIVE]
    assert lints(policy_draft) == []


def test_each_missing_route_stops_publishing(
    code: CodeOfConductPage, organisation: Organisation
) -> None:
    organisation.complaint_page = organisation.feedback_page = None
    organisation.email = organisation.phone = organisation.external_body_name = ""
    organisation.save()

    found = of_page(code, code.get_site(), today=TODAY)

    assert [(finding.lint, finding.stops) for finding in found] == [(Lint.ROUTE, True)] * 3


def test_a_term_that_is_used_and_not_explained_is_named(code: CodeOfConductPage) -> None:
    code.body.append(("text", RichText("<p>Call us during office hours.</p>")))

    assert [finding.sentence for finding in of_page(code, code.get_site(), today=TODAY)] == [
        "“office hours” isn't explained. Say under “Definitions” what you mean by it, so that "
        "readers can open its meaning where it stands."
    ]


@pytest.mark.parametrize(
    ("language", "text", "term"),
    [
        ("en", "Within 2 Business Days.", "business days"),
        ("de", "binnen drei Werktagen", "werktagen"),
        ("fr", "sous trois jours ouvrés", "jours ouvrés"),
        ("es", "en dos días hábiles", "días hábiles"),
        ("vi", "trong 3 ngày làm việc", "ngày làm việc"),
        ("zh-hans", "在三个工作日内", "工作日"),
        ("ko", "3영업일 안에", "영업일"),
        ("ar", "خلال ثلاثة أيام عمل", "أيام عمل"),
    ],
)
def test_terms_are_known_in_every_language(language: str, text: str, term: str) -> None:
    (found,) = undefined_terms(language, [f"<p>{text}</p>"], [])

    assert f"“{term}”" in found.sentence
    assert list(undefined_terms(language, [text], [term.upper()])) == []


def test_every_lint_has_a_title_and_a_rule_of_its_own() -> None:
    rules = checks_panel.rules()

    assert list(TITLES) == list(Lint)
    assert len({rule["selector"] for rule in rules}) == len(Lint)
    assert [rule["id"] for rule in rules] == list(checks_panel.messages())


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    user = get_user_model().objects.create_superuser("editor", "e@example.org", "x")
    client.force_login(user)
    return client


def test_the_form_shows_it_of_the_last_draft(editor: Client, code_draft: CodeOfConductPage) -> None:
    publish(code_draft)
    code_draft.body.append(("text", RichText('<a href="https://ec.europa.eu/odr">x</a>')))
    code_draft.is_draft_save = True
    code_draft.save_revision()

    form = editor.get(reverse("wagtailadmin_pages:edit", args=[code_draft.pk])).content.decode()
    part = editor.get(reverse("conduct_admin:findings", args=[code_draft.pk])).content.decode()

    for shown in (form, part):
        assert "<strong>Stops publishing:</strong> “Text” leads to the EU platform" in shown
        assert "No role answers for this page." in shown


@pytest.mark.parametrize(("group", "status"), [("Editors", 200), ("Auditors", 302)])
def test_only_who_may_edit_a_page_gets_the_list(
    client: Client, code_draft: CodeOfConductPage, group: str, status: int
) -> None:
    user = get_user_model().objects.create_user("who", "w@example.org", "x")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)

    response = client.get(reverse("conduct_admin:findings", args=[code_draft.pk]))

    assert response.status_code == status


def test_a_preview_carries_a_mark_for_each_finding_and_readers_get_none(
    editor: Client, code_draft: CodeOfConductPage
) -> None:
    publish(code_draft)
    preview = code_draft.make_preview_request(
        original_request=editor.get("/en/").wsgi_request
    ).render()

    assert '<span hidden data-conduct-lint="no-owner"></span>' in preview.content.decode()
    read = editor.get(code_draft.url).content.decode()
    assert "data-conduct-lint" not in read
    assert "wagtail-userbar" not in read
