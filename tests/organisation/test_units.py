"""The tree of units: its keys, its order, and what may be moved where."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.errors import Refused
from foundation.models import Event
from organisation.actions import units
from organisation.models import Unit
from organisation.permissions import Role
from tests.factories import PersonFactory, person_with

pytestmark = pytest.mark.django_db


def make(name, parent=None):
    return units.create(name=name, code=name, parent=parent, by=None)


def names_in_order():
    return [unit.name for unit in Unit.objects.in_tree_order()]


def test_each_unit_comes_right_before_its_parts_in_swedish_order():
    top = make("Kommunen")
    for name in ("Överby", "Zinkgruvan", "Ängby", "Åby"):
        make(name, top)
    make("Omsorgen", Unit.objects.get(name="Zinkgruvan"))

    assert names_in_order() == ["Kommunen", "Zinkgruvan", "Omsorgen", "Åby", "Ängby", "Överby"]


def test_a_unit_knows_what_it_lies_in():
    top = make("Kommunen")
    area = make("Hemtjänst", top)
    unit = make("Norr", area)

    assert unit.lineage == [top.pk, area.pk, unit.pk]
    assert [top.depth, area.depth, unit.depth] == [0, 1, 2]
    assert unit.is_within(area)
    assert not area.is_within(unit)


def test_a_renamed_unit_takes_its_parts_with_it_in_the_order(administrator, home):
    first, second = make("Barn", home), make("Social", home)
    make("Skolan", first)

    units.rename(unit_id=first.pk, name="Ungdom", by=administrator)

    assert names_in_order() == [home.name, "Social", "Ungdom", "Skolan"]
    assert second.depth == 1
    event = Event.objects.get(kind="unit.rename")
    assert (event.by, event.data) == (administrator, {"from": "Barn", "to": "Ungdom"})


def test_a_unit_is_not_moved_under_itself(administrator, home):
    area = make("Hemtjänst", home)
    unit = make("Norr", area)

    for target in (area, unit):
        with pytest.raises(Refused, match="under"):
            units.move(unit_id=area.pk, parent_id=target.pk, by=administrator)
    assert not Event.objects.filter(kind="unit.move").exists()


def test_only_an_administrator_of_both_places_moves(home):
    social, school = make("Social", home), make("Skola", home)
    unit = make("Norr", social)
    by = person_with(Role.ADMINISTRATOR, at=social)

    with pytest.raises(Refused, match="Skola"):
        units.move(unit_id=unit.pk, parent_id=school.pk, by=by)
    with pytest.raises(Refused, match="Norr"):
        units.rename(unit_id=unit.pk, name="Söder", by=PersonFactory())


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_moving_a_unit_moves_its_whole_branch(home, data):
    """Whatever tree, whatever moves: every unit's keys say what its parents say."""
    with transaction.atomic():
        made = [home]
        for number in range(data.draw(st.integers(1, 8), label="units")):
            parent = data.draw(st.sampled_from(made), label="parent")
            name = data.draw(st.sampled_from("ÅÄÖAZ")) + str(number)
            made.append(make(name, parent))
        for _ in range(data.draw(st.integers(1, 5), label="moves")):
            unit = data.draw(st.sampled_from(made[1:]), label="unit")
            target = data.draw(st.sampled_from(made), label="under")
            try:
                units.move(unit_id=unit.pk, parent_id=target.pk, by=None)
            except Refused:
                target.refresh_from_db()
                assert unit.pk in target.lineage
        check_every_key()
        transaction.set_rollback(True)


def check_every_key():
    by_pk = Unit.objects.in_bulk()
    for unit in by_pk.values():
        above, way = unit.parent_id, [unit]
        while above:
            way.insert(0, by_pk[above])
            above = by_pk[above].parent_id
        assert unit.lineage == [step.pk for step in way]
        assert unit.tree_order == "\x1f".join(step.name_order for step in way)


def test_the_database_refuses_a_unit_in_itself(home):
    with pytest.raises(IntegrityError, match="unit_is_not_in_itself"):
        Unit.objects.filter(pk=home.pk).update(parent=home)


def test_the_database_refuses_a_path_without_slashes(home):
    with pytest.raises(IntegrityError, match="unit_path_has_both_slashes"):
        Unit.objects.filter(pk=home.pk).update(path="1")
