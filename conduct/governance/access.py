"""Who may see the reports: whoever may look at editions."""

from typing import Any


def may_see_reports(user: Any) -> bool:
    return bool(user.is_active and user.has_perm("conduct.view_edition"))
