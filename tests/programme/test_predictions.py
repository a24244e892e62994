"""The prediction is locked when the test starts; what is thought later stands beside it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.errors import Refused
from foundation.models import Event
from programme.actions import cycles
from programme.models import Phase, PredictionVersion
from tests.factories import PLAN, cycle_in

pytestmark = pytest.mark.django_db

NOW = "5 av 10 vet vem det är."


def anew(cycle, by, prediction=NOW, because="Lappen sitter för högt."):
    return cycles.predict_anew(cycle_id=cycle.pk, prediction=prediction, because=because, by=by)


@pytest.mark.parametrize("phase", [Phase.DO, Phase.STUDY, Phase.ACT])
def test_a_new_prediction_stands_beside_the_first(work, leader, phase):
    cycle = cycle_in(work, phase, by=leader)

    version = anew(cycle, leader)

    cycle.refresh_from_db()
    assert cycle.prediction == PLAN.prediction
    assert (version.number, version.prediction, version.by) == (2, NOW, leader)
    assert Event.objects.filter(kind="cycle.predict_anew").count() == 1


def test_versions_are_numbered_and_a_second_click_adds_none(work, leader):
    cycle = cycle_in(work, Phase.DO, by=leader)
    assert anew(cycle, leader).number == 2
    assert anew(cycle, leader) is None
    assert anew(cycle, leader, "7 av 10").number == 3


@pytest.mark.parametrize(
    ("phase", "says"), [(Phase.PLAN, "har inte börjat"), (Phase.CLOSED, "avslutad")]
)
def test_nothing_is_predicted_anew_before_the_test_or_after_its_end(work, leader, phase, says):
    cycle = cycle_in(work, phase, by=leader)
    with pytest.raises(Refused, match=says):
        anew(cycle, leader)


@pytest.mark.parametrize("said", [{"prediction": " "}, {"because": " "}])
def test_both_what_and_why_are_said(work, leader, said):
    with pytest.raises(Refused, match="varför"):
        anew(cycle_in(work, Phase.DO, by=leader), leader, **said)


def test_a_stranger_predicts_nothing(work, leader, stranger):
    with pytest.raises(Refused, match="teamet"):
        anew(cycle_in(work, Phase.DO, by=leader), stranger)


def test_the_database_only_adds_predictions(work, leader):
    version = anew(cycle_in(work, Phase.DO, by=leader), leader)
    mine = PredictionVersion.objects.filter(pk=version.pk)
    for change in (lambda: mine.update(prediction="9"), mine.delete):
        with pytest.raises(IntegrityError, match="is kept"), transaction.atomic():
            change()


@pytest.mark.parametrize("phase", [Phase.PLAN, Phase.CLOSED])
def test_the_database_adds_them_to_an_open_test_alone(work, leader, phase):
    cycle = cycle_in(work, phase, by=leader)
    with pytest.raises(IntegrityError, match="not open"), transaction.atomic():
        cycle.predictions.create(number=2, prediction=NOW, because="Jo", by=leader)


def test_the_page_shows_both_and_who_and_why(client, work, leader):
    cycle = cycle_in(work, Phase.DO, by=leader)
    client.force_login(leader)
    address = reverse("cycle-predict", args=[cycle.pk])

    refused = client.post(address, {"anew-prediction": NOW, "anew-because": ""})
    assert refused.status_code == 422
    assert NOW in refused.text
    client.post(address, {"anew-prediction": NOW, "anew-because": "Lappen sitter för högt."})

    text = client.get(reverse("cycle-detail", args=[cycle.pk])).text
    for said in (PLAN.prediction, NOW, "Lappen sitter för högt.", leader.name):
        assert said in text
