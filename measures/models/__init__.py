from .comparison import Band, KpiPlace, KpiYear, MeasurePlace, MeasureYear
from .kolada import Gender, Good, Kpi, KpiValue, KpiValueRevision, Municipality, Status
from .quality import MeasureKpi, QualityArea, QualityMeasure
from .team import Measurement, MeasurementRevision, TeamMeasure

__all__ = [
    "Band",
    "Gender",
    "Good",
    "Kpi",
    "KpiPlace",
    "KpiValue",
    "KpiValueRevision",
    "KpiYear",
    "MeasureKpi",
    "MeasurePlace",
    "MeasureYear",
    "Measurement",
    "MeasurementRevision",
    "Municipality",
    "QualityArea",
    "QualityMeasure",
    "Status",
    "TeamMeasure",
]
