"""What somebody has answered so far in the steps of the form, exactly as typed.

A step is `problem-1` … `problem-9` or the name of another part; its answers are what the browser
sent, so that a step shows again what was typed, right or wrong.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Self

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

Raw = dict[str, list[str]]
PROBLEM = "problem-"
MOST_PROBLEMS = 9
#: What the form's machinery adds to every POST: no answers.
NOT_ANSWERS = frozenset(
    {
        "token", "checked", "further_subject", "go", "seen", "proof", "remove_file",
        "csrfmiddlewaretoken",
    }
)  # fmt: skip


def raw_from(posted: QueryDict | MultiValueDict, names: Any = None) -> Raw:
    """The answers in a POST; only those to `names` if they are given. Empty ones are left out."""
    return {
        name: values
        for name, values in posted.lists()
        if name not in NOT_ANSWERS and any(values) and (names is None or name in names)
    }


@dataclass
class Answers:
    steps: dict[str, Raw] = field(default_factory=dict)
    #: Signs of a program that were seen on the way (`complaints.intake.spam`).
    signs: list[str] = field(default_factory=list)

    @classmethod
    def from_json(cls, text: str) -> Self:
        return cls(**json.loads(text)) if text else cls()

    def to_json(self) -> str:
        return json.dumps(
            {"steps": self.steps, "signs": self.signs}, ensure_ascii=False, sort_keys=True
        )

    def raw(self, step: str) -> Raw:
        return self.steps.get(step, {})

    def data(self, step: str) -> MultiValueDict:
        """What a form takes as its data."""
        return MultiValueDict(self.raw(step))

    def initial(self, step: str, many: Collection[str] = ()) -> dict:
        """What an unbound form shows: lists for the fields in `many`, else single values."""
        return {n: v if n in many else v[-1] for n, v in self.raw(step).items() if v}

    def digest(self, step: str) -> str:
        """Changes whenever the answers of a step change."""
        text = json.dumps(self.raw(step), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def digest_of_all(self) -> str:
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:16]

    @property
    def problems(self) -> list[int]:
        """Numbers of the problems told so far, at least the first."""
        numbers = (
            int(step.removeprefix(PROBLEM)) for step in self.steps if step.startswith(PROBLEM)
        )
        return sorted({1, *numbers})

    def next_problem(self) -> int | None:
        """A free number, or None where there are as many as we take."""
        free = [n for n in range(1, MOST_PROBLEMS + 1) if n not in self.problems]
        return free[0] if free else None

    def options(self) -> Raw:
        """What the page's editor chose, which every problem needs."""
        first = self.raw(f"{PROBLEM}1")
        return {name: first[name] for name in ("categories", "chosen") if name in first}
