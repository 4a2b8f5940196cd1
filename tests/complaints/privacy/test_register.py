"""What is held about people is written down, field by field (GDPR 5, 6, 24, 25)."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from complaints.access import Actor
from complaints.backoffice.sections import PERSONAL
from complaints.intake.submission import Receipt
from complaints.lifecycle import ConsentPurpose, State, perform
from complaints.models import Case, Consent, Party
from complaints.privacy import register
from complaints.privacy.encryption import EncryptedTextField
from conduct.models import ClarityAnswer, Follower, FollowerMail
from conduct.privacy_notice import current_version
from feedback.inviting import invite
from feedback.models import Invitation
from tests import people
from tests.complaints.intake.sending import send
from tests.factories import make_case, submit
from tests.feedback.asking import usual_survey

OWN_APPS = ("conduct_complaints", "conduct_feedback")
#: Of the lowest layer, which mostly holds what an organisation says of itself.
OF_READERS = (ClarityAnswer, Follower, FollowerMail)
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def own_models() -> list[type[models.Model]]:
    own = [model for label in OWN_APPS for model in apps.get_app_config(label).get_models()]
    return [*own, *OF_READERS]


@pytest.mark.requirement("GDPR-5")
def test_somebody_has_decided_about_every_field() -> None:
    assert list(register.undecided(own_models())) == []


def test_a_field_that_nobody_decided_about_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    known = register.fields_of(Party)
    monkeypatch.setattr(register, "fields_of", lambda model: known | {"shoe_size"})

    assert list(register.undecided([Party])) == ["conduct_complaints.Party.shoe_size"]


def test_a_field_that_is_gone_or_in_both_lists_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        register._harmless, "conduct_complaints.Party", frozenset({"id", "name", "fax"})
    )

    assert list(register.undecided([Party])) == [
        "conduct_complaints.Party.fax",
        "conduct_complaints.Party.name",
    ]


def test_every_link_to_a_member_of_staff_is_personal() -> None:
    user = apps.get_model(settings.AUTH_USER_MODEL)
    links = {
        f"{model._meta.label}.{field.name}"
        for model in (*own_models(), *apps.get_app_config("conduct").get_models())
        for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)
        # What a page has from Wagtail is Wagtail's.
        if field.related_model is user and field.model is model
    }

    held = {f"{entry.model}.{name}" for entry in register.entries() for name in entry.fields}
    assert links - held == set()


@pytest.mark.requirement("GDPR-5")
def test_what_the_register_calls_encrypted_is_and_nothing_else() -> None:
    encrypted = {
        f"{model._meta.label}.{field.name}"
        for model in own_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    }

    said = {f"{entry.model}.{name}" for entry in register.entries() for name in entry.encrypted}
    # The id of a form's token: encrypted, and tells of nobody.
    assert encrypted - {"conduct_complaints.Draft.token_id"} == said


@pytest.mark.requirement("GDPR-5")
def test_what_is_hidden_from_those_who_work_without_names_is_personal() -> None:
    assert PERSONAL - register.personal_fields("conduct_complaints.Case") == set()


@pytest.mark.requirement("GDPR-5")
@pytest.mark.parametrize("entry", register.entries(), ids=lambda entry: f"{entry.model}")
def test_every_entry_says_what_for_why_and_how_long(entry: register.Held) -> None:
    with translation.override("en"):
        words = (entry.purpose, entry.basis.label, entry.kept.label, entry.seen.label, entry.about)

    assert [bool(str(word).strip()) for word in words] == [True] * 5
    assert len(entry.labels) == len(set(entry.fields)) >= 1


def test_declaring_twice_changes_nothing() -> None:
    before = register.entries()
    register.declare(before[:3], {})

    assert register.entries() == before


REPORT = "conduct_complaints_admin:held"
VIEWERS = [
    (people.make_privacy, 200),
    (people.make_auditor, 200),
    (people.make_quality, 302),
    (people.make_handler, 302),
    (people.make_lead, 302),
    (people.make_editor, 302),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "status"), VIEWERS, ids=lambda value: getattr(value, "__name__", "")
)
def test_who_reads_the_register(client: Client, make: Any, status: int) -> None:
    client.force_login(make())

    assert client.get(reverse(REPORT)).status_code == status
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse(REPORT) in menu) == (status == 200)


@pytest.mark.django_db
def test_nobody_reads_the_register_without_signing_in(client: Client) -> None:
    assert client.get(reverse(REPORT)).headers["Location"].startswith("/admin/login/")


@pytest.mark.django_db
def test_the_register_has_a_row_for_each_entry_and_names_nobody(client: Client) -> None:
    make_case(complainant={"name": "Somchai", "email": "somchai@example.com"})
    client.force_login(people.make_privacy())

    html = unescape(client.get(reverse(REPORT)).content.decode())

    rows = html.partition("<tbody>")[2].partition("</tbody>")[0]
    assert rows.count('<th scope="row">') == len(register.entries())
    assert rows.count("Encrypted where it is stored") == 8
    assert "omchai" not in html


@pytest.mark.requirement("GDPR-6")
@pytest.mark.django_db
def test_a_complaint_is_sent_without_any_permission(client: Client) -> None:
    send(client)

    assert Case.objects.count() == 1
    assert Consent.objects.count() == 0


def with_permissions(*purposes: str) -> Receipt:
    return submit(consents=purposes)


@pytest.mark.requirement("GDPR-6")
@pytest.mark.django_db
def test_a_permission_keeps_the_number_of_the_notice_it_was_given_on() -> None:
    case = with_permissions(ConsentPurpose.SURVEY).case

    given = [(consent.purpose, consent.notice_version) for consent in case.consents.all()]
    assert given == [(ConsentPurpose.SURVEY, case.notice_version)]
    assert case.notice_version == current_version(case.site)


@pytest.mark.requirement("GDPR-6")
@pytest.mark.django_db
@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_no_survey_is_sent_once_its_permission_was_taken_back(is_withdrawn: bool) -> None:
    usual_survey()
    case = with_permissions(ConsentPurpose.SURVEY, ConsentPurpose.STORY).case
    now = timezone.now()
    if is_withdrawn:
        data = {"purpose": ConsentPurpose.SURVEY}
        perform(case, "withdraw_permission", actor=Actor.complainant(), now=now, data=data)
    Case.objects.filter(pk=case.pk).update(state=State.CLOSED)
    invite(Case.objects.get(pk=case.pk), at=now + timedelta(hours=1))

    assert Invitation.objects.count() == (0 if is_withdrawn else 1)
    kept = {c.purpose: c.withdrawn_at for c in case.consents.all()}
    assert kept == {
        ConsentPurpose.SURVEY: now if is_withdrawn else None,
        ConsentPurpose.STORY: None,
    }


FREE_OF_CHARGE = {
    "en": "free of charge",
    "vi": "miễn phí",
    "zh-hans": "免费",
    "ko": "무료",
    "fr": "gratuit",
    "es": "gratuit",
    "de": "kostenlos",
    "ar": "مجان",
}


@pytest.mark.requirement("10002-4.8")
@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_says_in_each_language_that_it_is_free_of_charge(
    client: Client, language: str
) -> None:
    with translation.override(language):
        page = client.get(reverse("conduct_complaints:send"), follow=True)

    assert page.content.decode().lower().count(FREE_OF_CHARGE[language]) >= 1
