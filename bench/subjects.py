"""All that is measured, against what, and how fast it should be."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth import get_user_model

from bench.assigning import are_enough, bulk_assign, one_assign
from bench.naming import CODE, PLAIN
from bench.rows import Row
from bench.saved import saved_lists
from bench.visiting import Visit, cookie_of

LISTS = "/admin/cases/lists/"
CASE_PAGES = 40
#: Enough for a p95, which leaves out the slowest three.
LIST_REQUESTS = 60


@dataclass(frozen=True)
class Subject:
    """A row of the table, and the two visits that are compared for it."""

    row: Row
    visit: Visit
    reference: Visit


def subjects() -> list[Subject]:
    from bench.figures import figures

    return [
        *public_pages(), *figures(), *lists(), *saved(), *searches(), *case_pages(), *assigning()
    ]  # fmt: skip


def public_pages() -> Iterator[Subject]:
    code = Visit([CODE], shows="<h1")
    same = Visit(["/bench/bytes/"], shows="<h1")
    yield Subject(Row("code page from the cache", "Django view, same bytes", 1.5), code, same)
    # An address with a query is never kept.
    cold = Visit([f"{CODE}?cold"], shows="<h1")
    plain = Visit([f"/en/{PLAIN}/?cold"], shows="<h1")
    yield Subject(Row("code page, cold", "Wagtail page, same body", 1.5), cold, plain)
    sent = Visit(["/en/case/send/"], fields=_complaint, shows="C-")
    line = Visit(["/bench/form/"], fields=_line, shows="Thank you")
    yield Subject(Row("complaint posted", "form view, one row", 3), sent, line)
    yield from steps()


def steps() -> Iterator[Subject]:
    """One step of a draft: shown, and kept while somebody types."""
    path, cookie = _draft()
    shown, bare = Visit([path], cookie, shows="<h1"), Visit(["/bench/form/"], shows="<form")
    yield Subject(Row("step of the form, shown", "form view", 2), shown, bare)
    framed = Visit(["/bench/framed-form/"], shows="<form")
    yield Subject(Row("step of the form, shown", "form view in the site's frame", 2), shown, framed)
    kept = Visit([path], cookie, fields=_step, shows="seen")
    line = Visit(["/bench/form/"], fields=_line, shows="Thank you")
    yield Subject(Row("step of the form, kept", "form view, one row", 2), kept, line)


def lists() -> Iterator[Subject]:
    """Each tab for a handler, and what differs for who sees all cases."""
    from complaints.backoffice.presets import PRESETS

    handler, overseer = cookie_of("handler"), cookie_of("quality")
    empty = "empty admin listing"
    places = [(f"list “{p.label}”", f"{p.slug}/", handler) for p in PRESETS.values()]
    places += [
        (f"list “{PRESETS[slug].label}”, overseer", f"{slug}/", overseer)
        for slug in ("open", "closed")
    ]
    places += [
        ("search for an address", "open/?q=customer7%40example.com", handler),
        ("search for a reference", f"open/?q={_references('handler')[0]}", handler),
        ("list “Closed”, from its middle", f"closed/?p={_middle()}", handler),
    ]
    # What fifty rows cost in Wagtail's plainest list, to judge the ratio by.
    lines = Visit(["/admin/snippets/bench/line/"], handler, shows="@example.com")
    nothing = Visit(["/admin/snippets/bench/nothing/"], handler, shows="Nothing")
    yield Subject(
        Row("Wagtail's own list of 50 rows", empty, None, True, LIST_REQUESTS, None), lines, nothing
    )
    for what, path, cookie in places:
        reference = Visit(["/admin/snippets/bench/nothing/"], cookie, shows="Nothing")
        yield Subject(
            Row(what, empty, 2, True, LIST_REQUESTS),
            Visit([LISTS + path], cookie, shows="Cases"),
            reference,
        )


def saved() -> Iterator[Subject]:
    """They are promised not to grow."""
    nothing = Visit(["/admin/snippets/bench/nothing/"], cookie_of("handler"), shows="Nothing")
    for what, visit in saved_lists():
        yield Subject(Row(what, "empty admin listing", None, True, LIST_REQUESTS), visit, nothing)


def searches() -> Iterator[Subject]:
    """Words that hardly any case has, that many have, and that nearly all have."""
    handler = cookie_of("handler")
    inbox = Visit([LISTS + "open/"], handler, shows="Cases")
    for what, words in (
        ("a rare word", _rare_word()),
        ("a common word", "rain"),
        ("two common words", "rain+parcel"),
        ("a very common word", "the"),
        ("the beginning of words", "tha"),
        ("Chinese", "%E5%8C%85%E8%A3%B9"),
    ):
        for tab in ("open", "closed"):
            visit = Visit([f"{LISTS}{tab}/?q={words}"], handler, shows="Cases")
            yield Subject(
                Row(f"search for {what}, {tab}", "the inbox", 3, True, LIST_REQUESTS, None),
                visit,
                inbox,
            )


def case_pages() -> Iterator[Subject]:
    handler = cookie_of("handler")
    empty = Visit(["/admin/bench/empty/"], handler, shows="Empty")
    pages = [f"/admin/cases/{reference}/" for reference in _references("handler")]
    yield Subject(
        Row("case page", "empty admin page", 2, False, 100),
        Visit(pages, handler, shows="C-"),
        empty,
    )
    home = Visit(["/admin/"], handler, shows="admin")
    yield Subject(
        Row("admin home with our panels", "empty admin page", None, True, LIST_REQUESTS),
        home,
        empty,
    )


def assigning() -> Iterator[Subject]:
    """Left out of a database that is too small."""
    if not are_enough():
        return
    one, many = one_assign(), bulk_assign("do")
    yield Subject(Row("bulk assign of 500 cases", "one assign", 25, requests=30), many, one)
    preview = bulk_assign("preview")
    yield Subject(Row("its preview", "one assign", None, requests=30), preview, one)


def _references(username: str) -> list[str]:
    """Cases in all states that this person may see, the same ones in each run."""
    from complaints.lifecycle import State
    from complaints.models import Case

    seen = Case.objects.visible_to(get_user_model().objects.get(username=username))
    found: list[str] = []
    for state in State.values:
        newest = seen.filter(state=state).order_by("-received_at", "-pk")
        found += newest.values_list("reference", flat=True)[: CASE_PAGES // len(State)]
    random.Random(1).shuffle(found)
    return found


def _middle() -> str:
    """A key in the middle of the closed cases, newest first."""
    from complaints.models import Case

    cases = Case.objects.closed().order_by("-received_at", "-pk")
    case = cases[cases.count() // 2]
    return f"after~-received_at~{case.received_at:%Y-%m-%dT%H:%M:%S.%fZ}~{case.pk}"


def _rare_word() -> str:
    """A word that only one case has."""
    from complaints.models import Case
    from complaints.search.indexing import keep_words

    case = Case.objects.open().order_by("pk").last()
    assert case is not None, "there are cases to search in"
    Case.objects.filter(pk=case.pk).update(place="Zyzzyva Street")
    keep_words(case.pk)
    return "zyzzyva"


def _complaint() -> dict[str, str]:
    return {
        "description": "The parcel was left in the rain and everything in it is wet.",
        "email": "kim@example.com",
        "token": _tokens.pop(),
    }


def _step() -> dict[str, str]:
    return {"remedy_wanted": "My money back, and a word of apology.", "go": "keep"}


def _draft() -> tuple[str, str]:
    """The address of a step of a draft, and the cookie that opens it."""
    from django.http import HttpRequest, HttpResponse
    from django.utils import timezone
    from wagtail.models import Site

    from complaints.intake.drafting import drafts
    from complaints.intake.drafting.answers import Answers
    from complaints.intake.drafting.opening import let_open

    words = {"description": ["The parcel was left in the rain."]}
    opened = drafts.start(
        "bench",
        Answers(steps={"problem-1": words}),
        site=Site.objects.get(is_default_site=True),
        language="en",
        now=timezone.now(),
    )
    response = HttpResponse()
    let_open(response, opened, HttpRequest())
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in response.cookies.items())
    return f"/en/case/draft/{opened.draft.public_id}/wish/", cookies


def _line() -> dict[str, str]:
    return {"text": "The parcel was left in the rain.", "email": "kim@example.com"}


_tokens: list[str] = []


def get_tokens(number: int) -> None:
    """One-time tokens for so many complaints; a form that is sent at once is refused."""
    from complaints.intake.tokens import new_token

    _tokens.extend(new_token() for _ in range(number))
