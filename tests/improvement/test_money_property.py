"""Whatever is done with money, in whatever order, some things are always true of it."""

import contextlib
import datetime as dt
import random

import pytest

from foundation.errors import Refused
from improvement.actions import decisions, funds, ideas, payments
from improvement.actions.decisions import Terms
from improvement.models import Decision, IdeaStatus, LedgerEntry, LedgerKind, Outcome, Period
from improvement.models.fund import QueueRule, Rollover
from organisation.permissions import Role
from tests.factories import GROUNDS, KR, TODAY, UnitFactory, fund_with, person_with, ready_idea

pytestmark = pytest.mark.django_db

HOLDS_MONEY = (IdeaStatus.FUNDED, IdeaStatus.UNDERWAY)


class World:
    """One fund, its keeper and its decider, and a calendar that only goes forward."""

    def __init__(self, rule, at_year_end, within_year):
        self.unit = UnitFactory()
        self.lead = person_with(Role.DEVELOPMENT_LEAD, at=self.unit)
        self.decider = person_with(Role.DECIDER, at=self.unit)
        self.fund = fund_with(
            30 * KR,
            at=self.unit,
            reward_ore=2 * KR,
            many_people=5,
            many_reward_ore=4 * KR,
            queue_rule=rule,
            rollover_at_year_end=at_year_end,
            rollover_within_year=within_year,
        )
        self.today = TODAY
        self.documents = 0

    # --- what can happen; `n` decides how much, or to whom

    def allocate(self, n):
        period = self._one_of(self.fund.periods.filter(closed_at=None), n)
        funds.allocate(period_id=period.pk, amount_ore=n * KR, on=self.today, by=self.lead)

    def approve(self, n):
        idea = ready_idea(at=self.unit, cost_ore=n * KR)
        decisions.approve(
            idea_id=idea.pk,
            fund_id=self.fund.pk,
            project_ore=n * KR,
            grounds=GROUNDS,
            on=self.today,
            by=self.decider,
        )

    def start(self, n):
        ideas.start(idea_id=self._idea(n, IdeaStatus.FUNDED).pk, by=self.lead)

    def pay(self, n):
        self.documents += 1
        payments.pay(
            decision_id=self._approval(n, *HOLDS_MONEY).pk,
            amount_ore=(n % 5 + 1) * KR,
            document_number=f"F {self.documents}",
            on=self.today,
            by=self.lead,
        )

    def add(self, n):
        decisions.add(
            decision_id=self._approval(n, IdeaStatus.UNDERWAY).pk,
            extra_ore=n * KR,
            grounds=GROUNDS,
            on=self.today,
            by=self.decider,
        )

    def settle(self, n):
        idea = self._idea(n, IdeaStatus.UNDERWAY)
        payments.settle(idea_id=idea.pk, people=n, on=self.today, by=self.lead)

    def let_go(self, n):
        payments.let_go(
            idea_id=self._idea(n, IdeaStatus.QUEUED, *HOLDS_MONEY).pk,
            reason="Blir inte av",
            work_is_stopped=True,
            on=self.today,
            by=self.lead,
        )

    def replace(self, n):
        approved = Outcome.APPROVED if n % 2 else Outcome.REJECTED
        terms = Terms(approved, self.fund.pk, n * KR) if n % 2 else Terms(approved)
        decisions.replace(
            decision_id=self._approval(n, IdeaStatus.QUEUED, IdeaStatus.FUNDED).pk,
            why="Nya uppgifter",
            terms=terms,
            grounds=GROUNDS,
            on=self.today,
            by=self.decider,
        )

    def correct(self, n):
        rows = LedgerEntry.objects.filter(
            kind__in=[LedgerKind.ALLOCATION, LedgerKind.PAYOUT], period__fund=self.fund
        )
        entry = self._one_of(rows.order_by("pk"), n)
        payments.correct(entry_id=entry.pk, reason="Fel", by=self.lead)

    def half_a_year_passes(self, n):
        self.today += dt.timedelta(days=150 + n)
        funds.turn(fund_id=self.fund.pk, on=self.today)

    def close(self, n):
        ended = self.fund.periods.filter(closed_at=None, ends_on__lt=self.today)
        period = self._one_of(ended.order_by("starts_on"), 0)
        funds.add_half_years(
            fund_id=self.fund.pk, year=self.today.year, on=self.today, by=self.lead
        )
        funds.close_period(period_id=period.pk, on=self.today, by=self.lead)

    def _one_of(self, things, n):
        found = list(things)
        if not found:
            raise Refused("nothing there")
        return found[n % len(found)]

    def _idea(self, n, *statuses):
        return self._one_of(self.unit.ideas.filter(status__in=statuses).order_by("pk"), n)

    def _approval(self, n, *statuses):
        idea = self._idea(n, *statuses)
        approvals = Decision.objects.filter(
            idea=idea, outcome=Outcome.APPROVED, adds_to=None, replaced_by=None
        )
        return approvals.latest("pk")

    # --- what is always true

    def check(self):
        rows = LedgerEntry.objects.filter(period__fund=self.fund)
        for period in Period.objects.filter(fund=self.fund):
            now = period.entries.balance()
            assert min(now.left_ore, now.reserved_ore, now.paid_ore) >= 0
            assert now.left_ore + now.reserved_ore + now.paid_ore == now.allocated_ore
            if period.is_closed and self.fund.periods.filter(
                starts_on__gt=period.ends_on, closed_at=None
            ):
                assert now.left_ore == 0, "what a closed period gets back moves on"
        moved = {
            kind: sum(rows.filter(kind=kind).values_list("amount_ore", flat=True))
            for kind in (LedgerKind.ROLLOVER_IN, LedgerKind.ROLLOVER_OUT)
        }
        assert moved[LedgerKind.ROLLOVER_IN] == moved[LedgerKind.ROLLOVER_OUT]
        self._check_promises(rows)
        self._check_queue(rows)

    def _check_promises(self, rows):
        """Every approved idea is either reserved or queued, never both."""
        for idea in self.unit.ideas.all():
            reserved_ore = rows.filter(decision__idea=idea).balance().reserved_ore
            approvals = idea.decisions.filter(outcome=Outcome.APPROVED, replaced_by=None)
            if idea.status in HOLDS_MONEY:
                latest = approvals.filter(adds_to=None).latest("pk")
                assert latest.entries.filter(kind=LedgerKind.RESERVATION).exists()
            else:
                assert reserved_ore == 0, f"nothing is kept for what is {idea.status}"

    def _check_queue(self, rows):
        """The queue is in the order of decision, and nobody who could have money waits."""
        queue = list(self.fund.decisions.queued())
        assert {d.idea_id for d in queue} == set(
            self.unit.ideas.filter(status=IdeaStatus.QUEUED).values_list("pk", flat=True)
        )
        assert queue == sorted(queue, key=lambda d: (d.decided_at, d.pk))
        current = Period.objects.current(self.fund, self.today)
        left_ore = current.left_ore() if current else 0
        waits = queue[:1] if self.fund.queue_rule == QueueRule.STRICT else queue
        assert all(decision.total_ore > left_ore for decision in waits)


# How often each is tried; what makes others possible comes more often.
MOVES = {
    "allocate": 2,
    "approve": 6,
    "start": 3,
    "pay": 3,
    "add": 2,
    "settle": 2,
    "let_go": 1,
    "replace": 2,
    "correct": 1,
    "half_a_year_passes": 1,
    "close": 1,
}
LENGTH = 35


@pytest.mark.parametrize("seed", range(8))
def test_any_sequence_of_what_can_happen_leaves_the_ledger_true(seed):
    chance = random.Random(seed)
    world = World(
        chance.choice(list(QueueRule)),
        chance.choice(list(Rollover)),
        chance.choice(list(Rollover)),
    )
    for move in chance.choices(list(MOVES), MOVES.values(), k=LENGTH):
        with contextlib.suppress(Refused):  # a no changes nothing, which is what is checked
            getattr(world, move)(chance.randint(1, 25))
        world.check()
