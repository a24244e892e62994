"""A chart ready for components/chart.html."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from .drawing import draw
from .model import Chart
from .reading import read, table
from .scale import NARROW


@dataclass(frozen=True, slots=True)
class Figure:
    """What components/chart.html shows: the drawing, the sentence, the notes and the table.

    Attributes:
        svg: Two drawings, a wide and a narrow one; the style sheet shows the one that fits.
        numbered: The notes whose numbers stand in the drawing, in that order.
    """

    title: str
    svg: SafeString
    strong: str
    sentence: str
    note: str
    numbered: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def figure(chart: Chart) -> Figure:
    """Draw a chart, say it in words and lay it out as a table."""
    reading, facts = read(chart), table(chart)
    drawings = draw(chart, with_links=True) + draw(chart, sheet=NARROW, with_links=True)
    return Figure(
        title=chart.heading,
        svg=mark_safe(drawings),  # both are safe
        strong=reading.strong,
        sentence=reading.sentence,
        note=reading.note,
        numbered=reading.numbered,
        columns=facts.columns,
        rows=facts.rows,
    )
