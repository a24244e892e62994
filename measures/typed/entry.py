"""One value as somebody wrote it down."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of one day: a value, its two parts, or why it is missing.

    Attributes:
        numerator, denominator: So many of so many, where the measure has parts; the value is then
            worked out of them.
        missing_because: Why there is no value; empty where there is one.
        note: An empty one leaves the note that is there.
    """

    taken_on: date
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    missing_because: str = ""
    note: str = ""
