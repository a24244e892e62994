"""Values are taken in many at a time, and none changes silently."""

import csv
import gzip
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measures.actions import values
from measures.actions.spool import Spool
from measures.models import (
    Gender,
    HistoryReplacement,
    KpiValue,
    KpiValueRevision,
    KpiYear,
    Municipality,
    ServiceUnit,
    Status,
    UnitValue,
    UnitValueRevision,
)
from tests.factories import KpiFactory, municipalities, said

pytestmark = pytest.mark.django_db

REVISIONS = Path(__file__).parent / "data" / "revisions.csv.gz"
SIGNS = {"-": Status.MISSING, ".": Status.NOT_APPLICABLE, "..": Status.SECRET}
GENDERS = {"T": Gender.ALL, "K": Gender.WOMEN, "M": Gender.MEN}


@pytest.fixture
def kpi():
    return KpiFactory()


def row(kpi, where, outcome, *, year=2020):
    """One row; `outcome` is a number, or a `Status`."""
    is_status = isinstance(outcome, Status)
    status, value = (outcome, None) if is_status else (Status.HAS_VALUE, outcome)
    return values.Row(kpi.pk, where.pk, year, Gender.ALL, status, value)


def answered(kpi, where, **years):
    return values.Answered(kpis=[kpi.pk], places=[m.pk for m in where], **years)


def now_said(kpi):
    """What is said now: a value, or a status, in the order of municipalities and years."""
    stored = KpiValue.objects.filter(kpi=kpi).order_by("municipality", "year", "gender")
    return [Status(v.status) if v.value is None else v.value for v in stored]


# --- taking in -------------------------------------------------------------------------------


def test_loading_the_same_again_changes_nothing(kpi):
    rows = [row(kpi, m, 80.5) for m in municipalities(3)]

    first, second = values.load(rows), values.load(rows)

    assert first == values.Loaded(new=3)
    assert second == values.Loaded(unchanged=3)
    assert KpiValueRevision.objects.count() == 0


def test_a_changed_value_keeps_the_former_with_its_day(kpi):
    one, other = where = municipalities(2)
    values.load([row(kpi, m, 80.0) for m in where], on=date(2023, 3, 28))

    loaded = values.load([row(kpi, one, 81.0), row(kpi, other, 80.0)], on=date(2024, 1, 30))

    assert loaded == values.Loaded(changed=1, unchanged=1)
    assert now_said(kpi) == [81, 80]
    former = KpiValueRevision.objects.get()
    assert (former.municipality_id, former.year, former.value) == (one.pk, 2020, 80)
    assert former.seen_on == date(2023, 3, 28)
    seen = KpiValue.objects.order_by("municipality").values_list("seen_on", flat=True)
    assert list(seen) == [date(2024, 1, 30), date(2023, 3, 28)]


def test_more_decimals_are_no_change(kpi):
    (home,) = municipalities(1)
    values.load([row(kpi, home, 72.162162)])
    assert values.load([row(kpi, home, 72.16216216)]) == values.Loaded(unchanged=1)
    assert now_said(kpi) == [72.162162]


def test_zero_that_becomes_something_is_a_change(kpi):
    (home,) = municipalities(1)
    values.load([row(kpi, home, 0.0)])
    assert values.load([row(kpi, home, 0.0)]) == values.Loaded(unchanged=1)
    assert values.load([row(kpi, home, 1e-9)]) == values.Loaded(changed=1)


def test_a_value_that_becomes_secret_is_gone_from_the_ranking_and_kept_as_a_revision(kpi):
    where = municipalities(2)
    said(kpi, where, [80, 70])

    loaded = values.load([row(kpi, where[0], Status.SECRET)])

    assert loaded == values.Loaded(withdrawn=1)
    assert now_said(kpi) == [Status.SECRET, 70]
    assert KpiValueRevision.objects.get().value == 80
    assert KpiYear.objects.get(kpi=kpi).municipalities == [where[1].pk]


def test_of_a_cell_that_is_said_twice_the_last_holds(kpi):
    one, other = municipalities(2)
    values.load([row(kpi, one, 1.0)])
    rows = [row(kpi, one, 2.0), row(kpi, other, 5.0), row(kpi, one, 1.0), row(kpi, other, 6.0)]

    assert values.load(rows) == values.Loaded(new=1, unchanged=1)
    assert now_said(kpi) == [1, 6]
    assert values.load([row(kpi, one, 3.0)] * 3) == values.Loaded(changed=1)
    assert KpiValueRevision.objects.count() == 1


def test_of_what_was_answered_in_full_the_absent_is_withdrawn(kpi):
    one, other, elsewhere = municipalities(3)
    rows = [row(kpi, m, 5.0, year=y) for m in (one, other, elsewhere) for y in (2018, 2019, 2020)]
    values.load(rows)

    loaded = values.load(
        [row(kpi, one, 5.0, year=2019), row(kpi, other, 5.0, year=2020)],
        answered=answered(kpi, [one, other], first_year=2019),
    )

    assert loaded == values.Loaded(withdrawn=2, unchanged=2)
    gone = Status.WITHDRAWN
    assert now_said(kpi) == [5, 5, gone, 5, gone, 5, 5, 5, 5]
    again = values.load(rows[:1], answered=answered(kpi, [one], last_year=2018))
    assert again == values.Loaded(unchanged=1)


def test_what_was_not_answered_in_full_is_left_as_it_was(kpi):
    where = municipalities(2)
    said(kpi, where, [80, 70])
    assert values.load([row(kpi, where[0], 80.0)]) == values.Loaded(unchanged=1)
    assert now_said(kpi) == [80, 70]


def test_of_a_kpi_without_an_answer_nothing_is_withdrawn(kpi):
    where = municipalities(2)
    said(kpi, where, [80, 70])
    assert values.load([], answered=answered(kpi, where)) == values.Loaded()
    assert now_said(kpi) == [80, 70]


def test_a_withdrawal_of_what_was_never_known_leaves_no_trace(kpi):
    values.load([row(kpi, municipalities(1)[0], Status.WITHDRAWN)])
    assert now_said(kpi) == []


def test_a_great_many_go_through_a_file():
    kpi, where = KpiFactory(), municipalities(100)
    spool = Spool()
    for year in range(1900, 2900):
        for m in where:
            spool.add(kpi.pk, m.pk, year, Gender.ALL, Status.HAS_VALUE, float(year))
    packed = list(spool.chunks())
    assert b"".join(packed) == b"".join(spool.chunks())  # it can be read again
    assert max(map(len, packed)) <= 1024 * 1024


# --- any loads, after each other ---------------------------------------------------------------

CELLS = [(place, year) for place in range(3) for year in (2019, 2020)]
OUTCOMES = [0.0, 5.0, 5.000001, 7.0, Status.MISSING, Status.SECRET, Status.WITHDRAWN]
LOADS = st.lists(
    st.tuples(
        st.lists(st.tuples(st.sampled_from(CELLS), st.sampled_from(OUTCOMES)), max_size=8),
        st.booleans(),  # whether it is a whole answer
    ),
    max_size=4,
)


def as_said(stored, rows, *, is_whole):
    """What is known after a load, in plain words: the rule that the SQL must follow."""
    known, counts, last = (
        dict(stored),
        dict.fromkeys(("new", "changed", "withdrawn"), 0),
        dict(rows),
    )
    if is_whole and rows:
        had_value = [cell for cell, outcome in stored.items() if isinstance(outcome, float)]
        last = dict.fromkeys(set(had_value) - set(last), Status.WITHDRAWN) | last
    for cell, outcome in last.items():
        former = stored.get(cell)
        both_values = isinstance(former, float) and isinstance(outcome, float)
        if former is None and outcome != Status.WITHDRAWN:
            known[cell], counts["new"] = outcome, counts["new"] + 1
        elif former is None or former == outcome:
            continue
        elif not both_values or abs(outcome - former) > 1e-6 * abs(former):
            known[cell] = outcome
            lost = isinstance(former, float) and not both_values
            counts["withdrawn" if lost else "changed"] += 1
    return known, counts


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(loads=LOADS)
def test_any_loads_do_what_the_words_say(loads):
    with transaction.atomic():
        kpi, where, stored, revised = KpiFactory(), municipalities(3), {}, 0
        for said_rows, is_whole in loads:
            loaded = values.load(
                [row(kpi, where[place], o, year=year) for (place, year), o in said_rows],
                answered=answered(kpi, where) if is_whole else None,
            )
            stored, counts = as_said(stored, said_rows, is_whole=is_whole)
            revised += counts["changed"] + counts["withdrawn"]
            assert {name: getattr(loaded, name) for name in counts} == counts
        now = {
            (where.index(v.municipality), v.year): (
                Status(v.status) if v.value is None else v.value
            )
            for v in KpiValue.objects.filter(kpi=kpi).select_related("municipality")
        }
        revisions = KpiValueRevision.objects.filter(kpi=kpi).count()
        transaction.set_rollback(True)
    assert now == stored
    assert revisions == revised


# --- units -----------------------------------------------------------------------------------


def unit_row(kpi, unit, value, answers=None):
    return values.UnitRow(kpi.pk, unit.pk, 2020, Gender.ALL, Status.HAS_VALUE, value, answers)


def test_units_are_taken_in_the_same_way(kpi):
    (home,) = municipalities(1)
    one, other = (ServiceUnit.objects.create(name=n, municipality=home) for n in "AB")

    first = values.load_units([unit_row(kpi, one, 4.5, 12), unit_row(kpi, other, 3.0)])
    again = values.load_units([unit_row(kpi, one, 4.5, 12), unit_row(kpi, other, 3.5)])

    assert first == values.Loaded(new=2)
    assert again == values.Loaded(changed=1, unchanged=1)
    assert list(UnitValue.objects.order_by("unit").values_list("value", "answers")) == [
        (4.5, 12),
        (3.5, None),
    ]
    assert UnitValueRevision.objects.get().value == 3.0


def test_another_number_of_answers_is_a_change(kpi):
    unit = ServiceUnit.objects.create(name="A", municipality=municipalities(1)[0])
    values.load_units([unit_row(kpi, unit, 4.5, 12)])

    assert values.load_units([unit_row(kpi, unit, 4.5, 13)]) == values.Loaded(changed=1)

    assert UnitValue.objects.get().answers == 13
    assert UnitValueRevision.objects.get().answers == 12


# --- real revisions --------------------------------------------------------------------------


@pytest.fixture
def snapshot():
    """Loads what Kolada said on a day, as it was read then."""
    with gzip.open(REVISIONS, "rt", encoding="utf-8") as file:
        cells = list(csv.DictReader(file))
    kpis = {code: KpiFactory(code=code).pk for code in ("N15428", "U07417")}
    codes = {cell["municipality"] for cell in cells}
    where = Municipality.objects.bulk_create(Municipality(code=c, name=c) for c in codes)
    ids = {m.code: m.pk for m in where}

    def load(day):
        return values.load(
            (
                values.Row(
                    kpis[cell["kpi"]],
                    ids[cell["municipality"]],
                    int(cell["year"]),
                    GENDERS[cell["gender"]],
                    SIGNS.get(said, Status.HAS_VALUE),
                    None if said in SIGNS else float(said),
                )
                for cell in cells
                if (said := cell[day])
            ),
            on=date.fromisoformat(day),
        )

    return load


@pytest.mark.slow
def test_two_more_decimals_in_a_whole_history_are_no_revision(snapshot):
    snapshot("2023-09-12")
    loaded = snapshot("2024-01-30")
    assert loaded.unchanged > 2_800
    assert loaded.withdrawn == 0
    assert not KpiValueRevision.objects.exclude(value=None).exists()
    assert not HistoryReplacement.objects.exists()


@pytest.mark.slow
def test_a_whole_history_replaced_under_the_same_id_is_recognised(snapshot):
    snapshot("2024-01-30")
    snapshot("2024-12-12")

    replaced = HistoryReplacement.objects.get()
    changed = KpiValueRevision.objects.filter(kpi=replaced.kpi)
    assert replaced.kpi.code == "U07417"
    assert replaced.cells == changed.count() == 715
    assert 90 < replaced.ratio < 115  # per 1,000 became per 100,000, over other years
    now = KpiValue.objects.get(kpi=replaced.kpi, municipality__code="0883", year=2022)
    assert round(now.value, 1) == 2330.2
    assert round(changed.get(municipality__code="0883", year=2022).value, 1) == 22.0


def test_a_year_that_is_revised_is_no_replaced_history(kpi):
    where = municipalities(60)
    for year in (2018, 2019, 2020):
        said(kpi, where, [float(n + 1) for n in range(60)], year=year)
    said(kpi, where, [float(n + 2) for n in range(60)], year=2020)
    assert not HistoryReplacement.objects.exists()


# --- what must never be ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        {"value": 1.0, "status": Status.SECRET},
        {"value": None, "status": Status.HAS_VALUE},
        {"value": None, "status": 9},
        {"value": 1.0, "status": Status.HAS_VALUE, "gender": 7},
    ],
)
@pytest.mark.parametrize("model", [KpiValue, KpiValueRevision])
def test_a_value_and_a_status_never_stand_together(model, row):
    about = {"kpi": KpiFactory(), "municipality": municipalities(1)[0], "year": 2020}
    with pytest.raises(IntegrityError, match=r"number_or_has_a_status|status_known|gender_known"):
        model.objects.create(**about, **{"gender": Gender.ALL, **row})
