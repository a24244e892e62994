"""People in a file against people who are there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ..models import Assignment, Employment, Person, Unit
from ..permissions import Role
from .rows import PersonRow, Problem, Rows

FIELDS = ("given_name", "family_name", "email", "personnel_number", "is_active")


@dataclass(frozen=True, slots=True)
class NewEmployment:
    unit_code: str
    unit_name: str
    position: str
    starts_on: date
    ends_on: date | None


@dataclass(slots=True)
class PersonChange:
    """What a file says of one person, against what is there."""

    row: PersonRow  # the first that names the person
    person: Person  # not yet saved if new; otherwise as it is now
    is_new: bool
    values: dict[str, object]  # what becomes different
    begins: list[NewEmployment] = field(default_factory=list)
    redated: list[tuple[Employment, date, date | None]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.is_new or self.values or self.begins or self.redated)

    def facts(self) -> object:
        """Return all of it as plain values, to compare one plan with another."""
        return (
            self.person.pk,
            sorted((name, str(value)) for name, value in self.values.items()),
            [(n.unit_code, n.position, str(n.starts_on), str(n.ends_on)) for n in self.begins],
            [(old.pk, str(starts), str(ends)) for old, starts, ends in self.redated],
        )

    def in_words(self) -> str:
        words = {
            "given_name": _("given name"),
            "family_name": _("family name"),
            "email": _("e-mail"),
            "personnel_number": _("employment number"),
        }
        parts = []
        if self.values.get("is_active") and not self.is_new:
            parts.append(_("is back and can sign in again"))
        if not self.is_new:
            parts += [
                f"{words[name]}: {getattr(self.person, name) or '–'} → {value}"
                for name, value in self.values.items()
                if name in words
            ]
        parts += [
            _("begins as %(position)s, %(unit)s") % {"position": n.position, "unit": n.unit_name}
            for n in self.begins
        ]
        parts += [
            _("%(employment)s: from %(from)s until %(until)s")
            % {"employment": old, "from": starts, "until": ends or _("further notice")}
            for old, starts, ends in self.redated
        ]
        return "; ".join(parts)


@dataclass(slots=True)
class PeoplePlan:
    changed: list[PersonChange] = field(default_factory=list)
    leaving: list[Person] = field(default_factory=list)
    unchanged: int = 0
    employed_now: int = 0


def plan_people(rows: Rows, *, is_complete: bool, on: date, by: Person | None) -> PeoplePlan:
    """Compare the people; what is wrong goes to `rows.problems`."""
    plan = PeoplePlan()
    if not rows.has_people:
        return plan
    names = _unit_names(rows)
    known = _Known.read()
    employed = [p for p in known.people if p.is_active and known.is_employed(p, on)]
    plan.employed_now = len(employed)

    seen: set[int] = set()
    for person_rows in _grouped(rows):
        person = known.person_of(person_rows[0])
        if person.pk is not None:
            if person.pk in seen:
                text = _(
                    "This is the same person as on another row, under another number or address."
                )
                rows.object_to(person_rows[0], "Anställningsnummer", text)
            seen.add(person.pk)
        staying = [row for row in person_rows if row.ends_on is None or row.ends_on >= on]
        if not staying:
            if person.pk is not None and person.is_active:
                plan.leaving.append(person)
            continue
        change = _compare(person, person_rows, known.places[person.pk], names, on)
        if change:
            plan.changed.append(change)
        else:
            plan.unchanged += 1

    _check_addresses(rows, plan, known.people)
    if is_complete:
        plan.leaving += [person for person in employed if person.pk not in seen]
    _check_leaving(rows, plan, by)
    return plan


class _Known:
    """The people who are there, and all their employments."""

    def __init__(self, people: list[Person], employments: Iterable[Employment]) -> None:
        self.people = people
        self.by_number = {p.personnel_number: p for p in people if p.personnel_number}
        self.by_email = {p.email: p for p in people}
        self.places: defaultdict[int | None, list[Employment]] = defaultdict(list)
        for employment in employments:
            self.places[employment.person_id].append(employment)

    @classmethod
    def read(cls) -> "_Known":
        employments = Employment.objects.select_related("unit").order_by("pk")
        return cls(list(Person.objects.in_name_order()), employments)

    def is_employed(self, person: Person, on: date) -> bool:
        return any(has_not_ended(employment, on) for employment in self.places[person.pk])

    def person_of(self, row: PersonRow) -> Person:
        """Return whom the row means: by number, else by address; else somebody new."""
        if row.personnel_number and row.personnel_number in self.by_number:
            return self.by_number[row.personnel_number]
        same_address = self.by_email.get(row.email)
        if same_address and not (row.personnel_number and same_address.personnel_number):
            return same_address
        return Person(is_active=True)


def _unit_names(rows: Rows) -> dict[str, str]:
    """Return the units there are and will be, by code; say where one is missing."""
    names = dict(Unit.objects.values_list("code", "name"))
    names |= {row.code: row.name for row in rows.units}
    for row in rows.people:
        if row.unit_code not in names:
            text = _("There is no unit with the code “%(code)s”, neither here nor in the file.")
            rows.object_to(row, "Enhetskod", text % {"code": row.unit_code})
        if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
            rows.object_to(row, "Till", _("The last day comes before the first."))
    return names


def _grouped(rows: Rows) -> list[list[PersonRow]]:
    """Gather the rows of each person, and see that they agree."""
    groups: dict[str, list[PersonRow]] = {}
    for row in rows.people:
        group = groups.setdefault(row.personnel_number or row.email, [])
        _check_against(rows, row, group)
        group.append(row)
    return list(groups.values())


def _check_against(rows: Rows, row: PersonRow, others: list[PersonRow]) -> None:
    for other in others:
        for name, heading in (
            ("given_name", "Förnamn"),
            ("family_name", "Efternamn"),
            ("email", "E-post"),
        ):
            if getattr(row, name) != getattr(other, name):
                text = _("Row %(row)s has “%(text)s” for the same person. Write the same on both.")
                rows.object_to(
                    row, heading, text % {"row": other.number, "text": getattr(other, name)}
                )
                return
        if _is_same_employment(row, other):
            text = _("Row %(row)s says the same: this person, unit and position. Keep one of them.")
            rows.object_to(row, "Befattning", text % {"row": other.number})
            return


def _is_same_employment(row: PersonRow, other: PersonRow) -> bool:
    """Say whether two rows give one position at one unit on the same day."""
    return (
        (row.unit_code, row.position) == (other.unit_code, other.position)
        and (row.starts_on or date.min) <= (other.ends_on or date.max)
        and (other.starts_on or date.min) <= (row.ends_on or date.max)
    )


def _compare(
    person: Person,
    person_rows: list[PersonRow],
    places: list[Employment],
    unit_names: dict[str, str],
    on: date,
) -> PersonChange:
    first = person_rows[0]
    said: dict[str, object] = {
        "given_name": first.given_name,
        "family_name": first.family_name,
        "email": first.email,
        "is_active": True,
    }
    if first.personnel_number:
        said["personnel_number"] = first.personnel_number
    if person.pk is None:
        for name, value in said.items():
            setattr(person, name, value)
        change = PersonChange(first, person, True, {})
    else:
        different = {name: v for name, v in said.items() if getattr(person, name) != v}
        change = PersonChange(first, person, False, different)

    left, to_place = list(places), []
    for row in person_rows:  # those with the same first day first, so that they meet their own
        employment = next((e for e in _like(row, left) if e.starts_on == row.starts_on), None)
        if employment:
            left.remove(employment)
            _redate(change, employment, employment.starts_on, row.ends_on)
        else:
            to_place.append(row)
    for row in to_place:
        employment = next((e for e in _like(row, left) if _meet(row, e)), None)
        if employment:
            left.remove(employment)
            _redate(change, employment, row.starts_on or employment.starts_on, row.ends_on)
        elif row.ends_on is None or row.ends_on >= on:
            name = unit_names.get(row.unit_code, "")
            begins = row.starts_on or on
            change.begins.append(
                NewEmployment(row.unit_code, name, row.position, begins, row.ends_on)
            )
    for employment in left:
        if has_not_ended(employment, on):
            _redate(change, employment, *ended(employment, on))
    return change


def _like(row: PersonRow, employments: Iterable[Employment]) -> Iterable[Employment]:
    place = (row.unit_code, row.position)
    return (e for e in employments if (e.unit.code, e.position) == place)


def _meet(row: PersonRow, employment: Employment) -> bool:
    """Say whether the two have a day in common."""
    return (row.starts_on or date.min) <= (employment.ends_on or date.max) and (
        employment.starts_on <= (row.ends_on or date.max)
    )


def _redate(change: PersonChange, employment: Employment, starts: date, ends: date | None) -> None:
    if (starts, ends) != (employment.starts_on, employment.ends_on):
        change.redated.append((employment, starts, ends))


def has_not_ended(employment: Employment, on: date) -> bool:
    return employment.ends_on is None or employment.ends_on >= on


def ended(employment: Employment, on: date) -> tuple[date, date]:
    """Return the dates of an employment that ends before `on`, as far as it can."""
    return employment.starts_on, max(employment.starts_on, on - timedelta(days=1))


def _check_addresses(rows: Rows, plan: PeoplePlan, people: list[Person]) -> None:
    """Nobody gets an address that somebody else keeps."""
    final: dict[str, str] = {person.email: str(person) for person in people}
    for change in plan.changed:
        if not change.is_new and "email" in change.values:
            final.pop(change.person.email, None)
    for change in plan.changed:
        email = change.values.get("email") or (change.is_new and change.person.email)
        if not email:
            continue
        if email in final:
            text = _(
                "The address already belongs to %(person)s, who has another employment number."
            )
            rows.object_to(change.row, "E-post", text % {"person": final[str(email)]})
        final[str(email)] = str(change.person)


def _check_leaving(rows: Rows, plan: PeoplePlan, by: Person | None) -> None:
    """Whoever imports, and the last administrator, must not lock themselves out."""
    leaving = {person.pk for person in plan.leaving}
    if by is not None and by.pk in leaving:
        text = _("You yourself are missing from the file, or end in it, and would be locked out.")
        rows.problems.append(Problem("", 0, "", text))
        return
    administrators = set(
        Assignment.objects.filter(
            role=Role.ADMINISTRATOR, unit__parent=None, person__is_active=True
        ).values_list("person", flat=True)
    )
    if administrators and administrators <= leaving:
        text = _("Nobody would be left to administer the whole organisation.")
        rows.problems.append(Problem("", 0, "", text))
