"""Taking in units and people from files: shown first, then all or nothing."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import jobs
from foundation.errors import Refused, require
from foundation.journal import record, subject_of
from foundation.models import Event, Job
from foundation.spreadsheet import read_sheets

from ..imports.people import NewEmployment, PeoplePlan, PersonChange, ended, has_not_ended
from ..imports.plan import Plan, make_plan, preview_of
from ..imports.rows import UnitRow
from ..imports.units import UnitChange
from ..models import Assignment, Employment, ImportFile, Person, Unit
from ..rules import why_not_import
from ..sign_in import forget_addresses
from . import units


def read(*, content: bytes, is_complete: bool, on: date, by: Person | None) -> Plan:
    """Read a file and compare it with what is there; writes nothing.

    Raises:
        Refused: the file cannot be read, or `by` may not import.
    """
    require(why_not_import(by))
    return make_plan(read_sheets(content), is_complete=is_complete, on=on, by=by)


@transaction.atomic
def keep(*, name: str, content: bytes, is_complete: bool, plan: Plan, by: Person) -> ImportFile:
    """Keep a file that was read without problems until `by` says yes to it."""
    require(why_not_import(by))
    return ImportFile.objects.create(
        name=name[:200],
        content=content,
        is_complete=is_complete,
        preview=preview_of(plan),
        handed_in_by=by,
    )


def forget_expired() -> None:
    """Delete the files that nobody said yes to, and what was shown of those that were used."""
    ImportFile.objects.expired().delete()


@jobs.work("organisation.import", seconds=600)
def import_organisation(run: jobs.Run, *, import_file_id: int) -> None:
    """Do it in one step: all or nothing, so there is no half to show."""
    with run.step(done=1, total=1, last=True):
        carry_out(import_file_id=import_file_id)


@transaction.atomic
def confirm(*, import_file_id: int, by: Person) -> Job:
    """Say yes: ask for the work, once.  A second yes gets the same job."""
    require(why_not_import(by))
    file = ImportFile.objects.locked().get(pk=import_file_id)
    return file.job or jobs.enqueue(
        import_organisation, key=file.job_key, by=by, import_file_id=file.pk
    )


@transaction.atomic
def carry_out(*, import_file_id: int) -> None:
    """Do what was shown, all of it or nothing, once.

    Raises:
        Refused: something has changed since it was shown, so it would do something else.
    """
    units.lock_tree()
    file = ImportFile.objects.locked().select_related("handed_in_by").get(pk=import_file_id)
    if file.applied_at:
        return
    by = file.handed_in_by
    on = timezone.localdate(file.handed_in_at)  # the day for which it was shown
    plan = read(content=bytes(file.content), is_complete=file.is_complete, on=on, by=by)
    if plan.problems or plan.fingerprint() != file.preview["fingerprint"]:
        raise Refused(
            _("Units or people have been changed since the file was read. Hand it in once more.")
        )
    apply(plan, on=on, by=by)
    file.applied_at, file.content = timezone.now(), b""
    file.save(update_fields=["applied_at", "content"])
    record("organisation.import", file, by=by, **plan.counts())


@transaction.atomic
def apply(plan: Plan, *, on: date, by: Person | None) -> None:
    """Write a plan without problems: units first, then people, in bulk."""
    for row in plan.units.new:
        _create_unit(row, by)
    _change_units(plan.units.changed, by)
    _write_people(plan.people, on, by)
    _let_go(plan.people.leaving, on, by)


def _create_unit(row: UnitRow, by: Person | None) -> None:
    units.create(
        name=row.name,
        code=row.code,
        kind=row.kind or "",
        parent=Unit.objects.get(code=row.parent_code) if row.parent_code else None,
        municipality_code=row.municipality_code or "",
        by=by,
    )


def _change_units(changes: list[UnitChange], by: Person | None) -> None:
    """Write names, levels and parents, then find every unit's place anew."""
    if not changes:
        return
    by_code = Unit.objects.in_bulk(field_name="code")
    for change in changes:
        unit = change.unit
        new = {name: value for name, (_old, value) in change.fields().items()}
        if "parent_code" in new:
            unit.parent = by_code.get(str(new.pop("parent_code")))
        for name, value in new.items():
            setattr(unit, name, value)
    Unit.objects.bulk_update(
        [change.unit for change in changes],
        ["name", "kind", "parent", "municipality_code", "is_active"],
    )
    units.place_all()
    Event.objects.bulk_create(
        Event(kind="unit.import", subject=subject_of(change.unit), by=by) for change in changes
    )


def _write_people(plan: PeoplePlan, on: date, by: Person | None) -> None:
    new = [change.person for change in plan.changed if change.is_new]
    kinds = {id(person): "person.create" for person in new}
    for person in new:
        person.password = make_password(None)  # chosen by the person, through a mail
    Person.objects.bulk_create(new, batch_size=1000)
    _change_fields([change for change in plan.changed if change.values])
    _write_employments(plan.changed)
    Event.objects.bulk_create(
        (
            Event(
                kind=kinds.get(id(change.person), "person.import"),
                subject=subject_of(change.person),
                by=by,
                data={"fields": sorted(change.values)},  # never the values: they are personal
            )
            for change in plan.changed
        ),
        batch_size=1000,
    )


def _change_fields(changes: list[PersonChange]) -> None:
    """Write names, numbers and addresses; two who change addresses with each other may."""
    people = [change.person for change in changes]
    moving = [change.person for change in changes if "email" in change.values]
    for person in moving:
        person.email = f"{person.pk}@moving.invalid"
    Person.objects.bulk_update(moving, ["email"], batch_size=1000)
    forget_addresses(moving)
    for change in changes:
        for name, value in change.values.items():
            setattr(change.person, name, value)
    fields = ["given_name", "family_name", "email", "personnel_number", "is_active"]
    Person.objects.bulk_update(people, fields, batch_size=1000)


def _write_employments(changes: Iterable[PersonChange]) -> None:
    by_code = Unit.objects.in_bulk(field_name="code")

    def employment(person: Person, new: NewEmployment) -> Employment:
        return Employment(
            person=person,
            unit=by_code[new.unit_code],
            position=new.position,
            starts_on=new.starts_on,
            ends_on=new.ends_on,
        )

    redated = []
    for change in changes:
        for old, starts_on, ends_on in change.redated:
            old.starts_on, old.ends_on = starts_on, ends_on
            redated.append(old)
    Employment.objects.bulk_update(redated, ["starts_on", "ends_on"], batch_size=1000)
    Employment.objects.bulk_create(
        (employment(change.person, new) for change in changes for new in change.begins),
        batch_size=1000,
    )


def _let_go(people: list[Person], on: date, by: Person | None) -> None:
    """End what leavers have here: employments, roles, sign-in.  The person stays in all history."""
    ids = [person.pk for person in people]
    open_now = [e for e in Employment.objects.filter(person__in=ids) if has_not_ended(e, on)]
    for employment in open_now:
        employment.starts_on, employment.ends_on = ended(employment, on)
    Employment.objects.bulk_update(open_now, ["ends_on"], batch_size=1000)
    held = Assignment.objects.filter(person__in=ids)
    roles: dict[int, list[list[object]]] = {pk: [] for pk in ids}
    for assignment in held:
        roles[assignment.person_id].append([assignment.role, assignment.unit_id])
    held.delete()
    Person.objects.filter(pk__in=ids).update(is_active=False)
    Event.objects.bulk_create(
        (
            Event(
                kind="person.leave",
                subject=subject_of(person),
                by=by,
                data={"withdrawn": roles[person.pk]},
            )
            for person in people
        ),
        batch_size=1000,
    )
