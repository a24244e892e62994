"""What a file would change: compared with what is there, nothing written."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from foundation.spreadsheet import Sheet

from ..models import Person
from .people import PeoplePlan, plan_people
from .rows import Problem, Rows, read_rows
from .units import UnitPlan, plan_units

SHOWN = 8  # rows of each kind in the sample
MANY = 10  # leavers, and one of so many: then it is asked whether the file is whole


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the sample: who or what, and what happens."""

    kind: str  # "new", "changed", "leaving"
    who: str
    what: str


@dataclass(slots=True)
class Plan:
    """All that a file would do, or the problems for which it can do nothing."""

    rows: Rows
    units: UnitPlan = field(default_factory=UnitPlan)
    people: PeoplePlan = field(default_factory=PeoplePlan)

    @property
    def problems(self) -> list[Problem]:
        return self.rows.problems

    @property
    def changes_nothing(self) -> bool:
        return not any(
            (self.units.new, self.units.changed, self.people.changed, self.people.leaving)
        )

    def counts(self) -> dict[str, int]:
        return {
            "units_new": len(self.units.new),
            "units_changed": len(self.units.changed),
            "units_unchanged": self.units.unchanged,
            "people_new": sum(change.is_new for change in self.people.changed),
            "people_changed": sum(not change.is_new for change in self.people.changed),
            "people_unchanged": self.people.unchanged,
            "people_leaving": len(self.people.leaving),
        }

    def sample(self) -> list[Change]:
        """Return the first few of each kind, in words."""
        new_units = [Change("new", row.name, row.kind or "") for row in self.units.new]
        units = [
            Change("changed", str(change.unit), change.in_words()) for change in self.units.changed
        ]
        new = [c for c in self.people.changed if c.is_new]
        known = [c for c in self.people.changed if not c.is_new]
        leaving = [
            Change("leaving", f"{person} ({person.email})", _("ends and can sign in no more"))
            for person in self.people.leaving
        ]
        return [
            *leaving[:SHOWN],  # what can do most harm comes first
            *units[:SHOWN],
            *(Change("changed", str(c.person), c.in_words()) for c in known[:SHOWN]),
            *new_units[:SHOWN],
            *(Change("new", str(c.person), c.in_words()) for c in new[:SHOWN]),
        ]

    def fingerprint(self) -> str:
        """Return a text that is the same only for a plan that does the same to the same."""
        whole = (
            [repr(row) for row in self.units.new],
            [repr((change.unit.pk, change.fields())) for change in self.units.changed],
            [change.facts() for change in self.people.changed],
            [person.pk for person in self.people.leaving],
        )
        return hashlib.sha256(repr(whole).encode()).hexdigest()


def make_plan(sheets: Iterable[Sheet], *, is_complete: bool, on: date, by: Person | None) -> Plan:
    """Compare what the sheets say with what is there.  Asks the database a fixed number of times.

    A file holds all there is to say of those it names.  A complete file also says that those it
    does not name have left.
    """
    rows = read_rows(sheets)
    plan = Plan(rows)
    if not rows.problems:
        plan.units = plan_units(rows)
    if not rows.problems:
        plan.people = plan_people(rows, is_complete=is_complete, on=on, by=by)
    return plan


def preview_of(plan: Plan) -> dict[str, Any]:
    """Return what is shown before anything is done, and kept to compare with when it is done."""
    return {
        "counts": plan.counts(),
        "sample": [[change.kind, change.who, change.what] for change in plan.sample()],
        "passed_over": plan.rows.passed_over,
        "employed_now": plan.people.employed_now,
        "many_leave": len(plan.people.leaving) > max(MANY, plan.people.employed_now // MANY),
        "fingerprint": plan.fingerprint(),
    }
