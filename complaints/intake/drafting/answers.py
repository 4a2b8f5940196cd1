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

    def digest_but(self, last: str) -> str:
        """Changes whenever an answer changes that isn't one of the step `last`."""
        others = {step: raw for step, raw in self.steps.items() if step != last and raw}
        text = json.dumps(others, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def problems(self) -> list[int]:
        """Numbers of the problems told so far, at least the first."""
        numbers = (
            int(step.removeprefix(PROBLEM)) for step in self.steps if step.startswith(PROBLEM)
        )
        return sorted({1, *numbers})

    def next_problem(self, here: int = 1) -> int | None:
        """Where to tell one more than at `here`; None where there are as many as we take.

        One that was added and is still empty comes first: the button pressed twice adds one.
        """
        told = self.problems
        empty = [n for n in told if n not in {1, here} and not self.raw(f"{PROBLEM}{n}")]
        free = [n for n in range(1, MOST_PROBLEMS + 1) if n not in told]
        return next(iter([*empty, *free]), None)

    def remove_problem(self, number: int) -> bool:
        """Take a problem out; those behind it move up, so that there is never a gap."""
        told = self.problems
        if number == 1 or self.steps.pop(f"{PROBLEM}{number}", None) is None:
            return False
        for later in told[told.index(number) + 1 :]:
            self.steps[f"{PROBLEM}{later - 1}"] = self.steps.pop(f"{PROBLEM}{later}")
        return True

    def options(self) -> Raw:
        """What the page's editor chose, which every problem needs."""
        first = self.raw(f"{PROBLEM}1")
        return {name: first[name] for name in ("categories", "chosen") if name in first}
