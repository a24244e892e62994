"""The background work of this app.  Celery imports this file, and with it what is registered."""

from celery import shared_task
from django.utils import timezone

from .actions import bank, silence, turning
from .actions.bank import wake_bank
from .actions.silence import break_silence
from .actions.turning import turn_funds

__all__ = [
    "break_silence",
    "break_the_silence",
    "look_in_the_bank",
    "turn_funds",
    "turn_the_funds",
    "wake_bank",
]


@shared_task(name="improvement.look_in_the_bank", ignore_result=True)
def look_in_the_bank() -> None:
    bank.wake(on=timezone.localdate())
    bank.pass_on_unanswered(at=timezone.now())


@shared_task(name="improvement.break_the_silence", ignore_result=True)
def break_the_silence() -> None:
    silence.ask_for(on=timezone.localdate())


@shared_task(name="improvement.turn_the_funds", ignore_result=True)
def turn_the_funds() -> None:
    turning.ask_for(on=timezone.localdate())
