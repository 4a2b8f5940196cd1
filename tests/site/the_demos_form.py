"""What the built demo shows of the form: its questions, pages and cases."""

from __future__ import annotations

from typing import Any

from django.test import Client
from modeltranslation.utils import build_localized_fieldname

from complaints.intake.choices import Layout
from complaints.lifecycle import ComplaintWish, Kind, State
from complaints.models import Case, Category, ExtraOption, ExtraQuestion, Notice, Party
from demo.questions import QUESTIONS
from demo.texts import content, languages
from demo.vocabulary import QUICK_WAYS
from home.models import StandardPage


def check_vocabulary() -> None:
    """Stored in every language, as the words are written."""
    for language in languages():
        words = content(language)
        assert in_language(ExtraQuestion.objects.all(), "label", language) == {
            code: words["questions"][code]["label"] for code in QUESTIONS
        }
        assert (
            in_language(Category.objects.filter(code__in=QUICK_WAYS), "quick_way", language)
            == (words["quick_ways"])
        )
        assert in_language(ExtraOption.objects.all(), "label", language) == {
            code: label
            for question in words["questions"].values()
            for code, label in question.get("options", {}).items()
        }
    where = ExtraQuestion.objects.get(code="parcel_left_where")
    assert where.only_if == ExtraOption.objects.get(code="elsewhere")
    chosen = ExtraQuestion.objects.filter(where=ExtraQuestion.Where.CHOSEN)
    assert [question.code for question in chosen] == ["sender_or_receiver"]


def in_language(rows: Any, field: str, language: str) -> dict[str, str]:
    return dict(rows.values_list("code", build_localized_fieldname(field, language)))


def check_pages(client: Client) -> None:
    """One page, and step by step, which the policy leads to; both with the question they chose."""
    for language in languages():
        words = content(language)
        one = client.get(f"/{language}/complain/").content.decode()
        assert words["questions"]["sender_or_receiver"]["label"] in one
        assert words["quick_ways"]["late"] in one
        policy = client.get(f"/{language}/complaints-policy/").content.decode()
        assert f'href="/{language}/complain-step-by-step/"' in policy
        steps = client.get(f"/{language}/complain-step-by-step/").content.decode()
        assert words["complain_step_by_step"]["title"] in steps
        assert words["questions"]["sender_or_receiver"]["label"] in steps
    pages = StandardPage.objects.filter(slug="complain-step-by-step")
    assert [page.body[0].value["layout"] for page in pages] == [Layout.STEPS] * len(languages())


def check_cases() -> None:
    cases = Case.objects.order_by("pk")
    several = [case for case in cases if case.issues.count() == 2]
    assert [case.extra_answers.count() for case in several] == [4, 3]
    (anonymous,) = cases.filter(notice_address__isnull=False)
    assert (anonymous.complainant.is_anonymous, anonymous.state) == (True, State.WAITING)
    represented = cases.filter(representative__isnull=False)
    assert [(c.awaits_authority, c.representative.authority) for c in represented] == [
        (True, Party.Authority.SENT),
        (False, Party.Authority.CONFIRMED),
    ]
    assert [c.attachments.filter(is_authority=True).count() for c in represented] == [1, 1]
    (held,) = cases.filter(held=True)
    assert (held.spam_signs, held.notices.count()) == ("forum_link", 0)
    (released,) = cases.filter(held=False).exclude(spam_signs="")
    assert released.events.filter(action="release").count() == 1
    assert list(cases.exclude(first_kind="").values_list("kind", "complaint_wish")) == [
        (Kind.COMPLAINT, ComplaintWish.ASKED),
        (Kind.SUGGESTION, ComplaintWish.NO),
    ]
    (later,) = cases.exclude(back_dating_reason="")
    assert (later.channel, (later.stored_at - later.received_at).days) == ("phone", 2)
    assert [notice.state for notice in later.notices.all()] == [Notice.State.TOLD]
    (by_letter,) = cases.filter(complainant__reply_by=Party.ReplyBy.POST)
    assert by_letter.complainant.support == ["large_print", "interpreter"]
    assert [notice.state for notice in by_letter.notices.all()] == [Notice.State.OTHER_WAY]
