"""Two managers, one report, one reward."""

import pytest

from improvement.actions import payments
from improvement.models import Account, IdeaStatus, LedgerEntry, LedgerKind
from organisation.permissions import Role
from programme.actions import cycles, reports
from programme.models import Cycle, Report, ReportStatus, Work
from programme.models.report import ReportQuerySet
from programme.models.work import WorkQuerySet
from tests.concurrency.rivals import at_the_same_point, together
from tests.factories import (
    KR,
    PLAN,
    TODAY,
    UnitFactory,
    employee,
    person_with,
    report_on,
    started_work,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def work():
    unit = UnitFactory()
    return started_work(at=unit, leader=employee(at=unit))


@pytest.fixture
def rivals(work):
    """A report, and two managers about to approve it."""
    report = report_on(work, ReportStatus.SUBMITTED, by=work.team[0].person)
    managers = [person_with(Role.MANAGER, at=work.unit) for _ in range(2)]

    def approval(manager):
        return lambda: reports.approve(report_id=report.pk, on=TODAY, by=manager)

    return report, *map(approval, managers)


def rewards_ore():
    paid = LedgerEntry.objects.filter(kind=LedgerKind.PAYOUT, account=Account.REWARD)
    return [entry.amount_ore for entry in paid]


def test_a_reward_is_paid_once_however_many_approve(rivals):
    report, *approvals = rivals

    outcomes = together(*approvals, behind=Report.objects.filter(pk=report.pk))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refused", "Report"]
    assert rewards_ore() == [5_000 * KR]


def test_without_the_locks_both_would_approve(rivals, monkeypatch):
    """The control.  If this fails, the test above proves nothing.

    Money has locks and guards of its own, so it is put aside here: only the approval is raced.
    """
    _report, *approvals = rivals
    settled = []
    monkeypatch.setattr(ReportQuerySet, "locked", ReportQuerySet.all)
    monkeypatch.setattr(WorkQuerySet, "locked", WorkQuerySet.all)
    monkeypatch.setattr(reports, "why_not_report", at_the_same_point(reports.why_not_report, 2))
    monkeypatch.setattr(payments, "settle", lambda **asked: settled.append(asked))

    outcomes = together(*approvals)

    assert [type(outcome).__name__ for outcome in outcomes] == ["Report", "Report"]
    assert len(settled) == 2


def test_even_then_the_reward_would_be_paid_once(rivals, monkeypatch):
    """The second guard: the money's own lock and the idea's state."""
    report, *approvals = rivals
    monkeypatch.setattr(ReportQuerySet, "locked", ReportQuerySet.all)
    monkeypatch.setattr(WorkQuerySet, "locked", WorkQuerySet.all)
    monkeypatch.setattr(reports, "why_not_report", at_the_same_point(reports.why_not_report, 2))

    outcomes = together(*approvals)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refused", "Report"]
    assert rewards_ore() == [5_000 * KR]
    assert report.work.idea.status == IdeaStatus.DONE


@pytest.fixture
def planners(work):
    """Two people in a team, about to plan a test each."""
    leader = work.team[0].person

    def planning():
        return cycles.plan(work_id=work.pk, plan=PLAN, on=TODAY, by=leader)

    return work, planning, planning


def test_two_cycles_planned_at_once_get_a_number_each(planners):
    work, *plans = planners
    together(*plans, behind=Work.objects.filter(pk=work.pk))
    assert list(Cycle.objects.values_list("number", flat=True)) == [1, 2]
