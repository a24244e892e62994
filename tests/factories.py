"""Valid things with as little in them as possible.  A test names what it cares about."""

import datetime as dt

import factory

from improvement.actions import decisions, funds, ideas
from improvement.models import CostKind, CostLine, Fund, Idea, IdeaStatus
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


# --- improvement ----------------------------------------------------------------------------

KR = 100
TODAY = dt.date(2026, 9, 15)


class IdeaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Idea

    author = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory)
    title = factory.Sequence("Idé {}".format)
    need = "Medicinen kommer för sent."


def fund_with(amount_ore: int, *, at: Unit, **fields) -> Fund:
    """A fund with a period around TODAY that has been given `amount_ore`."""
    fund = Fund.objects.create(unit=at, **{"name": "Förbättringspotten", "reward_ore": 0, **fields})
    keeper = person_with(Role.DEVELOPMENT_LEAD, at=at)
    period = funds.add_period(
        fund_id=fund.pk,
        name="Andra halvåret 2026",
        starts_on=dt.date(2026, 7, 1),
        ends_on=dt.date(2026, 12, 31),
        by=keeper,
    )
    if amount_ore:
        funds.allocate(period_id=period.pk, amount_ore=amount_ore, on=TODAY, by=keeper)
    return fund


def ready_idea(*, at: Unit, cost_ore: int = 20_000 * KR, **fields) -> Idea:
    """An idea that has been left, prepared and put forward, by the people who do that."""
    idea = IdeaFactory(unit=at, status=IdeaStatus.PREPARING, agreed_with="Arbetslaget", **fields)
    CostLine.objects.create(idea=idea, kind=CostKind.MATERIAL, amount_ore=cost_ore)
    lead = person_with(Role.DEVELOPMENT_LEAD, at=at)
    return ideas.press(idea_id=idea.pk, step_name="propose", by=lead)


GROUNDS = decisions.Grounds(reason="Stor nytta för många.", delegation_reference="4.12")


def approved_idea(*, at: Unit, fund: Fund, cost_ore: int = 20_000 * KR, **fields) -> Idea:
    """An idea that a decider has approved: funded, or queued if the fund is empty."""
    idea = ready_idea(at=at, cost_ore=cost_ore, **fields)
    decisions.approve(
        idea_id=idea.pk,
        fund_id=fund.pk,
        project_ore=cost_ore,
        grounds=GROUNDS,
        on=TODAY,
        by=person_with(Role.DECIDER, at=at),
    )
    idea.refresh_from_db()
    return idea
