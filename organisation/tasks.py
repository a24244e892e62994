"""The background work of this app.  Celery imports this file, and with it what is registered."""

from celery import shared_task

from .actions import digests, imports, notices
from .actions.imports import import_organisation
from .models import MailChoice

__all__ = ["ask_for_digests", "forget_import_files", "forget_notices", "import_organisation"]


@shared_task(name="organisation.forget_import_files", ignore_result=True)
def forget_import_files() -> None:
    imports.forget_expired()


@shared_task(name="organisation.forget_notices", ignore_result=True)
def forget_notices() -> None:
    notices.forget_expired()


@shared_task(name="organisation.ask_for_digests", ignore_result=True)
def ask_for_digests(choice: str) -> None:
    digests.ask_for(MailChoice(choice))
