"""Fetching from Kolada: asked for, carried out batch by batch, broken off, tried again."""

import datetime as dt
import threading
import time
from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from foundation import jobs
from foundation.errors import Refused
from foundation.models import Event, Job, JobStatus
from measures.actions import catalogue, imports
from measures.models import (
    BatchKind,
    BatchStatus,
    ImportRun,
    Kpi,
    KpiValue,
    KpiYear,
    Municipality,
    RunStatus,
    ServiceUnit,
    Status,
    UnitValue,
    What,
)
from organisation.permissions import Role
from tests.factories import (
    KpiFactory,
    UnitFactory,
    home_of,
    measure_of,
    municipalities,
    person_with,
)

pytestmark = pytest.mark.django_db

MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 8)


@pytest.fixture
def where(kolada):
    found = municipalities(3)
    for m in found:
        kolada.world.add_municipality(m.code, m.name)
    return found


@pytest.fixture
def lead(where):
    return person_with(Role.QUALITY_LEAD, at=home_of(where[0]))


@pytest.fixture
def said(kolada, where):
    """Lets Kolada say something of a KPI in 2020, in each municipality; makes the KPI."""

    def say(*outcomes, **fields):
        kpi = KpiFactory(**fields)
        kolada.world.add_kpi(kpi.code, kpi.title, has_ou_data=kpi.has_units)
        for m, value in zip(where, outcomes, strict=False):
            kolada.world.set(kpi.code, m.code, 2020, value)
        return kpi

    return say


def carried_out(run):
    """Do the job of a run as a worker does it."""
    jobs.run(Job.objects.live().get(key=run.job_key).pk)
    run.refresh_from_db()
    return run


def fetched(*kpis, by, **how):
    return carried_out(imports.fetch_values(kpis=kpis, about="Några", by=by, **how))


def counts(batch):
    return batch.new, batch.changed, batch.withdrawn, batch.unchanged


def now_said(kpi):
    stored = KpiValue.objects.filter(kpi=kpi).order_by("municipality", "year")
    return [Status(v.status) if v.value is None else v.value for v in stored]


def questions(kolada, word):
    return [address for address in kolada.asked if word in address]


# --- one run ---------------------------------------------------------------------------------


def test_an_area_is_fetched_and_compared(said, lead):
    counted, beside = said(80.0, 70.0, 60.0), said(1.0, 2.0, 3.0)
    said(9.0)  # of no measure
    area = measure_of(counted, left_out=(beside,), name="Bemötande").area

    run = carried_out(imports.fetch_area(area=area, by=lead))

    assert (run.status, run.about, run.asked_by) == (RunStatus.DONE, area.name, lead)
    (batch,) = run.batches.all()
    assert (batch.status, counts(batch)) == (BatchStatus.DONE, (6, 0, 0, 0))
    assert now_said(counted) == [80, 70, 60]
    assert KpiYear.objects.get(kpi=counted).ranks == [1, 2, 3]
    job = Job.objects.get()
    assert (job.status, job.done, job.total) == (JobStatus.DONE, 1, 1)
    assert KpiValue.objects.count() == 6


def test_the_same_once_more_changes_nothing(said, lead):
    kpi = said(80.0, 70.0)
    fetched(kpi, by=lead)
    assert counts(fetched(kpi, by=lead).batches.get()) == (0, 0, 0, 2)


def test_what_kolada_no_longer_says_is_withdrawn(kolada, said, where, lead):
    kpi = said(80.0, 70.0, 60.0)
    fetched(kpi, by=lead)
    kolada.world.withdraw(kpi.code, where[0].code, 2020)
    kolada.world.shows_deleted = False

    run = fetched(kpi, by=lead)

    assert counts(run.batches.get()) == (0, 0, 1, 2)
    assert now_said(kpi) == [Status.WITHDRAWN, 70, 60]


def test_years_can_be_chosen_and_leave_the_others_alone(kolada, said, where, lead):
    kpi = said(80.0)
    fetched(kpi, by=lead)
    for year in (2018, 2019, 2021):
        kolada.world.set(kpi.code, where[0].code, year, 50.0)

    run = fetched(kpi, first_year=2018, last_year=2019, by=lead)

    assert counts(run.batches.get()) == (2, 0, 0, 0)
    assert questions(kolada, "/year/2018,2019")
    assert now_said(kpi) == [50, 50, 80]


def test_only_those_are_asked_about_that_can_have_a_value(kolada, said, lead):
    region = Municipality.objects.create(code="0008", name="Region", kind="region")
    kolada.world.add_municipality("0008", "Region", "L")
    kpi = said(1.0, covers="L")
    kolada.world.set(kpi.code, region.code, 2020, 5.0)
    fetched(kpi, by=lead)
    assert [v.municipality_id for v in KpiValue.objects.all()] == [region.pk]
    assert "/municipality/0008?" in kolada.asked[0]


def test_units_are_fetched_where_there_are_any(kolada, said, where, lead):
    kpi = said(80.0, code="N15999", has_units=True)
    school, home_care = (
        ServiceUnit.objects.create(code=code, name=code, municipality=where[0])
        for code in ("V15E1", "V21E1")
    )
    kolada.world.set(kpi.code, school.code, 2020, 77.0)
    kolada.world.set(kpi.code, home_care.code, 2020, 1.0)

    run = fetched(kpi, by=lead)

    assert [b.kind for b in run.batches.all()] == [BatchKind.VALUES, BatchKind.UNIT_VALUES]
    (value,) = UnitValue.objects.all()  # a KPI of schools is not asked about home care
    assert (value.unit_id, value.value) == (school.pk, 77)


def test_a_kpi_that_kolada_took_away_is_retired_and_keeps_its_values(kolada, said, lead):
    kept, gone, coming = said(1.0), said(80.0, 70.0), KpiFactory()
    fetched(kept, gone, coming, by=lead)
    kolada.world.retire(gone.code)

    run = fetched(kept, gone, coming, by=lead)

    assert counts(run.batches.get()) == (0, 0, 0, 1)
    assert list(Kpi.objects.exclude(retired_on=None)) == [gone]
    assert now_said(gone) == [80, 70]


def test_a_kpi_asked_for_twice_is_fetched_once(said, lead):
    kpi = said(80.0)
    assert fetched(kpi, kpi, by=lead).batches.get().kpis == [kpi.pk]


# --- batches that fail -----------------------------------------------------------------------


@pytest.fixture
def many(said):
    """Three batches of KPIs, and one KPI of each."""
    kpis = [said(float(n)) for n in range(60)]
    return kpis, [kpis[0], kpis[30], kpis[55]]


def statuses(run):
    return [batch.status for batch in run.batches.all()]


def test_a_batch_that_fails_is_told_and_never_blocks_the_others(kolada, many, lead):
    kpis, (first, second, third) = many
    kolada.fail("422", path=second.code)

    run = fetched(*kpis, by=lead)

    assert run.status == RunStatus.DONE
    assert statuses(run) == [BatchStatus.DONE, BatchStatus.FAILED, BatchStatus.DONE]
    failed = run.batches.get(status=BatchStatus.FAILED)
    assert failed.note == "Kolada förstår inte vad som efterfrågades."
    assert [bool(now_said(kpi)) for kpi in (first, second, third)] == [True, False, True]
    assert Kpi.objects.exclude(fetched_on=None).count() == 35


def test_only_what_failed_is_tried_again(kolada, many, lead):
    kpis, (_first, second, _third) = many
    kolada.fail("422", path=second.code)
    run = fetched(*kpis, by=lead)
    kolada.asked.clear()

    carried_out(imports.retry_failed(run=run, by=lead))

    assert statuses(run) == [BatchStatus.DONE] * 3
    assert len(kolada.asked) == 1
    assert now_said(second) == [30]
    assert Kpi.objects.exclude(fetched_on=None).count() == 60
    with pytest.raises(Refused, match="Inget misslyckades"):
        imports.retry_failed(run=run, by=lead)


def test_half_a_batch_is_nothing(kolada, said, where, lead):
    """The second question about the same KPIs fails, so the first is not stored either."""
    for m in municipalities(30):
        kolada.world.add_municipality(m.code, m.name)
    kpi = said(80.0, 70.0)
    last = Municipality.objects.order_by("code").last()
    kolada.fail("422", path=last.code)

    run = fetched(kpi, by=lead)

    assert statuses(run) == [BatchStatus.FAILED]
    assert len(kolada.asked) == 2
    assert now_said(kpi) == []


def test_kolada_that_is_away_is_not_asked_for_ever(kolada, said, lead):
    kpis = [said(1.0) for _ in range(101)]
    kolada.fail("429", retry_after="0", times=9)

    run = fetched(*kpis, by=lead)

    assert run.status == RunStatus.DONE
    assert statuses(run) == [BatchStatus.FAILED] * 5
    notes = [batch.note for batch in run.batches.all()]
    assert notes[0] == "Kolada ber oss vänta; det har för mycket att göra."
    assert notes[4] == "Kolada svarade inte, så det här efterfrågades aldrig."
    assert not KpiValue.objects.exists()


def test_a_batch_that_workers_die_of_is_let_be(many, lead):
    kpis, (first, second, _third) = many
    run = imports.fetch_values(kpis=kpis, about="Några", by=lead)
    run.batches.filter(position=1).update(tries=3)

    carried_out(run)

    assert statuses(run) == [BatchStatus.DONE, BatchStatus.FAILED, BatchStatus.DONE]
    assert (now_said(first), now_said(second)) == ([0], [])


def test_what_is_stored_is_not_fetched_again_after_a_stop(kolada, many, lead):
    kpis, _some = many
    run = imports.fetch_values(kpis=kpis, about="Några", by=lead)
    run.batches.filter(position=0).update(status=BatchStatus.DONE, new=25)

    carried_out(run)

    assert len(kolada.asked) == 2
    job = Job.objects.get()
    assert (job.done, job.total) == (3, 3)


def test_a_run_that_nobody_works_on_is_taken_up(said, lead):
    run = imports.fetch_values(kpis=[said(1.0)], about="Några", by=lead)
    Job.objects.update(status=JobStatus.FAILED, ended_at=timezone.now())

    imports.wake_stopped()
    imports.wake_stopped()

    assert carried_out(run).status == RunStatus.DONE


# --- breaking off ----------------------------------------------------------------------------


def test_a_run_is_broken_off_before_it_began(kolada, many, lead):
    run = imports.fetch_values(kpis=many[0], about="Några", by=lead)

    imports.cancel(run=run, by=lead)
    carried_out(run)

    assert run.status == RunStatus.CANCELLED
    assert statuses(run) == [BatchStatus.SKIPPED] * 3
    assert kolada.asked == []
    with pytest.raises(Refused, match="redan slut"):
        imports.cancel(run=run, by=lead)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_run_is_broken_off_while_kolada_is_slow_to_answer(kolada, many, lead):
    kpis, (_first, second, _third) = many
    kolada.fail("slow", path=second.code, seconds=10)
    run = imports.fetch_values(kpis=kpis, about="Några", by=lead)

    def break_off():
        while len(kolada.asked) < 2:
            time.sleep(0.02)
        imports.cancel(run=run, by=lead)
        connection.close()

    began = time.monotonic()
    thread = threading.Thread(target=break_off)
    thread.start()
    carried_out(run)
    thread.join()

    assert time.monotonic() - began < 8
    assert statuses(run)[1:] == [BatchStatus.SKIPPED] * 2
    assert Job.objects.get().status == JobStatus.DONE


# --- who, when and how many at a time -----------------------------------------------------------


def test_one_run_of_a_kind_at_a_time(said, where, lead):
    kpi = said(1.0)
    first = imports.fetch_values(kpis=[kpi], about="Hemtjänst", by=lead)

    assert imports.fetch_values(kpis=[kpi], about="Hemtjänst", by=lead) == first  # a double click
    with pytest.raises(Refused, match="”Hemtjänst” hämtas"):
        imports.fetch_values(kpis=[kpi], about="Förskola", by=lead)
    assert imports.fetch_catalogue(by=lead).what == What.CATALOGUE  # another kind
    assert Job.objects.count() == 2

    carried_out(first)
    assert imports.fetch_values(kpis=[kpi], about="Förskola", by=lead) != first


def test_two_live_runs_of_a_kind_are_refused_by_the_database():
    ImportRun.objects.create(what=What.VALUES, about="En")
    with pytest.raises(IntegrityError, match="one_live_run_of_a_kind"):
        ImportRun.objects.create(what=What.VALUES, about="En till")


def test_only_a_quality_lead_of_the_whole_fetches(said, lead):
    kpi = said(1.0)
    stranger = person_with(Role.QUALITY_LEAD, at=UnitFactory())
    for action in (
        lambda: imports.fetch_values(kpis=[kpi], about="Några", by=stranger),
        lambda: imports.fetch_catalogue(by=stranger),
        lambda: catalogue.follow(kpi=kpi, by=stranger),
        lambda: catalogue.unfollow(kpi=kpi, by=stranger),
    ):
        with pytest.raises(Refused, match="hela organisationen"):
            action()
    run = imports.fetch_values(kpis=[kpi], about="Några", by=lead)
    for action in (imports.cancel, imports.retry_failed):
        with pytest.raises(Refused, match="hela organisationen"):
            action(run=run, by=stranger)


def test_nothing_or_years_the_wrong_way_round_are_refused(said, lead):
    with pytest.raises(Refused, match="finns inget att hämta"):
        imports.fetch_values(kpis=[KpiFactory(source="own")], about="Eget", by=lead)
    with pytest.raises(Refused, match="första året"):
        imports.fetch_values(
            kpis=[said(1.0)], about="Några", first_year=2020, last_year=2019, by=lead
        )
    with pytest.raises(Refused, match="fyra siffror"):
        imports.fetch_values(kpis=[said(1.0)], about="Några", first_year=19, by=lead)


def test_each_passage_stands_in_the_journal(said, lead):
    run = fetched(said(1.0), by=lead)
    kinds = Event.objects.filter(subject=f"measures.importrun:{run.pk}").values_list("kind", "by")
    assert list(kinds) == [("import_run.ask", lead.pk), ("import_run.finish", None)]


# --- the clock -------------------------------------------------------------------------------


def test_each_night_only_what_has_changed_is_asked_for(kolada, said, where, lead):
    followed, never = said(80.0, 70.0), said(60.0)
    for kpi in (followed, never):
        catalogue.follow(kpi=kpi, by=lead)
    said(50.0)  # not followed
    fetched(followed, by=lead)
    Kpi.objects.filter(pk=followed.pk).update(fetched_on=date(2026, 2, 28))
    kolada.world.on = date(2026, 3, 1)
    kolada.world.set(followed.code, where[0].code, 2020, 81.0)
    kolada.asked.clear()

    run = carried_out(imports.fetch_followed(on=MONDAY))

    assert run.changed_since == date(2026, 2, 27)
    assert [counts(batch) for batch in run.batches.all()] == [(1, 0, 0, 0), (0, 1, 0, 0)]
    assert [("from_date=2026-02-27" in address) for address in kolada.asked] == [False, True]
    assert now_said(followed) == [81, 70]
    assert set(Kpi.objects.exclude(fetched_on=None)) == {followed, never}


def test_on_sundays_everything_is_asked_for(kolada, said, lead):
    kpi = said(80.0)
    catalogue.follow(kpi=kpi, by=lead)
    fetched(kpi, by=lead)

    run = imports.fetch_followed(on=SUNDAY)

    assert run.changed_since is None
    assert run.asked_by is None


def test_changes_make_whole_only_what_was_whole_on_that_day(said, lead):
    kpi = said(80.0, fetched_on=date(2026, 1, 1))
    fetched(kpi, changed_since=date(2026, 2, 1), by=lead)  # January is not known
    kpi.refresh_from_db()
    assert kpi.fetched_on == date(2026, 1, 1)
    fetched(kpi, changed_since=date(2025, 12, 31), by=lead)
    kpi.refresh_from_db()
    assert kpi.fetched_on == timezone.localdate()


def test_the_clock_lets_a_run_under_way_be_and_does_nothing_for_nothing(said, lead):
    assert imports.fetch_followed(on=MONDAY) is None
    kpi = said(1.0)
    catalogue.follow(kpi=kpi, by=lead)
    imports.fetch_values(kpis=[kpi], about="Några", by=lead)
    assert imports.fetch_followed(on=MONDAY + dt.timedelta(days=1)) is None
    imports.fetch_catalogue(by=None)
    assert imports.fetch_catalogue(by=None) is None
