"""The pages of one test: two who write at once, hints while one writes, the next test."""

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foundation.errors import Refused
from programme.actions import cycles, hints
from programme.models import Cycle, HintDismissal, Phase
from tests.factories import PLAN, TODAY, cycle_in

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 9, 15, 12, tzinfo=dt.UTC)  # of TODAY
PLANNED = {
    "phase": "plan",
    "question": PLAN.question,
    "prediction": PLAN.prediction,
    "plan_what": PLAN.plan_what,
    "scale": "one_person",
}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The pages read the clock; here it stands still."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture
def cycle(work, leader):
    return cycle_in(work, by=leader)


def page_of(cycle):
    return reverse("cycle-detail", args=[cycle.pk])


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


# --- two who write in the same cycle --------------------------------------------------------------


@pytest.fixture
def two(leader, member):
    return signed_in(leader), signed_in(member)


def initially(**fields):
    """What the form began with, as its hidden fields say it."""
    return {f"initial-{name}": value for name, value in fields.items()}


def test_the_later_of_two_sees_what_the_other_wrote_beside_their_own(two, cycle):
    one, other = two
    one.post(page_of(cycle), {**PLANNED, "version": "0", "plan_who": "Sara och Ali"})

    answer = other.post(page_of(cycle), {**PLANNED, "version": "0", "plan_who": "Jonas"})

    assert answer.status_code == 422
    assert "Någon annan har sparat" in answer.text
    assert "Sara och Ali" in answer.text
    assert 'value="Jonas"' in answer.text
    assert answer.text.count("två har skrivit olika") == 1  # the fields that are alike are left out
    cycle.refresh_from_db()
    assert cycle.plan_who == "Sara och Ali"


@pytest.mark.parametrize(("keep", "kept"), [("mine", "Jonas"), ("theirs", "Sara"), (None, "Jonas")])
def test_the_later_chooses_and_saves(two, cycle, keep, kept):
    one, other = two
    one.post(page_of(cycle), {**PLANNED, "version": "0", "plan_who": "Sara"})
    cycle.refresh_from_db()
    answers = {**PLANNED, "version": str(cycle.version), "plan_who": "Jonas"}

    saved = other.post(page_of(cycle), answers | ({"keep-plan_who": keep} if keep else {}))

    assert saved.status_code == 302
    cycle.refresh_from_db()
    assert cycle.plan_who == kept


def test_both_texts_can_be_kept(two, cycle):
    one, other = two
    one.post(page_of(cycle), {**PLANNED, "version": "0", "plan_data": "Streck på papper"})
    answers = {**PLANNED, "version": "1", "plan_data": "Räkna i systemet", "keep-plan_data": "both"}
    other.post(page_of(cycle), answers)
    cycle.refresh_from_db()
    assert cycle.plan_data.split() == ["Streck", "på", "papper", "Räkna", "i", "systemet"]


def test_what_the_later_has_not_touched_is_left_as_the_other_wrote_it(two, cycle):
    one, other = two
    one.post(page_of(cycle), {**PLANNED, "version": "0", "plan_who": "Sara"})
    answer = other.post(
        page_of(cycle),
        {
            **PLANNED,
            **initially(plan_who="", plan_where=""),
            "version": "0",
            "plan_where": "Entrén",
        },
    )
    assert answer.status_code == 422
    assert 'name="keep-plan_who" value="theirs" checked' in answer.text
    assert 'name="keep-plan_where" value="mine" checked' in answer.text


def test_two_clicks_save_once(two, cycle):
    one, _other = two
    answers = {**PLANNED, "version": "0", "plan_who": "Sara", "step": "test"}
    assert one.post(page_of(cycle), answers).status_code == 302
    assert one.post(page_of(cycle), answers).status_code == 302
    cycle.refresh_from_db()
    assert (cycle.status, cycle.version) == (Phase.DO, 1)


def test_after_a_refusal_one_goes_on_with_what_one_has_just_saved(two, cycle):
    one, _other = two
    answers = {**PLANNED, "version": "0", "prediction": "", "step": "test"}
    refused = one.post(page_of(cycle), answers)
    assert 'name="version" value="1"' in refused.text
    again = one.post(page_of(cycle), {**answers, "version": "1", "prediction": "9 av 10"})
    assert again.status_code == 302


def test_what_is_the_same_is_no_new_version(cycle, leader):
    cycles.change_plan(cycle_id=cycle.pk, plan=PLAN, by=leader)
    cycle.refresh_from_db()
    assert cycle.version == 0


# --- all four phases ------------------------------------------------------------------------------


def test_everything_that_is_asked_for_is_kept_and_shown(client, work, leader):
    client.force_login(leader)
    cycle = cycle_in(work, by=leader)
    for answers in (
        {**PLANNED, "plan_data": "Streck på en lapp", "step": "test"},
        {
            **{"phase": "do", "what_happened": "Tre dagar", "observed": "Två frågade ändå"},
            **{"deviations": "Tejpen tog slut", "step": "study"},
        },
    ):
        assert client.post(page_of(cycle), answers).status_code == 302

    text = client.get(page_of(cycle)).text
    for said in ("Streck på en lapp", "Tre dagar", "Två frågade ändå", "Tejpen tog slut"):
        assert said in text


def test_the_next_cycle_begins_with_what_was_learned_and_tests_the_same_idea(work, leader):
    primary = work.drivers.create(kind="primary", text="Trygghet")
    idea = work.drivers.create(kind="change", text="Lapp på dörren", parent=primary)
    plan = replace(PLAN, plan_data="Streck", change=idea)
    cycle = cycles.plan(work_id=work.pk, plan=plan, on=TODAY, by=leader)
    following = cycles.carried_on_from(cycle)
    assert (following.plan_data, following.change) == ("Streck", idea)

    built = cycles.plan(
        work_id=work.pk,
        plan=replace(PLAN, question="Nu?"),
        previous_id=cycle.pk,
        on=TODAY,
        by=leader,
    )
    assert built.change == idea  # from what it builds on


def test_a_test_is_planned_from_what_was_learned(client, work, leader):
    cycle = cycle_in(work, Phase.CLOSED, by=leader)
    client.force_login(leader)
    assert f"?after={cycle.pk}" in client.get(page_of(cycle)).text

    address = reverse("cycle-plan", args=[work.pk])
    assert "Lappen syns inte i mörkret." in client.get(address, {"after": cycle.pk}).text
    client.post(address, {**PLANNED, "previous": cycle.pk})
    assert Cycle.objects.get(number=2).previous == cycle


def test_a_plan_sent_twice_is_one_test(client, work, leader):
    client.force_login(leader)
    for _click in range(2):
        client.post(reverse("cycle-plan", args=[work.pk]), {**PLANNED, "key": uuid4()})
    assert Cycle.objects.count() == 2
    key = uuid4()
    for _click in range(2):
        client.post(reverse("cycle-plan", args=[work.pk]), {**PLANNED, "key": key})
    assert Cycle.objects.count() == 3


def test_an_idea_of_another_work_is_no_choice(client, work, leader, stranger):
    client.force_login(leader)
    answer = client.post(reverse("cycle-plan", args=[work.pk]), {**PLANNED, "change": "999"})
    assert answer.status_code == 422


@pytest.mark.parametrize("answers", [{"after": "999"}, {"after": "x"}, {"change": "9" * 30}])
def test_odd_addresses_do_no_harm(client, work, leader, answers):
    client.force_login(leader)
    answer = client.get(reverse("cycle-plan", args=[work.pk]), answers)
    assert answer.status_code in (200, 404)


# --- hints ----------------------------------------------------------------------------------------


def test_hints_come_while_one_writes_and_nothing_is_saved(client, cycle, leader):
    client.force_login(leader)
    address = reverse("cycle-hints", args=[cycle.pk])
    assert "Kan ni gissa på en siffra?" in client.post(address, {"prediction": "Bättre"}).text
    assert "data-hint" not in client.post(address, {"prediction": "9 av 10"}).text
    cycle.refresh_from_db()
    assert cycle.prediction == PLAN.prediction


def test_hints_come_for_a_plan_that_is_not_saved_yet(client, work, leader):
    client.force_login(leader)
    address = reverse("cycle-plan-hints", args=[work.pk])
    assert "data-hint" in client.post(address, {"prediction": "", "scale": "all"}).text


def test_a_hint_is_put_aside_and_taken_up_again(client, work, leader):
    cycle = cycles.plan(work_id=work.pk, plan=replace(PLAN, scale="all"), on=TODAY, by=leader)
    client.force_login(leader)
    step = ["first_test_large", "undan"]

    client.post(reverse("cycle-hint-step", args=[cycle.pk, *step]), {"phase": "plan"})
    text = client.get(page_of(cycle)).text
    assert 'data-hint="first_test_large"' not in text
    assert "Visa undanlagda råd" in text

    step[1] = "fram"
    client.post(reverse("cycle-hint-step", args=[cycle.pk, *step]), {"phase": "plan"})
    assert 'data-hint="first_test_large"' in client.get(page_of(cycle)).text


def test_what_is_being_written_stays_when_a_hint_is_put_aside(client, cycle, leader):
    client.force_login(leader)
    answer = client.post(
        reverse("cycle-hint-step", args=[cycle.pk, "no_prediction", "undan"]),
        {**PLANNED, "plan_who": "Halvfärdigt", "version": "0"},
    )
    assert 'value="Halvfärdigt"' in answer.text
    cycle.refresh_from_db()
    assert cycle.plan_who == ""


def test_a_hint_is_put_aside_once_and_only_one_that_there_is(cycle, leader):
    for _click in range(2):
        hints.put_aside(cycle_id=cycle.pk, name="open_long", by=leader)
    assert HintDismissal.objects.count() == 1
    with pytest.raises(Refused, match="går inte att göra här"):
        hints.put_aside(cycle_id=cycle.pk, name="nonsense", by=leader)


def test_a_stranger_puts_nothing_aside(client, cycle, stranger):
    client.force_login(stranger)
    address = reverse("cycle-hint-step", args=[cycle.pk, "open_long", "undan"])
    assert client.post(address).status_code == 404


# --- what it costs --------------------------------------------------------------------------------


def test_a_page_costs_the_same_however_many_tests_there_are(client, work, leader):
    client.force_login(leader)
    cycle = cycle_in(work, Phase.DO, by=leader)
    client.get(page_of(cycle))
    counts = []
    for number in (2, 3, 4):
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(cycle))
        counts.append(len(queries))
        cycle_in(work, Phase.CLOSED, by=leader)
        cycle.predictions.create(number=number, prediction="1", because="a", by=leader)
        work.files.create(name="a.png", content_type="image/png", content=b"x", by=leader)
    assert counts[0] == counts[1] == counts[2] <= 18
