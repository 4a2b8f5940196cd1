"""What stands in the header of a list: its order, and what is begun from there."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.admin.widgets.button import Button, ButtonWithDropdown, HeaderButton

from complaints.access import HANDLE, LEAD
from complaints.backoffice.paging import ORDERS, Order


class ListHeaderMixin:
    """Few buttons: beside them the name of the list, the search and the filters have to fit."""

    request: HttpRequest
    index_url: str

    @cached_property
    def order(self) -> Order:
        raise NotImplementedError

    def get_header_buttons(self) -> list[Any]:
        return [self.order_button(), *self.entry_buttons(), *self.lead_buttons()]

    def order_button(self) -> ButtonWithDropdown:
        chosen = self.order.name
        query = self.request.GET.copy()
        buttons = []
        for priority, order in enumerate(ORDERS.values()):
            for name in ("p", "_w_filter_fragment"):
                query.pop(name, None)
            query["ordering"] = order.name
            buttons.append(
                Button(
                    order.label,
                    url=f"{self.index_url}?{query.urlencode()}",
                    icon_name="check" if order.name == chosen else "order",
                    priority=priority,
                    attrs={"aria-current": "true"} if order.name == chosen else {},
                )
            )
        return ButtonWithDropdown(
            label=_("Order"),
            buttons=buttons,
            icon_name="order",
            classname="w-h-slim-header conduct-order",
            attrs={"aria-label": _("Order of the list")},
        )

    def entry_buttons(self) -> list[Any]:
        """Always at hand for who works on cases (4.11)."""
        if not (self.request.user.has_perm(HANDLE) or self.request.user.has_perm(LEAD)):
            return []
        url = reverse("conduct_complaints_admin:enter")
        return [HeaderButton(pgettext("menu", "Log a new case"), url=url)]

    def lead_buttons(self) -> list[Any]:
        """What only leads begin from a list, and not every day."""
        if not self.request.user.has_perm(LEAD):
            return []
        url = reverse("conduct_complaints_admin:breach")
        return [
            ButtonWithDropdown(
                buttons=[Button(_("Put right a broken promise"), url=url, icon_name="warning")],
                icon_name="dots-horizontal",
                attrs={"aria-label": _("More to begin")},
            )
        ]
