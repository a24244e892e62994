"""What was done is written once and stays."""

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.journal import record, subject_of
from foundation.models import Event
from tests.factories import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_a_line_says_what_to_what_by_whom():
    unit, person = UnitFactory(), PersonFactory()
    event = record("unit.test", unit, by=person, name="Norr")
    event.refresh_from_db()
    assert (event.kind, event.subject, event.by, event.data) == (
        "unit.test",
        f"organisation.unit:{unit.pk}",
        person,
        {"name": "Norr"},
    )
    assert event.subject == subject_of(unit)


def test_a_line_goes_with_the_transaction_it_was_written_in():
    unit = UnitFactory()
    with transaction.atomic():
        record("unit.test", unit, by=None)
        transaction.set_rollback(True)
    assert not Event.objects.filter(kind="unit.test").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.update(kind="other"),
        lambda: Event.objects.all().delete(),
        lambda: connection.cursor().execute("UPDATE foundation_event SET data = '{}'"),
        lambda: connection.cursor().execute("DELETE FROM foundation_event"),
    ],
)
def test_the_database_lets_nobody_change_or_delete_a_line(change):
    record("unit.test", UnitFactory(), by=None)
    with pytest.raises(IntegrityError, match="foundation_event are never changed or deleted"):
        change()
