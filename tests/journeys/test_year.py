"""A team's year, in the browser: from money to the check that it held."""

import datetime as dt

import pytest

from organisation.actions import units
from organisation.permissions import Role
from tests.factories import KR, approved_idea, employee, fund_with, person_with

from . import steps
from .clocked import clocked_server
from .conftest import PHONE, session_of

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

BEGINS = dt.date(2025, 9, 1)


@pytest.fixture
def server(town):
    with clocked_server(BEGINS) as server:
        yield server


@pytest.fixture
def page_on(server, browser):
    """Return a function that gives a page on the clocked server on which somebody has signed in."""
    contexts = []

    def open_page(person, **options):
        context = browser.new_context(
            base_url=server.url, locale="sv-SE", reduced_motion="reduce", **options
        )
        contexts.append(context)
        session = {"name": "sessionid", "value": session_of(person)}
        context.add_cookies([session | {"domain": "127.0.0.1", "path": "/"}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def people(town, server):
    """A care home with money for one idea."""
    home = units.create(name="Björkgården", code="SOC-BJO", parent=town.root, by=None)
    fund = fund_with(100_000 * KR, at=home, name="Björkpotten", reward_ore=5_000 * KR)
    fund.periods.update(starts_on=dt.date(2025, 7, 1), ends_on=dt.date(2025, 12, 31))
    nurse = employee(at=home, given_name="Sara", family_name="Holm")
    employee(at=home, given_name="Per", family_name="Ask")
    idea = approved_idea(at=home, fund=fund, author=nurse, title="Färre fall på natten")
    return {"nurse": nurse, "idea": idea, "manager": person_with(Role.MANAGER, at=home)}


def test_a_year_of_improvement(server, people, page_on):
    nurse = page_on(people["nurse"], viewport=PHONE)
    nurse.goto(f"/ideer/{people['idea'].pk}/")
    steps.follow(nurse, "Starta arbetet")
