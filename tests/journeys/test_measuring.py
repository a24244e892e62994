"""A team measures on a phone: one value, rows from Excel, what cannot be, and why it became better."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from measures.models import Measurement
from programme.actions import measuring

from .conftest import PHONE
from .steps import follow, press, told, write

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

PASTE = """([selector, text]) => {
  const data = new DataTransfer();
  data.setData("text", text);
  const field = document.querySelector(selector);
  field.focus();
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
BEFORE, AFTER = (62, 64, 61, 63, 65, 60) * 2, (75, 77, 74, 76, 78, 73) * 2


@pytest.fixture
def followed(town):
    """A measure of its own in a work, so that the others' charts stay as they are."""
    share = measuring.NewMeasure(
        "Elever i mattestugan", "procent", "higher", kind="share", per=100, frequency="weekly"
    )
    return measuring.add(work_id=town.works["reporting"].pk, measure=share, by=town["staff"])


def test_a_team_types_and_pastes_values_on_a_phone(town, page_of, accessible, followed):
    page = page_of(town["staff"], viewport=PHONE)
    page.goto(reverse("work-measure", args=[followed.pk]))
    accessible(page)
    follow(page, "Skriv ett värde")
    page.get_by_label("Hur många", exact=True).fill("31")
    write(page, "Av hur många", "30")
    press(page, "Spara värdet")
    told(page, "Det kan inte vara 31 av 30. Har talen bytt plats?")
    accessible(page)
    page.get_by_label("Hur många", exact=True).fill("21")
    press(page, "Spara värdet")
    told(page, "Värdet är sparat.")

    follow(page, "Skriv många eller klistra in")
    accessible(page)
    today = timezone.localdate()
    days = [today - dt.timedelta(weeks=n) for n in range(8, 0, -1)]
    rows = "\n".join(f"{day}\t{20 + n}\t3O" for n, day in enumerate(days))
    page.evaluate(PASTE, ["#taken_on-1", rows])
    assert page.locator("#numerator-8").input_value() == "27"
    press(page, "Spara alla")
    told(page, "”3O” är inget tal.")
    accessible(page)
    page.evaluate(PASTE, ["#denominator-1", "\n".join(["30"] * 8)])
    press(page, "Spara alla")
    told(page, "8 värden är sparade.")
    accessible(page)
    assert Measurement.objects.filter(measure=followed.measure_id).count() == 9


def test_a_team_says_why_it_became_better_and_takes_it_back(town, page_of, accessible):
    extra = measuring.NewMeasure("Frågor på lektionen", "frågor", "higher", frequency="weekly")
    work = town.works["reporting"]
    followed = measuring.add(work_id=work.pk, measure=extra, by=town["staff"])
    today = timezone.localdate()
    table = "\n".join(
        f"{today - dt.timedelta(weeks=24 - n)}\t{value}"
        for n, value in enumerate((*BEFORE, *AFTER))
    )
    page = page_of(town["staff"])
    page.goto(reverse("measure-values", args=[followed.pk]))
    page.get_by_label("Klistra in din tabell här").fill(table)
    page.get_by_role("button", name="Visa vad som ändras").first.click()
    told(page, "Inget är sparat än.")
    accessible(page)
    press(page, "Spara 24 värden")
    told(page, "Vet ni varför?")
    accessible(page)

    follow(page, "Skriv orsaken")
    write(page, "Vad är orsaken?", "Äldre elever hjälper till sedan i våras.")
    press(page, "Visa hur det skulle se ut")
    told(page, "Äldre elever hjälper till sedan i våras")
    accessible(page)
    press(page, "Bedöm måttet på nytt från den dagen")
    told(page, "Beslutat av")
    accessible(page)
    press(page, "Ångra")
    told(page, "Fasen är ångrad.")
    told(page, "Ångrat av")
