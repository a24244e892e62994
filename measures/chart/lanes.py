"""Things laid out in rows so that none meets another: tests under the data, numbers above it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .model import Bar, Chart, NumberedNote
from .scale import Scale, Sheet

NARROWEST = 10  # a test of one day is still seen
BESIDE = 6  # from a bar to the words beside it
APART = 8
NUMBER_WIDTH = 18


@dataclass(frozen=True, slots=True)
class PlacedBar:
    """A bar with as much of its words as there is room for: in it, to its right or to its left."""

    bar: Bar
    x: float
    width: float
    words: str
    anchor: str
    text_x: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PlacedNote:
    note: NumberedNote
    x: float

    @property
    def start(self) -> float:
        return self.x - NUMBER_WIDTH / 2

    @property
    def end(self) -> float:
        return self.x + NUMBER_WIDTH / 2


def bars_in_rows(
    bars: Sequence[Bar], today: date, scale: Scale, sheet: Sheet
) -> list[list[PlacedBar]]:
    """Return where each bar stands, in rows; what goes on ends `today`."""
    in_time = sorted(bars, key=lambda bar: bar.starts_on)
    return _rows([_place(bar, today, scale, sheet) for bar in in_time], APART)


def notes_in_rows(chart: Chart, scale: Scale) -> list[list[PlacedNote]]:
    placed = []
    for note in chart.numbered_notes():
        x = phase_x(chart, scale, note.on) if note.place is None else scale.x(note.on)
        placed.append(PlacedNote(note, x))
    return _rows(placed, 2)


def phase_x(chart: Chart, scale: Scale, starts_on: date) -> float:
    """Return where a phase begins: between the points, so that none stands on the line."""
    before = max((p.on for p in chart.points if p.on < starts_on), default=None)
    after = min((p.on for p in chart.points if p.on >= starts_on), default=None)
    if before is None or after is None:
        return min(max(scale.x(starts_on), scale.left), scale.right)
    return round((scale.x(before) + scale.x(after)) / 2, 1)


def _place(bar: Bar, today: date, scale: Scale, sheet: Sheet) -> PlacedBar:
    x = scale.x(bar.starts_on)
    width = round(max(scale.x(bar.ends_on or today) - x, NARROWEST), 1)
    rooms = {
        "middle": width - 2 * BESIDE,
        "start": sheet.width - (x + width + BESIDE),
        "end": x - BESIDE,
    }
    needed = len(bar.label) * sheet.small_letter
    anchor = next((a for a in rooms if needed <= rooms[a]), max(rooms, key=lambda a: rooms[a]))
    words = _cut(bar.label, int(rooms[anchor] / sheet.small_letter))
    text_x = {"middle": x + width / 2, "start": x + width + BESIDE, "end": x - BESIDE}[anchor]
    length = len(words) * sheet.small_letter
    return PlacedBar(
        bar=bar,
        x=x,
        width=width,
        words=words,
        anchor=anchor,
        text_x=round(text_x, 1),
        start=text_x - length if anchor == "end" else x,
        end=text_x + length if anchor == "start" else x + width,
    )


def _cut(words: str, letters: int) -> str:
    """Shorten to whole words, so that what is seen is still part of what is read aloud."""
    if len(words) <= letters:
        return words
    kept = words[: max(letters - 1, 1)]
    if not words[len(kept)].isspace() and " " in kept:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip() + "…"


def _rows[Placed: (PlacedBar, PlacedNote)](
    things: Iterable[Placed], apart: float
) -> list[list[Placed]]:
    """Put each thing in the first row where it begins after the last one there has ended."""
    rows: list[list[Placed]] = []
    for thing in things:
        row = next((row for row in rows if row[-1].end + apart <= thing.start), None)
        if row is None:
            rows.append([thing])
        else:
            row.append(thing)
    return rows
