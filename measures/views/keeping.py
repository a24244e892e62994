"""The pages of whoever looks after the quality viewer: others do not find them."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpResponse

from organisation.http import PersonRequest

from ..rules.keeping import why_not_keep

type View[**P] = Callable[Concatenate[PersonRequest, P], HttpResponse]


def for_keepers[**P](view: View[P]) -> View[P]:
    """Answer 404 to everybody but a quality lead of the whole organisation."""

    @wraps(view)
    def gated(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if why_not_keep(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return gated
