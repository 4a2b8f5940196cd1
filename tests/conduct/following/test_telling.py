"""Who is told what when: each confirmed follower once, whatever happens to servers."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from email import message_from_string
from typing import Any

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from conduct.editions import publish
from conduct.following.mails import mail_of
from conduct.following.sending import FAILURES_IN_A_ROW, GIVE_UP, WAITS, claim, send_due
from conduct.following.sweeping import sweep
from conduct.following.telling import NEWS, write_mails
from conduct.models import CodeOfConductPage, Edition, Follower, FollowerMail
from tests.conduct.following.conftest import KIM, links_in

pytestmark = pytest.mark.django_db
State = FollowerMail.State
Follow = Callable[..., Follower]
Publish = Callable[..., Edition]


def sent() -> list[Any]:
    return mail.outbox


def subjects() -> list[str]:
    return [message.subject for message in sent()]


def ahead(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def after(days: float) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days)


def test_a_new_edition_is_told_once_to_everybody_who_confirmed(
    follow: Follow, next_edition: Publish
) -> None:
    follow()
    follow("waiting@example.com", confirmed_at=None)
    next_edition()

    assert [sweep(), sweep(after(1))] == [1, 0]

    (message,) = sent()
    assert message.to == [KIM]
    assert message.subject == "“Code of conduct”: edition 2 is published"
    assert "Parcels abroad are covered too." in message.body
    assert "http://localhost/en/code-of-conduct/editions/2/changes/" in message.body
    assert "leave" in links_in(message)


def test_a_postponed_edition_is_told_when_published_and_when_it_comes_into_force(
    follow: Follow, next_edition: Publish
) -> None:
    follow()
    next_edition(effective_date=ahead(10))

    assert sweep() == 1
    assert "until then the edition before it holds" in sent()[0].body
    assert sweep(after(9)) == 0
    assert sweep(after(11)) == 1
    assert sweep(after(12)) == 0
    assert subjects() == [
        "“Code of conduct”: edition 2 is published",
        "“Code of conduct”: edition 2 is in force",
    ]


def test_an_edition_that_was_overtaken_before_its_day_is_never_told_to_be_in_force(
    follow: Follow, next_edition: Publish
) -> None:
    follow()
    next_edition(effective_date=ahead(10))
    next_edition(scope="Parcels sent within Europe.", effective_date=ahead(5))

    for days in range(15):
        sweep(after(days))

    assert subjects() == [
        "“Code of conduct”: edition 2 is published",
        "“Code of conduct”: edition 3 is published",
        "“Code of conduct”: edition 3 is in force",
    ]


def test_a_correction_of_spelling_is_told_to_nobody(
    follow: Follow, code: CodeOfConductPage
) -> None:
    follow()
    page = CodeOfConductPage.objects.get(pk=code.pk)
    page.scope, page.is_correction = "Parcels sent within the county.", True
    assert publish(page) is None
    assert Edition.objects.get().texts.count() == 2

    assert sweep() == 0


def test_who_comes_later_hears_of_what_comes_later(follow: Follow, next_edition: Publish) -> None:
    next_edition(effective_date=ahead(10))
    follow(confirmed_at=timezone.now())

    assert sweep() == 0
    assert sweep(after(11)) == 1
    assert subjects() == ["“Code of conduct”: edition 2 is in force"]


def test_followers_of_the_policy_hear_nothing_of_the_code(
    follow: Follow, next_edition: Publish, policy: Any
) -> None:
    follow(series=policy.translation_key)
    next_edition()
    assert sweep() == 0


def test_old_news_is_none(follow: Follow, next_edition: Publish) -> None:
    follow()
    edition = next_edition()
    assert write_mails(edition.created_at + NEWS) == 0
    assert write_mails(edition.created_at + NEWS - dt.timedelta(seconds=1)) == 1


def test_each_reads_it_in_their_language_with_words_in_another_where_they_are_missing(
    follow: Follow, next_edition: Publish, code: CodeOfConductPage, korean_home: Any
) -> None:
    korean = code.copy_for_translation(korean_home.locale)
    korean.title = "행동 강령"
    korean.save_revision().publish()
    follow(language="ko")
    follow("amal@example.com", language="ar")
    next_edition()

    assert sweep() == 2

    in_korean, in_arabic = sent()
    assert in_korean.extra_headers["Content-Language"] == "ko"
    assert "/ko/code-of-conduct/editions/2/" in in_korean.body
    assert "행동 강령" in in_korean.subject
    assert "Parcels abroad are covered too." in in_korean.body
    html = str(in_arabic.alternatives[0][0])
    assert '<html lang="ar" dir="rtl">' in html
    assert '<blockquote lang="en" dir="ltr">' in html
    # There is no Arabic page: readers get the one it was written as.
    assert "/en/code-of-conduct/editions/2/" in in_arabic.body


def test_text_and_html_say_the_same_and_have_no_leftovers(
    follow: Follow, next_edition: Publish, code: CodeOfConductPage
) -> None:
    follow()
    next_edition(title="Rules & <b>promises</b>", effective_date=ahead(3))
    sweep()
    sweep(after(4))

    for message in sent():
        html = str(message.alternatives[0][0])
        assert "“Rules & <b>promises</b>”" in message.subject
        assert "&amp;" not in message.body
        assert "<b>promises" not in html
        assert "None" not in message.body + html
        assert KIM not in message.subject + message.body + html


def test_a_dead_server_loses_nothing(
    follow: Follow, next_edition: Publish, mail_server: Any
) -> None:
    for n in range(FAILURES_IN_A_ROW + 2):
        follow(f"kim{n}@example.com")
    next_edition()
    mail_server.stop()
    assert sweep() == 0
    # It gave up early, and each that was tried waits a little longer than before.
    assert sorted(FollowerMail.objects.values_list("tries", flat=True)) == [0, 0, 1, 1, 1, 1, 1]
    assert sweep(after(1)) == 0
    mail_server.start()
    assert sweep(after(3)) == FAILURES_IN_A_ROW + 2
    assert sorted(message["To"] for message in mail_server.inbox.mails) == [
        f"kim{n}@example.com" for n in range(FAILURES_IN_A_ROW + 2)
    ]


def test_waits_grow_and_end(follow: Follow, next_edition: Publish, mail_server: Any) -> None:
    follow()
    next_edition()
    mail_server.inbox.refuse = "452 mailbox full"
    moment = timezone.now()
    sweep(moment)
    row = FollowerMail.objects.get()
    waits = []
    while row.state == State.WAITING:
        assert row.next_try_at is not None
        waits.append(row.next_try_at - moment)
        moment = row.next_try_at
        send_due(moment)
        row.refresh_from_db()
    assert tuple(waits[: len(WAITS)]) == WAITS
    assert set(waits[len(WAITS) :]) == {WAITS[-1]}
    assert row.state == State.GIVEN_UP
    assert moment - row.created_at > GIVE_UP


def test_an_address_that_its_server_refuses_for_good_is_tried_once(
    follow: Follow, next_edition: Publish, mail_server: Any
) -> None:
    follow()
    next_edition()
    mail_server.inbox.refuse = "550 no such mailbox"
    sweep()
    row = FollowerMail.objects.get()
    assert (row.state, row.tries) == (State.GIVEN_UP, 1)


def test_a_kill_in_the_middle_of_sending_is_made_up_for(
    follow: Follow, next_edition: Publish
) -> None:
    follow()
    next_edition()
    now = timezone.now()
    write_mails(now)
    row = FollowerMail.objects.get()
    # Claimed, and then the process dies.
    claimed = claim(row.pk, now)
    assert claimed is not None

    assert sweep(now + WAITS[0] - dt.timedelta(seconds=1)) == 0
    assert sweep(now + WAITS[0]) == 1
    (message,) = sent()
    # Had it been sent before the kill, a mail program would know it again.
    before = mail_of(claimed)
    assert before is not None
    ids = [message_from_string(m.message().as_string())["Message-ID"] for m in (before, message)]
    assert ids[0] == ids[1]


def test_a_kill_in_the_middle_of_writing_is_made_up_for(
    follow: Follow, next_edition: Publish
) -> None:
    first = follow("first@example.com")
    follow("second@example.com")
    edition = next_edition()
    # One row was written when the process died.
    FollowerMail.objects.create(
        follower=first, edition=edition, purpose="published", next_try_at=timezone.now()
    )
    assert sweep() == 2
    assert sorted(message.to[0] for message in sent()) == [
        "first@example.com",
        "second@example.com",
    ]


def test_two_sweeps_at_once_tell_everybody_once(
    real_transactions: None, follow: Follow, next_edition: Publish, mail_server: Any
) -> None:
    for n in range(3):
        follow(f"kim{n}@example.com")
    next_edition()
    start = threading.Barrier(3)

    def run() -> None:
        start.wait()
        try:
            sweep()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # A database that was busy lets the next sweep do the rest.
    sweep(after(1))
    assert sorted(message["To"] for message in mail_server.inbox.mails) == [
        f"kim{n}@example.com" for n in range(3)
    ]


def test_who_leaves_while_a_mail_waits_is_not_written_to(
    follow: Follow, next_edition: Publish
) -> None:
    follower = follow()
    next_edition()
    write_mails()
    follower.delete()
    assert send_due() == 0
    assert sent() == []


def test_a_page_that_is_no_longer_public_is_told_of_no_more(
    follow: Follow, next_edition: Publish, code: CodeOfConductPage
) -> None:
    follow()
    next_edition()
    CodeOfConductPage.objects.get(pk=code.pk).unpublish()
    assert sweep() == 0
    assert FollowerMail.objects.get().state == State.GIVEN_UP


def test_run_clocks_attends_to_followers(follow: Follow, next_edition: Publish) -> None:
    from complaints.automation import run_clocks

    follow()
    next_edition()
    assert run_clocks().followers == 1
    assert run_clocks().followers == 0
