"""The columns of a table: which there are for a model, and how a cell reaches a field.

Words that exist in several languages have a column for each language of the host. Links hold the
key of the other row, never its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db import models
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from import_export.fields import Field
from modeltranslation.settings import AVAILABLE_LANGUAGES, DEFAULT_LANGUAGE
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import build_localized_fieldname

from complaints.transfer.cells import Choice, Code, Day, Number, Text, TimeOfDay, YesNo, as_text


class Column(Field):
    """One column. `required` where a new row can't be without it."""

    def __init__(self, name: str, widget: Any, *, label: Any = "", required: bool = False) -> None:
        super().__init__(attribute=name, column_name=name, widget=widget)
        self.label = label or name
        self.required = required

    @property
    def title(self) -> str:
        return capfirst(str(self.label))

    @property
    def hint(self) -> str:
        """How a cell is written, where that isn't plain."""
        return str(getattr(self.widget, "hint", ""))

    def prepare(self, cells: Iterable[Any], resource: Any) -> None:
        """Called once before the rows are read, with every cell of this column."""

    def shown(self, instance: Any) -> str:
        """The value as the preview shows it."""
        return str(self.export(instance))

    def canonical(self, row: Any) -> str:
        """The cell as `shown` would write it; as it is where it can't be understood."""
        cell = row[self.column_name]
        try:
            return str(self.widget.render(self.widget.clean(cell)))
        except ValueError:
            return as_text(cell)

    def check(self, instance: Any) -> None:
        if self.required and self.shown(instance) == "":
            raise ValueError(_("This is needed."))


class Link(Column):
    """A row of another table, or of the same one, by its key."""

    def __init__(self, name: str, rows: Any, *, label: Any = "", required: bool = False) -> None:
        super().__init__(name, Text(), label=label, required=required)
        self.rows = rows

    def prepare(self, cells: Iterable[Any], resource: Any) -> None:
        self.rows.load(map(as_text, cells), resource)

    def canonical(self, row: Any) -> str:
        return as_text(row[self.column_name]).strip()

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        text = as_text(row[self.column_name]).strip()
        setattr(instance, self.attribute, self.rows.find(text) if text else None)

    def export(self, instance: Any, **kwargs: Any) -> str:
        # What was set a moment ago may have no number yet.
        other = instance._state.fields_cache.get(self.attribute)
        if other is not None:
            return str(self.rows.key_of(other))
        pk = getattr(instance, f"{self.attribute}_id")
        return "" if pk is None else str(self.rows.key_of_pk(pk))


class KeyedRows:
    """All rows of a small table by their key, read once."""

    def __init__(self, model: type[models.Model], key: str) -> None:
        self.model, self.key = model, key
        self._loaded = False

    def load(self, keys: Iterable[str], resource: Any) -> None:
        self._read()

    def add(self, key: str, row: Any) -> None:
        """A row that the same file adds can be named, too."""
        self._read()
        self._by_key.setdefault(key, []).append(row)

    def _read(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        self._by_key: dict[str, list[Any]] = {}
        self._keys: dict[Any, str] = {}
        for row in self.model._default_manager.all():
            self._by_key.setdefault(self.key_of(row), []).append(row)
            self._keys[row.pk] = self.key_of(row)

    def key_of(self, row: Any) -> str:
        return str(getattr(row, self.key) or "")

    def key_of_pk(self, pk: Any) -> str:
        self._read()
        return self._keys.get(pk, "")

    def find(self, key: str) -> Any:
        self._read()
        found = self._by_key.get(key, [])
        name = {"kind": self.model._meta.verbose_name, "key": key}
        if not found:
            raise ValueError(_("There is no %(kind)s “%(key)s”.") % name)
        if len(found) > 1:
            words = _("%(kind)s “%(key)s” is there more than once. Rename all but one first.")
            raise ValueError(words % name)
        return found[0]


class People:
    """Accounts by user name; only those that are named are read."""

    model = None

    def __init__(self) -> None:
        self.by_name: dict[str, Any] = {}
        self._names: dict[Any, str] = {}

    def load(self, names: Iterable[str], resource: Any = None) -> None:
        wanted = sorted({name.strip() for name in names} - {""} - self.by_name.keys())
        user_model = get_user_model()
        for start in range(0, len(wanted), 500):
            asked = {f"{user_model.USERNAME_FIELD}__in": wanted[start : start + 500]}
            for user in user_model._default_manager.filter(**asked):
                self.by_name[user.get_username()] = user
                self._names[user.pk] = user.get_username()
        if resource is not None:
            self._load_present(resource.model)

    def _load_present(self, model: type[models.Model]) -> None:
        """Those that rows of this table name already."""
        user_model = get_user_model()
        links = [f for f in model._meta.concrete_fields if f.related_model is user_model]
        for link in links:
            present = model._default_manager.order_by().values(link.attname)
            people = user_model._default_manager.filter(pk__in=present)
            self._names.update(people.values_list("pk", user_model.USERNAME_FIELD))

    def key_of(self, user: Any) -> str:
        return str(user.get_username())

    def key_of_pk(self, pk: Any) -> str:
        return self._names.get(pk, "")

    def find(self, name: str) -> Any:
        user = self.by_name.get(name)
        if user is None:
            raise ValueError(_("There is no account “%(name)s”.") % {"name": name})
        return user


def languages() -> list[str]:
    """The default language first: its words are needed, the others fall back to it."""
    return sorted(AVAILABLE_LANGUAGES, key=lambda code: code != DEFAULT_LANGUAGE)


def translated(model: type[models.Model]) -> list[str]:
    """Names of the fields that exist in several languages."""
    try:
        return list(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return []


def in_default_language(model: type[models.Model], name: str) -> str:
    return build_localized_fieldname(name, DEFAULT_LANGUAGE) if name in translated(model) else name


def columns_for(model: type[models.Model], name: str, key_of: Any) -> Iterator[Column]:
    """The columns of one field. `key_of` gives the key of another model's table."""
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist as error:
        raise ImproperlyConfigured(f"{model.__name__} has no field “{name}”.") from error
    if name in translated(model):
        for language in languages():
            yield _in_language(field, language)
    elif field.many_to_one or field.one_to_one:
        yield Link(name, _rows_of(field, key_of), label=field.verbose_name, required=not field.null)
    else:
        required = not field.blank and not field.has_default()
        yield Column(name, _widget(field), label=field.verbose_name, required=required)


def _in_language(field: Any, language: str) -> Column:
    name = build_localized_fieldname(field.name, language)
    return Column(
        name,
        # A translation that is missing is another thing than an empty one.
        Text(empty=None),
        label=format_lazy("{} ({})", field.verbose_name, dict(settings.LANGUAGES)[language]),
        required=language == DEFAULT_LANGUAGE and not field.blank,
    )


def _rows_of(field: Any, key_of: Any) -> KeyedRows | People:
    if field.related_model is get_user_model():
        return People()
    return KeyedRows(field.related_model, key_of(field.related_model))


def _widget(field: Any) -> Any:
    """By the type of the field; a type that isn't here wants a column written for it."""
    default = field.get_default() if field.has_default() else None
    if field.choices:
        return Choice([str(code) for code, _label in field.flatchoices])
    if isinstance(field, models.BooleanField):
        return YesNo(default=bool(default))
    if isinstance(field, models.DecimalField):
        return Number(places=field.decimal_places, default=default)
    if isinstance(field, models.IntegerField):
        return Number(default=default)
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return Day()
    for kind, widget in ((models.TimeField, TimeOfDay), (models.SlugField, Code)):
        if isinstance(field, kind):
            return widget()
    if isinstance(field, models.CharField | models.TextField):
        return Text(empty=None if field.null else "")
    raise ImproperlyConfigured(f"{field} needs a column of its own in its table.")
