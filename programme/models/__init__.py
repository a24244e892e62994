from .choices import CARRIED_OUT, Effect, Improves, Member, Origin, Purpose, Scope, WorkStatus
from .coaching import Coaching, Contact, ContactKind, Reminder
from .cycle import (
    Agreement,
    Cycle,
    HintDismissal,
    Outcome,
    Phase,
    PredictionVersion,
    Scale,
)
from .driver import Driver, DriverKind
from .effect import CHECKED_AFTER, Benefit, BenefitKind, Drift, FollowUp, Holds, Tip
from .method import Method, MethodStep, StrategicArea
from .report import Extent, Report, ReportStatus, ReportVersion
from .together import Remark, Task, Thread, WorkDecision, WorkFile
from .work import Membership, Work, WorkMeasure

__all__ = [
    "CARRIED_OUT",
    "CHECKED_AFTER",
    "Agreement",
    "Benefit",
    "BenefitKind",
    "Coaching",
    "Contact",
    "ContactKind",
    "Cycle",
    "Drift",
    "Driver",
    "DriverKind",
    "Effect",
    "Extent",
    "FollowUp",
    "HintDismissal",
    "Holds",
    "Improves",
    "Member",
    "Membership",
    "Method",
    "MethodStep",
    "Origin",
    "Outcome",
    "Phase",
    "PredictionVersion",
    "Purpose",
    "Remark",
    "Reminder",
    "Report",
    "ReportStatus",
    "ReportVersion",
    "Scale",
    "Scope",
    "StrategicArea",
    "Task",
    "Thread",
    "Tip",
    "Work",
    "WorkDecision",
    "WorkFile",
    "WorkMeasure",
    "WorkStatus",
]
