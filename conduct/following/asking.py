"""Asking to be told about changes: nothing is told to an address until it has confirmed."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django import forms
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from conduct.encryption import lookup_hash
from conduct.models.follower import Follower, FollowerMail, Purpose
from conduct.senders import A_DAY, within

from .links import UnknownLink, read_confirm, read_leave

#: How long an address that was never confirmed is kept.
UNCONFIRMED = timedelta(days=7)
#: Mails that ask to confirm, to one address in a day: nobody's mailbox is filled by strangers.
MAILS_A_DAY = 3
#: Two presses of the button within so many seconds are one.
DOUBLE_CLICK = 60


class FollowForm(forms.Form):
    """One address; the document and the language are those of the page."""

    use_required_attribute = False
    _in_full = _("Write the e-mail address in full, such as name@example.com.")

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send you a mail with a link first. Only after that you follow."),
        max_length=254,
        widget=forms.EmailInput(
            attrs={
                "autocomplete": "email",
                "dir": "ltr",
                "inputmode": "email",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _in_full, "invalid": _in_full, "max_length": _in_full},
    )

    def __init__(self, data: object = None) -> None:
        super().__init__(data, auto_id="follow-%s")  # type: ignore[arg-type]
        # Said in words, never cut.
        self.fields["email"].widget.attrs.pop("maxlength", None)


def ask(page: Page, site: Site, address: str, now: datetime) -> None:
    """Keep an address unconfirmed and send it a link; the same whether it is known or not.

    Does nothing where the address has had `MAILS_A_DAY` such mails, or was sent twice at once.
    """
    language = page.locale.language_code
    known_as = lookup_hash(address)
    if not within(
        "follow-twice", f"{known_as}{page.translation_key}{language}", 1, seconds=DOUBLE_CLICK
    ):
        return
    if not within("follow-address", known_as, MAILS_A_DAY, seconds=A_DAY):
        return
    with transaction.atomic():
        follower, created = Follower.objects.get_or_create(
            series=page.translation_key,
            address_hash=known_as,
            defaults={"site": site, "address": address, "language": language, "asked_at": now},
        )
        if not created:
            Follower.objects.filter(pk=follower.pk).update(asked_at=now)
        mail = FollowerMail.objects.create(
            follower=follower,
            purpose=Purpose.CONFIRM,
            language=language,
            created_at=now,
            next_try_at=now,
        )
        transaction.on_commit(partial(_enqueue, mail.pk), robust=True)


def of_confirm_link(token: str) -> Follower | None:
    """Who a link to confirm belongs to; None where it is unknown, too old or they have left."""
    try:
        public_id, _language = read_confirm(token)
    except UnknownLink:
        return None
    return Follower.objects.filter(public_id=public_id).first()


def confirm(token: str, now: datetime) -> bool:
    """Follow from now on, in the language of the link; twice is the same as once.

    False where nobody is kept for the link any more.
    """
    try:
        public_id, language = read_confirm(token)
    except UnknownLink:
        return False
    waiting = Follower.objects.filter(public_id=public_id)
    return bool(waiting.update(confirmed_at=Coalesce(F("confirmed_at"), now), language=language))


def is_leave_link(token: str) -> bool:
    """Whether a link to leave is one of ours; it stays one when its follower has left."""
    try:
        read_leave(token)
    except UnknownLink:
        return False
    return True


def leave(token: str) -> None:
    """Delete whoever a link to leave belongs to. Raises `UnknownLink`."""
    Follower.objects.filter(public_id=read_leave(token)).delete()


def forget_unconfirmed(now: datetime) -> int:
    """Delete addresses that nobody confirmed within `UNCONFIRMED`; the number of them."""
    old = Follower.objects.filter(confirmed_at=None, asked_at__lt=now - UNCONFIRMED)
    count = old.count()
    old.delete()
    return count


def _enqueue(pk: int) -> None:
    from conduct.tasks import send_follower_mail

    send_follower_mail.enqueue(pk)
