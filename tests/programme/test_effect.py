"""Whether a work holds: checks at 3, 6 and 12 months, and a measure that goes back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foundation.errors import Refused
from foundation.models import Event
from measures.actions import measurements
from organisation.models import Notice
from organisation.permissions import Role
from programme.actions import effect, looking_after, measuring
from programme.actions.effect import Answer
from programme.models import Drift, FollowUp, Holds, Member, Work, WorkStatus
from tests.factories import TODAY, PersonFactory, UnitFactory, employee, finished_work, person_with
from tests.reading import text_of

pytestmark = pytest.mark.django_db

IN_THREE_MONTHS = dt.date(2026, 12, 15)
YES = Answer(is_followed=Holds.YES, is_kept=Holds.YES)


@pytest.fixture
def finished(unit, leader, manager):
    return finished_work(at=unit, leader=leader, manager=manager)


def check_of(work, months=3):
    return work.follow_ups.get(months=months)


def answer(check, said=YES, *, on=IN_THREE_MONTHS, by):
    return effect.answer(follow_up_id=check.pk, said=said, on=on, by=by)


def measure(work, value, on, by):
    return measuring.record_value(
        followed_id=work.followed.get(carries_aim=True).pk,
        taken_on=on,
        value=Decimal(value),
        on=on,
        by=by,
    )


# --- planned ------------------------------------------------------------------------------------


def test_an_approved_report_plans_checks_after_3_6_and_12_months(finished, leader):
    planned = finished.follow_ups.values_list("months", "due_on", "owner")
    assert list(planned) == [
        (3, dt.date(2026, 12, 15), leader.pk),
        (6, dt.date(2027, 3, 15), leader.pk),
        (12, dt.date(2027, 9, 15), leader.pk),
    ]


def test_planning_again_adds_nothing(finished, manager):
    assert effect.plan_follow_ups(finished, on=TODAY, by=manager) == []
    assert finished.follow_ups.count() == 3


def test_where_the_leader_has_left_a_manager_makes_the_checks(unit, leader, manager):
    work = finished_work(at=unit, leader=leader, manager=manager)
    work.follow_ups.all().delete()
    leader.is_active = False
    leader.save(update_fields=["is_active"])

    planned = effect.plan_follow_ups(work, on=TODAY, by=manager)

    assert {check.owner for check in planned} == {manager}


# --- answered -----------------------------------------------------------------------------------


def test_the_first_check_takes_the_work_on_and_the_last_one_ends_it(finished, leader):
    answer(check_of(finished), by=leader)
    assert Work.objects.get().status == WorkStatus.FOLLOWED

    answer(check_of(finished, 6), on=dt.date(2027, 3, 15), by=leader)
    assert Work.objects.get().status == WorkStatus.FOLLOWED

    answer(check_of(finished, 12), on=dt.date(2027, 9, 15), by=leader)
    assert Work.objects.get().status == WorkStatus.DONE


def test_a_check_keeps_what_was_seen_and_what_the_chart_said(finished, leader):
    said = Answer(Holds.YES, Holds.PARTLY, value=Decimal(84), told="  Nya vikarier vet inte. ")

    made = answer(check_of(finished), said, by=leader)

    made.refresh_from_db()
    assert (made.is_followed, made.is_kept, made.value) == ("yes", "partly", Decimal(84))
    assert (made.told, made.verdict) == ("Nya vikarier vet inte.", "too_few")
    assert (made.done_on, made.done_by) == (IN_THREE_MONTHS, leader)
    value = finished.followed.get().measure.measurements.get(taken_on=IN_THREE_MONTHS)
    assert value.value == Decimal(84)


def test_somebody_who_leads_works_at_the_unit_may_make_it_too(finished, manager):
    assert answer(check_of(finished), by=manager).done_by == manager


def test_a_member_and_a_stranger_may_not(finished, stranger, unit):
    for person in (stranger, employee(at=unit)):
        with pytest.raises(Refused, match="uppföljningen"):
            answer(check_of(finished), by=person)


def test_it_is_made_once_and_the_second_is_told_by_whom(finished, leader, manager):
    answer(check_of(finished), by=leader)
    with pytest.raises(Refused, match="Jonas Lind"):
        answer(check_of(finished), by=manager)


def test_a_check_a_year_ahead_is_too_early(finished, leader):
    with pytest.raises(Refused, match="för tidigt"):
        answer(check_of(finished, 12), by=leader)


def test_both_questions_must_be_answered(finished, leader):
    with pytest.raises(Refused):
        answer(check_of(finished), Answer(is_followed="", is_kept=Holds.YES), by=leader)


def test_the_database_refuses_half_an_answer(finished, leader):
    check = check_of(finished)
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.filter(pk=check.pk).update(done_on=TODAY, done_by=leader)


def test_the_manager_is_told_how_it_went(finished, leader, manager):
    answer(check_of(finished), Answer(Holds.NO, Holds.NO), by=leader)
    told = Notice.objects.get(to=manager, kind="work.check_no")
    assert told.href == reverse("work-effect", args=[finished.pk])


# --- who makes it -------------------------------------------------------------------------------


def test_the_manager_names_somebody_else_who_then_sees_the_work(finished, manager, stranger):
    assert not Work.objects.visible_to(stranger).exists()

    effect.give(follow_up_id=check_of(finished, 6).pk, to=stranger, by=manager)

    owners = finished.follow_ups.values_list("months", "owner")
    assert [owner == stranger.pk for _months, owner in owners] == [False, True, True]
    assert Work.objects.visible_to(stranger).exists()
    assert Notice.objects.filter(to=stranger, kind="work.give_checks").count() == 1
    said = Answer(Holds.YES, Holds.YES, value=Decimal(88))
    assert answer(check_of(finished, 6), said, on=dt.date(2027, 3, 15), by=stranger).value == 88


def test_a_guest_does_not_make_checks(finished, manager):
    guest = PersonFactory(is_guest=True)
    with pytest.raises(Refused, match="arbetar här"):
        effect.give(follow_up_id=check_of(finished).pk, to=guest, by=manager)


def test_the_checks_of_somebody_who_leaves_are_given_to_somebody_who_stays(
    finished, leader, manager
):
    leader.is_active = False
    leader.save(update_fields=["is_active"])

    assert looking_after.hand_over_from_those_who_left([finished.pk]) == 1

    assert set(finished.follow_ups.values_list("owner", flat=True)) == {manager.pk}
    assert looking_after.hand_over_from_those_who_left([finished.pk]) == 0


def test_the_one_who_makes_it_is_reminded_a_week_before_and_not_every_day(finished, leader):
    def remind(on):
        return looking_after.remind([finished.pk], on=on)

    assert remind(dt.date(2026, 12, 7)) == 0
    assert remind(dt.date(2026, 12, 8)) == 1
    assert remind(dt.date(2026, 12, 9)) == 0
    assert remind(dt.date(2026, 12, 22)) == 1
    assert Notice.objects.filter(to=leader, kind="work.check").count() == 2


# --- gone back ----------------------------------------------------------------------------------


def drifts():
    return list(Drift.objects.values_list("seen_on", "ended_on"))


def test_a_value_nearer_the_start_than_the_aim_is_told_once(finished, leader, manager):
    bad, worse = dt.date(2026, 10, 1), dt.date(2026, 11, 1)
    measure(finished, 70, bad, leader)  # from 62 to 90: less than half the way
    measure(finished, 66, worse, leader)

    assert drifts() == [(bad, None)]
    for person in (leader, manager):
        assert Notice.objects.filter(to=person, kind="work.drift").count() == 1


def test_a_drift_ends_when_it_is_good_again_and_can_be_told_anew(finished, leader):
    days = [dt.date(2026, month, 1) for month in (10, 11, 12)]
    for day, value in zip(days, (66, 88, 65), strict=True):
        measure(finished, value, day, leader)
    assert drifts() == [(days[0], days[1]), (days[2], None)]
    assert Notice.objects.filter(to=leader, kind="work.drift").count() == 2


def test_a_measure_that_has_come_more_than_half_the_way_has_not_gone_back(finished, leader):
    measure(finished, 80, dt.date(2026, 10, 1), leader)
    assert drifts() == []


def test_a_work_that_goes_on_does_not_drift(work, leader):
    measuring.record_value(
        followed_id=work.followed.get().pk, taken_on=TODAY, value=Decimal(10), on=TODAY, by=leader
    )
    assert drifts() == []


def test_a_value_written_in_a_check_is_seen_too(finished, leader):
    answer(check_of(finished), Answer(Holds.NO, Holds.NO, value=Decimal(60)), by=leader)
    assert drifts() == [(IN_THREE_MONTHS, None)]


def test_the_clock_sees_what_came_in_another_way(finished, leader):
    followed = finished.followed.get()
    day = dt.date(2026, 10, 1)
    measurements.record_value(
        measure_id=followed.measure_id, taken_on=day, value=Decimal(63), on=day, by=leader
    )
    looking_after.look_for_drift(followed_ids=[followed.pk], on=day)
    looking_after.look_for_drift(followed_ids=[followed.pk], on=day)
    assert drifts() == [(day, None)]
    assert Event.objects.filter(kind="work.drift").count() == 1


# --- the pages ----------------------------------------------------------------------------------


def test_the_tab_says_when_somebody_looks_and_what_was_seen(client, finished, leader):
    answer(check_of(finished), Answer(Holds.YES, Holds.YES, value=Decimal(89)), by=leader)
    client.force_login(leader)

    text = text_of(client.get(reverse("work-effect", args=[finished.pk])))

    assert "Det höll efter 3 månader" in text
    assert "Jonas Lind" in text
    assert "Efter 6 månader" in text


def test_a_check_is_made_on_its_page(client, finished, leader, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: IN_THREE_MONTHS)
    client.force_login(leader)
    address = reverse("follow-up", args=[check_of(finished).pk])
    assert client.get(address).status_code == 200
    said = {"is_followed": "yes", "is_kept": "partly", "value": "86,5", "told": "Det går."}
    response = client.post(address, said)
    assert response.headers["Location"] == reverse("work-effect", args=[finished.pk])
    assert check_of(finished).value == Decimal("86.5")


def test_a_refusal_stands_on_the_form_and_nothing_typed_is_lost(client, finished, leader, manager):
    answer(check_of(finished), by=leader)
    client.force_login(manager)
    said = {"is_followed": "yes", "is_kept": "no", "value": "70", "told": "Vi ser att det glider."}
    response = client.post(reverse("follow-up", args=[check_of(finished).pk]), said)
    assert response.status_code == 422
    assert "Jonas Lind" in text_of(response)
    assert "Vi ser att det glider." in text_of(response)


def test_a_strangers_check_does_not_exist(client, finished, stranger):
    client.force_login(stranger)
    check = check_of(finished)
    for address in (
        reverse("follow-up", args=[check.pk]),
        reverse("follow-up-give", args=[check.pk]),
        reverse("work-effect", args=[finished.pk]),
    ):
        assert client.get(address).status_code == 404


def test_who_makes_the_check_is_chosen_on_a_page(client, finished, manager, member):
    client.force_login(manager)
    address = reverse("follow-up-give", args=[check_of(finished).pk])
    assert client.get(address).status_code == 200
    client.post(address, {"to": member.pk})
    assert check_of(finished).owner == member


def test_the_tab_asks_the_same_number_of_questions_however_much_there_is(
    client, unit, leader, manager
):
    client.force_login(leader)
    counts = []
    for answered in (0, 3):
        work = finished_work(at=unit, leader=leader, manager=manager)
        for check in work.follow_ups.all()[:answered]:
            answer(check, Answer(Holds.YES, Holds.NO), on=check.due_on, by=leader)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("work-effect", args=[work.pk])).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_guest_reads_the_tab_and_no_amounts(client, finished):
    guest = PersonFactory(is_guest=True)
    finished.memberships.create(person=guest, role=Member.GUEST)
    client.force_login(guest)
    response = client.get(reverse("work-effect", args=[finished.pk]))
    assert response.status_code == 200
    assert "kr" not in text_of(response).split()


def test_everybody_with_a_role_elsewhere_is_a_stranger(finished):
    lead = person_with(Role.DEVELOPMENT_LEAD, at=UnitFactory())
    assert not FollowUp.objects.visible_to(lead).exists()
