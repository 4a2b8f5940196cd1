"""The whole case as plain text, for the complainant to keep."""

from __future__ import annotations

from django.template.loader import render_to_string

from complaints.tracking.presenting import CaseView
from conduct.rights import rights_sentence


def transcript(view: CaseView) -> str:
    """What the page shows, in the active language and time zone; files by name."""
    context = {"view": view, "case": view.case, "rights": rights_sentence()}
    text = render_to_string("conduct_complaints/tracking/transcript.txt", context)
    return text.strip() + "\n"
