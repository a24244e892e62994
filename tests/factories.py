"""Valid things with as little in them as possible.  A test names what it cares about."""

import datetime as dt

import factory

from organisation.models import Assignment, Employment, Person, Unit
from organisation.permissions import Role

# --- organisation ---------------------------------------------------------------------------


class UnitFactory(factory.django.DjangoModelFactory):
    """`UnitFactory()` stands at the top; `UnitFactory(parent=other)` below another."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    name = factory.Sequence("Enhet {}".format)
    code = factory.Sequence("u{}".format)
    parent = None
    path = factory.Sequence("/new-{}/".format)

    @factory.post_generation
    def _place(unit, create, extracted, **kwargs):
        if create:
            unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
            unit.save(update_fields=["path"])


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody without employment or role; see `employee` and `person_with`."""

    class Meta:
        model = Person

    given_name = "Kim"
    family_name = factory.Sequence("Person {}".format)
    email = factory.Sequence("person{}@exempel.se".format)


def employee(*, at: Unit, **fields) -> Person:
    person = PersonFactory(**fields)
    Employment.objects.create(
        person=person, unit=at, position="Undersköterska", starts_on=dt.date(2020, 1, 1)
    )
    return person


def person_with(role: Role, *, at: Unit, **fields) -> Person:
    person = PersonFactory(**fields)
    Assignment.objects.create(person=person, unit=at, role=role)
    return person
