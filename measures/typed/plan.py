"""What a table of values would change: compared with what is there, nothing written."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..models import Measurement, TeamMeasure
from ..rules.team import as_kept
from .entry import Entry
from .table import ReadRow, ReadTable

SHOWN = 12  # of what is new or changed
FAULTS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Change:
    """What one row would do: "new", "changed" or "unchanged", and the value before and after."""

    kind: str
    entry: Entry
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What a whole table would do."""

    table: ReadTable
    changes: tuple[Change, ...]

    @property
    def counts(self) -> dict[str, int]:
        kinds = Counter(change.kind for change in self.changes)
        return {
            "new": kinds["new"],
            "changed": kinds["changed"],
            "unchanged": kinds["unchanged"],
            "refused": len(self.table.rows) - len(self.changes),
        }

    @property
    def to_write(self) -> int:
        return sum(change.kind != "unchanged" for change in self.changes)

    @property
    def refused(self) -> list[ReadRow]:
        return [row for row in self.table.rows if row.faults][:FAULTS_SHOWN]

    @property
    def sample(self) -> list[Change]:
        """Return what is changed first, then the newest of what is new."""
        changed = [change for change in self.changes if change.kind == "changed"]
        new = [change for change in self.changes if change.kind == "new"]
        return [*changed, *new[::-1]][:SHOWN]

    @property
    def fingerprint(self) -> str:
        """Return a text that is the same only for a plan that does the same to the same."""
        whole = repr([(c.kind, c.entry, c.before) for c in self.changes])
        return hashlib.sha256(whole.encode()).hexdigest()


def plan_of(measure: TeamMeasure, table: ReadTable) -> TablePlan:
    """Compare a table with the values that are there.  One query."""
    entries = table.entries
    there = {
        one.taken_on: one
        for one in Measurement.objects.filter(
            measure=measure, taken_on__in=[entry.taken_on for entry in entries]
        )
    }
    return TablePlan(
        table, tuple(_change(measure, entry, there.get(entry.taken_on)) for entry in entries)
    )


def _change(measure: TeamMeasure, entry: Entry, there: Measurement | None) -> Change:
    said: dict[str, Any] = as_kept(measure, entry)
    if there is None:
        return Change("new", entry, None, said["value"])
    is_same = all(getattr(there, name) == value for name, value in said.items())
    if is_same and entry.note in ("", there.note):
        return Change("unchanged", entry, there.value, said["value"])
    return Change("changed", entry, there.value, said["value"])
