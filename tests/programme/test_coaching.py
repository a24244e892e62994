"""Who supports a work, and each time that they do."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.errors import Refused
from foundation.models import Event
from improvement.models import IdeaStatus
from organisation.models import Notice
from organisation.permissions import Role
from programme.actions import coaching, contacts, remarks, works
from programme.history import diary_of
from programme.models import (
    Coaching,
    Contact,
    ContactKind,
    Member,
    Remark,
    Thread,
    Work,
    WorkStatus,
)
from programme.support.clock import clock_of
from tests.factories import (
    TODAY,
    IdeaFactory,
    PersonFactory,
    UnitFactory,
    employee,
    person_with,
    report_on,
    started_work,
)

pytestmark = pytest.mark.django_db

VISIT = contacts.Meeting(ContactKind.VISIT, TODAY, Decimal("1.5"), "Vi tittade på diagrammet.")


@pytest.fixture
def coach(unit):
    return person_with(Role.COACH, at=unit, given_name="Birgitta", family_name="Öhman")


@pytest.fixture
def lead(unit):
    """Somebody who looks after the coaches."""
    return person_with(Role.DEVELOPMENT_LEAD, at=unit)


@pytest.fixture
def coached(work, coach, leader):
    coaching.assign(work_id=work.pk, coach=coach, on=TODAY, by=leader)
    return Work.objects.get(pk=work.pk)


def team_of(work):
    return set(Work.objects.get(pk=work.pk).memberships.values_list("person", "role"))


def log(work, by, contact=VISIT, key=None):
    return contacts.log(work_id=work.pk, contact=contact, key=key or uuid.uuid4(), on=TODAY, by=by)


# --- who coaches ------------------------------------------------------------------------------


def test_a_coach_gets_eight_months_and_a_place_in_the_team(coached, coach, leader):
    given = Coaching.objects.get()
    assert (given.coach, given.starts_on, given.until) == (coach, TODAY, dt.date(2027, 5, 15))
    assert (coach.pk, Member.COACH) in team_of(coached)
    assert Notice.objects.get(to=coach).kind == "coaching.begin"


def test_another_day_can_be_agreed(work, coach, leader):
    until = TODAY + dt.timedelta(days=90)
    coaching.assign(work_id=work.pk, coach=coach, until=until, on=TODAY, by=leader)
    assert Coaching.objects.get().until == until


def test_a_work_that_is_started_with_a_coach_has_the_support_too(unit, coach):
    work = started_work(at=unit, coach=coach)
    assert Coaching.objects.get(work=work).coach == coach
    assert [m.person for m in work.team if m.role == Member.COACH] == [coach]


def test_a_coach_taken_into_the_team_has_the_support_too_and_loses_it_when_taken_out(
    work, coach, leader
):
    place = works.add_member(work_id=work.pk, person=coach, role=Member.COACH, by=leader)
    assert Coaching.objects.open().get().coach == coach
    works.remove_member(membership_id=place.pk, by=leader)
    assert not Coaching.objects.open().exists()
    assert coach.pk not in {pk for pk, _role in team_of(work)}


def test_a_work_has_one_coach_at_a_time(coached, lead, unit):
    another = person_with(Role.COACH, at=unit)
    with pytest.raises(Refused, match="coachar redan"):
        coaching.assign(work_id=coached.pk, coach=another, on=TODAY, by=lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Coaching.objects.create(work=coached, coach=another, starts_on=TODAY, until=TODAY)


def test_a_coach_of_the_unit_takes_on_a_work_that_has_none(work, coach, stranger):
    coaching.assign(work_id=work.pk, coach=coach, on=TODAY, by=coach)
    assert Coaching.objects.get().coach == coach


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_others_do_not_choose_a_coach(work, coach, who, request):
    with pytest.raises(Refused):
        coaching.assign(work_id=work.pk, coach=coach, on=TODAY, by=request.getfixturevalue(who))


def test_somebody_in_the_team_or_who_has_left_or_a_guest_is_no_coach(work, member, leader):
    left = PersonFactory(is_active=False)
    guest = PersonFactory(is_guest=True)
    for person in (member, leader, left, guest):
        with pytest.raises(Refused):
            coaching.assign(work_id=work.pk, coach=person, on=TODAY, by=leader)


def test_a_stopped_work_gets_no_coach(work, coach, leader):
    Work.objects.filter(pk=work.pk).update(status=WorkStatus.STOPPED)
    with pytest.raises(Refused):
        coaching.assign(work_id=work.pk, coach=coach, on=TODAY, by=leader)


# --- handing over -----------------------------------------------------------------------------


def test_handed_over_the_history_stays_and_the_time_goes_on(coached, coach, unit, leader):
    to = person_with(Role.COACH, at=unit)
    later = TODAY + dt.timedelta(days=60)
    coaching.hand_over(
        work_id=coached.pk, to=to, because="Birgitta går i pension.", on=later, by=coach
    )
    before, now = Coaching.objects.order_by("pk")
    assert (before.coach, before.ended_on, before.ended_because) == (
        coach,
        later,
        "Birgitta går i pension.",
    )
    assert (now.coach, now.starts_on, now.until) == (to, later, before.until)
    assert team_of(coached) >= {(to.pk, Member.COACH)}
    assert coach.pk not in {pk for pk, _role in team_of(coached)}
    told = {n.to_id: (n.kind, n.note) for n in Notice.objects.exclude(kind="coaching.begin")}
    assert told[to.pk] == ("coaching.take_over", "Birgitta går i pension.")
    assert told[leader.pk] == ("coaching.handed_over", "Birgitta går i pension.")
    texts = [passage.text for passage in diary_of(coached, [], [], limit=40)]
    assert any("coach" in text for text in texts)


def test_those_who_look_after_the_coaches_hand_over_too(coached, lead, unit):
    to = person_with(Role.COACH, at=unit)
    coaching.hand_over(work_id=coached.pk, to=to, because="Jämnare.", on=TODAY, by=lead)
    assert Coaching.objects.open().get().coach == to


def test_it_is_not_handed_over_without_a_word_or_by_others(coached, coach, leader, member, unit):
    to = person_with(Role.COACH, at=unit)
    with pytest.raises(Refused, match="varför"):
        coaching.hand_over(work_id=coached.pk, to=to, because=" ", on=TODAY, by=coach)
    for other in (leader, member, to):
        with pytest.raises(Refused):
            coaching.hand_over(work_id=coached.pk, to=to, because="Jag vill.", on=TODAY, by=other)


def test_a_coach_of_another_unit_hands_nothing_over(coached):
    elsewhere = person_with(Role.PROGRAMME_LEAD, at=UnitFactory())
    with pytest.raises(Refused):
        coaching.hand_over(
            work_id=coached.pk, to=elsewhere, because="Jag vill.", on=TODAY, by=elsewhere
        )


def test_the_last_day_can_be_moved_but_not_before_the_first(coached, coach):
    longer = dt.date(2027, 8, 31)
    coaching.set_until(work_id=coached.pk, until=longer, by=coach)
    assert Coaching.objects.get().until == longer
    with pytest.raises(Refused):
        coaching.set_until(work_id=coached.pk, until=TODAY - dt.timedelta(days=1), by=coach)


def test_ended_the_coach_leaves_the_team_and_the_contacts_stay(coached, coach):
    log(coached, coach)
    coaching.end(work_id=coached.pk, because="Teamet klarar sig.", on=TODAY, by=coach)
    assert not Coaching.objects.open().exists()
    assert Contact.objects.count() == 1
    with pytest.raises(Refused):
        coaching.end(work_id=coached.pk, on=TODAY, by=coach)


# --- contacts ---------------------------------------------------------------------------------


def test_the_same_contact_sent_twice_is_one(coached, coach):
    key = uuid.uuid4()
    assert log(coached, coach, key=key) == log(coached, coach, key=key)
    assert Contact.objects.get().hours == Decimal("1.5")


def test_a_contact_is_logged_by_the_coach_and_who_looks_after_them(coached, coach, lead):
    log(coached, coach)
    log(coached, lead)
    assert Contact.objects.count() == 2


@pytest.mark.parametrize("who", ["leader", "member", "stranger", "manager"])
def test_others_log_no_contacts(coached, who, request):
    with pytest.raises(Refused):
        log(coached, request.getfixturevalue(who))


@pytest.mark.parametrize(
    "wrong",
    [
        {"taken_on": TODAY + dt.timedelta(days=1)},
        {"next_on": TODAY + dt.timedelta(days=7)},
        {"next_step": "Titta på data", "next_on": TODAY - dt.timedelta(days=1)},
    ],
    ids=["tomorrow", "a day for nothing", "a next step before it"],
)
def test_what_cannot_be_true_of_a_contact_is_said(coached, coach, wrong):
    facts = {"kind": ContactKind.CALL, "taken_on": TODAY, **wrong}
    with pytest.raises(Refused):
        log(coached, coach, contacts.Meeting(**facts))
    if "next_on" in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Contact.objects.create(work=coached, coach=coach, key=uuid.uuid4(), **facts)


def test_who_logged_a_contact_puts_it_right_and_the_journal_keeps_what_it_said(coached, coach):
    logged = log(coached, coach)
    right = contacts.Meeting(ContactKind.CALL, TODAY - dt.timedelta(days=1), Decimal(2), "Ja.")
    contacts.correct(contact_id=logged.pk, contact=right, on=TODAY, by=coach)

    contact = Contact.objects.get()
    assert (contact.kind, contact.hours, contact.about) == ("call", 2, "Ja.")
    [line] = Event.objects.filter(kind="work.contact_corrected")
    kept = {"kind": "visit", "taken_on": TODAY.isoformat(), "hours": "1.50"}
    assert line.data["before"] == kept


def test_a_contact_that_is_said_as_it_was_changes_nothing(coached, coach):
    logged = log(coached, coach)
    contacts.correct(contact_id=logged.pk, contact=VISIT, on=TODAY, by=coach)
    assert not Event.objects.filter(kind="work.contact_corrected").exists()


def test_a_contact_that_never_was_is_taken_away(coached, coach):
    contacts.remove(contact_id=log(coached, coach).pk, by=coach)
    assert not Contact.objects.exists()
    assert Event.objects.filter(kind="work.contact_removed").exists()


def test_nobody_changes_what_another_has_logged(coached, coach, lead):
    logged = log(coached, coach)
    with pytest.raises(Refused, match="som skrev detta"):
        contacts.correct(contact_id=logged.pk, contact=VISIT, on=TODAY, by=lead)
    with pytest.raises(Refused):
        contacts.remove(contact_id=logged.pk, by=lead)


def test_a_coach_who_has_left_the_work_changes_nothing_there(coached, coach):
    logged = log(coached, coach)
    coaching.end(work_id=coached.pk, because="Teamet klarar sig.", on=TODAY, by=coach)
    with pytest.raises(Refused):
        contacts.correct(contact_id=logged.pk, contact=VISIT, on=TODAY, by=coach)


def test_a_contact_is_changed_and_taken_away_on_its_pages(client, coached, coach):
    yesterday = (TODAY - dt.timedelta(days=1)).isoformat()
    call = contacts.Meeting(ContactKind.CALL, TODAY - dt.timedelta(days=1), Decimal("1.5"))
    logged = log(coached, coach, call)
    client.force_login(coach)
    edit = reverse("contact-edit", args=[logged.pk])
    assert edit in client.get(reverse("work-support", args=[coached.pk])).text
    form = client.get(edit).context["contact"]
    shown = [str(form[name].value()) for name in ("kind", "taken_on", "hours")]
    assert shown == ["call", yesterday, "1,5"]

    answers = {"kind": "email", "taken_on": TODAY.isoformat(), "key": uuid.uuid4()}
    wrong = client.post(edit, answers | {"hours": "30", "about": "Vi mejlade."})
    assert wrong.status_code == 422
    assert "Vi mejlade." in wrong.text
    client.post(edit, answers | {"hours": "0,5"})
    assert Contact.objects.get().hours == Decimal("0.5")

    remove = reverse("contact-remove", args=[logged.pk])
    assert client.get(remove).status_code == 200
    client.post(remove)
    assert not Contact.objects.exists()


# --- the clock --------------------------------------------------------------------------------


def test_the_clock_says_how_far_the_eight_months_have_come():
    clock = clock_of(dt.date(2026, 7, 14), dt.date(2027, 3, 14), on=dt.date(2026, 12, 20))
    assert (clock.passed, clock.total) == (5, 8)
    assert clock.text.startswith("5 av 8 månader, till")
    assert not clock.is_over
    over = clock_of(dt.date(2026, 7, 14), dt.date(2027, 3, 14), on=dt.date(2027, 3, 20))
    assert over.is_over
    assert over.share == 100


# --- the sounding board -----------------------------------------------------------------------


def say(work, by, text="Hur får jag med de andra?", key=None):
    return remarks.say(
        work_id=work.pk, thread=Thread.COACH, text=text, key=key or uuid.uuid4(), by=by
    )


def test_leader_and_coach_talk_and_nobody_else_reads_it(
    coached, coach, leader, member, manager, lead
):
    say(coached, leader)
    assert Notice.objects.filter(to=coach, kind="remark.sounding").count() == 1
    for reader in (coach, leader):
        assert Remark.objects.visible_to(reader).count() == 1
    for other in (member, manager, lead):
        assert Remark.objects.visible_to(other).count() == 0
        with pytest.raises(Refused):
            say(coached, other)


def test_a_former_coach_reads_it_and_says_no_more(coached, coach, leader, unit):
    say(coached, leader)
    to = person_with(Role.COACH, at=unit)
    coaching.hand_over(work_id=coached.pk, to=to, because="Jämnare.", on=TODAY, by=coach)
    for reader in (coach, to):
        assert Remark.objects.visible_to(reader).count() == 1
    with pytest.raises(Refused):
        say(coached, coach)
    say(coached, to)


def test_one_takes_back_what_one_said_and_not_what_the_other_did(coached, coach, leader):
    said = say(coached, leader)
    with pytest.raises(Refused):
        remarks.take_back(remark_id=said.pk, by=coach)
    remarks.take_back(remark_id=said.pk, by=leader)
    said.refresh_from_db()
    assert said.text == ""
    assert said.removed_by == leader


def test_nobody_is_named_on_the_board_who_cannot_read_it(coached, leader, manager):
    with pytest.raises(Refused, match="kan inte läsa"):
        say(coached, leader, text=f"Kan vi fråga @{manager.name}?")


def test_said_twice_with_the_same_form_it_is_said_once(coached, leader):
    key = uuid.uuid4()
    assert say(coached, leader, key=key) == say(coached, leader, key=key)


# --- what a coach may not see -----------------------------------------------------------------


def test_a_coach_reads_no_draft_of_another_unit(unit, coach, client):
    other = UnitFactory()
    theirs = started_work(at=other, leader=(boss := employee(at=other)))
    draft = report_on(theirs, by=boss)
    idea = IdeaFactory(unit=other, status=IdeaStatus.DRAFT)
    own_idea = IdeaFactory(unit=unit, status=IdeaStatus.DRAFT)
    client.force_login(coach)
    for address in (
        f"/arbeten/{theirs.pk}/",
        f"/arbeten/{theirs.pk}/stod/",
        f"/arbeten/rapporter/{draft.pk}/",
        f"/ideer/{idea.pk}/",
        f"/ideer/{own_idea.pk}/",  # a draft is its author's alone, at one's own unit too
    ):
        assert client.get(address).status_code == 404
