"""By what ideas are judged, and who chooses it."""

import importlib

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from foundation.errors import Refused
from improvement.actions import criteria
from improvement.models import Assessment, Criterion, IdeaStatus
from organisation.permissions import Role
from tests.factories import IdeaFactory, UnitFactory, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def top():
    return UnitFactory(name="Kommunen")


@pytest.fixture
def lead(top):
    return person_with(Role.DEVELOPMENT_LEAD, at=top)


def names():
    return [str(criterion) for criterion in Criterion.objects.filter(is_active=True)]


def test_everybody_begins_with_five_in_their_own_language():
    with translation.override("sv"):
        assert names() == [
            "Kvalitet",
            "Effektivitet",
            "Arbetsmiljö",
            "Möjlighet att sprida",
            "Långsiktig potential",
        ]
        assert all(criterion.asks.endswith("?") for criterion in Criterion.objects.all())
    with translation.override("en"):
        assert names()[0] == "Quality"


def test_the_usual_ones_go_when_the_migration_is_undone_but_for_those_judged_by():
    judged = Criterion.objects.get(key="lasting")
    Assessment.objects.create(
        idea=IdeaFactory(), criterion=judged, person=IdeaFactory().author, points=3
    )
    migration = importlib.import_module("improvement.migrations.0004_the_usual_criteria")

    migration.remove(apps, None)
    assert list(Criterion.objects.all()) == [judged]
    migration.add(apps, None)
    assert Criterion.objects.count() == 5


def test_one_is_added_last_renamed_moved_and_retired(lead):
    mod = criteria.add(name="Mod", question="Vågar vi?", by=lead)
    assert names()[-1] == "Mod"

    criteria.move(criterion_id=mod.pk, up=True, by=lead)
    assert names()[-2] == "Mod"
    criteria.move(criterion_id=mod.pk, up=False, by=lead)
    criteria.move(criterion_id=mod.pk, up=False, by=lead)  # already last
    assert names()[-1] == "Mod"

    criteria.change(criterion_id=mod.pk, name="Djärvhet", question="", by=lead)
    criteria.use(criterion_id=mod.pk, is_active=False, by=lead)
    assert "Djärvhet" not in names()
    criteria.use(criterion_id=mod.pk, is_active=True, by=lead)
    assert names()[-1] == "Djärvhet"


def test_a_usual_one_can_be_renamed_and_get_its_own_words_back(lead):
    quality = Criterion.objects.get(key="quality")
    criteria.change(criterion_id=quality.pk, name="Brukarnytta", question="Till vem?", by=lead)
    assert names()[0] == "Brukarnytta"
    criteria.change(criterion_id=quality.pk, name="", question="", by=lead)
    assert names()[0] == "Kvalitet"


def test_two_are_not_called_the_same_and_none_is_nameless(lead):
    with pytest.raises(Refused, match="(?i)kvalitet"):
        criteria.add(name="kvalitet", question="", by=lead)
    mod = criteria.add(name="Mod", question="", by=lead)
    with pytest.raises(Refused):
        criteria.change(criterion_id=mod.pk, name="", question="", by=lead)


def test_only_those_who_prepare_for_the_whole_organisation_choose(client, top):
    below = person_with(Role.DEVELOPMENT_LEAD, at=UnitFactory(parent=top))
    with pytest.raises(Refused):
        criteria.add(name="Mod", question="", by=below)
    client.force_login(below)
    assert client.get(reverse("criterion-list")).status_code == 404
    assert "Kriterier" not in client.get(reverse("idea-board")).text


def test_the_page_does_all_of_it(client, lead):
    client.force_login(lead)
    assert reverse("criterion-list") in client.get(reverse("idea-board")).text
    page = reverse("criterion-list")

    assert client.post(page, {"name": "", "question": ""}).status_code == 422
    assert client.post(page, {"name": "Mod", "question": "Vågar vi?"}).status_code == 302
    mod = Criterion.objects.get(name="Mod")
    assert client.post(reverse("criterion-step", args=[mod.pk, "upp"])).status_code == 302
    client.post(reverse("criterion-edit", args=[mod.pk]), {"name": "Djärv", "question": ""})
    client.post(reverse("criterion-step", args=[mod.pk, "sluta"]))
    mod.refresh_from_db()
    assert (mod.name, mod.is_active) == ("Djärv", False)
    assert "Djärv" in client.get(page).text
    assert client.post(reverse("criterion-step", args=[mod.pk, "bort"])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many(client, lead, count, django_assert_num_queries):
    for number in range(count):
        criteria.add(name=f"Eget {number}", question="", by=lead)
    client.force_login(lead)
    with django_assert_num_queries(6):
        client.get(reverse("criterion-list"))


def test_a_retired_one_is_no_longer_asked_for(client, top, lead):
    idea = IdeaFactory(unit=top, status=IdeaStatus.PREPARING)
    quality = Criterion.objects.get(key="quality")
    criteria.use(criterion_id=quality.pk, is_active=False, by=lead)
    client.force_login(lead)
    assert f"points_{quality.pk}" not in client.get(reverse("idea-prepare", args=[idea.pk])).text
