"""What works were worth: ranges that are added up end by end, and never more than is known."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import Refused
from organisation.permissions import Role
from programme.actions import benefits, effect
from programme.actions.benefits import Saving
from programme.actions.effect import Answer
from programme.models import Benefit, BenefitKind, Contact, Holds, Member
from programme.queries.benefits import benefit_of_year, cost_of
from programme.summing import Saved, of_year, summed, together, years_of
from tests.factories import (
    KR,
    TODAY,
    PersonFactory,
    UnitFactory,
    employee,
    finished_work,
    person_with,
)
from tests.reading import text_of

MONEY = Saving(BenefitKind.MONEY, 2026, "Bokföringen", ore=(10_000 * KR, 20_000 * KR))
HOURS = Saving(
    BenefitKind.HOURS, 2026, "Tidmätning i två veckor", hours=(Decimal(100), Decimal("150.5"))
)


# --- sums, without a database -------------------------------------------------------------------

CHECKS = st.lists(
    st.tuples(st.dates(dt.date(2026, 1, 1), dt.date(2030, 12, 31)), st.sampled_from(Holds.values)),
    max_size=3,
)


@st.composite
def saved(draw):
    kind = draw(st.sampled_from(BenefitKind.values))
    low, high = sorted(draw(st.tuples(*[st.integers(0, 10**12)] * 2)))
    is_hours = kind == BenefitKind.HOURS
    return Saved(
        work=draw(st.integers(1, 9)),
        unit=draw(st.integers(1, 3)),
        kind=kind,
        year=draw(st.integers(2026, 2028)),
        is_yearly=draw(st.booleans()),
        hours=(Decimal(low) / 10, Decimal(high) / 10) if is_hours else None,
        ore=None if is_hours else (low, high),
        checks=tuple(draw(CHECKS)),
    )


YEARS = range(2026, 2031)


@given(st.lists(saved(), max_size=12))
def test_the_units_together_are_all_benefits_one_by_one(all_saved):
    sums = summed(all_saved, years=YEARS)
    for year in YEARS:
        counting = [
            one
            for one in all_saved
            if year in years_of(one.year, one.checks, is_yearly=one.is_yearly)
        ]
        whole = of_year(sums, year)
        money = [one for one in counting if one.kind == BenefitKind.MONEY]
        poor = [one for one in counting if one.kind == BenefitKind.POOR_QUALITY]
        assert whole.money_low_ore == sum(one.ore[0] for one in money)
        assert whole.money_high_ore == sum(one.ore[1] for one in money)
        assert whole.poor_low_ore == sum(one.ore[0] for one in poor)
        assert whole.poor_high_ore == sum(one.ore[1] for one in poor)
        assert whole.hours_low == sum(one.hours[0] for one in counting if one.hours)
        assert whole.works == {one.work for one in counting}


@given(st.lists(saved(), max_size=12))
def test_the_low_end_is_never_above_the_high_and_money_is_whole_ore(all_saved):
    for one in summed(all_saved, years=YEARS).values():
        assert 0 <= one.money_low_ore <= one.money_high_ore
        assert 0 <= one.poor_low_ore <= one.poor_high_ore
        assert 0 <= one.hours_low <= one.hours_high
        assert isinstance(one.money_low_ore, int)
        assert isinstance(one.poor_high_ore, int)


@given(st.lists(saved(), max_size=12), st.randoms())
def test_the_order_does_not_matter(all_saved, random):
    shuffled = list(all_saved)
    random.shuffle(shuffled)
    first, second = (together(summed(b, years=YEARS).values()) for b in (all_saved, shuffled))
    assert first == second


@given(saved())
def test_the_first_year_always_counts_and_no_year_before_it(one):
    years = years_of(one.year, one.checks, is_yearly=one.is_yearly)
    assert years[0] == one.year
    assert one.is_yearly or len(years) == 1


@pytest.mark.parametrize(
    ("checks", "last"),
    [
        ([], 2026),  # nobody has looked
        ([(2027, "yes")], 2027),
        ([(2027, "partly")], 2027),
        ([(2027, "unknown")], 2026),
        ([(2027, "no")], 2026),
        ([(2028, "yes"), (2027, "no")], 2028),  # it came back
    ],
)
def test_a_yearly_saving_counts_while_somebody_has_seen_that_it_holds(checks, last):
    made = [(dt.date(year, 6, 1), kept) for year, kept in checks]
    assert years_of(2026, made, is_yearly=True)[-1] == last


def test_a_no_later_the_same_year_takes_that_year_away():
    made = [(dt.date(2027, 3, 1), "yes"), (dt.date(2027, 9, 1), "no")]
    assert years_of(2026, made, is_yearly=True)[-1] == 2026


# --- writing it down ----------------------------------------------------------------------------


@pytest.fixture
def finished(unit, leader, manager):
    return finished_work(at=unit, leader=leader, manager=manager)


def add(work, saving=MONEY, *, by, key=None):
    return benefits.add(work_id=work.pk, saving=saving, key=key or uuid4(), on=TODAY, by=by)


@pytest.mark.django_db
def test_the_same_form_sent_twice_is_one_benefit(finished, leader):
    key = uuid4()
    assert add(finished, by=leader, key=key) == add(finished, by=leader, key=key)
    assert Benefit.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "saving",
    [
        Saving(BenefitKind.MONEY, 2026, "Bokföringen", ore=(2 * KR, 1 * KR)),
        Saving(BenefitKind.MONEY, 2026, "Bokföringen", ore=(-1, 1)),
        Saving(BenefitKind.MONEY, 2026, "Bokföringen", ore=(0, 0)),
        Saving(BenefitKind.MONEY, 2026, "Bokföringen", ore=(0, 10**17)),
        Saving(BenefitKind.MONEY, 2026, "Bokföringen", hours=(Decimal(1), Decimal(2))),
        Saving(BenefitKind.MONEY, 2026, "  ", ore=(0, 1)),
        Saving(BenefitKind.MONEY, 2025, "Bokföringen", ore=(0, 1)),  # before the work began
        Saving(BenefitKind.MONEY, 2027, "Bokföringen", ore=(0, 1)),  # to come
        Saving("magic", 2026, "Bokföringen", ore=(0, 1)),
    ],
)
def test_what_cannot_be_is_refused(finished, leader, saving):
    with pytest.raises(Refused):
        add(finished, saving, by=leader)


@pytest.mark.django_db
def test_the_database_refuses_a_range_that_is_upside_down(finished, leader):
    made = add(finished, by=leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        Benefit.objects.filter(pk=made.pk).update(low_ore=made.high_ore + 1)


@pytest.mark.django_db
def test_strangers_and_guests_do_not_say_what_is_saved(finished, stranger):
    guest = PersonFactory(is_guest=True)
    finished.memberships.create(person=guest, role=Member.GUEST)
    for person in (stranger, guest):
        with pytest.raises(Refused):
            add(finished, by=person)


@pytest.mark.django_db
def test_it_is_withdrawn_with_a_reason_and_never_deleted(finished, leader, manager, stranger):
    made = add(finished, by=leader)
    with pytest.raises(Refused):
        benefits.withdraw(benefit_id=made.pk, because="Fel", by=stranger)
    with pytest.raises(Refused):
        benefits.withdraw(benefit_id=made.pk, because=" ", by=leader)
    benefits.withdraw(benefit_id=made.pk, because="Räknat fel", by=leader)
    with pytest.raises(Refused):
        benefits.withdraw(benefit_id=made.pk, because="Igen", by=leader)
    assert Benefit.objects.standing().count() == 0
    assert Benefit.objects.get().withdrawn_because == "Räknat fel"
    assert benefit_of_year(manager, 2026).whole.money_high_ore == 0


# --- all together -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_year_says_who_has_said_and_who_has_not(finished, unit, leader, manager):
    finished_work(at=unit, manager=manager)  # says nothing
    add(finished, by=leader)
    add(finished, HOURS, by=leader)
    poor = Saving(BenefitKind.POOR_QUALITY, 2026, "Avvikelser", is_yearly=False, ore=(0, 5 * KR))
    add(finished, poor, by=leader)

    year = benefit_of_year(manager, 2026)

    (row,) = year.units
    assert (row.unit, row.finished, row.said, row.silent) == (unit, 2, 1, 1)
    assert (row.saved.money_low_ore, row.saved.money_high_ore) == (10_000 * KR, 20_000 * KR)
    assert (row.saved.hours_low, row.saved.hours_high) == (Decimal(100), Decimal("150.5"))
    assert (row.saved.poor_low_ore, row.saved.poor_high_ore) == (0, 5 * KR)
    assert year.whole == row.saved


@pytest.mark.django_db
def test_next_year_counts_only_what_somebody_has_seen_to_hold(finished, leader, manager):
    add(finished, by=leader)
    once = Saving(BenefitKind.MONEY, 2026, "Såld utrustning", is_yearly=False, ore=(KR, KR))
    add(finished, once, by=leader)
    assert benefit_of_year(manager, 2027).whole.money_high_ore == 0

    check = finished.follow_ups.get(months=6)
    effect.answer(
        follow_up_id=check.pk, said=Answer(Holds.YES, Holds.YES), on=check.due_on, by=leader
    )

    assert benefit_of_year(manager, 2027).whole.money_high_ore == 20_000 * KR


@pytest.mark.django_db
def test_what_it_cost_is_what_was_paid_and_the_coaches_hours(finished, leader, manager):
    Contact.objects.create(
        work=finished,
        coach=manager,
        kind="visit",
        taken_on=TODAY,
        hours=Decimal("2.5"),
        key=uuid4(),
    )
    cost = cost_of(finished)
    assert (cost.paid_ore, cost.coach_hours) == (5_000 * KR, Decimal("2.5"))  # the reward


@pytest.mark.django_db
def test_a_manager_sees_the_own_unit_alone(finished, leader):
    add(finished, by=leader)
    elsewhere = person_with(Role.MANAGER, at=UnitFactory())
    assert benefit_of_year(elsewhere, 2026).units == []


# --- the pages ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_it_is_written_on_a_page_and_read_on_the_tab(client, finished, leader):
    client.force_login(leader)
    address = reverse("benefit-add", args=[finished.pk])
    assert client.get(address).status_code == 200
    said = {
        "key": uuid4(),
        "kind": "money",
        "low_ore": "40 000",
        "high_ore": "60 000 kr",
        "is_yearly": "yes",
        "year": "2026",
        "source": "Bokföringen",
        "uncertain": "Priserna",
    }
    assert client.post(address, said).status_code == 302
    text = text_of(client.get(reverse("work-effect", args=[finished.pk])))
    assert (
        "40\xa0000–60\xa0000\xa0kr" in client.get(reverse("work-effect", args=[finished.pk])).text
    )
    assert "Priserna" in text


@pytest.mark.django_db
def test_one_end_alone_is_asked_about(client, finished, leader):
    client.force_login(leader)
    said = {"key": uuid4(), "kind": "hours", "hours_low": "40", "is_yearly": "no", "year": "2026"}
    response = client.post(reverse("benefit-add", args=[finished.pk]), said)
    assert response.status_code == 422
    assert "Skriv båda" in text_of(response)
    assert not Benefit.objects.exists()


@pytest.mark.django_db
def test_who_does_not_see_amounts_sees_no_benefit(client, finished, leader):
    made = add(finished, by=leader)
    reader = person_with(Role.QUALITY_LEAD, at=finished.unit)
    client.force_login(reader)
    text = text_of(client.get(reverse("work-effect", args=[finished.pk])))
    assert "Bokföringen" not in text
    assert client.get(reverse("benefit-withdraw", args=[made.pk])).status_code == 404


@pytest.mark.django_db
def test_the_year_is_for_those_who_see_money(client, finished, leader, manager):
    add(finished, by=leader)
    client.force_login(employee(at=finished.unit))
    assert client.get(reverse("benefit-year")).status_code == 404
    assert client.get(reverse("benefit-file")).status_code == 404

    client.force_login(manager)
    text = text_of(client.get(reverse("benefit-year"), {"year": "2026"}))
    assert "Ett av 1 genomförda arbeten har berättat vad det sparar." in text
    lines = client.get(reverse("benefit-file"), {"year": "2026"}).content.decode("utf-8-sig")
    assert "Hemtjänst norr;2026;0;0;10000;20000;0;0;1;1;0;5000;0" in lines.splitlines()


@pytest.mark.django_db
def test_the_year_asks_the_same_number_of_questions_however_many_works(
    client, unit, leader, manager
):
    client.force_login(manager)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            add(finished_work(at=unit, manager=manager, leader=leader), by=leader)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("benefit-year"), {"year": "2026"})
        counts.append(len(asked))
    assert counts[0] == counts[1]
