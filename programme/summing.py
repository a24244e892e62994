"""What works have saved, added up: always a low and a high end, hours and kronor apart.  Pure.

A saving that comes back each year counts in its first year, and then only in years in which
somebody has looked and seen that it holds: nobody knows what it is worth after that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .models import BenefitKind, Holds

type Checked = tuple[date, str]  # the day of a check, and its answer to “is the effect kept?”

HOLDS = (Holds.YES, Holds.PARTLY)


@dataclass(frozen=True, slots=True)
class Saved:
    """One benefit that stands: what the sum needs of it.

    Attributes:
        unit: The id of the unit that it is counted for.
        year: The first year in which something was saved.
        checks: Of its work, in any order.
    """

    work: int
    unit: int
    kind: str
    year: int
    is_yearly: bool
    hours: tuple[Decimal, Decimal] | None = None
    ore: tuple[int, int] | None = None
    checks: tuple[Checked, ...] = ()


@dataclass(slots=True)
class Range:
    """A sum of ranges: low ends together, high ends together.  Whole öre; hours with a decimal."""

    hours_low: Decimal = Decimal(0)
    hours_high: Decimal = Decimal(0)
    money_low_ore: int = 0
    money_high_ore: int = 0
    poor_low_ore: int = 0  # cost of poor quality, never added to money saved
    poor_high_ore: int = 0
    works: set[int] = field(default_factory=set)  # that have said something

    def add(self, saved: Saved) -> None:
        self.works.add(saved.work)
        if saved.hours is not None:
            self.hours_low += saved.hours[0]
            self.hours_high += saved.hours[1]
        if saved.ore is not None:
            low, high = saved.ore
            if saved.kind == BenefitKind.POOR_QUALITY:
                self.poor_low_ore += low
                self.poor_high_ore += high
            else:
                self.money_low_ore += low
                self.money_high_ore += high


def years_of(year: int, checks: Sequence[Checked], *, is_yearly: bool) -> range:
    """Return the years in which a benefit counts; see the module.

    The year of the last check that says that it holds is the last; where a later check the same
    year says that it does not, the year before.  The first year always counts.
    """
    if not is_yearly:
        return range(year, year + 1)
    last = year
    for day, holds in sorted(checks):
        if holds in HOLDS:
            last = max(last, day.year)
        elif holds == Holds.NO and day.year <= last:
            last = max(year, day.year - 1)
    return range(year, last + 1)


def summed(benefits: Iterable[Saved], *, years: Sequence[int]) -> dict[tuple[int, int], Range]:
    """Return what was saved, by unit and year; only where something was."""
    sums: dict[tuple[int, int], Range] = {}
    for saved in benefits:
        counted = years_of(saved.year, saved.checks, is_yearly=saved.is_yearly)
        for year in years:
            if year in counted:
                sums.setdefault((saved.unit, year), Range()).add(saved)
    return sums


def together(sums: Iterable[Range]) -> Range:
    """Add ranges up."""
    whole = Range()
    for one in sums:
        whole.hours_low += one.hours_low
        whole.hours_high += one.hours_high
        whole.money_low_ore += one.money_low_ore
        whole.money_high_ore += one.money_high_ore
        whole.poor_low_ore += one.poor_low_ore
        whole.poor_high_ore += one.poor_high_ore
        whole.works |= one.works
    return whole


def of_year(sums: Mapping[tuple[int, int], Range], year: int) -> Range:
    """Return what all the units together saved in a year."""
    return together(one for (_unit, of), one in sums.items() if of == year)
