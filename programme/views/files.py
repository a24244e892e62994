"""Pictures and files of a work: handed in, shown to those who see the work, taken away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest

from ..actions import files
from ..forms.cycles import PhotoForm
from ..models import Cycle, WorkFile
from .cycles import cycle_page


@require_POST
def cycle_photo(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep a picture with a cycle."""
    visible = Cycle.objects.visible_to(request.user).for_page()
    cycle = get_object_or_404(visible, pk=pk)
    form = PhotoForm(request.POST, request.FILES)

    def save() -> None:
        for upload in form.uploads():
            files.add(
                work_id=cycle.work_id,
                cycle_id=pk,
                upload=upload,
                says=form.cleaned_data["says"],
                by=request.user,
            )

    if accepted(form, save):
        messages.success(request, _("The picture is with the test."))
        return go_to(request, "cycle-detail", pk)
    return cycle_page(request, cycle, photo=form)


@require_GET
def work_file_open(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer with the file itself, in a way that can do nothing to the page or the reader."""
    file = get_object_or_404(WorkFile.objects.visible_to(request.user), pk=pk)
    disposition = content_disposition_header(not file.is_image, file.name)
    return HttpResponse(
        bytes(file.content),
        content_type=file.content_type,
        headers={
            "Content-Disposition": disposition or "inline",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            # The bytes never change; only one's own browser may keep them, and not for long.
            "Cache-Control": "private, max-age=3600",
        },
    )


@require_http_methods(["GET", "POST"])
def work_file_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, and take the file away."""
    found = WorkFile.objects.visible_to(request.user).defer("content")
    file = get_object_or_404(found.select_related("work", "cycle"), pk=pk)
    back = ("cycle-detail", file.cycle_id) if file.cycle_id else ("work-together", file.work_id)
    if request.method == "GET":
        context = {"file": file, "work": file.work, "back": back}
        return page(request, "programme/file_remove.html", context)
    try:
        files.remove(file_id=pk, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, *back)
