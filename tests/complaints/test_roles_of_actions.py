"""Who may do what: every action × every role, against a list written by hand."""

from __future__ import annotations

import pytest

from complaints.access import Actor, has_role
from complaints.actions.performing import available_actions
from complaints.lifecycle import ACTIONS, Role
from tests.complaints.test_lifecycle import EXPECTED
from tests.factories import Staff, submit
from tests.people import (
    make_admin,
    make_auditor,
    make_handler,
    make_privacy,
    make_quality,
    make_team,
)

HANDLERS = {Role.HANDLER, Role.LEAD}
#: From the design's table, not derived.
WHO: dict[str, set[str]] = {
    "moderate": HANDLERS,
    "release": HANDLERS,
    "acknowledge": HANDLERS | {Role.SYSTEM},
    "change_kind": HANDLERS,
    "make_complaint": HANDLERS,
    "confirm_complaint": HANDLERS | {Role.COMPLAINANT},
    "decline_complaint": HANDLERS | {Role.COMPLAINANT},
    "assess": HANDLERS,
    "assign": HANDLERS,
    "investigate": HANDLERS,
    "declare_conflict": HANDLERS,
    "set_confidential": HANDLERS,
    "ask": HANDLERS,
    "reply": HANDLERS | {Role.COMPLAINANT, Role.SYSTEM},
    "note": HANDLERS,
    "update": HANDLERS,
    "new_key": HANDLERS | {Role.SYSTEM},
    "check_authority": HANDLERS,
    "record_told": HANDLERS,
    "withdraw_permission": HANDLERS | {Role.COMPLAINANT},
    "put_right": {Role.LEAD},
    "propose": HANDLERS,
    "approve": {Role.LEAD},
    "return": {Role.LEAD},
    "accept": HANDLERS | {Role.COMPLAINANT},
    "reject": HANDLERS | {Role.COMPLAINANT},
    "request_review": HANDLERS | {Role.COMPLAINANT},
    "recategorise": HANDLERS,
    "set_promises": HANDLERS,
    "extend": {Role.LEAD},
    "hand_over": HANDLERS | {Role.SYSTEM},
    "translate": HANDLERS,
    "link": HANDLERS,
    "unlink": HANDLERS,
    "merge": HANDLERS,
    "unmerge": HANDLERS,
    "split": HANDLERS,
    "name_staff": HANDLERS,
    "record_named": HANDLERS,
    "restrict_contact": {Role.LEAD},
    "review_restriction": {Role.LEAD},
    "record_outreach": HANDLERS,
    "hold": {Role.LEAD, Role.PRIVACY},
    "release_hold": {Role.LEAD, Role.PRIVACY},
    "mark_sensitive": {Role.HANDLER, Role.LEAD, Role.PRIVACY},
    "redact": {Role.LEAD, Role.PRIVACY},
    "redact_file": {Role.LEAD, Role.PRIVACY},
    "deliver_remedy": HANDLERS,
    "verify_remedy": HANDLERS,
    "resolve_early": HANDLERS,
    "withdraw": HANDLERS | {Role.COMPLAINANT},
    "close": HANDLERS | {Role.SYSTEM},
    "reopen": {Role.LEAD, Role.COMPLAINANT},
}


def test_the_table_gives_every_action_to_exactly_these_roles() -> None:
    assert {name: set(action.who) for name, action in ACTIONS.items()} == WHO


@pytest.mark.django_db
@pytest.mark.requirement("GDPR-22")
def test_a_machine_neither_refuses_nor_decides_nor_promises_anything() -> None:
    deciding = {"moderate", "propose", "approve", "put_right", "resolve_early", "withdraw", "merge"}

    assert {name for name, who in WHO.items() if Role.SYSTEM in who} & deciding == set()


@pytest.mark.django_db
def test_every_person_has_exactly_the_actions_of_their_roles_on_a_case() -> None:
    case, staff = submit().case, Staff()
    case.team = make_team()
    case.save()
    people = {
        "handler": (staff.handler, {Role.HANDLER}),
        "lead": (staff.lead, {Role.HANDLER, Role.LEAD}),
        "other team": (make_handler("other", team=make_team("Far away")), set()),
        "quality": (make_quality(), set()),
        "auditor": (make_auditor(), set()),
        "privacy": (make_privacy(), {Role.PRIVACY}),
        "admin": (make_admin(), {Role.HANDLER, Role.LEAD, Role.PRIVACY}),
    }
    for who, (user, roles) in people.items():
        actor = Actor.staff(user)
        allowed = {name for name, action in ACTIONS.items() if has_role(actor, case, action)}
        assert (who, allowed) == (who, {name for name, mine in WHO.items() if mine & roles})


@pytest.mark.django_db
@pytest.mark.requirement("GDPR-32")
@pytest.mark.parametrize("state", sorted(EXPECTED))
def test_in_every_state_everybody_is_offered_what_state_and_role_allow(state: str) -> None:
    case, staff = submit().case, Staff()
    case.state = state
    people = {
        "handler": (staff.handler, {Role.HANDLER}),
        "lead": (staff.lead, {Role.HANDLER, Role.LEAD}),
        "other team": (make_handler("other", team=make_team("Far away")), set()),
        "quality": (make_quality(), set()),
        "auditor": (make_auditor(), set()),
        "privacy": (make_privacy(), {Role.PRIVACY}),
    }
    for who, (user, roles) in people.items():
        offered = {action.name for action in available_actions(case, Actor.staff(user))}
        allowed = {name for name in EXPECTED[state] if WHO[name] & roles}
        assert (who, offered) == (who, allowed)
