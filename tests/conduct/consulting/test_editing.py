"""How staff decide about comments, answer them and close a consultation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.forms import modelform_factory
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conduct.consulting.editing import THEIRS, ConsultationCommentForm, ConsultationForm
from conduct.models import Consultation, ConsultationComment
from tests.people import make_admin, make_editor, make_user

COMMENTS = "wagtailsnippets_conduct_consultationcomment"
CONSULTATIONS = "wagtailsnippets_conduct_consultation"


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(make_editor())
    return client


@pytest.fixture
def comment(consultation: Consultation) -> ConsultationComment:
    return ConsultationComment.objects.create(
        consultation=consultation, body="Letters get lost.", language="en", name="Kim"
    )


def edit(comment: ConsultationComment) -> str:
    return reverse(f"{COMMENTS}:edit", args=[comment.pk])


def form(**changes: str) -> dict[str, str]:
    return {"state": "shown", "reason": "", "came_of_it": "", "answer": ""} | changes


@pytest.mark.requirement("10001-6.3")
def test_an_editor_shows_and_answers_a_comment_and_cannot_rewrite_it(
    editor: Client, comment: ConsultationComment
) -> None:
    data = form(answer="We added letters.", came_of_it="changed", body="I love it.", name="Max")

    response = editor.post(edit(comment), data)

    assert response.status_code == 302, response.context["form"].errors
    comment.refresh_from_db()
    assert (comment.state, comment.answer) == ("shown", "We added letters.")
    assert (comment.body, comment.name) == ("Letters get lost.", "Kim")
    assert comment.answered_by.username == "editor"  # type: ignore[union-attr]
    assert comment.answered_at is not None


def test_words_removed_for_good_are_gone_and_nothing_is_answered_after_that(
    editor: Client, comment: ConsultationComment
) -> None:
    editor.post(edit(comment), form(answer="Thanks."))
    editor.post(edit(comment), form(state="removed", answer="Thanks."))

    comment.refresh_from_db()
    assert (comment.body, comment.name, comment.answer, comment.answered_by) == ("", "", "", None)

    again = editor.post(edit(comment), form(state="shown", answer="One more word."))

    assert "Nothing can be added." in again.content.decode()
    comment.refresh_from_db()
    assert (comment.state, comment.answer) == ("removed", "")


def test_not_showing_a_comment_needs_a_reason(comment: ConsultationComment) -> None:
    comment.state = "withheld"

    with pytest.raises(ValidationError) as refusal:
        comment.full_clean()

    assert refusal.value.message_dict == {"reason": ["Say why it is not shown."]}


def test_what_was_said_in_a_panel_is_entered_by_hand(
    editor: Client, consultation: Consultation
) -> None:
    data = form(consultation=str(consultation.pk), body="Trop long.", language="fr", name="")

    response = editor.post(reverse(f"{COMMENTS}:add"), data)

    assert response.status_code == 302, response.context["form"].errors
    kept = ConsultationComment.objects.get()
    assert (kept.body, kept.language, kept.submission_id) == ("Trop long.", "fr", None)


def test_a_comment_is_never_deleted_in_the_admin(
    client: Client, comment: ConsultationComment
) -> None:
    client.force_login(make_admin())

    response = client.post(reverse(f"{COMMENTS}:delete", args=[comment.pk]))

    assert response.status_code == 302
    assert ConsultationComment.objects.count() == 1


def test_the_list_says_how_many_wait_and_how_many_are_unanswered(
    editor: Client, consultation: Consultation
) -> None:
    rows = [("waiting", ""), ("shown", ""), ("shown", "Yes."), ("withheld", ""), ("removed", "")]
    for state, answer in rows:
        ConsultationComment.objects.create(
            consultation=consultation, body="x", state=state, answer=answer
        )

    [row] = editor.get(reverse(f"{CONSULTATIONS}:list")).context["object_list"]

    assert (row.received, row.waiting, row.answered, row.unanswered) == (5, 1, 1, 2)


def test_the_lists_need_as_many_queries_for_thirty_rows_as_for_one(
    editor: Client, consultation: Consultation
) -> None:
    def queries(name: str) -> int:
        with CaptureQueriesContext(connection) as context:
            editor.get(reverse(name))
        return len([q for q in context if 'FROM "conduct_' in q["sql"]])

    names = [f"{COMMENTS}:list", f"{CONSULTATIONS}:list"]
    ConsultationComment.objects.create(consultation=consultation, body="x")
    first = [queries(name) for name in names]
    for number in range(19):
        ConsultationComment.objects.create(consultation=consultation, body=f"{number}")

    assert [queries(name) for name in names] == first


def test_a_summary_is_shown_only_after_the_last_day(consultation: Consultation) -> None:
    consultation.summary_is_public = True
    with pytest.raises(ValidationError) as too_early:
        consultation.full_clean()
    consultation.closes_on = timezone.localdate() - dt.timedelta(days=1)
    consultation.opens_on = consultation.closes_on
    with pytest.raises(ValidationError) as empty:
        consultation.full_clean()
    consultation.summary_en = "We added letters."
    consultation.full_clean()

    assert too_early.value.message_dict["summary_is_public"] == [
        "The summary can be shown once the last day is over. Until then, untick this."
    ]
    assert empty.value.message_dict["summary_is_public"] == [
        "There is no summary yet. Write it first."
    ]


def test_once_open_its_page_and_its_address_stay(
    editor: Client, consultation: Consultation
) -> None:
    address = reverse(f"{CONSULTATIONS}:edit", args=[consultation.pk])
    data: dict[str, Any] = {
        "page": "1",
        "slug": "moved",
        "method": "panel",
        "opens_on": "2020-01-01",
        "closes_on": str(consultation.closes_on + dt.timedelta(days=7)),
        "title_en": "Letters",
        "audience_en": "Everybody",
    }

    response = editor.post(address, data)

    assert response.status_code == 302, response.context["form"].errors
    before = consultation
    after = Consultation.objects.get()
    assert (after.page_id, after.slug, after.method, after.opens_on) == (
        before.page_id,
        before.slug,
        before.method,
        before.opens_on,
    )
    assert after.closes_on == before.closes_on + dt.timedelta(days=7)


@pytest.mark.parametrize(
    ("group", "status"),
    [("Editors", 200), ("Moderators", 200), ("Case handlers", 302), ("Code reviewers", 302)],
)
@pytest.mark.parametrize("name", [f"{COMMENTS}:list", f"{CONSULTATIONS}:add"])
def test_who_may_work_on_consultations(
    db: None, client: Client, group: str, status: int, name: str
) -> None:
    client.force_login(make_user("somebody", group))

    assert client.get(reverse(name)).status_code == status


def test_an_installation_that_has_changed_its_rights_gets_the_new_ones_once(db: None) -> None:
    from conduct.groups import give_rights

    permission = Permission.objects.get(codename="change_consultation")
    group = Group.objects.get(name="Editors")
    group.permissions.remove(permission)
    give_rights()  # the moderators have it still
    assert not group.permissions.filter(pk=permission.pk).exists()

    Group.objects.get(name="Moderators").permissions.remove(permission)
    give_rights()
    assert group.permissions.filter(pk=permission.pk).exists()


def test_a_form_that_was_open_while_it_opened_does_not_close_it_again(
    make_consultation: Callable[..., Consultation],
) -> None:
    consultation = make_consultation()
    stale = Consultation.objects.get(pk=consultation.pk)
    stale.opened_at, stale.compared_with = None, None
    fields = ["opens_on", "closes_on"]
    form_class = modelform_factory(Consultation, ConsultationForm, fields=fields)
    later = consultation.closes_on + dt.timedelta(days=7)
    form = form_class({"opens_on": later, "closes_on": later}, instance=stale)
    assert form.is_valid(), form.errors

    saved = form.save()

    assert (saved.opened_at, saved.opens_on) == (consultation.opened_at, consultation.opens_on)
    assert saved.opened_at is not None
    assert saved.texts.count() == consultation.texts.count() > 0
    assert saved.closes_on == later


def test_words_removed_while_a_colleague_answers_stay_removed(
    comment: ConsultationComment,
) -> None:
    stale = ConsultationComment.objects.get(pk=comment.pk)
    form_class = modelform_factory(
        ConsultationComment, ConsultationCommentForm, fields=[*THEIRS, *form()]
    )
    bound = form_class(form(answer="Thank you."), instance=stale, for_user=make_editor())
    assert bound.is_valid(), bound.errors
    ConsultationComment.objects.update(body="", name="")

    bound.save()

    comment.refresh_from_db()
    assert (comment.body, comment.name, comment.answer) == ("", "", "Thank you.")
