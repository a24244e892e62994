"""What people do in the chain, one function a step: by role and label, as a person finds things."""

import datetime as dt

from django.utils import timezone
from playwright.sync_api import Page, expect

BEFORE = (41, 43, 40, 42, 44, 41)
AFTER = (55, 57, 60, 58, 61, 63)
NEED = "Många elever i åk 9 når inte målen i matematik."
PREDICTION = "8 av 10 vågar fråga."


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def write(page: Page, label: str, text: object) -> None:
    page.get_by_label(label).and_(page.locator("input, textarea")).fill(str(text))


def told(page: Page, text: str, **options) -> None:
    """Wait until the page says it."""
    expect(page.get_by_text(text).first).to_be_visible(**options)


# --- the idea ---------------------------------------------------------------------------------


def find_a_red_measure(page: Page, accessible) -> None:
    page.goto("/kvalitet/")
    accessible(page)
    follow(page, "Grundskola")
    told(page, "Behöver uppmärksamhet")
    accessible(page)
    page.get_by_role("link", name="sämsta fjärdedelen").first.click()
    accessible(page)
    follow(page, "Starta en förbättring")
    told(page, "Idén gäller måttet")


def leave_an_idea(page: Page, accessible, need: str = NEED) -> None:
    write(page, "Vad är behovet?", need)
    write(page, "Vem skulle det bli bättre för?", "Eleverna i åk 9")
    accessible(page)
    press(page, "Skicka in")
    told(page, "Tack! Din idé är inskickad.")
    accessible(page)


def prepare_it(page: Page, accessible, need: str = NEED) -> None:
    page.goto("/")
    follow(page, need[:20])
    press(page, "Börja bereda")
    follow(page, "Kostnader och beredning")
    write(page, "Överenskommet med", "Arbetslaget i matematik")
    line = page.get_by_role("group", name="Kostnad 1")
    line.get_by_label("Typ").select_option(label="Personal och vikarier")
    line.get_by_label("Vad").fill("Planering tillsammans")
    line.get_by_label("Timmar").fill("40")
    line.get_by_label("Kronor per timme").fill("310,50")
    accessible(page)
    press(page, "Spara")
    told(page, "Beredningen är sparad.")
    press(page, "Lämna till beslut")
    told(page, "Klar för beslut")
    told(page, "12 420 kr")
    accessible(page)


def approve_it(page: Page, accessible, fund: str, need: str = NEED) -> None:
    page.goto("/")
    follow(page, need[:20])
    follow(page, "Besluta")
    page.get_by_label("Bifall").check()
    page.get_by_label("Pott").select_option(label=fund)
    write(page, "Motivering", "Stor nytta för många elever.")
    write(page, "Punkt i delegationsordningen", "4.12")
    accessible(page)
    press(page, "Registrera beslutet")
    told(page, "Beslutet är registrerat.")


def allocate(page: Page, accessible, fund: str, kronor: str) -> None:
    page.goto("/pengar/")
    accessible(page)
    follow(page, fund)
    told(page, NEED[:20])  # it waits in the queue
    follow(page, "Tilldela")
    write(page, "Belopp", kronor)
    accessible(page)
    press(page, "Tilldela")
    told(page, "Ingen väntar.")
    accessible(page)


# --- the work ---------------------------------------------------------------------------------


def start_the_work(page: Page, accessible) -> None:
    follow(page, "Starta arbetet")
    write(page, "Rubrik", "Mattestuga som vågar")
    write(page, "Vad vill ni uppnå?", "Fler i åk 9 når målen i matematik.")
    page.get_by_role("textbox", name="Från").fill("41")
    page.get_by_label("Till", exact=True).fill("60")
    write(page, "Senast", timezone.localdate() + dt.timedelta(days=120))
    write(page, "Vad mäter ni?", "Elever som når målen på veckans prov")
    write(page, "Räknas i", "procent")
    page.get_by_label("Högre är bättre").check()
    page.get_by_label("Per Ask").check()
    accessible(page)
    press(page, "Starta arbetet")
    told(page, "Arbetet har börjat.")
    accessible(page)
    press(page, "Börja testa")


def run_a_cycle(page: Page, accessible) -> None:
    """Plan, try, compare and conclude; what was predicted cannot be changed once it is tried."""
    follow(page, "Planera ett test")
    write(page, "Vad vill ni ta reda på?", "Hjälper det att räkna två och två?")
    write(page, "Vad tror ni kommer att hända?", PREDICTION)
    write(page, "Vad ska ni göra?", "Räkna två och två på torsdagens lektion.")
    page.get_by_label("En dag").check()
    accessible(page)
    press(page, "Spara planen")
    press(page, "Spara och gå vidare: Börja testet")

    told(page, "(låst)")
    told(page, PREDICTION)
    expect(page.get_by_label("Vad tror ni kommer att hända?")).to_have_count(0)
    accessible(page)
    write(page, "Vad gjordes?", "Alla par kom igång utan hjälp.")
    press(page, "Spara och gå vidare: Studera resultatet")

    page.get_by_label("Delvis som vi trodde").check()
    write(page, "Vad blev resultatet?", "6 av 10 frågade.")
    write(page, "Vad lärde ni er?", "Paren behöver bytas ofta.")
    accessible(page)
    press(page, "Spara och gå vidare: Dra slutsatser")

    page.get_by_label("Inför", exact=True).check()
    accessible(page)
    press(page, "Avsluta cykeln")
    expect(page.get_by_role("button", name="Avsluta cykeln")).to_have_count(0)
    accessible(page)


def measure_week_by_week(page: Page, accessible) -> None:
    """Write one value down, and then the others in one go; the chart draws itself."""
    page.goto("/arbeten/")
    accessible(page)
    follow(page, "Mattestuga")
    today = timezone.localdate()
    values = {today - dt.timedelta(weeks=11 - w): v for w, v in enumerate((*BEFORE, *AFTER))}
    (first, value), *others = values.items()
    follow(page, "Lägg till ett mätvärde")
    write(page, "Dag", first)
    write(page, "procent", value)
    accessible(page)
    press(page, "Spara värdet")
    expect(page.get_by_role("heading", name="Värden", exact=True)).to_be_visible()
    follow(page, "Skriv många eller klistra in")
    accessible(page)
    table = "\n".join(f"{day}\t{value}" for day, value in others)
    page.get_by_label("Klistra in din tabell här").fill(table)
    page.get_by_role("button", name="Visa vad som ändras").first.click()
    accessible(page)
    press(page, f"Spara {len(others)} värden")
    chart = page.get_by_role("img").first
    expect(chart).to_be_visible()
    accessible(page)


# --- the report -------------------------------------------------------------------------------


def write_the_report(page: Page, accessible) -> None:
    """Begin it, find it filled from the work, write what is missing and send it."""
    page.goto("/arbeten/")
    follow(page, "Mattestuga")
    follow(page, "Börja på rapporten")
    press(page, "Börja på rapporten")
    expect(page.get_by_label("Bakgrund")).to_have_value(NEED)
    expect(page.get_by_label("Så gjorde vi")).not_to_have_value("")
    write(page, "Resultat", "Fler når målen: från 41 till 63 procent.")
    write(page, "Det vi lärde oss", "Paren behöver bytas ofta.")
    write(page, "Hur många som har deltagit", "24")
    write(page, "Hur ni vill använda ersättningen", "En studieresa till Kalmar")
    accessible(page)
    press(page, "Spara")
    told(page, "En studieresa till Kalmar")
    accessible(page)
    press(page, "Skicka till chefen")
    told(page, "Rapporten är skickad till chefen.")


def approve_the_report(page: Page, accessible) -> None:
    page.goto("/")
    accessible(page)
    follow(page, "Mattestuga")
    told(page, "Fler når målen")
    accessible(page)
    follow(page, "Läs och godkänn")
    accessible(page)
    press(page, "Godkänn rapporten")
    told(page, "Rapporten är godkänd.")
    expect(page.get_by_role("progressbar", name="PDF:en görs")).to_be_visible()
    accessible(page)


def fetch_the_paper(page: Page) -> bytes:
    """Wait on the same page until the worker has made the PDF, and download it."""
    paper = page.locator("#report-document").get_by_role("link", name="Förbättringsrapport")
    expect(paper).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        paper.click()
    return download.value.path().read_bytes()
