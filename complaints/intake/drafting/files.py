"""Files of a draft: taken at a step, each with what it is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.http import HttpRequest

from complaints.intake import limits, staging
from complaints.intake.drafting.drafts import Opened
from complaints.intake.sent_files import check_files, is_evidence
from complaints.intake.staging import DRAFTS, StagedFile
from complaints.intake.submission import CheckedFile
from complaints.intake.uploads import RefusedFile

REMOVE = "remove_file"
#: In one draft, whatever they are for: disk space is not free.
MOST_FILES = 60


def files_of(opened: Opened) -> list[StagedFile]:
    return list(DRAFTS.load(opened.draft.token_id).files)


def kept_questions(files: Iterable[CheckedFile]) -> dict[int, set[str]]:
    """For each problem, codes of the extra questions that a file came for."""
    kept: dict[int, set[str]] = defaultdict(set)
    for file in files:
        if file.question:
            kept[file.issue].add(file.question)
    return kept


def take_files(opened: Opened, request: HttpRequest, issue: int) -> tuple[list[RefusedFile], bool]:
    """Keep what came with a step and forget what was taken out.

    Gives the files that were refused, and whether some were lost: the storage fails, or one network
    keeps too much.
    """
    key = opened.draft.token_id
    for stored in request.POST.getlist(REMOVE):
        DRAFTS.remove(key, stored)
    if not request.FILES:
        return [], False
    already = sum(is_evidence(file) and file.issue == issue for file in files_of(opened))
    accepted, refused = check_files(request.FILES, issue=issue, already=already)
    if not limits.within_limit(request, "keep", 8 * limits.submissions_per_hour()):
        return refused, bool(accepted)
    try:
        for file in accepted:
            DRAFTS.add(key, file, at_most=MOST_FILES)
    except (OSError, staging.NoRoom):
        return refused, True
    return refused, False
