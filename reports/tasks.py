"""The background work of this app.  Celery imports this file, and with it what is registered."""

from .actions.documents import make_pdf

__all__ = ["make_pdf"]
