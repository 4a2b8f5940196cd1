"""What stands on the demo's pages of text and of forms."""

from __future__ import annotations

from typing import Any

from complaints.intake.choices import Layout
from demo.questions import CHOSEN
from demo.texts import SOURCE, Body
from home.models import StandardPage

#: What an editor leaves empty is empty words, not nothing.
FORM_AS_IT_IS = {"heading": "", "introduction": ""}
COMPLAINT_FORM = FORM_AS_IT_IS | {"questions": [CHOSEN]}
STEP_BY_STEP = "complain-step-by-step"
FORMS: dict[str, tuple[str, Any]] = {
    "complain": ("complaint_form", COMPLAINT_FORM),
    STEP_BY_STEP: ("complaint_form", COMPLAINT_FORM | {"layout": Layout.STEPS}),
    "feedback": ("feedback_form", FORM_AS_IT_IS),
}


def standard_fields(slug: str) -> Any:
    """Fields of a page with a form or of text."""

    def fields(words: dict[str, Any]) -> dict[str, Any]:
        page = words[slug.replace("-", "_")]
        body = [FORMS[slug]] if slug in FORMS else _sections(page)
        return {"title": page["title"], "intro": page["intro"], "body": body}

    return fields


def way_to_steps(words: dict[str, Any]) -> str:
    """The link leads readers of each language to the page in theirs."""
    page = StandardPage.objects.get(slug=STEP_BY_STEP, locale__language_code=SOURCE)
    said = words["complain_step_by_step"]
    link = f'<a linktype="page" id="{page.pk}">{said["link"]}</a>'
    return f"<p>{said['invitation']} {link}</p>"


def _sections(words: dict[str, Any]) -> Body:
    body: Body = []
    for section in words["sections"]:
        body.append(("text", f"<h2>{section['heading']}</h2>{section['text']}"))
    return body
