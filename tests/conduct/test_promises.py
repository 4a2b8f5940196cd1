"""Promises as data: what staff edit, what is warned about, and the settings beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation
from modeltranslation.settings import AVAILABLE_LANGUAGES
from modeltranslation.utils import build_localized_fieldname

from conduct.edition_listing import EditionViewSet
from conduct.editions import publish
from conduct.indicators import Indicator, Measurement, register
from conduct.lint.promises import of_promise
from conduct.models import CodeOfConductPage, Edition, Organisation, Promise
from conduct.promise_editing import PromiseViewSet

TODAY = dt.date(2026, 11, 22)


def test_live_promises_are_those_that_bind_on_the_day(make_promise: Callable[..., Promise]) -> None:
    make_promise("A", order=2)
    make_promise("B", order=1, starts_on=TODAY, ends_on=TODAY)
    make_promise("C", starts_on=TODAY + dt.timedelta(days=1))
    make_promise("D", ends_on=TODAY - dt.timedelta(days=1))
    for state in ("draft", "pilot", "suspended", "withdrawn"):
        make_promise(f"S-{state}", state=state)

    assert [promise.code for promise in Promise.objects.live(on=TODAY)] == ["B", "A"]


def test_a_promise_speaks_the_active_language_and_falls_back(promise: Promise) -> None:
    promise.statement_ko = "3영업일 안에 배송합니다."
    promise.save()

    with translation.override("ko"):
        assert promise.statement == "3영업일 안에 배송합니다."
        assert promise.limits == "Islands: 5 working days."


def test_a_promise_can_not_end_before_it_starts(promise: Promise) -> None:
    promise.starts_on, promise.ends_on = TODAY, TODAY - dt.timedelta(days=1)

    with pytest.raises(ValidationError) as refusal:
        promise.full_clean()

    assert refusal.value.message_dict == {
        "ends_on": ["The promise would end before it starts. Choose a later day."]
    }


def test_a_code_is_a_plain_word(promise: Promise) -> None:
    promise.code = "1 D"

    with pytest.raises(ValidationError) as refusal:
        promise.full_clean()

    assert refusal.value.message_dict == {
        "code": ["Start with a letter, then use letters, digits and hyphens only, such as D1."]
    }


def good(**changes: Any) -> Promise:
    values: dict[str, Any] = {
        "code": "D1",
        "state": "live",
        "statement_en": "We deliver within 3 working days.",
        "limits_en": "Islands: 5 days.",
        "accountable_role": "Head of delivery",
        "remedy_en": "Postage back.",
        "evidence_en": "Carrier contract.",
        "evidence_date": TODAY,
        "owner_id": 1,
        "indicator": "parcels",
        "target": 95,
        "metric_en": "Days.",
    }
    return Promise(**(values | changes))


def test_a_good_promise_has_no_warnings() -> None:
    assert of_promise(good(), today=TODAY) == []


@pytest.mark.requirement("10001-6.4c")
@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"statement_en": "We try to deliver soon.", "metric_en": ""}, "“try to” (English)"),
        ({"statement_en": "We AIM TO please.", "target": None, "indicator": "x"}, "“aim to”"),
        ({"statement_ko": "최대한 노력합니다.", "metric_en": ""}, "“노력” (한국어)"),
        ({"owner_id": None}, "Nobody answers for this promise."),
        ({"accountable_role": " "}, "No role answers for this promise."),
        ({"limits_en": ""}, "Readers see “No limits” beside it."),
        ({"remedy_en": ""}, "Readers don't learn what they get"),
        ({"evidence_en": ""}, "Nothing shows yet that you can keep this promise."),
        ({"evidence_date": TODAY - dt.timedelta(days=366)}, "The evidence is more than a year old"),
        ({"evidence_date": None}, "The evidence is more than a year old"),
        (
            {"evidence_expires_on": TODAY - dt.timedelta(days=1)},
            "The evidence held until 21 November 2026. Renew it: ",
        ),
        ({"review_on": TODAY - dt.timedelta(days=1)}, "The review of this promise is overdue."),
        ({"indicator": ""}, "Nothing measures this promise yet."),
        ({"target": None}, "The promise is measured but has no target."),
    ],
)
def test_what_is_hard_to_hold_us_to_is_warned_about(changes: dict[str, Any], start: str) -> None:
    found = of_promise(good(**changes), today=TODAY)

    assert any(finding.sentence.startswith(start) for finding in found), found


def test_an_effort_with_a_measure_and_a_target_is_no_empty_phrase() -> None:
    assert of_promise(good(statement_en="We aim to deliver in 3 days."), today=TODAY) == []


@pytest.fixture
def staff(client: Client, db: None) -> Client:
    client.force_login(get_user_model().objects.create_superuser("admin", "a@example.org", "x"))
    return client


def test_staff_write_a_promise_in_several_languages(
    staff: Client, own_indicators: dict[str, Any]
) -> None:
    register(Indicator("parcels", "Parcels in time", "…", lambda **_: Measurement(1, 1)))
    address = reverse(PromiseViewSet().get_url_name("add"))
    page = staff.get(address).content.decode()
    assert '<option value="parcels">Parcels in time</option>' in page
    assert 'name="statement_ar"' in page
    assert 'dir="rtl"' in page

    response = staff.post(
        address,
        {
            "code": "D7",
            "period": "quarter",
            "order": 1,
            "topic": "delivery",
            "state": "live",
            "remedy_how": "automatic",
            "operator": "at_least",
            "target": "95",
            "indicator": "parcels",
            "statement_en": "We deliver.",
            "statement_ar": "نحن نسلّم.",
        },
    )

    assert response.status_code == 302, response.context["form"].errors
    promise = Promise.objects.get()
    assert (promise.code, promise.statement_en, promise.statement_ar) == (
        "D7",
        "We deliver.",
        "نحن نسلّم.",
    )


def test_only_the_main_language_is_asked_for(staff: Client) -> None:
    response = staff.post(
        reverse(PromiseViewSet().get_url_name("add")),
        {
            "code": "D7",
            "period": "quarter",
            "order": 1,
            "topic": "delivery",
            "state": "draft",
            "remedy_how": "automatic",
            "operator": "at_least",
        },
    )

    assert set(response.context["form"].errors) == {"statement_en"}


def test_warnings_show_where_staff_edit(staff: Client, promise: Promise) -> None:
    address = reverse(PromiseViewSet().get_url_name("edit"), args=(promise.pk,))

    assert "Nobody answers for this promise." in staff.get(address).content.decode()


def test_editions_are_listed_and_can_be_read_but_not_changed(
    staff: Client, code_draft: CodeOfConductPage
) -> None:
    edition = publish(code_draft)
    assert edition is not None
    viewset = EditionViewSet()

    assert "Code of conduct 1" in staff.get(reverse(viewset.get_url_name("list"))).content.decode()
    inspect = staff.get(reverse(viewset.get_url_name("inspect"), args=(edition.pk,)))
    assert edition.digest in inspect.content.decode()
    for name, arguments in (("add", ()), ("edit", (edition.pk,)), ("delete", (edition.pk,))):
        address = reverse(viewset.get_url_name(name), args=arguments)
        response = staff.post(address)
        assert (response.status_code, response.headers.get("Location")) == (
            302,
            reverse("wagtailadmin_home"),
        )
    assert Edition.objects.count() == 1


def test_not_even_a_superuser_deletes_editions_in_bulk(
    staff: Client, code_draft: CodeOfConductPage
) -> None:
    edition = publish(code_draft)
    assert edition is not None
    address = reverse("wagtail_bulk_action", args=("conduct", "edition", "delete"))

    response = staff.post(f"{address}?id={edition.pk}", follow=True)

    assert "Editions are never deleted" in response.content.decode()
    assert list(Edition.objects.all()) == [edition]


def test_promises_need_the_permission(client: Client, promise: Promise) -> None:
    user = get_user_model().objects.create_user("author", "b@example.org", "x")
    group = Group.objects.create(name="Authors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    client.force_login(user)
    address = reverse(PromiseViewSet().get_url_name("edit"), args=(promise.pk,))

    assert client.get(address).headers["Location"] == reverse("wagtailadmin_home")

    group.permissions.add(Permission.objects.get(codename="change_promise"))
    assert client.get(address).status_code == 200


def test_staff_edit_the_organisation_in_several_languages(
    staff: Client, organisation: Organisation
) -> None:
    address = reverse(
        "wagtailsettings:edit", args=("conduct", "organisation", organisation.site_id)
    )
    page = staff.get(address).content.decode()

    assert 'name="name_ko"' in page
    assert 'name="complaint_page"' in page


def test_staff_can_edit_everything_a_promise_holds(staff: Client, promise: Promise) -> None:
    """Whoever adds a field has to give it a place in the form."""
    form = staff.get(reverse(PromiseViewSet().get_url_name("edit"), args=[promise.pk]))
    offered = set(form.context["form"].fields)
    translated = {
        build_localized_fieldname(name, language)
        for name in Promise.TRANSLATED
        for language in AVAILABLE_LANGUAGES
    }

    fields = {field.name for field in Promise._meta.fields} - {"id", *Promise.TRANSLATED}
    assert offered == fields
    assert translated <= fields
