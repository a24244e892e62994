"""What a guest can reach: the pages of the work they take part in, and nothing else."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from programme.tabs import TABS

# Besides the tabs of a work.  Everything that is not named is not found.
ROUTES = frozenset(
    {
        *("start", "set-language", "set-colour-scheme", "guest-enter", "account_logout"),
        *("notice-list", "notice-open", "notice-read-all"),
        *("cycle-detail", "cycle-photo"),
        *("work-talk", "remark-remove", "task-step", "work-diary", "work-file-open"),
        *("work-measure", "measure-svg", "measure-csv", "work-measure-explore", "measure-wall"),
    }
) | {tab.route for tab in TABS if tab.for_guests}


class GuestsSeeOneThing:
    """Middleware: a guest who tries another address is told that it does not exist."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if not getattr(view, "login_required", True):
            return  # open to everybody; to ask who it is would keep the page out of every cache
        if not getattr(request.user, "is_guest", False):
            return
        match = request.resolver_match
        if match is None or match.url_name not in ROUTES:
            raise Http404
