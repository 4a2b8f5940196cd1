"""Every answer holds the same blocks, in whatever language and whatever it begins with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from complaints.lifecycle import Finding, Kind, Refused
from complaints.models import Case, Decision, Message
from complaints.notices.answer import compose_answer, compose_source, keep_source
from complaints.notices.blocks import blocks_in, missing_blocks, refusal_words
from conduct.rights import rights_sentence
from demo.replies import TEMPLATES, words_to_begin_with
from tests.factories import Staff, act, make_case, proposal

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
LANGUAGES = [code for code, _name in settings.LANGUAGES]
ANSWERS = [code for code, (stage, _c, _k) in TEMPLATES.items() if stage in {"answer", "review"}]
#: What an upheld complaint is answered with, written by hand.
UPHELD = {
    "answer", "challenge", "date", "decided", "finding", "outside", "prevention", "reasons",
    "remedy", "review", "rights",
}  # fmt: skip


def ready(finding: str = Finding.UPHELD, **fields: Any) -> tuple[Case, Decision]:
    """A case whose answer waits for approval, with all that the answer needs."""
    case = make_case("investigating", now=NOW, language=fields.pop("language", "en"))
    with_remedy: dict[str, Any] = {} if fields.pop("with_remedy", True) else {"remedies": []}
    act(case, "propose", Staff().handler, now=NOW, **proposal(case, finding, **with_remedy))
    decision = case.decisions.get()
    decision.prevention = "There is a shelter at the door now."
    decision.approved_by, decision.sent_at, decision.answer_by = Staff().lead, NOW, NOW
    for name, value in fields.items():
        setattr(decision, name, value)
    return case, decision


@pytest.mark.requirement("10002-7.7")
def test_a_whole_answer_lacks_nothing() -> None:
    case, decision = ready()
    text = compose_answer(case, decision)
    assert missing_blocks(case, decision, text) == []
    assert blocks_in(case, decision, text) == UPHELD
    assert "What we change so that it does not happen again\nThere is a shelter" in text
    assert "Date of this answer: 2 November 2026" in text


@pytest.mark.requirement("FW-CONSIST")
@pytest.mark.parametrize("template", ANSWERS)
def test_every_language_and_every_template_has_the_same_blocks(template: str) -> None:
    case, decision = ready()
    found = {}
    for language in LANGUAGES:
        case.language = language
        decision.answer = words_to_begin_with(language)["templates"][template]["body"].strip()
        text = compose_answer(case, decision)
        assert missing_blocks(case, decision, text) == [], language
        found[language] = frozenset(blocks_in(case, decision, text))
    assert set(found.values()) == {frozenset(UPHELD)}


@pytest.mark.requirement("10002-7.7")
def test_what_is_missing_is_said_in_words() -> None:
    case, decision = ready(prevention="")
    case.issues.update(finding="", reasons="")
    text = compose_answer(case, decision)
    assert missing_blocks(case, decision, text) == [
        "a finding on problem 1",
        "the reasons for the finding on problem 1",
    ]
    case.issues.update(finding="upheld")
    missing = missing_blocks(case, decision, compose_answer(case, decision))
    assert refusal_words(missing) == (
        "The answer can’t be sent yet, something is missing: the reasons for the finding on "
        "problem 1; what changes so that it does not happen again."
    )


@pytest.mark.requirement("10002-7.7")
def test_an_answer_that_lacks_something_is_not_sent() -> None:
    case, _decision = ready()
    case.decisions.update(prevention="")
    with pytest.raises(Refused, match="what changes so that it does not happen again"):
        act(case, "approve", Staff().lead, now=NOW)
    case.refresh_from_db()
    assert (case.state, case.answered_at) == ("deciding", None)


def test_a_letter_that_somebody_made_shorter_is_noticed() -> None:
    """As where a project has a template of its own that forgets a sentence."""
    case, decision = ready()
    text = compose_answer(case, decision)
    shorter = text.replace(rights_sentence(), "").replace(
        "You can ask for a review", "You can wait"
    )
    assert missing_blocks(case, decision, shorter) == [
        "that a review can be asked for",
        "that no legal right is lost",
    ]


def test_lines_may_be_broken_elsewhere() -> None:
    case, decision = ready(prevention="One line.\r\nAnd another.")
    text = compose_answer(case, decision).replace("\r\n", "\n")
    assert missing_blocks(case, decision, text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_is_in_the_words_of_staff(language: str) -> None:
    case, decision = ready(prevention="", language=language)
    with translation.override("en"):
        missing = missing_blocks(case, decision, compose_answer(case, decision))
    assert missing == ["what changes so that it does not happen again"]


def test_without_a_remedy_the_answer_says_so() -> None:
    case, decision = ready(Finding.NOT_UPHELD, with_remedy=False, prevention="")
    text = compose_answer(case, decision)
    assert "Beyond this answer, there is nothing that we have to put right." in text
    assert missing_blocks(case, decision, text) == []
    assert blocks_in(case, decision, text) == UPHELD - {"prevention"}


def test_after_a_review_no_second_one_is_needed() -> None:
    case, decision = ready()
    case.stage = decision.stage = 2
    text = compose_answer(case, decision)
    assert missing_blocks(case, decision, text) == []
    assert blocks_in(case, decision, text) == UPHELD - {"review"}


def test_a_compliment_needs_no_finding() -> None:
    case, decision = ready()
    case.kind = Kind.COMPLIMENT
    text = compose_answer(case, decision)
    assert missing_blocks(case, decision, text) == []
    assert blocks_in(case, decision, text) == {
        "answer", "challenge", "date", "decided", "outside", "rights",
    }  # fmt: skip


def test_who_decided_without_a_name_is_the_team() -> None:
    case, decision = ready()
    lead = Staff().lead
    lead.first_name = ""
    decision.approved_by = lead
    text = compose_answer(case, decision)
    assert "This answer was decided by Customer care." in text
    assert missing_blocks(case, decision, text) == []


@pytest.mark.requirement("I18N-4")
def test_what_was_written_is_kept_beside_what_was_sent() -> None:
    case, decision = ready(language="ar")
    issue = case.issues.get()
    decision.answer, decision.source_language = "نعتذر.", "en"
    decision.sources = {"answer": "We are sorry.", f"reasons_{issue.pk}": "It rained a lot."}
    sent = Message.objects.create(
        case=case, direction="out", purpose="answer", at=NOW, language="ar",
        body=compose_answer(case, decision),
    )  # fmt: skip
    keep_source(case, decision, sent, NOW)
    kept = sent.translations.get()
    assert (kept.language, kept.is_source, kept.author) == ("en", True, Staff().handler)
    assert kept.text == compose_source(case, decision)
    assert "We are sorry." in kept.text
    assert "Why: It rained a lot." in kept.text
    assert rights_sentence() in kept.text
    assert "نعتذر." in sent.body
    assert "We are sorry." not in sent.body


def test_an_answer_in_the_complainants_language_keeps_nothing_beside() -> None:
    case, decision = ready()
    sent = Message.objects.create(
        case=case, direction="out", purpose="answer", at=NOW, language="en", body="x"
    )
    keep_source(case, decision, sent, NOW)
    assert sent.translations.count() == 0
