"""The library: what has been carried out is found, read, tried elsewhere and told to who needs it."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.errors import Refused
from measures.actions import measurements
from measures.models import Measurement
from organisation.models import Notice
from organisation.models.unit import home_unit
from organisation.permissions import Role
from programme.actions import effect, library, reports, works
from programme.actions.effect import Answer
from programme.models import (
    Driver,
    DriverKind,
    Effect,
    Holds,
    Origin,
    Phase,
    StrategicArea,
    Tip,
    Work,
    WorkStatus,
)
from programme.queries.library import adoptions_of
from programme.queries.suggestions import elsewhere
from reports.efforts import efforts_of
from tests.factories import (
    TODAY,
    KpiFactory,
    PersonFactory,
    UnitFactory,
    cycle_in,
    employee,
    finished_work,
    municipalities,
    person_with,
    report_on,
    service_units,
    started_work,
    unit_said,
)
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(unit, leader, manager):
    """A finished work with a driver diagram and a test that led to something."""
    work = started_work(at=unit, leader=leader)
    adopted = cycle_in(work, Phase.CLOSED, by=leader)
    cycle_in(work, Phase.STUDY, by=leader)
    primary = Driver.objects.create(work=work, kind=DriverKind.PRIMARY, text="Alla vet vem")
    second = Driver.objects.create(
        work=work, parent=primary, kind=DriverKind.SECONDARY, text="Det syns"
    )
    change = Driver.objects.create(
        work=work, parent=second, kind=DriverKind.CHANGE, text="Lapp på dörren"
    )
    adopted.change = change
    adopted.save(update_fields=["change"])
    report = report_on(work, "submitted", by=leader)
    reports.approve(report_id=report.pk, on=TODAY, by=manager)
    return Work.objects.get(pk=work.pk)


@pytest.fixture
def other():
    return UnitFactory(name="Hemtjänst söder")


@pytest.fixture
def other_manager(other):
    return person_with(Role.MANAGER, at=other)


@pytest.fixture
def colleague(other, other_manager):
    """Somebody in another unit, with no role and nothing to do with the work."""
    return employee(at=other)


def adopt(work, unit, by):
    return library.adopt(work_id=work.pk, unit=unit, on=TODAY, by=by)


# --- reading ------------------------------------------------------------------------------------


def test_everybody_who_works_here_finds_what_is_carried_out(client, source, colleague):
    client.force_login(colleague)
    assert "Fast omsorgskontakt" in text_of(client.get(reverse("library")))
    text = text_of(client.get(reverse("library-entry", args=[source.pk])))
    assert "Lappen syns inte i mörkret." in text
    assert "Vi satte upp lappar." in text


def test_no_money_no_hours_and_no_names_of_the_team_are_told(client, source, colleague):
    client.force_login(colleague)
    text = text_of(client.get(reverse("library-entry", args=[source.pk])))
    assert " kr " not in text
    assert "Jonas Lind" not in text


def test_a_guest_finds_neither_the_library_nor_what_is_in_it(client, source):
    client.force_login(PersonFactory(is_guest=True))
    for address in (reverse("library"), reverse("library-entry", args=[source.pk])):
        assert client.get(address).status_code == 404
    assert client.post(reverse("library-adopt", args=[source.pk])).status_code == 404


def test_what_goes_on_is_not_in_the_library(client, unit, leader, colleague):
    work = started_work(at=unit, leader=leader)
    client.force_login(colleague)
    assert client.get(reverse("library-entry", args=[work.pk])).status_code == 404
    assert "Fast omsorgskontakt" not in text_of(client.get(reverse("library")))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("omsorgskontakten", True),  # another form of a word in the title
        ("kontakt", True),  # a part of one
        ("lappar", True),  # a word of the report
        ("lappar fast", True),
        ("lappar bandage", False),
        ("bandage", False),
        ("%_\\' & | !", False),
    ],
)
def test_words_are_found_in_the_work_and_in_its_report(client, source, colleague, words, found):
    client.force_login(colleague)
    text = text_of(client.get(reverse("library"), {"q": words}))
    assert ("Alla vet vem deras kontakt är." in text) is found


def test_it_is_narrowed_by_area_effect_unit_and_whether_it_held(client, source, colleague, leader):
    area = StrategicArea.objects.create(name="Nära vård, test")
    Work.objects.filter(pk=source.pk).update(strategic_area=area, effects=[Effect.ACCESS])
    check = source.follow_ups.get(months=3)
    effect.answer(
        follow_up_id=check.pk,
        said=Answer(Holds.YES, Holds.PARTLY),
        on=check.due_on,
        by=leader,
    )
    client.force_login(colleague)

    def finds(**asked):
        response = client.get(reverse("library"), asked)
        assert response.status_code == 200
        return "Alla vet vem deras kontakt är." in text_of(response)

    assert finds(area=area.pk, effect=Effect.ACCESS, held=Holds.PARTLY, unit=source.unit_id)
    assert not finds(area=StrategicArea.objects.create(name="En annan").pk)
    assert not finds(effect=Effect.WORK)
    assert not finds(held=Holds.YES)
    assert not finds(held="not_yet")
    assert not finds(unit=UnitFactory().pk)
    assert not finds(kpi=KpiFactory().pk)
    assert finds(order="adopted")
    assert finds(order="title")
    assert finds(order="nonsense", area="x", page="99999")


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_three(
    client, unit, manager, colleague
):
    client.force_login(colleague)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            finished_work(at=unit, manager=manager)
        client.get(reverse("library"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("library"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


# --- trying it ----------------------------------------------------------------------------------


def test_a_unit_gets_charter_drivers_measures_and_adopted_tests(source, other, colleague):
    made = adopt(source, other, colleague)

    made.refresh_from_db()
    assert (made.origin, made.adopted_from, made.unit) == (Origin.ADOPTED, source, other)
    assert (made.title, made.aim, made.aim_to) == (source.title, source.aim, source.aim_to)
    assert (made.aim_from, made.aim_by) == (None, None)  # where they stand is theirs to say
    assert made.leader_id == colleague.pk
    assert made.status == WorkStatus.PROPOSED
    drivers = made.drivers.order_by("pk")
    assert [d.text for d in drivers] == ["Alla vet vem", "Det syns", "Lapp på dörren"]
    assert [d.parent and d.parent.text for d in drivers] == [None, "Alla vet vem", "Det syns"]
    cycle = made.cycles.get()
    assert (cycle.status, cycle.prediction) == (Phase.PLAN, "")
    assert cycle.plan_what == "Sätta upp en lapp hos en brukare."
    assert cycle.change.work == made


def test_what_is_measured_is_copied_without_its_values(source, other, colleague, leader):
    measure = source.followed.get().measure
    measurements.record_value(
        measure_id=measure.pk, taken_on=TODAY, value=Decimal(80), on=TODAY, by=leader
    )
    made = adopt(source, other, colleague)
    copy = made.followed.get()
    assert (copy.measure.name, copy.carries_aim) == (measure.name, True)
    assert copy.measure.pk != measure.pk
    assert not Measurement.objects.filter(measure=copy.measure).exists()


def test_trying_it_twice_is_one_work(source, other, colleague, other_manager):
    first = adopt(source, other, colleague)
    assert adopt(source, other, colleague) == first
    assert adopt(source, other, other_manager) == first
    assert source.adoptions.count() == 1
    assert made_cycles(source) == 1


def made_cycles(source):
    return source.adoptions.get().cycles.count()


def test_it_can_be_tried_again_after_it_was_stopped(source, other, other_manager):
    first = adopt(source, other, other_manager)
    works.press(work_id=first.pk, step_name="stop", why="Fel tid", by=other_manager)
    assert adoptions_of([source.pk]) == {}
    assert adopt(source, other, other_manager) != first
    assert adoptions_of([source.pk]) == {source.pk: 1}


def test_the_first_team_is_thanked_once(source, other, colleague, leader):
    adopt(source, other, colleague)
    adopt(source, other, colleague)
    told = Notice.objects.get(to=leader, kind="work.adopted")
    assert "Hemtjänst söder" in told.note


def test_ones_own_work_is_not_tried_again_at_home(source, unit, leader):
    with pytest.raises(Refused, match="redan genomfört"):
        adopt(source, unit, leader)


def test_nobody_starts_it_in_a_unit_that_they_have_nothing_to_do_with(source, colleague):
    with pytest.raises(Refused):
        adopt(source, UnitFactory(), colleague)


def test_what_goes_on_is_not_tried_elsewhere(work, other, colleague):
    with pytest.raises(Refused):
        adopt(work, other, colleague)


def test_one_press_on_the_page_is_enough(client, source, other, colleague):
    client.force_login(colleague)
    page = client.get(reverse("library-entry", args=[source.pk]))
    assert "Pröva hos oss" in text_of(page)
    for _ in range(2):
        response = client.post(reverse("library-adopt", args=[source.pk]), {"unit": other.pk})
        assert response.status_code == 302
    made = source.adoptions.get()
    text = text_of(client.get(reverse("library-entry", args=[source.pk])))
    assert "Det prövas i en enhet till:" in text
    assert "Det bygger på" in text_of(client.get(reverse("work-effect", args=[made.pk])))


def test_a_refusal_stands_beside_the_button(client, source, colleague):
    client.force_login(colleague)
    address = reverse("library-adopt", args=[source.pk])
    assert client.post(address, {"unit": UnitFactory().pk}).status_code == 422
    assert client.post(address, {}).status_code == 422


# --- where it could help ------------------------------------------------------------------------


@pytest.fixture
def low(source, other):
    """`other` is the lowest of four of ours in the measure that the work moved."""
    kpi = KpiFactory()
    Work.objects.filter(pk=source.pk).update(kpi=kpi)
    (home,) = municipalities(1)
    top = home_unit()
    top.municipality_code = home.code
    top.save(update_fields=["municipality_code"])
    units = service_units(home, "A", "B", "C", "D")
    for place, at in zip(units, (source.unit, UnitFactory(), None, other), strict=True):
        place.unit = at
        place.save(update_fields=["unit"])
    unit_said(kpi, units, [90, 80, 70, 40])
    source.refresh_from_db()


@pytest.fixture
def lead(other):
    return person_with(Role.DEVELOPMENT_LEAD, at=other)


def test_units_in_the_lower_half_are_shown_to_development_leads(source, low, lead, other):
    found = elsewhere(source, lead).low
    assert [(one.unit, one.rank, one.counted) for one in found] == [(other, 4, 4)]


def test_its_managers_are_told_once(source, low, lead, other, other_manager):
    for _ in range(2):
        library.tip(work_id=source.pk, unit=other, by=lead)
    assert Notice.objects.filter(to=other_manager, kind="work.tip").count() == 1
    assert Tip.objects.count() == 1
    assert elsewhere(source, lead).low[0].told_on is not None


def test_colleagues_and_managers_do_not_tip(source, low, colleague, other, other_manager):
    for person in (colleague, other_manager):
        with pytest.raises(Refused):
            library.tip(work_id=source.pk, unit=other, by=person)


def test_the_lead_tells_the_unit_on_the_page(client, source, low, lead, other, other_manager):
    client.force_login(lead)
    text = text_of(client.get(reverse("library-entry", args=[source.pk])))
    assert "Tipsa enheten" in text
    client.post(reverse("library-tip", args=[source.pk, other.pk]))
    assert "Tipsad den" in text_of(client.get(reverse("library-entry", args=[source.pk])))


def test_a_unit_that_tries_it_is_not_suggested(source, low, lead, other, other_manager):
    adopt(source, other, other_manager)
    assert elsewhere(source, lead).low == []


# --- on the page of the measure that it moved ---------------------------------------------------


def test_the_page_of_the_measure_says_whether_it_held(source, leader, colleague):
    kpi = KpiFactory()
    Work.objects.filter(pk=source.pk).update(kpi=kpi)
    check = source.follow_ups.get(months=6)
    effect.answer(
        follow_up_id=check.pk, said=Answer(Holds.YES, Holds.YES), on=check.due_on, by=leader
    )
    (told,) = efforts_of([kpi.pk], colleague)
    assert (told.title, told.held) == ("Fast omsorgskontakt", "Det höll efter 6 månader")
    assert told.href == reverse("library-entry", args=[source.pk])
    assert efforts_of([kpi.pk], PersonFactory(is_guest=True)) == []
