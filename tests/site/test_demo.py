"""The demo: every language has the same keys, and what it builds shows every state."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client, override_settings

from complaints.events import broken_links
from complaints.lifecycle import State
from complaints.models import Case, ExtraQuestion, Notice
from conduct.models import Edition, Promise
from demo.texts import content, languages
from feedback.models import Response
from tests.site.the_demos_form import check_cases, check_pages, check_vocabulary

ACCOUNTS = {"handler", "handler2", "lead", "quality", "auditor", "privacy", "editor", "admin"}


def shape(value: Any) -> Any:
    """The keys of a table, the length of a list; stories are told in each language's own way."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items() if key != "stories"}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return type(value).__name__


def test_the_demo_speaks_every_language_of_the_site() -> None:
    assert languages() == [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_language_has_the_same_keys(language: str) -> None:
    assert shape(content(language)) == shape(content("en"))
    assert len(content(language)["stories"]) >= 7


@override_settings(SETTINGS_MODULE="config.settings.production", DEBUG=False)
def test_the_demo_refuses_to_run_in_production() -> None:
    with pytest.raises(CommandError, match="not in production"):
        call_command("demo")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("real_transactions")
def test_the_demo_shows_every_feature(client: Client) -> None:
    call_command("demo", verbosity=0)

    users = set(get_user_model().objects.values_list("username", flat=True))
    assert users >= ACCOUNTS
    assert 65 <= Case.objects.count() <= 80
    # No action leads to `referred` yet.
    assert set(Case.objects.values_list("state", flat=True)) == set(State) - {State.REFERRED}
    assert set(Case.objects.values_list("language", flat=True)) == set(languages())
    assert list(broken_links()) == []
    assert Notice.objects.filter(state=Notice.State.FAILED).count() == 0
    assert 8 <= Promise.objects.live().count() <= 10
    assert Edition.objects.filter(kind="code").count() == 3
    assert Response.objects.count() > 10
    for language in languages():
        words = content(language)
        page = client.get(f"/{language}/code-of-conduct/").content.decode()
        assert words["code"]["title"] in page
        assert words["promises"]["D1"]["statement"] in page
        # Both defined terms are used, and explained where they are.
        assert page.count("popovertarget") == 2
    check_vocabulary()
    check_pages(client)
    check_cases()

    before = Case.objects.count(), ExtraQuestion.objects.count()
    call_command("demo", verbosity=0)

    assert (Case.objects.count(), ExtraQuestion.objects.count()) == before
    assert get_user_model().objects.filter(username__in=ACCOUNTS).count() == len(ACCOUNTS)
