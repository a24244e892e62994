"""The list of ideas: narrowed, sorted and taken along."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from improvement.models import CostLine, IdeaStatus, Support
from improvement.queries.lists import SORTED_BY
from improvement.views import lists
from organisation.permissions import Role
from tests.factories import KR, IdeaFactory, KpiFactory, UnitFactory, employee, person_with

pytestmark = pytest.mark.django_db

S = IdeaStatus


@pytest.fixture
def unit():
    return UnitFactory(name="Hemtjänst norr")


@pytest.fixture
def lead(unit, client):
    person = person_with(Role.DEVELOPMENT_LEAD, at=unit, given_name="Eva", family_name="Lind")
    client.force_login(person)
    return person


def an_idea(title, *, at, cost=0, **fields):
    idea = IdeaFactory(title=title, unit=at, **{"status": S.SUBMITTED, **fields})
    if cost:
        CostLine.objects.create(idea=idea, kind="travel", amount_ore=cost * KR)
    return idea


def titles(client, **asked):
    response = client.get(reverse("idea-list"), asked)
    assert response.status_code == 200
    return [idea.title for idea in response.context["ideas"]]


# --- narrowing -------------------------------------------------------------------------------


def test_each_filter_leaves_what_it_says(client, unit, lead):
    kpi = KpiFactory()
    below = UnitFactory(parent=unit)
    old = dt.datetime(2026, 1, 31, 22, 30, tzinfo=dt.UTC)  # late in the evening here
    an_idea("Larm", at=unit, assigned_to=lead, solution="Nya larm", cost=20_000)
    an_idea("Kök", at=below, beneficiaries="Alla", kpi=kpi, created_at=old)
    an_idea("Bil", at=unit, status=S.REJECTED, cost=500)

    assert titles(client, status="rejected") == ["Bil"]
    assert titles(client, lead="me") == ["Larm"]
    assert titles(client, lead=lead.pk) == ["Larm"]
    assert titles(client, lead="nobody") == ["Bil", "Kök"]
    assert titles(client, kind="proposal") == ["Larm"]
    assert titles(client, kind="idea") == ["Kök"]
    assert titles(client, kind="opportunity") == ["Bil"]
    assert titles(client, unit=below.pk) == ["Kök"]
    assert titles(client, unit=unit.pk) == ["Bil", "Larm", "Kök"]
    assert titles(client, kpi=kpi.pk) == ["Kök"]
    assert titles(client, least_ore="1 000") == ["Larm"]
    assert titles(client, most_ore="1 000 kr") == ["Bil"]
    assert titles(client, least_ore="501", most_ore="19 999,99") == []
    assert titles(client, until="2026-01-31") == ["Kök"]
    assert titles(client, since="2026-02-01") == ["Bil", "Larm"]
    assert titles(client, q="LARM", status="submitted") == ["Larm"]


def test_what_cannot_be_understood_narrows_nothing_and_says_so(client, unit, lead):
    an_idea("Larm", at=unit)
    asked = {"least_ore": "tolv", "since": "igår", "unit": "x", "lead": "999", "sort": "pengar"}
    assert titles(client, **asked) == ["Larm"]
    assert "Skriv ett belopp i kronor" in client.get(reverse("idea-list"), asked).text


def test_what_the_list_is_narrowed_by_can_be_taken_away_one_by_one(client, unit, lead):
    asked = {"status": "submitted", "lead": "nobody", "least_ore": "500", "page": "2"}
    page = client.get(reverse("idea-list"), asked)
    chips = {chip.text.replace("\u00a0", " "): chip.href for chip in page.context["chips"]}

    assert list(chips) == ["Läge: Inskickad", "Vem som bereder: Ingen än", "Kostnad från: 500 kr"]
    assert chips["Läge: Inskickad"] == "?lead=nobody&least_ore=500"


# --- sorting ---------------------------------------------------------------------------------


def test_every_column_sorts_both_ways(client, unit, lead):
    north, south = (
        UnitFactory(parent=unit, tree_order="a"),
        UnitFactory(parent=unit, tree_order="b"),
    )
    now = timezone.now()
    first = an_idea("Ask", at=north, cost=10, created_at=now - dt.timedelta(days=2))
    last = an_idea("Ödla", at=south, cost=20, created_at=now, status=S.READY, assigned_to=lead)
    an_idea("Zebra", at=south, cost=15, created_at=now - dt.timedelta(days=1), status=S.PREPARING)
    for person in (employee(at=unit), employee(at=unit)):
        Support.objects.create(idea=last, person=person)
    Support.objects.create(idea=first, person=lead)

    assert titles(client, sort="title") == ["Ask", "Zebra", "Ödla"]
    assert titles(client, sort="-title") == ["Ödla", "Zebra", "Ask"]
    assert titles(client, sort="cost") == ["Ask", "Zebra", "Ödla"]
    assert titles(client, sort="-left") == ["Ödla", "Zebra", "Ask"]
    assert titles(client, sort="-supports") == ["Ödla", "Ask", "Zebra"]
    assert titles(client, sort="state") == ["Ask", "Zebra", "Ödla"]
    assert titles(client, sort="unit")[0] == "Ask"
    assert titles(client, sort="lead")[0] == "Ödla"
    for name in SORTED_BY:
        assert len(titles(client, sort=name)) == len(titles(client, sort=f"-{name}")) == 3


def test_the_heading_says_how_the_list_is_sorted_and_turns_it(client, unit, lead):
    an_idea("Larm", at=unit)
    page = client.get(reverse("idea-list"), {"sort": "title", "status": "submitted"}).text
    assert 'aria-sort="ascending"' in page
    assert page.count("aria-sort") == 1
    assert "?sort=-title&amp;status=submitted" in page


@pytest.mark.parametrize("sort", SORTED_BY)
@pytest.mark.parametrize("count", [1, 3])
def test_every_order_costs_the_same_however_long(
    client, unit, lead, sort, count, django_assert_num_queries
):
    for number in range(count):
        an_idea(f"Idé {number}", at=unit, cost=1, assigned_to=lead)
    with django_assert_num_queries(7):
        titles(client, sort=sort)


# --- amounts ---------------------------------------------------------------------------------


def test_a_colleague_reads_the_row_and_neither_sees_nor_finds_the_amount(client, unit):
    an_idea("Larm", at=unit, cost=12_345)
    client.force_login(employee(at=unit))

    page = client.get(reverse("idea-list"), {"show": "units"})

    assert [idea.title for idea in page.context["ideas"]] == ["Larm"]
    assert "12\u00a0345" not in page.text
    assert titles(client, show="units", least_ore="1") == []
    assert b"12345" not in client.get(reverse("idea-export-csv"), {"show": "units"}).content


def test_staff_switch_between_their_own_and_those_of_their_workplace(client, unit):
    me = employee(at=unit)
    an_idea("Min", at=unit, author=me)
    an_idea("En kollegas", at=unit)
    an_idea("Någon annanstans", at=UnitFactory())
    client.force_login(me)

    assert titles(client) == ["Min"]
    assert set(titles(client, show="units")) == {"Min", "En kollegas"}
    assert "Min arbetsplats" in client.get(reverse("idea-list")).text


# --- taking along ----------------------------------------------------------------------------


def rows_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_a_file_holds_what_is_narrowed_and_nothing_else(client, unit, lead):
    an_idea("=HYPERLINK(1)", at=unit, cost=12_345, assigned_to=lead)
    an_idea("Kök", at=unit, status=S.REJECTED)
    an_idea("Annans", at=UnitFactory())

    header, row = rows_of(client.get(reverse("idea-export-csv"), {"status": "submitted"}))

    found = dict(zip(header, row, strict=True))
    assert found["Idé"] == "'=HYPERLINK(1)"
    assert found["Kostnad, kronor"] == "12345"
    assert (found["Bereds av"], found["Läge"]) == ("Eva Lind", "Inskickad")


def test_the_excel_file_holds_the_same_in_the_same_order(client, unit, lead):
    for title in ("Ask", "Ödla", "Zebra"):
        an_idea(title, at=unit, cost=10)
    response = client.get(reverse("idea-export-xlsx"), {"sort": "title"})

    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))

    assert [row[1] for row in rows] == ["Idé", "Ask", "Zebra", "Ödla"]
    assert rows[1][9] == 10
    assert response["Content-Disposition"].startswith("attachment")


def test_a_file_too_large_is_refused_with_a_way_out(client, unit, lead, monkeypatch):
    monkeypatch.setattr(lists, "MOST_IN_FILE", 2)
    for number in range(3):
        an_idea(f"Idé {number}", at=unit)
    page = client.get(reverse("idea-export-csv"), {"status": "submitted"}, follow=True)
    assert page.redirect_chain[0][0] == f"{reverse('idea-list')}?status=submitted"
    assert "Avgränsa listan" in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_a_file_costs_the_same_however_long(client, unit, lead, count, django_assert_num_queries):
    for number in range(count):
        an_idea(f"Idé {number}", at=unit, cost=1, assigned_to=lead)
    with django_assert_num_queries(7):
        client.get(reverse("idea-export-csv"))
