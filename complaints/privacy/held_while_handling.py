"""What handling adds to what is held about people: customers first, then staff (GDPR 5)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from complaints.privacy.harmless import APP
from complaints.privacy.register import Basis, Held, Kept, Seen

WHO_DID_WHAT = _("To show who did or decided what, and that nobody judged their own work")

WHILE_HANDLING = (
    Held(
        f"{APP}.Decision",
        ("prevention", "both_sides", "check_notes"),
        _("To investigate and to learn; free words of staff may name people"),
    ),
    Held(
        f"{APP}.MessageTranslation",
        ("text",),
        _("To understand what was said; the original stays beside it"),
    ),
    Held(
        f"{APP}.ContactRestriction",
        ("reason", "appeal", "starts_on", "ends_on", "review_on", "appeal_at", "lifted_at"),
        _("To protect staff from contact that is too much, for a limited time"),
        basis=Basis.SECURITY,
    ),
    Held(
        f"{APP}.ContactRestriction",
        ("person_hash",),
        _("To find a person's other cases by an exact address"),
        basis=Basis.SECURITY,
        seen=Seen.NOBODY,
    ),
    Held(
        f"{APP}.RedactedText",
        ("original",),
        _("To undo a mistake, or to answer a court: what was blacked out, for nobody else"),
        encrypted=("original",),
    ),
    Held(
        f"{APP}.Outreach",
        ("who", "result"),
        _("To put right what others suffered too; free words of staff may name people"),
    ),
)

ABOUT_STAFF_WHILE_HANDLING = (
    Held(
        f"{APP}.Involvement",
        ("informed_at", "supported_at", "heard_at", "told_at", "account"),
        _("To be fair to a colleague whom a complaint is about; never used for anything else"),
    ),
    Held(f"{APP}.MessageTranslation", ("author",), WHO_DID_WHAT, basis=Basis.PROOF),
    Held(f"{APP}.Redaction", ("by",), WHO_DID_WHAT, basis=Basis.PROOF),
    Held(f"{APP}.CaseLink", ("by",), WHO_DID_WHAT, basis=Basis.PROOF),
    Held(f"{APP}.Outreach", ("owner", "done_by"), WHO_DID_WHAT, basis=Basis.PROOF),
    Held(
        f"{APP}.ContactRestriction",
        ("decided_by", "lifted_by"),
        WHO_DID_WHAT,
        basis=Basis.PROOF,
    ),
    Held(
        f"{APP}.Competence",
        ("user", "sort", "subject", "category", "gained_on", "expires_on", "evidence"),
        _("To give cases to people who have learnt what they need"),
        kept=Kept.MEMBERSHIP,
        seen=Seen.ADMIN,
    ),
    Held(
        f"{APP}.Absence",
        ("user", "deputy", "first_day", "last_day"),
        _("To let nobody wait while somebody is away; no reason is asked"),
        kept=Kept.MEMBERSHIP,
        seen=Seen.ADMIN,
    ),
    Held(
        f"{APP}.ConfigurationChange",
        ("user", "name", "before", "after"),
        _("To show who changed the rules that cases are handled by"),
        basis=Basis.PROOF,
        kept=Kept.LOG,
        seen=Seen.ADMIN,
    ),
    Held(
        f"{APP}.SavedList",
        ("owner",),
        _("To show everybody their own lists, columns and mails"),
        kept=Kept.MEMBERSHIP,
        seen=Seen.EVERY_STAFF,
    ),
    Held(
        f"{APP}.ListDigest",
        ("user",),
        _("To show everybody their own lists, columns and mails"),
        kept=Kept.MEMBERSHIP,
        seen=Seen.NOBODY,
    ),
    Held(
        f"{APP}.ListColumns",
        ("user",),
        _("To show everybody their own lists, columns and mails"),
        kept=Kept.MEMBERSHIP,
        seen=Seen.NOBODY,
    ),
)
