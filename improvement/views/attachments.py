"""The files of an idea: shown to those who see the idea, taken away by whoever may change it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from foundation.errors import Refused
from foundation.htmx import go_to, page
from organisation.http import PersonRequest

from ..actions import attachments
from ..models import Attachment, IdeaStatus


@require_GET
def attachment_open(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer with the file itself, in a way that can do nothing to the page or the reader."""
    attachment = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    disposition = content_disposition_header(not attachment.is_image, attachment.name)
    return HttpResponse(
        bytes(attachment.content),
        content_type=attachment.content_type,
        headers={
            "Content-Disposition": disposition or "inline",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            # The bytes never change; only one's own browser may keep them, and not for long.
            "Cache-Control": "private, max-age=3600",
        },
    )


@require_http_methods(["GET", "POST"])
def attachment_remove(request: PersonRequest, pk: int) -> HttpResponse:
    files = Attachment.objects.visible_to(request.user).defer("content").select_related("idea")
    attachment = get_object_or_404(files, pk=pk)
    if request.method == "GET":
        return page(request, "improvement/attachment_remove.html", {"attachment": attachment})
    try:
        attachments.remove(attachment_id=pk, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    is_draft = attachment.idea.status in (IdeaStatus.DRAFT, IdeaStatus.RETURNED)
    return go_to(request, "idea-edit" if is_draft else "idea-detail", attachment.idea_id)
