"""The form asks for everything in table C1, and for nothing that is not in it."""

from __future__ import annotations

import pytest

from complaints.intake.complaint_form import ComplaintForm
from complaints.intake.drafting.steps import OTHER_STEPS
from complaints.intake.parts.problem import FirstProblemPart, ProblemPart
from tests.complaints.intake.sending import text_of

#: Table C1, group by group, written by hand: what is asked, and the fields that ask it.
TABLE_C1: dict[str, dict[str, tuple[str, ...]]] = {
    "About you": {
        "full name or organisation": ("name", "anonymous"),
        "how to address you": ("address_as",),
        "e-mail, phone, postal address, town, postcode, country": (
            "email", "phone", "street", "town", "postcode", "country",
        ),
        "preferred language, channel, contact times": ("language", "reply_by", "contact_times"),
        "support or adjustment needed: list and free text": ("support", "support_needs"),
        "an address for notices where nobody is named": ("notice_email",),
    },
    "Someone acting for you": {
        "name, relation, contact": (
            "representative_name", "representative_relation", "representative_email",
            "representative_phone",
        ),
        "authority: a file, or it follows": ("authority", "file:authority_file"),
        "whom to answer": ("answer_to",),
        "other person to contact": ("other_contact",),
    },
    "What it is about": {
        "product, service or practice": ("product", "category"),
        "order or contract number": ("order_number",),
        "place or branch": ("place",),
        "staff involved": ("staff_named",),
        "promise of the code": ("promise",),
    },
    "The problem": {
        "date or period": ("happened_on", "happened_when"),
        "still going on, happened before": ("still_going_on", "happened_before"),
        "earlier contact and its reference": ("earlier_contact",),
        "what happened": ("description",),
        "effect on you": ("effect",),
        "urgent or safety risk": ("urgent",),
    },
    "What you want": {"kind of remedy and free text": ("remedies", "remedy_wanted")},
    "Evidence": {
        "files": ("file:files",),
        "list of enclosed papers, link": ("enclosures", "evidence_link"),
    },
    "Already elsewhere": {"reported to somebody else": ("elsewhere",)},
    "Consent and notice": {"survey, use as a story": ("may_be_surveyed", "may_be_told")},
}  # fmt: skip
#: What the page's editor chose, carried along in hidden fields: no questions.
NO_QUESTIONS = {"categories", "chosen"}
#: What must be given: the rest may stay empty. One way to reply is asked for besides.
REQUIRED = {"description"}

EVERY_FIELD = [n for group in TABLE_C1.values() for names in group.values() for n in names]
FIELDS = {n for n in EVERY_FIELD if not n.startswith("file:")}
FILES = {n.removeprefix("file:") for n in EVERY_FIELD} - FIELDS


@pytest.mark.requirement("10002-C")
def test_the_form_asks_what_the_table_lists_and_nothing_else() -> None:
    assert set(ComplaintForm.base_fields) - NO_QUESTIONS == FIELDS
    assert len(EVERY_FIELD) == len(set(EVERY_FIELD))


def test_the_steps_ask_the_same_each_once() -> None:
    parts = [FirstProblemPart, *(step.part for step in OTHER_STEPS if step.part)]
    names = [name for part in parts for name in part.base_fields]
    assert sorted(names) == sorted(ComplaintForm.base_fields)


def test_each_further_problem_has_facts_of_its_own() -> None:
    assert set(ProblemPart.base_fields) - NO_QUESTIONS == {
        "description", "category", "promise", "product", "place", "happened_on", "happened_when",
    }  # fmt: skip


@pytest.mark.requirement("10002-7.2")
def test_only_what_happened_is_required() -> None:
    fields = ComplaintForm.base_fields
    assert {name for name, field in fields.items() if field.required} == REQUIRED


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "vi", "zh-hans", "ko", "ar"])
def test_the_page_has_every_field_in_every_language(client, language: str) -> None:
    page = text_of(client.get(f"/{language}/case/send/"))
    # Remedies are offered where the organisation lists some.
    missing = [n for n in FIELDS | FILES if f'name="{n}"' not in page and n != "remedies"]
    assert missing == []
