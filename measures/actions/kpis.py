"""What we say of a KPI ourselves: what it is called here, which way is good, where it breaks."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from foundation.errors import require
from foundation.journal import record
from organisation.models import Person

from ..models import Good, Kpi, KpiValue, SeriesBreak
from ..rules.keeping import why_not_break, why_not_keep, why_not_successor
from ..rules.team import why_not_text
from . import comparisons

LONGEST_NAME, LONGEST_UNIT_WORD = 80, 40


@dataclass(frozen=True, slots=True)
class Described:
    """What is ours to say of a KPI; Kolada has none of it."""

    short_title: str = ""
    unit_word: str = ""
    decimals: int = 1
    good: str = Good.NEITHER
    successor: Kpi | None = None


@transaction.atomic
def describe(*, kpi_id: int, described: Described, by: Person | None) -> Kpi:
    """Say what a KPI is called here, how it is written, which way is good and what replaces it.

    When another way becomes good, rank and colour of all its years are worked out anew, in the
    same transaction: what is read is never half of the old and half of the new.

    Raises:
        Refused: not a quality lead, a text too long or with an identity number, or a KPI that
            would be replaced by itself in the end.
    """
    require(why_not_keep(by))
    require(why_not_text(described.short_title, most=LONGEST_NAME))
    require(why_not_text(described.unit_word, most=LONGEST_UNIT_WORD))
    kpi = Kpi.objects.select_for_update(of=("self",), no_key=True).get(pk=kpi_id)
    require(why_not_successor(kpi, described.successor))
    wanted = {
        "short_title": described.short_title.strip(),
        "unit_word": described.unit_word.strip(),
        "decimals": described.decimals,
        "good": described.good,
        "successor_id": described.successor.pk if described.successor else None,
    }
    before = {name: getattr(kpi, name) for name in wanted}
    changed = {name: value for name, value in wanted.items() if value != before[name]}
    if not changed:
        return kpi
    for name, value in changed.items():
        setattr(kpi, name, value)
    kpi.save(update_fields=list(changed))
    was = {name: before[name] for name in changed}
    record("kpi.describe", kpi, by=by, before=was, after=changed)
    if "good" in changed:
        comparisons.refresh(_years_of(kpi))
    return kpi


def _years_of(kpi: Kpi) -> list[tuple[int, int]]:
    years = KpiValue.objects.filter(kpi=kpi).values_list("year", flat=True).distinct()
    return [(kpi.pk, year) for year in years]


@transaction.atomic
def add_break(*, kpi_id: int, year: int, why: str, by: Person | None) -> SeriesBreak:
    """Say that values from `year` on cannot be compared with those before it.

    The same said twice is said once.

    Raises:
        Refused: not a quality lead, a year that cannot be, another break in that year.
    """
    require(why_not_keep(by))
    kpi = Kpi.objects.select_for_update(of=("self",), no_key=True).get(pk=kpi_id)
    why = why.strip()
    if same := kpi.breaks.filter(year=year, why=why).first():
        return same
    require(why_not_break(kpi, year, why, this_year=timezone.localdate().year))
    made = kpi.breaks.create(year=year, why=why)
    record("kpi.break", kpi, by=by, year=year, why=why)
    return made


@transaction.atomic
def remove_break(*, kpi_id: int, year: int, by: Person | None) -> None:
    """Say that they can be compared after all.  Twice is harmless."""
    require(why_not_keep(by))
    kpi = Kpi.objects.select_for_update(of=("self",), no_key=True).get(pk=kpi_id)
    gone = kpi.breaks.filter(year=year).first()
    if gone is None:
        return
    gone.delete()
    record("kpi.unbreak", kpi, by=by, year=year, why=gone.why)
