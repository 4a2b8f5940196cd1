"""About sixty cases over the last year, each led to its state through the real intake and the real
actions, at the time it would have happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from django.utils import translation
from wagtail.models import Site

from complaints.access import Actor
from complaints.intake.receiving import receive
from complaints.intake.submission import Submission
from complaints.lifecycle import Channel, ConsentPurpose, Finding, Kind, Objectivity, perform
from complaints.models import Case, Category, RemedyKind, TeamMember
from conduct.models import Promise
from demo.questions import answers_from
from demo.texts import content, languages

#: How a complaint goes and how many days ago it came. One after the other over all languages.
COMPLAINTS: tuple[tuple[str, float], ...] = (
    ("investigating", 9),
    ("closed_upheld", 70),
    ("received", 0.2),
    ("closed_not_upheld", 140),
    ("answered", 20),
    ("deciding", 16),
    ("closed_partly_upheld", 55),
    ("waiting", 12),
    ("closed_upheld", 210),
    ("open", 2),
    ("putting_right", 26),
    ("closed_upheld", 45),
    ("rejected", 40),
    ("closed_late", 100),
    ("assigned", 4),
    ("reviewing", 48),
    ("closed_upheld", 300),
    ("overdue", 47),
    ("withdrawn", 60),
    ("closed_partly_upheld", 80),
    ("out_of_scope", 33),
    ("closed_upheld", 120),
    ("resolved_early", 25),
    ("closed_not_upheld", 65),
    ("serious", 6),
    ("closed_upheld", 250),
    ("phone", 3),
    ("closed_late", 180),
)
OTHERS: tuple[tuple[str, float], ...] = (
    ("thanked", 30),
    ("received", 1),
    ("thanked", 75),
    ("open", 3),
    ("thanked", 15),
)


class Story:
    """One case on its way: whoever acts, time goes on."""

    def __init__(
        self, words: dict[str, Any], language: str, number: int, people: dict[str, Any]
    ) -> None:
        self.words, self.language, self.number, self.people = words, language, number, people
        self.mail = content(language)["mail"]
        self.now: datetime
        self.case: Case
        self.handler = people["handler"]

    def begin(
        self,
        site: Site,
        now: datetime,
        *,
        channel: str = Channel.FORM,
        changes: Callable[[Submission], dict[str, Any]] | None = None,
    ) -> None:
        """It comes in. `changes`: what is different from a usual form."""
        self.now = now
        by_phone = channel == Channel.PHONE
        name = self.words["name"]
        person: dict[str, Any] = {"name": name}
        if by_phone:
            person |= {"phone": "+44 1632 960 555", "reply_by": "phone"}
        elif name:
            person["email"] = f"customer-{self.language}-{self.number}@example.net"
        category = Category.objects.get(code=self.words["category"])
        is_hers = TeamMember.objects.filter(team=category.team_id, user=self.people["handler"].pk)
        self.handler = self.people["handler" if is_hers.exists() else "handler2"]
        sent = Submission(
            site=site,
            language=self.language,
            description=self.words["text"],
            kind=self.words["kind"],
            channel=channel,
            complainant=person,
            details={
                "remedy_wanted": self.words["wanted"],
                "may_be_surveyed": True,
            },
            category=category,
            promise=Promise.objects.filter(code=self.words["promise"]).first(),
            answers=answers_from(self.words),
            consents=[ConsentPurpose.SURVEY],
            received_by=self.handler if by_phone else None,
        )
        self.case = receive(replace(sent, **changes(sent) if changes else {}), now=now).case
        # Written down when it came, not when the demo was made.
        Case.objects.filter(pk=self.case.pk).update(stored_at=now)

    def do(self, action: str, who: str = "handler", *, hours: float = 5, **data: Any) -> Story:
        """One action some hours after the last one."""
        self.now += timedelta(hours=hours)
        user = {"handler": self.handler, "lead": self.people["lead"]}.get(who)
        actor = Actor.staff(user) if user else Actor.complainant()
        perform(self.case, action, actor=actor, data=data, now=self.now)
        return self

    def opened(self) -> Story:
        category = Category.objects.get(code=self.words["category"])
        return self.do("moderate", result="accept", category=category)

    def assigned(self, severity: int = 3) -> Story:
        self.opened()
        self.do("assess", severity=severity, complexity="low", impact="low", hours=2)
        return self.do("assign", "lead", handler=self.handler)

    def investigating(self, severity: int = 3) -> Story:
        self.assigned(severity)
        self.do("investigate", hours=20, plan=self.mail["note"])
        return self.do("note", hours=26, text=self.mail["note"])

    def deciding(self, finding: str = Finding.UPHELD, *, days: float = 4) -> Story:
        self.investigating()
        self.do("update", hours=24, text=self.mail["update"])
        return self.propose(finding, days=days)

    def propose(self, finding: str, *, days: float) -> Story:
        key = {
            Finding.UPHELD: "upheld",
            Finding.PARTLY_UPHELD: "partly",
            Finding.NOT_UPHELD: "not",
        }[Finding(finding)]
        upheld = finding != Finding.NOT_UPHELD
        remedies: list[dict[str, Any]] = []
        if upheld:
            remedies = [
                {
                    "kind": RemedyKind.objects.get(code="refund"),
                    "description": self.mail["remedy"],
                    "amount": 12,
                    "due_on": (self.now + timedelta(days=14)).date(),
                },
                {"kind": RemedyKind.objects.get(code="apology")},
            ]
        return self.do(
            "propose",
            hours=24 * days,
            findings={
                i.pk: (finding, self.mail[f"findings_{key}"]) for i in self.case.issues.all()
            },
            remedies=remedies,
            cause=self.mail["cause"] if upheld else "",
            prevention=self.mail["lesson"] if upheld else "",
            answer=self.mail[f"answer_{key}"],
            others_affected=self.mail["others" if upheld else "nobody_else"],
            external_route=content(self.language)["organisation"]["external_body_contact"],
        )

    def answered(self, finding: str = Finding.UPHELD, *, days: float = 4) -> Story:
        checked = list(Objectivity)
        return self.deciding(finding, days=days).do("approve", "lead", hours=6, checklist=checked)

    def closed(self, finding: str, *, days: float = 4) -> Story:
        self.answered(finding, days=days).do("accept", "complainant", hours=30)
        for remedy in self.case.remedies.all():
            self.do("deliver_remedy", hours=20, remedy=remedy, proof=self.mail["remedy"])
            self.do("verify_remedy", "lead", hours=5, remedy=remedy)
        if self.case.is_open:
            self.do("close", hours=3, lesson=self.mail["lesson"])
        return self


COURSES: dict[str, Callable[[Story], Any]] = {
    "received": lambda story: story,
    "open": Story.opened,
    "assigned": Story.assigned,
    "investigating": Story.investigating,
    "overdue": Story.investigating,
    "serious": lambda story: story.investigating(severity=5),
    "waiting": lambda story: story.investigating().do("ask", text=story.mail["question"]),
    "deciding": Story.deciding,
    "answered": Story.answered,
    "rejected": lambda story: story.answered(Finding.NOT_UPHELD).do(
        "reject", "complainant", hours=30, text=story.mail["reject"]
    ),
    "reviewing": lambda story: story.answered(Finding.NOT_UPHELD).do(
        "request_review", "complainant", hours=30
    ),
    "putting_right": lambda story: story.answered().do("accept", "complainant", hours=20),
    "closed_upheld": lambda story: story.closed(Finding.UPHELD),
    "closed_partly_upheld": lambda story: story.closed(Finding.PARTLY_UPHELD),
    "closed_not_upheld": lambda story: story.closed(Finding.NOT_UPHELD),
    "closed_late": lambda story: story.closed(Finding.UPHELD, days=30),
    "withdrawn": lambda story: story.assigned().do(
        "withdraw", "complainant", hours=40, text=story.mail["withdraw"]
    ),
    "out_of_scope": lambda story: story.do(
        "moderate",
        result="out_of_scope",
        scope_reason="employment",
        detail=story.mail["out_of_scope"],
    ),
    "resolved_early": lambda story: story.opened().do(
        "resolve_early", text=story.mail["answer_upheld"], agreed=True
    ),
    "phone": Story.opened,
    "thanked": lambda story: story.opened().do(
        "close",
        hours=20,
        text=story.mail["thanks" if story.words["kind"] == Kind.COMPLIMENT else "information"],
    ),
}


def make_cases(site: Site, people: dict[str, Any], now: datetime) -> list[Case]:
    """Tell every story of every language; its course decides the state it is in today."""
    complaints, others = cycle(COMPLAINTS), cycle(OTHERS)
    cases = []
    for language in languages():
        stories = [words for words in content(language)["stories"] if "way" not in words]
        for number, words in enumerate(stories):
            is_complaint = words["kind"] == Kind.COMPLAINT
            course, age = next(complaints if is_complaint else others)
            # A little apart, so that not all came at the same hour.
            received = now - timedelta(days=age, minutes=37 * number)
            story = Story(words, language, number, people)
            with translation.override(language):
                channel = Channel.PHONE if course == "phone" else Channel.FORM
                story.begin(site, received, channel=channel)
                COURSES[course](story)
            cases.append(story.case)
    return cases
