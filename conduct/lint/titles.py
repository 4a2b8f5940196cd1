"""What each lint is called in Wagtail's checks panel, and what it says for every finding of it."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from .findings import Lint

#: lint: (title, how to mend it). The sentence for the very finding stands above the form.
TITLES: dict[Lint, tuple[str | LazyText, str | LazyText]] = {
    Lint.VAGUE: (
        _("Promises an effort, not a result"),
        _("Say what customers get by when."),
    ),
    Lint.CONTRADICTION: (
        _("Two promises say different things"),
        _("Make them say the same, or measure them differently."),
    ),
    Lint.NO_LIMITS: (_("No limits written down"), _("Readers see “No limits”.")),
    Lint.NO_REMEDY: (_("No remedy"), _("Write what customers get if you break it.")),
    Lint.NO_OWNER: (_("Nobody answers for it"), _("Name exactly one role that does.")),
    Lint.EVIDENCE: (_("Evidence out of date"), _("Write or renew the evidence.")),
    Lint.NOT_MEASURED: (_("Not measured"), _("Choose an indicator and a target.")),
    Lint.REVIEW_OVERDUE: (_("Review overdue"), _("Look at it again and set the next date.")),
    Lint.ISO_CLAIM: (
        _("Claims an ISO certificate or conformity"),
        _("Say that you follow the guidance, or add the block “Certificate”."),
    ),
    Lint.CERTIFICATE: (
        _("A certificate ends or has ended"),
        _("Enter the new one, or take the block out."),
    ),
    Lint.ODR: (
        _("Link to the closed EU platform for disputes"),
        _("It closed on 20 July 2025. Take the link out; the page can't be published with it."),
    ),
    Lint.RIGHTS: (
        _("The sentence about legal rights is missing"),
        _("The template must print it; the page can't be published without it."),
    ),
    Lint.ROUTE: (
        _("Readers don't learn where to go"),
        _("Fill in Settings › Organisation; the page can't be published without it."),
    ),
    Lint.UNDEFINED_TERM: (
        _("A term isn't explained"),
        _("Say under “Definitions” what you mean by it."),
    ),
    Lint.NO_OBJECTIVE: (
        _("A code without objectives"),
        _("Give at least one of its promises a target."),
    ),
}
