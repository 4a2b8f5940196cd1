"""The settings "Handling of complaints" as a form that reads from top to bottom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from modeltranslation.settings import AVAILABLE_LANGUAGES
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel

from complaints.backoffice.own_words import language_name
from complaints.models import HandlingSettings


def _group(heading: object, *rows: str | tuple[str, ...], help_text: object = "") -> Panel:
    panels = [
        FieldPanel(row)
        if isinstance(row, str)
        else FieldRowPanel([FieldPanel(name) for name in row])
        for row in rows
    ]
    return MultiFieldPanel(panels, heading=heading, help_text=help_text)


def edit_handler() -> ObjectList:
    """Every field of the model, in groups; a test notices one that is left out."""
    advice = [
        FieldPanel(build_localized_fieldname("emergency_advice", code), heading=language_name(code))
        for code in AVAILABLE_LANGUAGES
    ]
    return ObjectList(
        [
            _group(_("How you work"), "small_mode"),
            _group(
                _("Time limits"),
                ("acknowledge_days", "answer_days"),
                ("answer_days_high", "answer_days_top"),
                ("update_days", "remedy_days"),
                ("silence_days", "reopen_days"),
                "look_back_months",
            ),
            _group(
                _("Working time"), ("working_weekdays", "day_ends_at"), "time_zone",
                help_text=_("Holidays are under “Complaints settings”."),
            ),
            _group(
                _("Who decides"), "approval", "serious_needs_training", "head_of_function"
            ),
            _group(_("Money"), ("verify_above", "currency")),
            MultiFieldPanel(advice, heading=_("Advice where someone is in danger")),
            _group(_("Spam and attacks"), "hold_above", "proof_of_work"),
        ]
    )  # fmt: skip


def put_in_order() -> None:
    HandlingSettings.edit_handler = edit_handler()
