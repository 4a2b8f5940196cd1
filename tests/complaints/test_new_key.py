"""A new key for somebody who lost theirs."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from complaints.lifecycle import Refused, State
from complaints.references import key_matches
from tests.factories import Staff, act, make_case, submit

pytestmark = pytest.mark.django_db
CHECKED = "Called back on the number on file."


@pytest.mark.requirement("SEC-STATUS")
@pytest.mark.parametrize("state", [State.RECEIVED, State.WAITING, State.CLOSED])
def test_it_goes_to_the_address_on_file_and_ends_the_old_one(
    state: str, django_capture_on_commit_callbacks
) -> None:
    case, staff = make_case(state), Staff()
    old, mail.outbox = case.key_hash, []

    with django_capture_on_commit_callbacks(execute=True):
        act(case, "new_key", staff.handler, reason=CHECKED)

    (message,) = mail.outbox
    key = re.search(r"\b\w{4}-\w{4}-\w{4}-\w{4}\b", message.body)[0]  # type: ignore[index]
    assert message.to == ["kim@example.com"]
    assert key not in message.subject
    assert key_matches(key, case.key_hash)
    assert case.key_hash != old
    notice = case.notices.get(template="new_key")
    assert (notice.secret, key in notice.text) == ("", False)
    assert case.state == state


def test_without_an_address_or_a_check_nothing_changes() -> None:
    unreachable = submit(complainant={"name": "Kim", "reply_by": "online"}).case
    case, staff = make_case(), Staff()

    for one, data in ((unreachable, {"reason": CHECKED}), (case, {"reason": " "})):
        before = one.key_hash
        with pytest.raises(Refused):
            act(one, "new_key", staff.handler, **data)
        one.refresh_from_db()
        assert one.key_hash == before


def test_without_e_mail_it_stands_in_the_letter_until_the_person_was_told(client) -> None:
    case, staff = submit(complainant={"name": "Kim", "phone": "+44 1632 960 1"}).case, Staff()
    act(case, "new_key", staff.handler, reason=CHECKED)
    notice = case.notices.get(template="new_key")
    assert (notice.state, key_matches(notice.secret, case.key_hash)) == ("other_way", True)
    client.force_login(staff.handler)
    letter = f"/admin/cases/{case.reference}/letters/{notice.pk}/"

    assert notice.secret in client.get(letter).content.decode()

    act(case, "record_told", staff.handler, how="Read out on the telephone.")
    notice.refresh_from_db()
    assert (notice.state, notice.secret) == ("told", "")
    page = client.get(letter).content.decode()
    assert "we gave it to you before" in page
