"""Words that the complainant will read: what they begin with, and in whose language they are
written (4.9; I18N-4).

Whoever does not write the complainant's language writes in their own and puts the translation
beside it. What is sent is always the field of the need itself; the field `source_…` beside it holds
what was written first, and is kept, never sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from complaints.backoffice.appearance import Language, language
from complaints.backoffice.replies import Offer, left_open, offers
from complaints.lifecycle import Action
from complaints.models import Case

THEIRS, MINE = "theirs", "mine"
#: The fields that the complainant reads, by action; the first is what the message is about. An
#: answer has the reasons of every issue, too.
READ_BY_THE_PERSON: Mapping[str, tuple[str, ...]] = {
    "moderate": ("detail",),
    "check_authority": ("text",),
    "ask": ("text",),
    "update": ("text",),
    "extend": ("text",),
    "resolve_early": ("text",),
    "put_right": ("text",),
    "close": ("text",),
    "restrict_contact": ("text",),
    "review_restriction": ("text",),
    "propose": ("answer", "prevention", "external_route"),
}
#: Forms that are there to write to the person; in the others that is one thing among several.
LETTERS = frozenset(READ_BY_THE_PERSON) - {"moderate", "check_authority", "propose"}
#: Buttons that change the form and ask for nothing to be checked.
AIDS = frozenset({"edit", "another_remedy", "use_template", "translate", "suggest"})


@dataclass(frozen=True)
class Shown:
    """One field as the page shows it: beside what was written first, and under what to begin
    with."""

    field: Any
    source: Any = None
    is_main: bool = False


class TemplateSelect(forms.Select):
    """Each template with its texts, so that a script can put them in without asking the server."""

    texts: Mapping[str, Offer]

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if offer := self.texts.get(str(value)):
            option["attrs"] |= {"data-theirs": offer.theirs, "data-mine": offer.mine}
        return option


class WritingForm(forms.Form):
    """What all forms share in which something is written to the complainant."""

    case: Case
    action: Action
    user: Any

    class Media:
        js = ("conduct_complaints/js/writing.js",)

    def prepare_writing(self) -> None:
        """To be called when the fields of the needs are there."""
        for name in READ_BY_THE_PERSON.get(self.action.name, ()):
            if name in self.fields:
                self.add_language(name)
        if self.offers:
            self.fields["template"] = self._template_field()

    @cached_property
    def mine(self) -> Language:
        """The language that the writer reads the admin in."""
        return language(get_language() or settings.LANGUAGE_CODE)

    @cached_property
    def theirs(self) -> Language:
        return language(self.case.language)

    @property
    def two_languages(self) -> bool:
        return self.mine.code != self.theirs.code

    @property
    def main(self) -> str:
        """The field that a template fills."""
        names = READ_BY_THE_PERSON.get(self.action.name, ("",))
        return names[0] if names[0] in self.fields else ""

    @cached_property
    def offers(self) -> dict[str, Offer]:
        if not self.main:
            return {}
        found = offers(self.case, self.action.name, writer=self.user, mine=self.mine.code)
        return {str(offer.pk): offer for offer in found}

    def _template_field(self) -> forms.Field:
        choices = [("", "—"), *((pk, offer.label) for pk, offer in self.offers.items())]
        widget = TemplateSelect()
        widget.texts = self.offers
        return forms.ChoiceField(
            label=gettext_lazy("Begin with"), choices=choices, widget=widget, required=False
        )

    def add_language(self, name: str) -> None:
        """Say in which language a field is read, and put the writer's own beside it."""
        field = self.fields[name]
        field.widget.attrs |= {"lang": self.theirs.code, "dir": self.theirs.direction}
        if not self.two_languages:
            return
        label = field.label or ""
        words = {"label": label, "language": self.theirs.name}
        field.label = _("%(label)s – in %(language)s") % words
        self.fields[f"source_{name}"] = forms.CharField(
            label=_("%(label)s – as you write it, in %(language)s")
            % (words | {"language": self.mine.name}),
            help_text=_("Kept beside what is sent, never sent itself."),
            max_length=20000,
            required=False,
            widget=AdminAutoHeightTextInput(
                attrs={
                    "rows": field.widget.attrs.get("rows", 5),
                    "lang": self.mine.code,
                    "dir": self.mine.direction,
                }
            ),
        )
        self.fields.setdefault("write_in", self._choice_of_language())

    def _choice_of_language(self) -> forms.Field:
        return forms.ChoiceField(
            label=_("I write in"),
            choices=[(THEIRS, self.theirs.name), (MINE, self.mine.name)],
            help_text=_("If you write in your own language, a translation stands beside it."),
            widget=forms.RadioSelect,
            initial=THEIRS,
            required=False,
        )

    @property
    def writes_in_mine(self) -> bool:
        return "write_in" in self.fields and self["write_in"].value() == MINE

    @property
    def read_by_person(self) -> list[str]:
        named = READ_BY_THE_PERSON.get(self.action.name, ())
        reasons = (n for n in self.fields if n.startswith("reasons_"))
        return [name for name in (*named, *reasons) if name in self.fields]

    def shown(self, names: Iterable[str] | None = None) -> list[Shown]:
        """The fields for the template, what was written first before what is sent."""
        wanted = names if names is not None else [f.name for f in self.visible_fields()]
        return [
            Shown(
                self[name],
                self[f"source_{name}"] if f"source_{name}" in self.fields else None,
                name == self.main,
            )
            for name in wanted
            if name in self.fields and not self.is_aid(name)
        ]

    @staticmethod
    def is_aid(name: str) -> bool:
        return name in {"template", "write_in"} or name.startswith("source_")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in self.read_by_person:
            if self.writes_in_mine:
                self._check_translation(name, data)
            if opened := left_open(data.get(name) or ""):
                words = _("Fill in what stands in braces, or take it out: %(names)s.")
                self.add_error(name, words % {"names": ", ".join(opened)})
        return data

    def _check_translation(self, name: str, data: dict[str, Any]) -> None:
        written, sent = data.get(f"source_{name}"), data.get(name)
        if written and not sent:
            self.errors.pop(name, None)
            words = _(
                "The translation into %(language)s is missing. Write it, ask somebody who can, or "
                "choose to write in %(language)s."
            )
            self.add_error(name, words % {"language": self.theirs.name})
        elif sent and not written and name == self.main:
            self.add_error(f"source_{name}", _("Write here what the translation says."))

    @property
    def sources(self) -> dict[str, Any]:
        """What was written first, for `perform`: empty where that is what is sent."""
        if not self.writes_in_mine:
            return {}
        written = {n: self.cleaned_data.get(f"source_{n}") for n in self.read_by_person}
        return {
            "source_language": self.mine.code,
            "sources": {name: words.strip() for name, words in written.items() if words},
        }

    def begin_with_template(self) -> None:
        """Put the chosen template in; what is there already stays above it."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        offer = self.offers.get(data.get("template", ""))
        if offer is None:
            return
        texts = {self.main: offer.theirs}
        if self.writes_in_mine:
            texts[f"source_{self.main}"] = offer.mine
        for name, text in texts.items():
            data[name] = "\n\n".join(filter(None, [data.get(name, "").strip(), text]))
        data["template"] = ""
        self.data = data
