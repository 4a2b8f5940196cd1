"""What a complainant does on their page: once, knowingly, and without losing a word."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from complaints.intake.submission import CheckedFile
from complaints.lifecycle import State
from complaints.models import Attachment, Case, Message
from complaints.tracking.acting import send, submission_id
from complaints.tracking.offers import OFFERS
from tests.complaints.tracking.conftest import HOME, Complainant, text_of
from tests.complaints.tracking.test_case_page import links, store
from tests.factories import Staff, act, submit, walk_to


def replies(case: Case) -> list[str]:
    return list(case.messages.filter(purpose="reply").values_list("body", flat=True))


def last_action(case: Case) -> tuple[str, str]:
    event = case.events.order_by("-number")[0]
    return event.action, event.actor_role


def test_reply_to_a_question_sets_the_clock_going_again(complainant: Complainant) -> None:
    walk_to(complainant.case, State.WAITING)
    complainant.open()
    response = complainant.send("reply", words="It was Tuesday.")
    assert response.redirect_chain == [(HOME, 302)]
    page = text_of(response)
    assert page.startswith("Thank you. We have your reply and go on.")
    assert "Your message From you" in page
    complainant.case.refresh_from_db()
    assert complainant.case.state == State.INVESTIGATING
    assert replies(complainant.case) == ["It was Tuesday."]
    assert complainant.case.clocks.get(name="answer").paused_at is None
    assert last_action(complainant.case) == ("reply", "complainant")


def test_empty_reply_gets_the_page_again_with_a_way_to_mend_it(opened: Complainant) -> None:
    response = opened.send("reply", words="   ")
    assert response.status_code == 422
    body = response.content.decode()
    assert '<a href="#id_words">Write a few words, so that we know what you mean.</a>' in body
    assert body.count("Write a few words") == 2
    assert replies(opened.case) == []


def test_too_long_a_reply_is_kept_and_told(opened: Complainant) -> None:
    words = "a" * 20_001
    response = opened.send("reply", words=words)
    assert response.status_code == 422
    assert "longer than we can take at once (20001 characters)" in text_of(response)
    assert words in response.content.decode()


def test_flood_of_messages_is_slowed_down_and_nothing_typed_is_lost(
    opened: Complainant, settings: Any
) -> None:
    settings.CONDUCT_SUBMISSIONS_PER_HOUR = 1
    opened.send("reply", words="One.")
    response = opened.send("reply", words="Two.")
    assert response.status_code == 429
    assert "Please send this one later." in text_of(response)
    assert "Two.</textarea>" in response.content.decode()
    assert replies(opened.case) == ["One."]


def test_same_form_sent_twice_is_one_message(opened: Complainant) -> None:
    form = opened.form("reply")
    first = opened.send("reply", form, words="Once.")
    second = opened.send("reply", form, words="Once.")
    assert text_of(first).startswith("Thank you. We have your message.")
    assert text_of(second).startswith("Thank you. We have your message.")
    assert replies(opened.case) == ["Once."]
    opened.send("reply", words="Once.")
    assert replies(opened.case) == ["Once.", "Once."]


def test_one_time_id_of_one_case_means_nothing_in_another(opened: Complainant) -> None:
    other = Complainant(submit())
    other.open()
    form = opened.form("reply")
    opened.send("reply", form, words="Mine.")
    other.send("reply", form, words="Also mine.")
    assert replies(other.case) == ["Also mine."]
    reply = OFFERS["reply"]
    assert submission_id(opened.case, reply, "x") != submission_id(other.case, reply, "x")


def test_reply_is_taken_whatever_has_happened_since(opened: Complainant) -> None:
    form = opened.form("reply")
    walk_to(opened.case, State.INVESTIGATING)
    opened.send("reply", form, words="In between.")
    assert replies(opened.case) == ["In between."]


@pytest.mark.requirement("10002-7.9")
def test_accepting_leads_to_what_was_promised(answered: Complainant) -> None:
    response = answered.send("accept")
    page = text_of(response)
    assert page.startswith("Thank you. We have noted that you accept the answer.")
    assert "We are doing what we promised to put it right." in page
    assert "You accepted it" in page
    answered.case.refresh_from_db()
    assert answered.case.state == State.PUTTING_RIGHT


def test_accepting_twice_is_told_kindly_and_done_once(answered: Complainant) -> None:
    form = answered.form("accept")
    answered.send("accept", form)
    response = answered.send("accept", form)
    assert text_of(response).startswith("You have accepted the answer already.")
    assert answered.case.events.filter(action="accept").count() == 1


@pytest.mark.requirement("10002-7.9")
def test_rejecting_keeps_the_case_open_and_tells_what_remains(answered: Complainant) -> None:
    response = answered.send("reject", words="The box was 40 euros.")
    page = text_of(response)
    assert page.startswith("We have noted that you do not accept the answer.")
    assert "You do not accept the answer, so your case stays open." in page
    assert "Ask for a review" in page
    assert "Consumer Ombudsman" in page
    answered.case.refresh_from_db()
    assert (answered.case.state, answered.case.contested) == (State.ANSWERED, True)
    assert replies(answered.case) == ["The box was 40 euros."]
    again = answered.send("reject", {"seen": "1", "submission": "other"})
    assert text_of(again).startswith("You have told us already that you do not accept the answer.")
    assert answered.case.events.filter(action="reject").count() == 1


@pytest.mark.requirement("10002-7.9")
def test_review_is_asked_for_without_reasons_and_once(answered: Complainant) -> None:
    body = answered.client.get(f"{HOME}do/request_review/").content.decode()
    assert "<textarea" not in body
    page = text_of(answered.send("request_review"))
    assert "Someone who was not involved before is looking at it again." in page
    assert "Next: the result of the review, by" in page
    answered.case.refresh_from_db()
    assert (answered.case.state, answered.case.stage) == (State.REVIEWING, 2)


def test_withdrawing_asks_first_and_ends_the_case(opened: Complainant) -> None:
    page = text_of(opened.client.get(f"{HOME}do/withdraw/"))
    assert "We stop looking into it and close your case." in page
    assert "Yes, withdraw it Go back, change nothing" in page
    opened.case.refresh_from_db()
    assert opened.case.state == State.RECEIVED
    page = text_of(opened.send("withdraw"))
    assert "It is closed. You withdrew it." in page
    opened.case.refresh_from_db()
    assert (opened.case.state, opened.case.outcome) == (State.CLOSED, "withdrawn")


def test_reopening_needs_words_and_starts_again(opened: Complainant) -> None:
    walk_to(opened.case, State.CLOSED)
    assert opened.send("reopen").status_code == 422
    page = text_of(opened.send("reopen", words="The refund never came."))
    assert page.startswith("Your case is open again.")
    assert "You asked us to look at it again." in page
    opened.case.refresh_from_db()
    assert opened.case.state == State.INVESTIGATING
    assert replies(opened.case) == ["The refund never came."]


def test_reopening_ends_with_the_time_for_it(opened: Complainant) -> None:
    walk_to(opened.case, State.CLOSED)
    long_ago = timezone.now() - timedelta(days=61)
    Case.objects.filter(pk=opened.case.pk).update(closed_at=long_ago)
    page = opened.page()
    assert links(opened.client.get(HOME)) == []
    assert "Nothing more is planned. If something new has happened" in page
    response = opened.send("reopen", {"seen": "99"}, words="Still.")
    assert response.status_code == 409
    assert "This is not possible now" in text_of(response)
    assert "Still.</textarea>" in response.content.decode()


def test_unknown_action_is_not_found(opened: Complainant) -> None:
    for action in ("approve", "moderate", "nonsense"):
        assert opened.client.post(f"{HOME}do/{action}/").status_code == 404


@pytest.mark.requirement("10002-7.3")
def test_answer_that_came_meanwhile_is_shown_before_anything_final_is_done(
    opened: Complainant,
) -> None:
    form = opened.form("withdraw")
    walk_to(opened.case, State.ANSWERED)
    response = opened.send("withdraw", form, words="Forget it.")
    page = text_of(response)
    assert response.status_code == 409
    assert "Something has happened since you opened this page. Nothing was sent yet." in page
    assert "We sent you our answer." in page
    assert "Forget it.</textarea>" in response.content.decode()
    opened.case.refresh_from_db()
    assert opened.case.state == State.ANSWERED
    for person in ("Handler", "Lead"):
        assert f"{person} approved" not in page
    opened.send("withdraw", words="Forget it.")
    opened.case.refresh_from_db()
    assert opened.case.state == State.CLOSED


def test_what_staff_do_among_themselves_stops_no_complainant(answered: Complainant) -> None:
    form = answered.form("accept")
    act(answered.case, "note", Staff().handler, text="Nothing to see.")
    answered.send("accept", form)
    answered.case.refresh_from_db()
    assert answered.case.state == State.PUTTING_RIGHT


def test_action_that_is_no_longer_possible_says_what_is(answered: Complainant) -> None:
    form = answered.form("reject")
    staff = Staff()
    act(answered.case, "accept", staff.handler)
    response = answered.send("reject", form, words="No!")
    page = text_of(response)
    assert response.status_code == 409
    assert "The last step, on" in page
    assert "You accepted the answer." in page
    assert "What you can do now Add something" in page
    assert "No!</textarea>" in response.content.decode()
    assert "Moderate" not in page


def upload(name: str = "receipt.txt", content: bytes = b"Paid 20 euros.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_files_come_with_a_reply_and_can_be_got_back(opened: Complainant) -> None:
    response = opened.send("reply", words="See the receipt.", files=[upload()])
    attachment = opened.case.attachments.get()
    assert attachment.message is not None
    assert attachment.message.body == "See the receipt."
    assert f'href="{HOME}files/{attachment.public_id}/"' in response.content.decode()
    got = opened.client.get(f"{HOME}files/{attachment.public_id}/")
    assert b"".join(got) == b"Paid 20 euros."
    assert got["Content-Disposition"] == 'attachment; filename="receipt.txt"'
    assert got["Cache-Control"] == "no-store, private"


def test_file_that_the_storage_has_lost_is_not_there(opened: Complainant) -> None:
    opened.send("reply", words="See the receipt.", files=[upload()])
    attachment = opened.case.attachments.get()
    attachment.file.delete(save=False)
    Attachment.objects.filter(pk=attachment.pk).update(file="cases/00/lost")

    response = opened.client.get(f"{HOME}files/{attachment.public_id}/")

    assert response.status_code == 404


def test_file_without_words_is_enough(opened: Complainant) -> None:
    opened.send("reply", files=[upload()])
    assert replies(opened.case) == ["(A file without words)"]


@pytest.mark.requirement("SEC-FILE")
def test_refused_file_never_loses_the_words(opened: Complainant) -> None:
    bad = upload("page.html", b"<html><script>alert(1)</script></html>")
    page = text_of(opened.send("reply", words="Two files.", files=[bad, upload()]))
    assert page.startswith("Thank you. We have your message. These files were not taken: page.html")
    assert replies(opened.case) == ["Two files."]
    assert [a.name for a in opened.case.attachments.all()] == ["receipt.txt"]
    assert "These files were not taken" not in opened.page()


def test_only_a_refused_file_says_so_and_sends_nothing(opened: Complainant) -> None:
    response = opened.send("reply", files=[upload("empty.txt", b"")])
    assert response.status_code == 422
    assert "These files were not taken: empty.txt – The file is empty." in text_of(response)
    assert replies(opened.case) == []


def test_nothing_is_left_behind_by_a_second_click(opened: Complainant) -> None:
    form = opened.form("reply")
    for _click in range(2):
        opened.send("reply", form, words="Once.", files=[upload()])
    assert opened.case.attachments.count() == 1


def test_second_of_two_clicks_at_once_finds_the_first_ones_message(opened: Complainant) -> None:
    offer, now = OFFERS["reply"], timezone.now()
    stored_id = submission_id(opened.case, offer, "one form")
    for _click in range(2):
        content = ContentFile(b"Paid 20 euros.")
        file = CheckedFile(name="receipt.txt", content_type="text/plain", size=14, content=content)
        sent = send(
            opened.case,
            offer,
            words="Once.",
            files=[file],
            stored_id=stored_id,
            seen=0,
            now=now,
        )
        assert sent.lost_files == ()
    assert replies(opened.case) == ["Once."]
    assert opened.case.attachments.count() == 1


def test_full_disk_loses_the_file_and_says_so_but_not_the_words(
    opened: Complainant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # A file where the folder should be: nothing can be stored below it.
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    storage = Attachment._meta.get_field("file").storage
    monkeypatch.setattr(storage, "location", str(blocked))
    page = text_of(opened.send("reply", words="See the file.", files=[upload()]))
    assert "receipt.txt – We could not store it. Please send it again." in page
    assert replies(opened.case) == ["See the file."]


@pytest.mark.requirement("SEC-FILE")
def test_files_of_others_and_of_staff_are_not_there(opened: Complainant) -> None:
    others = store(submit().case, "other.txt")
    internal = store(opened.case, "internal.txt", internal=True)
    note = Message.objects.create(
        case=opened.case, direction="internal", purpose="note", body="-", at=timezone.now()
    )
    of_note = store(opened.case, "note.txt", message=note)
    mine = store(opened.case, "mine.txt")

    def status(attachment: Attachment) -> int:
        code: Any = opened.client.get(f"{HOME}files/{attachment.public_id}/").status_code
        return int(code)

    assert [status(a) for a in (mine, others, internal, of_note)] == [200, 404, 404, 404]
    opened.client.post(f"{HOME}close/")
    assert status(mine) == 404
