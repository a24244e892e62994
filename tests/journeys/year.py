"""What a team does during its year, one function a step: by role and label, as one finds things."""

import datetime as dt

from playwright.sync_api import Page, expect

from .clocked import ClockedServer
from .steps import follow, press, told, write

TITLE = "Färre fall på natten"
MEASURE = "Fall under natten"
BEFORE = (9, 11, 10, 12, 10, 9, 11, 12, 10, 11, 9, 10)  # falls a week, before anything was tried
AFTER = (6, 5, 6, 4, 5, 6, 5, 4, 5, 6, 5, 4)
LATER = (5, 4, 6, 5, 5, 4, 6, 5, 4, 5, 6, 5)


def start_the_work(page: Page, server: ClockedServer) -> None:
    follow(page, "Starta arbetet")
    write(page, "Rubrik", TITLE)
    write(page, "Vad vill ni uppnå?", "Ingen ska behöva falla på natten hos oss.")
    page.get_by_role("textbox", name="Från").fill("10")
    page.get_by_label("Till", exact=True).fill("6")
    write(page, "Senast", server.today + dt.timedelta(days=150))
    write(page, "Vad mäter ni?", MEASURE)
    write(page, "Räknas i", "fall per vecka")
    page.get_by_label("Lägre är bättre").check()
    page.get_by_label("Per Ask").check()
    press(page, "Starta arbetet")
    told(page, "Arbetet har börjat.")


def paste_values(page: Page, work: int, first: dt.date, values: tuple[int, ...]) -> None:
    """Copy a table from Excel and see what it changes before it is saved."""
    page.goto(f"/arbeten/{work}/matt/")
    page.get_by_role("link", name=MEASURE).first.click()
    follow(page, "Skriv många eller klistra in")
    weeks = (first + dt.timedelta(weeks=week) for week in range(len(values)))
    table = "\n".join(f"{day}\t{value}" for day, value in zip(weeks, values, strict=True))
    page.get_by_label("Klistra in din tabell här").fill(table)
    page.get_by_role("button", name="Visa vad som ändras").first.click()
    press(page, f"Spara {len(values)} värden")
    expect(page.get_by_role("heading", name="Värden", exact=True)).to_be_visible()


def plan_a_cycle(page: Page, work: int) -> None:
    page.goto(f"/arbeten/{work}/cykler/ny/")
    write(page, "Vad vill ni ta reda på?", "Hjälper en lampa?")
    predict(page)
    press(page, "Spara planen")


def predict(page: Page) -> None:
    write(page, "Vad tror ni kommer att hända?", "Högst 6 fall den veckan.")
    write(page, "Vad ska ni göra?", "Tänd nattbelysning i badrummet hos en boende.")


def try_and_learn(page: Page, server: ClockedServer, outcome: str) -> None:
    """Try for some days, compare with what was predicted, and conclude."""
    press(page, "Spara och gå vidare: Börja testet")
    told(page, "(låst)")
    server.wait(days=5)
    page.reload()
    write(page, "Vad gjordes?", "Lampan var tänd fem nätter.")
    press(page, "Spara och gå vidare: Studera resultatet")
    page.get_by_label("Ja, som vi trodde").check()
    write(page, "Vad blev resultatet?", "Inget fall i badrummet.")
    write(page, "Vad lärde ni er?", "Ljuset måste lysa nedåt.")
    press(page, "Spara och gå vidare: Dra slutsatser")
    page.get_by_label(outcome, exact=True).check()
    press(page, "Avsluta cykeln")
    expect(page.get_by_role("button", name="Avsluta cykeln")).to_have_count(0)


def judge_anew(page: Page, work: int) -> None:
    """The chart signals and asks whether one knows why; the cause is written, and limits redrawn."""
    page.goto(f"/arbeten/{work}/matt/")
    page.get_by_role("link", name=MEASURE).first.click()
    told(page, "Förbättring")
    told(page, "Vet ni varför?")
    follow(page, "Skriv orsaken")
    write(page, "Vad är orsaken?", "Nattbelysning som lyser nedåt i alla badrum")
    press(page, "Visa hur det skulle se ut")
    expect(page.locator(".chart__numbered")).to_contain_text("Nattbelysning")
    press(page, "Bedöm måttet på nytt från den dagen")
    expect(page.get_by_role("heading", name="Bedömt på nytt")).to_be_visible()


def write_the_report(page: Page, work: int) -> None:
    page.goto(f"/arbeten/{work}/rapport/")
    press(page, "Börja på rapporten")
    write(page, "Resultat", "Fallen på natten har halverats.")
    write(page, "Det vi lärde oss", "Ljuset måste lysa nedåt.")
    write(page, "Hur många som har deltagit", "12")
    press(page, "Spara")
    press(page, "Skicka till chefen")
    told(page, "Rapporten är skickad till chefen.")


def approve_the_report(page: Page) -> None:
    page.goto("/")
    follow(page, TITLE)
    follow(page, "Läs och godkänn")
    press(page, "Godkänn rapporten")
    told(page, "Rapporten är godkänd.")


def make_the_check(page: Page, months: int) -> None:
    page.goto("/")
    follow(page, TITLE)
    told(page, f"Håller det efter {months} månader?")
    page.get_by_role("group", name="Följs det nya arbetssättet?").get_by_label("Ja").check()
    page.get_by_role("group", name="Finns effekten kvar?").get_by_label("Ja").check()
    press(page, "Skicka")
    told(page, f"Höll efter {months} månader")
