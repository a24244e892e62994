"""The author is told the whole way: at each passage, and when nothing happens."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from foundation import jobs
from foundation.journal import subject_of
from foundation.models import Event, Job, JobStatus
from improvement import actions
from improvement.actions import decisions, funds, ideas, queue, silence
from improvement.flow import IDEA_FLOW
from improvement.history import TOLD, story_of
from improvement.models import Follow, Idea, IdeaStatus
from improvement.queries.audience import audiences_of
from organisation.models import Notice
from organisation.notices import sentence_of
from organisation.permissions import Role
from tests.factories import (
    GROUNDS,
    KR,
    TODAY,
    IdeaFactory,
    PersonFactory,
    UnitFactory,
    approved_idea,
    employee,
    fund_with,
    person_with,
    ready_idea,
)

pytestmark = pytest.mark.django_db

A_MONTH = dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def no_messages(monkeypatch):
    monkeypatch.setattr(jobs, "send", lambda job: None)


@pytest.fixture
def unit():
    return UnitFactory(name="Hemtjänst norr")


@pytest.fixture
def anna(unit):
    return employee(at=unit, given_name="Anna")


def told(person):
    return list(Notice.objects.filter(to=person).order_by("pk").values_list("kind", flat=True))


def follower(idea, **fields):
    person = employee(at=idea.unit, **fields)
    Follow.objects.create(idea=idea, person=person)
    return person


# --- at each passage --------------------------------------------------------------------------


def test_the_author_is_told_of_what_others_do_with_the_sentence_that_came_with_it(unit, anna):
    idea = IdeaFactory(unit=unit, author=anna, status=IdeaStatus.SUBMITTED)
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    ideas.press(idea_id=idea.pk, step_name="return", why="Hur ofta händer det?", by=lead)
    notice = Notice.objects.get(to=anna)
    assert notice.note == "Hur ofta händer det?"
    assert notice.href == reverse("idea-detail", args=[idea.pk])
    with translation.override("sv"):
        assert notice.sentence == "Det finns en fråga om din idé. Svara på den, så går den vidare"
    assert told(lead) == []


def test_nobody_is_told_what_they_have_done_themselves(unit, anna):
    ideas.create(unit=unit, need="Medicinen kommer för sent.", by=anna)
    assert told(anna) == []


def test_whoever_follows_is_told_in_other_words(unit, anna):
    idea = ready_idea(at=unit, author=anna)
    bo = follower(idea)
    decisions.reject(idea_id=idea.pk, grounds=GROUNDS, by=person_with(Role.DECIDER, at=unit))
    assert told(anna)[-1] == "idea.reject"
    assert told(bo) == ["followed.reject"]


def test_whoever_prepares_it_is_told_what_others_do(unit, anna):
    jonas = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    idea = IdeaFactory(unit=unit, author=anna, status=IdeaStatus.RETURNED, assigned_to=jonas)
    ideas.press(idea_id=idea.pk, step_name="answer", by=anna)
    assert told(jonas) == ["followed.answer"]


def test_the_authors_of_what_was_joined_are_told_as_authors(unit, anna):
    idea = ready_idea(at=unit, author=anna)
    bo = PersonFactory()
    IdeaFactory(unit=unit, author=bo, status=IdeaStatus.MERGED, merged_into=idea)
    decisions.reject(idea_id=idea.pk, grounds=GROUNDS, by=person_with(Role.DECIDER, at=unit))
    assert told(bo) == ["idea.reject"]


def test_a_follower_who_may_see_it_no_longer_is_not_told(unit, anna):
    idea = IdeaFactory(unit=unit, author=anna, status=IdeaStatus.SUBMITTED)
    here = follower(idea)
    above = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    moved = employee(at=UnitFactory())
    elsewhere = person_with(Role.DEVELOPMENT_LEAD, at=UnitFactory(parent=unit))
    for person in (above, moved, elsewhere):
        Follow.objects.create(idea=idea, person=person)
    assert audiences_of([idea])[idea.pk].others == {here.pk, above.pk}


def test_what_the_money_does_by_itself_is_told_too(unit, anna):
    fund = fund_with(0, at=unit)
    idea = approved_idea(at=unit, fund=fund, author=anna)
    assert told(anna)[-1] == "idea.queue"
    keeper = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    funds.allocate(period_id=fund.periods.get().pk, amount_ore=90_000 * KR, on=TODAY, by=keeper)
    queue.serve_queue(fund_id=fund.pk, on=TODAY, by=None)
    idea.refresh_from_db()
    assert idea.status == IdeaStatus.FUNDED
    assert told(anna).count("idea.fund") == 1


def test_a_passage_that_is_refused_tells_nobody(unit, anna):
    idea = IdeaFactory(unit=unit, author=anna, status=IdeaStatus.SUBMITTED)
    with pytest.raises(Exception, match="roll|role"):
        ideas.press(idea_id=idea.pk, step_name="prepare", by=PersonFactory())
    assert told(anna) == []


@pytest.mark.parametrize("step", [step.name for step in IDEA_FLOW], ids=str)
def test_every_step_has_words_for_those_who_follow(step):
    assert f"idea.{step}" in TOLD
    assert sentence_of(f"followed.{step}")


@pytest.mark.parametrize(
    "step", [s.name for s in IDEA_FLOW if s.name not in ("submit", "merge", "split")], ids=str
)
def test_every_step_has_words_for_the_author(step):
    assert sentence_of(f"idea.{step}")


def test_every_passage_goes_through_the_door_that_tells():
    for path in Path(actions.__file__).parent.glob("*.py"):
        imported = re.findall(r"^from foundation\.journal import (.+)$", path.read_text(), re.M)
        assert not any("move" in names.split(", ") for names in imported), path


# --- when nothing happens ---------------------------------------------------------------------


def silent(idea, days=30, on=TODAY):
    """As if the author had heard nothing for so many days before `on`."""
    afternoon = dt.datetime.combine(on, dt.time(13), tzinfo=dt.UTC)
    told_at = afternoon - dt.timedelta(days=days)
    Idea.objects.filter(pk=idea.pk).update(told_at=told_at)
    return idea


def break_it(on=TODAY):
    job = silence.ask_for(on=on)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.status == JobStatus.DONE
    return job


def signs(idea):
    return Event.objects.filter(subject=subject_of(idea), kind="idea.silence")


def said_of(idea):
    """What the author reads, in English."""
    Notice.objects.all().delete()
    idea.author.language = "en"
    idea.author.save()
    break_it()
    return Notice.objects.get(to=idea.author, kind="idea.silence").note


LIVING = ["submitted", "preparing", "returned", "ready", "waiting", "queued", "funded"]


@pytest.mark.parametrize("status", LIVING)
def test_whatever_lives_is_heard_of_after_thirty_days(status, unit, anna):
    idea = silent(IdeaFactory(unit=unit, author=anna, status=status))
    break_it()
    assert told(anna) == ["idea.silence"]
    (passage,) = [p for p in story_of(idea) if p.who == ""]
    assert passage.note
    assert signs(idea).count() == 1


@pytest.mark.parametrize("status", sorted(set(IdeaStatus) - set(LIVING) - {"merged"}))
def test_what_has_ended_or_not_begun_is_left_in_peace(status, unit, anna):
    idea = silent(IdeaFactory(unit=unit, author=anna, status=status), days=400)
    break_it()
    assert told(anna) == []
    assert not signs(idea).exists()


@pytest.mark.parametrize(("days", "heard"), [(29, 0), (30, 1), (31, 1)])
def test_it_is_on_the_thirtieth_day(days, heard, unit, anna):
    silent(IdeaFactory(unit=unit, author=anna, status=IdeaStatus.SUBMITTED), days=days)
    break_it()
    assert len(told(anna)) == heard


def test_a_passage_begins_the_thirty_days_anew(unit, anna):
    idea = silent(IdeaFactory(unit=unit, author=anna, status=IdeaStatus.SUBMITTED))
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    ideas.press(idea_id=idea.pk, step_name="prepare", by=lead)
    break_it(on=timezone.localdate() + dt.timedelta(days=29))
    assert "idea.silence" not in told(anna)
    break_it(on=timezone.localdate() + A_MONTH)
    assert told(anna).count("idea.silence") == 1


def test_run_twice_it_is_said_once_and_a_month_later_again(unit, anna):
    silent(IdeaFactory(unit=unit, author=anna, status=IdeaStatus.SUBMITTED))
    break_it()
    break_it()
    break_it(on=TODAY + dt.timedelta(days=29))
    assert told(anna) == ["idea.silence"]
    break_it(on=TODAY + A_MONTH)
    assert told(anna) == ["idea.silence"] * 2


def test_a_worker_that_dies_is_followed_by_one_that_says_the_rest_once(unit, anna, monkeypatch):
    class Killed(BaseException):
        """No handler of ours sees the end of a process."""

    monkeypatch.setattr(silence, "BATCH", 2)
    for _ in range(5):
        silent(IdeaFactory(unit=unit, author=anna, status=IdeaStatus.SUBMITTED))
    say, calls = silence.say_where, []

    def dies_the_second_time(idea_ids, *, on):
        said = say(idea_ids, on=on)
        calls.append(said)
        if len(calls) == 2:
            raise Killed
        return said

    job = silence.ask_for(on=TODAY)
    with monkeypatch.context() as patch:
        patch.setattr(silence, "say_where", dies_the_second_time)
        with pytest.raises(Killed):
            jobs.run(job.pk)
    assert len(told(anna)) == 2
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - Job.LEASE)
    jobs.run(job.pk)
    assert told(anna) == ["idea.silence"] * 5
    assert set(Notice.objects.values_list("href", flat=True).distinct()) == {
        reverse("idea-detail", args=[idea.pk]) for idea in Idea.objects.all()
    }


@pytest.mark.parametrize("count", [1, 5])
def test_what_it_asks_does_not_grow_with_the_ideas(unit, anna, count, django_assert_num_queries):
    fund = fund_with(0, at=unit)
    made = [approved_idea(at=unit, fund=fund, author=anna) for _ in range(count)]
    made += [IdeaFactory(unit=unit, author=anna, status=s) for s in LIVING for _ in range(count)]
    for idea in made:
        silent(idea)
    with django_assert_num_queries(13):
        assert silence.say_where([idea.pk for idea in made], on=TODAY) == len(made)


# --- where it is and why ----------------------------------------------------------------------


def test_of_one_that_has_come_in_it_says_with_whom_and_reminds_them(unit, anna):
    jonas = person_with(Role.DEVELOPMENT_LEAD, at=unit, given_name="Jonas", family_name="Åberg")
    idea = silent(IdeaFactory(unit=unit, author=anna, status=IdeaStatus.SUBMITTED))
    said = said_of(idea)
    assert "nobody has begun to prepare it" in said
    assert "Jonas Åberg" in said
    assert "16 August 2026" in said
    assert told(jonas) == ["idea.remind"]


def test_many_who_could_prepare_it_are_not_all_reminded(unit, anna):
    leads = [person_with(Role.DEVELOPMENT_LEAD, at=unit) for _ in range(6)]
    silent(IdeaFactory(unit=unit, author=anna, status=IdeaStatus.SUBMITTED))
    break_it()
    assert [told(lead) for lead in leads] == [[]] * 6


def test_the_one_who_has_it_is_reminded_and_not_the_others(unit, anna):
    jonas, other = (person_with(Role.DEVELOPMENT_LEAD, at=unit) for _ in range(2))
    silent(IdeaFactory(unit=unit, author=anna, status=IdeaStatus.PREPARING, assigned_to=jonas))
    break_it()
    assert told(jonas) == ["idea.remind"]
    assert told(other) == []


def test_of_one_in_the_queue_it_says_its_place_and_when_money_may_come(unit, anna):
    fund = fund_with(0, at=unit)
    approved_idea(at=unit, fund=fund)
    idea = silent(approved_idea(at=unit, fund=fund, author=anna))
    assert "place 2 of 2" in (said := said_of(idea))
    assert "not known yet" in said
    funds.add_period(
        fund_id=fund.pk,
        name="Första halvåret 2027",
        starts_on=dt.date(2027, 1, 1),
        ends_on=dt.date(2027, 6, 30),
        by=person_with(Role.DEVELOPMENT_LEAD, at=unit),
    )
    assert "1 January 2027" in said_of(silent(idea))


def test_of_one_that_waits_it_says_what_it_waits_for(unit, anna):
    idea = ready_idea(at=unit, author=anna)
    decisions.wait(
        idea_id=idea.pk,
        grounds=GROUNDS,
        until=dt.date(2027, 3, 1),
        on=TODAY,
        by=person_with(Role.DECIDER, at=unit),
    )
    assert "1 March 2027" in said_of(silent(idea))


def test_each_reads_it_in_their_own_language(unit):
    idea = silent(
        IdeaFactory(unit=unit, author=employee(at=unit, language="en"), status=IdeaStatus.RETURNED)
    )
    bo = follower(idea, language="sv")
    break_it()
    assert "goes on when the author" in Notice.objects.get(to=idea.author).note
    assert "går vidare när" in Notice.objects.get(to=bo).note


def test_the_journal_keeps_no_names(unit, anna):
    person_with(Role.DEVELOPMENT_LEAD, at=unit, given_name="Jonas")
    idea = silent(IdeaFactory(unit=unit, author=anna, status=IdeaStatus.SUBMITTED))
    break_it()
    assert "Jonas" not in str(signs(idea).get().data)


# --- on the page ------------------------------------------------------------------------------


def test_whoever_looks_at_the_idea_has_read_what_they_were_told(client, unit, anna):
    idea = IdeaFactory(unit=unit, author=anna, status=IdeaStatus.SUBMITTED)
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    ideas.press(idea_id=idea.pk, step_name="prepare", by=lead)
    client.force_login(anna)
    client.get(reverse("idea-detail", args=[idea.pk]))
    assert not Notice.objects.visible_to(anna).unread().exists()
