"""Doing one action on one case: the form, the preview of what is sent, and what a refusal says."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from complaints.access import Actor, has_role, is_open_to_action
from complaints.actions.performing import check_allowed
from complaints.backoffice.access_log import log_view
from complaints.backoffice.action_form import ActionForm
from complaints.backoffice.appearance import complainant_name, language
from complaints.backoffice.approval_form import ApprovalForm
from complaints.backoffice.asking_for_translation import propose_translations
from complaints.backoffice.assessment_form import AssessmentForm
from complaints.backoffice.case_view import OneCaseMixin
from complaints.backoffice.previews import Preview, preview_answer, try_out
from complaints.backoffice.proposal_form import ProposalForm
from complaints.backoffice.typing import forget, typed_before
from complaints.backoffice.writing import AIDS, LETTERS
from complaints.lifecycle import ACTIONS, Action, Refused, perform
from complaints.models import Case
from complaints.translating import is_switched_on

FORMS: dict[str, type[ActionForm]] = {
    "approve": ApprovalForm,
    "assess": AssessmentForm,
    "propose": ProposalForm,
}
CHOSEN_BY_LINK = frozenset(
    {"remedy", "case", "linked", "named", "outreach", "message", "colleague"}
)
#: A note is added to what is there; nothing that somebody else did can make it wrong.
VERSION_DOES_NOT_MATTER = frozenset({"note"})


class ActionView(OneCaseMixin, View):
    """GET asks, POST does. What was typed is kept whatever happens."""

    template_name = "conduct_complaints/backoffice/action.html"

    @cached_property
    def action(self) -> Action:
        try:
            return ACTIONS[self.kwargs["action"]]
        except KeyError as error:
            raise Http404("No such action.") from error

    @cached_property
    def actor(self) -> Actor:
        return Actor.staff(self.request.user)

    def get_page_subtitle(self) -> str:
        return str(self.action.label)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.action.label}]

    def make_form(self, data: Any = None) -> ActionForm:
        # A link may choose what the action is about; it never fills in words.
        chosen = [need.name for need in self.action.needs if need.kind in CHOSEN_BY_LINK]
        initial = {name: self.request.GET[name] for name in chosen if name in self.request.GET}
        form_class = FORMS.get(self.action.name, ActionForm)
        return form_class(
            data, initial=initial, case=self.case, action=self.action, user=self.request.user
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            check_allowed(self.case, self.action, self.actor)
        except Refused as refused:
            return self.turn_back(refused)
        log_view(self.case, request.user, self.now)
        form = self.make_form(typed_before(request, self.case, self.action.name))
        if form.is_bound:
            form.leave_unchecked()
        return self.show(form)

    def turn_back(self, refused: Refused) -> HttpResponseBase:
        messages.error(self.request, str(refused.message))
        return redirect("conduct_complaints_admin:case", self.case.reference)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not has_role(self.actor, self.case, self.action):
            # Nothing of the form is shown to who has no part in it.
            return self.turn_back(not_allowed(self.action))
        form = self.make_form(self.filled_in())
        if AIDS & set(request.POST):
            # Back from the preview, a template, one row more: nothing is checked yet.
            self.help_writing(form)
            return self.show(form)
        if self.was_done(form.data.get("submission_id")):
            return self.done(form)
        if not form.is_valid():
            return self.show(form)
        return self.look_first(form) or self.carry_out(form)

    def help_writing(self, form: ActionForm) -> None:
        """What a button of the form does for the writer."""
        if "use_template" in self.request.POST:
            form.begin_with_template()
        if "translate" in self.request.POST and (trouble := propose_translations(form)):
            messages.error(self.request, trouble)
        form.leave_unchecked()

    def look_first(self, form: ActionForm) -> HttpResponseBase | None:
        """The letter before it goes; None where it was read, or where nothing is written."""
        was_read = "translation_read" in self.request.POST or not form.writes_in_mine
        confirmed = "confirmed" in self.request.POST
        if (confirmed and was_read) or not any(
            form.cleaned_data.get(name) for name in form.read_by_person
        ):
            return None
        preview = None
        try:
            preview = try_out(
                self.case,
                self.action.name,
                actor=self.actor,
                data=form.values,
                seen_version=self.seen_by(form),
            )
        except Refused as refused:
            return self.refused(form, refused)
        except IntegrityError:
            # The first of two clicks: what follows says that it is done.
            return None
        if preview is None or not (preview.goes_now or preview.source or "look" in form.data):
            return None
        return self.show(form, preview=preview, unread=confirmed)

    def filled_in(self) -> Any:
        """What was posted; the write boxes of the case page send their text only."""
        data = self.request.POST.copy()
        missing = [name for name in ("version", "submission_id") if not data.get(name)]
        if missing:
            blank = self.make_form().initial
            data.update({name: str(blank[name]) for name in missing})
        return data

    def carry_out(self, form: ActionForm) -> HttpResponseBase:
        try:
            perform(
                self.case,
                self.action.name,
                actor=self.actor,
                data=form.values,
                seen_version=self.seen_by(form),
            )
        except Refused as refused:
            return self.refused(form, refused)
        except IntegrityError:
            if not self.was_done(form.values["submission_id"]):
                raise
        return self.done(form)

    def seen_by(self, form: ActionForm) -> int | None:
        return None if self.action.name in VERSION_DOES_NOT_MATTER else form.seen_version

    def refused(self, form: ActionForm, refused: Refused) -> HttpResponseBase:
        """The reason, with all that was typed; or that the first of two clicks has done it."""
        seen = self.seen_by(form)
        if self.was_done(form.values["submission_id"]) or self.was_just_done(refused, seen):
            return self.done(form)
        form.take_refusal(refused)
        form.look_again()
        return self.show(form)

    def was_done(self, submission_id: str | None) -> bool:
        """The first of two clicks has written the message already."""
        return (
            bool(submission_id)
            and self.case.messages.filter(
                submission_id=submission_id, author=self.request.user.pk
            ).exists()
        )

    def was_just_done(self, refused: Refused, seen: int | None) -> bool:
        """The one change since was this same action by this same person: a double click."""
        case = Case.objects.get(pk=self.case.pk)
        last = case.events.order_by("-number").first()
        return (
            refused.code == "changed"
            and seen is not None
            and case.version == seen + 1
            and last is not None
            and (last.action, last.actor_id) == (self.action.name, self.request.user.pk)
            and not {"text", "reason", "detail"} & {need.name for need in self.action.needs}
        )

    def done(self, form: ActionForm) -> HttpResponseBase:
        forget(self.case, self.request.user, self.action.name)
        messages.success(self.request, self.success_words(form))
        still_visible = Case.objects.visible_to(self.request.user).filter(pk=self.case.pk)
        if still_visible.exists():
            return redirect("conduct_complaints_admin:case", self.case.reference)
        return redirect("conduct_complaints_admin:index")

    def success_words(self, form: ActionForm) -> str:
        wrote = self.action.name in LETTERS and form.data.get(form.main)
        if wrote and getattr(self.case.correspondent, "email", ""):
            return _("Your message to %(person)s is on its way.") % {
                "person": complainant_name(self.case)
            }
        return _("%(reference)s: “%(action)s” is done.") % {
            "reference": self.case.reference,
            "action": self.action.label,
        }

    def show(
        self, form: ActionForm, *, preview: Preview | None = None, unread: bool = False
    ) -> HttpResponseBase:
        context = self.get_context_data(form=form, preview=preview, unread=unread)
        return self.render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, action, form = self.case, self.action, kwargs["form"]
        context = super().get_context_data(**kwargs)
        context["media"] += form.media
        if isinstance(form, ProposalForm):
            context["media"] += form.rows.media
        return context | {
            "action": action,
            "hidden": form.typed() if kwargs["preview"] else [],
            "letter": preview_answer(case, self.request.user) if action.name == "approve" else None,
            "sends": action.name in {*LETTERS, "propose"},
            "may_ask_for_translation": form.two_languages and is_switched_on(),
            "is_internal": action.name == "note",
            "goes_to": self.goes_to(),
            "original": case.description if self.words else "",
            "issues": list(case.issues.select_related("category", "promise")),
            "is_possible": is_open_to_action(case, action),
            "submit_words": self.submit_words(kwargs["preview"]),
        }

    def goes_to(self) -> str:
        case = self.case
        if case.language != get_language():
            # The form asks in which language.
            return _("This goes to %(person)s.") % {"person": complainant_name(case)}
        return _("This goes to %(person)s. Write in %(language)s.") % {
            "person": complainant_name(case),
            "language": language(case.language).name,
        }

    def submit_words(self, preview: Preview | None) -> str:
        if preview is not None and not preview.goes_now:
            return _("Put it up for approval")
        if preview is not None or self.action.name == "approve":
            return _("Send to %(person)s") % {"person": complainant_name(self.case)}
        if self.action.name in LETTERS:
            return _("Look at it before it goes")
        return str(self.action.label)


def not_allowed(action: Action) -> Refused:
    words = _("You don't have the right to do this: %(action)s. Ask the team's lead.")
    return Refused(words % {"action": action.label}, code="not_allowed")
