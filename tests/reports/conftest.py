"""Whose values are shown, and who reads them."""

import pytest

from tests.factories import employee, home_of, municipalities


@pytest.fixture
def where():
    """Four municipalities; the first is ours."""
    return municipalities(4)


@pytest.fixture
def home(where, client):
    """The topmost unit of ours; somebody employed there has signed in."""
    unit = home_of(where[0])
    client.force_login(employee(at=unit))
    return unit
