"""Mailing the receipt to an address that is on no case: once, seldom, and forgotten when sent."""

from __future__ import annotations

import logging
from datetime import datetime

from django import forms
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from complaints.intake.fields import AddressField
from complaints.intake.limits import within_limit
from complaints.intake.submission import Receipt
from complaints.models import Case, Notice
from complaints.notices.outbox import queue_mail

logger = logging.getLogger(__name__)
#: Mails an hour from one network, and in a week for one case: nobody is to be flooded through us.
PER_NETWORK = 20
PER_CASE = 5
A_WEEK = 7 * 24 * 3600
#: Within this many seconds the same again is a second click.
SAME_CLICK = 120


class MailForm(forms.Form):
    """Where to send the receipt."""

    use_required_attribute = False

    email = AddressField(label=_("E-mail"), max_length=254, attrs={"autocomplete": "email"})

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("auto_id", "receipt-%s")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["email"].error_messages["required"] = _(
            "Write the e-mail address to which we should send the receipt."
        )


class TooManyMailsError(Exception):
    """No more mails for this case or from this network for now."""


def mail_receipt(
    request: HttpRequest, receipt: Receipt, address: str, *, language: str, now: datetime
) -> None:
    """Queue the mail; a second click queues no other. Raises `TooManyMailsError`."""
    click = _cache_key("click", f"{receipt.case.reference}:{address.casefold()}")
    if not _is_first(click):
        return
    allowed = within_limit(request, "receipt-mail", PER_NETWORK)
    if not (allowed and _within_limit_of_case(receipt.case)):
        cache.delete(click)
        raise TooManyMailsError
    try:
        _queue(receipt, address, language, now)
    except Exception:
        cache.delete(click)
        raise


def _queue(receipt: Receipt, address: str, language: str, now: datetime) -> None:
    from complaints.intake.receipts import mail_context

    case = receipt.case
    with transaction.atomic():
        # The key itself is not kept with the mail: a mark stands for it until it is sent.
        marked = Receipt(case=case, key=Notice.SECRET_MARK, created=False)
        notice = queue_mail(
            address,
            "receipt",
            site=case.site,
            language=language,
            now=now,
            context=mail_context(marked, language),
            secret=receipt.key,
        )
        # It repeats what the person wrote, so it is deleted with the case.
        Notice.objects.filter(pk=notice.pk).update(case=case)


def _is_first(click: str) -> bool:
    try:
        return bool(cache.add(click, 1, SAME_CLICK))
    except Exception as error:  # noqa: BLE001 - whatever the cache backend raises
        logger.warning("A click could not be remembered: %s", type(error).__name__)
        return True


def _within_limit_of_case(case: Case) -> bool:
    key = _cache_key("case", case.reference)
    try:
        return bool(cache.add(key, 1, A_WEEK)) or cache.incr(key) <= PER_CASE
    except Exception as error:  # noqa: BLE001 - whatever the cache backend raises
        logger.warning("The mails of a case could not be counted: %s", type(error).__name__)
        return True


def _cache_key(name: str, value: str) -> str:
    digest = salted_hmac("conduct.receipt.mail", f"{name}:{value}", algorithm="sha256")
    return f"conduct-receipt-mail:{digest.hexdigest()}"
