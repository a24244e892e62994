"""Kill anything in the middle of a report and start again: one PDF, one payout."""

import pytest
from django.urls import reverse

from foundation.models import Job, JobStatus
from improvement.models import Account, LedgerEntry, LedgerKind
from programme.models import ReportStatus
from reports.models import Document
from tests.factories import submitted_report
from tests.resilience.world import World, held, until, until_somebody_waits

pytestmark = [
    pytest.mark.slow,
    pytest.mark.resilience,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="module")
def processes(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock():
        world = World(tmp_path_factory.mktemp("world") / "var")
    try:
        world.start()
        yield world
    finally:
        world.end()


@pytest.fixture
def world(processes):
    """Web, worker and Valkey: what the test before has killed is started again."""
    processes.mend()
    return processes


def test_a_worker_killed_in_the_middle(world):
    report, manager = submitted_report()
    browser = world.sign_in(manager)

    with held("reports_document"):
        approve(world, browser, report)
        until_somebody_waits()  # the PDF is laid out; the last step is about to save it
        world.worker.kill()
    assert not Document.objects.exists()
    world.worker.start()
    world.a_minute_passes()

    until(the_job_is_done)
    assert_one_paper_and_one_payout(report)
    assert Job.objects.get().attempts == 2


def test_valkey_killed_in_the_middle(world):
    report, manager = submitted_report()
    browser = world.sign_in(manager)

    with held("reports_document"):
        approve(world, browser, report)
        until_somebody_waits()
        world.kill_valkey()

    until(the_job_is_done)  # it needs no queue to finish
    assert_one_paper_and_one_payout(report)


def test_valkey_gone_when_the_report_is_approved(world):
    report, manager = submitted_report()
    browser = world.sign_in(manager)
    world.kill_valkey()

    approve(world, browser, report)
    assert Job.objects.get().status == JobStatus.QUEUED

    world.worker.kill()
    world.valkey.start()
    world.worker.start()
    world.a_minute_passes()
    until(the_job_is_done)
    assert_one_paper_and_one_payout(report)


def test_the_web_killed_while_it_approves(world):
    report, manager = submitted_report()
    browser = world.sign_in(manager)

    with held("improvement_ledgerentry"):
        world.post_and_never_hear(browser, "report-approve", report.pk)
        until_somebody_waits()  # approved, not paid, nothing committed
        world.web.kill()
    report.refresh_from_db()
    assert report.status == ReportStatus.SUBMITTED
    assert not Job.objects.exists()

    world.start_web()
    approve(world, browser, report)
    until(the_job_is_done)
    assert_one_paper_and_one_payout(report)


def test_the_web_killed_right_after_it_has_approved(world):
    report, manager = submitted_report()
    browser = world.sign_in(manager)

    with world.frozen_valkey():
        world.post_and_never_hear(browser, "report-approve", report.pk)
        until(Job.objects.exists)  # committed; the worker has not been woken
        world.web.kill()
    world.start_web()
    approve(world, browser, report)  # pressed once more
    world.a_minute_passes()

    until(the_job_is_done)
    assert_one_paper_and_one_payout(report)


def approve(world, browser, report):
    assert world.post(browser, "report-approve", report.pk) == reverse(
        "report-detail", args=[report.pk]
    )


def the_job_is_done():
    return Job.objects.filter(status=JobStatus.DONE).exists()


def assert_one_paper_and_one_payout(report):
    report.refresh_from_db()
    assert report.status == ReportStatus.APPROVED
    assert Document.objects.get().report == report
    assert Job.objects.get().status == JobStatus.DONE
    payouts = LedgerEntry.objects.filter(kind=LedgerKind.PAYOUT, account=Account.REWARD)
    assert payouts.count() == 1
