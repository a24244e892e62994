"""Writing values down: one, many, pasted, from a file; what cannot be is said beside its cell."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from foundation.errors import Refused
from foundation.export import csv_of, excel_of
from measures.models import Measurement, MeasurementRevision, MeasureVerdict
from programme.actions import measuring
from tests.factories import TODAY

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 9, 15, 12, tzinfo=dt.UTC)  # of TODAY
JULY, AUGUST = dt.date(2026, 7, 31), dt.date(2026, 8, 31)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The pages read the clock; here it stands still."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture
def followed(work):
    return work.followed.get()


def of_kind(work, leader, kind, **changes):
    said = {"name": "Fall", "unit_word": "fall", "direction": "lower", "kind": kind, **changes}
    return measuring.add(work_id=work.pk, measure=measuring.NewMeasure(**said), by=leader)


@pytest.fixture
def share(work, leader):
    return of_kind(work, leader, "share", unit_word="procent", per=100)


def rows(*lines):
    """What the grid posts: the cells of each line, in columns."""
    names = ("taken_on", "value", "note")
    return {name: [line[n] for line in lines] for n, name in enumerate(names)}


def parts(*lines):
    names = ("taken_on", "numerator", "denominator", "note")
    return {name: [line[n] for line in lines] for n, name in enumerate(names)}


def values_of(followed):
    return list(
        Measurement.objects.filter(measure=followed.measure_id)
        .order_by("taken_on")
        .values_list("taken_on", "value")
    )


# --- one ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["71,5", "71.5", "71,5 %", " 71,50 "])
def test_a_value_is_typed_as_people_write_it(client, followed, leader, typed):
    client.force_login(leader)
    address = reverse("measure-record", args=[followed.pk])
    assert 'value="2026-09-15"' in client.get(address).text  # today
    client.post(address, {"taken_on": "2026-09-01", "value": typed})
    assert values_of(followed) == [(dt.date(2026, 9, 1), Decimal("71.5"))]


@pytest.mark.parametrize(
    ("value", "on", "says"),
    [
        ("sjuttio", "2026-09-01", "”sjuttio” är inget tal."),
        ("1,234", "2026-09-01", "kan läsas på två sätt"),
        ("70", "2026-12-31", "har inte kommit än"),
        ("70", "", "Detta fält måste fyllas i"),
        ("", "2026-09-01", "Skriv ett värde, eller varför det saknas."),
    ],
)
def test_a_refused_value_is_shown_where_it_was_typed(client, followed, leader, value, on, says):
    client.force_login(leader)
    response = client.post(
        reverse("measure-record", args=[followed.pk]),
        {"taken_on": on, "value": value, "note": "Semester"},
        headers={"HX-Request": "true", "HX-Target": "value-form"},
    )
    assert response.status_code == 422
    assert says in response.text
    assert 'value="Semester"' in response.text
    assert response.text.lstrip().startswith('<form id="value-form"')


def test_a_missing_value_says_why_and_is_a_gap(client, followed, leader):
    client.force_login(leader)
    answers = {"taken_on": "2026-08-31", "value": "", "missing_because": "Systemet låg nere"}
    client.post(reverse("measure-record", args=[followed.pk]), answers)
    assert values_of(followed) == [(AUGUST, None)]
    page = client.get(reverse("work-measure", args=[followed.pk]))
    assert "Saknas: Systemet låg nere" in page.text


def test_a_share_is_kept_as_its_two_numbers(client, share, leader):
    client.force_login(leader)
    address = reverse("measure-record", args=[share.pk])
    client.post(address, {"taken_on": "2026-08-31", "numerator": "3", "denominator": "40"})
    one = Measurement.objects.get()
    assert (one.value, one.numerator, one.denominator) == (Decimal("7.5"), 3, 40)


@pytest.mark.parametrize(
    ("numerator", "denominator", "says"),
    [
        ("41", "40", "Det kan inte vara 41 av 40. Har talen bytt plats?"),
        ("3", "0", "Det kan inte vara 3 av 0."),
        ("-3", "40", "Ett antal kan inte vara mindre än noll."),
        ("3", "", "Skriv av hur många."),
    ],
)
def test_parts_that_cannot_be_are_said(client, share, leader, numerator, denominator, says):
    client.force_login(leader)
    response = client.post(
        reverse("measure-record", args=[share.pk]),
        {"taken_on": "2026-08-31", "numerator": numerator, "denominator": denominator},
    )
    assert response.status_code == 422
    assert says in response.text
    assert not Measurement.objects.exists()


def test_nothing_to_count_among_is_a_gap(share, leader):
    write(share, leader, numerator=Decimal(0), denominator=Decimal(0))
    assert Measurement.objects.get().value is None


def write(followed, by, on=AUGUST, **said):
    return measuring.record_value(followed_id=followed.pk, taken_on=on, on=TODAY, by=by, **said)


def test_a_number_of_occurrences_is_whole_and_not_below_zero(work, leader):
    falls = of_kind(work, leader, "count")
    with pytest.raises(Refused, match="mindre än noll"):
        write(falls, leader, value=Decimal(-1))
    with pytest.raises(Refused, match="helt tal"):
        write(falls, leader, value=Decimal("1.5"))


def test_a_correction_keeps_the_value_and_its_parts(client, share, leader, member):
    one = write(share, leader, numerator=Decimal(3), denominator=Decimal(40))
    client.force_login(member)
    address = reverse("measurement-detail", args=[one.pk])
    answers = {"taken_on": "2026-08-31", "numerator": "4", "denominator": "40"}
    client.post(address, answers)

    was = MeasurementRevision.objects.get()
    assert (was.value, was.numerator, was.denominator) == (Decimal("7.5"), 3, 40)
    text = client.get(address).text
    assert "3 av 40" in text
    assert "Rättat av Sara Berg" in text
    assert "Rättat, var 7,5." in client.get(reverse("work-measure", args=[share.pk])).text


def test_a_value_is_left_out_with_a_reason_and_counted_again(client, followed, leader):
    one = write(followed, leader, value=Decimal(62))
    client.force_login(leader)
    address = reverse("measurement-detail", args=[one.pk])

    assert client.post(address, {"because": ""}).status_code == 422
    client.post(address, {"because": "Mätt på fel avdelning"})

    assert MeasureVerdict.objects.get().points == 0
    assert "Räknas inte: Mätt på fel avdelning" in (
        client.get(reverse("work-measure", args=[followed.pk])).text
    )
    client.post(reverse("measurement-include", args=[one.pk]))
    assert MeasureVerdict.objects.get().points == 1


# --- many -----------------------------------------------------------------------------------------


def test_the_grid_begins_with_the_days_that_are_due(client, followed, leader):
    write(followed, leader, on=dt.date(2026, 5, 31), value=Decimal(62))
    client.force_login(leader)
    text = client.get(reverse("measure-values", args=[followed.pk])).text
    for day in ("2026-06-30", "2026-07-31", "2026-08-31"):
        assert f'value="{day}"' in text
    assert "2026-09-30" not in text.replace('placeholder="2026-09-30"', "")


def test_a_whole_grid_is_saved_at_once_and_sorted(client, followed, leader):
    client.force_login(leader)
    said = rows(("2026-08-31", "70", ""), ("juli 2026", "62,5", "Semester"), ("2026-09-30", "", ""))
    response = client.post(reverse("measure-values", args=[followed.pk]), said, follow=True)
    assert values_of(followed) == [(JULY, Decimal("62.5")), (AUGUST, 70)]
    assert "2 värden är sparade." in response.text
    assert "De är sorterade." in response.text


def test_a_grid_with_a_fault_saves_nothing_and_says_it_beside_the_cell(client, followed, leader):
    client.force_login(leader)
    said = rows(
        *[("2026-08-31", "70", "Min anteckning"), ("2026-08-31", "71", "")],
        *[("2027-01-31", "72", ""), ("måndag", "73", ""), ("2026-07-31", "många", "")],
        ("2026-06-30", "-", ""),
    )
    response = client.post(reverse("measure-values", args=[followed.pk]), said)
    assert response.status_code == 422
    for sentence in (
        *("Rad 1 gäller samma dag. Behåll en av dem.", "Den dagen har inte kommit än."),
        *("”måndag” är ingen dag.", "”många” är inget tal.", "Skriv varför värdet saknas."),
    ):
        assert sentence in response.text
    assert 'value="Min anteckning"' in response.text
    assert 'id="value-5-fault"' in response.text
    assert not Measurement.objects.exists()


def test_an_empty_grid_says_so(client, followed, leader):
    client.force_login(leader)
    answer = client.post(
        reverse("measure-values", args=[followed.pk]), rows(("2026-08-31", "", ""))
    )
    assert answer.status_code == 422
    assert "Skriv ett värde först." in answer.text


def test_the_grid_of_a_share_has_both_numbers(client, share, leader):
    client.force_login(leader)
    said = parts(("2026-08-31", "12 %", "40", ""), ("2026-07-31", "3", "40", ""))
    answer = client.post(reverse("measure-values", args=[share.pk]), said)
    assert "Skriv själva antalet, inte procent." in answer.text
    said["numerator"][0] = "12"
    client.post(reverse("measure-values", args=[share.pk]), said)
    assert values_of(share) == [(JULY, Decimal("7.5")), (AUGUST, 30)]


# --- a table ------------------------------------------------------------------------------------


def test_a_pasted_table_is_shown_and_saved_when_it_is_confirmed(client, followed, leader):
    write(followed, leader, on=JULY, value=Decimal(60))
    client.force_login(leader)
    address = reverse("measure-table", args=[followed.pk])
    table = "Datum\tVärde\n2026-08-31\t70\n2026-07-31\t62,5\n2026-06-30\tmånga\n"

    shown = client.post(address, {"table": table})
    assert "Spara 2 värden" in shown.text
    assert "Rad 4" in shown.text
    assert "”många” är inget tal" in shown.text
    assert values_of(followed) == [(JULY, 60)]

    answers = {"table": table, "fingerprint": shown.context["plan"].fingerprint}
    client.post(address, answers)
    assert values_of(followed) == [(JULY, Decimal("62.5")), (AUGUST, 70)]
    assert "Oförändrade" in client.post(address, {"table": table}).text


def test_what_has_changed_since_it_was_shown_is_shown_again(client, followed, leader):
    client.force_login(leader)
    address = reverse("measure-table", args=[followed.pk])
    shown = client.post(address, {"table": "2026-08-31;70"})
    write(followed, leader, value=Decimal(60))  # somebody else
    answers = {"table": "2026-08-31;70", "fingerprint": shown.context["plan"].fingerprint}
    again = client.post(address, answers)
    assert "Något har ändrats sedan det visades." in again.text
    assert values_of(followed) == [(AUGUST, 60)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_is_read_by_its_headings(client, share, leader, kind):
    header = ["Av hur många", "Antal", "Datum", "Kommentar"]
    lines = [[40, 12, AUGUST, "Ny mall"], [40, 3, JULY, None]]
    content = csv_of(header, lines) if kind == "csv" else excel_of("Blad", header, lines)
    client.force_login(leader)
    address = reverse("measure-table", args=[share.pk])

    file = SimpleUploadedFile(f"tabell.{kind}", content)
    shown = client.post(address, {"file": file})
    assert "Spara 2 värden" in shown.text

    plan = shown.context["plan"]
    table = shown.context["paste"].initial["table"]
    client.post(address, {"table": table, "fingerprint": plan.fingerprint})
    assert values_of(share) == [(JULY, Decimal("7.5")), (AUGUST, 30)]


@pytest.mark.parametrize(
    ("posted", "says"),
    [
        ({"table": ""}, "Klistra in en tabell eller välj en fil först."),
        ({"table": "Datum\tVärde"}, "Ingen rad har både en dag och ett värde."),
    ],
)
def test_a_table_with_nothing_in_it_says_so(client, followed, leader, posted, says):
    client.force_login(leader)
    answer = client.post(reverse("measure-table", args=[followed.pk]), posted)
    assert answer.status_code == 422
    assert says in answer.text


def test_a_file_that_is_none_says_so(client, followed, leader):
    client.force_login(leader)
    file = SimpleUploadedFile("bild.xlsx", b"PK\x03\x04skrap")
    answer = client.post(reverse("measure-table", args=[followed.pk]), {"file": file})
    assert answer.status_code == 422
    assert "skadad" in answer.text


def test_ten_thousand_rows_are_pasted_and_saved(client, followed, leader):
    first = dt.date(1995, 1, 1)
    days = [first + dt.timedelta(days=n) for n in range(10_000)]
    table = "\n".join(f"{day}\t{n % 7}" for n, day in enumerate(days))
    client.force_login(leader)
    address = reverse("measure-table", args=[followed.pk])
    shown = client.post(address, {"table": table})
    assert "Spara 10000 värden" in shown.text.replace("\xa0", "")
    client.post(address, {"table": table, "fingerprint": shown.context["plan"].fingerprint})
    assert MeasureVerdict.objects.get().points == 10_000


def test_a_series_of_the_same_value_and_a_single_point_are_judged(client, followed, leader):
    write(followed, leader, value=Decimal(5))
    client.force_login(leader)
    address = reverse("work-measure", args=[followed.pk])
    assert "1 mätning hittills" in client.get(address).text
    for n in range(1, 15):
        write(followed, leader, on=AUGUST - dt.timedelta(days=30 * n), value=Decimal(5))
    assert "Alla 15 mätningar är lika: 5." in client.get(address).text
