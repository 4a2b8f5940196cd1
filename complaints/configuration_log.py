"""Keeps every change of the rules and words that cases are handled by (ISO 10002:2018, 5.4.2).

A model is watched once it is named here or given to `watch`. Each row that is added, changed or
deleted leaves a `ConfigurationChange` with the fields before and after, in the transaction of the
change itself. A save that changes nothing leaves nothing. `QuerySet.update` and `bulk_create` send
no signals: configuration is saved row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils import timezone
from modeltranslation.translator import NotRegistered, translator
from wagtail.log_actions import get_active_log_context

Values = dict[str, Any]

#: On the instance between the two signals of one save or deletion.
BEFORE = "_configuration_before"
NAME_LENGTH = 200
_encode = DjangoJSONEncoder().default
_watched: dict[str, type[models.Model]] = {}


def watch(*watched: type[models.Model]) -> None:
    """Keep what is changed in these models from now on; naming one twice changes nothing."""
    for model in watched:
        label = model._meta.label_lower
        _watched[label] = model
        for signal, receiver in (
            (pre_save, _before_save),
            (post_save, _after_save),
            (pre_delete, _before_deletion),
            (post_delete, _after_deletion),
        ):
            signal.connect(
                receiver, sender=model, dispatch_uid=f"configuration:{receiver.__name__}:{label}"
            )


def watch_configuration() -> None:
    """What this app and the code of conduct are configured by."""
    from complaints import models as ours
    from conduct.models import Organisation

    watch(
        ours.HandlingSettings,
        ours.Category,
        ours.Cause,
        ours.RemedyKind,
        ours.Team,
        ours.TeamMember,
        ours.Holiday,
        ours.Competence,
        ours.Absence,
        ours.AuthorityLimit,
        ours.ExtraQuestion,
        ours.ExtraOption,
        ours.ReplyTemplate,
        Organisation,
    )


def watched_models() -> Mapping[str, type[models.Model]]:
    """`app_label.modelname` -> model."""
    return dict(_watched)


def kept_fields(model: type[models.Model]) -> list[models.Field]:
    """Every column but the key and what mirrors a translated one."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in _translated(model)
    ]


def _translated(model: type[models.Model]) -> frozenset[str]:
    """Names of the fields whose words stand in a column per language."""
    try:
        options = translator.get_options_for_model(model)
    except NotRegistered:
        return frozenset()
    return frozenset(options.all_fields)


def _stored(instance: models.Model, using: str) -> Values:
    """The row as the database has it; read again, because an instance may hold anything."""
    names = [field.attname for field in kept_fields(type(instance))]
    # Not the default manager: a translated one would turn the names of columns into others.
    rows: models.QuerySet[Any] = models.QuerySet(type(instance), using=using).filter(pk=instance.pk)
    row = rows.values_list(*names).first()
    return {} if row is None else {n: _plain(v) for n, v in zip(names, row, strict=True)}


def _plain(value: Any) -> Any:
    """As JSON has it."""
    if value is None or isinstance(value, str | int | float):
        return value
    return _encode(value)


def _before_save(instance: Any, raw: bool, using: str, **kwargs: Any) -> None:
    # A fixture may be loaded before the tables of the people and rows it names.
    if not raw:
        setattr(instance, BEFORE, {} if instance.pk is None else _stored(instance, using))


def _after_save(instance: Any, raw: bool, using: str, **kwargs: Any) -> None:
    if raw:
        return
    before = instance.__dict__.pop(BEFORE, {})
    after = _stored(instance, using)
    changed = [name for name in after if name not in before or before[name] != after[name]]
    if changed:
        from complaints.models import ConfigurationChange

        _keep(
            instance,
            ConfigurationChange.What.CHANGED if before else ConfigurationChange.What.ADDED,
            {name: before[name] for name in changed if name in before},
            {name: after[name] for name in changed},
            using,
        )


def _before_deletion(instance: Any, using: str, **kwargs: Any) -> None:
    setattr(instance, BEFORE, _stored(instance, using))


def _after_deletion(instance: Any, using: str, **kwargs: Any) -> None:
    from complaints.models import ConfigurationChange

    before = instance.__dict__.pop(BEFORE, {})
    _keep(instance, ConfigurationChange.What.DELETED, before, {}, using)


def _keep(instance: models.Model, what: str, before: Values, after: Values, using: str) -> None:
    from complaints.models import ConfigurationChange

    ConfigurationChange.objects.using(using).create(
        at=timezone.now(),
        user=acting_user(),
        what=what,
        model=instance._meta.label_lower,
        row=str(instance.pk),
        name=str(instance)[:NAME_LENGTH],
        before=before,
        after=after,
    )


def keep_imported(rows: Iterable[tuple[models.Model, bool, Values, Values]], user: Any) -> None:
    """Rows written together send no signals: (row, is it new, before, after), in one statement."""
    from complaints.models import ConfigurationChange

    what = ConfigurationChange.What
    ConfigurationChange.objects.bulk_create(
        ConfigurationChange(
            at=timezone.now(),
            user=user,
            what=what.ADDED if is_new else what.CHANGED,
            model=row._meta.label_lower,
            row=str(row.pk),
            name=str(row)[:NAME_LENGTH],
            before=before,
            after=after,
        )
        for row, is_new, before, after in rows
    )


def acting_user() -> Any:
    """Who is at work in the admin; nobody in a command or a migration."""
    user = get_active_log_context().user
    return user if user is not None and user.is_authenticated else None
