"""Pictures of one KPI or one quality measure: its years, its place among all, its units.

No database and no request, as charts.
"""

from .dots import dot
from .explore import strip_data, trend_data
from .model import Break, Dot, GoalMark, Line, Mark, Role, Spread, Strip, Trend
from .reading import Said, Standing, read_strip, read_trend
from .strip import draw_strip
from .trend import draw_trend

__all__ = [
    "Break",
    "Dot",
    "GoalMark",
    "Line",
    "Mark",
    "Role",
    "Said",
    "Spread",
    "Standing",
    "Strip",
    "Trend",
    "dot",
    "draw_strip",
    "draw_trend",
    "read_strip",
    "read_trend",
    "strip_data",
    "trend_data",
]
