"""Forms that anybody may send from a cached page: one base view for complaint, feedback and survey.

A page that holds such a form sets no cookie and has no CSRF token, so it can be cached and shared.
In return the form is sent to its own view, which knows neither session nor user and

- refuses to store what another site sent, and shows it for checking instead (`same_site`);
- needs a one-time token (`tokens`), which `form.js` fetches on first use. Without JavaScript the
  first POST comes back as "Please check and send" with a token inside;
- makes one submission of a token, however often it is sent;
- asks for one more click where it looks as if no person had sent it (a filled honeypot, too fast);
- limits how much one network may send in an hour, generously;
- keeps what was typed and the files that were chosen (`staging`) in each of these cases.

To use it, subclass `GuardedFormView` (`complaints.intake.views.SendView` is an example). In the
template, before the form include `again.html` (what has to be done) and `error_summary.html`;
inside of the `<form data-once data-token-url="{{ guard.token_url }}">` include `guard.html`, a
`field.html` for each field, and `files.html` where files are taken (all in
`conduct_complaints/intake/`); load `form.js` after it. In a cached page `guard` is `Guard()`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Site

from complaints.intake import limits, staging
from complaints.intake.proof_of_work import is_missing, offer
from complaints.intake.same_site import is_from_own_site
from complaints.intake.sent_files import check_files, is_evidence
from complaints.intake.spam import Verdict, judge
from complaints.intake.submission import CheckedFile
from complaints.intake.tokens import Token, UnreadableToken, new_token, read_token
from complaints.intake.uploads import ACCEPT, RefusedFile

TOKEN = "token"  # noqa: S105 - the name of a field
CHECKED = "checked"
PROOF = "proof"
#: Looks like a field to a program that fills in everything; people don't meet it.
HONEYPOT = "further_subject"
REMOVE_FILE = "remove_file"
#: Values of `checked` for what looked as if no person had sent it, when it came first.
FILLED_ALL, TOO_FAST = "2", "3"


class Hurdle(StrEnum):
    """Why a form that is filled in properly comes back once more. `again.html` has the words."""

    CHECK = "check"
    EXPIRED = "expired"
    USED = "used"
    PERSON = "person"
    LIMIT = "limit"
    CROSS_SITE = "cross_site"


STATUS = {Hurdle.LIMIT: 429, Hurdle.CROSS_SITE: 403}


class Earlier(StrEnum):
    """What became of a token before."""

    UNUSED = "unused"
    #: The same was sent before: show the same confirmation.
    SAME = "same"
    #: Something else was sent with it, as after the browser's back button.
    OTHER = "other"


@dataclass(frozen=True)
class Guard:
    """What the templates need. The default is a form in a cached page."""

    token: str = ""
    hurdle: Hurdle | None = None
    site: Site | None = None
    has_honeypot: bool = True
    #: Why no person seemed to have sent it; empty where one did.
    suspicion: str = ""
    kept: Sequence[CheckedFile] = ()
    refused: Sequence[RefusedFile] = ()
    #: Files could not be kept over this round and have to be chosen again.
    files_lost: bool = False

    @property
    def challenge(self) -> dict[str, Any] | None:
        """What the browser has to compute, while that is wanted and the page has its token."""
        return offer(self.site, read_token(self.token).id) if self.token and self.site else None

    @property
    def token_url(self) -> str:
        return reverse("conduct_complaints:token")

    @property
    def checked(self) -> str:
        """Comes back with the next POST where this page is shown for the second time."""
        return self.suspicion or "1"

    @property
    def max_files(self) -> int:
        return limits.max_files()

    @property
    def max_file_size(self) -> int:
        return limits.max_file_size()

    @property
    def accept(self) -> str:
        return ACCEPT


@dataclass(frozen=True)
class Files:
    """The files of one POST: those kept from an earlier round, then the new ones."""

    accepted: Sequence[CheckedFile] = ()
    refused: Sequence[RefusedFile] = ()


@method_decorator(csrf_exempt, name="dispatch")
class GuardedFormView(View):
    """Show and take a form as described in this module.

    Subclasses give `template_name`, `get_form` and `store`; `earlier` where one token makes one
    row; `takes_files` where files may come with it. The template gets `form`, `guard` and what
    `get_context` gives.
    """

    template_name: ClassVar[str]
    takes_files: ClassVar[bool] = False
    #: Counted apart from other forms.
    limit_scope: ClassVar[str] = "send"

    def get_form(self, data: Any = None) -> forms.Form:
        """A new form, bound where `data` is given; `self.request` and `self.kwargs` are there."""
        raise NotImplementedError

    def store(self, form: forms.Form, *, token_id: str, files: Files) -> HttpResponse | None:
        """Store what was sent and answer with the confirmation.

        None means that the token turned out to belong to another submission.
        """
        raise NotImplementedError

    def earlier(self, token_id: str, form: forms.Form) -> Earlier:
        return Earlier.UNUSED

    def get_context(self) -> dict[str, Any]:
        return {}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        # The answers hold what a person wrote, and the key of their case.
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "same-origin"
        return response  # type: ignore[return-value]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.get_form(), Guard(token=new_token()))

    def bound_form(self, request: HttpRequest) -> forms.Form | HttpResponse:
        """The form with what was sent, or the answer to more than the server reads at all."""
        try:
            return self.get_form(request.POST)
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError):
            return render(request, "conduct_complaints/intake/too_much.html", status=413)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.bound_form(request)
        if isinstance(form, HttpResponse):
            return form
        token = self._token()
        if not is_from_own_site(request):
            # Another site's files are not taken in.
            return self.show(form, Guard(new_token(), Hurdle.CROSS_SITE, has_honeypot=False))
        if not form.is_valid():
            return self._again(form, token, None)
        earlier = self.earlier(token.id, form) if token else Earlier.UNUSED
        if token and earlier == Earlier.SAME:
            return self._store(form, token)
        if hurdle := self._hurdle(token, earlier):
            return self._again(form, token, hurdle)
        assert token is not None
        return self._store(form, token)

    def _token(self) -> Token | None:
        try:
            return read_token(self.request.POST.get(TOKEN, ""))
        except UnreadableToken:
            return None

    def _hurdle(self, token: Token | None, earlier: Earlier) -> Hurdle | None:
        data = self.request.POST
        if token is None:
            return Hurdle.CHECK
        if earlier == Earlier.OTHER:
            return Hurdle.USED
        if token.is_expired:
            return Hurdle.EXPIRED
        if data.get(HONEYPOT) or (token.is_too_fresh and CHECKED not in data):
            return Hurdle.PERSON
        if not limits.within_limit(self.request, self.limit_scope, limits.submissions_per_hour()):
            return Hurdle.LIMIT
        return None

    def _store(self, form: forms.Form, token: Token) -> HttpResponse:
        response = self.store(form, token_id=token.id, files=self._files(token))
        if response is None:
            return self._again(form, token, Hurdle.USED)
        if self.takes_files:
            staging.discard(token.id)
        return response

    def verdict(self, text: str, names: Iterable[str], token_id: str, site: Site) -> Verdict:
        """How much it looks like spam; a person decides where it does."""
        data = self.request.POST
        return judge(
            text,
            names=names,
            honeypot=data.get(CHECKED) == FILLED_ALL or bool(data.get(HONEYPOT)),
            too_fast=data.get(CHECKED) == TOO_FAST,
            proof_missing=is_missing(site, token_id, data.get(PROOF, "")),
        )

    def _suspicion(self, hurdle: Hurdle | None) -> str:
        if hurdle != Hurdle.PERSON:
            return self.request.POST.get(CHECKED, "") if hurdle else ""
        return FILLED_ALL if self.request.POST.get(HONEYPOT) else TOO_FAST

    def _files(self, token: Token | None) -> Files:
        """What was kept before, less what the person took out, and what came with this POST."""
        if not self.takes_files:
            return Files()
        staged = staging.load(token.id) if token else staging.Staged()
        removed = set(self.request.POST.getlist(REMOVE_FILE))
        kept = [file for file in staged.files if file.stored not in removed]
        already = sum(is_evidence(file) for file in kept)
        new, refused = check_files(self.request.FILES, already=already)
        return Files([*kept, *new], [*staged.refused, *refused])

    def _again(self, form: forms.Form, token: Token | None, hurdle: Hurdle | None) -> HttpResponse:
        """The form once more, with everything kept."""
        usable = token is not None and not token.is_expired and hurdle != Hurdle.USED
        text = token.text if token and usable else new_token()
        guard = Guard(
            token=text,
            hurdle=hurdle,
            has_honeypot=hurdle is None,
            suspicion=self._suspicion(hurdle),
        )
        return self.show(form, self._with_files_kept(guard, token))

    def _with_files_kept(self, guard: Guard, token: Token | None) -> Guard:
        files = self._files(token)
        if not (files.accepted or files.refused):
            if token and self.takes_files and self.request.POST.getlist(REMOVE_FILE):
                staging.discard(token.id)
            return guard
        # Disk space is not free: more than this from one network, and files must be chosen again.
        allowed = limits.within_limit(self.request, "keep", 4 * limits.submissions_per_hour())
        try:
            if not allowed:
                raise OSError("too much kept for one network")
            kept = staging.keep(read_token(guard.token).id, files.accepted, files.refused)
        except OSError:
            return replace(guard, refused=files.refused, files_lost=True)
        return replace(guard, kept=kept, refused=files.refused)

    def show(self, form: forms.Form, guard: Guard) -> HttpResponse:
        status = STATUS.get(guard.hurdle, 200) if guard.hurdle else 200
        if form.is_bound and guard.hurdle is None:
            status = 422
        guard = replace(guard, site=Site.find_for_request(self.request))
        context = {**self.get_context(), "form": form, "guard": guard}
        response = render(self.request, self.template_name, context, status=status)
        if status == 429:
            response["Retry-After"] = "600"
        return response
