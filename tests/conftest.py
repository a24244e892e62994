"""What every test stands on: our own PostgreSQL and Valkey."""

import pytest

from config import services


@pytest.fixture(scope="session", autouse=True)
def running_services() -> None:
    """Start the embedded services before the first test; the last worker to end stops them."""
    services.ensure_running()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, running_services):
    """Start the services before pytest-django makes its databases."""
