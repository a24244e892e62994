"""What every test stands on: our own PostgreSQL and Valkey."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.db.models.signals import post_migrate
from hypothesis import settings

from config import services
from tests.kolada.stand_in import StandIn

# Tests say what is right, not how fast it is: a busy machine is no fault.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def running_services() -> None:
    """Start the embedded services before the first test; the last worker to end stops them."""
    services.ensure_running()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, running_services):
    """Start the services before pytest-django makes its databases."""


@pytest.fixture(scope="session", autouse=True)
def usual_criteria() -> Iterator[None]:
    """What a migration put there is gone when a test has emptied the tables: put it back."""
    add = import_module("improvement.migrations.0004_the_usual_criteria").add
    improvement = apps.get_app_config("improvement")

    def again(**_: object) -> None:
        add(apps, None)

    post_migrate.connect(again, sender=improvement)
    yield
    post_migrate.disconnect(again, sender=improvement)


@pytest.fixture
def kolada(settings) -> Iterator[StandIn]:
    """A Kolada of the test's own, with nothing in it yet; KOLADA_URL leads there."""
    with StandIn() as stand_in:
        settings.KOLADA_URL = stand_in.url
        settings.KOLADA_PER_SECOND = 100_000  # nobody need be polite to it
        yield stand_in
