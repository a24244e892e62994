"""What rests wakes up when its condition holds; its author is asked first."""

import datetime as dt

import pytest
from django.utils import timezone

from foundation import jobs
from foundation.errors import Refused
from foundation.models import Job, JobStatus
from improvement.actions import bank, decisions
from improvement.actions.bank import wake
from improvement.models import Condition, Idea, IdeaStatus, Revival
from improvement.queries import waits_for
from improvement.tasks import look_in_the_bank
from measures.models import Band, Municipality
from organisation.models import Notice, Person
from organisation.permissions import Role
from tests.factories import (
    GROUNDS,
    KR,
    TODAY,
    KpiFactory,
    approved_idea,
    employee,
    fund_with,
    home_of,
    municipalities,
    person_with,
    ready_idea,
    said,
)

pytestmark = pytest.mark.django_db

SPRING = dt.date(2027, 2, 1)


@pytest.fixture
def unit():
    return home_of(municipalities(1)[0])


@pytest.fixture
def lead(unit):
    return person_with(Role.DEVELOPMENT_LEAD, at=unit)


def resting(unit, *, author=None, how=decisions.wait, returns_when=Condition.DATE, **idea):
    """An idea that was put to rest, until spring if nothing else is said."""
    left = ready_idea(at=unit, author=author or employee(at=unit), **idea)
    until = SPRING if returns_when == Condition.DATE else None
    how(
        idea_id=left.pk,
        grounds=GROUNDS,
        returns_when=returns_when,
        until=until,
        on=TODAY,
        by=person_with(Role.DECIDER, at=unit),
    )
    return Idea.objects.get(pk=left.pk)


# --- waking ----------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [decisions.wait, decisions.reject])
def test_on_its_day_the_author_is_asked_once(unit, how):
    idea = resting(unit, how=how)

    assert wake(on=SPRING - dt.timedelta(days=1)) == []
    [revival] = wake(on=SPRING)
    assert wake(on=SPRING) == []

    assert revival.decision.idea == idea
    notice = Notice.objects.get(kind="idea.still_needed")
    assert (notice.to, notice.href) == (idea.author, f"/ideer/{idea.pk}/#revival")


def test_what_was_decided_anew_is_not_woken(unit, lead):
    idea = resting(unit)
    Idea.objects.filter(pk=idea.pk).update(status=IdeaStatus.PREPARING)
    assert wake(on=SPRING) == []


def test_money_wakes_it_when_nobody_else_waits_for_the_money(unit):
    idea = resting(unit, returns_when=Condition.MONEY)
    assert wake(on=TODAY) == []

    fund = fund_with(10_000 * KR, at=unit)
    queued = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    assert queued.status == IdeaStatus.QUEUED
    assert wake(on=TODAY) == []

    fund_with(10_000 * KR, at=unit, name="En annan pott")
    assert [revival.decision.idea for revival in wake(on=TODAY)] == [idea]


def test_money_that_nobody_waits_for_asks_for_those_who_rest_to_be_woken(unit):
    resting(unit, returns_when=Condition.MONEY)
    fund_with(10_000 * KR, at=unit)
    job = Job.objects.get(work="improvement.wake_bank")

    run = jobs.claim(job.pk)
    bank.wake_bank(run, **job.arguments)

    assert Revival.objects.count() == 1
    job.refresh_from_db()
    assert job.status == JobStatus.DONE


@pytest.mark.parametrize(("band", "wakes"), [(Band.BAD, 1), (Band.MID, 0)])
def test_a_measure_wakes_it_when_it_is_red_in_its_latest_year(unit, band, wakes):
    kpi = KpiFactory()
    resting(unit, returns_when=Condition.RED, kpi=kpi)
    home = Municipality.objects.get(code=unit.municipality_code)
    others = municipalities(7)
    said(kpi, [home, *others], [1, *range(2, 9)], year=2024)
    said(kpi, [home, *others], [1 if band == Band.BAD else 5, *range(2, 9)], year=2025)

    assert len(wake(on=TODAY)) == wakes


def test_when_its_author_has_left_the_lead_gets_it_at_once(unit, lead):
    idea = resting(unit)
    Person.objects.filter(pk=idea.author_id).update(is_active=False)

    [revival] = wake(on=SPRING)

    assert revival.passed_on_at is not None
    assert Notice.objects.get(kind="idea.came_back", to=lead).title == idea.title


# --- answering -------------------------------------------------------------------------------


def woken(unit, **more):
    resting(unit, **more)
    [revival] = wake(on=SPRING)
    return revival


def test_yes_gives_it_to_the_lead_who_can_prepare_it_again(unit, lead):
    revival = woken(unit)
    idea = revival.decision.idea
    assert [w.idea for w in waits_for(idea.author)] == [idea]
    assert waits_for(lead) == []

    bank.answer(revival_id=revival.pk, answer="yes", note="Än mer nu.", by=idea.author)

    assert waits_for(idea.author) == []
    assert [w.idea for w in waits_for(lead)] == [idea]
    assert Notice.objects.get(kind="idea.came_back", to=lead).note == "Än mer nu."


@pytest.mark.parametrize("how", [decisions.wait, decisions.reject])
def test_no_ends_it_with_thanks(unit, lead, how):
    revival = woken(unit, how=how)
    idea = revival.decision.idea

    bank.answer(revival_id=revival.pk, answer="no", note="Löst ändå.", by=idea.author)

    idea.refresh_from_db()
    assert idea.status == IdeaStatus.WITHDRAWN
    assert waits_for(lead) == waits_for(idea.author) == []
    with pytest.raises(Refused):
        bank.answer(revival_id=revival.pk, answer="yes", by=idea.author)


def test_only_its_author_answers_and_once(unit, lead):
    revival = woken(unit)
    with pytest.raises(Refused):
        bank.answer(revival_id=revival.pk, answer="yes", by=lead)
    bank.answer(revival_id=revival.pk, answer="yes", by=revival.decision.idea.author)
    with pytest.raises(Refused, match="redan"):
        bank.answer(revival_id=revival.pk, answer="no", by=revival.decision.idea.author)


def test_after_a_fortnight_without_an_answer_the_lead_gets_it(unit, lead):
    revival = woken(unit)
    asked = revival.asked_at

    assert bank.pass_on_unanswered(at=asked + dt.timedelta(days=13)) == []
    assert bank.pass_on_unanswered(at=asked + dt.timedelta(days=14)) == [revival]
    assert bank.pass_on_unanswered(at=asked + dt.timedelta(days=15)) == []

    assert [w.idea for w in waits_for(lead)] == [revival.decision.idea]
    bank.answer(revival_id=revival.pk, answer="no", by=revival.decision.idea.author)
    assert waits_for(lead) == []


def test_the_lead_may_let_it_rest_after_all(unit, lead):
    revival = woken(unit)
    author = revival.decision.idea.author
    with pytest.raises(Refused, match="tillfrågad"):
        bank.let_rest(revival_id=revival.pk, by=lead)
    bank.answer(revival_id=revival.pk, answer="yes", by=author)

    bank.let_rest(revival_id=revival.pk, why="Vi väntar in bygget.", by=lead)

    assert waits_for(lead) == []
    assert Notice.objects.get(kind="idea.rests_on", to=author).note == "Vi väntar in bygget."
    assert Revival.objects.live().count() == 0


def test_the_clock_does_it_all(unit, lead, monkeypatch):
    idea = resting(unit)
    monkeypatch.setattr(timezone, "localdate", lambda *_: SPRING)
    look_in_the_bank()
    Revival.objects.update(asked_at=timezone.now() - Revival.PATIENCE)
    look_in_the_bank()
    assert [w.idea for w in waits_for(lead)] == [idea]
