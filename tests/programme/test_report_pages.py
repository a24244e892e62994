"""The report's pages: two who write, what has changed, the coach, and the manager's one view."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from foundation.errors import Refused
from organisation.models import Notice
from organisation.permissions import Role
from programme.actions import measuring, reports, works
from programme.drafting import Texts
from programme.forms.reports import seen_of
from programme.models import Extent, FollowUp, Phase, Report, ReportStatus
from tests.factories import TODAY, UnitFactory, cycle_in, person_with, report_on
from tests.reading import text_of

pytestmark = pytest.mark.django_db

FORM = {
    "extent": "simple",
    "what_we_did": "Lappar",
    "result": "Fler vet",
    "learning": "Ljus",
    "participants": "6",
}


@pytest.fixture
def report(work, leader):
    return report_on(work, by=leader)


@pytest.fixture
def coach(work, leader):
    person = person_with(Role.COACH, at=work.unit)
    works.add_member(work_id=work.pk, person=person, role="coach", by=leader)
    return person


def address(name, report, *more):
    return reverse(f"report-{name}", args=[report.pk, *more])


def told(person):
    return list(
        Notice.objects.filter(to=person, kind__startswith="report.").values_list("kind", "note")
    )


# --- two at once ------------------------------------------------------------------------------


def test_two_who_write_in_different_texts_both_get_theirs_saved(client, report, leader, member):
    client.force_login(leader)
    client.post(address("edit", report), {**FORM, "seen": seen_of(report)})
    report.refresh_from_db()
    seen = seen_of(report)
    texts = Texts(what_we_did="Skyltar", result="Fler vet", learning="Ljus")
    reports.edit(report_id=report.pk, texts=texts, wishes=reports.Wishes(6), by=member)

    client.post(address("edit", report), {**FORM, "result": "Alla vet", "seen": seen})

    report.refresh_from_db()
    assert (report.what_we_did, report.result) == ("Skyltar", "Alla vet")


def test_two_who_write_in_the_same_text_see_each_others(client, report, leader, member):
    seen = seen_of(report)
    texts = Texts(result="Nästan alla vet.")
    reports.edit(report_id=report.pk, texts=texts, wishes=reports.Wishes(2), by=member)
    client.force_login(leader)

    response = client.post(address("edit", report), {**FORM, "result": "Alla vet.", "seen": seen})

    assert response.status_code == 422
    assert "Alla vet." in response.text
    assert "Nästan alla vet." in response.text
    report.refresh_from_db()
    assert report.result == "Nästan alla vet."  # nothing is overwritten
    again = {**FORM, "result": "Alla vet.", "seen": seen_of(report)}
    assert client.post(address("edit", report), again).status_code == 302


def test_a_fresh_draft_takes_the_place_of_the_text_and_nothing_is_lost(client, work, leader):
    cycle_in(work, Phase.CLOSED, by=leader)
    report = report_on(work, by=leader)
    client.force_login(leader)

    response = client.post(
        address("edit", report), {**FORM, "learning": "Mina ord", "fresh": "learning"}
    )

    text = response.text
    assert response.status_code == 200
    assert "Lappen syns inte i mörkret." in text
    assert "Mina ord" in text  # beside
    report.refresh_from_db()
    assert report.learning == "Lappen syns inte i mörkret."  # nothing is saved yet


# --- simple and full --------------------------------------------------------------------------------


def test_a_simple_report_is_no_longer_than_its_page(report, leader):
    texts = Texts(what_we_did="Lappar " * 400, result="Bra", learning="Ljus")
    reports.edit(report_id=report.pk, texts=texts, wishes=reports.Wishes(6), by=leader)
    with pytest.raises(Refused, match="en sida"):
        reports.submit(report_id=report.pk, by=leader)

    wishes = reports.Wishes(6, extent=Extent.FULL)
    reports.edit(report_id=report.pk, texts=texts, wishes=wishes, by=leader)
    assert reports.submit(report_id=report.pk, by=leader).status == ReportStatus.SUBMITTED


def test_a_simple_report_shows_only_what_one_page_tells(client, report, leader):
    texts = Texts(background="Det var mörkt.", what_we_did="Lappar", result="Bra", learning="Ljus")
    reports.edit(report_id=report.pk, texts=texts, wishes=reports.Wishes(6), by=leader)
    client.force_login(leader)
    assert "Det var mörkt." not in client.get(address("detail", report)).text
    wishes = reports.Wishes(6, extent=Extent.FULL)
    reports.edit(report_id=report.pk, texts=texts, wishes=wishes, by=leader)
    assert "Det var mörkt." in client.get(address("detail", report)).text


# --- versions ----------------------------------------------------------------------------------------


def test_what_has_changed_since_it_was_sent_is_said(client, work, leader, manager):
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)
    measuring.record_value(
        followed_id=work.followed.get().pk,
        taken_on=TODAY,
        value=Decimal(88),
        on=TODAY,
        by=leader,
    )
    cycle_in(work, Phase.CLOSED, by=leader)
    client.force_login(manager)

    words = text_of(client.get(address("approve", report)))

    assert "Ändrat sedan den skickades" in words
    assert "88" in words
    assert "Räcker en lapp" in words or "1." in words


def test_each_version_is_kept_as_it_was_sent(client, work, leader, manager):
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)
    reports.send_back(report_id=report.pk, why="Hur mätte ni?", by=manager)
    texts = Texts(what_we_did="Vi satte upp skyltar.", result="Fler vet.", learning="Ljus behövs.")
    reports.edit(report_id=report.pk, texts=texts, wishes=reports.Wishes(6), by=leader)
    reports.submit(report_id=report.pk, by=leader)

    first, second = report.versions.order_by("number")
    assert first.texts["what_we_did"] == "Vi satte upp lappar."
    assert second.texts["what_we_did"] == "Vi satte upp skyltar."
    client.force_login(leader)
    text = client.get(address("version", report, 1)).text
    assert "<del>" in text
    assert "skyltar." in text
    assert client.get(address("version", report, 3)).status_code == 404


# --- the coach -------------------------------------------------------------------------------------------


def test_the_coach_says_something_and_the_team_is_told(client, report, coach, leader):
    client.force_login(coach)
    client.post(address("coach", report), {"coach_says": "Ni räknade hela vägen."})

    client.force_login(leader)
    text = client.get(address("detail", report)).text
    assert "Ni räknade hela vägen." in text
    assert coach.name in text
    assert told(leader) == [("report.coach", "")]


def test_only_the_coach_of_the_work_says_something_and_in_time(work, coach, leader, manager):
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)
    other = person_with(Role.COACH, at=work.unit)
    for person in (other, leader, manager):
        with pytest.raises(Refused, match="Bara coachen"):
            reports.coach(report_id=report.pk, text="Bra!", by=person)
    reports.approve(report_id=report.pk, on=TODAY, by=manager)
    with pytest.raises(Refused, match="Godkänd"):
        reports.coach(report_id=report.pk, text="Bra!", by=coach)


def test_a_coach_of_another_unit_finds_nothing(client, report):
    client.force_login(person_with(Role.COACH, at=UnitFactory()))
    for name in ("detail", "edit", "coach", "approve", "poster", "press", "public"):
        assert client.get(address(name, report)).status_code == 404


# --- approving ----------------------------------------------------------------------------------------------


def test_the_manager_is_told_that_a_report_waits(report, work, leader, manager):
    report_on(work, ReportStatus.SUBMITTED, by=leader)
    assert told(manager) == [("report.submit", "")]


def test_everyone_is_thanked_with_the_managers_own_words(
    client, work, coach, leader, member, manager
):
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)
    client.force_login(manager)

    response = client.post(address("approve", report), {"approver_says": "Vilket arbete!"})
    again = client.post(address("approve", report), {"approver_says": "Vilket arbete!"})

    assert response.status_code == again.status_code == 302
    for person in (leader, member, coach):
        assert ("report.approve", "Vilket arbete!") in told(person)
        assert len([kind for kind, _note in told(person) if kind == "report.approve"]) == 1
    assert "Vilket arbete!" in client.get(address("detail", report)).text


def test_from_then_on_it_is_asked_whether_it_holds(work, leader, manager):
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)
    reports.approve(report_id=report.pk, on=TODAY, by=manager)
    planned = FollowUp.objects.filter(work=work).order_by("months")
    assert list(planned.values_list("months", flat=True)) == [3, 6, 12]
    assert planned[0].due_on == dt.date(2026, 12, 15)


def test_a_manager_in_the_team_reads_why_not_and_cannot_approve(client, work, leader):
    boss = person_with(Role.MANAGER, at=work.unit)
    works.add_member(work_id=work.pk, person=boss, by=leader)
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)
    client.force_login(boss)

    assert "eget" in client.get(address("approve", report)).text
    refused = client.post(address("approve", report), {"approver_says": ""})

    assert refused.status_code == 422
    report.refresh_from_db()
    assert report.status == ReportStatus.SUBMITTED


@pytest.mark.parametrize("count", [1, 3])
def test_the_managers_view_asks_the_same_however_much_was_done(
    client, work, leader, manager, count, django_assert_max_num_queries
):
    for _ in range(count):
        cycle_in(work, Phase.CLOSED, by=leader)
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)
    client.force_login(manager)
    with django_assert_max_num_queries(16):
        client.get(address("approve", report))


def test_the_latest_report_is_the_tab_of_the_work(client, report, leader):
    client.force_login(leader)
    tab = client.get(reverse("work-report", args=[report.work_id]))
    assert tab["Location"] == address("detail", report)
    assert Report.objects.count() == 1
