"""What editors can put into any page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Site

from complaints.intake.choices import CategoriesShown, Layout, question_choices
from complaints.intake.complaint_form import ComplaintForm
from complaints.intake.guarded import Guard
from complaints.intake.parts.problem import FirstProblemPart
from complaints.intake.showing import form_context


class ComplaintFormBlock(blocks.StructBlock):
    """The complaint form; `?promise=D1` in the page's address presets the promise.

    The page stays the same for everybody, so it can be cached: no cookie, no CSRF token, nothing
    about the visitor.
    """

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    introduction = blocks.RichTextBlock(
        label=_("Introduction"), required=False, features=["bold", "italic", "link", "ul", "ol"]
    )
    categories = blocks.ChoiceBlock(
        label=_("Categories"),
        help_text=_("Which of your categories the form offers."),
        choices=CategoriesShown.choices,
        default=CategoriesShown.ALL,
    )
    layout = blocks.ChoiceBlock(
        label=_("Layout"),
        help_text=_(
            "Step by step suits long forms and small screens: each step is kept, and the rest can "
            "wait until later."
        ),
        choices=Layout.choices,
        default=Layout.ONE_PAGE,
    )
    # Callable, so that neither a page's definition nor a migration knows the questions.
    questions = blocks.MultipleChoiceBlock(
        label=_("Extra questions"),
        help_text=_(
            "Those that are asked only in forms that choose them. They are written under "
            "“Complaints settings”, where the others are, too."
        ),
        choices=question_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        search_index=False,
    )

    class Meta:
        icon = "form"
        label = _("Complaint form")
        template = "conduct_complaints/intake/block.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        request = context.get("request")
        context["layout"] = value["layout"] or Layout.ONE_PAGE
        context["chosen_questions"] = list(value["questions"] or ())
        initial = {
            "categories": value["categories"],
            "chosen": ",".join(context["chosen_questions"]),
        }
        if request is not None:
            initial |= {name: request.GET.get(name, "") for name in ("promise", "category")}
        form = FirstProblemPart if context["layout"] == Layout.STEPS else ComplaintForm
        site = Site.find_for_request(request) if request is not None else None
        context["form"] = form(initial=initial, site=site)
        context["guard"] = Guard()
        context.update(form_context(request))
        return context
