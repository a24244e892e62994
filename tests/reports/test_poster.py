"""The poster of a workplace: what it says, who makes it, and where its code leads."""

import re
from io import BytesIO

import pytest
import segno
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from foundation import jobs
from foundation.errors import Refused
from foundation.models import Job, JobStatus
from organisation.models import Unit
from organisation.permissions import Role
from reports import poster
from reports.actions import documents
from reports.models import Document
from reports.paper import lay_out
from reports.papers import PAPERS, POSTER
from reports.poster import SHEETS_AT_A_TIME, Size, Wanted
from tests.factories import UnitFactory, employee, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://forbattring.exempel.se/"


@pytest.fixture
def school():
    return UnitFactory(name="Skolan", parent=UnitFactory(name="Exempelstads kommun"))


@pytest.fixture
def sun(school):
    return UnitFactory(name="Förskolan Solen", parent=school)


@pytest.fixture
def manager(school):
    return person_with(Role.MANAGER, at=school)


@pytest.fixture
def signed_in(client, manager):
    client.force_login(manager)
    return client


def make_paper():
    jobs.run(Job.objects.live().get().pk)


def pages_of(document):
    return [page.extract_text() for page in PdfReader(BytesIO(bytes(document.content))).pages]


# --- what it says -----------------------------------------------------------------------------


def test_the_code_holds_a_short_address_that_knows_the_workplace_by_its_id(sun, monkeypatch):
    coded = []
    make = segno.make

    def remember(content, **options):
        coded.append(content)
        return make(content, **options)

    monkeypatch.setattr(segno, "make", remember)
    said = poster.collect(sun, "a4")
    [html] = poster.to_html(said)

    assert coded == [f"https://forbattring.exempel.se/i/{sun.pk}/"]
    assert f"forbattring.exempel.se/i/{sun.pk}</strong>" in html
    assert "data:image/svg+xml" in html


@pytest.mark.parametrize(
    ("language", "question"),
    [("sv", "Vad kan bli bättre hos oss?"), ("en", "What could be better here?")],
)
def test_it_asks_in_either_language(sun, language, question):
    with translation.override(language):
        said = poster.collect(sun, "a4")
    [html] = poster.to_html(said)

    assert question in html
    assert f'lang="{language}"' in html
    assert "Förskolan Solen" in html
    assert "Exempelstads kommun" in html


def test_a_name_of_a_workplace_is_text_and_not_html(school):
    unit = UnitFactory(name="<script>alert(1)</script>", parent=school)
    [html] = poster.to_html(poster.collect(unit, "a4"))
    assert "<script>" not in html


def test_one_for_each_part_but_not_for_those_that_are_closed(school, sun):
    UnitFactory(name="Stängd", parent=school, is_active=False)
    UnitFactory(name="Annat")
    said = poster.collect(school, "a3-all")
    assert {sheet.unit for sheet in said.sheets} == {"Skolan", "Förskolan Solen"}
    assert said.title == "Affischer – Skolan och 1 del av den"


def test_too_many_for_one_file_are_refused_in_words(signed_in, school, sun, monkeypatch):
    monkeypatch.setattr(poster, "MOST_SHEETS", 1)
    with pytest.raises(Refused, match="1 arbetsplatser under den"):
        poster.collect(school, "a4-all")
    assert len(poster.collect(school, "a4").sheets) == 1
    page = signed_in.get(f"{reverse('poster-detail', args=[school.pk])}?variant=a4-all").text
    assert "Välj en del av den." in page
    assert "Gör en PDF" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_facts_cost_the_same_however_many(school, count, django_assert_num_queries):
    for number in range(count):
        UnitFactory(name=f"Enhet {number}", parent=school)
    with django_assert_num_queries(3):
        poster.collect(school, "a4-all")


@pytest.mark.parametrize("variant", ["", "a5", "a4-", "all", "a4-some", "x" * 90])
def test_an_unknown_variant_is_the_usual_one(variant):
    assert Wanted.from_variant(variant) == Wanted(Size.A4)


@pytest.mark.parametrize("wanted", [Wanted(s, p) for s in Size for p in (False, True)], ids=str)
def test_a_variant_is_one_word_and_back(wanted):
    assert Wanted.from_variant(wanted.variant) == wanted


# --- on paper ---------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("size", "width"), [(Size.A4, 210), (Size.A3, 297)])
def test_it_is_one_tagged_sheet_of_the_size(manager, sun, size, width):
    documents.request(kind=POSTER, subject_id=sun.pk, language="sv", variant=str(size), by=manager)
    make_paper()

    document = Document.objects.get()
    pdf = PdfReader(BytesIO(bytes(document.content)))
    [page] = pdf.pages
    assert page.mediabox.width == pytest.approx(width / 25.4 * 72, abs=1)
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    assert pdf.metadata.title == document.title == "Affisch – Förskolan Solen"
    assert "Vad kan bli bättre" in " ".join(page.extract_text().split())


@pytest.mark.slow
def test_many_are_bound_together_and_one_sees_how_far_it_has_come(
    manager, school, sun, monkeypatch
):
    monkeypatch.setattr(poster, "SHEETS_AT_A_TIME", 1)
    seen = []

    def look(html, *styles):
        seen.append(Job.objects.values_list("done", "total").get())
        return lay_out(html, *styles)

    monkeypatch.setattr(documents, "lay_out", look)
    documents.request(
        kind=POSTER, subject_id=school.pk, language="sv", variant="a4-all", by=manager
    )
    make_paper()

    assert seen == [(1, 4), (2, 4)]
    assert Job.objects.get().status == JobStatus.DONE
    pages = pages_of(Document.objects.get())
    assert len(pages) == 2
    assert ["Solen" in page for page in pages].count(True) == 1


@pytest.mark.slow
def test_a_new_one_takes_the_place_of_the_one_before(manager, sun):
    for name in ("Förskolan Solen", "Förskolan Månen"):
        Unit.objects.filter(pk=sun.pk).update(name=name)
        documents.request(kind=POSTER, subject_id=sun.pk, language="sv", variant="a4", by=manager)
        make_paper()
    assert Document.objects.get().title == "Affisch – Förskolan Månen"


def test_a_long_name_stays_on_one_sheet(school):
    unit = UnitFactory(name="Särskilt boende " * 12, parent=school)
    parts = poster.to_html(poster.collect(unit, "a4"))
    assert len(lay_out(parts[0], *PAPERS[POSTER].styles).pages) == 1


def test_so_many_are_laid_out_at_a_time(school):
    for number in range(SHEETS_AT_A_TIME):
        UnitFactory(name=f"Enhet {number}", parent=school)
    assert len(poster.to_html(poster.collect(school, "a4-all"))) == 2


# --- who may ----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.MANAGER, Role.DEVELOPMENT_LEAD, Role.ADMINISTRATOR])
def test_those_who_ask_for_ideas_make_posters_within_reach(role, school, sun):
    person = person_with(role, at=sun)
    assert set(poster.units_for_posters(person)) == {sun}


@pytest.mark.parametrize("role", [Role.DECIDER, Role.COACH, Role.REGISTRAR])
def test_others_make_none(role, sun):
    person = person_with(role, at=sun)
    with pytest.raises(ObjectDoesNotExist):
        documents.request(kind=POSTER, subject_id=sun.pk, language="sv", variant="a4", by=person)


def test_a_poster_is_fetched_by_those_who_may_make_it(client, sun, school):
    document = Document.objects.create(
        kind=POSTER,
        subject_id=sun.pk,
        revision=1,
        edition="latest",
        language="sv",
        variant="a4",
        title="Affisch – Förskolan Solen",
        facts={},
        content=b"%PDF",
        pages=1,
        requested_by=person_with(Role.MANAGER, at=school),
    )
    address = reverse("document-download", args=[document.pk])
    for person, status in [
        (person_with(Role.MANAGER, at=school), 200),
        (person_with(Role.MANAGER, at=UnitFactory()), 404),
        (employee(at=sun), 404),
    ]:
        client.force_login(person)
        assert client.get(address).status_code == status


# --- the pages --------------------------------------------------------------------------------


def test_a_workplace_is_chosen_and_its_poster_shown(signed_in, sun):
    form = {"unit": sun.pk, "scope": "one", "size": "a3", "language": "en"}
    response = signed_in.get(reverse("poster-choose"), form, follow=True)

    assert response.redirect_chain == [
        (f"/affischer/{sun.pk}/?variant=a3&language=en", 302),
    ]
    assert "What could be better here?" in response.text
    assert "A3" in response.text
    assert "Gör en PDF" in response.text


def test_a_link_brings_a_workplace_along(signed_in, sun):
    response = signed_in.get(reverse("poster-choose"), {"unit": sun.pk})
    assert response.status_code == 200
    assert re.search(rf'value="{sun.pk}"[^>]* checked', response.text)


def test_one_can_search_without_javascript(signed_in, sun):
    typed = {"q_unit": "solen", "search_unit": "1", "size": "a3", "scope": "all"}
    response = signed_in.get(reverse("poster-choose"), typed)
    assert response.status_code == 200
    assert f'value="{sun.pk}"' in response.text
    assert re.search(r'value="a3"[^>]* checked', response.text)


def test_a_workplace_out_of_reach_is_refused_beside_the_field(signed_in):
    other = UnitFactory()
    form = {"unit": other.pk, "scope": "one", "size": "a4", "language": "sv"}
    response = signed_in.get(reverse("poster-choose"), form)
    assert response.status_code == 422
    assert "Den går inte att välja längre." in response.text


@pytest.mark.parametrize("role", [Role.DECIDER, Role.COACH])
def test_the_page_is_not_found_by_those_who_make_none(client, role, sun):
    client.force_login(person_with(role, at=sun))
    assert client.get(reverse("poster-choose")).status_code == 404
    assert client.get(reverse("poster-detail", args=[sun.pk])).status_code == 404


def test_asking_shows_the_part_while_it_is_made(signed_in, sun, monkeypatch):
    monkeypatch.setattr(jobs, "send", lambda job: None)
    ask = f"{reverse('poster-request', args=[sun.pk])}?variant=a4&language=sv"
    headers = {"HX-Request": "true", "HX-Target": "poster-paper"}
    response = signed_in.post(ask, follow=True, headers=headers)

    assert response.redirect_chain[-1][0].endswith("?variant=a4&language=sv")
    assert "PDF:en görs" in response.text
    assert "<h1>" not in response.text
    assert Job.objects.get().arguments["variant"] == "a4"


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_many_workplaces(
    signed_in, school, count, django_assert_num_queries
):
    for number in range(count):
        UnitFactory(name=f"Enhet {number}", parent=school)
    # session, person, roles, employments; suggested, their places
    with django_assert_num_queries(6):
        signed_in.get(reverse("poster-choose"))
    # session, person, roles, employments; unit; the organisation, the sheet; counted; job, paper
    with django_assert_num_queries(10):
        signed_in.get(f"{reverse('poster-detail', args=[school.pk])}?variant=a4-all")


# --- the code ---------------------------------------------------------------------------------


def test_the_code_opens_the_form_with_the_workplace_filled_in(client, sun):
    client.force_login(employee(at=UnitFactory()))
    response = client.get(reverse("poster-scan", args=[sun.pk]))
    assert response["Location"] == f"/ideer/ny/?unit={sun.pk}"


def test_whoever_scans_it_signs_in_first_and_then_comes_there(client, sun):
    response = client.get(f"/i/{sun.pk}/")
    assert response["Location"] == f"/konto/login/?next=/i/{sun.pk}/"


@pytest.mark.parametrize("gone", ["closed", "never was"])
def test_an_old_poster_still_leads_to_the_form(client, sun, gone):
    Unit.objects.filter(pk=sun.pk).update(is_active=False)
    client.force_login(employee(at=UnitFactory()))
    pk = sun.pk if gone == "closed" else 999_999
    response = client.get(reverse("poster-scan", args=[pk]), follow=True)
    assert response.redirect_chain[-1][0] == "/ideer/ny/"
    assert "inte längre finns. Välj din." in response.text
