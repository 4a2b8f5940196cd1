"""A new organisation answers a few questions and can take complaints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Site
from wagtail.users.models import UserProfile

from complaints import starter
from complaints.backoffice.setup.progress import SETUP, STEPS
from complaints.models import (
    Category,
    Cause,
    ConfigurationChange,
    HandlingSettings,
    RemedyKind,
    Team,
    TeamMember,
)
from conduct.models import CodeOfConductPage, Edition, Organisation, Promise
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff

pytestmark = pytest.mark.django_db

OVERVIEW = "conduct_complaints_admin:setup"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def at(step: str) -> str:
    return reverse("conduct_complaints_admin:setup_step", args=[step])


def default_site() -> Site:
    return Site.objects.get(is_default_site=True)


def rules() -> HandlingSettings:
    return HandlingSettings.objects.get(site=default_site())


ORGANISATION = {"name_en": "Helping Hands", "email": "hello@example.org", "phone": ""}
RULES = {
    "size": "small", "time_zone": "Asia/Riyadh", "acknowledge_days": 2, "answer_days": 12,
    "currency": "eur",
}  # fmt: skip


def done(client: Client) -> list[str]:
    page = client.get(reverse(OVERVIEW))
    return [row.step.slug for row in page.context["steps"] if row.done]


def test_each_page_is_saved_and_leads_to_the_next_that_waits(browse: Browse) -> None:
    admin = people.make_admin()
    client = browse(admin)
    assert done(client) == []
    assert client.post(at("organisation"), ORGANISATION)["Location"] == at("rules")
    assert client.post(at("rules"), RULES)["Location"] == at("people")
    team = {"name": "Us", "members": [admin.pk], "lead": admin.pk}
    assert client.post(at("people"), team)["Location"] == at("lists")
    lists = {"categories": ["money", "other"], "remedies": ["apology"], "causes": ["process"]}
    assert client.post(at("lists"), lists)["Location"] == at("outside")
    assert client.post(at("outside"), {"none_applies": "on"})["Location"] == at("code")
    assert client.post(at("code"), {"start": "no"})["Location"] == at("form")
    assert done(client) == ["organisation", "rules", "people", "lists", "outside", "code"]
    assert not CodeOfConductPage.objects.exists()
    site = default_site()
    organisation = Organisation.objects.get(site=site)
    assert (organisation.name, organisation.email) == ("Helping Hands", "hello@example.org")
    assert (rules().acknowledge_days, rules().answer_days, rules().answer_days_high) == (2, 12, 6)
    assert (rules().time_zone, rules().currency, rules().answer_days_top) == (
        "Asia/Riyadh", "EUR", 3,
    )  # fmt: skip
    assert list(Category.objects.values_list("code", "team__name")) == [
        ("money", "Us"), ("other", "Us"),
    ]  # fmt: skip
    assert (RemedyKind.objects.get().code, Cause.objects.get().code) == ("apology", "process")
    # A page with the form is the last thing; then a test complaint is proposed.
    assert "test complaint" not in client.get(reverse(OVERVIEW)).content.decode()
    organisation.complaint_page = site.root_page
    organisation.save()
    page = client.get(reverse(OVERVIEW)).content.decode()
    assert "You are ready: send yourself a test complaint." in page


@pytest.mark.requirement("10002-B")
def test_small_means_one_inbox_and_approval_of_serious_answers_only(browse: Browse) -> None:
    client = browse(people.make_admin())
    page = client.get(at("rules")).content.decode()
    assert "that needs somebody else, or a body outside" in page
    client.post(at("rules"), RULES)
    assert (rules().small_mode, rules().approval) == (True, "serious_only")
    client.post(at("rules"), RULES | {"size": "larger"})
    assert (rules().small_mode, rules().approval) == (False, "someone_else")
    # What was chosen in the settings stays.
    HandlingSettings.objects.update(approval="serious_only", answer_days_high=9)
    client.post(at("rules"), RULES | {"size": "larger"})
    assert (rules().approval, rules().answer_days_high) == ("serious_only", 9)


#: What a person has to say: everything else is filled in when the page opens.
ANSWERS: dict[str, dict[str, Any]] = {
    "organisation": {"name_en": "Helping Hands", "email": "hello@example.org"},
    "rules": {"size": "small"},
    "people": {"lead": None},
    "lists": {},
    "outside": {"none_applies": "on"},
    "code": {"start": "yes"},
}


@pytest.mark.requirement("10001-C")
def test_a_small_organisation_answers_at_most_ten_questions(browse: Browse) -> None:
    admin = people.make_admin()
    client = browse(admin)
    asked = 0
    for step, said in ANSWERS.items():
        form = client.get(at(step)).context["form"]
        filled_in = {
            name: form.get_initial_for_field(form[name].field, name) for name in form.fields
        }
        answers = said | ({"lead": admin.pk} if step == "people" else {})
        kept = {name: value for name, value in filled_in.items() if value not in (None, "", False)}
        response = client.post(at(step), kept | answers)
        assert response.status_code == 302, response.context["form"].errors
        asked += len(answers)
    assert asked <= 10
    assert done(client) == [*ANSWERS]
    assert rules().small_mode is True
    # The code to start with is one page of drafts: nobody promises what nobody has read.
    page = CodeOfConductPage.objects.get(locale__language_code="en")
    assert (page.live, page.title) == (False, "Sample: our promises on one page")
    assert Organisation.objects.get(site=default_site()).code_page_id == page.pk
    assert list(Promise.objects.values_list("code", "state", "owner")) == [
        ("S1", "draft", admin.pk), ("S2", "draft", admin.pk), ("S3", "draft", admin.pk),
    ]  # fmt: skip
    assert not Promise.objects.verified().exists()
    assert not Edition.objects.exists()


def test_a_code_is_offered_only_where_there_is_none(browse: Browse) -> None:
    client = browse(people.make_admin())
    for _time in range(2):
        client.post(at("code"), {"start": "yes"})
    assert CodeOfConductPage.objects.filter(locale__language_code="en").count() == 1
    page = client.get(at("code"))
    assert page.context["form"] is None
    assert "Sample: our promises on one page" in page.content.decode()


def test_who_may_not_make_pages_is_told_whom_to_ask(browse: Browse) -> None:
    page = browse(people.make_quality()).post(at("code"), {"start": "yes"})
    assert "You may not make pages here." in page.content.decode()
    assert not CodeOfConductPage.objects.exists()


def test_a_site_in_another_language_than_the_samples_is_told_so(browse: Browse) -> None:
    Locale.objects.update(language_code="cy")
    page = browse(people.make_admin()).post(at("code"), {"start": "yes"})
    assert "There are no samples in the language of" in page.content.decode()
    assert not CodeOfConductPage.objects.exists()


@pytest.mark.parametrize(
    ("zone", "week"),
    [("Asia/Riyadh", "12347"), ("Europe/Berlin", "12345"), ("Asia/Tehran", "12367")],
)
def test_the_working_week_is_the_usual_one_unless_somebody_says_otherwise(
    browse: Browse, zone: str, week: str
) -> None:
    client = browse(people.make_admin())
    client.post(at("rules"), RULES | {"time_zone": zone})
    assert rules().working_weekdays == week
    client.post(at("rules"), RULES | {"time_zone": zone, "weekdays": ["6", "2"]})
    assert rules().working_weekdays == "26"


@pytest.mark.parametrize(
    ("step", "data", "words"),
    [
        ("organisation", ORGANISATION | {"name_en": ""}, "Fill this in."),
        ("organisation", ORGANISATION | {"email": ""}, "Write an e-mail address or a telephone"),
        ("rules", RULES | {"currency": "Euro"}, "Write three letters, such as EUR or KRW."),
        ("rules", RULES | {"currency": "12€"}, "Write three letters, such as EUR or KRW."),
        ("rules", RULES | {"size": ""}, "Fill this in."),
        ("people", {"name": "Us", "members": []}, "Fill this in."),
        ("outside", {}, "Write who that is, or tick that there is nobody."),
        (
            "outside",
            {"external_body_name_en": "Ombudsman", "none_applies": "on"},
            "Clear the name above, or this tick.",
        ),
    ],
)
def test_what_is_missing_is_said_in_words_and_nothing_is_saved(
    browse: Browse, step: str, data: dict[str, Any], words: str
) -> None:
    client = browse(people.make_admin())
    page = client.post(at(step), data)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert not ConfigurationChange.objects.filter(model=SETUP).exists()
    assert not Team.objects.exists()


def test_what_was_said_about_bodies_outside_stands_there_again(browse: Browse) -> None:
    client = browse(people.make_admin())

    def ticked() -> bool:
        return bool(client.get(at("outside")).context["form"]["none_applies"].value())

    assert not ticked()
    client.post(at("outside"), {"none_applies": "on"})
    assert ticked()
    client.post(at("outside"), {"external_body_name_en": "Ombudsman"})
    assert not ticked()


def test_how_large_they_are_is_never_chosen_for_anybody(browse: Browse) -> None:
    client = browse(people.make_admin())
    form = client.get(at("rules")).context["form"]
    assert (form["size"].value(), form["time_zone"].value()) == (None, settings.TIME_ZONE)
    client.post(at("rules"), RULES)
    form = client.get(at("rules")).context["form"]
    assert (form["size"].value(), form["time_zone"].value()) == ("small", "Asia/Riyadh")
    assert form["weekdays"].value() == ["1", "2", "3", "4", "7"]


def test_going_through_it_again_changes_nothing_and_doubles_nothing(browse: Browse) -> None:
    admin = people.make_admin()
    client = browse(admin)
    for _time in range(2):
        client.post(at("organisation"), ORGANISATION)
        client.post(at("rules"), RULES)
        client.post(at("people"), {"name": "Us", "members": [admin.pk], "lead": admin.pk})
        client.post(at("lists"), {"categories": ["money"], "remedies": ["refund"]})
        client.post(at("outside"), {"external_body_name_en": "Ombudsman"})
        log = list(ConfigurationChange.objects.values_list("model", "row", "what", "user"))
        counts = [m.objects.count() for m in (Team, TeamMember, Category, RemedyKind)]
        if _time == 0:
            first = (log, counts)
    assert (log, counts) == first
    assert counts == [1, 1, 1, 1]
    assert {user for _model, _row, _what, user in log} == {admin.pk}


def test_a_lead_who_has_no_role_gets_it_from_an_administrator_only(browse: Browse) -> None:
    ana, tom = people.make_user("ana"), people.make_user("tom")
    data = {"name": "Us", "members": [ana.pk, tom.pk], "lead": ana.pk}
    # A quality manager may make a team, but gives nobody rights.
    page = browse(people.make_quality()).post(at("people"), data, follow=True)
    assert "An administrator has to give them a role first: Ana, Tom." in page.content.decode()
    assert not ana.groups.exists()
    assert TeamMember.objects.filter(user__in=[ana, tom]).count() == 2
    browse(people.make_admin()).post(at("people"), data)
    assert [group.name for group in ana.groups.all()] == ["Team leads"]
    assert [group.name for group in tom.groups.all()] == ["Case handlers"]


def test_who_may_not_change_one_thing_may_do_the_rest(browse: Browse) -> None:
    user = people.make_user("half")
    for codename in ("access_admin", "change_handlingsettings", "add_category"):
        user.user_permissions.add(Permission.objects.get(codename=codename))
    client = browse(user)
    page = client.get(reverse(OVERVIEW))
    allowed = [row.step.slug for row in page.context["steps"] if row.allowed]
    assert allowed == ["rules", "lists"]
    for step in STEPS:
        assert client.get(at(step)).status_code == (200 if step in allowed else 302)
    # Of the lists only the one that may be added to.
    assert list(client.get(at("lists")).context["form"].fields) == ["categories"]
    client.post(at("lists"), {"categories": ["money"], "remedies": ["refund"]})
    assert (Category.objects.count(), RemedyKind.objects.count()) == (1, 0)


WHO: dict[str, tuple[Callable[[], Any], int]] = {
    "admin": (people.make_admin, 200),
    "quality": (people.make_quality, 200),
    "lead": (lambda: Staff().lead, 302),
    "handler": (lambda: Staff().handler, 302),
    "auditor": (people.make_auditor, 302),
    "privacy": (people.make_privacy, 302),
    "editor": (people.make_editor, 302),
}


@pytest.mark.parametrize("who", WHO)
def test_who_may_change_the_rules_finds_it_on_the_home_page(who: str, browse: Browse) -> None:
    make, status = WHO[who]
    client = browse(make())
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse("conduct_complaints_admin:setup_dismiss") in home) is (status == 200)
    assert client.get(reverse(OVERVIEW)).status_code == status
    for step in STEPS:
        assert client.get(at(step)).status_code == status
        # Nothing at all is no answer, but one may have no list.
        posted = client.post(at(step), {}).status_code
        assert posted == (302 if step == "lists" else status)
    hidden = client.post(reverse("conduct_complaints_admin:setup_dismiss"))
    assert hidden["Location"] == reverse("wagtailadmin_home")


def test_it_is_hidden_for_the_one_who_hides_it_and_stays_in_the_menu(browse: Browse) -> None:
    admin, other = people.make_admin(), people.make_admin("other")
    hide = reverse("conduct_complaints_admin:setup_dismiss")
    client = browse(admin)
    assert client.get(hide).status_code == 405
    client.post(hide)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert hide not in home
    assert reverse(OVERVIEW) in home
    assert hide in browse(other).get(reverse("wagtailadmin_home")).content.decode()


def test_every_site_has_answers_of_its_own(browse: Browse) -> None:
    second = Site.objects.create(hostname="two.example.org", root_page=default_site().root_page)
    client = browse(people.make_admin())
    url = f"{at('rules')}?site={second.pk}"
    there = client.post(url, RULES)["Location"]
    assert there.endswith(f"?site={second.pk}")
    assert HandlingSettings.objects.get(site=second).answer_days == 12
    assert HandlingSettings.for_site(default_site()).answer_days == 20
    assert "rules" not in done(client)
    steps = client.get(f"{reverse(OVERVIEW)}?site={second.pk}").context["steps"]
    assert [row.step.slug for row in steps if row.done] == ["rules"]


def test_an_unknown_step_is_not_found(browse: Browse) -> None:
    assert browse(people.make_admin()).get(at("nothing")).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_renders_in_every_language(language: str, browse: Browse) -> None:
    admin = people.make_admin()
    UserProfile.objects.create(user=admin, preferred_language=language)
    client = browse(admin)
    for address in (reverse(OVERVIEW), *map(at, STEPS)):
        assert client.get(address).status_code == 200
    said = client.get(at("lists")).content.decode()
    assert all(entry.words[language] in said for entry in starter.entries("categories")[:4])
