"""What the complainant will get is shown first, word for word, whatever staff write."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from complaints.backoffice.writing import READ_BY_THE_PERSON
from complaints.lifecycle import ACTIONS, Channel
from complaints.models import Case
from tests.complaints.backoffice.conftest import Browse
from tests.complaints.backoffice.test_actions import action_url, filled, proposal_data
from tests.factories import Staff, act, make_case, make_remedy_kind

pytestmark = pytest.mark.django_db

WORDS = "نكتب إليكم بشأن حالتكم."
LATER = (timezone.localdate() + timedelta(days=60)).isoformat()
#: action -> (state, how the case came, what else is filled in)
WRITTEN: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "moderate": ("received", {}, {"result": "out_of_scope", "scope_reason": "employment"}),
    "check_authority": ("open", {"representative": {"name": "Ms Adviser"}}, {"result": "refused"}),
    "ask": ("open", {}, {}),
    "update": ("open", {}, {}),
    "extend": ("open", {}, {"until": LATER}),
    "resolve_early": ("open", {}, {"agreed": "on"}),
    "put_right": ("open", {"channel": Channel.STAFF}, {"cause": "Rain"}),
    "close": ("putting_right", {}, {"lesson": "A shelter."}),
    "restrict_contact": ("open", {}, {"measure": "written", "until": LATER, "reason": "Threats"}),
    "review_restriction": ("open", {}, {"result": "lift", "reason": "Calm again"}),
}  # fmt: skip


def prepare(action: str, staff: Staff) -> Case:
    state, fields, _data = WRITTEN[action]
    case = make_case(state, language="ar", **fields)
    if action == "close":
        for remedy in case.remedies.all():
            act(case, "deliver_remedy", staff.handler, remedy=remedy, proof="Slip 7")
            act(case, "verify_remedy", staff.lead, remedy=remedy)
    if action == "review_restriction":
        until = timezone.localdate() + timedelta(days=30)
        act(
            case, "restrict_contact", staff.lead, measure="written", until=until,
            reason="Threats", text=WORDS,
        )  # fmt: skip
    return case


def test_every_field_that_a_complainant_reads_is_one_of_the_table() -> None:
    for action, names in READ_BY_THE_PERSON.items():
        assert set(names) <= {need.name for need in ACTIONS[action].needs}, action
    assert set(READ_BY_THE_PERSON) == {*WRITTEN, "propose"}


@pytest.mark.parametrize("action", WRITTEN)
def test_the_preview_is_what_goes_in_their_language_and_direction(
    action: str, browse: Browse, staff: Staff, django_capture_on_commit_callbacks: Any
) -> None:
    case = prepare(action, staff)
    data = WRITTEN[action][2] | {READ_BY_THE_PERSON[action][0]: WORDS}
    if action == "put_right":
        data |= {"remedy_kind": make_remedy_kind().pk, "amount": "5"}
    client, url = browse(staff.lead), action_url(case, action)
    data = filled(client.get(url).context["form"], **data)
    before = (case.messages.count(), case.notices.count(), case.events.count())
    page = client.post(url, data)
    shown = page.context["preview"]
    assert shown is not None, page.context["form"].errors
    assert (shown.language.code, shown.language.direction) == ("ar", "rtl")
    assert WORDS in shown.text
    assert 'lang="ar" dir="rtl"' in page.content.decode()
    assert before == (case.messages.count(), case.notices.count(), case.events.count())
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, data | {"confirmed": "1"})
    sent = [(m.subject, m.body) for m in mail.outbox if WORDS in m.body]
    assert sent == [(shown.subject, shown.text)]


def test_a_double_click_on_a_proposal_proposes_once(browse: Browse, staff: Staff) -> None:
    case = make_case("investigating")
    client, url = browse(staff.handler), action_url(case, "propose")
    data = proposal_data(client.get(url).context["form"])
    for _click in range(2):
        assert client.post(url, data).status_code == 302
    assert case.decisions.count() == 1


def test_what_would_be_refused_is_refused_before_anybody_reads_it(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("open")
    client, url = browse(staff.lead), action_url(case, "extend")
    form = client.get(url).context["form"]
    page = client.post(url, filled(form, until="2020-01-01", text="We need more time."))
    assert page.context["preview"] is None
    assert page.context["form"].errors
    assert page.context["form"]["text"].value() == "We need more time."
