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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules that take longest, and keep those that drive a browser together.

    What comes last then is short, so that no worker is left alone with a long one, and each makes
    the town of the journeys once.  Holds with `--no-loadscope-reorder`.
    """
    patience = ("journey", "resilience", "slow")
    of_module: dict[str, list[pytest.Item]] = {}
    for item in items:
        of_module.setdefault(item.location[0], []).append(item)

    def order(tests: list[pytest.Item]) -> tuple[int, int]:
        marks = {mark.name for test in tests for mark in test.iter_markers()}
        first = next((n for n, name in enumerate(patience) if name in marks), len(patience))
        return first, -len(tests)

    items[:] = [item for tests in sorted(of_module.values(), key=order) for item in tests]


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
