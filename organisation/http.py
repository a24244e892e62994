"""The request, as the views behind sign-in see it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpRequest, HttpResponse

from .models import Person
from .permissions import Permission


class PersonRequest(HttpRequest):
    """A request behind sign-in; LoginRequiredMiddleware makes it true for every view."""

    user: Person


type View[**P] = Callable[Concatenate[PersonRequest, P], HttpResponse]


def only_with[**P](permission: Permission) -> Callable[[View[P]], View[P]]:
    """Let a list be found only by those who hold `permission` somewhere; 404 for all others."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def gated(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.may_somewhere(permission):
                raise Http404
            return view(request, *args, **kwargs)

        return gated

    return decorate
