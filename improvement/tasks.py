"""The background work of this app.  Celery imports this file, and with it what is registered."""

from celery import shared_task
from django.utils import timezone

from .actions import bank
from .actions.bank import wake_bank

__all__ = ["look_in_the_bank", "wake_bank"]


@shared_task(name="improvement.look_in_the_bank", ignore_result=True)
def look_in_the_bank() -> None:
    bank.wake(on=timezone.localdate())
    bank.pass_on_unanswered(at=timezone.now())
