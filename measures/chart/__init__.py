"""One chart model, and the same facts as a drawing, a sentence and a table.

No database and no request: a chart is made of what `model` says, wherever it comes from.  A page
shows `figure(chart)` with components/chart.html; paper takes `draw(chart)` alone; overviews keep
`verdict_facts(chart)` and draw `small_chart(facts)`.  Whoever needs several of them judges once:
`judge(chart)` is taken wherever a chart is.
"""

from ..spc import Assurance, ChartKind, RuleSet, Settings
from .drawing import draw, sparkline
from .facts import VerdictFacts, verdict_facts
from .figure import Figure, figure
from .icons import Icon, icons
from .judged import Judged, judge
from .model import Bar, Chart, PhaseStart, Point, Verdict
from .numbers import value_text
from .ranges import moving_range_chart
from .reading import Reading, read
from .small import small_chart
from .standalone import alone, picture
from .tabling import Table, table, to_csv

__all__ = [
    "Assurance",
    "Bar",
    "Chart",
    "ChartKind",
    "Figure",
    "Icon",
    "Judged",
    "PhaseStart",
    "Point",
    "Reading",
    "RuleSet",
    "Settings",
    "Table",
    "Verdict",
    "VerdictFacts",
    "alone",
    "draw",
    "figure",
    "icons",
    "judge",
    "moving_range_chart",
    "picture",
    "read",
    "small_chart",
    "sparkline",
    "table",
    "to_csv",
    "value_text",
    "verdict_facts",
]
