"""What the quality lead does in the demo: goals, a list to compare with, and what is made public."""

from decimal import Decimal
from random import Random

from measures.actions import catalogue, goals, groups, releases, sample, values
from measures.actions.goals import Aim
from measures.actions.groups import Listed
from measures.models import Kpi, Municipality, QualityArea, QualityMeasure
from measures.queries import Look, area_of, home_municipality
from measures.queries.releases import Said
from organisation.permissions import Role

from .clock import Story
from .world import World

NEIGHBOURS = ("Kalmar", "Nybro", "Oskarshamn", "Vimmerby", "Hultsfred", "Kinda", "Valdemarsvik")
FOLLOWED = ("N00945", "N07907", "N20014")

# Area, measure, goal, and who set it.
GOALS = (
    ("kommunala-grundskolor", "Meritvärde", "225", "Barn- och utbildningsnämnden § 41"),
    ("gymnasieskola", "Examen och behörighet", "70", "Barn- och utbildningsnämnden § 41"),
    ("trygghet", "Stölder", "2500", "Kommunstyrelsen § 118"),
)

INTRODUCTION = (
    "Så går det för eleverna i kommunens egna grundskolor, jämfört med alla kommuner i landet."
)
COMMENTS = {
    "Meritvärde": "Skolorna arbetar med läsning i alla ämnen och följer varje elev tätare.",
    "Behöriga lärare": "Vi söker fler behöriga lärare, och den som saknar examen får tid att studera.",
}


def last_year(area: QualityArea) -> int:
    """The year that the area is shown for; every area of the demo has values."""
    home = home_municipality()
    return (area_of(area, home, Look()).last_year if home else None) or 0


def life_of_the_quality_lead(world: World) -> Story:
    chance = Random("kvalitet")
    lead = world.organisation.holder(Role.QUALITY_LEAD, "K")
    yield world.calendar.moment(400, chance)
    for code in FOLLOWED:
        catalogue.follow(kpi=Kpi.objects.get(code=code), by=lead)
    members = Municipality.objects.filter(name__in=NEIGHBOURS).values_list("pk", flat=True)
    groups.add(listed=Listed("Våra grannar", list(members)), by=lead)
    yield world.calendar.moment(330, chance)
    values.load(sample.rows(sample.REVISED))  # Kolada counts it in another way from now on
    yield world.calendar.moment(200, chance)
    for slug, name, value, note in GOALS:
        measure = QualityMeasure.objects.get(area__slug=slug, name=name)
        goals.add(
            aim=Aim(
                unit=world.organisation.units["K"],
                year=last_year(measure.area) - measure.year_lag,
                measure=measure,
                value=Decimal(value),
                note=note,
            ),
            on=world.on,
            by=lead,
        )
    yield world.calendar.moment(150, chance)
    area = QualityArea.objects.get(slug="kommunala-grundskolor")
    ids = dict(area.measures.values_list("name", "pk"))
    said = Said(
        INTRODUCTION, {ids[name]: text for name, text in COMMENTS.items()}, shows_goals=True
    )
    year = last_year(area)
    facts = releases.preview(area_id=area.pk, year=year, said=said, on=world.on, by=lead)
    seen = releases.fingerprint(facts)
    releases.release(area_id=area.pk, year=year, said=said, seen=seen, on=world.on, by=lead)
