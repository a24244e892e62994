"""What each role mostly comes here to do, in short."""

import pytest
from playwright.sync_api import expect

from improvement.models import Idea, IdeaStatus
from organisation.models import Person
from organisation.permissions import Role
from programme.models import ReportStatus
from tests.organisation.files import people_csv

from .conftest import PHONE
from .steps import follow, press, told, write

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

EVERYONE = ["Start", "Idéer", "Kvalitet", "Arbeten"]
# What the menu holds besides that.
MENU = {
    Role.DEVELOPMENT_LEAD: ["Pengar", "Möten"],
    Role.DECIDER: ["Pengar", "Möten"],
    Role.MANAGER: ["Pengar"],
    Role.REGISTRAR: ["Pengar", "Möten"],
    Role.ADMINISTRATOR: ["Organisation"],
    Role.COACH: ["Coachning"],
    Role.PROGRAMME_LEAD: ["Coachning"],
}


@pytest.mark.parametrize("role", Role, ids=str)
def test_the_start_page_shows_each_role_what_is_theirs(town, page_of, accessible, role):
    page = page_of(town[role])

    page.goto("/")

    menu = page.get_by_role("navigation", name="Meny").first.get_by_role("link")
    assert menu.all_inner_texts() == EVERYONE + MENU.get(role, [])
    accessible(page)


def test_staff_leave_a_draft_on_a_phone_and_find_it_again(town, page_of, accessible):
    page = page_of(town["colleague"], viewport=PHONE)
    page.goto("/")
    follow(page, "Lämna en idé")
    write(page, "Vad är behovet?", "Cyklarna står i vägen vid entrén.")
    press(page, "Spara som utkast")
    told(page, "Utkastet är sparat. Bara du ser det.")

    page.goto("/")
    follow(page, "Cyklarna står i vägen")
    told(page, "Utkast")
    accessible(page)
    follow(page, "Ändra och skicka in")
    write(page, "Vem skulle det bli bättre för?", "Alla som kommer till skolan")
    press(page, "Skicka in")

    told(page, "Inskickad")
    idea = Idea.objects.get(author=town["colleague"])
    assert idea.status == IdeaStatus.SUBMITTED


def test_the_development_lead_asks_for_more_and_the_author_is_told(town, page_of, accessible):
    lead, author = page_of(town["development_lead"]), page_of(town["staff"], viewport=PHONE)
    lead.goto("/ideer/")
    follow(lead, "Lugnare matsal")
    lead.get_by_text("Mer du kan göra").click()
    follow(lead, "Be om komplettering")
    press(lead, "Be om komplettering")
    told(lead, "Något behöver ändras")
    accessible(lead)
    write(lead, "En mening till den som skrev idén", "Vilka tider är det värst?")
    press(lead, "Be om komplettering")
    told(lead, "Behöver kompletteras")

    author.goto("/")
    follow(author, "Lugnare matsal")
    told(author, "Vilka tider är det värst?")
    accessible(author)


def test_the_decider_says_no_and_the_author_reads_why(town, page_of, accessible):
    decider, author = page_of(town["decider"]), page_of(town["staff"], viewport=PHONE)
    decider.goto("/")
    follow(decider, "Skolgårdsvärdar")
    follow(decider, "Besluta")
    decider.get_by_label("Avslag").check()
    write(decider, "Motivering", "Rastvakterna gör redan detta.")
    write(decider, "Punkt i delegationsordningen", "4.12")
    press(decider, "Registrera beslutet")
    told(decider, "Beslutet är registrerat.")
    accessible(decider)

    author.goto("/ideer/")
    follow(author, "Skolgårdsvärdar")
    told(author, "Rastvakterna gör redan detta.")
    accessible(author)


def test_the_manager_returns_a_report_and_the_team_reads_the_question(town, page_of, accessible):
    manager, leader = page_of(town["manager"]), page_of(town["staff"])
    report = town.reports["reported"]
    manager.goto(f"/arbeten/rapporter/{report.pk}/")
    follow(manager, "Läs och godkänn")
    follow(manager, "Lämna tillbaka")
    write(manager, "Varför?", "Hur många elever är det?")
    accessible(manager)
    press(manager, "Lämna tillbaka")
    told(manager, "Teamet har fått tillbaka rapporten")

    report.refresh_from_db()
    assert report.status == ReportStatus.RETURNED
    leader.goto(f"/arbeten/rapporter/{report.pk}/")
    told(leader, "Hur många elever är det?")
    follow(leader, "Skriv på rapporten")
    accessible(leader)


def test_the_coach_follows_a_work(town, page_of, accessible):
    page = page_of(town["coach"])
    page.goto("/arbeten/")
    accessible(page)
    page.goto(f"/arbeten/{town.works['running'].pk}/")
    told(page, "Coach")
    page.get_by_role("link", name="Cykel 2", exact=True).click()
    told(page, "(låst)")
    accessible(page)


def test_the_quality_lead_opens_a_measure_and_its_rank(town, page_of, accessible):
    page = page_of(town["quality_lead"])
    page.goto("/kvalitet/grundskola/")
    page.get_by_role("link", expanded=False).first.click()
    opened = page.get_by_role("link", expanded=True)
    expect(opened).to_have_count(1)
    expect(page.locator("tr.part").first).to_be_visible()
    accessible(page)

    follow(page, "3 Rang och differens")
    difference = page.get_by_role("columnheader", name="Differens")
    expect(difference).to_be_visible()
    accessible(page)
    page.go_back()
    expect(difference).to_have_count(0)
    expect(opened).to_have_count(1)


def test_the_administrator_reads_in_people_and_gives_a_role(town, page_of, accessible):
    page = page_of(town["administrator"])
    page.goto("/organisation/import/")
    new = ("2001", "Örjan", "Ek", "orjan.ek@exempel.se", "BUF-ELL", "Rektor", "2019-08-19", "")
    wrong = ("2002", "Nina", "Ås", "nina.as@exempel.se", "FEL", "Lärare", "2019-08-19", "")
    _hand_in(page, people_csv(new, wrong))
    told(page, "FEL")
    accessible(page)

    _hand_in(page, people_csv(new))
    accessible(page)
    press(page, "Ja, gör så")
    page.get_by_role("link", name="Till organisationen").click(timeout=30_000)
    orjan = Person.objects.get(email="orjan.ek@exempel.se")

    page.goto("/organisation/personer/")
    write(page, "Namn eller e-post", "örjan")
    press(page, "Sök")
    told(page, "1 person")
    follow(page, "Ek, Örjan")
    page.get_by_label("Roll").select_option(label="Chef")
    page.get_by_label("Enhet").select_option(label="– – Ellen Keyskolan")
    press(page, "Ge rollen")
    told(page, "Örjan Ek har fått rollen.")
    accessible(page)
    assert orjan.assignments.get().role == Role.MANAGER


def _hand_in(page, content):
    file = {"name": "personal.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("Fil", exact=True).set_input_files(file)
    press(page, "Läs filen")


def test_the_registrar_reads_decisions_and_the_ledger_and_changes_nothing(
    town, page_of, accessible
):
    page = page_of(town["registrar"])
    page.goto("/pengar/")
    follow(page, "Förbättringspotten")
    follow(page, "Läxhjälp på biblioteket")
    told(page, "Stor nytta för många.")
    accessible(page)
    where_it_is = page.get_by_role("region", name="Var den är nu")
    assert where_it_is.get_by_role("button").count() == 0
