"""The complaint form's own view: what is stored, what comes back, and that nothing is lost."""

from __future__ import annotations

import pytest
from django.test import Client

from complaints.models import Case
from tests.complaints.intake.sending import send, text_of

pytestmark = pytest.mark.django_db


def test_a_description_and_one_way_to_reply_are_enough(client: Client) -> None:
    response = send(client)
    assert response.status_code == 200, text_of(response)
    case = Case.objects.get()
    assert case.reference in text_of(response)
