"""What editors build a code or policy from.

Each block can `freeze` its value into a plain part: a dictionary that goes into an edition as JSON.
The public page is rendered from it, so that the text shows the same for ever, whatever becomes of
the page.

Parts, by `kind`:
    heading      text
    text         html
    promises     codes (in order)
    definitions  terms: [{term, meaning}]
    contact      introduction
    objectives   objectives: [{objective, metric, baseline, target, date (ISO)}]
    certificate  scheme_owner, number, scope, expires_on (ISO 8601), link
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText, expand_db_html
from wagtail.snippets.blocks import SnippetChooserBlock

from .models.promise import SAMPLE, Topic

Part = dict[str, Any]


class Citable(Protocol):
    """What a block needs to know of a promise."""

    code: str
    topic: str


Available = Sequence[Citable]  # the promises that may appear, in order
RICH_TEXT = ["h3", "bold", "italic", "ol", "ul", "link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")

    def freeze(self, value: str, available: Available) -> Part:
        return {"kind": "heading", "text": value}


class ParagraphBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")

    def freeze(self, value: RichText, available: Available) -> Part:
        return {"kind": "text", "html": expand_db_html(value.source)}


class TopicPromisesBlock(blocks.StructBlock):
    topic = blocks.ChoiceBlock(
        label=_("Topic"),
        choices=Topic.choices,
        required=False,
        help_text=_("Leave empty for the live promises of every topic."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Promises of a topic")

    def freeze(self, value: Any, available: Available) -> Part:
        topic = value["topic"]
        # Samples beside it must not slip into the organisation's own code.
        own = [promise for promise in available if not promise.code.startswith(SAMPLE)]
        codes = [promise.code for promise in own if not topic or promise.topic == topic]
        return {"kind": "promises", "codes": codes}


class ChosenPromisesBlock(blocks.StructBlock):
    promises = blocks.ListBlock(SnippetChooserBlock("conduct.Promise"), label=_("Promises"))

    class Meta:
        icon = "list-ol"
        label = _("Chosen promises")

    def freeze(self, value: Any, available: Available) -> Part:
        codes = {promise.code for promise in available}
        chosen = [promise.code for promise in value["promises"] if promise is not None]
        return {"kind": "promises", "codes": [code for code in chosen if code in codes]}


class DefinitionBlock(blocks.StructBlock):
    term = blocks.CharBlock(label=_("Term"), max_length=100)
    meaning = blocks.TextBlock(label=_("Meaning"), rows=2)


class DefinitionsBlock(blocks.StructBlock):
    terms = blocks.ListBlock(DefinitionBlock(), label=_("Terms"))

    class Meta:
        icon = "openquote"
        label = _("Definitions")
        help_text = _("Where a term is used in the text, readers can open its meaning.")

    def freeze(self, value: Any, available: Available) -> Part:
        return {
            "kind": "definitions",
            "terms": [
                {"term": item["term"], "meaning": item["meaning"]} for item in value["terms"]
            ],
        }


class ContactBlock(blocks.StructBlock):
    introduction = blocks.TextBlock(label=_("Introduction"), required=False, rows=2)

    class Meta:
        icon = "mail"
        label = _("Contact and how to complain")

    def freeze(self, value: Any, available: Available) -> Part:
        return {"kind": "contact", "introduction": value["introduction"] or ""}


class ObjectiveBlock(blocks.StructBlock):
    """What the code is to achieve, so that it can be seen whether it does (10001:2018, 6.1)."""

    objective = blocks.CharBlock(label=_("Objective"), max_length=200)
    metric = blocks.CharBlock(
        label=_("How it is measured"), max_length=200, help_text=_("What is counted.")
    )
    baseline = blocks.CharBlock(
        label=_("Now"), max_length=100, help_text=_("The figure you start from.")
    )
    target = blocks.CharBlock(label=_("Target"), max_length=100)
    date = blocks.DateBlock(label=_("To be reached by"))

    class Meta:
        icon = "crosshairs"
        label = _("Objective")


class ObjectivesBlock(blocks.StructBlock):
    objectives = blocks.ListBlock(ObjectiveBlock(), label=_("Objectives"))

    class Meta:
        icon = "crosshairs"
        label = _("Objectives")

    def freeze(self, value: Any, available: Available) -> Part:
        return {
            "kind": "objectives",
            "objectives": [
                {
                    "objective": item["objective"],
                    "metric": item["metric"],
                    "baseline": item["baseline"],
                    "target": item["target"],
                    "date": item["date"].isoformat() if item["date"] else "",
                }
                for item in value["objectives"]
            ],
        }


class CertificateBlock(blocks.StructBlock):
    """A certificate that readers can check; nobody sees it after its last day (FW-CLAIM)."""

    scheme_owner = blocks.CharBlock(
        label=_("Owner of the scheme"),
        max_length=200,
        help_text=_("Who issued the certificate under whose rules."),
    )
    number = blocks.CharBlock(label=_("Number of the certificate"), max_length=100)
    scope = blocks.TextBlock(
        label=_("What it covers"),
        rows=2,
        help_text=_("Which standard, which sites and which services, as the certificate says."),
    )
    expires_on = blocks.DateBlock(
        label=_("Holds until"), help_text=_("From the next day on readers don't see it.")
    )
    link = blocks.URLBlock(
        label=_("Address to check it"), help_text=_("The entry in the register of its owner.")
    )

    class Meta:
        icon = "success"
        label = _("Certificate")
        template = "conduct/blocks/certificate.html"

    def freeze(self, value: Any, available: Available) -> Part:
        return {"kind": "certificate", **value, "expires_on": _iso(value["expires_on"])}


def _iso(day: dt.date | None) -> str:
    """Empty in a draft that has no date yet."""
    return day.isoformat() if day else ""


class DocumentBlock(blocks.StreamBlock):
    """The body of a code or policy."""

    heading = HeadingBlock(max_length=200)
    text = ParagraphBlock(features=RICH_TEXT)
    promises_of_topic = TopicPromisesBlock()
    promises = ChosenPromisesBlock()
    definitions = DefinitionsBlock()
    contact = ContactBlock()
    objectives = ObjectivesBlock()
    certificate = CertificateBlock()

    def freeze(self, value: Any, available: Available) -> list[Part]:
        """The parts of a whole body, in order."""
        return [child.block.freeze(child.value, available) for child in value]
