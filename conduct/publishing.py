"""What must be there before a code or policy may be published (ISO 10001:2018, 6.4 a and e)."""

from __future__ import annotations

from django.utils.translation import gettext
from wagtail.models import Site

from .models.edition import Edition, Kind
from .models.organisation import Organisation
from .models.pages import EditionedPage


def problems(page: EditionedPage, site: Site | None) -> list[str]:
    """Sentences that say what is missing and how to mend it; empty where nothing is."""
    if site is None:
        return []  # outside every site nobody can read it, and no edition is made
    organisation = Organisation.for_site(site)
    found = _missing_routes(organisation)
    if page.review_date and page.effective_date and page.review_date <= page.effective_date:
        found.append(
            gettext(
                "The review date must come after the day it comes into force. Choose a later one."
            )
        )
    if not page.what_changed.strip() and _has_earlier_edition(page):
        found.append(
            gettext(
                "Readers of the last edition want to know what is different. "
                "Write it in one or two sentences under “What changed”."
            )
        )
    if page.kind == Kind.CODE and not _cites_promises(page):
        found.append(
            gettext(
                "A code of conduct needs at least one promise. "
                "Add “Promises of a topic” or “Chosen promises” to the text."
            )
        )
    return found


def _missing_routes(organisation: Organisation) -> list[str]:
    """The three routes every code must show: to ask, to complain, to go outside."""
    found = []
    if organisation.complaint_page_id is None:
        found.append(
            gettext(
                "Readers must be able to complain. Choose the page that holds the complaint form "
                "in Settings › Organisation."
            )
        )
    if not (organisation.feedback_page_id or organisation.email or organisation.phone):
        found.append(
            gettext(
                "Readers must be able to ask a question. Give a feedback page, an e-mail address "
                "or a phone number in Settings › Organisation."
            )
        )
    if not organisation.external_body_name:
        found.append(
            gettext(
                "Readers must know who they can turn to outside. Name the outside body, or a "
                "court, in Settings › Organisation."
            )
        )
    return found


def _has_earlier_edition(page: EditionedPage) -> bool:
    if not page.locale_id:
        return False
    return Edition.objects.of_page(page).filter(source_language=page.locale.language_code).exists()


def _cites_promises(page: EditionedPage) -> bool:
    return any(block.block_type in {"promises_of_topic", "promises"} for block in page.body)
