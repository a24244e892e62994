from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from .htmx import page
from .models import Job


@require_GET
def job_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a job to the person who asked for it.  The part asks for itself until it is over."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    return page(request, "foundation/job_detail.html", {"job": job}, parts=["job"])
