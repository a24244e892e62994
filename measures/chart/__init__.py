"""One chart model, and the same facts as a drawing, a sentence and a table.

No database and no request: a chart is made of what `model` says, wherever it comes from.  A page
shows `figure(chart)` with components/chart.html; paper takes `draw(chart)` alone.
"""

from .drawing import draw, sparkline
from .figure import Figure, figure
from .model import Bar, Chart, PhaseStart, Point, Verdict
from .numbers import value_text
from .reading import Reading, Table, read, table

__all__ = [
    "Bar",
    "Chart",
    "Figure",
    "PhaseStart",
    "Point",
    "Reading",
    "Table",
    "Verdict",
    "draw",
    "figure",
    "read",
    "sparkline",
    "table",
    "value_text",
]
