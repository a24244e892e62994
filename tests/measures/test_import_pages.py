"""Asking for a fetching from Kolada, watching it, breaking it off and trying again what failed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation import jobs
from foundation.models import Job
from measures.models import (
    BatchKind,
    BatchStatus,
    ImportRun,
    Kpi,
    KpiValue,
    QualityArea,
    RunStatus,
    What,
)
from organisation.permissions import Role
from tests.factories import (
    KpiFactory,
    UnitFactory,
    employee,
    home_of,
    measure_of,
    municipalities,
    person_with,
)
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return municipalities(3)


@pytest.fixture
def sofia(where, client):
    """The quality lead of the first municipality, signed in."""
    lead = person_with(Role.QUALITY_LEAD, at=home_of(where[0]), given_name="Sofia")
    client.force_login(lead)
    return lead


def overview(client, **asked):
    return client.get(reverse("import-list"), asked)


def fetch(client, what, **sent):
    return client.post(reverse("import-list"), {"what": what, **sent})


def run_page(client, run, **asked):
    return client.get(reverse("import-run", args=[run.pk]), asked)


def a_run(status=RunStatus.DONE, *, by=None, batches=(), **fields):
    """A run as it may stand, with so many batches of each status."""
    now = timezone.now()
    is_over = status not in (RunStatus.WAITING, RunStatus.RUNNING)
    run = ImportRun.objects.create(
        **{
            "what": What.VALUES,
            "about": "Hemtjänst",
            "status": status,
            "asked_by": by,
            "started_at": now,
            "ended_at": now if is_over else None,
            **fields,
        }
    )
    kpis = [kpi.pk for kpi in KpiFactory.create_batch(2)]
    for position, (of, counts) in enumerate(batches):
        run.batches.create(position=position, kind=BatchKind.VALUES, kpis=kpis, status=of, **counts)
    return run


DONE = (BatchStatus.DONE, {"new": 1200, "changed": 30, "withdrawn": 4, "unchanged": 5000})
FAILED = (BatchStatus.FAILED, {"note": "Kolada svarade inte i tid."})
WAITING = (BatchStatus.WAITING, {})


PAGES = [
    ("get", "import-list"),
    ("post", "import-list"),
    ("get", "import-run"),
    ("get", "import-cancel"),
    ("post", "import-cancel"),
    ("post", "import-retry"),
]


@pytest.mark.parametrize(("method", "name"), PAGES)
def test_others_do_not_find_it(client, where, method, name):
    run = a_run(RunStatus.RUNNING, batches=[WAITING])
    home = home_of(where[0])
    part = UnitFactory(parent=home)
    for nosy in (employee(at=home), person_with(Role.QUALITY_LEAD, at=part)):
        client.force_login(nosy)
        args = [] if name == "import-list" else [run.pk]
        assert getattr(client, method)(reverse(name, args=args)).status_code == 404
    run.refresh_from_db()
    assert run.is_live


# --- what is fetched -------------------------------------------------------------------------------


def test_it_says_what_is_fetched_and_how_old_it_is(client, sofia):
    KpiFactory(is_followed=True)
    measure_of(KpiFactory(fetched_on=timezone.localdate()))
    page = text_of(overview(client))
    assert "2 nyckeltal" in page
    assert "kvalitetsmåtten i 1 område" in page
    assert "1 av dem har inte hämtats från Kolada än" in page
    assert "Värden hämtade senast Aldrig" in page


def test_when_nothing_has_been_fetched_it_says_so(client, sofia):
    page = text_of(overview(client))
    assert "Inget följs än" in page
    assert "Inget har hämtats än." in page


def test_former_fetchings_say_what_they_changed(client, sofia):
    a_run(by=sofia, batches=[DONE, DONE], first_year=2019, last_year=2023)
    a_run(batches=[DONE, FAILED], changed_since=timezone.localdate())
    page = text_of(overview(client))
    assert "2 400" in page
    assert "2019–2023" in page
    assert sofia.name in page
    assert "Klockan" in page
    assert "1 delhämtning misslyckades" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many_rows(client, sofia, count, django_assert_num_queries):
    for _ in range(count):
        a_run(by=sofia, batches=[DONE] * count)
        measure_of(KpiFactory())
    with django_assert_num_queries(13):
        assert len(overview(client).context["runs"]) == count


# --- asking for it ---------------------------------------------------------------------------------


def kpis_of(run):
    return {kpi for batch in run.batches.all() for kpi in batch.kpis}


def test_an_area_is_fetched(client, sofia):
    kpi, other = KpiFactory(), KpiFactory()
    area = measure_of(kpi).area
    measure_of(other)

    answer = fetch(client, "area", area=area.pk, first_year="2019", last_year="2023")

    run = ImportRun.objects.get()
    assert answer["Location"] == reverse("import-run", args=[run.pk])
    assert kpis_of(run) == {kpi.pk}
    assert (run.about, run.first_year, run.last_year, run.asked_by) == (
        area.name,
        2019,
        2023,
        sofia,
    )


def test_all_that_is_followed_is_fetched(client, sofia):
    followed, part, _other = KpiFactory(is_followed=True), KpiFactory(), KpiFactory()
    measure_of(part)
    fetch(client, "followed")
    assert kpis_of(ImportRun.objects.get()) == {followed.pk, part.pk}


def test_only_what_has_changed_is_fetched_unless_one_asks_for_all(client, sofia):
    today = timezone.localdate()
    KpiFactory(is_followed=True, fetched_on=today)
    fetch(client, "followed")
    assert ImportRun.objects.get().changed_since
    ImportRun.objects.all().delete()
    fetch(client, "followed", whole="on")
    assert ImportRun.objects.get().changed_since is None
    ImportRun.objects.all().delete()
    fetch(client, "followed", first_year="2020")
    assert ImportRun.objects.get().changed_since is None


def test_one_kpi_is_fetched(client, sofia):
    kpi = KpiFactory(short_title="Trygga äldre")
    KpiFactory()
    fetch(client, "kpi", kpi=kpi.pk)
    run = ImportRun.objects.get()
    assert kpis_of(run) == {kpi.pk}
    assert run.about == f"{kpi.code} Trygga äldre"


def test_everything_is_fetched(client, sofia):
    kpis = KpiFactory.create_batch(30)
    fetch(client, "everything")
    run = ImportRun.objects.get()
    assert kpis_of(run) == {kpi.pk for kpi in kpis}
    assert run.batches.count() == 2


def test_the_catalogue_is_fetched(client, sofia):
    fetch(client, "catalogue")
    assert ImportRun.objects.get().what == What.CATALOGUE


def test_a_second_press_finds_the_same_fetching(client, sofia):
    KpiFactory(is_followed=True)
    answers = {fetch(client, "followed")["Location"] for _ in range(2)}
    assert len(answers) == 1
    assert ImportRun.objects.count() == 1
    assert Job.objects.count() == 1


def test_one_waits_for_the_fetching_that_is_under_way(client, sofia):
    a_run(RunStatus.RUNNING, batches=[WAITING])
    area = measure_of(KpiFactory()).area
    page = fetch(client, "area", area=area.pk)
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"area"}
    assert "”Hemtjänst”" in text_of(page) or "“Hemtjänst”" in text_of(page)
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"what": ""}, "what"),
        ({"what": "allt"}, "what"),
        ({"what": "area"}, "area"),
        ({"what": "area", "area": "0"}, "area"),
        ({"what": "kpi"}, "kpi"),
        ({"what": "kpi", "kpi": "x"}, "kpi"),
        ({"what": "everything", "first_year": "i fjol"}, "first_year"),
        ({"what": "everything", "last_year": "3000"}, "last_year"),
        ({"what": "everything", "first_year": "2022", "last_year": "2019"}, "last_year"),
    ],
)
def test_what_lacks_is_said_beside_its_field(client, sofia, sent, field):
    KpiFactory()
    page = client.post(reverse("import-list"), sent)
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {field}
    assert not ImportRun.objects.exists()


def test_an_area_without_kpis_has_nothing_to_fetch(client, sofia):
    area = QualityArea.objects.create(slug="tomt", name="Tomt", position=1)
    page = fetch(client, "area", area=area.pk)
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"area"}


def test_a_search_for_a_kpi_brings_the_form_back_as_it_was(client, sofia):
    KpiFactory(title="Trygga äldre")
    page = fetch(client, "kpi", q_kpi="trygga", search_kpi="1", first_year="2020")
    assert page.status_code == 200
    assert "Trygga äldre" in page.text
    assert 'value="2020"' in page.text


def test_the_address_may_say_what_to_fetch(client, sofia):
    kpi = KpiFactory(short_title="Trygga äldre")
    page = overview(client, what="kpi", kpi=kpi.pk)
    assert "Trygga äldre" in page.text
    assert page.context["form"]["what"].value() == "kpi"
    assert overview(client, what="?", kpi="x", area="x", first_year="x").status_code == 200


# --- watching it -----------------------------------------------------------------------------------


def test_one_sees_how_far_it_has_come_and_the_page_asks_again(client, sofia):
    run = a_run(RunStatus.RUNNING, by=sofia, batches=[DONE, FAILED, WAITING, WAITING])
    for page in (overview(client), run_page(client, run)):
        assert 'value="2" max="4"' in page.text
        assert "2 av 4 delhämtningar" in text_of(page)
        assert "1 200" in text_of(page)
        assert 'hx-trigger="load delay:2s"' in page.text


def test_one_is_told_how_long_the_rest_may_take_also_when_it_is_tried_again(client, sofia):
    now = timezone.now()
    long_ago = now - dt.timedelta(days=2)
    old = (BatchStatus.DONE, {"ended_at": long_ago})
    lately = (BatchStatus.DONE, {"ended_at": now})
    run = a_run(
        RunStatus.RUNNING, started_at=long_ago, batches=[old, lately, lately, lately, WAITING]
    )
    Job.objects.create(
        key=run.job_key,
        work="measures.fetch",
        note="Kolada svarar inte.",
        created_at=now - dt.timedelta(minutes=9),
    )
    page = text_of(run_page(client, run))
    assert "ungefär 4 minuter kvar" in page or "ungefär 3 minuter kvar" in page
    assert "Kolada svarar inte." in page


def test_when_it_is_over_the_page_asks_no_more(client, sofia):
    run = a_run(by=sofia, batches=[DONE])
    for page in (overview(client), run_page(client, run)):
        assert 'hx-trigger="load' not in page.text
        assert "<progress" not in page.text


def test_htmx_gets_the_part_alone(client, sofia):
    run = a_run(RunStatus.RUNNING, batches=[WAITING])
    for address, part in (
        (reverse("import-list"), "live"),
        (reverse("import-list"), "runs"),
        (reverse("import-run", args=[run.pk]), "run"),
    ):
        answer = client.get(address, headers={"HX-Request": "true", "HX-Target": part})
        assert answer.text.strip().startswith(f'<div id="{part}"')


def test_when_it_is_over_the_answer_says_how_it_went_and_brings_the_list_along(client, sofia):
    a_run(by=sofia, batches=[DONE])
    part = {"HX-Request": "true", "HX-Target": "live"}
    answer = client.get(reverse("import-list"), headers=part)
    assert 'role="status"' in answer.text
    assert '<div id="runs" class="stack" hx-swap-oob="true">' in answer.text
    assert '<aside class="stack" id="standing" hx-swap-oob="true">' in answer.text


def test_the_batch_that_is_being_fetched_is_named(client, sofia):
    run = a_run(RunStatus.RUNNING, batches=[(BatchStatus.WAITING, {"tries": 1}), WAITING])
    assert text_of(run_page(client, run)).count("Hämtas nu") == 1


def test_the_failed_stand_first_with_their_reason(client, sofia):
    run = a_run(batches=[DONE, DONE, FAILED])
    page = run_page(client, run)
    assert [batch.status for batch, _kpis in page.context["batches"]] == ["failed", "done", "done"]
    assert "Kolada svarade inte i tid." in page.text
    assert "Försök igen med dem som misslyckades" in page.text


def test_a_run_that_went_well_has_nothing_to_try_again(client, sofia):
    assert "Försök igen" not in run_page(client, a_run(batches=[DONE])).text


@pytest.mark.parametrize("count", [1, 3])
def test_a_run_costs_the_same_however_many_batches(client, sofia, count, django_assert_num_queries):
    run = a_run(by=sofia, batches=[FAILED] * count)
    with django_assert_num_queries(12):
        assert len(run_page(client, run).context["batches"]) == count


# --- breaking it off, and trying again -------------------------------------------------------------


def test_breaking_off_is_asked_about_first(client, sofia):
    run = a_run(RunStatus.RUNNING, batches=[DONE, WAITING])
    address = reverse("import-cancel", args=[run.pk])
    assert "Ska hämtningen avbrytas?" in client.get(address).text
    run.refresh_from_db()
    assert run.is_live

    for _ in range(2):  # pressed twice
        assert client.post(address)["Location"] == reverse("import-run", args=[run.pk])

    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED
    assert {batch.status for batch in run.batches.all()} == {"done", "skipped"}
    assert "1 delhämtning blev inte av" in text_of(run_page(client, run))
    assert client.get(address).status_code == 302


def test_only_what_failed_is_tried_again(client, sofia):
    run = a_run(by=sofia, batches=[DONE, FAILED])
    for _ in range(2):  # pressed twice
        client.post(reverse("import-retry", args=[run.pk]))
    run.refresh_from_db()
    assert run.status == RunStatus.WAITING
    assert sorted(batch.status for batch in run.batches.all()) == ["done", "waiting"]
    assert Job.objects.count() == 1


def test_nothing_is_tried_again_while_another_is_under_way(client, sofia):
    failed = a_run(batches=[FAILED])
    a_run(RunStatus.RUNNING, batches=[WAITING], about="Skola")
    page = run_page(client, failed)
    assert 'aria-disabled="true"' in page.text
    assert "Skola" in text_of(page)
    client.post(reverse("import-retry", args=[failed.pk]))
    failed.refresh_from_db()
    assert not failed.is_live


# --- the whole of it -------------------------------------------------------------------------------


def test_values_come_from_kolada(client, sofia, where, kolada):
    kpi = KpiFactory(code="U21468")
    for n, municipality in enumerate(where):
        kolada.world.add_municipality(municipality.code, municipality.name)
        kolada.world.set(kpi.code, municipality.code, 2023, 60 + n)
    kolada.world.add_kpi(kpi.code)

    fetch(client, "kpi", kpi=kpi.pk)
    jobs.run(Job.objects.get().pk)

    run = ImportRun.objects.get()
    assert run.status == RunStatus.DONE
    assert KpiValue.objects.filter(kpi=kpi).count() == 3
    page = text_of(run_page(client, run))
    assert "Nya 3" in page
    assert Kpi.objects.get(pk=kpi.pk).fetched_on == timezone.localdate()
