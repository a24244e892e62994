from .bank import RESTING, Answer, Revival
from .cost import CostKind, CostLine
from .criteria import MOST_POINTS, Assessment, Criterion
from .decision import Basis, Condition, Decision, Outcome
from .fund import (
    Account,
    Balance,
    Fund,
    LedgerEntry,
    LedgerKind,
    Period,
    QueueRule,
    Rollover,
)
from .idea import Idea, IdeaKind, IdeaStatus
from .meeting import (
    AgendaItem,
    Conflict,
    DecisionList,
    DecisionListEntry,
    Meeting,
    MeetingMember,
    MeetingStatus,
)
from .reward import RewardKind, RewardUse
from .talk import Attachment, Comment, Follow, Support

__all__ = [
    "MOST_POINTS",
    "RESTING",
    "Account",
    "AgendaItem",
    "Answer",
    "Assessment",
    "Attachment",
    "Balance",
    "Basis",
    "Comment",
    "Condition",
    "Conflict",
    "CostKind",
    "CostLine",
    "Criterion",
    "Decision",
    "DecisionList",
    "DecisionListEntry",
    "Follow",
    "Fund",
    "Idea",
    "IdeaKind",
    "IdeaStatus",
    "LedgerEntry",
    "LedgerKind",
    "Meeting",
    "MeetingMember",
    "MeetingStatus",
    "Outcome",
    "Period",
    "QueueRule",
    "Revival",
    "RewardKind",
    "RewardUse",
    "Rollover",
    "Support",
]
