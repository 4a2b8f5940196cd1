"""The mails to followers, made when they are sent: subject, text and HTML in one language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page

from conduct.models.edition import Edition
from conduct.models.follower import Follower, FollowerMail, Purpose
from conduct.models.organisation import Organisation

from .links import confirm_url, followed_page, leave_url

TEMPLATES = {
    Purpose.CONFIRM: "follow_confirm",
    Purpose.PUBLISHED: "edition_published",
    Purpose.IN_FORCE: "edition_in_force",
}


def mail_of(mail: FollowerMail) -> EmailMultiAlternatives | None:
    """The mail as it goes out; None where the page that it is about is no longer public.

    Its Message-ID stays the same over all tries, so that a mail program shows it once even where a
    process was killed between sending and noting it. Raises `DecryptionError`.
    """
    follower = mail.follower
    language = mail.language or follower.language
    page = followed_page(follower.series, language)
    if page is None:
        return None
    with translation.override(language):
        values = _context(mail, page, language)
        subject, text, html = _render(TEMPLATES[Purpose(mail.purpose)], values)
    message = EmailMultiAlternatives(
        subject=subject, body=text, to=[follower.address], headers=_headers(mail, language)
    )
    message.attach_alternative(html, "text/html")
    return message


def _headers(mail: FollowerMail, language: str) -> dict[str, str]:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return {
        "Message-ID": f"<follow-{mail.follower.public_id.hex}-{mail.pk}@{domain}>",
        "Content-Language": language,
        "Auto-Submitted": "auto-generated",
        # RFC 8058: a mail program's own button leaves with one click.
        "List-Unsubscribe": f"<{leave_url(mail.follower, language)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _context(mail: FollowerMail, page: Page, language: str) -> dict[str, Any]:
    site = mail.follower.site
    values = {
        "organisation": Organisation.for_site(site),
        "language": language,
        "direction": "rtl" if translation.get_language_info(language)["bidi"] else "ltr",
        "title": page.title,
        "page_url": page.get_full_url() or "",
        "leave_url": leave_url(mail.follower, language),
        "privacy_url": f"{site.root_url}{reverse('conduct:privacy_notice')}",
    }
    if mail.edition is None:
        return values | {"confirm_url": confirm_url(mail.follower, language)}
    return values | _of_edition(mail.edition, language)


def _of_edition(edition: Edition, language: str) -> dict[str, Any]:
    """What changed, in the reader's language or else in the one it was written in."""
    text = edition.text_in(language) or edition.text_in(edition.source_language)
    assert text is not None  # written together with the edition
    return {
        "edition": edition,
        "text": text,
        "is_ahead": edition.effective_from > timezone.now(),
        "is_translated": text.language == language,
    }


def _render(template: str, values: dict[str, Any]) -> tuple[str, str, str]:
    base = f"conduct/mail/{template}"
    subject = " ".join(render_to_string(f"{base}.subject.txt", values).split())
    text = render_to_string(f"{base}.txt", values).strip() + "\n"
    return subject, text, render_to_string(f"{base}.html", values)


def held_about(follower: Follower) -> dict[str, Any]:
    """What is kept for one follower, in plain values, to be handed to that person."""
    page = followed_page(follower.series, follower.language)
    return {
        "site": follower.site.hostname,
        "document": page.title if page else "",
        "address": follower.address,
        "language": follower.language,
        "asked_at": follower.asked_at,
        "confirmed_at": follower.confirmed_at,
        "mails": list(
            follower.mails.order_by("pk").values("purpose", "state", "created_at", "sent_at")
        ),
    }
