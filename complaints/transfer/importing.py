"""What a file would change, and changing it: the same reading twice, so both say the same."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from tablib import Dataset
from wagtail.log_actions import registry as log_registry

from complaints.configuration_log import keep_imported
from complaints.transfer.differences import Difference
from complaints.transfer.files import Table, UnreadableFile
from conduct.page_cache import forget_pages

#: A column of an exported table that says who took it along; it is not read.
WATERMARK = "exported"


class Changed(Exception):
    """Doing it would be something else than the preview said."""


@dataclass(frozen=True)
class RowChange:
    """A row that is added or changed. `line` as the spreadsheet numbers it."""

    line: int
    name: str
    is_new: bool
    differences: Sequence[Difference]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row, in words; line 0 is the file as a whole."""

    line: int
    words: str


@dataclass(frozen=True)
class Preview:
    """All that a file would do, or why it can't."""

    changes: Sequence[RowChange] = ()
    unchanged: int = 0
    problems: Sequence[Problem] = ()
    digest: str = field(default="", compare=False)

    @property
    def new(self) -> list[RowChange]:
        return [change for change in self.changes if change.is_new]

    @property
    def changed(self) -> list[RowChange]:
        return [change for change in self.changes if not change.is_new]

    @property
    def may_be_done(self) -> bool:
        return bool(self.changes) and not self.problems


def preview(table_class: Any, table: Table) -> Preview:
    """Reads the file against what is there now; stores nothing."""
    resource = table_class()
    result = _read(resource, table, dry_run=True)
    return _preview(resource, result, table)


def carry_out(table_class: Any, table: Table, *, digest: str, user: Any) -> Preview:
    """All of it or nothing. Raises `Changed` where it isn't what the preview with `digest` said."""
    with transaction.atomic():
        _one_at_a_time(table_class)
        resource = table_class(lock=True, user=user)
        result = _read(resource, table, dry_run=False)
        done = _preview(resource, result, table)
        if not done.may_be_done or done.digest != digest:
            transaction.set_rollback(True)
            raise Changed
        _log(result, user)
        _keep_changes(result, user)
        # Written together, the rows sent no signals.
        forget_pages()
    return done


def _one_at_a_time(table_class: Any) -> None:
    """A second click waits, and then finds the rows that the first one added."""
    kind = ContentType.objects.get_for_model(table_class._meta.model)
    ContentType.objects.select_for_update(no_key=True).get(pk=kind.pk)


def _read(resource: Any, table: Table, *, dry_run: bool) -> Any:
    _check_headings(resource, table)
    dataset = Dataset(*table.rows, headers=list(table.headings))
    return resource.import_data(
        dataset,
        dry_run=dry_run,
        use_transactions=True,
        rollback_on_validation_errors=True,
        lines=table.lines,
    )


def _check_headings(resource: Any, table: Table) -> None:
    known, given = list(resource.fields), list(table.headings)
    names = {"known": ", ".join(known)}
    for heading in given:
        if not heading:
            raise UnreadableFile(_("A column has no heading. The headings are: %(known)s.") % names)
        if heading not in {*known, WATERMARK}:
            words = _("There is no column “%(heading)s” here. The headings are: %(known)s.")
            raise UnreadableFile(words % {**names, "heading": heading})
        if given.count(heading) > 1:
            words = _("The heading “%(heading)s” is there twice. Keep one of them.")
            raise UnreadableFile(words % {"heading": heading})
    for needed in resource.get_import_id_fields():
        if needed not in given:
            words = _("The column “%(heading)s” is missing: it tells which row is meant.")
            raise UnreadableFile(words % {"heading": needed})


def _preview(resource: Any, result: Any, table: Table) -> Preview:
    problems = list(_problems(resource, result, table))
    changes = [
        RowChange(line, " · ".join(resource.key_of(row.instance)), row.is_new(), row.diff)
        for row, line in zip(result.rows, table.lines, strict=True)
        if row.is_new() or row.is_update()
    ]
    unchanged = sum(row.is_skip() for row in result.rows)
    return Preview(changes, unchanged, problems, _digest(changes))


def _problems(resource: Any, result: Any, table: Table) -> Iterator[Problem]:
    for row, line in zip(result.rows, table.lines, strict=True):
        for error in row.errors:
            # A mistake of ours, not of the file.
            raise error.error
        if row.validation_error is not None:
            for words in _words(resource, row.validation_error):
                yield Problem(line, words)
    for error in result.base_errors:
        if not isinstance(error.error, IntegrityError):
            raise error.error
        yield Problem(
            0, _("Some of it is there already. Look at the list and choose the file again.")
        )


def _words(resource: Any, error: Any) -> Iterator[str]:
    """Sentences that begin with the column they are about."""
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    for name, messages in error.message_dict.items():
        column = resource.fields.get(name)
        for message in messages:
            yield f"{column.title}: {message}" if column else message


def _digest(changes: Sequence[RowChange]) -> str:
    said = [
        [c.line, c.name, c.is_new, [[d.column, d.before, d.after] for d in c.differences]]
        for c in changes
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _log(result: Any, user: Any) -> None:
    """Into the history that Wagtail shows of each row, all in one statement."""
    rows = [row for row in result.rows if row.is_new() or row.is_update()]
    model = type(rows[0].instance)
    log_model = log_registry.get_log_model_for_model(model)
    if log_model is None:
        return
    common = {
        "content_type": ContentType.objects.get_for_model(model, for_concrete_model=False),
        "user": user,
        "timestamp": timezone.now(),
        "uuid": uuid.uuid4(),
    }
    log_model.objects.bulk_create(
        log_model(
            label=str(row.instance),
            action="wagtail.create" if row.is_new() else "wagtail.edit",
            object_id=str(row.instance.pk),
            content_changed=True,
            **common,
        )
        for row in rows
    )


def _keep_changes(result: Any, user: Any) -> None:
    """Into the log of changes of rules and words: each column before and after."""
    keep_imported(
        (
            (
                row.instance,
                row.is_new(),
                {change.column: change.before for change in row.diff if not row.is_new()},
                {change.column: change.after for change in row.diff},
            )
            for row in result.rows
            if row.is_new() or row.is_update()
        ),
        user,
    )
