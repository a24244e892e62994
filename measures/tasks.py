"""The background work of this app.  Celery imports this file, and with it what is registered."""

from celery import shared_task

from .actions import imports
from .actions.fetching import carry_out

__all__ = ["carry_out", "fetch_catalogue", "fetch_followed", "wake_stopped_imports"]


@shared_task(name="measures.fetch_followed", ignore_result=True)
def fetch_followed() -> None:
    imports.fetch_followed()


@shared_task(name="measures.fetch_catalogue", ignore_result=True)
def fetch_catalogue() -> None:
    imports.fetch_catalogue(by=None)


@shared_task(name="measures.wake_stopped_imports", ignore_result=True)
def wake_stopped_imports() -> None:
    imports.wake_stopped()
