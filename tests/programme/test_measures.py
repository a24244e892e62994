"""What a work measures: small charts, one measure, its settings, and what is taken along."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.errors import Refused
from measures.models import Measurement, MeasureVerdict, TeamMeasure
from programme.actions import charter, measuring
from programme.models import Member, Phase, WorkMeasure
from tests.factories import TODAY, PersonFactory, cycle_in

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 9, 15, 12, tzinfo=dt.UTC)  # of TODAY


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The pages read the clock; here it stands still."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture
def followed(work):
    return work.followed.get()


@pytest.fixture
def guest(work):
    person = PersonFactory(is_guest=True)
    work.memberships.create(person=person, role=Member.GUEST)
    return person


def month_end(months_ago):
    first = TODAY.replace(day=1)
    for _ in range(months_ago - 1):
        first = (first - dt.timedelta(days=1)).replace(day=1)
    return first - dt.timedelta(days=1)


def measured(followed, by, *values):
    """A value for each of the latest months, the newest last."""
    for months_ago, value in zip(range(len(values), 0, -1), values, strict=True):
        measuring.record_value(
            followed_id=followed.pk,
            taken_on=month_end(months_ago),
            value=Decimal(str(value)),
            on=TODAY,
            by=by,
        )


SETTINGS = {
    "name": "Tid per besök",
    "unit_word": "minuter",
    "direction": "lower",
    "purpose": "balancing",
    "kind": "value",
    "frequency": "weekly",
    "rules": "anhoej",
    "screening": "on",
}


# --- all of them ------------------------------------------------------------------------------


def test_the_tab_shows_each_measure_with_its_newest_value_and_when_the_next_is_due(
    client, work, followed, leader
):
    measured(followed, leader, 62, 70)
    client.force_login(leader)

    text = client.get(reverse("work-measures", args=[work.pk])).text

    assert "70\xa0procent" in text
    assert "För tidigt att säga." in text
    assert "Nästa värde gäller 30\xa0september 2026." in text
    assert reverse("work-measure", args=[followed.pk]) in text
    assert "small-chart" in text


def test_a_late_value_is_said(client, work, followed, leader):
    measured(followed, leader, 62)
    Measurement.objects.update(taken_on=dt.date(2026, 6, 30))
    MeasureVerdict.objects.update(newest_on=dt.date(2026, 6, 30))
    client.force_login(leader)
    text = client.get(reverse("work-measures", args=[work.pk])).text
    assert "Värdet för 31\xa0juli 2026 saknas." in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_tab_costs_the_same_however_many_measures(
    client, work, followed, leader, count, django_assert_num_queries
):
    for _ in range(count - 1):
        measuring.add(work_id=work.pk, measure=new_measure(), by=leader)
    measured(followed, leader, *range(60, 60 + count))
    client.force_login(leader)
    # session, person, work, measures with verdicts, team, assignments, unread
    with django_assert_num_queries(7):
        client.get(reverse("work-measures", args=[work.pk]))


def new_measure(**changes):
    said = {"name": "Övertid", "unit_word": "timmar", "direction": "lower"}
    return measuring.NewMeasure(**{**said, **changes})


# --- one --------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_a_measure_costs_the_same_however_many_values(
    client, work, followed, leader, count, django_assert_num_queries
):
    for _ in range(count):
        cycle_in(work, Phase.CLOSED, by=leader)
    measured(followed, leader, *range(60, 60 + count))
    client.force_login(leader)
    # session, person, measure, values, phases, cycles, corrections, phases told, journal,
    # team, assignments, unread
    with django_assert_num_queries(12):
        client.get(reverse("work-measure", args=[followed.pk]))


def test_the_page_shows_chart_sentence_table_and_facts(client, work, followed, leader):
    measured(followed, leader, 62, 70)
    measuring.set_ends(
        followed_id=followed.pk,
        start=(Decimal(60), dt.date(2026, 1, 31)),
        end=None,
        on=TODAY,
        by=leader,
    )
    client.force_login(leader)

    text = client.get(reverse("work-measure", args=[followed.pk])).text

    assert "<svg" in text
    assert "2 mätningar hittills" in text
    assert "2026-08-31" in text
    assert "Mätt 31\xa0januari 2026. Nedskrivet av Jonas Lind." in text
    assert "valt för att det passar" in text
    assert "data-explore" in text


def test_a_measure_without_values_says_how_it_begins(client, followed, leader):
    client.force_login(leader)
    text = client.get(reverse("work-measure", args=[followed.pk])).text
    assert "Inga värden än" in text
    for name in ("measure-svg", "measure-csv", "work-measure-explore", "measure-wall"):
        assert client.get(reverse(name, args=[followed.pk])).status_code == 200


def test_a_guest_reads_and_writes_nothing(client, followed, leader, guest):
    measured(followed, leader, 62)
    client.force_login(guest)
    page = client.get(reverse("work-measure", args=[followed.pk]))
    assert page.status_code == 200
    assert reverse("measure-record", args=[followed.pk]) not in page.text
    value = {"taken_on": "2026-09-01", "value": "7"}
    answer = client.post(reverse("measure-record", args=[followed.pk]), value)
    assert answer.status_code == 404
    with pytest.raises(Refused, match="Bara teamet"):
        measured(followed, guest, 63)
    assert Measurement.objects.count() == 1


# --- which they are ---------------------------------------------------------------------------


def test_a_measure_is_followed_with_all_that_is_chosen(client, work, leader, member):
    client.force_login(leader)
    add = reverse("measure-add", args=[work.pk])
    refused = client.post(add, {**SETTINGS, "name": ""})
    assert refused.status_code == 422
    assert "minuter" in refused.text

    answers = {**SETTINGS, "kind": "share", "unit_word": "procent", "collector": member.pk}
    client.post(add, {**answers, "target": "95", "definition": "Varje fredag"})

    measure = TeamMeasure.objects.get(name="Tid per besök")
    assert (measure.kind, measure.per, measure.target) == ("share", 100, 95)
    assert (measure.frequency, measure.collector) == ("weekly", member)


def test_settings_are_changed_and_the_chart_is_judged_by_them(client, followed, leader):
    measured(followed, leader, *[62, 70] * 7)
    assert MeasureVerdict.objects.get().facts["kind"] == "i"
    client.force_login(leader)
    address = reverse("measure-settings", args=[followed.pk])
    assert "Måttets inställningar" in client.get(address).text

    client.post(address, {**SETTINGS, "chart": "run", "purpose": "outcome"})

    assert MeasureVerdict.objects.get().facts["kind"] == "run"
    followed.refresh_from_db()
    assert followed.measure.direction == "lower"
    assert followed.measure.target == 90  # the aim, which is changed in the charter


def test_values_without_parts_cannot_become_shares(client, followed, leader):
    measured(followed, leader, 62)
    client.force_login(leader)
    address = reverse("measure-settings", args=[followed.pk])
    answer = client.post(address, {**SETTINGS, "kind": "share"})
    assert answer.status_code == 422
    assert "kan inte bli en andel" in answer.text


def test_the_aim_is_the_target_of_its_measure(work, followed, leader):
    charter.change(work_id=work.pk, changes={"aim_to": Decimal(95)}, by=leader)
    followed.refresh_from_db()
    assert followed.measure.target == 95
    assert MeasureVerdict.objects.get().facts["target"] == 95


def test_a_measure_goes_while_it_is_empty_and_ends_when_it_is_not(client, work, leader):
    extra = measuring.add(work_id=work.pk, measure=new_measure(), by=leader)
    client.force_login(leader)
    measured(extra, leader, 5)

    client.post(reverse("measure-step", args=[extra.pk, "ta-bort"]))
    assert WorkMeasure.objects.filter(pk=extra.pk).exists()
    client.post(reverse("measure-step", args=[extra.pk, "avsluta"]))
    extra.refresh_from_db()
    assert extra.measure.ended_on == TODAY
    assert "Måttet avslutades" in client.get(reverse("work-measure", args=[extra.pk])).text
    client.post(reverse("measure-step", args=[extra.pk, "fortsatt"]))

    other = measuring.add(work_id=work.pk, measure=new_measure(), by=leader)
    client.post(reverse("measure-step", args=[other.pk, "ta-bort"]))
    assert not TeamMeasure.objects.filter(pk=other.measure_id).exists()


def test_the_measure_of_the_aim_stays(client, followed, leader):
    client.force_login(leader)
    for step in ("ta-bort", "avsluta"):
        client.post(reverse("measure-step", args=[followed.pk, step]))
    followed.refresh_from_db()
    assert followed.measure.ended_on is None


def test_the_values_before_the_first_test_show_how_it_was(work, followed, leader):
    cycle_in(work, Phase.CLOSED, by=leader, on=TODAY - dt.timedelta(days=20))
    cycle_in(work, Phase.DO, by=leader, on=TODAY)
    late = measuring.add(work_id=work.pk, measure=new_measure(), by=leader)
    for one in (followed, late):
        one.refresh_from_db()
        assert one.measure.baseline_until == TODAY - dt.timedelta(days=20)


# --- to take along ----------------------------------------------------------------------------


def test_chart_and_table_are_taken_along(client, followed, leader):
    measured(followed, leader, 62, 70)
    client.force_login(leader)

    svg = client.get(reverse("measure-svg", args=[followed.pk]))
    assert svg["Content-Type"].startswith("image/svg+xml")
    assert "attachment" in svg["Content-Disposition"]
    csv = client.get(reverse("measure-csv", args=[followed.pk])).content.decode("utf-8-sig")
    assert csv.splitlines()[-1].startswith("2026-08-31;70")
    data = client.get(reverse("work-measure-explore", args=[followed.pk])).json()
    assert data["kind"] == "time"
    assert [62, 70] in [series["y"] for series in data["series"]]


def test_the_wall_fetches_itself_anew(client, followed, leader):
    measured(followed, leader, 62)
    client.force_login(leader)
    address = reverse("measure-wall", args=[followed.pk])
    assert 'http-equiv="refresh"' in client.get(address).text
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "wall"}).text
    assert part.lstrip().startswith('<div id="wall"')


# --- who --------------------------------------------------------------------------------------


def test_what_one_may_not_see_is_not_found(client, work, followed, leader, stranger):
    measured(followed, leader, 62)
    client.force_login(stranger)
    measurement = Measurement.objects.get()
    hidden = [
        reverse("work-measures", args=[work.pk]),
        reverse("measure-step", args=[followed.pk, "avsluta"]),
        reverse("measurement-detail", args=[measurement.pk]),
        reverse("measurement-include", args=[measurement.pk]),
        *(
            reverse(name, args=[followed.pk])
            for name in (
                *("work-measure", "measure-record", "measure-values", "measure-table"),
                *("measure-rebase", "measure-settings", "measure-ends", "measure-wall"),
                *("measure-svg", "measure-csv", "work-measure-explore"),
            )
        ),
    ]
    for address in hidden:
        assert client.post(address).status_code in {404, 405}
        assert client.get(address).status_code in {404, 405}
