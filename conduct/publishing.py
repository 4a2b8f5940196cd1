"""What must be there before a code or policy may be published (ISO 10001:2018, 6.4 a and e)."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Site

from .lint import parity
from .lint.pages import stopping
from .lint.routes import missing_routes
from .models.edition import Edition, Kind
from .models.framework import CodeFramework
from .models.organisation import Organisation
from .models.pages import EditionedPage


def problems(page: EditionedPage, site: Site | None) -> list[str]:
    """Sentences that say what is missing and how to mend it; empty where nothing is."""
    if site is None:
        return []  # outside every site nobody can read it, and no edition is made
    organisation = Organisation.for_site(site)
    found = missing_routes(organisation)
    found += [finding.sentence for finding in stopping(page)]
    if page.review_date and page.effective_date and page.review_date <= page.effective_date:
        found.append(
            gettext(
                "The review date must come after the day it comes into force. Choose a later one."
            )
        )
    found += _about_the_change(page, site)
    if page.kind == Kind.CODE and not _cites_promises(page):
        found.append(
            gettext(
                "A code of conduct needs at least one promise. "
                "Add “Promises of a topic” or “Chosen promises” to the text."
            )
        )
    return found


def _about_the_change(page: EditionedPage, site: Site) -> list[str]:
    """What the next edition needs: approval and what changed; or that it is but a correction."""
    from . import corrections
    from .editions import is_original, would_make_edition

    previous = _last_edition(page)
    if page.pk and page.locale_id and not is_original(page):
        return []  # the edition was approved as a whole
    if page.is_correction:
        return corrections.problems(page, previous) if previous else [_nothing_to_correct()]
    if previous is not None and not would_make_edition(page, previous):
        return []
    found = parity.problems(
        page, block_until_translated=CodeFramework.for_site(site).block_until_translated
    )
    found += [] if previous is None or page.what_changed.strip() else [_what_changed()]
    if page.is_on_its_way:
        return found
    return [*found, *_approval(page, previous)]


def _what_changed() -> str:
    return gettext(
        "Readers of the last edition want to know what is different. "
        "Write it in one or two sentences under “What changed”."
    )


def _nothing_to_correct() -> str:
    return gettext(
        "There is no edition yet whose spelling could be corrected. "
        "Untick “Only corrects spelling”."
    )


def _approval(page: EditionedPage, previous: Edition | None) -> list[str]:
    """Top management stands behind each edition, by name (ISO 10001, 4.2; ISO 10002, 5.2)."""
    if not (page.approved_by_name.strip() and page.approved_by_role.strip() and page.approved_on):
        return [
            gettext(
                "Top management has to approve this edition. Give the name, the role and the day "
                "under “Approval of the next edition”."
            )
        ]
    if page.approved_on > timezone.localdate():
        return [gettext("The approval lies in the future. Give the day on which it was given.")]
    if previous is not None and _is_the_last_approval(page.approved_on, previous):
        return [
            gettext(
                "This is still the approval of edition %(number)s. Give the day on which the next "
                "edition was approved."
            )
            % {"number": previous.number}
        ]
    return []


def _is_the_last_approval(approved_on: dt.date, previous: Edition) -> bool:
    """Left over from the edition before. Two may be approved and published on one day."""
    if previous.approved_on is None or approved_on > previous.approved_on:
        return False
    return approved_on < timezone.localdate(previous.created_at)


def _last_edition(page: EditionedPage) -> Edition | None:
    if not page.locale_id:
        return None
    in_this_language = Edition.objects.of_page(page).filter(
        source_language=page.locale.language_code
    )
    return in_this_language.first()


def _cites_promises(page: EditionedPage) -> bool:
    return any(block.block_type in {"promises_of_topic", "promises"} for block in page.body)
