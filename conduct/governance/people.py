"""Who translated a page and who looked at it, as Wagtail and wagtail-localize wrote it down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, PageLogEntry, TaskState
from wagtail_localize.models import StringTranslation

from conduct.models.promise import Promise


def translators(series: list[Any]) -> dict[tuple[Any, str], str]:
    """{(translation key, language): who translated last}, where somebody did by hand."""
    fields = ("context__object_id", "locale__language_code", "last_translated_by")
    found: dict[tuple[Any, str], Any] = {}
    for key, language, user in (
        StringTranslation.objects.filter(context__object_id__in=series)
        .exclude(last_translated_by=None)
        .order_by("updated_at")
        .values_list(*fields)
    ):
        found[key, language] = user
    return _named(found)


def reviewers(pages: list[int]) -> dict[Any, str]:
    """{page: who approved its last workflow step, else who published it or what is live}."""
    # wagtail-localize publishes without a name; its revision has one.
    live = (
        Page.objects.filter(pk__in=pages)
        .exclude(live_revision__user=None)
        .values_list("pk", "live_revision__user")
    )
    published = (
        PageLogEntry.objects.filter(page__in=pages, action="wagtail.publish")
        .exclude(user=None)
        .order_by("timestamp")
        .values_list("page", "user")
    )
    approved = (
        TaskState.objects.filter(
            status=TaskState.STATUS_APPROVED, revision__object_id__in=list(map(str, pages))
        )
        .filter(revision__base_content_type__app_label="wagtailcore")
        .exclude(finished_by=None)
        .order_by("finished_at")
        .values_list("revision__object_id", "finished_by")
    )
    found: dict[Any, Any] = dict(live) | dict(published)
    found |= {int(page): user for page, user in approved}
    return _named(found)


def last_editors(promises: Iterable[Promise]) -> dict[int, tuple[str, Any]]:
    """{promise: (who edited it last, when)}."""
    from wagtail.models import ModelLogEntry

    entries = list(
        ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Promise),
            object_id__in=[str(promise.pk) for promise in promises],
        )
        .order_by("timestamp")
        .values_list("object_id", "user", "timestamp")
    )
    names = _named({int(pk): user for pk, user, _at in entries if user})
    return {int(pk): (names.get(int(pk), ""), at) for pk, _user, at in entries}


def _named(found: dict[Any, Any]) -> dict[Any, str]:
    users = get_user_model().objects.in_bulk(set(found.values()))
    names = {pk: user.get_full_name() or user.get_username() for pk, user in users.items()}
    return {key: names.get(user, "") for key, user in found.items()}
