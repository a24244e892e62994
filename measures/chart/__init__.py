"""One chart model, and the same facts as a drawing, a sentence and a table.

No database and no request: a chart is made of what `model` says, wherever it comes from.
"""

from .drawing import draw, sparkline
from .model import Bar, Chart, PhaseStart, Point
from .reading import Reading, Table, read, table

__all__ = [
    "Bar",
    "Chart",
    "PhaseStart",
    "Point",
    "Reading",
    "Table",
    "draw",
    "read",
    "sparkline",
    "table",
]
