"""The roles are given and taken in Wagtail's own form for groups."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from complaints.access import EXPORT_PERSONAL, GROUPS, STAFF_PERMISSIONS
from complaints.models import Case, ExportLog
from tests import people
from tests.complaints.backoffice.conftest import Browse

pytestmark = pytest.mark.django_db

ROLES = {name.split(".")[1] for name in (*STAFF_PERMISSIONS, EXPORT_PERSONAL)}


@pytest.fixture
def client(browse: Browse) -> Client:
    return browse(people.make_admin())


def rights(group: Group) -> set[str]:
    return set(group.permissions.values_list("codename", flat=True))


def edit_url(group: Group) -> str:
    return reverse("wagtailusers_groups:edit", args=[group.pk])


def as_shown(client: Client, url: str) -> dict[str, Any]:
    """What a browser sends back: the boxes that are ticked, the tables of pages and the like."""
    context = client.get(url).context
    form = context["form"]
    offered = {permission.pk for permission in form.fields["permissions"].queryset}
    ticked = [key for key in form["permissions"].value() or () if key in offered]
    data: dict[str, Any] = {"name": form["name"].value() or "", "permissions": ticked}
    for panel in context["permission_panels"]:
        rows = getattr(panel, "forms", [panel])
        management = [panel.management_form] if hasattr(panel, "management_form") else []
        for row in (*management, *rows):
            data |= {row.add_prefix(name): row[name].value() for name in row.fields}
    return {name: value for name, value in data.items() if value is not None}


def test_the_form_offers_each_role_in_readable_words(client: Client) -> None:
    page = client.get(reverse("wagtailusers_groups:add"))
    offered = {one.codename: one for one in page.context["form"].fields["permissions"].queryset}
    assert set(offered) >= ROLES
    words = page.content.decode()
    said = dict(Case._meta.permissions) | dict(ExportLog._meta.permissions)
    assert set(said) == ROLES
    for codename, label in said.items():
        assert label in words, codename
        assert f'value="{offered[codename].pk}"' in words, codename


@pytest.mark.parametrize("name", sorted(GROUPS))
def test_saving_a_group_as_it_is_takes_nothing_away(name: str, client: Client) -> None:
    group = Group.objects.get(name=name)
    before = rights(group)
    assert before & ROLES == {permission.split(".")[1] for permission in GROUPS[name]}
    response = client.post(edit_url(group), as_shown(client, edit_url(group)))
    assert response.status_code == 302
    assert rights(group) == before


def test_an_administrator_gives_and_takes_roles(client: Client) -> None:
    url = reverse("wagtailusers_groups:add")
    offered = client.get(url).context["form"].fields["permissions"].queryset
    wanted = list(offered.filter(codename__in={"handle_case", "audit_case"}))
    assert len(wanted) == 2
    data = as_shown(client, url) | {"name": "Both", "permissions": [one.pk for one in wanted]}
    client.post(url, data)
    group = Group.objects.get(name="Both")
    assert rights(group) == {"handle_case", "audit_case"}
    left = [one.pk for one in wanted if one.codename == "audit_case"]
    client.post(edit_url(group), as_shown(client, edit_url(group)) | {"permissions": left})
    assert rights(group) == {"audit_case"}
