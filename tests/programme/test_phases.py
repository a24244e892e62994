"""A measure that is judged anew: asked about by the chart, decided by a person, undone in sight."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.errors import Refused
from foundation.models import Event
from measures.models import MeasurePhase, MeasureVerdict
from programme.actions import measuring
from programme.models import Phase
from tests.factories import TODAY, cycle_in

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 9, 15, 12, tzinfo=dt.UTC)  # of TODAY
BEFORE = (62, 64, 61, 63, 65, 60, 62, 64, 61, 63, 65, 60)
AFTER = (75, 77, 74, 76, 78, 73, 75, 77, 74, 76, 75, 78)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The pages read the clock; here it stands still."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture
def followed(work):
    return work.followed.get()


def measured(followed, by, *values):
    """A value a week, the newest today; the days of the values."""
    days = [TODAY - dt.timedelta(weeks=n) for n in range(len(values))][::-1]
    for day, value in zip(days, values, strict=True):
        measuring.record_value(
            followed_id=followed.pk, taken_on=day, value=Decimal(value), on=TODAY, by=by
        )
    return days


def rebase(followed, by, day, because="Små lag sedan mars"):
    return measuring.rebase(
        followed_id=followed.pk, starts_on=day, because=because, on=TODAY, by=by
    )


def test_the_page_asks_when_the_chart_shows_a_wanted_change(client, followed, leader):
    measured(followed, leader, *BEFORE, *AFTER)
    client.force_login(leader)
    assert "Vet ni varför?" in client.get(reverse("work-measure", args=[followed.pk])).text


def test_it_asks_for_nothing_while_nothing_has_changed(client, followed, leader):
    measured(followed, leader, *BEFORE, *BEFORE)
    client.force_login(leader)
    assert "Vet ni varför?" not in client.get(reverse("work-measure", args=[followed.pk])).text
    page = client.get(reverse("measure-rebase", args=[followed.pk])).text
    assert "Diagrammet visar ingen förändring som består" in page


def test_the_day_and_the_tests_near_it_are_suggested_and_shown_before_anything_is_done(
    client, work, followed, leader
):
    days = measured(followed, leader, *BEFORE, *AFTER)
    cycle = cycle_in(work, Phase.CLOSED, by=leader, on=days[11])
    client.force_login(leader)
    address = reverse("measure-rebase", args=[followed.pk])

    text = client.get(address).text
    assert f'value="{days[12]}"' in text
    assert "Test 1: Hjälper en lapp på dörren?" in text
    shown = client.post(address, {"starts_on": days[12], "cycle": cycle.pk, "show": ""}).text
    assert "Test 1: Hjälper en lapp på dörren?" in shown
    assert "chart-centre--before" in shown  # the old line, in grey
    assert not MeasurePhase.objects.exists()


def test_it_is_confirmed_with_a_cause_and_judged_anew(client, work, followed, leader):
    days = measured(followed, leader, *BEFORE, *AFTER)
    cycle = cycle_in(work, Phase.CLOSED, by=leader, on=days[11])
    assert MeasureVerdict.objects.get().verdict == "better"
    client.force_login(leader)
    address = reverse("measure-rebase", args=[followed.pk])

    none = client.post(address, {"starts_on": days[12], "because": "", "confirm": ""})
    assert none.status_code == 422
    assert "Skriv orsaken." in none.text
    said = {"starts_on": days[12], "cycle": cycle.pk, "because": "Lappen sitter kvar"}
    client.post(address, {**said, "confirm": ""})

    phase = MeasurePhase.objects.get()
    assert (phase.starts_on, phase.made_by) == (days[12], leader)
    assert phase.because == "Test 1: Lappen sitter kvar"
    assert MeasureVerdict.objects.get().verdict == "chance"
    page = client.get(reverse("work-measure", args=[followed.pk])).text
    assert "Beslutat av Jonas Lind" in page
    assert Event.objects.filter(kind="work.rebase").count() == 1


def test_too_few_values_say_how_many_more(followed, leader):
    days = measured(followed, leader, *BEFORE, *AFTER[:9])
    with pytest.raises(Refused, match="Vänta på 1 till"):
        rebase(followed, leader, days[12])


def test_not_from_the_first_value(followed, leader):
    days = measured(followed, leader, *BEFORE, *AFTER)
    with pytest.raises(Refused, match="efter det första värdet"):
        rebase(followed, leader, days[0])


def test_not_when_it_went_the_wrong_way(followed, leader):
    days = measured(followed, leader, *AFTER, *BEFORE)
    with pytest.raises(Refused, match="önskade hållet"):
        rebase(followed, leader, days[12])


def test_not_by_a_stranger(followed, leader, stranger):
    days = measured(followed, leader, *BEFORE, *AFTER)
    with pytest.raises(Refused, match="Bara teamet"):
        rebase(followed, stranger, days[12])


def test_it_is_undone_in_sight_and_not_twice(client, followed, leader, member):
    days = measured(followed, leader, *BEFORE, *AFTER)
    phase = rebase(followed, leader, days[12])
    client.force_login(member)

    client.post(reverse("phase-undo", args=[phase.pk]))

    assert MeasureVerdict.objects.get().verdict == "better"
    page = client.get(reverse("work-measure", args=[followed.pk])).text
    assert "Ångrat av Sara Berg" in page
    assert "Små lag sedan mars" in page
    assert "redan ångrad" in client.post(reverse("phase-undo", args=[phase.pk]), follow=True).text
    assert Event.objects.filter(kind="work.rebase_undo").count() == 1


def test_nothing_is_judged_anew_by_itself(followed, leader):
    measured(followed, leader, *BEFORE, *AFTER)
    assert not MeasurePhase.objects.exists()


def test_somebody_elses_phase_is_not_found(client, followed, leader, stranger):
    days = measured(followed, leader, *BEFORE, *AFTER)
    phase = rebase(followed, leader, days[12])
    client.force_login(stranger)
    assert client.post(reverse("phase-undo", args=[phase.pk])).status_code == 404
