"""The meetings on ideas: one that has been held, and one that comes."""

from collections.abc import Generator
from datetime import date, datetime, time, timedelta
from random import Random

from improvement.actions import agenda, meetings
from improvement.actions.agenda import Score
from improvement.actions.decisions import Terms
from improvement.models import AgendaItem, Condition, Criterion, Idea, Meeting, Outcome
from improvement.models import IdeaStatus as S
from organisation.models import Person
from organisation.permissions import Role

from .clock import Story
from .telling import KR, IdeaTale, Preparation, material, other, staff, travel
from .world import World

REFERENCE = "Delegationsordningen 3.4"

# Left and prepared in time for the meeting that has been held.
IDEAS = (
    IdeaTale(
        82,
        "BUF-GR-K",
        S.READY,
        "Nya elever som kommer mitt i terminen sitter ofta ensamma på rasten de första veckorna.",
        "Elever som är nya på skolan",
        "En fadder i varje klass, och ett spelbord som alltid är öppet.",
        plan=Preparation(
            "En fadder för varje ny elev",
            (
                staff(60, "Utbilda faddrar, två skolor"),
                material(9_000, "Spel och bord"),
                travel(3_000, "Studiebesök"),
            ),
            "Ingen ny elev är ensam på rasten efter en vecka. Vi frågar dem.",
            spread="Alla grundskolor har samma behov; upplägget kan delas som det är.",
        ),
    ),
    IdeaTale(
        81,
        "SOC-SB-E",
        S.READY,
        "Måltiden avbryts varje gång dörren till köket slår igen. Det blir oroligt.",
        "De som bor på Ekdungen",
        "En dörr som stängs av sig själv, och serveringsvagn i stället för springet.",
        plan=Preparation(
            "Lugn dörr till matsalen",
            (material(11_000, "Dörrstängare och vagn"), staff(16, "Prova arbetssättet")),
            "Färre avbrott per måltid. Vi räknar dem i två veckor.",
        ),
    ),
    IdeaTale(
        84,
        "SBF-BL",
        S.READY,
        "Den som söker bygglov första gången vet inte vilka ritningar som behövs.",
        "De som söker bygglov",
        "En film per vanligt ärende.",
        plan=Preparation(
            "Filmer om bygglov",
            (other(38_000, "Inspelning, fyra filmer"), staff(12, "Manus")),
            "Färre ofullständiga ansökningar. I dag är det fyra av tio.",
        ),
    ),
    IdeaTale(
        83,
        "KL-HR",
        S.READY,
        "Introduktionen av nyanställda bockas av på tre ställen, och ingen vet vad som är gjort.",
        "Nyanställda och deras chefer",
        "En checklista som följer personen.",
        plan=Preparation(
            "En introduktion att lita på",
            (other(18_000, "Bygga checklistan"), staff(20, "Prova i fyra enheter")),
            "Alla har gått igenom samma saker efter en månad.",
            spread="Hela kommunen anställer på samma sätt.",
        ),
    ),
)
DECIDED = (
    (
        "Nya elever",
        Terms(Outcome.APPROVED, project_ore=20_000 * KR),
        "Bra tänkt, och lätt att sprida. Vi börjar på Kustskolan; studiebesöket och den andra skolan"
        " får vänta tills vi har sett hur det går.",
    ),
    (
        "Måltiden avbryts",
        Terms(Outcome.DIRECT),
        "Det här behöver ingen ansökan. Dörren byts av fastighetsskötaren i veckan.",
    ),
    (
        "Den som söker bygglov",
        Terms(Outcome.REJECTED, returns_when=Condition.MONEY),
        "Behovet är tydligt, men den nya webbplatsen är inte klar. Idén kommer tillbaka när nästa"
        " pott öppnar.",
    ),
    (
        "Introduktionen av nyanställda",
        Terms(Outcome.SUPPLEMENT),
        "Hur många börjar på ett år, och kan det nya personalsystemet redan det här? Svara på det, så"
        " tar vi upp idén nästa gång.",
    ),
)


def life_of_the_meeting_held(world: World) -> Story:
    """Plan it, score, prepare the decisions, and send them all at once."""
    chance = Random("mötet")
    yield world.calendar.moment(62, chance)
    meeting = _plan(world, world.calendar.day(52))
    chosen = [Idea.objects.get(need__startswith=need) for need, _terms, _why in DECIDED]
    _call(meeting, world)
    meetings.put_on(meeting_id=meeting.pk, idea_ids=[idea.pk for idea in chosen], by=_keeper(world))
    yield from _scored(meeting, world, 57, chance)
    yield world.calendar.moment(54, chance)
    for need, terms, why in DECIDED:
        _draft(meeting, need, terms, why, world)
    yield world.calendar.moment(52, chance)
    agenda.release(
        meeting_id=meeting.pk,
        present=list(meeting.members.values_list("pk", flat=True)),
        notes="Gruppen vill se fler idéer som prövas i liten skala först.",
        on=world.on,
        by=meeting.decider,
    )


def life_of_the_meeting_to_come(world: World) -> Story:
    """Plan it for next week, with what is ready; some have scored, one decision is prepared."""
    chance = Random("nästa möte")
    yield world.calendar.moment(6, chance)
    meeting = _plan(world, _next_thursday(world))
    meetings.put_on(meeting_id=meeting.pk, by=_keeper(world))
    yield from _scored(meeting, world, 3, chance, but_the_last=True)
    yield world.calendar.moment(2, chance)
    _draft(
        meeting,
        "Läkemedel kasseras",
        Terms(Outcome.APPROVED),
        "Säkrare för dem som bor där, och billigare. Prova på Ekdungen och berätta för de andra.",
        world,
    )


def _plan(world: World, held_on: date) -> Meeting:
    return meetings.create(
        unit=world.organisation.units["K"],
        held_on=held_on,
        decider=world.organisation.holder(Role.DECIDER, "K"),
        starts_at=time(13, 0),
        place="Storängen, stadshuset",
        delegation_reference=REFERENCE,
        on=world.on,
        by=_keeper(world),
    )


def _call(meeting: Meeting, world: World) -> None:
    for code in ("SOC", "BUF", "SBF"):
        head = world.organisation.holder(Role.DECIDER, code)
        meetings.call(meeting_id=meeting.pk, person=head, by=_keeper(world))


def _scored(
    meeting: Meeting, world: World, days: int, chance: Random, *, but_the_last: bool = False
) -> Generator[datetime]:
    """Let those who are heard give their points, each on their own."""
    people: list[Person] = [member.person for member in meeting.members.select_related("person")]
    criteria = list(Criterion.objects.filter(is_active=True))
    for person in people[:-1] if but_the_last else people:
        yield world.calendar.moment(days, chance)
        for item in AgendaItem.objects.filter(meeting=meeting).order_by("position"):
            agenda.score(
                item_id=item.pk,
                scores={criterion: Score(chance.choice((3, 3, 4, 4, 5))) for criterion in criteria},
                by=person,
            )


def _draft(meeting: Meeting, need: str, terms: Terms, why: str, world: World) -> None:
    item = meeting.items.select_related("idea").get(idea__need__startswith=need)
    if terms.outcome == Outcome.APPROVED:
        terms = Terms(terms.outcome, world.funds["K"], terms.project_ore or item.idea.cost_ore())
    agenda.draft(item_id=item.pk, terms=terms, reason=why, on=world.on, by=_keeper(world))


def _keeper(world: World) -> Person:
    return world.organisation.roles[Role.DEVELOPMENT_LEAD, "K"]


def _next_thursday(world: World) -> date:
    today = world.calendar.today
    return today + timedelta(days=7 + (3 - today.weekday()) % 7)
