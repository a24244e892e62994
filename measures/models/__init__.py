from .comparison import Band, KpiYear, MeasureYear
from .imports import BatchKind, BatchStatus, ImportBatch, ImportRun, RunStatus, What
from .kolada import Kind, Municipality, MunicipalityGroup
from .kpi import Covers, Good, Kpi, KpiTextRevision, SeriesBreak, Source
from .quality import Goal, MeasureKpi, QualityArea, QualityMeasure, Release
from .service_unit import ServiceUnit
from .survey import ResultFile
from .team import (
    Measurement,
    MeasurementRevision,
    MeasurePhase,
    MeasureVerdict,
    TeamMeasure,
)
from .value import (
    Gender,
    HistoryReplacement,
    KpiValue,
    KpiValueRevision,
    Status,
    UnitValue,
    UnitValueRevision,
    too_few,
)

__all__ = [
    "Band",
    "ImportBatch",
    "BatchKind",
    "BatchStatus",
    "Covers",
    "Gender",
    "Goal",
    "Good",
    "HistoryReplacement",
    "Kind",
    "Kpi",
    "KpiTextRevision",
    "KpiValue",
    "KpiValueRevision",
    "KpiYear",
    "MeasureKpi",
    "MeasurePhase",
    "MeasureVerdict",
    "MeasureYear",
    "Measurement",
    "MeasurementRevision",
    "Municipality",
    "MunicipalityGroup",
    "QualityArea",
    "QualityMeasure",
    "Release",
    "ResultFile",
    "ImportRun",
    "RunStatus",
    "SeriesBreak",
    "ServiceUnit",
    "Source",
    "Status",
    "TeamMeasure",
    "UnitValue",
    "UnitValueRevision",
    "What",
    "too_few",
]
