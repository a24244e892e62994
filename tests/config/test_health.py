import pytest
from django.db import OperationalError, connection

from config.health import health


@pytest.mark.django_db
def test_well_when_the_database_answers(rf):
    assert health(rf.get("/halsa/")).status_code == 200


def test_unwell_when_it_does_not(rf, monkeypatch):
    def gone():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", gone)

    assert health(rf.get("/halsa/")).status_code == 503
