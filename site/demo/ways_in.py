"""Cases that came in a way of their own: several problems, for somebody else, held, by telephone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.utils import translation
from wagtail.models import Site

from complaints.intake.spam import judge
from complaints.intake.submission import CheckedFile, Problem, Submission
from complaints.intake.submitting import all_words
from complaints.lifecycle import AuthorityResult, Channel, ConsentPurpose
from complaints.models import Case, Category, Party
from conduct.models import Promise
from demo.casework import Story
from demo.questions import answers_from
from demo.texts import content, languages

#: A call that was written down on paper is entered so much later.
ON_PAPER = timedelta(days=2)
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Way:
    """How many days ago it came, what was sent that way, and what has become of it since."""

    age: float
    sent: Callable[[Story, Submission], dict[str, Any]]
    course: Callable[[Story], Any]


def two_problems(story: Story, sent: Submission) -> dict[str, Any]:
    problems = [_problem(story, words) for words in (story.words, *story.words["more_problems"])]
    return {"problems": problems, "description": all_words(p.description for p in problems)}


def _problem(story: Story, words: dict[str, Any]) -> Problem:
    return Problem(
        description=words["text"],
        category=Category.objects.get(code=words["category"]),
        promise=Promise.objects.filter(code=words["promise"]).first(),
        details={"happened_on": (story.now - timedelta(days=3)).date()},
        answers=answers_from(words),
    )


def anonymous(story: Story, sent: Submission) -> dict[str, Any]:
    """Nobody knows who it is; an address apart from the case hears that there is news."""
    return {
        "complainant": {"reply_by": Party.ReplyBy.ONLINE},
        "notice_email": "somebody@example.net",
        "details": {**sent.details, "may_be_surveyed": False},
        "consents": [],
    }


def represented(story: Story, sent: Submission) -> dict[str, Any]:
    """Somebody acts for the complainant and has sent the permission with it."""
    words = story.words
    paper = words["permission"].strip().encode()
    return {
        "complainant": {
            "name": words["name"],
            "phone": "+44 1632 960 671",
            "reply_by": Party.ReplyBy.PHONE,
        },
        "representative": {
            "name": words["representative"],
            "relation": words["relation"],
            "email": f"for-{story.language}@example.net",
            "authority": Party.Authority.SENT,
        },
        "details": {**sent.details, "answer_to_representative": True},
        "files": [
            CheckedFile(
                name=words["permission_file"],
                content_type="text/plain",
                size=len(paper),
                content=ContentFile(paper),
                is_authority=True,
            )
        ],
    }


def like_spam(story: Story, sent: Submission) -> dict[str, Any]:
    """What the form would have found in these words."""
    verdict = judge(sent.description, honeypot=False, too_fast=False, proof_missing=False)
    return {"verdict": verdict}


def on_paper(story: Story, sent: Submission) -> dict[str, Any]:
    """Taken down by telephone and entered when the system was there again."""
    return {
        "received_at": story.now - ON_PAPER,
        "details": {**sent.details, "back_dating_reason": story.words["entered_later"]},
    }


def with_support(story: Story, sent: Submission) -> dict[str, Any]:
    return {
        "complainant": {
            "name": story.words["name"],
            "phone": "+44 1632 960 684",
            "postal_address": story.words["address"].strip(),
            "reply_by": Party.ReplyBy.POST,
            "support": [Party.Support.LARGE_PRINT, Party.Support.INTERPRETER],
            "support_needs": story.words["support"],
            "support_review_on": (story.now + A_YEAR).date(),
        },
        "consents": [*sent.consents, ConsentPurpose.SUPPORT],
    }


def as_usual(story: Story, sent: Submission) -> dict[str, Any]:
    return {}


def _confirmed(story: Story) -> None:
    story.assigned().do(
        "check_authority",
        result=AuthorityResult.CONFIRMED,
        scope=story.words["covers"],
        until=(story.now + A_YEAR).date(),
    )
    story.do("investigate", plan=story.mail["note"]).do("update", text=story.mail["update"])


WAYS = {
    "two_problems": Way(4, two_problems, Story.assigned),
    "anonymous": Way(8, anonymous, lambda s: s.investigating().do("ask", text=s.words["question"])),
    "permission_sent": Way(3, represented, Story.assigned),
    "permission_confirmed": Way(7, represented, _confirmed),
    "held": Way(0.3, like_spam, lambda story: story),
    "released": Way(2, like_spam, lambda story: story.do("release").opened()),
    "made_complaint": Way(1.5, as_usual, lambda story: story.opened().do("make_complaint")),
    "feedback_only": Way(
        4,
        as_usual,
        lambda story: (
            story.opened().do("make_complaint").do("decline_complaint", "complainant", hours=30)
        ),
    ),
    "by_telephone": Way(
        1,
        on_paper,
        lambda story: story.do("record_told", hours=1, how=story.words["told"]).opened(),
    ),
    "by_letter": Way(0.6, with_support, lambda story: story),
}


def make_cases(site: Site, people: dict[str, Any], now: datetime) -> list[Case]:
    """Tell the stories that name their way, each in the language of the person."""
    cases = []
    for language in languages():
        stories = [words for words in content(language)["stories"] if "way" in words]
        for number, words in enumerate(stories, 100):
            way = WAYS[words["way"]]
            story = Story(words, language, number, people)
            channel = Channel.PHONE if way.sent is on_paper else Channel.FORM
            with translation.override(language):
                story.begin(
                    site,
                    now - timedelta(days=way.age, minutes=number),
                    channel=channel,
                    changes=partial(way.sent, story),
                )
                way.course(story)
            cases.append(story.case)
    return cases
