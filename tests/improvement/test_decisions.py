"""Decisions: every outcome, by the right person, on lawful grounds; replaced and added to."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.errors import Refused
from improvement.actions import decisions, ideas, payments
from improvement.actions.decisions import Terms
from improvement.models import (
    Balance,
    Condition,
    Decision,
    Idea,
    IdeaStatus,
    LedgerEntry,
    Outcome,
)
from organisation.permissions import Role
from tests.factories import (
    GROUNDS,
    KR,
    TODAY,
    KpiFactory,
    UnitFactory,
    approved_idea,
    fund_with,
    person_with,
    ready_idea,
)

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + dt.timedelta(days=1)
NO = Terms(Outcome.REJECTED)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def decider(unit):
    return person_with(Role.DECIDER, at=unit)


@pytest.fixture
def fund(unit):
    return fund_with(100_000 * KR, at=unit)


def decide(idea, terms, *, by, grounds=GROUNDS):
    return decisions.decide(idea_id=idea.pk, terms=terms, grounds=grounds, on=TODAY, by=by)


def balance(fund):
    return LedgerEntry.objects.filter(period__fund=fund).balance()


def status_of(idea):
    return Idea.objects.get(pk=idea.pk).status


# --- outcomes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms", "status"),
    [
        (Terms(Outcome.REJECTED), IdeaStatus.REJECTED),
        (Terms(Outcome.REJECTED, returns_when=Condition.MONEY), IdeaStatus.REJECTED),
        (Terms(Outcome.WAITING, returns_when=Condition.MONEY), IdeaStatus.WAITING),
        (
            Terms(Outcome.WAITING, returns_when=Condition.DATE, wait_until=TOMORROW),
            IdeaStatus.WAITING,
        ),
        (Terms(Outcome.SUPPLEMENT), IdeaStatus.RETURNED),
        (Terms(Outcome.DIRECT), IdeaStatus.DIRECT),
    ],
)
def test_each_outcome_leads_where_it_says(unit, decider, terms, status):
    idea = ready_idea(at=unit, cost_ore=7_000 * KR)

    decision = decide(idea, terms, by=decider)

    assert status_of(idea) == status
    assert (decision.outcome, decision.asked_ore) == (terms.outcome, 7_000 * KR)
    assert (decision.returns_when, decision.wait_until) == (terms.returns_when, terms.wait_until)


def test_what_is_to_be_done_now_is_marked_as_direct(unit, decider):
    idea = ready_idea(at=unit)
    decide(idea, Terms(Outcome.DIRECT), by=decider)
    assert Idea.objects.get(pk=idea.pk).is_direct


def test_a_part_of_what_was_asked_for_may_be_granted(unit, decider, fund):
    idea = ready_idea(at=unit, cost_ore=40_000 * KR)

    decision = decide(idea, Terms(Outcome.APPROVED, fund.pk, 25_000 * KR), by=decider)

    assert decision.is_part_funded
    assert (decision.asked_ore, decision.project_ore) == (40_000 * KR, 25_000 * KR)
    assert balance(fund).reserved_ore == 25_000 * KR


def test_more_than_was_asked_for_is_not_granted(unit, decider, fund):
    idea = ready_idea(at=unit, cost_ore=40_000 * KR)
    with pytest.raises(Refused, match="40.000.kr"):
        decide(idea, Terms(Outcome.APPROVED, fund.pk, 40_001 * KR), by=decider)


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        (Terms(Outcome.WAITING), "glöms"),
        (Terms(Outcome.WAITING, returns_when=Condition.DATE), "dagen"),
        (Terms(Outcome.WAITING, returns_when=Condition.DATE, wait_until=TODAY), "framåt"),
        (Terms(Outcome.REJECTED, returns_when=Condition.RED), "mått"),
        (Terms(Outcome.APPROVED), "pott"),
    ],
)
def test_terms_that_cannot_be_are_refused_with_a_sentence(unit, decider, terms, sentence):
    idea = ready_idea(at=unit)
    with pytest.raises(Refused, match=sentence):
        decide(idea, terms, by=decider)
    assert status_of(idea) == IdeaStatus.READY


def test_a_measure_that_turns_red_may_bring_an_idea_back_that_is_aimed_at_it(unit, decider):
    idea = ready_idea(at=unit, kpi=KpiFactory())
    decision = decide(idea, Terms(Outcome.WAITING, returns_when=Condition.RED), by=decider)
    assert decision.returns_when == Condition.RED


def test_between_meetings_the_fund_may_set_a_limit(unit, decider, fund):
    fund.between_meetings_ore = 10_000 * KR
    fund.save()
    idea = ready_idea(at=unit, cost_ore=10_001 * KR)

    with pytest.raises(Refused, match="10.000.kr"):
        decide(idea, Terms(Outcome.APPROVED, fund.pk, 10_001 * KR), by=decider)

    decide(idea, Terms(Outcome.APPROVED, fund.pk, 10_000 * KR), by=decider)


# --- whose ------------------------------------------------------------------------------------


def own_as_author(unit, person):
    return ready_idea(at=unit, author=person)


def own_as_typed(unit, person):
    return ready_idea(at=unit, typed_by=person)


def own_as_joined(unit, person):
    idea = ready_idea(at=unit)
    between = ready_idea(at=unit)
    theirs = ready_idea(at=unit, author=person)
    for joined, into in ((between, idea), (theirs, between)):
        Idea.objects.filter(pk=joined.pk).update(status=IdeaStatus.MERGED, merged_into=into)
    return idea


def with_a_conflict(unit, person):
    idea = ready_idea(at=unit)
    decisions.declare_conflict(idea_id=idea.pk, reason="Min syster leder arbetet.", by=person)
    return idea


OWN = [own_as_author, own_as_typed, own_as_joined, with_a_conflict]


@pytest.mark.parametrize("make", OWN)
def test_nobody_decides_on_what_is_too_close(unit, decider, make):
    idea = make(unit, decider)
    with pytest.raises(Refused):
        decide(idea, NO, by=decider)

    decide(idea, NO, by=person_with(Role.DECIDER, at=unit))


@pytest.mark.parametrize("make", OWN)
def test_nor_does_the_database_let_them(unit, decider, make):
    idea = make(unit, decider)
    row = {"idea": idea, "revision": 1, "outcome": "rejected", "reason": "Nej"}
    with pytest.raises(IntegrityError, match="own idea"), transaction.atomic():
        Decision.objects.create(**row, delegation_reference="1", decided_by=decider)


def test_nor_with_sql_of_ones_own(unit, decider):
    idea = own_as_author(unit, decider)
    with (
        pytest.raises(IntegrityError, match="own idea"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO improvement_decision (idea_id, revision, outcome, reason, basis,"
            " delegation_reference, consulted, case_number, replaces_why, decided_by_id,"
            " decided_at, project_ore, reward_ore, asked_ore, returns_when)"
            " VALUES (%s, 1, 'rejected', 'Nej', 'delegated', '1', '', '', '', %s, now(),"
            " 0, 0, 0, '')",
            [idea.pk, decider.pk],
        )


def test_who_has_prepared_it_may_decide(unit):
    both = person_with(Role.DECIDER, at=unit)
    both.assignments.create(unit=unit, role=Role.DEVELOPMENT_LEAD)
    idea = ready_idea(at=unit, assigned_to=both)
    assert decide(idea, NO, by=both)


def test_a_conflict_says_why_and_is_declared_once(unit, decider):
    idea = ready_idea(at=unit)
    with pytest.raises(Refused):
        decisions.declare_conflict(idea_id=idea.pk, reason=" ", by=decider)
    for _ in range(2):
        decisions.declare_conflict(idea_id=idea.pk, reason="Min syster.", by=decider)
    assert idea.conflicts.get().reason == "Min syster."


# --- replaced, never changed -------------------------------------------------------------------


def replace(decision, terms, *, by, why="Nya uppgifter har kommit.", grounds=GROUNDS):
    return decisions.replace(
        decision_id=decision.pk, why=why, terms=terms, grounds=grounds, on=TODAY, by=by
    )


def test_an_approval_that_is_replaced_by_a_no_gives_its_money_back(unit, decider):
    fund = fund_with(50_000 * KR, at=unit, reward_ore=5_000 * KR, name="Med ersättning")
    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    old = idea.decisions.get()

    new = replace(old, NO, by=decider)

    assert status_of(idea) == IdeaStatus.REJECTED
    assert balance(fund) == Balance(50_000 * KR, 50_000 * KR, 0, 0)
    assert (new.replaces, new.revision) == (old, old.revision + 1)
    assert new.replaces_why == "Nya uppgifter har kommit."
    assert not Decision.objects.live_of(idea)


def test_a_no_may_be_replaced_by_an_approval(unit, decider, fund):
    idea = ready_idea(at=unit)
    old = decide(idea, NO, by=decider)

    new = replace(old, Terms(Outcome.APPROVED, fund.pk, 20_000 * KR), by=decider)

    assert status_of(idea) == IdeaStatus.FUNDED
    assert list(Decision.objects.live_of(idea)) == [new]


def test_what_is_given_back_reaches_those_who_wait_before_the_new_decision(unit, decider):
    fund = fund_with(20_000 * KR, at=unit, name="Knapp pott")
    first = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    waiting = approved_idea(at=unit, fund=fund, cost_ore=15_000 * KR)

    replace(first.decisions.get(), Terms(Outcome.APPROVED, fund.pk, 10_000 * KR), by=decider)

    assert status_of(waiting) == IdeaStatus.FUNDED
    assert status_of(first) == IdeaStatus.QUEUED
    assert balance(fund).left_ore == 5_000 * KR


def test_of_a_replaced_decision_only_the_new_one_stands_in_the_queue(unit, decider):
    fund = fund_with(0, at=unit, name="Tom pott")
    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)

    new = replace(idea.decisions.get(), Terms(Outcome.APPROVED, fund.pk, 5_000 * KR), by=decider)

    assert list(fund.decisions.queued()) == [new]


def test_a_decision_is_replaced_once_and_with_a_reason(unit, decider, fund):
    idea = approved_idea(at=unit, fund=fund)
    old = idea.decisions.get()
    with pytest.raises(Refused):
        replace(old, NO, why="  ", by=decider)
    replace(old, NO, by=decider)
    with pytest.raises(Refused, match="senare beslut"):
        replace(old, NO, by=decider)


def test_what_has_begun_or_been_paid_is_not_replaced(unit, decider, fund):
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    begun, paid = approved_idea(at=unit, fund=fund), approved_idea(at=unit, fund=fund)
    ideas.start(idea_id=begun.pk, by=lead)
    payments.pay(
        decision_id=paid.decisions.get().pk,
        amount_ore=1 * KR,
        document_number="F 1",
        on=TODAY,
        by=lead,
    )

    with pytest.raises(Refused, match="har börjat"):
        replace(begun.decisions.get(), NO, by=decider)
    with pytest.raises(Refused, match="1.kr"):
        replace(paid.decisions.get(), NO, by=decider)


def test_a_refused_replacement_leaves_the_old_decision_and_its_money(unit, decider, fund):
    idea = approved_idea(at=unit, fund=fund)
    with pytest.raises(Refused):
        replace(idea.decisions.get(), Terms(Outcome.WAITING), by=decider)
    assert status_of(idea) == IdeaStatus.FUNDED
    assert balance(fund).reserved_ore == 20_000 * KR


# --- more money ---------------------------------------------------------------------------------


def add(decision, extra_ore, *, by):
    return decisions.add(
        decision_id=decision.pk, extra_ore=extra_ore, grounds=GROUNDS, on=TODAY, by=by
    )


@pytest.fixture
def underway(unit, fund):
    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    return ideas.start(idea_id=idea.pk, by=person_with(Role.DEVELOPMENT_LEAD, at=unit))


def test_what_goes_on_may_be_granted_more(underway, decider, fund):
    base = underway.decisions.get()

    more = add(base, 4_000 * KR, by=decider)

    assert balance(fund).reserved_ore == 24_000 * KR
    assert list(Decision.objects.live_of(underway)) == [base, more]
    assert (more.adds_to, more.revision) == (base, base.revision + 1)
    assert status_of(underway) == IdeaStatus.UNDERWAY


def test_more_is_refused_when_the_period_has_less_or_others_wait(unit, underway, decider, fund):
    base = underway.decisions.get()
    with pytest.raises(Refused, match="80.000.kr"):
        add(base, 80_001 * KR, by=decider)

    approved_idea(at=unit, fund=fund, cost_ore=90_000 * KR, cap_reason="Kan spridas.")
    with pytest.raises(Refused, match="tur"):
        add(base, 1 * KR, by=decider)


def test_more_is_for_what_goes_on_and_within_the_limit(unit, underway, decider, fund):
    funded = approved_idea(at=unit, fund=fund)
    with pytest.raises(Refused):
        add(funded.decisions.get(), 1 * KR, by=decider)
    with pytest.raises(Refused):
        add(underway.decisions.get(), 0, by=decider)
    fund.between_meetings_ore = 1_000 * KR
    fund.save()
    with pytest.raises(Refused, match="1.000.kr"):
        add(underway.decisions.get(), 1_001 * KR, by=decider)


# --- whatever is done ----------------------------------------------------------------------------


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    allocated=st.integers(0, 60),
    steps=st.lists(
        st.tuples(
            st.sampled_from(["approve", "less", "no", "again", "add", "start"]), st.integers(1, 25)
        ),
        max_size=8,
    ),
)
def test_however_decisions_are_replaced_and_added_to_every_approved_idea_has_its_place(
    allocated, steps
):
    """Reserved to the full, or in the queue: nothing is promised twice and nothing is lost."""
    unit = UnitFactory()
    decider = person_with(Role.DECIDER, at=unit)
    fund = fund_with(allocated * KR, at=unit)
    mine = []
    for what, amount in steps:
        if what == "approve" or not mine:
            mine.append(approved_idea(at=unit, fund=fund, cost_ore=amount * KR))
            continue
        idea = mine[amount % len(mine)]
        idea.refresh_from_db()
        latest = idea.decisions.filter(adds_to=None).latest("pk")
        try:
            if what == "add":
                add(latest, amount * KR, by=decider)
            elif what == "start":
                ideas.start(idea_id=idea.pk, by=decider)
            else:
                part_ore = {"less": latest.asked_ore // 2 or 1, "again": latest.asked_ore}
                terms = NO if what == "no" else Terms("approved", fund.pk, part_ore[what])
                replace(latest, terms, by=decider)
        except Refused:
            pass

    now = balance(fund)
    assert now.left_ore >= 0
    assert now.allocated_ore == now.left_ore + now.reserved_ore == allocated * KR
    promised_ore = 0
    for idea in mine:
        idea.refresh_from_db()
        if idea.status in (IdeaStatus.FUNDED, IdeaStatus.UNDERWAY):
            promised_ore += sum(d.total_ore for d in Decision.objects.live_of(idea))
    assert now.reserved_ore == promised_ore
    queued = list(fund.decisions.queued())
    assert sorted(d.idea_id for d in queued) == sorted(i.pk for i in mine if i.status == "queued")
    assert not queued or queued[0].total_ore > now.left_ore
