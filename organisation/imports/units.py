"""Units in a file against units that are there."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ..models import Unit
from .rows import Rows, UnitRow

DEEPEST = 9  # levels; a municipality has four or five


@dataclass(frozen=True, slots=True)
class UnitChange:
    unit: Unit
    row: UnitRow

    def fields(self) -> dict[str, tuple[object, object]]:
        """Return what becomes different: from what, to what."""
        unit, row = self.unit, self.row
        parent_code = unit.parent.code if unit.parent else ""
        pairs: dict[str, tuple[object, object]] = {
            "name": (unit.name, row.name),
            "parent_code": (parent_code, row.parent_code),
            "is_active": (unit.is_active, True),
        }
        if row.kind is not None:
            pairs["kind"] = (unit.kind, row.kind)
        if row.municipality_code is not None:
            pairs["municipality_code"] = (unit.municipality_code, row.municipality_code)
        return {name: (old, new) for name, (old, new) in pairs.items() if old != new}

    def in_words(self) -> str:
        words = {
            "name": _("name"),
            "parent_code": _("belongs to"),
            "kind": _("level"),
            "municipality_code": _("municipality code"),
            "is_active": _("in use"),
        }
        return "; ".join(
            f"{words[name]}: {old or '–'} → {new or '–'}"
            if name != "is_active"
            else _("in use again")
            for name, (old, new) in self.fields().items()
        )


@dataclass(slots=True)
class UnitPlan:
    new: list[UnitRow] = field(default_factory=list)  # each after the one it lies under
    changed: list[UnitChange] = field(default_factory=list)
    unchanged: int = 0


def plan_units(rows: Rows) -> UnitPlan:
    """Compare the units; what is wrong goes to `rows.problems`."""
    existing = {unit.code: unit for unit in Unit.objects.select_related("parent")}
    named = _each_once(rows)
    parents = {code: unit.parent.code if unit.parent else "" for code, unit in existing.items()}
    parents |= {code: row.parent_code for code, row in named.items()}
    _check_tops(rows, named, [code for code, unit in existing.items() if not unit.parent_id])
    depths = {code: _depth(rows, row, parents) for code, row in named.items()}

    plan = UnitPlan()
    for code in sorted(named, key=lambda code: depths[code]):
        row = named[code]
        if code not in existing:
            plan.new.append(row)
        elif (change := UnitChange(existing[code], row)).fields():
            plan.changed.append(change)
        else:
            plan.unchanged += 1
    return plan


def _each_once(rows: Rows) -> dict[str, UnitRow]:
    named: dict[str, UnitRow] = {}
    for row in rows.units:
        if row.code in named:
            text = _("“%(code)s” is on row %(row)s too. Keep one of them.")
            rows.object_to(row, "Kod", text % {"code": row.code, "row": named[row.code].number})
        else:
            named[row.code] = row
    return named


def _check_tops(rows: Rows, named: dict[str, UnitRow], tops: list[str]) -> None:
    """One unit is at the top: the organisation itself."""
    for row in named.values():
        if row.parent_code:
            continue
        if not tops:
            tops.append(row.code)
        elif row.code not in tops:
            text = _("Only one unit can be at the top, and “%(code)s” is. Write %(what)s.")
            what = _("the code of the unit it belongs to")
            rows.object_to(row, "Överordnad kod", text % {"code": tops[0], "what": what})


def _depth(rows: Rows, row: UnitRow, parents: dict[str, str]) -> int:
    """Return how far down the unit lies; say so if the way up is broken, a ring or too long."""
    way = [row.code]
    while parent := parents[way[-1]]:
        if parent not in parents:
            if len(way) == 1:
                text = _("There is no unit with the code “%(code)s”, neither here nor in the file.")
                rows.object_to(row, "Överordnad kod", text % {"code": parent})
            break
        if parent in way:
            text = _("The unit lies under itself: %(way)s. Correct one of them.")
            ring = " → ".join([*way[:DEEPEST], parent])
            rows.object_to(row, "Överordnad kod", text % {"way": ring})
            break
        way.append(parent)
    if len(way) > DEEPEST:
        text = _("The unit lies more than %(most)s levels down.") % {"most": DEEPEST}
        rows.object_to(row, "Överordnad kod", text)
    return len(way)
