"""The states as a drawing, computed from the action table: boxes in a column, each way a line in a
lane of its own, forwards on the one side and back on the other.

Only numbers come from here; the template draws them as SVG. What leads away from most states
would hide all else, so it is drawn only where nothing else leads on, and listed below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from django.utils.functional import Promise as LazyText

from complaints.lifecycle import ACTIONS, OPEN_STATES, Action, State

BOX_WIDTH, LINE_HEIGHT, GAP, PORT, LANE, EDGE = 230, 18, 26, 17, 24, 28
#: Longer labels are set in two lines.
LONG = 24


@dataclass(frozen=True)
class Way:
    """From one state to another, by one or more actions. `number` stands at its line and in the
    table beside it."""

    number: int
    source: State
    target: State
    actions: tuple[str, ...]
    #: An action that most states have, drawn because nothing else leads on from here.
    is_general: bool = False

    @property
    def labels(self) -> list[str | LazyText]:
        return [ACTIONS[name].label for name in self.actions]


@dataclass
class Box:
    state: State
    lines: list[str]
    y: int = 0
    height: int = 0
    #: The ways that begin or end at each side.
    ports: dict[str, list[Way]] = field(default_factory=lambda: {"left": [], "right": []})

    @property
    def text_y(self) -> list[tuple[int, str]]:
        middle = self.y + self.height // 2 + 5 - (len(self.lines) - 1) * LINE_HEIGHT // 2
        return [(middle + row * LINE_HEIGHT, line) for row, line in enumerate(self.lines)]


@dataclass(frozen=True)
class Line:
    way: Way
    path: str
    #: Where the number stands.
    x: int
    y: int


@dataclass(frozen=True)
class Diagram:
    width: int
    height: int
    left: int
    box_width: int
    boxes: list[Box]
    lines: list[Line]
    ways: list[Way]
    general: list[Action]

    @property
    def centre(self) -> int:
        return self.left + self.box_width // 2


def is_general(action: Action) -> bool:
    """Possible in more than half of the states, or leading back to as many."""
    most = len(State) // 2
    return len(action.sources) > most or len(action.targets) > most


def general_actions() -> list[Action]:
    """What is listed below the drawing."""
    return [action for action in ACTIONS.values() if is_general(action) and action.targets]


def ways() -> list[Way]:
    """Every change of state of the table, in the order of the states."""
    named: dict[tuple[State, State], list[str]] = {}
    for action in ACTIONS.values():
        if not is_general(action):
            _enter(named, action, action.sources)
    has_way_on = {source for source, _target in named}
    at_a_dead_end = OPEN_STATES - has_way_on
    general: dict[tuple[State, State], list[str]] = {}
    for action in general_actions():
        _enter(general, action, at_a_dead_end & action.sources)
    order = list(State)
    both: Mapping[tuple[State, State], list[str]] = named | general
    pairs = sorted(both, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))
    return [
        Way(number, source, target, tuple(both[source, target]), (source, target) in general)
        for number, (source, target) in enumerate(pairs, start=1)
    ]


def _enter(
    ways: dict[tuple[State, State], list[str]], action: Action, sources: Iterable[str]
) -> None:
    for source in sources:
        for target in action.targets:
            if target != source:
                ways.setdefault((State(source), State(target)), []).append(action.name)


def diagram() -> Diagram:
    found = ways()
    boxes = {state: Box(state, split(str(state.label))) for state in State}
    for way in found:
        for end in (way.source, way.target):
            boxes[end].ports[_side(way)].append(way)
    height = _stack(boxes.values())
    lanes = {side: _lanes([way for way in found if _side(way) == side]) for side in SIDES}
    margins = {side: EDGE + LANE * (max(lanes[side].values(), default=0) + 1) for side in SIDES}
    left = margins["left"]
    lines = [_line(way, boxes, lanes[_side(way)][way.number], left) for way in found]
    return Diagram(
        width=left + BOX_WIDTH + margins["right"],
        height=height,
        left=left,
        box_width=BOX_WIDTH,
        boxes=list(boxes.values()),
        lines=lines,
        ways=found,
        general=general_actions(),
    )


SIDES = ("left", "right")


def _rank(state: State) -> int:
    return list(State).index(state)


def _side(way: Way) -> str:
    return "right" if _rank(way.source) < _rank(way.target) else "left"


def split(label: str) -> list[str]:
    """A long label in two lines of about the same length, where it has words to part."""
    words = label.split()
    if len(label) <= LONG or len(words) < 2:
        return [label]
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return list(min(halves, key=lambda pair: max(map(len, pair))))


def _stack(boxes: Iterable[Box]) -> int:
    """Put the boxes below each other, each as high as its ports need; gives the whole height."""
    y = GAP
    for box in boxes:
        most = max(len(ways) for ways in box.ports.values())
        box.y, box.height = y, max(46, PORT * (most + 1))
        # What comes from above or goes there ends above, so that lines cross little.
        for ways in box.ports.values():
            ways.sort(key=partial(_order_at, box))
        y += box.height + GAP
    return y


def _order_at(box: Box, way: Way) -> tuple[int, bool]:
    starts_here = way.source == box.state
    return _rank(way.target if starts_here else way.source), starts_here


def _lanes(ways: list[Way]) -> dict[int, int]:
    """Number of a way -> its lane, short ways innermost; two ways that pass the same states never
    share one."""
    taken: list[list[tuple[int, int]]] = []
    lanes: dict[int, int] = {}
    for way in sorted(ways, key=lambda way: abs(_rank(way.source) - _rank(way.target))):
        low, high = sorted((_rank(way.source), _rank(way.target)))
        lane = 0
        while lane < len(taken) and any(low <= b and a <= high for a, b in taken[lane]):
            lane += 1
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        lanes[way.number] = lane
    return lanes


def _line(way: Way, boxes: Mapping[State, Box], lane: int, left: int) -> Line:
    start, end = _port(way, boxes[way.source]), _port(way, boxes[way.target])
    if _side(way) == "right":
        edge = left + BOX_WIDTH
        x, tip = edge + EDGE + lane * LANE, edge + 2
    else:
        edge = left
        x, tip = edge - EDGE - lane * LANE, edge - 2
    return Line(way, f"M{edge} {start}H{x}V{end}H{tip}", x=x, y=(start + end) // 2)


def _port(way: Way, box: Box) -> int:
    ports = box.ports[_side(way)]
    return box.y + box.height * (ports.index(way) + 1) // (len(ports) + 1)
