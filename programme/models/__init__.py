from .cycle import Agreement, Cycle, Outcome, Phase, Scale
from .report import Report, ReportStatus
from .work import Member, Membership, Purpose, Work, WorkMeasure, WorkStatus

__all__ = [
    "Agreement",
    "Cycle",
    "Member",
    "Membership",
    "Outcome",
    "Phase",
    "Purpose",
    "Report",
    "ReportStatus",
    "Scale",
    "Work",
    "WorkMeasure",
    "WorkStatus",
]
