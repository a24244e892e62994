"""What every test stands on: our own PostgreSQL and Valkey."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import AppConfig, apps
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


# What a migration put there is gone when a test has emptied the tables: it is put back.
PUT_THERE = {
    "improvement": "improvement.migrations.0004_the_usual_criteria",
    "programme": "programme.migrations.0003_methods_to_choose",
}


@pytest.fixture(scope="session", autouse=True)
def what_migrations_put_there() -> Iterator[None]:
    def again(sender: AppConfig, **_: object) -> None:
        import_module(PUT_THERE[sender.label]).add(apps, None)

    for label in PUT_THERE:
        post_migrate.connect(again, sender=apps.get_app_config(label))
    yield
    for label in PUT_THERE:
        post_migrate.disconnect(again, sender=apps.get_app_config(label))


@pytest.fixture
def kolada(settings) -> Iterator[StandIn]:
    """A Kolada of the test's own, with nothing in it yet; KOLADA_URL leads there."""
    with StandIn() as stand_in:
        settings.KOLADA_URL = stand_in.url
        settings.KOLADA_PER_SECOND = 100_000  # nobody need be polite to it
        yield stand_in
