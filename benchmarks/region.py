"""A region of the largest size, for the other files here to measure in.

3,000 units, 55,000 people, 100,000 ideas with what belongs to them, 40 funds with five years of
half-years and 400,000 rows of money.  The rows are copied straight into the tables of a database
of its own; the constraints hold for them, and the ledger's triggers are asked afterwards.
"""

import datetime as dt
import os
import random
import sys
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.test.utils import setup_databases
from django.utils import timezone

from benchmarks.timing import analyse
from config import services
from foundation.models import Event
from improvement.models import (
    Account,
    AgendaItem,
    Assessment,
    Basis,
    Comment,
    CostKind,
    CostLine,
    Criterion,
    Decision,
    DecisionList,
    DecisionListEntry,
    Fund,
    Idea,
    IdeaStatus,
    LedgerEntry,
    LedgerKind,
    Meeting,
    MeetingMember,
    Outcome,
    Period,
    Support,
)
from measures.actions import sample
from organisation.models import Assignment, Employment, Person, Unit
from organisation.permissions import Role

UNITS, PEOPLE, IDEAS, FUNDS, ROWS = 3_000, 55_000, 100_000, 40, 400_000
YEARS = 5
KR = 100
S = IdeaStatus
# Most ideas have come to their end; the living ones are some thousands.
SHARES = {
    S.DONE: 40,
    S.REJECTED: 12,
    S.DIRECT: 10,
    S.WITHDRAWN: 6,
    S.UNDERWAY: 8,
    S.FUNDED: 3,
    S.QUEUED: 2,
    S.WAITING: 5,
    S.READY: 2,
    S.PREPARING: 4,
    S.RETURNED: 2,
    S.SUBMITTED: 4,
    S.DRAFT: 2,
}
APPROVED = {S.DONE, S.UNDERWAY, S.FUNDED, S.QUEUED}
WORDS = [
    "larm",
    "natt",
    "medicin",
    "schema",
    "skola",
    "lokal",
    "resa",
    "möte",
    "journal",
    "kök",
    "tvätt",
    "hiss",
    "dörr",
    "ljus",
    "buller",
    "överlämning",
    "rutin",
    "blankett",
    "telefon",
    "kö",
    "väntetid",
    "besök",
    "anhörig",
    "städning",
    "förråd",
    "beställning",
    "hjälpmedel",
    "nyckel",
    "bil",
    "cykel",
    "frukost",
    "måltid",
    "svinn",
    "sopor",
    "papper",
    "dator",
    "inloggning",
    "lösenord",
    "introduktion",
    "vikarie",
    "handledning",
    "arbetsplats",
    "rast",
    "pass",
    "bemanning",
    "ronder",
    "provtagning",
    "remiss",
    "kallelse",
    "bokning",
    "återbud",
    "parkering",
    "skylt",
    "entré",
    "väntrum",
    "lekplats",
    "lektion",
    "läxor",
    "bibliotek",
    "matsal",
    "kapprum",
    "samling",
    "utflykt",
    "trygghet",
    "bemötande",
    "kontinuitet",
    "delaktighet",
    "aktivitet",
    "och",
    "det",
    "att",
    "som",
    "för",
    "med",
    "inte",
    "när",
    "vi",
    "på",
    "en",
    "kan",
    "bli",
    "bättre",
]


def copy(model: type[models.Model], columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows straight into the table of `model`; `columns` are its columns' names."""
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        with cursor.copy(f'COPY "{model._meta.db_table}" ({named}) FROM STDIN') as into:
            for row in rows:
                into.write_row(row)
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{model._meta.db_table}', 'id'), "
            f'(SELECT coalesce(max(id), 1) FROM "{model._meta.db_table}"))'
        )


@contextmanager
def without_triggers(*tables: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def defaults(model: type[models.Model], given: dict[str, Any]) -> tuple[list[str], list[Any]]:
    """Return the columns that `given` does not name and that cannot be left out, with values."""
    names, values = [], []
    for field in model._meta.concrete_fields:
        if field.primary_key or field.generated or field.column in given or field.null:
            continue
        value = field.get_default()
        names.append(field.column)
        values.append("" if value is None else field.get_prep_value(value))
    return names, values


def fill_table(model: type[models.Model], rows: list[dict[str, Any]]) -> None:
    """Copy rows of {column: value}; what they leave out gets the model's own default."""
    columns = list(rows[0])
    more, values = defaults(model, rows[0])
    copy(model, columns + more, ((*row.values(), *values) for row in rows))


# --- the organisation -----------------------------------------------------------------------


def _units(chance: random.Random) -> list[str]:
    """Make three floors under one root; return every path."""
    rows, paths = [], ["/1/"]
    rows.append({"id": 1, "name": "Region Stor", "code": "R", "parent_id": None, "path": "/1/"})
    for pk in range(2, UNITS + 1):
        above = 1 if pk <= FUNDS else chance.randint(1, min(pk - 1, 400))
        path = f"{paths[above - 1]}{pk}/"
        paths.append(path)
        name = f"{chance.choice(WORDS).capitalize()}enheten {pk}"
        rows.append({"id": pk, "name": name, "code": f"E{pk}", "parent_id": above, "path": path})
    fill_table(Unit, rows)
    Unit.objects.filter(pk=1).update(municipality_code="0883")
    return paths


def _people(chance: random.Random) -> Person:
    given = ["Kim", "Alex", "Åsa", "Örjan", "Maria", "Ahmed", "Li", "Sven"]
    family = ["Ek", "Lindqvist", "Öberg", "Svensson", "Ali", "Nyman", "Ågren", "Berg"]
    fill_table(
        Person,
        [
            {
                "id": pk,
                "given_name": chance.choice(given),
                "family_name": f"{chance.choice(family)} {pk}",
                "email": f"p{pk}@exempel.se",
            }
            for pk in range(1, PEOPLE + 1)
        ],
    )
    fill_table(
        Employment,
        [
            {
                "id": pk,
                "person_id": pk,
                "unit_id": chance.randint(1, UNITS),
                "position": "Sjuksköterska",
                "starts_on": dt.date(2020, 1, 1),
            }
            for pk in range(1, PEOPLE + 1)
        ],
    )
    everything = Person.objects.get(pk=1)
    Assignment.objects.bulk_create(
        Assignment(person=everything, unit_id=1, role=role) for role in Role if role != Role.STAFF
    )
    return everything


# --- ideas and money ------------------------------------------------------------------------


def _ideas(chance: random.Random, now: dt.datetime) -> list[tuple[int, str, int]]:
    """Make the ideas and return (pk, status, unit) of each."""
    statuses = chance.choices(list(SHARES), weights=list(SHARES.values()), k=IDEAS)
    made = [(pk, status, chance.randint(1, UNITS)) for pk, status in enumerate(statuses, start=1)]
    fill_table(
        Idea,
        [
            {
                "id": pk,
                "author_id": chance.randint(2, PEOPLE),  # the first one decides
                "unit_id": unit,
                "title": " ".join(chance.choices(WORDS, k=5)),
                "need": " ".join(chance.choices(WORDS, k=40)),
                "solution": " ".join(chance.choices(WORDS, k=20)) if pk % 2 else "",
                "status": str(status),
                "revision": 1,
                "created_at": now - dt.timedelta(minutes=20 * pk),
                "told_at": now - dt.timedelta(days=pk % 60),
                "key": uuid.UUID(int=pk),
            }
            for pk, status, unit in made
        ],
    )
    fill_table(
        CostLine,
        [
            {
                "id": pk,
                "idea_id": pk,
                "kind": str(CostKind.MATERIAL),
                "amount_ore": chance.randint(5, 60) * 1_000 * KR,
            }
            for pk, status, _unit in made
            if status in APPROVED or status in (S.READY, S.PREPARING)
        ],
    )
    fill_table(
        Support,
        [
            {"idea_id": 1 + place % IDEAS, "person_id": 1 + (place * 7) % PEOPLE}
            for place in range(IDEAS)
        ],
    )
    fill_table(
        Comment,
        [
            {
                "idea_id": 1 + place * 3 % IDEAS,
                "by_id": 1 + place % PEOPLE,
                "text": " ".join(chance.choices(WORDS, k=12)),
                "key": uuid.UUID(int=place + 1),
            }
            for place in range(IDEAS // 2)
        ],
    )
    fill_table(
        Event,
        [
            {
                "kind": kind,
                "subject": f"improvement.idea:{pk}",
                "by_id": 1 + pk % PEOPLE,
                "at": now - dt.timedelta(minutes=20 * pk),
                "data": "{}",
            }
            for pk, _status, _unit in made
            for kind in ("idea.create", "idea.submit", "idea.prepare")
        ],
    )
    return made


def _money(chance: random.Random, made: list[tuple[int, str, int]], now: dt.datetime) -> None:
    """Forty funds, ten half-years each and one to come; every approval has its rows."""
    Fund.objects.bulk_create(Fund(unit_id=pk, name=f"Potten {pk}") for pk in range(1, FUNDS + 1))
    funds = list(Fund.objects.order_by("pk").values_list("pk", flat=True))
    year = now.year - YEARS + 1
    halves = [
        (f"{half} halvåret {y}", dt.date(y, first, 1), dt.date(y, last, 30 + (last == 12)))
        for y in range(year, now.year + 1)
        for half, first, last in (("Första", 1, 6), ("Andra", 7, 12))
    ]
    Period.objects.bulk_create(
        Period(
            fund_id=fund,
            name=name,
            starts_on=starts_on,
            ends_on=ends_on,
            closed_at=now if ends_on < now.date() else None,
        )
        for fund in funds
        for name, starts_on, ends_on in halves
    )
    periods: dict[int, list[int]] = {fund: [] for fund in funds}
    for pk, fund in Period.objects.order_by("starts_on").values_list("pk", "fund"):
        periods[fund].append(pk)
    approved = [(pk, status) for pk, status, _unit in made if status in APPROVED]
    decisions, rows = [], []
    for number, (idea, status) in enumerate(approved, start=1):
        fund = funds[idea % FUNDS]
        project_ore, reward_ore = chance.randint(10, 40) * 1_000 * KR, 5_000 * KR
        at = now - dt.timedelta(minutes=20 * idea)
        decisions.append(
            {
                "id": number,
                "idea_id": idea,
                "revision": 1,
                "outcome": str(Outcome.APPROVED),
                "basis": str(Basis.DELEGATED),
                "delegation_reference": "4.12",
                "reason": "Bra",
                "decided_by_id": 1,
                "decided_at": at,
                "fund_id": fund,
                "project_ore": project_ore,
                "reward_ore": reward_ore,
            }
        )
        if status == S.QUEUED:
            continue
        where = periods[fund][-1 - (idea * 10 // IDEAS) % len(periods[fund])]

        def row(kind: LedgerKind, account: str, ore: int) -> dict[str, Any]:
            return {  # called at once
                "period_id": where,  # noqa: B023
                "kind": str(kind),
                "account": account,
                "amount_ore": ore,
                "decision_id": number,  # noqa: B023
                "at": at,  # noqa: B023
                "by_id": 1,
            }

        project, reward = str(Account.PROJECT), str(Account.REWARD)
        rows.append(row(LedgerKind.RESERVATION, project, project_ore))
        rows.append(row(LedgerKind.RESERVATION, reward, reward_ore))
        if status in (S.DONE, S.UNDERWAY):
            rows += [row(LedgerKind.PAYOUT, project, project_ore // 10) for _ in range(5)]
        if status == S.DONE:
            rows.append(row(LedgerKind.PAYOUT, reward, reward_ore))
            rows.append(row(LedgerKind.RELEASE, project, project_ore - project_ore // 10 * 5))
    everywhere = [pk for of_fund in periods.values() for pk in of_fund]
    for place in range(max(0, ROWS - len(rows))):
        rows.append(
            {
                "period_id": everywhere[place % len(everywhere)],
                "kind": str(LedgerKind.ALLOCATION),
                "account": "",
                "amount_ore": 100_000 * KR,
                "decision_id": None,
                "at": now,
                "by_id": 1,
            }
        )
    fill_table(Decision, decisions)
    with without_triggers("improvement_ledgerentry"):
        fill_table(LedgerEntry, rows)


def _meetings(made: list[tuple[int, str, int]], now: dt.datetime) -> None:
    """A meeting with twenty ideas and three who give points; nearly all decisions reported."""
    meeting = Meeting.objects.create(
        unit_id=1,
        held_on=now.date() + dt.timedelta(days=7),
        decider_id=1,
        delegation_reference="4.12",
        arranged_by_id=1,
    )
    MeetingMember.objects.bulk_create(
        MeetingMember(meeting=meeting, person_id=p) for p in (2, 3, 4)
    )
    ready = [pk for pk, status, _unit in made if status == S.READY][:20]
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, idea_id=idea, position=place)
        for place, idea in enumerate(ready, 1)
    )
    criteria = list(Criterion.objects.all())
    Assessment.objects.bulk_create(
        Assessment(idea_id=idea, criterion=criterion, person_id=person, points=1 + idea % 5)
        for idea in ready
        for criterion in criteria
        for person in (2, 3)
    )
    decided = list(Decision.objects.order_by("-decided_at").values_list("pk", flat=True)[200:])
    lists = DecisionList.objects.bulk_create(
        DecisionList(unit_id=1, board="Regionstyrelsen", made_by_id=1) for _ in range(12 * YEARS)
    )
    fill_table(
        DecisionListEntry,
        [
            {"list_id": lists[place % len(lists)].pk, "decision_id": pk}
            for place, pk in enumerate(decided)
        ],
    )


def region() -> Person:
    """Make the database and everything in it; return somebody with every role at the top.

    With KEEP=yes in the environment the database of the last run is used again.
    """
    services.ensure_running()
    keep = os.environ.get("KEEP") == "yes"
    setup_databases(verbosity=0, interactive=False, serialized_aliases=[], keepdb=keep)
    if keep and Person.objects.filter(pk=PEOPLE).exists():
        return Person.objects.get(pk=1)
    begun = time.perf_counter()
    chance, now = random.Random(1), timezone.now()
    _units(chance)
    everything = _people(chance)
    made = _ideas(chance, now)
    _money(chance, made, now)
    _meetings(made, now)
    sample.load()
    analyse()
    print(
        f"{Unit.objects.count()} units, {PEOPLE} people, {IDEAS} ideas, {FUNDS} funds, "
        f"{LedgerEntry.objects.count()} rows of money in {time.perf_counter() - begun:.0f} s",
        file=sys.stderr,
    )
    return everything


if __name__ == "__main__":
    settings.DEBUG = False
    region()
