"""From the cleaned answers of the complaint form to what `receive` takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from wagtail.models import Site

from complaints.intake.submission import CheckedFile, Submission
from complaints.models import Case, Category, Party, RemedyKind
from conduct.models import Promise

#: Fields of the form that are fields of `Case` by the same name.
CASE_FIELDS = (
    "product", "order_number", "place", "staff_named",
    "happened_on", "happened_when", "still_going_on", "happened_before", "earlier_contact",
    "effect", "urgent", "remedy_wanted", "elsewhere", "may_be_surveyed",
)  # fmt: skip


def submission_from(
    data: Mapping[str, Any], *, site: Site, token_id: str, files: Sequence[CheckedFile]
) -> Submission:
    remedies = data["remedies"]
    return Submission(
        site=site,
        language=data["language"] or translation.get_language() or settings.LANGUAGE_CODE,
        description=data["description"],
        complainant=complainant_from(data),
        representative=representative_from(data),
        details={name: data[name] for name in CASE_FIELDS}
        | {"answer_to_representative": data["answer_to"] == "representative"},
        category=_by_code(Category, data["category"]),
        promise=_by_code(Promise, data["promise"]),
        remedies_wanted=list(RemedyKind.objects.filter(code__in=remedies)) if remedies else [],
        files=files,
        token_id=token_id,
    )


def is_the_same(case: Case, data: Mapping[str, Any]) -> bool:
    """Whether a case says what these answers say: they were sent twice, not changed between."""
    person = complainant_from(data)
    return (
        case.original_hash == Case.hash_original(data["description"])
        and all(getattr(case, name) == data[name] for name in CASE_FIELDS)
        and all(getattr(case.complainant, name) == value for name, value in person.items())
    )


def _by_code(model: Any, code: str) -> Any:
    return model.objects.filter(code=code).first() if code else None


def complainant_from(data: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of `Party`. Of an anonymous person nothing but the support they need is kept."""
    needs = {"support_needs": data["support_needs"]}
    if data["anonymous"]:
        return needs | {"reply_by": Party.ReplyBy.ONLINE}
    place = " ".join(filter(None, [data["postcode"], data["town"]]))
    country = data["country"]
    is_code = len(country) == 2 and country.isascii() and country.isalpha()
    return needs | {
        **{key: data[key] for key in ("name", "address_as", "email", "phone", "contact_times")},
        "postal_address": "\n".join(filter(None, [data["street"], place, country])),
        "country": country.upper() if is_code else "",
        "reply_by": data["reply_by"] or _likely_way_to_reply(data),
    }


def _likely_way_to_reply(data: Mapping[str, Any]) -> str:
    ways = Party.ReplyBy
    for name, way in (("email", ways.EMAIL), ("phone", ways.PHONE), ("street", ways.POST)):
        if data[name]:
            return way
    return ways.ONLINE


def representative_from(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """Fields of `Party` for whoever acts for the person; None where nobody does."""
    person = {key: data[f"representative_{key}"] for key in ("name", "relation", "email", "phone")}
    if not any(person.values()):
        return None
    return person | {"reply_by": Party.ReplyBy.EMAIL if person["email"] else Party.ReplyBy.PHONE}
