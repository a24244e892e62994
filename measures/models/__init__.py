from .kolada import Kpi
from .team import Measurement, MeasurementRevision, TeamMeasure

__all__ = ["Kpi", "Measurement", "MeasurementRevision", "TeamMeasure"]
