"""The demo's pages, in every language, and the editions of its code and policy."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import translation
from modeltranslation.utils import build_localized_fieldname
from wagtail.models import Locale, Page, Site

from conduct.editions import publish
from conduct.models import (
    CodeOfConductPage,
    HowToComplainPage,
    Organisation,
    PerformancePage,
    PolicyPage,
    Promise,
)
from demo.standard_pages import STEP_BY_STEP, standard_fields, way_to_steps
from demo.texts import SOURCE, Body, content, languages, set_words
from home.models import HomePage, StandardPage

CODE_SECTIONS = (
    ("delivery", "delivery"),
    ("answering", "complaint_handling"),
    ("money", "returns"),
    ("data", "personal_data"),
    ("counter", "service"),
)
#: How many days ago each edition came into force.
CODE_AGES = (700, 330, 95)
POLICY_AGES = (700, 240)
#: Fields that are made of blocks.
STREAMS = ("body", "steps")
#: The section of the policy that leads to the form.
HOW_TO_COMPLAIN = 1
#: How the third edition of the code came out at first, until somebody read it again.
MISSPELT = ("where to turn", "were to turn")
#: The promises that the home page shows with how they were kept.
ON_HOME = ("D1", "A1", "R1")


def make_locales() -> list[Locale]:
    return [Locale.objects.get_or_create(language_code=code)[0] for code in languages()]


def home_fields(words: dict[str, Any]) -> dict[str, Any]:
    home = words["home"]
    steps = {"heading": home["steps_heading"], "steps": home["steps"]}
    return {
        "title": home["title"],
        "statement": home["statement"],
        "intro": home["intro"],
        "reassurance": home["reassurance"],
        "body": [("steps", steps)],
    }


def performance_fields(words: dict[str, Any]) -> dict[str, Any]:
    return dict(words["performance"])


def code_body(words: dict[str, Any], today: date) -> Body:
    code = words["code"]
    body: Body = [("text", code["introduction"])]
    for key, topic in CODE_SECTIONS:
        body += [("heading", code[key]), ("promises_of_topic", {"topic": topic})]
    reached_by = today + timedelta(days=270)
    objectives = [objective | {"date": reached_by} for objective in code["objectives"]]
    certificate = {
        "number": "EX-2231",
        "expires_on": today + timedelta(days=400),
        "link": "https://register.example/EX-2231",
    }
    body += [
        ("definitions", {"terms": code["definitions"]}),
        ("heading", code["objectives_heading"]),
        ("objectives", {"objectives": objectives}),
        ("certificate", code["certificate"] | certificate),
    ]
    return [*body, ("contact", {"introduction": code["contact"]})]


def policy_body(words: dict[str, Any]) -> Body:
    policy = words["policy"]
    body: Body = []
    for number, section in enumerate(policy["sections"]):
        body += [("heading", section["heading"]), ("text", section["text"])]
        if number == HOW_TO_COMPLAIN:
            body.append(("text", way_to_steps(words)))
    return [*body, ("contact", {"introduction": policy["contact"]})]


def document_fields(name: str, edition: int, today: date, age: int) -> Any:
    """Fields of the code or policy in its `edition`-th edition (from 0)."""

    def fields(words: dict[str, Any]) -> dict[str, Any]:
        document = words[name]
        return {
            "title": document["title"],
            "scope": document["scope"],
            "exclusions": document["exclusions"],
            "purpose": document["purpose"],
            "what_changed": document["changed"][edition],
            "effective_date": today - timedelta(days=age),
            "review_date": today + timedelta(days=270),
            "approved_by_name": "Imke Vandersteen",
            "approved_by_role": document["approver"],
            "approved_on": today - timedelta(days=age + 14),
            "accountable_role": document["accountable"],
            "body": code_body(words, today) if name == "code" else policy_body(words),
        }

    return fields


def how_to_complain_fields(words: dict[str, Any]) -> dict[str, Any]:
    said = words["how_to_complain"]
    return said | {
        "where": said["where"] + way_to_steps(words),
        "steps": [("step", step) for step in said["steps"]],
    }


def set_fields(page: Page, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        if name in STREAMS:
            setattr(page, name, page._meta.get_field(name).stream_block.to_python([]))
            getattr(page, name).extend((kind, _clean(page, name, kind, raw)) for kind, raw in value)
        else:
            setattr(page, name, value)


def _clean(page: Page, name: str, kind: str, raw: Any) -> Any:
    block = page._meta.get_field(name).stream_block.child_blocks[kind]
    return block.normalize(raw) if hasattr(block, "normalize") else block.to_python(raw)


def make_page(model: type[Page], slug: str, parent: Page, fields: Any, **options: Any) -> Page:
    """A published page in the source language, below `parent`."""
    page = model(slug=slug, locale=Locale.objects.get(language_code=SOURCE), **options)
    set_fields(page, fields(content(SOURCE)))
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def translate_page(page: Page, fields: Any) -> None:
    """Publish the page in every other language."""
    for language in languages()[1:]:
        locale = Locale.objects.get(language_code=language)
        copy = page.get_translation_or_none(locale) or page.copy_for_translation(locale)
        with translation.override(language):
            set_fields(copy.specific, fields(content(language)))
            publish_specific(copy.specific)


def publish_specific(page: Page) -> None:
    page.save_revision().publish()


def make_home(root: Page, site: Site) -> Page:
    # Wagtail's welcome page goes last: the site would go with it.
    welcome = list(root.get_children())
    root.get_children().update(slug="welcome")
    home = make_page(HomePage, "home", root, home_fields)
    Site.objects.filter(pk=site.pk).update(root_page=home)
    for page in welcome:
        page.delete()
    translate_page(home, home_fields)
    return home


def make_pages(home: Page, site: Site, today: date, promises: dict[str, Promise]) -> None:
    """Every page of the contract's addresses, and the organisation that links to them."""
    organisation = Organisation.for_site(site)
    set_words(
        organisation,
        "organisation",
        name="name",
        address="address",
        external_body_name="external_body_name",
        external_body_contact="external_body_contact",
    )
    organisation.email = "care@merrow.example"
    organisation.phone = "+44 20 7946 0123"
    organisation.external_body_url = "https://ombudsman.example/"
    make_standard_page(STEP_BY_STEP, home)
    for slug, name in (
        ("complain", "complaint_page"),
        ("feedback", "feedback_page"),
        ("accessibility", "accessibility_page"),
        ("privacy", "privacy_page"),
    ):
        setattr(organisation, name, make_standard_page(slug, home))
    how = make_page(HowToComplainPage, "how-to-complain", home, how_to_complain_fields)
    translate_page(how, how_to_complain_fields)
    organisation.how_to_complain_page = how
    page = make_page(PerformancePage, "performance", home, performance_fields)
    translate_page(page, performance_fields)
    organisation.performance_page = page
    organisation.save()
    organisation.policy_page = make_document(PolicyPage, "policy", home, today, POLICY_AGES)
    organisation.save()
    make_code(home, today, organisation, promises)


def make_standard_page(slug: str, home: Page) -> Page:
    fields = standard_fields(slug)
    page = make_page(StandardPage, slug, home, fields)
    translate_page(page, fields)
    return page


def make_document(
    model: type[Page], name: str, home: Page, today: date, ages: tuple[int, ...]
) -> Page:
    """A code or policy with one edition for each age, in every language."""
    slug = {"code": "code-of-conduct", "policy": "complaints-policy"}[name]
    page: Any = None
    for edition, age in enumerate(ages):
        fields = document_fields(name, edition, today, age)
        if page is None:
            page = make_page(model, slug, home, fields, show_in_menus=True)
        else:
            set_fields(page, fields(content(SOURCE)))
            publish(page)
        translate_page(page, fields)
    return page


def make_code(
    home: Page, today: date, organisation: Organisation, promises: dict[str, Promise]
) -> None:
    """Three editions: delivery got faster with the second, satisfaction is measured since the third."""
    fast = promises["D1"]
    now_words = {code: content(code)["promises"]["D1"]["statement"] for code in languages()}
    _say(fast, {code: content(code)["code"]["d1_before"] for code in languages()})
    page: Any = None
    for edition, age in enumerate(CODE_AGES):
        if edition == 1:
            _say(fast, now_words)
        if edition == 2:
            promises["A3"].state = "live"
            promises["A3"].save()
        fields = document_fields("code", edition, today, age)
        if page is None:
            page = make_page(CodeOfConductPage, "code-of-conduct", home, fields)
            organisation.code_page = page
            organisation.save()
        else:
            set_fields(page, fields(content(SOURCE)))
            if edition == 2:
                page.purpose = page.purpose.replace(*MISSPELT)
            publish(page)
        translate_page(page, fields)
    _correct_spelling(page)


def _correct_spelling(page: Any) -> None:
    """The newest edition keeps its number, and readers see what was corrected."""
    page.purpose = page.purpose.replace(*reversed(MISSPELT))
    page.is_correction = True
    publish(page)


def show_promises_on_home(home: Page, promises: dict[str, Promise]) -> None:
    """On the home page in each language, once there are promises and figures."""
    for page in home.get_translations(inclusive=True).specific():
        chosen = [promises[code] for code in ON_HOME]
        page.body.append(("performance", {"heading": "", "promises": chosen}))
        publish_specific(page)


def _say(promise: Promise, words: dict[str, str]) -> None:
    for language, text in words.items():
        setattr(promise, build_localized_fieldname("statement", language), text)
    promise.save()
