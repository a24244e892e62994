"""The learning spiral of one change idea: its tests as turns that rise with their scale.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LEFT, RIGHT, TOP, BOTTOM = 100, 24, 14, 6  # px around the turns
STEP = 112  # px from one turn to the next
RISE = 104  # px from one scale to the next; room for a turn and the two lines under it
RADIUS = (17, 20, 24, 28)  # px, by scale: the larger the test, the larger its turn
LINE = 15  # px from one line of words to the next

# What stands on a turn besides its number: a shape, so that colour is never alone.
ADOPTED, ADAPTED, ABANDONED, OPEN = "adopt", "adapt", "abandon", ""
_SHAPES = {
    ADOPTED: SafeString("M-5 0 l4 4 l7 -8"),  # a tick
    ADAPTED: SafeString("M-5 5 L5 -5 M-2 -5 H5 V2"),  # an arrow onwards
    ABANDONED: SafeString("M-5 -5 l10 10 M5 -5 l-10 10"),  # a cross
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One test.

    Attributes:
        scale: 0 (one person) to 3 (everyone).
        outcome: ADOPTED, ADAPTED, ABANDONED, or OPEN while it goes on.
        words: At most two short lines: what became of it, and how it was beside the prediction.
    """

    number: int
    scale: int
    outcome: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A turn and the middle of its circle, px."""

    turn: Turn
    x: int
    y: int

    @property
    def radius(self) -> int:
        return RADIUS[self.turn.scale]


def place(turns: Sequence[Turn]) -> tuple[list[Placed], int, int]:
    """Return where each turn stands, and the width and height of the drawing.

    Time goes to the right, scale upwards; only scales between those that were tried have room.
    """
    levels = _levels(turns)
    placed = [
        Placed(turn, LEFT + STEP // 2 + place * STEP, _level(turn.scale, levels))
        for place, turn in enumerate(turns)
    ]
    return placed, LEFT + STEP * len(turns) + RIGHT, TOP + RISE * len(levels) + BOTTOM


def draw(turns: Sequence[Turn], scales: Sequence[str], said: str) -> SafeString:
    """Draw the spiral.

    Args:
        scales: The words of the four scales, the smallest first.
        said: The whole in one sentence, for those who do not see it.
    """
    placed, width, height = place(turns)
    levels = _levels(turns)
    lines = format_html_join(
        "",
        '<line class="spiral-level" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="spiral-scale" x="4" y="{}">{}</text>',
        (
            (LEFT - 8, width - 8, y := _level(scale, levels), y, y + 4, scales[scale])
            for scale in levels
        ),
    )
    return format_html(
        '<svg class="spiral" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">'
        "{}{}{}</svg>",
        *(width, height, width, height, said),
        lines,
        format_html_join("", "{}", ((_path(a, b),) for a, b in pairwise(placed))),
        format_html_join("", "{}", ((_turn(each),) for each in placed)),
    )


def _levels(turns: Sequence[Turn]) -> range:
    tried = [turn.scale for turn in turns] or [0]
    return range(min(tried), max(tried) + 1)


def _level(scale: int, levels: range) -> int:
    return TOP + RISE * (levels[-1] - scale) + RADIUS[-1]


def _path(a: Placed, b: Placed) -> SafeString:
    """The way from one turn to the next."""
    x1, x2 = a.x + a.radius + 2, b.x - b.radius - 3
    middle = (x1 + x2) // 2
    return format_html(
        '<path class="spiral-way" d="M{} {} C{} {} {} {} {} {}"/>'
        '<path class="spiral-tip" d="M{} {} l-7 -4 v8 z"/>',
        *(x1, a.y, middle, a.y, middle, b.y, x2, b.y),
        *(x2 + 2, b.y),
    )


def _turn(placed: Placed) -> SafeString:
    turn, x, y, r = placed.turn, placed.x, placed.y, placed.radius
    shape = _SHAPES.get(turn.outcome)
    badge = (
        format_html(
            '<g transform="translate({} {})"><circle class="spiral-badge" r="10"/>'
            '<path class="spiral-shape" d="{}"/></g>',
            *(x + r - 3, y - r + 5, shape),
        )
        if shape
        else ""
    )
    words = format_html_join(
        "",
        '<text class="spiral-word" x="{}" y="{}">{}</text>',
        ((x, y + r + 16 + LINE * line, word) for line, word in enumerate(turn.words)),
    )
    return format_html(
        '<g class="spiral-turn" data-outcome="{}"><circle cx="{}" cy="{}" r="{}"/>'
        '<text class="spiral-number" x="{}" y="{}">{}</text>{}{}</g>',
        *(turn.outcome or "open", x, y, r, x, y + 5, turn.number),
        *(badge, words),
    )
