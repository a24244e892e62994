"""A file is handed in, shown, confirmed, and carried out once."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from foundation import jobs
from foundation.errors import Refused
from foundation.models import Event, JobStatus
from organisation.actions import imports, units
from organisation.models import ImportFile, Person, Unit
from organisation.permissions import Role
from tests.factories import person_with
from tests.organisation.files import ANNA, ORJAN, TREE, people_csv, units_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def came_in(content):
    today = timezone.localdate()
    plan = imports.read(content=content, is_complete=False, on=today, by=None)
    imports.apply(plan, on=today, by=None)


@pytest.fixture
def tree(db):
    came_in(units_csv(*TREE))


@pytest.fixture
def by(tree):
    return person_with(Role.ADMINISTRATOR, at=Unit.objects.get(code="K"))


def handed_in(content, by):
    plan = imports.read(content=content, is_complete=False, on=timezone.localdate(), by=by)
    return imports.keep(name="personal.csv", content=content, is_complete=False, plan=plan, by=by)


def test_only_an_administrator_of_the_whole_imports(tree):
    local = person_with(Role.ADMINISTRATOR, at=Unit.objects.get(code="SOC"))
    with pytest.raises(Refused, match="whole organisation"):
        handed_in(people_csv(ANNA), local)


def test_a_file_is_carried_out_once_and_emptied(by):
    file = handed_in(people_csv(ANNA), by)
    first = imports.confirm(import_file_id=file.pk, by=by)

    jobs.run(first.pk)
    second = imports.confirm(import_file_id=file.pk, by=by)
    jobs.run(second.pk)

    first.refresh_from_db()
    file.refresh_from_db()
    assert (first, first.status) == (second, JobStatus.DONE)
    assert bytes(file.content) == b""
    assert Person.objects.filter(given_name="Anna").count() == 1
    assert Event.objects.filter(kind="organisation.import").count() == 1


def test_what_is_done_is_what_was_shown_or_nothing(by):
    file = handed_in(people_csv(ANNA, ORJAN), by)
    units.rename(unit_id=Unit.objects.get(code="HT").pk, name="Nytt", by=by)  # matters not
    came_in(people_csv(ANNA))  # matters

    job = imports.confirm(import_file_id=file.pk, by=by)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert "Hand it in once more" in job.note or "en gång till" in job.note
    assert not Person.objects.filter(given_name="Örjan").exists()


def test_a_file_is_kept_for_a_day_and_seen_only_by_its_owner(by):
    file = handed_in(people_csv(ANNA), by)
    other = person_with(Role.ADMINISTRATOR, at=Unit.objects.get(code="K"))
    assert not ImportFile.objects.visible_to(other).exists()
    assert ImportFile.objects.visible_to(by).get() == file

    ImportFile.objects.update(handed_in_at=file.handed_in_at - ImportFile.KEPT)
    assert not ImportFile.objects.visible_to(by).exists()
    imports.forget_expired()
    assert not ImportFile.objects.exists()


def test_the_database_keeps_no_content_that_was_carried_out(by):
    file = handed_in(people_csv(ANNA), by)
    with pytest.raises(IntegrityError, match="import_file_is_emptied_when_applied"):
        ImportFile.objects.filter(pk=file.pk).update(applied_at=file.handed_in_at)
