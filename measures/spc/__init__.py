"""Statistical process control: what is chance, and what is not.  Numbers in, numbers out.

Pure functions and frozen values, without Django and without anything but the standard library.
`analyse` judges a series; `Firmness` is the ladder of what so many points allow one to say.
"""

from .analysis import analyse, moving_ranges, run_chart
from .judging import Caution, Doubt, assurance, on_the_ladder, warnings
from .model import (
    BY_D2,
    BY_NHS,
    FEWEST_FOR_ICONS,
    FEWEST_FOR_LIMITS,
    FEWEST_POINTS,
    NHS_ENGLAND,
    PLOT_THE_DOTS,
    Analysis,
    Assurance,
    ChartKind,
    Firmness,
    NhsRules,
    Observation,
    Phase,
    Rule,
    RuleSet,
    Run,
    RunLimits,
    RunPhase,
    Settings,
    Signal,
)
from .rules import labels
from .runs import run_limits

__all__ = [
    "BY_D2",
    "BY_NHS",
    "FEWEST_FOR_ICONS",
    "FEWEST_FOR_LIMITS",
    "FEWEST_POINTS",
    "NHS_ENGLAND",
    "PLOT_THE_DOTS",
    "Analysis",
    "Assurance",
    "Caution",
    "ChartKind",
    "Doubt",
    "Firmness",
    "NhsRules",
    "Observation",
    "Phase",
    "Rule",
    "RuleSet",
    "Run",
    "RunLimits",
    "RunPhase",
    "Settings",
    "Signal",
    "analyse",
    "assurance",
    "labels",
    "moving_ranges",
    "on_the_ladder",
    "run_chart",
    "run_limits",
    "warnings",
]
