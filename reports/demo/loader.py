"""Let it all happen: the organisation, the money, the ideas and the works, in order of time."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation

from measures.actions import sample
from organisation.models import Unit

from . import (
    charter,
    coaching,
    effects,
    ideas_care,
    ideas_school,
    ideas_town,
    measuring,
    meetings,
    office,
    organisation,
    quality,
    surveys,
    together,
    works_care,
    works_housing,
    works_school,
    works_town,
)
from .clock import Calendar, Clock, Story, play, set_back
from .money import life_of_the_big_fund, life_of_the_small_fund
from .stories import life_of_idea, life_of_work
from .talk import DONE, TALK, life_of_something_done, life_of_talk
from .world import World

BEGAN_DAYS_AGO = 800  # before the first idea and the first fund
IDEAS = (*ideas_care.IDEAS, *ideas_school.IDEAS, *ideas_town.IDEAS, *meetings.IDEAS)
WORKS = (*works_care.WORKS, *works_housing.WORKS, *works_school.WORKS, *works_town.WORKS)


@transaction.atomic
def load() -> bool:
    """Load the demo, unless there is an organisation already; say whether it was loaded."""
    if Unit.objects.exists():
        return False
    calendar = Calendar(timezone.localdate())
    began = timezone.now() - timedelta(days=BEGAN_DAYS_AGO)
    with translation.override("sv"), set_back(began) as clock:
        sample.load(first_read=True)
        play(_stories(calendar, clock), clock)
    return True


def _stories(calendar: Calendar, clock: Clock) -> Iterator[Story]:
    world = World(calendar, clock, organisation.make(clock.on))
    yield life_of_the_big_fund(world)
    yield life_of_the_small_fund(world)
    for idea in IDEAS:
        yield life_of_idea(idea, world)
    for work in WORKS:
        yield life_of_work(work, world)
    yield coaching.life_of_the_coaches(world)
    yield together.life_of_the_teams(world)
    for talk in TALK:
        yield life_of_talk(talk, world)
    for done in DONE:
        yield life_of_something_done(done, world)
    yield charter.life_of_the_methods(world)
    yield charter.life_of_a_proposal(world)
    yield charter.life_of_a_red_measure(world)
    yield charter.life_of_eight_steps(world)
    yield effects.life_of_what_holds(world)
    yield measuring.life_of_measures(world)
    yield meetings.life_of_the_meeting_held(world)
    yield meetings.life_of_the_meeting_to_come(world)
    yield surveys.life_of_the_surveys(world)
    yield quality.life_of_the_quality_lead(world)
    yield office.life_of_the_registrar(world)
    yield office.life_of_a_mistake(world)
    yield office.life_of_the_clock(world)
