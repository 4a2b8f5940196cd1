"""The files of one POST: evidence, the permission to act, and answers to extra questions."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from complaints.intake.submission import CheckedFile
from complaints.intake.uploads import RefusedFile, check_uploads

FILES = "files"
AUTHORITY = "authority_file"
QUESTION = "f-"
_CODE = re.compile(r"[-\w]{1,50}", re.ASCII)


def check_files(
    posted: MultiValueDict[str, UploadedFile],
    *,
    issue: int = 1,
    questions: Collection[str] | None = None,
    already: int = 0,
) -> tuple[list[CheckedFile], list[RefusedFile]]:
    """The files of one POST: evidence, the permission to act, answers to extra questions.

    `already`: pieces of evidence that are kept from before. `questions`: codes of those that were
    asked; None takes all.
    """
    accepted, refused = check_uploads(posted.getlist(FILES), already=already)
    accepted = [replace(file, issue=issue) for file in accepted]
    for name in posted:
        code = name.removeprefix(QUESTION)
        is_answer = name != code and _CODE.fullmatch(code) is not None
        if name == AUTHORITY or (is_answer and (questions is None or code in questions)):
            more, no = check_uploads(posted.getlist(name))
            what = {"is_authority": True} if name == AUTHORITY else {"question": code}
            accepted += [replace(file, issue=issue, **what) for file in more]
            refused += no
    return accepted, refused


def is_evidence(file: CheckedFile) -> bool:
    return not (file.is_authority or file.question)
