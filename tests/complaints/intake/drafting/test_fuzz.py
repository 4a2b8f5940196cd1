"""Whatever is posted, in whatever order: no error of the server, one case at most, nothing lost."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints.intake.complaint_form import ComplaintForm
from complaints.intake.drafting.answers import NOT_ANSWERS
from complaints.models import Case, Draft
from tests.complaints.intake import specimens
from tests.complaints.intake.drafting.walking import RESUME, START, STEPS, Walk, begin, hidden
from tests.complaints.intake.sending import ADDRESS, token_of_age
from tests.complaints.intake.test_questions import ask
from tests.factories import make_category, make_remedy_kind

pytestmark = pytest.mark.django_db

quickly = settings(
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

KNOWN = ["delivery", "refund", "large_print", "email", "representative", "on", "ko", "2026-03-31"]
values = st.one_of(
    st.sampled_from(["", " ", "\x00", "kim@example.com", "12345", *KNOWN]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)
names = st.sampled_from(
    [*ComplaintForm.base_fields, *NOT_ANSWERS, "q-van", "q-paid", "q-none", "f-photo", "x y"]
)
typed = st.dictionaries(names, st.lists(values, max_size=3), max_size=8)
buttons = st.one_of(
    st.sampled_from(
        [
            "next",
            "back",
            "later",
            "another",
            "remove",
            "check",
            "keep",
            "files",
            "send",
            "join",
            "language:ko",
            "language:xx",
        ]
    ),
    st.sampled_from(["language:ko", "language:xx", "language:"]),
    values,
)
slugs = st.sampled_from([*STEPS, "problem-2", "problem-3", "problem-9", "check", "later", "x"])
files = st.lists(
    st.tuples(
        st.sampled_from(["files", "authority_file", "f-photo", "f-x", "other"]),
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
        st.sampled_from([specimens.PDF, specimens.EXE, b"words", b"\x00"]),
    ),
    max_size=2,
)
steps = st.lists(st.tuples(slugs, buttons, typed, files, st.booleans()), min_size=1, max_size=4)


@pytest.fixture
def _organisation(settings: Any) -> None:
    settings.CONDUCT_SUBMISSIONS_PER_HOUR = 100_000
    category = make_category("delivery", quick_way="Call us.")
    make_remedy_kind("refund")
    ask("van", kind="choices", options=("red", "blue"), category=category)
    ask("paid", kind="amount", required=True)
    ask("photo", kind="file")


def posted(data: dict[str, list[str]], chosen: list[tuple[str, str, bytes]]) -> dict[str, Any]:
    sent: dict[str, Any] = {name: list(values) for name, values in data.items()}
    for name, filename, content in chosen:
        sent.setdefault(name, []).append(Named(content, filename))
    return sent


class Named(BytesIO):
    """Sent with whatever name: Django's own class for uploads refuses `/` and `..`."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(content)
        self.name = name


def answers_in(data: dict[str, list[str]]) -> dict[str, list[str]]:
    """What of a POST is an answer: all of it but what belongs to the form's machinery."""
    return {n: v for n, v in data.items() if n not in NOT_ANSWERS and any(v)}


@pytest.mark.usefixtures("_organisation")
@given(walk_of=steps)
@settings(quickly, max_examples=30)
def test_any_answers_to_any_steps_in_any_order(walk_of: list[Any]) -> None:
    before = Case.objects.count()
    walk = begin(go="check")
    for slug, go, data, chosen, looks_first in walk_of:
        sent = posted(data, chosen) | {"go": go}
        if looks_first and (shown := walk.get(slug)).status_code == 200 and slug != "later":
            page = shown.content.decode()
            if 'name="seen"' in page:
                sent["seen"] = hidden(shown, "seen")
        told = walk.answers().steps.keys() | set(STEPS)
        response = walk.client.post(walk.url(slug), sent)
        assert response.status_code in {200, 302, 404, 409, 413, 422, 429}
        if Case.objects.count() > before:
            break
        is_answered = response.status_code in {200, 302, 422} and slug in told - {"check", "later"}
        if is_answered and go != "remove":
            assert walk.answers().raw(slug) == answers_in(data)
    for slug in {"check", *(slug for slug, *_rest in walk_of if slug in STEPS)}:
        assert walk.get(slug).status_code == 200
    seen = walk.get("check")
    for _time in range(2):
        again = {"seen": hidden(seen, "seen")} if 'name="seen"' in seen.content.decode() else {}
        walk.client.post(walk.url("check"), again | {"go": "send"})
    assert Case.objects.count() - before in {0, 1}
    assert Draft.objects.filter(public_id=walk.public_id).count() == 1


@pytest.mark.usefixtures("_organisation")
@given(
    data=typed,
    go=buttons,
    chosen=files,
    token=st.booleans(),
    address=st.sampled_from([START, ADDRESS]),
)
@settings(quickly, max_examples=300)
def test_anything_at_the_start(
    data: dict[str, list[str]], go: str, chosen: list[Any], token: bool, address: str
) -> None:
    cases, drafts = Case.objects.count(), Draft.objects.count()
    client = Client()
    more = {"go": go} | ({"token": token_of_age()} if token else {})
    # The files anew each time: they have been read to their end.
    responses = [client.post(address, posted(data, chosen) | more) for _time in range(2)]
    assert {r.status_code for r in responses} <= {200, 302, 413, 422, 429}
    made = Case.objects.count() - cases + Draft.objects.count() - drafts
    assert made <= (1 if token else 2)
    if responses[0].status_code == 302:
        found = responses[0].headers["Location"].split("/draft/")[1][:36]
        kept = Walk(client, found).answers().steps
        together = {name: raw for step in kept.values() for name, raw in step.items()}
        assert together.items() <= answers_in(data).items()
        # A complaint form knows its own fields; what belongs to none of them is not kept.
        known = {n: v for n, v in answers_in(data).items() if n in ComplaintForm.base_fields}
        assert known.items() <= together.items()


@given(code=st.one_of(values, st.text(alphabet="0123456789ABCDEFGHJKMNPQRSTVWXYZ-", max_size=25)))
@settings(quickly, max_examples=30)
def test_no_guess_opens_anything(code: str) -> None:
    client = Client()
    assert client.post(RESUME, {"code": code}).status_code in {422, 429}
    assert not client.cookies
