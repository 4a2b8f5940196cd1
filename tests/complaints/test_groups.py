"""What the groups of a fresh install may do."""

import pytest
from django.contrib.auth.models import Group

from complaints.groups import ensure_groups

pytestmark = pytest.mark.django_db


def rights(name: str) -> set[str]:
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


@pytest.mark.parametrize(
    ("group", "roles"),
    [
        ("Case handlers", {"handle_case"}),
        ("Team leads", {"handle_case", "lead_case"}),
        ("Quality managers", {"oversee_case"}),
        ("Auditors", {"audit_case"}),
        ("Privacy officers", {"protect_case"}),
    ],
)
def test_each_role_has_its_right_and_the_admin(group: str, roles: set[str]) -> None:
    case_rights = {r for r in rights(group) if r.endswith("_case")}

    assert case_rights == roles
    assert "access_admin" in rights(group)


def test_only_leads_and_privacy_officers_take_names_along_in_a_table() -> None:
    may = Group.objects.filter(permissions__codename="export_personal_data")

    assert set(may.values_list("name", flat=True)) == {"Team leads", "Privacy officers"}


def test_quality_managers_keep_the_vocabulary_but_editors_do_not() -> None:
    kept = {"add_category", "change_team", "change_handlingsettings", "add_measuredvalue"}

    assert kept <= rights("Quality managers")
    assert not kept & rights("Editors")
    assert {"add_promise", "change_promise"} <= rights("Editors")


def test_what_an_organisation_took_away_stays_away() -> None:
    group = Group.objects.get(name="Case handlers")
    group.permissions.remove(group.permissions.get(codename="handle_case"))

    ensure_groups()

    assert "handle_case" not in rights("Case handlers")
