from django.http import HttpRequest

from .models import Person


class PersonRequest(HttpRequest):
    """A request behind sign-in; LoginRequiredMiddleware makes it true for every view."""

    user: Person
