"""The form of an approval: the objectivity checklist where a case is serious or contested
(annex D)."""

from __future__ import annotations

from typing import Any

from complaints.actions.deciding import is_serious
from complaints.backoffice.action_form import ActionForm

#: What the check is made of; asked for only where one is needed.
CHECK = ("checklist", "check_notes")


class ApprovalForm(ActionForm):
    """Of others nobody is asked to tick seven boxes: what is always ticked means nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_serious(self.case):
            for name in CHECK:
                self.fields.pop(name, None)
