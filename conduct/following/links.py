"""Signed links for followers: one to confirm, one to leave. A link is good for one thing only."""

from __future__ import annotations

import uuid
from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from conduct.links import content_language
from conduct.models.follower import Follower

_CONFIRM, _LEAVE = "conduct.following.confirm", "conduct.following.leave"


class UnknownLink(ValueError):
    """Not a link of ours: cut off when it was copied, or made up."""


def confirm_url(follower: Follower, language: str) -> str:
    """Where a follower confirms, and chooses this language by doing so."""
    token = signing.Signer(salt=_CONFIRM).sign(f"{follower.public_id.hex}.{language}")
    return _full("conduct:follow_confirm", token, follower, language)


def leave_url(follower: Follower, language: str) -> str:
    token = signing.Signer(salt=_LEAVE).sign(follower.public_id.hex)
    return _full("conduct:follow_leave", token, follower, language)


def read_confirm(token: str) -> tuple[uuid.UUID, str]:
    """(public id, language) behind a link to confirm; raises `UnknownLink`."""
    value, _dot, language = _read(token, _CONFIRM).partition(".")
    return uuid.UUID(value), language


def read_leave(token: str) -> uuid.UUID:
    """The public id behind a link to leave; raises `UnknownLink`."""
    return uuid.UUID(_read(token, _LEAVE))


def followed_page(series: Any, language: str) -> Page | None:
    """The public page of a code or policy in a language, else in the one it was written in."""
    pages = list(
        Page.objects.live()
        .public()
        .filter(translation_key=series)
        .select_related("locale")
        .order_by("alias_of", "pk")
    )
    wanted = content_language(language)
    own = (page for page in pages if page.locale.language_code == wanted)
    return next(own, pages[0] if pages else None)


def _read(token: str, salt: str) -> str:
    try:
        return signing.Signer(salt=salt).unsign(token)
    except signing.BadSignature as error:
        raise UnknownLink("This is not a link of this site.") from error


def _full(name: str, token: str, follower: Follower, language: str) -> str:
    with translation.override(language):
        return f"{follower.site.root_url}{reverse(name, args=[token])}"
