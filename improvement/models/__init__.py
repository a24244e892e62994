from .decision import Basis, Decision, Outcome
from .fund import Account, Balance, Fund, LedgerEntry, LedgerKind, Period
from .idea import CostKind, CostLine, Idea, IdeaKind, IdeaStatus

__all__ = [
    "Account",
    "Balance",
    "Basis",
    "CostKind",
    "CostLine",
    "Decision",
    "Fund",
    "Idea",
    "IdeaKind",
    "IdeaStatus",
    "LedgerEntry",
    "LedgerKind",
    "Outcome",
    "Period",
]
