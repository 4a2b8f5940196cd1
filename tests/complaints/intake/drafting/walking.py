"""Going through the steps of the form as a browser does, and looking at what is kept."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import translation

from complaints.intake import staging
from complaints.intake.drafting.answers import Answers
from complaints.intake.staging import StagedFile
from complaints.models import Case, Draft
from tests.complaints.intake.sending import WORDS, text_of, token_of_age

START = "/en/case/start/"
RESUME = "/en/case/resume/"
COOKIE = "conduct-draft-"
STEPS = ("problem-1", "wish", "you", "acting", "support")


def hidden(response: Any, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', text_of(response))
    assert found, f"no hidden field {name}"
    return html.unescape(found.group(1))


def key_in(response: Any) -> str:
    found = re.search(r'id="case-key" dir="ltr">([^<]+)<', text_of(response))
    assert found, text_of(response)[:2000]
    return found.group(1)


def code_in(response: Any) -> str:
    found = re.search(r'id="draft-code" dir="ltr">([^<]+)<', text_of(response))
    assert found
    return found.group(1)


@dataclass
class Walk:
    """One browser at one draft."""

    client: Client
    public_id: str
    language: str = "en"

    def url(self, slug: str) -> str:
        with translation.override(self.language):
            if slug in {"check", "later"}:
                return reverse(f"conduct_complaints:{slug}", args=[self.public_id])
            if slug == "delete":
                return reverse("conduct_complaints:draft_delete", args=[self.public_id])
            return reverse("conduct_complaints:step", args=[self.public_id, slug])

    def get(self, slug: str) -> Any:
        return self.client.get(self.url(slug))

    def post(self, slug: str, go: str = "next", headers: Any = None, **typed: Any) -> Any:
        """What a browser sends that has just opened the step; a value of None leaves it out."""
        if "seen" not in typed:
            typed["seen"] = hidden(self.get(slug), "seen")
        data = {name: value for name, value in typed.items() if value is not None}
        return self.client.post(self.url(slug), data | {"go": go}, headers=headers)

    def fill(self, **steps: Any) -> None:
        """Answer some steps: `you={"email": …}`; `problem_2={…}` adds a second problem."""
        for name, typed in steps.items():
            slug = name.replace("_", "-")
            if slug.startswith("problem-") and slug not in self.answers().steps:
                self.post("problem-1", "another", **self.as_shown("problem-1"))
            self.post(slug, "check", **typed)

    def as_shown(self, slug: str) -> dict[str, Any]:
        """What the step would send if nobody changed it."""
        return dict(self.answers().raw(slug))

    def send(self, **typed: Any) -> Any:
        return self.post("check", "send", **typed)

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(public_id=self.public_id)

    def answers(self) -> Answers:
        return Answers.from_json(self.draft.answers)

    def files(self) -> list[StagedFile]:
        return list(staging.DRAFTS.load(self.draft.token_id).files)


def public_id_in(response: Any) -> str:
    found = re.search(r"/draft/([0-9a-f-]{36})/", response.headers["Location"])
    assert found
    return found.group(1)


def begin(client: Client | None = None, go: str = "next", **typed: Any) -> Walk:
    """A draft with its first step answered."""
    client = client or Client()
    data = {"description": WORDS, "token": token_of_age()} | typed
    data = {name: value for name, value in data.items() if value is not None}
    response = client.post(START, data | {"go": go})
    assert response.status_code == 302, text_of(response)
    return Walk(client, public_id_in(response))


def ready(client: Client | None = None, **typed: Any) -> Walk:
    """A draft that has all it needs."""
    walk = begin(client, **typed)
    walk.fill(you={"email": "kim@example.com"})
    return walk


def slug_of(response: Any) -> str:
    """The step that a redirect leads to."""
    return str(response.headers["Location"].rstrip("/").rpartition("/")[2])


def the_case() -> Case:
    return Case.objects.get()
