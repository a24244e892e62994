"""The whole chain, by the people it is for: from a red measure to the reward that is paid."""

import pytest
from django.utils import timezone

from improvement.models import Account, Idea, IdeaStatus, LedgerEntry, LedgerKind
from organisation.actions import units
from organisation.permissions import Role
from reports.models import Document
from tests.factories import KR, employee, fund_with, person_with

from . import steps
from .conftest import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

FUND = "Skolpotten"


@pytest.fixture(scope="module")
def people(town, django_db_blocker):
    """Those who carry an idea through a school that has a fund with nothing in it."""
    today = timezone.localdate()
    with django_db_blocker.unblock():
        school = units.create(name="Norra skolan", code="BUF-NOR", parent=town.schools, by=None)
        fund = fund_with(0, at=school, name=FUND, reward_ore=5_000 * KR)
        fund.periods.update(
            starts_on=today.replace(month=1, day=1), ends_on=today.replace(month=12, day=31)
        )
        employee(at=school, given_name="Per", family_name="Ask")
        return {
            "staff": employee(at=school, given_name="Sara", family_name="Holm"),
            "lead": person_with(Role.DEVELOPMENT_LEAD, at=school, given_name="Jonas"),
            "decider": person_with(Role.DECIDER, at=school, given_name="Karin"),
            "manager": person_with(Role.MANAGER, at=school, given_name="Peter"),
        }


def test_from_a_red_measure_to_a_paid_reward(people, world, page_of, accessible):
    """Find, leave, prepare, decide, allocate, start, test, measure, report, approve, read."""
    staff = page_of(people["staff"], viewport=PHONE)
    lead, decider = page_of(people["lead"]), page_of(people["decider"])
    manager = page_of(people["manager"])

    steps.find_a_red_measure(staff, accessible)
    steps.leave_an_idea(staff, accessible)
    idea = Idea.objects.get(author=people["staff"])
    assert idea.kpi is not None

    steps.prepare_it(lead, accessible)
    steps.approve_it(decider, accessible, FUND)
    staff.reload()
    steps.told(staff, "Nummer 1 i kön")  # the fund is empty
    steps.allocate(lead, accessible, FUND, "1 000 000")
    idea.refresh_from_db()
    assert idea.status == IdeaStatus.FUNDED

    staff.reload()
    steps.start_the_work(staff, accessible)
    steps.run_a_cycle(staff, accessible)
    steps.measure_week_by_week(staff, accessible)
    steps.write_the_report(staff, accessible)

    with world.worker.asleep():
        steps.approve_the_report(manager, accessible)
    paper = steps.fetch_the_paper(manager)
    assert paper[:5] == b"%PDF-"
    assert len(paper) > 20_000
    assert bytes(Document.objects.get(requested_by=people["manager"]).content) == paper
    accessible(manager)

    reward = LedgerEntry.objects.get(
        decision__idea=idea, kind=LedgerKind.PAYOUT, account=Account.REWARD
    )
    assert abs(reward.amount_ore) == 5_000 * KR
    staff.goto(f"/ideer/{idea.pk}/")
    steps.told(staff, "Genomförd")
    accessible(staff)
    staff.goto("/")
    accessible(staff)
