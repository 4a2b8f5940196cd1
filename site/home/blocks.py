"""What editors build the site's own pages from.

Another app's block joins by one line in `BodyBlock`; then make a migration.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from complaints.blocks import ComplaintFormBlock
from conduct.blocks import CertificateBlock
from conduct.page_blocks import (
    ContactDetailsBlock,
    EditionNoticeBlock,
    HowToComplainBlock,
    OutsideRouteBlock,
    PromisesBlock,
)
from conduct.performance_block import PerformanceBlock
from feedback.blocks import FeedbackFormBlock, SurveyLinkBlock

RICH_TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]


class NoticeBlock(blocks.StructBlock):
    """A short text that must not be overlooked; words say its tone, never colour alone."""

    tone = blocks.ChoiceBlock(
        label=_("Tone"),
        choices=[
            ("info", _("Information")),
            ("warning", _("Warning")),
            ("success", _("Good news")),
        ],
        default="info",
    )
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "link", "ul"])

    class Meta:
        icon = "info-circle"
        label = _("Notice")
        template = "home/blocks/notice.html"


class StepsBlock(blocks.StructBlock):
    """What happens, in order: answers a person's first question before they have to ask it."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    steps = blocks.ListBlock(blocks.CharBlock(max_length=240), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "home/blocks/steps.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a home or standard page."""

    text = blocks.RichTextBlock(
        label=_("Text"), features=RICH_TEXT, icon="pilcrow", template="home/blocks/text.html"
    )
    notice = NoticeBlock()
    steps = StepsBlock()
    promises = PromisesBlock()
    edition_notice = EditionNoticeBlock()
    how_to_complain = HowToComplainBlock()
    contact = ContactDetailsBlock()
    outside_route = OutsideRouteBlock()
    certificate = CertificateBlock()
    complaint_form = ComplaintFormBlock()
    feedback_form = FeedbackFormBlock()
    survey_link = SurveyLinkBlock()
    performance = PerformanceBlock()
