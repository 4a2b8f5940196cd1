"""The three routes that every code and policy must show (ISO 10001:2018, 6.4 e)."""

from __future__ import annotations

from django.utils.translation import gettext

from conduct.models.organisation import Organisation


def missing_routes(organisation: Organisation) -> list[str]:
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
