"""What readers say and what is done about it: clarity, followers, a consultation, a review."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from modeltranslation.utils import build_localized_fieldname
from wagtail.models import Page, Site

from conduct.consulting.freezing import open_due
from conduct.models import (
    BreachNote,
    ClarityAnswer,
    Consultation,
    ConsultationComment,
    Edition,
    Follower,
    LaunchTask,
    Organisation,
    Promise,
    Review,
)
from conduct.models.consultation import CameOfIt, CommentState
from demo.texts import content, languages, set_words

#: (clear, not clear) for each edition of the code, the first one first.
CLARITY = ((21, 14), (33, 7), (38, 3))
UNCLEAR = (
    ("en", "Is Saturday a working day?"),
    ("de", "Was heißt „vollständige Adresse“?"),
    ("ko", "영업일이 무엇인지 모르겠습니다."),
)
#: (language, comment, name, answer, what came of it); without an answer it waits for one.
COMMENTS = (
    (
        "en",
        "Yes! I work all week and always find the card, never the parcel.",
        "Rosa M.",
        "Thank you. That is what we heard most, so it stays in the draft.",
        CameOfIt.UNCHANGED,
    ),
    (
        "ko",
        "토요일 오전에만 배송해 주시면 좋겠습니다.",
        "",
        "감사합니다. 초안에 ‘오후 2시까지’를 넣었습니다.",
        CameOfIt.CHANGED,
    ),
    (
        "ar",
        "هل سيكون التوصيل يوم السبت مجانيًا؟",
        "سلمى",
        "نعم، من دون أي رسوم إضافية.",
        CameOfIt.PARTLY,
    ),
    ("de", "Bitte nicht vor acht Uhr.", "", "", ""),
)


def make_listening(people: dict[str, Any], now: datetime) -> None:
    """Everything about the code that people said, and what the organisation made of it."""
    site = Site.objects.get(is_default_site=True)
    page = Organisation.for_site(site).code_page
    assert page is not None
    editions = list(Edition.objects.of_page(page).order_by("number"))
    _clarity(editions, now)
    _followers(site, page, now)
    _launch(editions, people["quality"], now)
    _breach(now)
    _review(editions[-2], now)
    _consultation(page, site, people["editor"], now)


def _clarity(editions: list[Edition], now: datetime) -> None:
    today = timezone.localdate(now)
    rows = []
    for edition, (clear, unclear) in zip(editions, CLARITY, strict=True):
        for number in range(clear + unclear):
            is_clear = number >= unclear
            language, words = UNCLEAR[number % len(UNCLEAR)] if number < 3 else ("en", "")
            rows.append(
                ClarityAnswer(
                    edition=edition,
                    language=language,
                    is_clear=is_clear,
                    words="" if is_clear else words,
                    on=today - timedelta(days=number % 60),
                )
            )
    ClarityAnswer.objects.bulk_create(rows)


def _followers(site: Site, page: Page, now: datetime) -> None:
    """They joined just now, so nobody is told of the editions that are there already."""
    for address, language in (("noor@example.org", "ar"), ("haneul@example.org", "ko")):
        Follower.objects.create(
            site=site,
            series=page.translation_key,
            address=address,
            language=language,
            asked_at=now,
            confirmed_at=now,
        )


def _launch(editions: list[Edition], owner: Any, now: datetime) -> None:
    """The earlier editions are launched; of the newest one task is left."""
    today = timezone.localdate(now)
    tasks = LaunchTask.objects.filter(edition__in=editions)
    tasks.update(owner=owner)
    last = tasks.filter(edition=editions[-1]).order_by("pk").last()
    assert last is not None
    tasks.exclude(pk=last.pk).update(
        done_on=today - timedelta(days=20), evidence="Notes of the meeting of all teams."
    )


def _breach(now: datetime) -> None:
    today = timezone.localdate(now)
    note = BreachNote(
        promise=Promise.objects.get(code="R1"),
        since=today - timedelta(days=190),
        until=today - timedelta(days=160),
        is_published=True,
    )
    set_words(note, "breach", causes="causes", done="done")
    note.save()


def _review(edition: Edition, now: datetime) -> None:
    """Why the third edition came: the review of the second."""
    day = timezone.localdate(now) - timedelta(days=120)
    review = Review(
        edition=edition,
        held_on=day,
        held_by="Head of customer care with the quality manager",
        suitability="Fits what we do.",
        adequacy="Nothing says how we handle complaints themselves.",
        effectiveness="Delivery and answers are kept; refunds are not.",
        efficiency="Counting costs two hours a month.",
        complaint_themes="How complaints were handled.",
        decision="amend",
        reason="Customers should see whether people are content with the handling.",
        effective_on=timezone.localdate(edition.effective_from) + timedelta(days=235),
        next_review_on=day + timedelta(days=365),
    )
    for language in languages():
        name = build_localized_fieldname("notice", language)
        setattr(review, name, content(language)["code"]["changed"][2])
    review.decide()
    review.save()


def _consultation(page: Page, site: Site, editor: Any, now: datetime) -> None:
    """Open since a week, about a draft in every language."""
    today = timezone.localdate(now)
    _draft(page)
    consultation = Consultation(
        page=page,
        site=site,
        slug="saturdays",
        opens_on=today - timedelta(days=7),
        closes_on=today + timedelta(days=21),
    )
    words = {field: field for field in ("title", "audience", "questions")}
    set_words(consultation, "consultation", **words)
    consultation.save()
    open_due(now)
    for number, (language, body, name, answer, came_of_it) in enumerate(COMMENTS):
        received = now - timedelta(days=6 - number)
        ConsultationComment.objects.create(
            consultation=consultation,
            body=body,
            language=language,
            name=name,
            state=CommentState.SHOWN if answer else CommentState.WAITING,
            answer=answer,
            came_of_it=came_of_it,
            answered_at=received + timedelta(days=1) if answer else None,
            answered_by=editor if answer else None,
            received_at=received,
        )


def _draft(page: Page) -> None:
    """The next edition as a draft: written in the main language, and translated."""
    for language in languages():
        own = page.get_translations(inclusive=True).get(locale__language_code=language).specific
        words = content(language)["consultation"]
        draft = own.get_latest_revision_as_object()
        draft.scope = f"{draft.scope} {words['draft']}"
        draft.what_changed, draft.impact = words["changed"], words["impact"]
        draft.save_revision(clean=False)  # a draft is not approved yet
