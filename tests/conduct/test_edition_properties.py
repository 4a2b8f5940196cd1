"""Whatever editors do afterwards, an edition stays as it was."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, Site

from conduct.editions import publish, record
from conduct.models import CodeOfConductPage, Edition, EditionPromise, EditionText, Promise

words = st.sampled_from(["All parcels.", "Letters too.", "三天", "ثلاثة أيام", "<b>Bold</b>"])
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["scope", "exclusions", "purpose", "title"]), words),
        st.tuples(st.sampled_from(["statement_en", "limits_en", "statement_ko"]), words),
        st.tuples(st.just("state"), st.sampled_from(["live", "withdrawn", "suspended"])),
        st.tuples(st.just("effective_date"), st.dates(dt.date(2025, 1, 1), dt.date(2027, 1, 1))),
    ),
    min_size=1,
    max_size=6,
)


def everything() -> dict[tuple[str, int], dict[str, Any]]:
    rows = {}
    for model in (Edition, EditionText, EditionPromise):
        for row in model.objects.all().values():
            rows[model.__name__, row["id"]] = row
    return rows


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=steps)
def test_no_later_edit_changes_an_edition(
    code_draft: CodeOfConductPage, promise: Promise, site: Site, steps: list[tuple[str, Any]]
) -> None:
    kept = everything()
    for field, value in steps:
        page = CodeOfConductPage.objects.get(pk=code_draft.pk)
        row = Promise.objects.get(pk=promise.pk)
        setattr(row if hasattr(row, field) else page, field, value)
        row.save()
        page.what_changed, page.approved_on = "An edit.", timezone.localdate()
        page.review_date = dt.date(2030, 1, 1)
        publish(page)

        now = everything()
        assert {key: now[key] for key in kept} == kept
        kept = now
    numbers = list(Edition.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    # From the first start on, exactly one is in force at any instant.
    for moment in [timezone.now(), *Edition.objects.values_list("effective_from", flat=True)]:
        assert Edition.objects.in_force(kind="code", site=site, at=moment) is not None


def beside_each_other(*jobs: Callable[[], object]) -> list[BaseException]:
    """Run the jobs at the same moment, each on a connection of its own; what went wrong."""
    errors: list[BaseException] = []

    def run(job: Callable[[], object]) -> None:
        try:
            job()
        except BaseException as error:  # noqa: BLE001 - reported by the test itself
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_publications_at_once_get_two_numbers(code_draft: CodeOfConductPage) -> None:
    start = threading.Barrier(2, timeout=20)

    def publish_with(scope: str) -> None:
        page = CodeOfConductPage.objects.get(pk=code_draft.pk)
        page.scope, page.live = scope, True
        start.wait()
        record(page)

    assert beside_each_other(lambda: publish_with("One"), lambda: publish_with("Two")) == []
    assert sorted(Edition.objects.values_list("number", flat=True)) == [1, 2]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_languages_published_at_once_do_not_wait_for_each_other(
    code_draft: CodeOfConductPage, korean_home: Page
) -> None:
    """As two approvals at the same moment: each has written to its page before."""
    publish(code_draft)
    in_korean = code_draft.copy_for_translation(korean_home.locale)
    both_have_written = threading.Barrier(2, timeout=20)

    def publish_in_a_transaction(pk: int) -> None:
        page = CodeOfConductPage.objects.get(pk=pk)
        with transaction.atomic():
            page.live, page.scope = True, "Other words."
            Page.objects.filter(pk=pk).update(live=True)
            both_have_written.wait()
            record(page)

    errors = beside_each_other(
        lambda: publish_in_a_transaction(code_draft.pk),
        lambda: publish_in_a_transaction(in_korean.pk),
    )

    assert errors == []
    assert sorted(Edition.objects.values_list("number", flat=True)) == [1, 2]
    languages = set(EditionText.objects.values_list("language", flat=True))
    assert languages == {"en", "ko"}
