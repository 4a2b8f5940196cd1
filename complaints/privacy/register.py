"""The register of what is held about people: what for, why we may, how long, who sees it (GDPR 5).

Each app says so for its own models: `complaints.privacy.held`, and apps above it through `declare`.
A test compares the register with the models, so that nobody adds a field without deciding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import Model
from django.utils.functional import Promise as LazyText
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    """Why it may be used (GDPR 6 and 9). None of it is a tick that complaining depends on."""

    HANDLING = "handling", _("Legal duty or contract, else legitimate interest: complaint handling")
    PERMISSION = "permission", _("Permission, optional and taken back at any time")
    HEALTH = (
        "health",
        _("Given by the person to be supported; explicit permission where it tells of health"),
    )
    PROOF = "proof", _("Legitimate interest: showing that the process was kept")
    SECURITY = "security", _("Legitimate interest: keeping data and people safe")


class Kept(models.TextChoices):
    CASE = "case", _("As long as the case")
    SENT = "sent", _("Until the mail is sent or given up")
    DRAFT = "draft", _("14 days after the last change, or until it is sent")
    REOPENING = "reopening", _("Until the case can't be reopened any more")
    WITHDRAWN = "withdrawn", _("As long as the case, or until the permission is taken back")
    LOG = "log", _("As long as the log it is in")
    ANSWERS = "answers", _("As long as the survey; not tied to the person unless they allowed it")
    FOLLOWING = (
        "following",
        _("Until the person leaves; 7 days where it was not confirmed; mails 90 days"),
    )
    TEXT = "text", _("As long as the text it is about; not tied to anybody")
    MEMBERSHIP = "membership", _("While the person is in the team")
    CONSULTATION = "consultation", _("As long as the consultation, or until its writer asks")


class Seen(models.TextChoices):
    CASE_STAFF = "case_staff", _("Those who work on the case, privacy officers")
    EVERY_STAFF = "every_staff", _("Those who may open the case, without words: quality, audit too")
    WRITER = "writer", _("Who wrote it, nobody else")
    NOBODY = "nobody", _("Nobody: read by the software only")
    RESULTS = "results", _("Those who may see results, without knowing whose they are")
    ADMIN = "admin", _("Those who edit teams, privacy officers")
    CONTROL = "control", _("Privacy officers, auditors")
    EVERYBODY = "everybody", _("Everybody, once a moderator has decided so; editors before")


@dataclass(frozen=True)
class Label:
    text: str
    is_code: bool = False


@dataclass(frozen=True)
class Held:
    """Fields of one model that are held for the same reason."""

    model: str
    fields: tuple[str, ...]
    purpose: str | LazyText
    basis: Basis = Basis.HANDLING
    kept: Kept = Kept.CASE
    seen: Seen = Seen.CASE_STAFF
    #: Not in lists and exports, and in the database unreadable without the key.
    encrypted: tuple[str, ...] = ()
    #: About members of staff, not about customers.
    staff: bool = False

    @property
    def about(self) -> str:
        """The model in words."""
        return capfirst(str(apps.get_model(self.model)._meta.verbose_name))

    @property
    def labels(self) -> list[Label]:
        """The fields in words; by their names where nobody ever reads them on a screen."""
        options = apps.get_model(self.model)._meta
        fields = [options.get_field(name) for name in self.fields]
        return [
            Label(capfirst(str(field.verbose_name)))
            if isinstance(field.verbose_name, LazyText)
            else Label(field.name, is_code=True)
            for field in fields
        ]


_held: list[Held] = []
_harmless: dict[str, frozenset[str]] = {}


def declare(held: Iterable[Held], harmless: Mapping[str, str]) -> None:
    """Add an app's part: what it holds, and {model: names of the fields that tell of nobody}."""
    _held.extend(entry for entry in held if entry not in _held)
    _harmless.update({model: frozenset(names.split()) for model, names in harmless.items()})


def entries() -> tuple[Held, ...]:
    """Customers first, then staff; app by app."""
    return tuple(sorted(_held, key=lambda entry: (entry.staff, entry.model.partition(".")[0])))


def harmless_fields(model: str) -> frozenset[str]:
    return _harmless.get(model, frozenset())


def personal_fields(model: str) -> frozenset[str]:
    return frozenset(name for entry in _held if entry.model == model for name in entry.fields)


def fields_of(model: type[Model]) -> frozenset[str]:
    """Names of the columns and links of a model; words in several languages count once."""
    options = model._meta
    fields = (*options.concrete_fields, *options.local_many_to_many)
    return frozenset(field.name for field in fields if not hasattr(field, "translated_field"))


def undecided(models_to_check: Iterable[type[Model]]) -> Iterator[str]:
    """ "app.Model.field" for each field that is in neither list, or in both."""
    for model in models_to_check:
        label = model._meta.label
        personal, harmless = personal_fields(label), harmless_fields(label)
        for name in sorted((fields_of(model) ^ (personal | harmless)) | (personal & harmless)):
            yield f"{label}.{name}"
