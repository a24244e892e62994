"""The background work of this app.  Celery imports this file, and with it what is registered."""

from celery import shared_task

from .actions import imports
from .actions.imports import import_organisation

__all__ = ["forget_import_files", "import_organisation"]


@shared_task(name="organisation.forget_import_files", ignore_result=True)
def forget_import_files() -> None:
    imports.forget_expired()
