"""Starter codes: the same in every language, marked as samples, and fit to be published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from modeltranslation.utils import build_localized_fieldname
from wagtail.models import Locale, Page, Site

from conduct.editions import publish
from conduct.lint.promises import of_promise
from conduct.models import CodeOfConductPage, Edition, Organisation, Promise
from conduct.publishing import problems
from conduct.samples import facts, languages, spoken, words

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def said(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every piece of text with where it stands."""
    if isinstance(value, str):
        yield path, value
        return
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield from said(inner, f"{path}/{key}")


@pytest.mark.requirement("10001-A")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_in_its_own_words(language: str) -> None:
    here, english = dict(said(words(language))), dict(said(words("en")))

    assert list(here) == list(english)
    assert [path for path, text in here.items() if not text.strip()] == []
    same = {path for path in here if here[path] == english[path]} - {"/units/minutes"}
    assert (same == set()) is (language != "en")


@pytest.mark.requirement("10001-A")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_and_the_first_paragraph_say_that_it_is_a_sample(language: str) -> None:
    everything = words(language)
    # The word that all titles begin with is the one for a sample.
    starts = {everything[key]["title"].replace("：", ":").split(":")[0].strip() for key in facts()}
    assert len(starts) == 1
    (sample,) = starts
    assert sample.casefold() in everything["notice"].casefold()


def test_the_samples_speak_every_language_of_the_site() -> None:
    assert languages() == set(LANGUAGES)
    assert [spoken(code) for code in ("en-gb", "zh-hans", "zh-Hans", "cy")] == [
        "en",
        "zh-hans",
        "zh-hans",
        None,
    ]


def test_the_one_page_code_has_few_promises_and_one_rule_for_what_customers_get() -> None:
    rows = facts()["small"]["promises"]
    assert len(rows) == 3
    assert len({(row["remedy_how"], row["claim_window_days"]) for row in rows.values()}) == 1
    for language in LANGUAGES:
        assert len({row["remedy"] for row in words(language)["small"]["promises"].values()}) == 1


@pytest.fixture
def owner(db: None) -> Any:
    return get_user_model().objects.create_superuser("ada", "ada@example.org", "x")


def load(**options: Any) -> str:
    out = StringIO()
    call_command("load_samples", stdout=out, **options)
    return out.getvalue()


@pytest.mark.requirement("10001-A")
def test_the_command_builds_codes_that_pass_all_lints_in_every_language(
    client: Client, owner: Any, organisation: Organisation, korean_home: Page, site: Site
) -> None:
    load()

    promises = list(Promise.objects.all())
    assert len(promises) == sum(len(row["promises"]) for row in facts().values())
    assert [
        (promise.code, of_promise(promise)) for promise in promises if of_promise(promise)
    ] == []
    assert {promise.code[:7] for promise in promises} == {"SAMPLE-"}
    pages = list(CodeOfConductPage.objects.select_related("locale"))
    assert [(page.title, problems(page, site)) for page in pages if problems(page, site)] == []
    assert sorted((page.slug, page.locale.language_code, page.live) for page in pages) == sorted(
        (row["slug"], code, True) for row in facts().values() for code in ("en", "ko")
    )
    assert Edition.objects.count() == len(facts())
    for language in ("en", "ko"):
        text = client.get(f"/{language}/sample-one-page-code/").content.decode()
        own = words(language)
        assert own["notice"][3:20] in text
        for row in own["small"]["promises"].values():
            for name in ("statement", "limits", "conditions", "remedy"):
                assert row[name] in text


def test_run_twice_it_changes_nothing(owner: Any, organisation: Organisation) -> None:
    load(sample="small")
    CodeOfConductPage.objects.update(title="Ours now")
    page = CodeOfConductPage.objects.get()
    Promise.objects.filter(code="SAMPLE-S1").update(statement_en="Within 3 working days.")
    before = list(Promise.objects.order_by("pk").values()), page.latest_revision_id

    assert "small: is there already" in load(sample="small")

    page.refresh_from_db()
    after = list(Promise.objects.order_by("pk").values()), page.latest_revision_id
    assert after == before
    assert page.title == "Ours now"


def test_a_language_that_joins_later_gets_its_page_then(
    owner: Any, organisation: Organisation, home: Page
) -> None:
    load(sample="small")
    arabic = Locale.objects.create(language_code="ar")
    home.copy_for_translation(arabic).save_revision().publish()

    load(sample="small")

    page = CodeOfConductPage.objects.get(locale=arabic)
    assert (page.title, page.live) == (words("ar")["small"]["title"], True)
    edition = Edition.objects.get()
    assert {text.language for text in edition.texts.all()} == {"en", "ar"}


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (lambda: get_user_model().objects.all().delete(), "Somebody has to answer"),
        (lambda: Organisation.objects.update(complaint_page=None), "Readers must be able to compl"),
        (lambda: Organisation.objects.update(external_body_name_en=""), "Readers must know who"),
        (lambda: Locale.objects.update(language_code="cy"), "There are no samples in the language"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_made(
    owner: Any, organisation: Organisation, prepare: Callable[[], Any], sentence: str
) -> None:
    prepare()

    with pytest.raises(CommandError, match=sentence):
        load(sample="delivery")

    assert (CodeOfConductPage.objects.count(), Promise.objects.count()) == (0, 0)


def test_an_owner_can_be_named(owner: Any, organisation: Organisation) -> None:
    bo = get_user_model().objects.create_user("bo", password="x")

    load(sample="small", owner="bo")

    assert set(Promise.objects.values_list("owner", flat=True)) == {bo.pk}
    with pytest.raises(CommandError, match="There is no account “nobody”"):
        load(owner="nobody")


def test_a_sample_never_slips_into_the_organisations_own_code(
    owner: Any, organisation: Organisation, code_draft: CodeOfConductPage, site: Site
) -> None:
    load(sample="delivery")  # its promises have the topic that the code cites

    publish(code_draft)

    assert list(
        Edition.objects.get(series=code_draft.translation_key).promises.values_list(
            "code", flat=True
        )
    ) == ["D1"]


def test_a_sample_is_never_the_code_in_force(
    owner: Any, organisation: Organisation, site: Site
) -> None:
    load(sample="small")

    assert Edition.objects.count() == 1
    assert Edition.objects.in_force(kind="code", site=site) is None


def test_samples_can_be_taken_back(client: Client, owner: Any, organisation: Organisation) -> None:
    load(sample="small")
    assert Promise.objects.live().count() == 3

    assert "small: 1 pages are public no more" in load(sample="small", withdraw=True)

    assert Promise.objects.live().count() == 0
    assert client.get("/en/sample-one-page-code/").status_code == 404


def test_the_default_language_is_never_empty(owner: Any, organisation: Organisation) -> None:
    load(sample="counter")

    for promise in Promise.objects.all():
        for language in LANGUAGES:
            assert getattr(promise, build_localized_fieldname("statement", language))
