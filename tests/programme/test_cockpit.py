"""The cockpit: which works, in which order, with which reason; and how the coaches are loaded."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from measures.models import MeasureVerdict
from organisation.permissions import Role
from programme.actions import contacts
from programme.models import Contact, ContactKind, Work, WorkStatus
from programme.queries.cockpit import _charts
from tests.factories import TODAY, PersonFactory, UnitFactory, employee, person_with, started_work
from tests.reading import text_of

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 9, 15, 12, tzinfo=dt.UTC)  # of TODAY
COCKPIT = "/arbeten/coach/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture
def coach(unit):
    return person_with(Role.COACH, at=unit, given_name="Birgitta", family_name="Öhman")


@pytest.fixture
def programme_lead(unit):
    return person_with(Role.PROGRAMME_LEAD, at=unit)


def coached_work(unit, coach, title, *, silent_for=0, verdict="chance", contact=5, data=5):
    """A running work with a coach.

    Args:
        contact, data: Days since the latest contact and the newest value.
    """
    work = started_work(at=unit, coach=coach)
    began = TODAY - dt.timedelta(days=120)
    Work.objects.filter(pk=work.pk).update(title=title, status=WorkStatus.RUNNING, started_on=began)
    work.coachings.update(starts_on=began)
    Contact.objects.create(
        work=work,
        coach=coach,
        kind=ContactKind.CALL,
        taken_on=TODAY - dt.timedelta(days=contact),
        key=uuid.uuid4(),
    )
    for followed in work.followed.all():
        MeasureVerdict.objects.update_or_create(
            measure=followed.measure,
            defaults={
                "verdict": verdict,
                "newest_on": TODAY - dt.timedelta(days=data),
                "newest_value": Decimal(60),
                "points": 12,
                "facts": {"verdict": verdict, "values": [60, 62, 61], "marks": "..."},
            },
        )
    return work


def shown(client, person, address=COCKPIT):
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200
    return response


def titles(rows):
    return [row.work.title for row in rows]


def test_those_that_need_a_visit_stand_first_with_the_reason(client, unit, coach):
    coached_work(unit, coach, "Går bra")
    coached_work(unit, coach, "Faller och tiger", verdict="worse", contact=40)
    coached_work(unit, coach, "Utan kontakt", contact=40)
    response = shown(client, coach)
    assert titles(response.context["now"]) == ["Faller och tiger"]
    assert titles(response.context["others"]) == ["Utan kontakt", "Går bra"]
    words = text_of(response)
    assert "Ingen kontakt på 40 dagar" in words
    assert words.count("månader, till") == 3  # the clock of each
    assert words.index("Faller och tiger") < words.index("Utan kontakt") < words.index("Går bra")


def test_among_twenty_works_the_three_in_need_are_found_at_once(client, unit, coach):
    for number in range(17):
        coached_work(unit, coach, f"Lugnt {number}")
    for number in range(3):
        coached_work(unit, coach, f"Nöd {number}", verdict="worse", contact=50, data=60)
    response = shown(client, coach)
    assert sorted(titles(response.context["now"])) == ["Nöd 0", "Nöd 1", "Nöd 2"]
    assert len(response.context["others"]) == 17


def test_a_coach_sees_the_works_they_coach_and_no_others(client, unit, coach):
    coached_work(unit, coach, "Min")
    started_work(at=unit)
    assert titles(shown(client, coach).context["others"]) == ["Min"]


def test_a_manager_sees_the_works_of_the_own_units(client, unit, coach, manager):
    coached_work(unit, coach, "Här")
    coached_work(UnitFactory(), person_with(Role.COACH, at=UnitFactory()), "Där")
    response = shown(client, manager)
    assert titles(response.context["others"]) == ["Här"]
    assert "Birgitta Öhman" in text_of(response)
    assert "Logga en kontakt" not in text_of(response)


def test_whoever_looks_after_the_coaches_sees_all_and_can_narrow_them(
    client, unit, coach, programme_lead
):
    other = person_with(Role.COACH, at=unit)
    coached_work(unit, coach, "Birgittas", contact=45)
    coached_work(unit, other, "Annans")
    address = f"{COCKPIT}?show=all"
    assert len(shown(client, programme_lead, address).context["others"]) == 2
    narrowed = shown(client, programme_lead, f"{address}&coach={coach.pk}")
    assert titles(narrowed.context["others"]) == ["Birgittas"]
    narrowed = shown(client, programme_lead, f"{address}&why=no_contact")
    assert titles(narrowed.context["others"]) == ["Birgittas"]
    narrowed = shown(client, programme_lead, f"{address}&coach=0")
    assert titles(narrowed.context["others"]) == []


@pytest.mark.parametrize("route", ["cockpit", "coach-load"])
@pytest.mark.parametrize("who", ["leader", "stranger", "guest"])
def test_for_others_the_pages_do_not_exist(client, route, who, work, request):
    person = PersonFactory(is_guest=True) if who == "guest" else request.getfixturevalue(who)
    client.force_login(person)
    assert client.get(reverse(route)).status_code == 404


def test_a_coach_does_not_see_how_the_others_are_loaded(client, coach):
    client.force_login(coach)
    assert client.get(reverse("coach-load")).status_code == 404


@pytest.mark.parametrize("address", [COCKPIT, "/arbeten/coach/belastning/"])
def test_the_pages_cost_the_same_for_one_work_and_for_three(
    client, unit, coach, programme_lead, address
):
    coached_work(unit, coach, "Ett")
    address = f"{address}?show=all"
    shown(client, programme_lead, address)
    _charts.clear()
    with CaptureQueriesContext(connection) as one:
        shown(client, programme_lead, address)
    coached_work(unit, coach, "Två")
    coached_work(unit, coach, "Tre", contact=60)
    _charts.clear()
    with CaptureQueriesContext(connection) as three:
        shown(client, programme_lead, address)
    assert len(three) == len(one)


def test_the_load_of_each_coach_is_counted(client, unit, coach, programme_lead):
    coached_work(unit, coach, "I nöd", verdict="worse", contact=45)
    coached_work(unit, coach, "Lugnt")
    idle = person_with(Role.COACH, at=unit)
    work = Work.objects.get(title="Lugnt")
    contacts.log(
        work_id=work.pk,
        contact=contacts.Meeting(ContactKind.VISIT, TODAY, Decimal("2.5")),
        key=uuid.uuid4(),
        on=TODAY,
        by=coach,
    )
    loads = {
        load.coach: load
        for load in shown(client, programme_lead, "/arbeten/coach/belastning/").context["loads"]
    }
    assert (len(loads[coach].works), loads[coach].in_need) == (2, 1)
    assert loads[coach].hours == Decimal("2.5")
    assert len(loads[idle].works) == 0


# --- logging a contact ------------------------------------------------------------------------


def answers(**changes):
    return {
        "kind": "visit",
        "taken_on": "2026-09-15",
        "key": str(uuid.uuid4()),
        "hours": "",
        "about": "",
        "next_step": "",
        "next_on": "",
        **changes,
    }


def test_a_contact_is_logged_in_the_row_and_the_reason_is_gone(client, unit, coach):
    work = coached_work(unit, coach, "Utan kontakt", contact=40)
    client.force_login(coach)
    address = reverse("contact-new", args=[work.pk])
    in_row = {"HX-Request": "true", "HX-Target": f"work-{work.pk}"}
    form = client.get(address, headers=in_row)
    assert f'id="work-{work.pk}"' in form.text
    assert 'name="kind"' in form.text
    row = client.post(address, answers(hours="1,5", next_step="Titta på data"), headers=in_row)
    assert row.status_code == 200
    assert "Ingen kontakt" not in text_of(row)
    assert "Titta på data" in text_of(row)
    assert Contact.objects.latest("pk").hours == Decimal("1.5")


def test_without_javascript_it_is_logged_on_a_page(client, unit, coach):
    work = coached_work(unit, coach, "Utan kontakt", contact=40)
    client.force_login(coach)
    response = client.post(reverse("contact-new", args=[work.pk]), answers())
    assert response["Location"] == reverse("work-support", args=[work.pk])


@pytest.mark.parametrize(
    "wrong",
    [{"taken_on": "2026-09-16"}, {"hours": "30"}, {"hours": "två"}, {"next_on": "2026-10-01"}],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, unit, coach, wrong):
    work = coached_work(unit, coach, "Utan kontakt")
    client.force_login(coach)
    response = client.post(
        reverse("contact-new", args=[work.pk]), answers(about="Vi pratade om data.", **wrong)
    )
    assert response.status_code == 422
    assert "Vi pratade om data." in response.text
    assert Contact.objects.count() == 1


def test_the_tab_of_support_shows_all_and_hides_the_board_from_others(
    client, unit, coach, manager, leader
):
    work = coached_work(unit, coach, "Stöd", contact=3)
    whose = work.team[0].person
    client.force_login(whose)
    address = reverse("work-support", args=[work.pk])
    sent = client.post(
        reverse("work-say", args=[work.pk]), {"text": "Det är tungt.", "key": str(uuid.uuid4())}
    )
    assert sent["Location"] == f"{address}#talk"
    assert "Det är tungt." in text_of(client.get(address))
    client.force_login(coach)
    assert "Det är tungt." in text_of(client.get(address))
    client.force_login(manager)
    response = client.get(address)
    assert "Det är tungt." not in response.text
    assert "Birgitta Öhman" in text_of(response)
    posted = client.post(
        reverse("work-say", args=[work.pk]), {"text": "Hej", "key": str(uuid.uuid4())}
    )
    assert posted.status_code == 404


def test_a_guest_in_the_team_does_not_find_the_support(client, unit, coach):
    work = coached_work(unit, coach, "Stöd")
    guest = PersonFactory(is_guest=True)
    work.memberships.create(person=guest, role="guest")
    client.force_login(guest)
    assert client.get(reverse("work-support", args=[work.pk])).status_code == 404


def test_the_tab_costs_the_same_however_many_contacts(client, unit, coach):
    work = coached_work(unit, coach, "Stöd")
    address = reverse("work-support", args=[work.pk])
    shown(client, coach, address)
    with CaptureQueriesContext(connection) as one:
        shown(client, coach, address)
    for _ in range(3):
        Contact.objects.create(
            work=work, coach=coach, kind="call", taken_on=TODAY, key=uuid.uuid4()
        )
    with CaptureQueriesContext(connection) as more:
        shown(client, coach, address)
    assert len(more) == len(one)


def test_it_is_handed_over_from_the_load_page(client, unit, coach, programme_lead):
    work = coached_work(unit, coach, "Lämnas")
    to = person_with(Role.COACH, at=unit)
    client.force_login(programme_lead)
    address = f"{reverse('coach-choose', args=[work.pk])}?from=load"
    assert "(0 arbeten)" in text_of(client.get(address))
    response = client.post(address, {"coach": to.pk, "because": "Jämnare fördelat.", "until": ""})
    assert response["Location"] == reverse("coach-load")
    assert work.coachings.open().get().coach == to


def test_somebody_without_business_there_is_refused_in_words(client, unit, coach, member):
    work = coached_work(unit, coach, "Nej", contact=3)
    work.memberships.create(person=member, role="member")
    client.force_login(member)
    response = client.get(reverse("coach-choose", args=[work.pk]))
    assert "Bara arbetets coach" in text_of(response)
    to = employee(at=unit)
    client.post(reverse("coach-choose", args=[work.pk]), {"coach": to.pk, "because": "Nej."})
    assert work.coachings.open().get().coach == coach
