"""For tests of complaints that need more than the shared fixtures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from complaints.events import EVENT_TABLE, install_triggers, remove_triggers


@pytest.fixture
def real_transactions(transactional_db: None) -> Iterator[None]:
    """For several threads at once. Events refuse to be emptied with the other tables."""
    yield
    remove_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {EVENT_TABLE}")
    install_triggers(connection)
