"""What lines are called, written at their right end, outside the data."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape

from .scale import Scale, Sheet


@dataclass(frozen=True, slots=True)
class EndName:
    """What a line is called, and its value as text where it ends; empty when that says nothing."""

    value: float
    words: str
    number: str
    is_strong: bool = False

    def lines(self, sheet: Sheet) -> list[str]:
        """Return the words and the value: on one line, or under each other where it is narrow."""
        parts = [part for part in (self.words, self.number) if part]
        return parts if sheet.is_narrow else [" ".join(parts)]


def room_for(names: Sequence[EndName], sheet: Sheet) -> float:
    """Return how wide the widest of the names is."""
    return max((sheet.length_of(line) for name in names for line in name.lines(sheet)), default=0.0)


def at_the_end(names: Sequence[EndName], scale: Scale, sheet: Sheet) -> list[str]:
    """Write the names to the right of the data, moved apart where they would meet."""
    placed: list[tuple[float, str, bool]] = []
    for name in sorted(names, key=lambda name: scale.y(name.value)):
        for row, words in enumerate(name.lines(sheet)):
            y = scale.y(name.value) + 4 + row * sheet.line
            placed.append(
                (max(y, placed[-1][0] + sheet.line) if placed else y, words, name.is_strong)
            )
    lowest = scale.bottom + 4 + sheet.line  # what was moved below the field is moved up again
    texts: list[str] = []
    for y, words, is_strong in reversed(placed):
        lowest = min(y, lowest - sheet.line)
        strong = ' class="chart-strong"' if is_strong else ""
        texts.append(
            f'<text x="{scale.right + 10:g}" y="{lowest:g}"{strong}>{escape(words)}</text>'
        )
    return texts[::-1]
