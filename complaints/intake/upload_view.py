"""A file that is sent while the form is still being filled in, and one that is taken out again.

For `uploads.js` only: without it, or without a connection, files go along with the form. Like the
form this knows neither session nor user; whoever has the form's token, or the cookie of the draft,
owns the files that are kept for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from uuid import UUID

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from complaints.intake import limits, staging
from complaints.intake.drafting.opening import opened_draft
from complaints.intake.same_site import is_from_own_site
from complaints.intake.sent_files import AUTHORITY, FILES, QUESTION
from complaints.intake.staging import Area, NoRoom
from complaints.intake.submission import CheckedFile
from complaints.intake.tokens import UnreadableToken, read_token
from complaints.intake.uploads import RefusedFile, check_upload

_CODE = re.compile(r"[\w-]{1,50}")


@dataclass(frozen=True)
class Place:
    """Where this request may keep files, and for which problem."""

    area: Area
    key: str
    issue: int = 1


@csrf_exempt
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Keep the posted `file`, or take `remove` out again, and say so as JSON.

    422 has the reason for which a file is refused. With every other error it stays in the browser.
    """
    if not is_from_own_site(request):
        return _answer(status=403)
    try:
        place = place_of(request)
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError):
        return _answer(status=413)
    if place is None:
        return _answer(status=404)
    if stored := request.POST.get("remove"):
        return _answer(removed=place.area.remove(place.key, stored))
    return _take(request, place)


def _take(request: HttpRequest, place: Place) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        return _answer(status=400)
    if not _is_within_limits(request, file.size or 0):
        return _answer(status=429)
    try:
        kept = _keep(place, file, request.POST.get("name", FILES))
    except RefusedFile as refused:
        return _answer(status=422, name=refused.name, reason=refused.reason)
    except OSError:
        return _answer(status=503)
    return _answer(name=kept.name, size=kept.size, stored=kept.stored)


def place_of(request: HttpRequest) -> Place | None:
    """The files of the draft that the address names, if this browser may open it; otherwise those
    of the form whose token was sent along. None where the request owns neither."""
    now = timezone.now()
    if "draft" in request.GET:
        try:
            opened = opened_draft(request, UUID(request.GET["draft"]), now)
            issue = int(request.GET.get("issue", "1"))
        except ValueError:
            return None
        if opened is None or opened.draft.case_id or not 1 <= issue <= 99:
            return None
        return Place(staging.DRAFTS, opened.draft.token_id, issue)
    try:
        token = read_token(request.POST.get("token", ""), now=now)
    except UnreadableToken:
        return None
    return Place(staging.FORMS, token.id) if token.age < staging.KEPT_FOR else None


def _is_within_limits(request: HttpRequest, size: int) -> bool:
    number = 2 * limits.max_files() * limits.submissions_per_hour()
    return limits.within_limit(request, "upload", number) and limits.within_limit(
        request, "upload-bytes", limits.staged_bytes_per_hour(), size
    )


def _keep(place: Place, upload: UploadedFile, name: str) -> staging.StagedFile:
    file = _meant_for(replace(check_upload(upload), issue=place.issue), name)
    try:
        return place.area.add(
            place.key,
            file,
            at_most=limits.max_files(),
            among=lambda other: _purpose(other) == _purpose(file),
        )
    except NoRoom as error:
        reason = _("Only %(number)s files can be sent at once.")
        raise RefusedFile(file.name, reason % {"number": limits.max_files()}) from error


def _meant_for(file: CheckedFile, name: str) -> CheckedFile:
    """The name of the field says what the file is for, as in `sent_files`."""
    if name == AUTHORITY:
        return replace(file, is_authority=True)
    code = name.removeprefix(QUESTION)
    if code != name and _CODE.fullmatch(code):
        return replace(file, question=code)
    return file


def _purpose(file: CheckedFile) -> tuple[int, str, bool]:
    return file.issue, file.question, file.is_authority


def _answer(*, status: int = 200, **values: object) -> HttpResponse:
    response = JsonResponse(values, status=status)
    response["Cache-Control"] = "private, no-store"
    if status == 429:
        response["Retry-After"] = "600"
    return response
