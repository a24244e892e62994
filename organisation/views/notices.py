"""What one has been told: the page behind the bell."""

from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from foundation.htmx import go_to, page

from ..actions import notices
from ..http import PersonRequest
from ..models import Notice

PER_PAGE = 30


@require_GET
def notice_list(request: PersonRequest) -> HttpResponse:
    """Show what one has been told, the newest first, day by day."""
    mine = Notice.objects.visible_to(request.user).newest_first()
    shown = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    days = groupby(shown.object_list, key=lambda notice: timezone.localdate(notice.at))
    context = {
        "notices": shown,
        "days": [(day, list(those)) for day, those in days],
        "today": timezone.localdate(),
        "how_often": request.user.get_mail_choice_display(),
    }
    return page(request, "organisation/notice_list.html", context, parts=["notices"])


@require_GET
def notice_open(request: PersonRequest, pk: int) -> HttpResponse:
    """Go to what it is about, and remember that it has been read.  Harmless to repeat."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    notices.mark_read(request.user, pk)
    return redirect(notice.href)


@require_POST
def notice_read_all(request: PersonRequest) -> HttpResponse:
    notices.mark_read(request.user)
    return go_to(request, "notice-list")
