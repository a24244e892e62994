"""What the offices do beside the ideas: report decisions, correct a mistake, let time pass."""

from random import Random

from django.db.models import F

from improvement.actions import bank, decision_lists, payments, silence
from improvement.models import Decision, IdeaStatus
from organisation.models import Notice
from organisation.permissions import Role

from .clock import Story
from .telling import KR
from .world import World

ROUNDS = (48, 34, 20, 6)  # days ago when the clock is told of here; in truth it runs each day
READ_AFTER_DAYS = 5


def life_of_the_registrar(world: World) -> Story:
    """Report to the board what has been decided on delegation; the latest is still to be told."""
    chance = Random("registrator")
    registrar = world.organisation.roles[Role.REGISTRAR, "K"]
    for days in (300, 120, 44):
        yield world.calendar.moment(days, chance)
        decision_lists.make(
            unit=world.organisation.units["K"], board="Kommunstyrelsen", by=registrar
        )


def life_of_a_mistake(world: World) -> Story:
    """The same invoice is paid twice, and taken back the day after."""
    chance = Random("dubbelt")
    yield world.calendar.moment(19, chance)
    keeper = world.organisation.roles[Role.DEVELOPMENT_LEAD, "K"]
    going_on = Decision.objects.filter(
        fund=world.funds["K"], idea__status=IdeaStatus.UNDERWAY, entries__kind="payout"
    )
    decision = going_on.order_by("pk").distinct().last()
    if decision is None:
        return
    paid = payments.pay(
        decision_id=decision.pk,
        amount_ore=900 * KR,
        document_number="F-22871",
        note="Tryck av fickkort",
        on=world.on,
        by=keeper,
    )
    yield world.calendar.moment(18, chance)
    payments.correct(entry_id=paid.pk, reason="Fakturan betalades av enheten.", by=keeper)


def life_of_the_clock(world: World) -> Story:
    """What happens by itself: nobody is left without a word, and what has rested is woken."""
    chance = Random("klockan")
    for days in ROUNDS:
        yield world.calendar.moment(days, chance)
        silence.say_where(
            list(silence.silent_on(world.on).values_list("pk", flat=True)), on=world.on
        )
        bank.wake(on=world.on)
    yield world.calendar.moment(1, chance)
    # Everybody has read what is older than some days, as people do.
    long_ago = world.calendar.moment(READ_AFTER_DAYS, chance)
    Notice.objects.filter(at__lt=long_ago).update(read_at=F("at"), mailed_at=F("at"))
