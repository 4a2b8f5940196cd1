"""The people of a team in one cell: `kim:lead:1000.00; lee:member:0.00`."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.models import TeamMember
from complaints.transfer.cells import Text, amount, as_text
from complaints.transfer.columns import Column, People

LEAD, MEMBER = "lead", "member"


class Member(NamedTuple):
    """A person, whether they lead, and the amount they may promise without a lead."""

    name: str
    role: str
    limit: Decimal

    def __str__(self) -> str:
        return f"{self.name}:{self.role}:{self.limit:.2f}"


def read_members(text: str) -> list[Member]:
    """Raises ValueError with words. Role and limit may be left out."""
    members = [_read_member(part.strip()) for part in text.split(";") if part.strip()]
    names = [member.name for member in members]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(_("“%(name)s” stands here twice.") % {"name": name})
    return sorted(members)


def _read_member(text: str) -> Member:
    name, role, limit = (part.strip() for part in [*text.split(":"), "", ""][:3])
    if text.count(":") > 2 or not name or (role or MEMBER) not in {LEAD, MEMBER}:
        words = _(
            "“%(text)s” can’t be read. Write it as username:lead:1000.00 or username:member:0.00."
        )
        raise ValueError(words % {"text": text})
    return Member(name, role or MEMBER, amount(limit or "0"))


def written_members(members: Iterable[Member]) -> str:
    return "; ".join(map(str, sorted(members)))


class MembersColumn(Column):
    """What the file says waits on the team until the team has its number."""

    hint = "kim:lead:1000.00; lee:member:0.00"

    def __init__(self) -> None:
        super().__init__("members", Text(), label=gettext_lazy("Members"))
        self.people = People()

    def prepare(self, cells: Iterable[Any], resource: Any) -> None:
        names = []
        for cell in cells:
            names += [part.split(":")[0] for part in as_text(cell).split(";")]
        self.people.load(names)

    def present(self, team: Any) -> list[Member]:
        if team.pk is None:
            return []
        return sorted(
            Member(m.user.get_username(), LEAD if m.is_lead else MEMBER, m.authority_limit)
            for m in team.memberships.all()
        )

    def wanted(self, team: Any) -> list[Member]:
        return getattr(team, "_members_to_be", None) or []

    def export(self, instance: Any, **kwargs: Any) -> str:
        members = getattr(instance, "_members_to_be", None)
        return written_members(self.present(instance) if members is None else members)

    def canonical(self, row: Any) -> str:
        text = as_text(row[self.column_name])
        try:
            return written_members(read_members(text))
        except ValueError:
            return text

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        members = read_members(as_text(row[self.column_name]))
        already = {member.name for member in self.present(instance)}
        for member in members:
            user = self.people.find(member.name)
            if not user.is_active and member.name not in already:
                raise ValueError(
                    _("The account “%(name)s” is switched off.") % {"name": member.name}
                )
        instance._members_to_be = members

    def check(self, instance: Any) -> None:
        field: Any = TeamMember._meta.get_field("authority_limit")
        for member in self.wanted(instance):
            if member.limit < 0:
                raise ValueError(
                    _("An amount can’t be below zero: %(member)s") % {"member": member}
                )
            try:
                field.run_validators(member.limit)
            except ValidationError as error:
                raise ValueError(" ".join(error.messages)) from error

    def store(self, teams: Iterable[Any]) -> None:
        """Who is new, who changed, who goes: three statements, however many teams."""
        new, changed, gone = [], [], []
        for team in teams:
            if not hasattr(team, "_members_to_be"):
                continue
            present = {m.user.get_username(): m for m in team.memberships.all()}
            for member in team._members_to_be:
                row = present.pop(member.name, None)
                if row is None:
                    row = TeamMember(team=team, user=self.people.find(member.name))
                    new.append(row)
                else:
                    changed.append(row)
                row.is_lead, row.authority_limit = member.role == LEAD, member.limit
            gone += [row.pk for row in present.values()]
        TeamMember.objects.filter(pk__in=gone).delete()
        TeamMember.objects.bulk_update(changed, ["is_lead", "authority_limit"])
        TeamMember.objects.bulk_create(new)
