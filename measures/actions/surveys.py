"""Our own results, from a file or typed: shown first, then all or nothing; none changes silently.

What too few answered is kept as secret, never as a number.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import jobs
from foundation.errors import Refused, require
from foundation.journal import record
from foundation.models import Job
from foundation.spreadsheet import read_sheets
from organisation.models import Person

from ..imports.known import Where
from ..imports.plan import Plan, kept, make_plan, preview_of
from ..models import Gender, Kpi, Municipality, ResultFile, ServiceUnit, too_few
from ..queries.viewer import home_municipality
from ..rules.keeping import why_not_keep
from ..rules.own_kpis import why_not_enter, why_not_home, why_not_ours, why_not_year
from . import service_units, values

LOCK = 7_620_003  # any number that nothing else in the database locks

# --- from a file --------------------------------------------------------------------------------


def read(*, content: bytes, on: date, by: Person | None) -> Plan:
    """Read a file and compare it with what is there; writes nothing.

    Raises:
        Refused: the file cannot be read, or `by` is no quality lead.
    """
    require(why_not_keep(by))
    return make_plan(read_sheets(content), home=_home(), this_year=on.year)


@transaction.atomic
def keep(*, name: str, content: bytes, plan: Plan, by: Person) -> ResultFile:
    """Keep a file that was read without problems until `by` says yes to it."""
    require(why_not_keep(by))
    return ResultFile.objects.create(
        name=name[:200], content=content, preview=preview_of(plan), handed_in_by=by
    )


def forget_expired() -> None:
    """Delete the files that nobody said yes to, and what was shown of those that were used."""
    ResultFile.objects.expired().delete()


@jobs.work("measures.own_results", seconds=600)
def take_in(run: jobs.Run, *, result_file_id: int) -> None:
    """Do it in one step: all or nothing, so there is no half to show."""
    with run.step(done=1, total=1, last=True):
        carry_out(result_file_id=result_file_id)


@transaction.atomic
def confirm(*, result_file_id: int, by: Person) -> Job:
    """Say yes: ask for the work, once.  A second yes gets the same job."""
    require(why_not_keep(by))
    file = ResultFile.objects.locked().get(pk=result_file_id)
    return file.job or jobs.enqueue(take_in, key=file.job_key, by=by, result_file_id=file.pk)


@transaction.atomic
def carry_out(*, result_file_id: int) -> None:
    """Do what was shown, all of it or nothing, once.

    Raises:
        Refused: something has changed since it was shown, so it would do something else.
    """
    file = ResultFile.objects.locked().select_related("handed_in_by").get(pk=result_file_id)
    if file.applied_at:
        return
    _hold()
    on = timezone.localdate(file.handed_in_at)  # the day for which it was shown
    plan = read(content=bytes(file.content), on=on, by=file.handed_in_by)
    if plan.problems or plan.fingerprint() != file.preview["fingerprint"]:
        raise Refused(
            _(
                "Results, units or measures have been changed since the file was read. "
                "Hand it in once more."
            )
        )
    apply(plan, by=file.handed_in_by)
    file.applied_at, file.content = timezone.now(), b""
    file.save(update_fields=["applied_at", "content"])
    record("own_results.import", file, by=file.handed_in_by, **plan.counts())


@transaction.atomic
def apply(plan: Plan, *, by: Person | None) -> None:
    """Write a plan without problems: units that lack first, then the results."""
    home = _home()
    made = service_units.made_for(plan.new_units, home, by=by)
    values.load_units(
        values.UnitRow(cell.kpi_id, _unit_of(cell.where, made), cell.year, cell.gender, *said)
        for cell, said in plan.results.items()
        if not cell.where.is_municipality
    )
    values.load(
        values.Row(cell.kpi_id, home.pk, cell.year, cell.gender, said.status, said.value)
        for cell, said in plan.results.items()
        if cell.where.is_municipality
    )


def _unit_of(where: Where, made: Mapping[int, int]) -> int:
    if where.service_unit_id is not None:
        return where.service_unit_id
    return made[where.new_for or 0]


# --- typed --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Result:
    """What is said of one year.  `value` is None exactly when `status` says why."""

    year: int
    status: int
    value: float | None
    answers: int | None = None


@transaction.atomic
def enter(
    *,
    kpi_id: int,
    service_unit_id: int | None,
    results: Collection[Result],
    on: date,
    by: Person | None,
) -> int:
    """Write down the results of one unit, or of the municipality (None), in one measure.

    A year that is not among them is left as it was.  The same once more changes nothing.

    Returns:
        How many are kept as secret, because too few answered.

    Raises:
        Refused: not a quality lead and not who heads the unit, a year to come, or what Kolada says.
    """
    home = _home()
    kpi = Kpi.objects.get(pk=kpi_id)
    unit = (
        None
        if service_unit_id is None
        else ServiceUnit.objects.select_related("unit").get(pk=service_unit_id, municipality=home)
    )
    require(why_not_enter(unit, by) or why_not_ours(kpi, of_unit=unit is not None))
    for result in results:
        require(why_not_year(result.year, this_year=on.year))
    _hold()
    said = {r.year: kept(r.status, r.value, r.answers) for r in results}
    if unit is not None:
        values.load_units(
            values.UnitRow(kpi.pk, unit.pk, year, Gender.ALL, *one) for year, one in said.items()
        )
    else:
        values.load(
            values.Row(kpi.pk, home.pk, year, Gender.ALL, one.status, one.value)
            for year, one in said.items()
        )
    if said:
        record("own_results.enter", unit or home, by=by, kpi=kpi.code, years=sorted(said))
    return sum(too_few(result.answers) for result in results)


def _hold() -> None:
    """Let nobody else write results of our own until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _home() -> Municipality:
    home = home_municipality()
    require(why_not_home(home))
    assert home is not None  # or it was refused
    return home
