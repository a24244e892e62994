"""The background work of this app.  Celery imports this file, and with it what is registered."""

from celery import shared_task

from .actions import imports, surveys
from .actions.fetching import carry_out
from .actions.surveys import take_in

__all__ = [
    "carry_out",
    "fetch_catalogue",
    "fetch_followed",
    "forget_result_files",
    "take_in",
    "wake_stopped_imports",
]


@shared_task(name="measures.fetch_followed", ignore_result=True)
def fetch_followed() -> None:
    imports.fetch_followed()


@shared_task(name="measures.fetch_catalogue", ignore_result=True)
def fetch_catalogue() -> None:
    imports.fetch_catalogue(by=None)


@shared_task(name="measures.wake_stopped_imports", ignore_result=True)
def wake_stopped_imports() -> None:
    imports.wake_stopped()


@shared_task(name="measures.forget_result_files", ignore_result=True)
def forget_result_files() -> None:
    surveys.forget_expired()
