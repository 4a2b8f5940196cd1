"""From the cleaned answers of the complaint form to what `receive` takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from wagtail.models import Site

from complaints.intake.parts.person import THROUGH_REPRESENTATIVE
from complaints.intake.spam import Verdict
from complaints.intake.submission import CheckedFile, Problem, Submission, Told
from complaints.lifecycle import ConsentPurpose
from complaints.models import Case, Category, Draft, Party, RemedyKind
from conduct.models import Promise

Data = Mapping[str, Any]
#: Fields of the form that are fields of `Case` by the same name.
CASE_FIELDS = (
    "product", "order_number", "place", "staff_named",
    "happened_on", "happened_when", "still_going_on", "happened_before", "earlier_contact",
    "effect", "urgent", "remedy_wanted", "elsewhere", "enclosures", "evidence_link",
    "other_contact",
)  # fmt: skip
#: Fields of the form that are fields of `Issue` by the same name.
ISSUE_FIELDS = ("product", "place", "happened_on", "happened_when")
#: Support changes: after this we ask again.
SUPPORT_REVIEW = timedelta(days=365)


def submission_from(
    problems: Sequence[Told],
    data: Data,
    *,
    site: Site,
    token_id: str,
    files: Sequence[CheckedFile],
    verdict: Verdict | None = None,
    draft: Draft | None = None,
) -> Submission:
    """`problems` in their order; `data` is everything that is asked once."""
    remedies = data["remedies"]
    first = problems[0]
    through_them = is_through_representative(data)
    return Submission(
        site=site,
        language=data["language"] or translation.get_language() or settings.LANGUAGE_CODE,
        description=all_words(problem.data["description"] for problem in problems),
        complainant=complainant_from(data),
        representative=representative_from(data, files),
        details={name: (first.data | data)[name] for name in CASE_FIELDS}  # type: ignore[operator]
        | {"answer_to_representative": through_them},
        category=_by_code(Category, first.data["category"]),
        promise=_by_code(Promise, first.data["promise"]),
        answers=first.answers,
        problems=[_problem(told) for told in problems] if len(problems) > 1 else [],
        remedies_wanted=list(RemedyKind.objects.filter(code__in=remedies)) if remedies else [],
        consents=consents_from(data),
        notice_email=data["notice_email"] if data["anonymous"] else "",
        files=files,
        token_id=token_id,
        verdict=verdict,
        draft=draft,
    )


def all_words(descriptions: Iterable[str]) -> str:
    """The words of every problem; numbered where there are several."""
    texts = list(descriptions)
    if len(texts) == 1:
        return texts[0]
    return "\n\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


def _problem(told: Told) -> Problem:
    return Problem(
        description=told.data["description"],
        category=_by_code(Category, told.data["category"]),
        promise=_by_code(Promise, told.data["promise"]),
        details={name: told.data[name] for name in ISSUE_FIELDS},
        answers=told.answers,
    )


def names_in(data: Data) -> list[str]:
    """What may stand in a greeting: no place for advertisements."""
    return [data[n] for n in ("name", "address_as", "representative_name") if data[n]]


def is_the_same(case: Case, data: Data) -> bool:
    """Whether a case says what these answers say: they were sent twice, not changed between."""
    person = complainant_from(data)
    return (
        case.original_hash == Case.hash_original(data["description"])
        and all(getattr(case, name) == data[name] for name in CASE_FIELDS)
        and all(getattr(case.complainant, name) == value for name, value in person.items())
    )


def _by_code(model: Any, code: str) -> Any:
    return model.objects.filter(code=code).first() if code else None


def is_through_representative(data: Data) -> bool:
    return THROUGH_REPRESENTATIVE in (data["answer_to"], data["reply_by"])


def consents_from(data: Data) -> list[str]:
    purposes = {
        ConsentPurpose.SURVEY: data["may_be_surveyed"],
        ConsentPurpose.STORY: data["may_be_told"],
        ConsentPurpose.SUPPORT: data["support"] or data["support_needs"],
    }
    return [str(purpose) for purpose, given in purposes.items() if given]


def complainant_from(data: Data) -> dict[str, Any]:
    """Fields of `Party`. Of an anonymous person nothing but the support they need is kept."""
    needs: dict[str, Any] = {"support_needs": data["support_needs"], "support": data["support"]}
    if any(needs.values()):
        needs["support_review_on"] = timezone.localdate() + SUPPORT_REVIEW
    if data["anonymous"]:
        return needs | {"reply_by": Party.ReplyBy.ONLINE}
    place = " ".join(filter(None, [data["postcode"], data["town"]]))
    country = data["country"]
    is_code = len(country) == 2 and country.isascii() and country.isalpha()
    return needs | {
        **{key: data[key] for key in ("name", "address_as", "email", "phone", "contact_times")},
        "postal_address": "\n".join(filter(None, [data["street"], place, country])),
        "country": country.upper() if is_code else "",
        "reply_by": _way_to_reply(data),
    }


def _way_to_reply(data: Data) -> str:
    ways = Party.ReplyBy
    if data["reply_by"] and data["reply_by"] != THROUGH_REPRESENTATIVE:
        return str(data["reply_by"])
    for name, way in (("email", ways.EMAIL), ("phone", ways.PHONE), ("street", ways.POST)):
        if data[name]:
            return way
    return ways.ONLINE


def representative_from(data: Data, files: Sequence[CheckedFile] = ()) -> dict[str, Any] | None:
    """Fields of `Party` for whoever acts for the person; None where nobody does."""
    person = {key: data[f"representative_{key}"] for key in ("name", "relation", "email", "phone")}
    if not any(person.values()):
        return None
    # "I send it now" may also mean one of the other files.
    is_here = any(f.is_authority for f in files) or (data["authority"] == "sent" and bool(files))
    return person | {
        "reply_by": Party.ReplyBy.EMAIL if person["email"] else Party.ReplyBy.PHONE,
        "authority": Party.Authority.SENT if is_here else Party.Authority.FOLLOWS,
    }
