"""The words of a case: its kinds, states, findings, outcomes and scales, with their groups.

A leaf: it imports nothing of the app. What may happen in each state is in `complaints.lifecycle`.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import IntegerChoices, TextChoices
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What a customer sent. Only a complaint walks the whole way."""

    COMPLAINT = "complaint", _("Complaint")
    COMPLIMENT = "compliment", _("Compliment")
    SUGGESTION = "suggestion", _("Suggestion")
    QUESTION = "question", _("Question")
    REQUEST = "request", _("Request for a service")


class ScopeReason(TextChoices):
    """Why a contact is nothing that the organisation itself can look into as a complaint."""

    EMPLOYMENT = "employment", _("About employment with us")
    WITH_OUTSIDE_BODY = "outside_body", _("Already with a court or an outside body")
    OTHER_ORGANISATION = "other_body", _("About another organisation")
    NO_CUSTOMER_MATTER = "no_customer", _("Not about our products, services or conduct")
    SERVICE_REQUEST = "service", _("A first request for a service")
    TOO_OLD = "too_old", _("It happened too long ago")


class ComplaintWish(TextChoices):
    """Whether somebody who gave feedback wants it handled as a complaint."""

    ASKED = "asked", _("Asked, no reply yet")
    YES = "yes", _("Yes")
    NO = "no", _("No")


class State(TextChoices):
    """Where a case is. The words are the staff's; `PUBLIC_STATUS` has the complainant's."""

    RECEIVED = "received", pgettext_lazy("state of a case", "Received")
    OPEN = "open", pgettext_lazy("state of a case", "Open")
    INVESTIGATING = "investigating", pgettext_lazy("state of a case", "Investigating")
    WAITING = "waiting", pgettext_lazy("state of a case", "Waiting for the complainant")
    DECIDING = "deciding", pgettext_lazy("state of a case", "Waiting for approval")
    ANSWERED = "answered", pgettext_lazy("state of a case", "Answered")
    PUTTING_RIGHT = "putting_right", pgettext_lazy("state of a case", "Putting right")
    REVIEWING = "reviewing", pgettext_lazy("state of a case", "Under review")
    REFERRED = "referred", pgettext_lazy("state of a case", "With an outside body")
    CLOSED = "closed", pgettext_lazy("state of a case", "Closed")


S = State
OPEN_STATES = frozenset(S) - {S.CLOSED}

PUBLIC_STATUS: Mapping[str, LazyText] = {
    S.RECEIVED: _("We have received it and will read it soon."),
    S.OPEN: _("We have read it and are deciding how to look into it."),
    S.INVESTIGATING: _("We are finding out what happened."),
    S.WAITING: _("We have asked you a question and are waiting for your reply."),
    S.DECIDING: _("We are writing our answer."),
    S.ANSWERED: _("We have answered. Tell us whether you accept the answer."),
    S.PUTTING_RIGHT: _("We are doing what we promised to put it right."),
    S.REVIEWING: _("Someone who was not involved before is looking at it again."),
    S.REFERRED: _("It is with an independent body outside our organisation."),
    S.CLOSED: _("It is closed."),
}


class Finding(TextChoices):
    """What was found on one issue."""

    UPHELD = "upheld", _("Upheld")
    PARTLY_UPHELD = "partly_upheld", _("Partly upheld")
    NOT_UPHELD = "not_upheld", _("Not upheld")
    NO_FINDING = "no_finding", _("No finding possible")


#: The worst first: the outcome of a case is the first of these that one of its issues has.
FINDINGS_WORST_FIRST = (
    Finding.UPHELD,
    Finding.PARTLY_UPHELD,
    Finding.NOT_UPHELD,
    Finding.NO_FINDING,
)


class Outcome(TextChoices):
    """How a case ended."""

    UPHELD = "upheld", _("Upheld")
    PARTLY_UPHELD = "partly_upheld", _("Partly upheld")
    NOT_UPHELD = "not_upheld", _("Not upheld")
    NO_FINDING = "no_finding", _("No finding possible")
    RESOLVED_EARLY = "resolved_early", _("Resolved early")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NOTED = "noted", _("Noted")
    OUT_OF_SCOPE = "out_of_scope", _("Out of scope")
    DUPLICATE = "duplicate", _("Duplicate")
    ABUSE = "abuse", _("Spam or abuse")


class Priority(TextChoices):
    NORMAL = "normal", pgettext_lazy("priority", "Normal")
    HIGH = "high", pgettext_lazy("priority", "High")
    TOP = "top", pgettext_lazy("priority", "Top")


class Route(TextChoices):
    """Which way a complaint goes after the assessment (7.5)."""

    EARLY = "early", pgettext_lazy("way of a case", "Settle it at once")
    INVESTIGATE = "investigate", pgettext_lazy("way of a case", "Investigate")
    PLANNED = "planned", pgettext_lazy("way of a case", "Investigate by a plan")
    URGENT = "urgent", pgettext_lazy("way of a case", "Act at once, then investigate by a plan")


class Severity(IntegerChoices):
    """How serious it is for the person (7.5): 1 least, 5 most. From `HIGH_SEVERITY` a plan is
    needed."""

    MINOR = 1, _("1 – minor")
    MODERATE = 2, _("2 – moderate")
    SERIOUS = 3, _("3 – serious")
    MAJOR = 4, _("4 – major")
    CRITICAL = 5, _("5 – critical")


HIGH_SEVERITY = Severity.MAJOR


class Scale(TextChoices):
    LOW = "low", pgettext_lazy("scale", "Low")
    MEDIUM = "medium", pgettext_lazy("scale", "Medium")
    HIGH = "high", pgettext_lazy("scale", "High")


class Channel(TextChoices):
    FORM = "form", _("Web form")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")
    IN_PERSON = "in_person", _("In person")
    POST = "post", _("Post")
    SOCIAL = "social", _("Social media")
    SURVEY = "survey", _("Survey")
    STAFF = "staff", _("Noted by staff")


class LinkKind(TextChoices):
    """How two cases belong together."""

    RELATED = "related", _("Related")
    INCIDENT = "incident", _("The same incident; the other case leads")


class NamedStep(TextChoices):
    """What is owed to a member of staff whom a complaint is about (annex D)."""

    INFORMED = "informed", _("Told that there is a complaint, and what about")
    SUPPORTED = "supported", _("Offered support")
    HEARD = "heard", _("Gave their account, or chose not to")
    RESULT = "result", _("Told how it ended")


class RestrictionMeasure(TextChoices):
    """How contact is limited. None of them stops a new complaint."""

    WRITTEN = "written", _("In writing only")
    ONE_PERSON = "one_person", _("Through one named person only")
    SET_TIMES = "set_times", _("At set times only")
    NO_REPLY = "no_reply", _("No further replies about what was answered already")


class Objectivity(TextChoices):
    """What whoever approves a serious or contested answer confirms (annex D)."""

    OPENNESS = "openness", _("The process was open: everybody knew what happens and why")
    IMPARTIALITY = "impartiality", _("Nobody with a stake in it decided or investigated")
    CONFIDENTIALITY = "confidentiality", _("Only those who needed it saw personal data")
    ACCESSIBILITY = "accessibility", _("The complainant could take part, with the help they needed")
    COMPLETENESS = "completeness", _("The facts are complete, and both sides were heard")
    EQUAL_TREATMENT = "equal_treatment", _("Others in the same position get the same")
    SENSITIVITY = "sensitivity", _("The answer is respectful and fits this person")


class ReviewOfRestriction(TextChoices):
    KEEP = "keep", _("Keep it")
    LIFT = "lift", _("End it")


class Others(TextChoices):
    """Whether others were affected who did not complain (annex F)."""

    NONE = "none", _("Nobody else")
    SOME = "some", _("Others too: somebody goes to them")


class Role(TextChoices):
    """Who acts. Staff roles are checked per case by `complaints.access`."""

    COMPLAINANT = "complainant", _("Complainant")
    HANDLER = "handler", _("Case handler")
    LEAD = "lead", _("Team lead")
    PRIVACY = "privacy", _("Privacy officer")
    SYSTEM = "system", _("The system")


R = Role


class ModerationResult(TextChoices):
    ACCEPT = "accept", _("Accept and open")
    OUT_OF_SCOPE = "out_of_scope", _("Out of scope")
    DUPLICATE = "duplicate", _("Duplicate of another case")
    ABUSE = "abuse", _("Spam or abuse")


class WhyBlackedOut(TextChoices):
    """What nobody needs to read (GDPR 5, 9 and 10)."""

    HEALTH = "health", _("About somebody’s health")
    BELIEFS = "beliefs", _("About origin, beliefs, politics, a union or sexual life")
    CRIME = "crime", _("About a crime or a suspicion of one")
    OTHERS = "others", _("About somebody who has nothing to do with the case")
    UNNEEDED = "unneeded", _("Not needed to handle the case")


class WhatBecomes(TextChoices):
    """Of what was blacked out."""

    KEEP = "keep", _("Kept encrypted, for the privacy officer only")
    REMOVE = "remove", _("Removed for good")


class DataCondition(TextChoices):
    """Why specially protected data may be held (GDPR 9(2) and 10)."""

    CONSENT = "consent", _("The person has explicitly agreed")
    CLAIMS = "claims", _("It is needed to make or to answer a legal claim")
    VITAL = "vital", _("Somebody’s life or health depends on it")
    PUBLIC = "public", _("The person has made it public")
    LAW = "law", _("A law asks for it or allows it")
    NONE = "none", _("There is no such data in the case any more")


class AuthorityResult(TextChoices):
    """What somebody found who checked a representative's permission."""

    CONFIRMED = "confirmed", _("In order: we may tell this person")
    REFUSED = "refused", _("Not enough: ask for what is missing")
    INSTEAD = "instead", _("Not enough: write to the complainant instead")


class ConsentPurpose(TextChoices):
    """What a person may allow beyond the handling of their case."""

    SURVEY = "survey", _("To be asked how satisfied they were")
    STORY = "story", _("To be told about, without names, as an example")
    SUPPORT = "support", _("To keep what support they need")
