"""What a case holds about people, customers first, then staff (GDPR 5, 24 and 25)."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from complaints.privacy.harmless import APP, HARMLESS
from complaints.privacy.held_while_handling import (
    ABOUT_STAFF_WHILE_HANDLING,
    WHILE_HANDLING,
    WHO_DID_WHAT,
)
from complaints.privacy.register import Basis, Held, Kept, Seen, declare

COMPLAINANT = (
    Held(f"{APP}.Party", ("name", "address_as"), _("To know and address who wrote, if they say")),
    Held(
        f"{APP}.Party",
        ("email", "phone", "postal_address", "country", "reply_by", "contact_times"),
        _("To answer, in the way the person chose"),
        encrypted=("email", "phone", "postal_address"),
    ),
    Held(
        f"{APP}.Party",
        ("email_hash",),
        _("To find a person's other cases by an exact address"),
        seen=Seen.NOBODY,
    ),
    Held(
        f"{APP}.ContactDigest",
        ("digest",),
        _("To find a person's cases by a telephone number or a line of an address"),
        seen=Seen.NOBODY,
    ),
    Held(
        f"{APP}.Party",
        ("support", "support_needs", "support_review_on"),
        _("To make complaining possible for this person"),
        basis=Basis.HEALTH,
        kept=Kept.WITHDRAWN,
    ),
    Held(
        f"{APP}.Party",
        ("relation", "authority", "authority_scope", "authority_until"),
        _("To tell nobody anything who may not act for the complainant"),
        basis=Basis.SECURITY,
    ),
    Held(
        f"{APP}.NoticeAddress",
        ("email",),
        _("To tell an anonymous person that there is something to read, and for nothing else"),
        kept=Kept.REOPENING,
        seen=Seen.NOBODY,
        encrypted=("email",),
    ),
)

WORDS = (
    Held(
        f"{APP}.Case",
        ("subject", "description", "product", "order_number", "place", "happened_on",
         "happened_when", "still_going_on", "happened_before", "earlier_contact", "elsewhere",
         "effect", "urgent", "remedies_wanted", "remedy_wanted", "enclosures", "evidence_link"),
        _("To find out what happened and to put it right"),
    ),
    Held(
        f"{APP}.Case",
        ("staff_named",),
        _("To ask who was there, and to keep them from judging it themselves"),
    ),
    Held(
        f"{APP}.Case",
        ("complainant", "representative", "answer_to_representative", "language"),
        _("To write to the right person in their language"),
    ),
    Held(
        f"{APP}.Case",
        ("other_contact",),
        _("To ask somebody whom the complainant named"),
        encrypted=("other_contact",),
    ),
    Held(
        f"{APP}.Case",
        ("vulnerable",),
        _("To put people first who need special support"),
        basis=Basis.HEALTH,
    ),
    Held(
        f"{APP}.Case",
        ("plan", "cause", "lesson", "others_affected", "back_dating_reason"),
        _("To investigate and to learn; free words of staff may name people"),
    ),
    Held(
        f"{APP}.Case",
        ("may_be_surveyed", "may_be_told", "complaint_wish"),
        _("To do only what the person wants"),
        basis=Basis.PERMISSION,
    ),
    Held(
        f"{APP}.Issue",
        ("summary", "description", "product", "place", "happened_on", "happened_when", "reasons"),
        _("To find out what happened and to put it right"),
    ),
    Held(
        f"{APP}.SearchEntry",
        ("words", "digest"),
        _("To find a case by its words and names; made of them, without contact data"),
        seen=Seen.NOBODY,
    ),
    Held(
        f"{APP}.ExtraAnswer",
        ("option", "text"),
        _("To know what the organisation's own questions ask; each must be needed"),
    ),
    Held(
        f"{APP}.Consent",
        ("case", "purpose", "notice_version", "given_at", "withdrawn_at"),
        _("To show what was allowed, on which words, and until when"),
        basis=Basis.PERMISSION,
    ),
    Held(
        f"{APP}.Draft",
        ("answers", "email"),
        _("To let somebody go on writing later; staff never see it"),
        kept=Kept.DRAFT,
        seen=Seen.NOBODY,
        encrypted=("answers", "email"),
    ),
)  # fmt: skip

READERS = (
    Held(
        "conduct.Follower",
        ("address", "language", "asked_at", "confirmed_at", "series"),
        _("To tell those who asked for it that a code or policy changes, and for nothing else"),
        basis=Basis.PERMISSION,
        kept=Kept.FOLLOWING,
        seen=Seen.NOBODY,
        encrypted=("address",),
    ),
    Held(
        "conduct.Follower",
        ("address_hash",),
        _("To write to an address once, and to find it when its owner asks"),
        basis=Basis.PERMISSION,
        kept=Kept.FOLLOWING,
        seen=Seen.NOBODY,
    ),
    Held(
        "conduct.FollowerMail",
        ("follower", "edition", "purpose", "language", "created_at", "sent_at"),
        _("To tell everybody once; the mails' words are not kept"),
        basis=Basis.PERMISSION,
        kept=Kept.FOLLOWING,
        seen=Seen.NOBODY,
    ),
    Held(
        "conduct.ClarityAnswer",
        ("words",),
        _("To write more clearly; names are unwanted in it, and nobody knows who wrote it"),
        kept=Kept.TEXT,
        seen=Seen.RESULTS,
    ),
)

CONVERSATION = (
    Held(f"{APP}.Message", ("body",), _("To keep what was said, exactly as it was said")),
    Held(
        f"{APP}.Attachment",
        ("file", "name"),
        _("Evidence; photographs are stored without place and device"),
    ),
    Held(
        f"{APP}.WritingDraft",
        ("typed",),
        _("To let a member of staff go on writing where they left off"),
        kept=Kept.DRAFT,
        seen=Seen.WRITER,
        encrypted=("typed",),
    ),
    Held(
        f"{APP}.Notice",
        ("to", "subject", "text", "html"),
        _("To show what was sent to whom, exactly as it was sent"),
        basis=Basis.PROOF,
    ),
    Held(
        f"{APP}.Notice",
        ("error",),
        _("To notice that a mail did not arrive; a mail server's words may hold the address"),
    ),
    Held(
        f"{APP}.Notice",
        ("to_address", "secret"),
        _("To send a mail to an address that belongs to no case, or with a key"),
        kept=Kept.SENT,
        seen=Seen.NOBODY,
        encrypted=("to_address", "secret"),
    ),
    Held(
        f"{APP}.Decision",
        ("answer", "external_route", "sent_text", "sources"),
        _("To answer, and to show what was answered"),
    ),
    Held(
        f"{APP}.Remedy",
        ("description", "amount", "currency", "proof"),
        _("To do what was promised, and to show that it was done"),
    ),
)

CONSULTED = (
    Held(
        "conduct.ConsultationComment",
        ("body", "name", "language", "answer"),
        _("To hear people about a draft and answer them in public; no address is asked for"),
        basis=Basis.PERMISSION,
        kept=Kept.CONSULTATION,
        seen=Seen.EVERYBODY,
    ),
)

ABOUT_STAFF = (
    Held(
        f"{APP}.Case",
        ("handler", "received_by"),
        WHO_DID_WHAT,
        basis=Basis.PROOF,
        seen=Seen.EVERY_STAFF,
    ),
    Held(f"{APP}.Message", ("author",), WHO_DID_WHAT, basis=Basis.PROOF),
    Held(
        f"{APP}.Notice",
        ("to_user",),
        _("To tell staff what waits for them"),
        seen=Seen.NOBODY,
    ),
    Held(
        f"{APP}.Decision",
        ("proposed_by", "approved_by"),
        WHO_DID_WHAT,
        basis=Basis.PROOF,
        seen=Seen.EVERY_STAFF,
    ),
    Held(
        f"{APP}.Remedy",
        ("owner", "delivered_by", "verified_by"),
        WHO_DID_WHAT,
        basis=Basis.PROOF,
        seen=Seen.EVERY_STAFF,
    ),
    Held(
        f"{APP}.Involvement",
        ("user", "part", "since"),
        _("To keep those out who are named in a case or have a conflict of interest"),
        basis=Basis.PROOF,
        seen=Seen.EVERY_STAFF,
    ),
    Held(
        f"{APP}.Event",
        ("actor",),
        WHO_DID_WHAT,
        basis=Basis.PROOF,
        kept=Kept.LOG,
        seen=Seen.EVERY_STAFF,
    ),
    Held(
        f"{APP}.WritingDraft",
        ("user", "changed_at"),
        _("To say who is writing on a case just now, so that two do not do the same"),
        kept=Kept.DRAFT,
    ),
    Held(
        f"{APP}.Access",
        ("user", "what", "at"),
        _("To show who read whose words"),
        basis=Basis.SECURITY,
        kept=Kept.LOG,
        seen=Seen.EVERY_STAFF,
    ),
    Held(
        f"{APP}.ExportLog",
        ("user", "at", "asked_for", "purpose_note"),
        _("To show who took which table along, and to trace one that got lost"),
        basis=Basis.SECURITY,
        kept=Kept.LOG,
        seen=Seen.CONTROL,
    ),
    Held(
        f"{APP}.Team",
        ("members",),
        _("To give cases to the people who know the subject"),
        kept=Kept.MEMBERSHIP,
        seen=Seen.ADMIN,
    ),
    Held(
        f"{APP}.TeamMember",
        ("user", "is_lead", "authority_limit"),
        _("To give cases to the people who know the subject"),
        kept=Kept.MEMBERSHIP,
        seen=Seen.ADMIN,
    ),
    Held(
        f"{APP}.HandlingSettings",
        ("head_of_function",),
        _("To tell who answers for handling what is still not done after its time"),
        kept=Kept.LOG,
        seen=Seen.ADMIN,
    ),
    Held(
        "conduct.Promise",
        ("owner",),
        _("To know who answers for a promise"),
        kept=Kept.LOG,
        seen=Seen.ADMIN,
    ),
    *(
        Held(
            f"conduct.{page}",
            ("accountable",),
            _("To remind the person who answers for a code or policy to review it"),
            kept=Kept.LOG,
            seen=Seen.ADMIN,
        )
        for page in ("CodeOfConductPage", "PolicyPage")
    ),
    Held(
        "conduct.LaunchTask",
        ("owner",),
        _("To know who makes an edition known and puts it into practice"),
        kept=Kept.LOG,
        seen=Seen.ADMIN,
    ),
    Held(
        "conduct.ConsultationComment",
        ("answered_by",),
        WHO_DID_WHAT,
        basis=Basis.PROOF,
        kept=Kept.LOG,
        seen=Seen.ADMIN,
    ),
    Held(
        "conduct.MeasuredValue",
        ("entered_by",),
        WHO_DID_WHAT,
        basis=Basis.PROOF,
        kept=Kept.LOG,
        seen=Seen.ADMIN,
    ),
)


def declare_held() -> None:
    about_staff = (*ABOUT_STAFF, *ABOUT_STAFF_WHILE_HANDLING)
    staff = (replace(entry, staff=True) for entry in about_staff)
    declare(
        (*COMPLAINANT, *WORDS, *READERS, *CONVERSATION, *CONSULTED, *WHILE_HANDLING, *staff),
        HARMLESS,
    )
