"""Filters for the public forms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.forms.boundfield import BoundField

register = template.Library()


@dataclass(frozen=True)
class Problem:
    """One line of an error summary: the id to jump to, the field's label, what to mend."""

    target: str
    label: str
    message: str


@register.filter
def problems(form: forms.Form) -> Iterator[Problem]:
    """What has to be mended, in the order of the fields; extra questions last."""
    extra = getattr(form, "extra", None) if form.is_bound else None
    for field in [*form, *(extra or ())]:
        for message in field.errors:
            target = field.auto_id if field.use_fieldset else field.id_for_label
            yield Problem(str(target), str(field.label), str(message))


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether a field is a single box to tick."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def any_filled(form: forms.Form, names: str) -> bool:
    """Whether one of the fields (`a,b,c`) has a value or an error: their group is shown open."""
    return any(form[name].value() or form[name].errors for name in names.split(","))


@register.filter
def keeping(url: str, form: forms.Form) -> str:
    """The address with what a link has preset, such as the promise that was broken."""
    preset = {n: v for n in ("promise", "category") if (v := form.initial.get(n))}
    return f"{url}?{urlencode(preset)}" if preset else url


@register.filter
def as_json(value: Any) -> str:
    """For an attribute that a script reads."""
    return json.dumps(value)
