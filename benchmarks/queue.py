"""How long does it take to serve a queue of 1,000 ideas when a period opens?

    uv run python -m benchmarks.queue

The fund has 10,000 rows in its ledger already.  Each idea has an author of its own, who is told,
and gets two rows of money and three lines in the journal.  Beside it: the same fund's page and
statement, and a single approval.
"""

import datetime as dt
import time
from collections.abc import Callable

from django.test import Client
from django.test.utils import setup_databases
from django.utils import timezone

from benchmarks.timing import Pages, analyse, queries
from config import services
from improvement.actions import decisions, funds
from improvement.models import (
    Account,
    CostKind,
    CostLine,
    Decision,
    Fund,
    Idea,
    IdeaStatus,
    LedgerEntry,
    LedgerKind,
    Outcome,
    Period,
)
from organisation.models import Assignment, Person, Unit
from organisation.permissions import Role

KR = 100
QUEUED, SETTLED = 1_000, 3_333  # three rows of money each: some 10,000
COST_ORE = 1_000 * KR


def timed(what: str, function: Callable[[], object]) -> None:
    with queries() as asked:
        began = time.perf_counter()
        function()
        seconds = time.perf_counter() - began
    print(f"{what:<58} {seconds * 1000:8.1f} ms {len(asked):4} queries")


def main() -> None:
    services.ensure_running()
    setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    today = timezone.localdate()
    unit = Unit.objects.create(name="Regionen", path="/0/")
    unit.path = f"/{unit.pk}/"
    unit.save(update_fields=["path"])
    keeper, decider, *authors = Person.objects.bulk_create(
        Person(given_name="Kim", family_name=f"{n}", email=f"p{n}@exempel.se")
        for n in range(QUEUED + 2)
    )
    for person, role in ((keeper, Role.DEVELOPMENT_LEAD), (decider, Role.DECIDER)):
        Assignment.objects.create(person=person, unit=unit, role=role)
    policy = funds.Policy("Regionpotten", reward_ore=100 * KR)
    fund = funds.create(unit=unit, policy=policy, by=keeper)
    open_now = _period(fund, "Nu", today - dt.timedelta(days=30), today + dt.timedelta(days=30))
    _settled_ideas(fund, open_now, authors, decider)
    following = _period(
        fund, "Sedan", today + dt.timedelta(days=31), today + dt.timedelta(days=200)
    )
    _queued_ideas(fund, unit, authors, decider)
    funds.allocate(period_id=following.pk, amount_ore=QUEUED * 2 * COST_ORE, on=today, by=keeper)
    analyse()

    client = Client()
    client.force_login(keeper)
    pages = Pages()
    for what, address in (
        ("the fund's page, 1,000 in its queue", f"/pengar/{fund.pk}/"),
        ("the period's statement, 10,000 rows", f"/pengar/perioder/{open_now.pk}/"),
    ):
        pages.row(client, address, what)

    begins = following.starts_on
    timed(
        "serving a queue of 1,000 when its period opens",
        lambda: funds.turn(fund_id=fund.pk, on=begins),
    )
    assert Idea.objects.filter(status=IdeaStatus.FUNDED).count() == QUEUED
    timed("the same again, with nothing to do", lambda: funds.turn(fund_id=fund.pk, on=begins))
    idea = _ready_idea(unit, authors[0])
    grounds = decisions.Grounds(reason="Bra.", delegation_reference="4.12")
    timed(
        "one approval, with 12,000 rows in the ledger",
        lambda: decisions.approve(
            idea_id=idea.pk,
            fund_id=fund.pk,
            project_ore=COST_ORE,
            grounds=grounds,
            on=begins,
            by=decider,
        ),
    )


def _period(fund: Fund, name: str, first: dt.date, last: dt.date) -> Period:
    return Period.objects.create(fund=fund, name=name, starts_on=first, ends_on=last)


def _ideas(unit: Unit, authors: list[Person], count: int, status: str) -> list[Idea]:
    return Idea.objects.bulk_create(
        Idea(
            author=authors[n % len(authors)],
            unit=unit,
            title=f"Idé {n}",
            need="Larmen hörs inte.",
            status=status,
            revision=1,
        )
        for n in range(count)
    )


def _approvals(fund: Fund, ideas: list[Idea], decider: Person) -> list[Decision]:
    return Decision.objects.bulk_create(
        Decision(
            idea=idea,
            revision=1,
            outcome=Outcome.APPROVED,
            reason="Bra.",
            delegation_reference="4.12",
            decided_by=decider,
            fund=fund,
            project_ore=COST_ORE,
            reward_ore=100 * KR,
        )
        for idea in ideas
    )


def _settled_ideas(fund: Fund, period: Period, authors: list[Person], decider: Person) -> None:
    ideas = _ideas(fund.unit, authors, SETTLED, IdeaStatus.DONE)
    approvals = _approvals(fund, ideas, decider)
    LedgerEntry.objects.create(
        period=period, kind=LedgerKind.ALLOCATION, amount_ore=SETTLED * COST_ORE
    )
    for kind, amount_ore in (
        (LedgerKind.RESERVATION, COST_ORE),
        (LedgerKind.PAYOUT, COST_ORE * 9 // 10),
        (LedgerKind.RELEASE, COST_ORE // 10),
    ):
        LedgerEntry.objects.bulk_create(
            LedgerEntry(
                period=period,
                kind=kind,
                amount_ore=amount_ore,
                decision=decision,
                account=Account.PROJECT,
            )
            for decision in approvals
        )
    left_ore = period.left_ore()
    LedgerEntry.objects.create(period=period, kind=LedgerKind.LAPSE, amount_ore=left_ore)


def _queued_ideas(fund: Fund, unit: Unit, authors: list[Person], decider: Person) -> None:
    _approvals(fund, _ideas(unit, authors, QUEUED, IdeaStatus.QUEUED), decider)


def _ready_idea(unit: Unit, author: Person) -> Idea:
    idea = Idea.objects.create(
        author=author, unit=unit, title="En till", need="Mer.", status=IdeaStatus.READY, revision=1
    )
    CostLine.objects.create(idea=idea, kind=CostKind.MATERIAL, amount_ore=COST_ORE)
    return idea


if __name__ == "__main__":
    main()
