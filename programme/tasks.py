"""The background work of this app.  Celery imports this file, and with it what is registered."""

from celery import shared_task
from django.utils import timezone

from .actions import looking_after, reminding
from .actions.looking_after import look_after
from .actions.reminding import remind_all

__all__ = ["look_after", "look_after_effects", "remind_all", "remind_those_who_can_act"]


@shared_task(name="programme.look_after_effects", ignore_result=True)
def look_after_effects() -> None:
    looking_after.ask_for(on=timezone.localdate())


@shared_task(name="programme.remind_those_who_can_act", ignore_result=True)
def remind_those_who_can_act() -> None:
    reminding.ask_for(on=timezone.localdate())
