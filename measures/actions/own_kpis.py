"""Measures of our own: surveys and statistics that nobody else has, so compared year to year only."""

from dataclasses import asdict, dataclass

from django.db import connection, transaction
from django.db.models import Max

from foundation.errors import require
from foundation.journal import record
from organisation.models import Person

from ..models import Good, Kpi, KpiTextRevision, Source
from ..rules.keeping import why_not_keep
from ..rules.own_kpis import why_not_said

FIRST_LETTER = "E"  # Kolada's begin with N and U


@dataclass(frozen=True, slots=True)
class Said:
    """What we say of a measure of our own."""

    title: str
    description: str = ""
    unit_word: str = ""
    good: str = Good.HIGH
    decimals: int = 0


@transaction.atomic
def create(*, said: Said, by: Person | None) -> Kpi:
    """Begin to measure something of our own.  Its code, "E00001", is the next that is free.

    Raises:
        Refused: not a quality lead, no name, one that another of ours has, or somebody's number.
    """
    require(why_not_keep(by))
    with connection.cursor() as cursor:  # two at once would find the same code
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('own-kpi'))")
    require(why_not_said(said.title, said.description, said.unit_word, but=None))
    kpi = Kpi.objects.create(code=_next_code(), source=Source.OWN, has_units=True, **asdict(said))
    record("kpi.create", kpi, by=by, code=kpi.code, title=kpi.title)
    return kpi


@transaction.atomic
def edit(*, kpi_id: int, said: Said, by: Person | None) -> Kpi:
    """Change what we say of it; the former name and description stay (`KpiTextRevision`).

    Raises:
        Refused: as for `create`, or the measure is Kolada's.
    """
    require(why_not_keep(by))
    kpi = Kpi.objects.select_for_update(of=("self",), no_key=True).get(pk=kpi_id, source=Source.OWN)
    require(why_not_said(said.title, said.description, said.unit_word, but=kpi))
    wanted = asdict(said)
    before = {name: getattr(kpi, name) for name in wanted}
    changed = {name: value for name, value in wanted.items() if value != before[name]}
    if not changed:
        return kpi
    if {"title", "description"} & changed.keys():
        KpiTextRevision.objects.create(
            kpi=kpi, title=before["title"], description=before["description"]
        )
    for name, value in changed.items():
        setattr(kpi, name, value)
    kpi.save(update_fields=list(changed))
    was = {name: before[name] for name in changed}
    record("kpi.describe", kpi, by=by, before=was, after=changed)
    return kpi


def _next_code() -> str:
    """Return the code after the greatest there is; never one that has been used."""
    greatest = Kpi.objects.filter(code__startswith=FIRST_LETTER).aggregate(code=Max("code"))
    number = int(greatest["code"][1:]) if greatest["code"] else 0
    return f"{FIRST_LETTER}{number + 1:05}"
