"""The background work of this app.  Celery imports this file, and with it what is registered."""

from .actions.imports import import_organisation

__all__ = ["import_organisation"]
