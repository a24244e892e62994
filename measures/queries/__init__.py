"""What pages need to know about the home municipality's values, gathered over several models."""

from .standing import KpiSummary, RedMeasure, kpi_summary, red_measures
from .viewer import (
    YEARS_SHOWN,
    AreaView,
    MeasureSeries,
    National,
    Outcome,
    Series,
    area_of,
    areas_of,
    by_gender,
    home_municipality,
    revisions_of,
    series_of,
)

__all__ = [
    "YEARS_SHOWN",
    "AreaView",
    "KpiSummary",
    "MeasureSeries",
    "National",
    "Outcome",
    "RedMeasure",
    "Series",
    "area_of",
    "areas_of",
    "by_gender",
    "home_municipality",
    "kpi_summary",
    "red_measures",
    "revisions_of",
    "series_of",
]
