"""The driver diagram: boxes in, coordinates out, and then drawn as SVG.  Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

AIM = 0  # the key of the aim, which every chain ends in
MARGIN = 8  # px, around it all
WIDTH = 214  # px of a box
ACROSS = 54  # px between columns, for the lines
BETWEEN = 14  # px between boxes above each other
PAD = 11  # px inside a box
LINE = 18  # px of a line of text
SIGNS = 27  # on a line: what fits in a box with most texts


@dataclass(frozen=True, slots=True)
class Box:
    """One box.

    Attributes:
        key: Not 0, which is the aim's.
        parent: The key of the box that it leads to.
        column: 1 primary, 2 secondary, 3 change idea; further than its parent's.
        kind: For its look.
        note: What stands under the text, as how it has gone with a change idea.
    """

    key: int
    parent: int
    column: int
    kind: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A box and where it stands, px."""

    box: Box
    x: int
    y: int
    height: int
    lines: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    def overlaps(self, other: "Placed") -> bool:
        """Say whether two boxes cover each other somewhere."""
        beside = self.x + WIDTH <= other.x or other.x + WIDTH <= self.x
        above = self.y + self.height <= other.y or other.y + other.height <= self.y
        return not beside and not above


@dataclass(frozen=True, slots=True)
class Layout:
    """All boxes, the aim first, and the size of the drawing, px."""

    placed: tuple[Placed, ...]
    width: int
    height: int


def layout(aim: str, boxes: Sequence[Box]) -> Layout:
    """Place the boxes: columns from left to right, each box in the middle of what leads to it.

    Args:
        boxes: In the order they stand under the same parent.
    """
    under: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        under[box.parent].append(box)
    placed: list[Placed] = []
    heights: dict[int, int] = {}

    def needs(box: Box) -> int:
        """The height that a box and all that leads to it take, px."""
        below = [needs(each) for each in under[box.key]]
        own = _height(box)
        heights[box.key] = max(own, sum(below) + BETWEEN * max(0, len(below) - 1))
        return heights[box.key]

    def put(box: Box, top: int) -> None:
        room, own = heights[box.key], _height(box)
        lines, notes = _lines(box)
        x = MARGIN + box.column * (WIDTH + ACROSS)
        placed.append(Placed(box, x, top + (room - own) // 2, own, lines, notes))
        rows = under[box.key]
        taken = sum(heights[each.key] for each in rows) + BETWEEN * max(0, len(rows) - 1)
        top += (room - taken) // 2
        for each in rows:
            put(each, top)
            top += heights[each.key] + BETWEEN

    root = Box(AIM, -1, 0, "aim", aim)
    height = needs(root)
    put(root, MARGIN)
    columns = 1 + max((box.column for box in boxes), default=0)
    return Layout(
        tuple(placed), 2 * MARGIN + columns * WIDTH + (columns - 1) * ACROSS, height + 2 * MARGIN
    )


def draw(made: Layout, said: str) -> SafeString:
    """Draw a layout; `said` is for those who do not see it."""
    place = {placed.box.key: placed for placed in made.placed}
    lines = format_html_join(
        "",
        '<path class="driver-line" d="M{} {} C{} {} {} {} {} {}"/>',
        (
            _line(place[placed.box.parent], placed)
            for placed in made.placed
            if placed.box.key != AIM
        ),
    )
    return format_html(
        '<svg class="drivers" viewBox="0 0 {} {}" width="{}" height="{}" role="img" '
        'aria-label="{}">{}{}</svg>',
        *(made.width, made.height, made.width, made.height),
        *(said, lines, format_html_join("", "{}", ((_box(each),) for each in made.placed))),
    )


def _line(parent: Placed, child: Placed) -> tuple[int, ...]:
    x1, x2 = parent.x + WIDTH, child.x
    bend = x2 - ACROSS // 2  # past a column that is left out the line is straight
    return (x1, parent.middle, bend, parent.middle, bend, child.middle, x2, child.middle)


def _lines(box: Box) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(wrap(box.text, SIGNS)) or ("",), tuple(wrap(box.note, SIGNS + 4))


def _height(box: Box) -> int:
    lines, notes = _lines(box)
    return 2 * PAD + LINE * (len(lines) + len(notes))


def _box(placed: Placed) -> SafeString:
    x, y = placed.x, placed.y
    words = [(f"driver-{kind}", line) for kind, lines in _texts(placed) for line in lines]
    return format_html(
        '<g class="driver-box" data-kind="{}"><rect x="{}" y="{}" width="{}" height="{}" rx="8"/>'
        "{}</g>",
        *(placed.box.kind, x, y, WIDTH, placed.height),
        format_html_join(
            "",
            '<text class="{}" x="{}" y="{}">{}</text>',
            (
                (name, x + PAD, y + PAD + LINE * place + 13, line)
                for place, (name, line) in enumerate(words)
            ),
        ),
    )


def _texts(placed: Placed) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("text", placed.lines), ("note", placed.notes))
