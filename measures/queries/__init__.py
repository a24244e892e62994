"""What pages need to know about the home municipality's values, gathered over several models."""

from .series import (
    YEARS_SHOWN,
    AreaView,
    Look,
    MeasureSeries,
    National,
    Outcome,
    Place,
    Series,
    Split,
)
from .standing import KpiSummary, RedMeasure, kpi_summary, red_measures
from .viewer import (
    area_of,
    areas_of,
    home_municipality,
    kpi_outcomes,
    series_of,
)

__all__ = [
    "YEARS_SHOWN",
    "AreaView",
    "KpiSummary",
    "Look",
    "MeasureSeries",
    "National",
    "Outcome",
    "Place",
    "RedMeasure",
    "Series",
    "Split",
    "area_of",
    "areas_of",
    "home_municipality",
    "kpi_outcomes",
    "kpi_summary",
    "red_measures",
    "series_of",
]
