"""A team's year, in the browser: from money to the check that it held."""

import datetime as dt

import pytest

from improvement.models import Account, LedgerEntry, LedgerKind
from measures.models import MeasurePhase
from organisation.actions import units
from organisation.permissions import Role
from programme.models import Cycle, Work, WorkStatus
from tests.factories import KR, approved_idea, employee, fund_with, person_with

from . import year
from .clocked import clocked_server
from .conftest import PHONE, session_of
from .steps import press, told

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

BEGINS = dt.date(2025, 9, 1)


@pytest.fixture
def server(town, settings):
    settings.SESSION_COOKIE_AGE = 2 * 366 * 24 * 60 * 60  # nobody signs in anew for a year
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
    """Start, measure, test, see the signal, judge anew, report, be paid, and look back."""
    nurse, manager = page_on(people["nurse"], viewport=PHONE), page_on(people["manager"])
    nurse.goto(f"/ideer/{people['idea'].pk}/")
    year.start_the_work(nurse, server)
    work = Work.objects.get(idea=people["idea"])
    press(nurse, "Börja testa")

    year.paste_values(nurse, work.pk, BEGINS - dt.timedelta(weeks=12), year.BEFORE)
    year.plan_a_cycle(nurse, work.pk)
    year.try_and_learn(nurse, server, "Anpassa och testa igen")
    nurse.goto(f"/arbeten/cykler/{Cycle.objects.latest('pk').pk}/")  # made from what was learned
    year.predict(nurse)
    year.try_and_learn(nurse, server, "Inför")
    first = server.today
    server.wait(weeks=12)
    year.paste_values(nurse, work.pk, first, year.AFTER)
    year.judge_anew(nurse, work.pk)

    phase = MeasurePhase.objects.get(measure__followed_by__work=work)
    assert phase.because.startswith("Nattbelysning")
    nurse.goto(f"/arbeten/{work.pk}/")
    told(nurse, "Diagrammet har visat en förbättring")

    year.write_the_report(nurse, work.pk)
    year.approve_the_report(manager)
    reward = LedgerEntry.objects.get(
        decision__idea=people["idea"], kind=LedgerKind.PAYOUT, account=Account.REWARD
    )
    assert abs(reward.amount_ore) == 5_000 * KR

    server.wait(days=95)
    year.paste_values(nurse, work.pk, first + dt.timedelta(weeks=12), year.LATER)
    year.make_the_check(nurse, 3)
    server.wait(days=92)
    year.make_the_check(nurse, 6)

    work.refresh_from_db()
    assert work.status == WorkStatus.FOLLOWED
    nurse.goto(f"/arbeten/{work.pk}/")
    told(nurse, "effekten finns kvar")
    nurse.goto("/arbeten/biblioteket/")
    told(nurse, year.TITLE)
    told(nurse, "Höll efter 6 månader")

    server.wait(days=184)
    year.make_the_check(nurse, 12)
    work.refresh_from_db()
    assert work.status == WorkStatus.DONE
