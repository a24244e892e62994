"""What pages and reports need to know about ideas and money."""

from .money import FundState, MoneyOfIdea, PeriodState, fund_states, money_of, period_states
from .people import News, Waiting, latest_about, waits_for

__all__ = [
    "FundState",
    "MoneyOfIdea",
    "News",
    "PeriodState",
    "Waiting",
    "fund_states",
    "latest_about",
    "money_of",
    "period_states",
    "waits_for",
]
