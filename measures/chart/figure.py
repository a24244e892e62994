"""A chart ready for components/chart.html."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from .drawing import draw
from .helping import help_texts
from .icons import Icon, icons
from .judged import Judged, judge
from .model import Chart
from .reading import read
from .scale import NARROW, WIDE
from .tabling import table


@dataclass(frozen=True, slots=True)
class Figure:
    """What components/chart.html shows: the drawing, the sentence, the notes and the table.

    Attributes:
        svg: Two drawings, a wide and a narrow one; the style sheet shows the one that fits.
        numbered: The notes whose numbers stand in the drawing, in that order.
        signals: Every signal that the sentence does not tell.
        doubts: What one should know before one trusts the chart.
        help: How to read it: only what is in this one.
        icons: The verdict and the target as pictures with a word; none on few points.
    """

    title: str
    svg: SafeString
    strong: str
    sentence: str
    note: str
    numbered: tuple[str, ...]
    signals: tuple[str, ...]
    doubts: tuple[str, ...]
    help: tuple[str, ...]
    icons: tuple[Icon, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]

    def heads(self) -> Iterator[tuple[str, bool]]:
        """Give each column's title, and whether it holds numbers."""
        return zip(self.columns, self.numeric, strict=True)

    def lines(self) -> Iterator[list[tuple[str, bool]]]:
        """Give each row as its texts, each with whether it is a number."""
        return (list(zip(row, self.numeric, strict=True)) for row in self.rows)


def figure(chart: Chart | Judged) -> Figure:
    """Draw a chart, say it in words and lay it out as a table."""
    judged = chart if isinstance(chart, Judged) else judge(chart)
    reading, facts = read(judged), table(judged)
    drawings = "".join(
        draw(judged, sheet=sheet, with_links=True, spoken=reading.spoken)
        for sheet in (WIDE, NARROW)
    )
    return Figure(
        title=judged.chart.heading,
        svg=mark_safe(drawings),  # both are safe
        strong=reading.strong,
        sentence=reading.sentence,
        note=reading.note,
        numbered=reading.numbered,
        signals=reading.signals,
        doubts=reading.doubts,
        help=tuple(help_texts(judged)),
        icons=icons(judged.variation, judged.assurance, judged.side, judged.chart.higher_is_better),
        columns=facts.columns,
        rows=facts.rows,
        numeric=facts.numeric,
    )
