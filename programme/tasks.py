"""The background work of this app.  Celery imports this file, and with it what is registered."""

from celery import shared_task
from django.utils import timezone

from .actions import looking_after
from .actions.looking_after import look_after

__all__ = ["look_after", "look_after_effects"]


@shared_task(name="programme.look_after_effects", ignore_result=True)
def look_after_effects() -> None:
    looking_after.ask_for(on=timezone.localdate())
