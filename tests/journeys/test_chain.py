"""The whole chain, by the people it is for: from a red measure to the reward that is paid."""

import pytest
from django.utils import timezone

from improvement.models import Account, Idea, IdeaStatus, LedgerEntry, LedgerKind
from measures.actions import sample
from organisation.actions import units
from organisation.permissions import Role
from reports.models import Document
from tests.factories import KR, employee, fund_with, person_with

from . import steps
from .conftest import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    """A municipality with one school, and those who carry an idea through it."""
    sample.load()
    root = units.create(
        name="Västerviks kommun", code="K", parent=None, municipality_code="0883", by=None
    )
    unit = units.create(name="Ellen Keyskolan", code="BUF-GR-ELL", parent=root, by=None)
    today = timezone.localdate()
    fund = fund_with(0, at=root, reward_ore=5_000 * KR)
    fund.periods.update(
        starts_on=today.replace(month=1, day=1), ends_on=today.replace(month=12, day=31)
    )
    employee(at=unit, given_name="Bo", family_name="Ek")
    return {
        "staff": employee(at=unit, given_name="Amina", family_name="Lindqvist"),
        "lead": person_with(Role.DEVELOPMENT_LEAD, at=root, given_name="Jonas"),
        "decider": person_with(Role.DECIDER, at=root, given_name="Karin"),
        "manager": person_with(Role.MANAGER, at=unit, given_name="Peter"),
    }


def test_from_a_red_measure_to_a_paid_reward(people, page_of, accessible):
    """Find, leave, prepare, decide, allocate, start, test, measure, report, approve, read."""
    staff = page_of(people["staff"], viewport=PHONE)
    lead, decider = page_of(people["lead"]), page_of(people["decider"])
    manager = page_of(people["manager"])

    steps.find_a_red_measure(staff, accessible)
    steps.leave_an_idea(staff, accessible)
    idea = Idea.objects.get()
    assert idea.kpi is not None

    steps.prepare_it(lead, accessible)
    steps.approve_it(decider, accessible)
    staff.reload()
    steps.told(staff, "Nummer 1 av 1 i kön")  # the fund is empty
    steps.allocate(lead, accessible, "1 000 000")
    idea.refresh_from_db()
    assert idea.status == IdeaStatus.FUNDED

    staff.reload()
    steps.start_the_work(staff, accessible)
    steps.run_a_cycle(staff, accessible)
    steps.measure_week_by_week(staff, accessible)
    steps.write_the_report(staff, accessible)

    steps.approve_the_report(manager, accessible)
    paper = steps.fetch_the_paper(manager)
    assert paper[:5] == b"%PDF-"
    assert len(paper) > 20_000
    assert Document.objects.count() == 1
    accessible(manager)

    reward = LedgerEntry.objects.get(kind=LedgerKind.PAYOUT, account=Account.REWARD)
    assert abs(reward.amount_ore) == 5_000 * KR
    staff.goto(f"/ideer/{idea.pk}/")
    steps.told(staff, "Genomförd")
    accessible(staff)
    staff.goto("/")
    accessible(staff)
