"""A small published site to look at: a home page and the pages an organisation names."""

from __future__ import annotations

from wagtail.models import Locale, Page, Site

from conduct.models import Organisation
from home.models import HomePage, StandardPage

ORGANISATION_PAGES = (
    "code_page",
    "policy_page",
    "complaint_page",
    "feedback_page",
    "performance_page",
    "accessibility_page",
    "privacy_page",
)


def locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def make_home(**fields: object) -> HomePage:
    """An English home page that the default site starts from."""
    page = HomePage(title="Fernhill", slug="fernhill", locale=locale("en"), **fields)
    Page.get_first_root_node().add_child(instance=page)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": page}
    )
    return page


def add_page(parent: Page, title: str, **fields: object) -> StandardPage:
    """A published standard page below `parent`, in its language."""
    slug = title.lower().replace(" ", "-")
    page = StandardPage(title=title, slug=slug, locale=parent.locale, **fields)
    return parent.add_child(instance=page)


def translate(page: Page, language: str, title: str, *, live: bool = True) -> Page:
    """The page in another language; its parents are translated with it where they are not yet."""
    translation = page.copy_for_translation(locale(language), copy_parents=True).specific
    translation.title = title
    translation.slug = f"{page.slug}-{language}"
    revision = translation.save_revision()
    if live:
        revision.publish()
    translation.refresh_from_db()
    return translation


def make_organisation(home: Page) -> dict[str, StandardPage]:
    """Contact details and one page for each that the footer leads to, by field name."""
    pages = {name: add_page(home, name.removesuffix("_page")) for name in ORGANISATION_PAGES}
    Organisation.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={
            "name": "Fernhill Parcels",
            "email": "help@fernhill.example",
            "phone": "+44 20 7946 0000",
            "address": "12 Mill Lane\nYork",
            **pages,
        },
    )
    return pages
