"""Minutes and lists of decisions on paper: what they say, and that they are made once and kept."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from foundation import jobs
from foundation.models import Job
from improvement.actions import agenda, decision_lists, decisions, meetings
from improvement.actions.decisions import Terms
from improvement.models import Outcome
from organisation.permissions import Role
from reports import decision_list, minutes
from reports.models import Document
from reports.paper import to_pdf
from tests.factories import (
    KR,
    TODAY,
    UnitFactory,
    employee,
    fund_with,
    person_with,
    planned_meeting,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory(name="Socialförvaltningen")


@pytest.fixture
def held(unit):
    """A meeting with three ideas: one part funded, one refused, one moved to the next."""
    fund = fund_with(100_000 * KR, at=unit)
    meeting = planned_meeting(at=unit, ideas=3, place="Stora salen")
    decider = meeting.decider
    members = [
        meetings.call(meeting_id=meeting.pk, person=employee(at=unit), by=decider) for _ in "12"
    ]
    yes, no, _open = meeting.items.order_by("position")
    agenda.draft(
        item_id=yes.pk,
        terms=Terms(Outcome.APPROVED, fund.pk, 15_000 * KR),
        reason="Bra för <alla> & envar.",
        case_number="SN 2026:17",
        on=TODAY,
        by=decider,
    )
    agenda.draft(item_id=no.pk, terms=Terms(Outcome.REJECTED), reason="Nej.", on=TODAY, by=decider)
    decisions.declare_conflict(idea_id=no.idea_id, reason="Min syster.", by=members[0].person)
    agenda.release(
        meeting_id=meeting.pk,
        present=[members[0].pk],
        notes="Nästa gång tar vi budgeten.",
        postpone=True,
        on=TODAY,
        by=decider,
    )
    meeting.refresh_from_db()
    return meeting


def test_the_minutes_say_who_was_there_and_what_was_decided(held):
    with translation.override("sv"):
        facts = minutes.collect(held, on=TODAY)

    there, absent = (member.person.name for member in held.members.order_by("pk"))
    assert (facts.unit, facts.place, facts.decider) == (
        "Socialförvaltningen",
        "Stora salen",
        held.decider.name,
    )
    assert (facts.present, facts.absent) == ((there,), (absent,))
    yes, no, moved = facts.items
    assert (yes.asked_ore, yes.case_number) == (20_000 * KR, "SN 2026:17")
    assert yes.amount.replace("\N{NO-BREAK SPACE}", " ") == "Sökt 20 000 kr, beviljat 15 000 kr"
    assert (yes.consulted, yes.conflicts) == (there, ())
    assert (no.decision, no.consulted, no.conflicts) == ("Avslag", "", (there,))
    assert moved.decision == ""


def test_the_page_says_it_in_the_language_it_was_collected_in(held):
    with translation.override("en"):
        english = minutes.to_html(minutes.collect(held, on=TODAY))
    assert "Took no part because of a conflict of interest" in english
    with translation.override("sv"):
        swedish = minutes.to_html(minutes.collect(held, on=TODAY))
    assert "Deltog inte på grund av jäv" in swedish
    assert "§ 1" in swedish
    assert "Ärendet avgjordes inte på det här mötet." in swedish
    assert "Bra för &lt;alla&gt; &amp; envar." in swedish


@pytest.mark.slow
def test_minutes_of_many_matters_are_tagged_and_numbered(held):
    with translation.override("sv"):
        facts = minutes.collect(held, on=TODAY)
        long = replace(facts, items=facts.items * 8)
        paper = to_pdf(minutes.to_html(long))

    read = PdfReader(BytesIO(paper.content))
    assert paper.pages == len(read.pages) > 2
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert f"2 ({paper.pages})" in read.pages[1].extract_text()
    assert "Beslutsfattare" in read.pages[-1].extract_text(), "a line to sign on"


@pytest.mark.slow
def test_minutes_are_made_once_kept_and_fetched(client, held):
    client.force_login(held.decider)
    page = reverse("meeting-minutes", args=[held.pk])
    assert "Gör en PDF" in client.get(page).text
    for _ in range(2):
        client.post(reverse("minutes-request", args=[held.pk]))
    jobs.run(Job.objects.live().get().pk)

    document = Document.objects.get()
    assert document.title == f"Protokoll – Socialförvaltningen {TODAY}"
    assert client.get(reverse("document-download", args=[document.pk])).status_code == 200
    client.post(reverse("minutes-request", args=[held.pk]))
    assert not Job.objects.live().exists(), "it is there already"
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.update(pages=9)


def test_there_are_no_minutes_before_the_meeting_is_held(client, unit):
    meeting = planned_meeting(at=unit)
    client.force_login(meeting.decider)
    assert client.get(reverse("meeting-minutes", args=[meeting.pk])).status_code == 404
    assert client.post(reverse("minutes-request", args=[meeting.pk])).status_code == 404


@pytest.mark.slow
def test_a_list_of_decisions_is_put_on_paper(client, held, unit):
    registrar = person_with(Role.REGISTRAR, at=unit)
    made = decision_lists.make(unit=unit, board="Socialnämnden", by=registrar)
    with translation.override("sv"):
        facts = decision_list.collect(made, on=TODAY)
    assert [row.outcome for row in facts.rows] == ["Bifall", "Avslag"]

    client.force_login(registrar)
    client.post(reverse("decision-list-request", args=[made.pk]))
    jobs.run(Job.objects.live().get().pk)

    document = Document.objects.get()
    text = PdfReader(BytesIO(bytes(document.content))).pages[0].extract_text()
    assert "Socialnämnden" in text
    assert "SN 2026:17" in text
