"""What residents read of works: numbers and approved words, and nobody's name."""

import json
from decimal import Decimal

import pytest
from django.urls import reverse

from foundation.errors import Refused
from organisation.permissions import Role
from programme.actions import measuring, public_reports, reports, works
from programme.models import Phase, Report, ReportStatus
from programme.published import PublicReport
from programme.queries.public_reports import Said
from programme.rules.public_reports import names_in
from tests.factories import (
    TODAY,
    UnitFactory,
    cycle_in,
    employee,
    person_with,
    report_on,
    started_work,
)

pytestmark = pytest.mark.django_db

SAID = Said("Fler vet vem som kommer", "Alla vet vem deras kontakt är.", "Nu vet nio av tio.")


@pytest.fixture
def unit():
    return UnitFactory(name="Hemtjänst norr")


@pytest.fixture
def lead(unit):
    return person_with(Role.DEVELOPMENT_LEAD, at=unit)


@pytest.fixture
def report(unit):
    return approved(unit)


def approved(unit):
    """An approved report of a work with names, notes and talk in every corner."""
    leader = employee(at=unit, given_name="Jonas", family_name="Lindqvist")
    member = employee(at=unit, given_name="Sara", family_name="Bergström")
    work = started_work(at=unit, leader=leader, members=[member])
    for day, value in enumerate([62, 70, 88], start=1):
        measuring.record_value(
            followed_id=work.followed.get().pk,
            taken_on=TODAY.replace(day=day),
            value=Decimal(value),
            note="Sara Bergström var sjuk",
            on=TODAY,
            by=leader,
        )
    cycle_in(work, Phase.CLOSED, by=leader)
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)
    manager = person_with(Role.MANAGER, at=unit, given_name="Anna", family_name="Chefsson")
    reports.approve(report_id=report.pk, says="Tack Jonas!", on=TODAY, by=manager)
    return Report.objects.for_page().get(pk=report.pk)


def release(report, lead, said=SAID):
    public = public_reports.preview(report=report, said=said, on=TODAY, by=lead)
    seen = public_reports.fingerprint(public)
    return public_reports.release(report_id=report.pk, said=said, seen=seen, on=TODAY, by=lead)


def public_page(client, report):
    return client.get(reverse("public-work", args=[report.pk]))


# --- releasing -----------------------------------------------------------------------------------


def test_anybody_reads_what_was_released_without_signing_in(client, report, lead):
    assert public_page(client, report).status_code == 404
    release(report, lead)

    page = public_page(client, report)

    assert page.status_code == 200
    for words in (SAID.title, SAID.aim, SAID.text, "Hemtjänst norr", "62", "88", "<svg"):
        assert words in page.text
    assert SAID.title in client.get(reverse("public-works")).text


def test_no_page_for_residents_names_anybody_or_says_what_was_not_approved(client, report, lead):
    release(report, lead)
    pages = [
        public_page(client, report).text,
        client.get(reverse("public-work", args=[report.pk]), {"sprak": "en"}).text,
        client.get(reverse("public-works")).text,
        json.dumps(report.public_facts or Report.objects.get(pk=report.pk).public_facts),
    ]
    work = report.work
    people = [m.person for m in work.team] + [report.approved_by, work.idea.author, lead]
    secret = [part for person in people for part in (person.given_name, person.family_name)]
    secret += [person.email for person in people]
    secret += ["var sjuk", "Lappen", "Vi satte upp lappar", work.idea.need, work.why_wanted]
    secret += ["/arbeten/"]
    for page in pages:
        found = [word for word in secret if word and word in page]
        assert found == []


def test_the_form_shows_it_before_it_is_released(client, report, lead):
    client.force_login(lead)
    address = reverse("report-public", args=[report.pk])
    begin = client.get(address)
    assert report.work.title in begin.text
    sent = {"title": SAID.title, "aim": SAID.aim, "text": SAID.text, "shows_chart": "on"}

    looked = client.post(address, sent)
    assert "Så här kommer alla att se det" in looked.text
    shown = looked.context["shown"]
    assert Report.objects.published().count() == 0
    unseen = client.post(
        address, {**sent, "text": "Något annat.", "shown": shown, "release": "yes"}
    )
    assert unseen.status_code == 422
    done = client.post(address, {**sent, "shown": shown, "release": "yes"})

    assert done.status_code == 302
    assert Report.objects.published().get() == report


@pytest.mark.parametrize(
    "said",
    [
        Said("Tack Jonas", SAID.aim, SAID.text),
        Said(SAID.title, "Bergströms idé.", SAID.text),
        Said(SAID.title, SAID.aim, "Vi tackar sara bergström för arbetet."),
        Said(SAID.title, SAID.aim, "Chefsson godkände."),
    ],
)
def test_whoever_took_part_is_not_named(report, lead, said):
    with pytest.raises(Refused, match="namn"):
        release(report, lead, said)


def test_identity_numbers_are_not_released(report, lead):
    with pytest.raises(Refused, match="811228-9874"):
        release(report, lead, Said(SAID.title, SAID.aim, "Det gäller 811228-9874."))


def test_an_empty_text_is_not_released(report, lead):
    with pytest.raises(Refused, match="texten till invånarna"):
        release(report, lead, Said(SAID.title, SAID.aim, " "))


def test_a_name_that_is_also_a_word_counts_with_a_capital_letter_only():
    class Somebody:
        name, given_name, family_name = "Maj Berg", "Maj", "Berg"

    assert names_in("I maj gick vi över ett berg.", [Somebody()]) == []
    assert names_in("Bergs idé i Majs händer", [Somebody()]) == ["Maj", "Berg"]


def test_only_approved_reports_and_only_those_who_may(unit, report, lead):
    for person in (report.approved_by, report.work.team[0].person):
        with pytest.raises(Refused, match="roll"):
            release(report, person)
    leader = employee(at=unit)
    draft = report_on(started_work(at=unit, leader=leader), ReportStatus.SUBMITTED, by=leader)
    draft = Report.objects.for_page().get(pk=draft.pk)
    with pytest.raises(Refused, match="Väntar på godkännande"):
        release(draft, lead)


def test_the_page_for_releasing_is_found_by_those_who_may(client, report):
    for person in (report.approved_by, person_with(Role.DEVELOPMENT_LEAD, at=UnitFactory())):
        client.force_login(person)
        for name in ("report-public", "report-withdraw"):
            assert client.get(reverse(name, args=[report.pk])).status_code == 404


# --- it stays as it was, until it is withdrawn ----------------------------------------------------


def test_it_stays_as_it_was_when_the_work_changes(client, report, lead):
    release(report, lead)
    before = public_page(client, report).text
    works.Work.objects.filter(pk=report.work_id).update(title="Annat namn", aim="Annat mål")
    assert public_page(client, report).text == before


def test_withdrawn_it_is_found_by_nobody_and_kept_to_begin_from(client, report, lead):
    release(report, lead)
    client.force_login(lead)
    address = reverse("report-withdraw", args=[report.pk])
    assert client.post(address, {"why": ""}).status_code == 422
    client.post(address, {"why": "Fel siffra"})

    assert public_page(client, report).status_code == 404
    assert SAID.title not in client.get(reverse("public-works")).text
    report.refresh_from_db()
    assert PublicReport.read(report.public_facts).text == SAID.text
    with pytest.raises(Refused, match="redan"):
        public_reports.withdraw(report_id=report.pk, why="Igen", by=lead)


def test_released_twice_is_released_once(report, lead):
    first = release(report, lead).published_at
    assert release(report, lead).published_at == first


def test_the_chart_can_be_left_out(client, report, lead):
    release(report, lead, Said(SAID.title, SAID.aim, SAID.text, shows_chart=False))
    assert "chart-drawing" not in public_page(client, report).text


# --- finding it --------------------------------------------------------------------------------------


def test_residents_search_among_the_works(client, report, lead):
    release(report, lead)
    address = reverse("public-works")
    assert SAID.title in client.get(address, {"q": "kontakt NIO"}).text
    assert SAID.title not in client.get(address, {"q": "fågel"}).text
    assert client.get(address, {"q": "\0'%_" * 80, "page": "x"}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_much_is_public(
    client, unit, lead, count, django_assert_num_queries
):
    for _ in range(count):
        release(approved(unit), lead)
    with django_assert_num_queries(
        10
    ):  # what there is, the cache, how many, the rows, whose; kept: 4
        client.get(reverse("public-works"))
    with django_assert_num_queries(2):
        client.get(reverse("public-works"))


def test_the_pages_are_the_same_for_everybody_and_kept_on_the_way(client, report, lead):
    release(report, lead)
    page = public_page(client, report)
    assert page["Cache-Control"] == "public, max-age=300"
    assert not page.cookies
    assert (
        client.get(page.request["PATH_INFO"], headers={"If-None-Match": page["ETag"]}).status_code
        == 304
    )
