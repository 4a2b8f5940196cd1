"""A new key for somebody who lost theirs, by mail to the address on file (7.3, SEC-STATUS).

Whoever asks gets the same answer whether the case exists or not, and whether the address is its
own. A request only queues a task, so the answer takes as long; where tasks run at once, in the
request (no `TASKS` setting), it takes longer for an address that fits.
"""

from __future__ import annotations

import contextlib
import math
from datetime import datetime, timedelta

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from complaints.access import Actor
from complaints.intake.fields import AddressField
from complaints.intake.limits import network
from complaints.lifecycle import Refused, perform
from complaints.models import Case
from complaints.privacy.encryption import lookup_hash
from complaints.references import understand_reference
from complaints.tracking.forms import AS_PRINTED, TYPED
from complaints.tracking.tries import Counter, Limit, LockedError
from complaints.tracking.views import TEMPLATES, private
from conduct.models import Organisation

#: Counted apart from opening a case: asking for a key must lock nobody out of theirs.
PER_CASE = Limit("lost-key-case", 3, timedelta(hours=24))
PER_NETWORK = Limit("lost-key-network", 20, timedelta(hours=1))
#: Compared with when there is no such case; no address has this hash.
NO_HASH = "0" * 64
#: Whoever asks again so soon has not had time to get the first mail.
SAME_CLICK = timedelta(minutes=1)


class LostKeyForm(forms.Form):
    """What somebody still has: the reference, and the address they gave us."""

    use_required_attribute = False

    reference = forms.CharField(
        label=_("Reference"),
        help_text=_("For example C-7K4Q-2M9X."),
        max_length=TYPED,
        widget=forms.TextInput(attrs=AS_PRINTED | {"dir": "ltr"}),
        error_messages={
            "required": _(
                "Type the reference. It is on the page you saw after sending, and in our mails."
            )
        },
    )
    email = AddressField(
        label=_("E-mail"),
        help_text=_("The address that you gave us for this case."),
        max_length=254,
        attrs={"autocomplete": "email"},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["email"].error_messages["required"] = _(
            "Write the e-mail address that you gave us for this case."
        )


@private
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def lost_key(request: HttpRequest) -> HttpResponse:
    """Ask for a new key; the answer is the same for everybody."""
    if request.method != "POST":
        return _page(request, LostKeyForm())
    form, now = LostKeyForm(request.POST), timezone.now()
    if not form.is_valid():
        return _page(request, form, status=422)
    reference = understand_reference(form.cleaned_data["reference"])
    if reference is None:
        # Tells nothing about cases: no reference looks like that.
        form.add_error("reference", form.fields["reference"].error_messages["required"])
        return _page(request, form, status=422)
    try:
        _count(reference, request.META.get("REMOTE_ADDR", ""), now)
    except LockedError as locked:
        form.add_error(None, _please_wait(locked.until - now))
        response = _page(request, form, status=429)
        response.headers["Retry-After"] = str(int((locked.until - now).total_seconds()) + 1)
        return response
    _queue(reference, form.cleaned_data["email"], now)
    return _page(request, LostKeyForm(), is_asked=True)


def give_new_key(reference: str, email_hash: str, asked_at: datetime) -> bool:
    """Send a new key where the reference and the hash of the address belong together.

    Twice at once, or a second click, sends one mail: a second would end the key of the first.
    """
    with transaction.atomic():
        return _give_new_key(reference, email_hash, asked_at)


def _give_new_key(reference: str, email_hash: str, asked_at: datetime) -> bool:
    case = Case.objects.locked().filter(reference=reference).first()
    on_file = case.correspondent.email_hash if case else ""
    if not constant_time_compare(email_hash, on_file or NO_HASH) or case is None:
        return False
    # Spam in somebody's name must not make us write to them.
    sent = case.events.filter(action="new_key", at__gte=asked_at - SAME_CLICK)
    if case.held or sent.exists():
        return False
    # Refused: what the case forbids now, and nobody may be told. Staff give a key another way.
    with contextlib.suppress(Refused):
        perform(case, "new_key", actor=Actor.system())
        return True
    return False


def _queue(reference: str, address: str, now: datetime) -> None:
    """The task knows a keyed hash of the address and not the address."""
    from complaints.tasks import send_new_key

    send_new_key.enqueue(reference, lookup_hash(address), now.isoformat())


def _count(reference: str, address: str, now: datetime) -> None:
    """Every request counts, right or not; so a mailbox can't be filled either."""
    counters = [Counter(PER_CASE, reference)]
    if sender := network(address):
        counters.insert(0, Counter(PER_NETWORK, sender))
    begun: list[Counter] = []
    for counter in counters:
        try:
            counter.begin(now)
        except LockedError:
            for other in begun:
                other.undo()
            raise
        begun.append(counter)
    for counter in counters:
        counter.wrong(now)


def _please_wait(wait: timedelta) -> str:
    hours = math.ceil(wait / timedelta(hours=1))
    return ngettext(
        "A new key was asked for several times. Please wait %(hours)d hour, then ask again; or "
        "get in touch with us as described below.",
        "A new key was asked for several times. Please wait %(hours)d hours, then ask again; or "
        "get in touch with us as described below.",
        hours,
    ) % {"hours": hours}


def _page(
    request: HttpRequest, form: LostKeyForm, *, status: int = 200, is_asked: bool = False
) -> HttpResponse:
    context = {
        "form": form,
        "is_asked": is_asked,
        "organisation": Organisation.for_request(request),
    }
    return render(request, f"{TEMPLATES}/lost_key.html", context, status=status)
