"""Contacts between a coach and a team, logged on the way out of the door and put right later."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, is_for, page
from organisation.http import PersonRequest

from ..actions import contacts
from ..forms.coaching import ContactForm
from ..models import Contact, Work
from ..rules.coaching import why_not_correct, why_not_support
from .coaching import work_of
from .cockpit import row_of


@require_http_methods(["GET", "POST"])
def contact_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Log a contact: on a page of its own, or in the work's row in the cockpit."""
    work = work_of(request, pk)
    today = timezone.localdate()
    form = ContactForm(request.POST or None, on=today, auto_id=f"w{pk}-%s")
    refused = why_not_support(work, request.user)
    in_row = is_for(request, f"work-{pk}") and refused is None
    done = _logged(request, work, form)
    if in_row:
        is_open = not done and "close" not in request.GET
        context = row_of(request, work) | {"contact": form if is_open else None, "logged": done}
        status = 422 if form.errors else 200
        return render(request, "programme/cockpit.html#cockpit-row", context, status=status)
    if done:
        messages.success(request, _("Logged. Thank you for supporting the team."))
        return go_to(request, "work-support", pk)
    context = {
        "work": work,
        "contact": form,
        "refused": refused,
        "title": _("Log a contact"),
        "button": _("Log it"),
    }
    return page(request, "programme/contact_new.html", context, status=422 if form.errors else 200)


def _logged(request: PersonRequest, work: Work, form: ContactForm) -> bool:
    """Log the contact if the form is filled in, and say whether it was done."""
    return accepted(
        form,
        lambda: contacts.log(
            work_id=work.pk,
            contact=form.meeting(),
            key=form.cleaned_data["key"],
            on=timezone.localdate(),
            by=request.user,
        ),
    )


@require_http_methods(["GET", "POST"])
def contact_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Put a contact right that one has logged."""
    contact = _contact_of(request, pk)
    form = ContactForm(request.POST or None, on=timezone.localdate(), instance=contact)
    refused = why_not_correct(contact, request.user)
    if accepted(
        form,
        lambda: contacts.correct(
            contact_id=pk, contact=form.meeting(), on=timezone.localdate(), by=request.user
        ),
    ):
        messages.success(request, _("The contact is changed."))
        return go_to(request, "work-support", contact.work_id)
    context = {
        "work": contact.work,
        "contact": form,
        "logged": contact,
        "refused": refused,
        "title": _("Change a contact"),
        "button": _("Save"),
    }
    return page(request, "programme/contact_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def contact_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask once, and take away a contact that one should not have logged."""
    contact = _contact_of(request, pk)
    if request.method == "POST":
        try:
            contacts.remove(contact_id=pk, by=request.user)
            messages.success(request, _("The contact is taken away."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return go_to(request, "work-support", contact.work_id)
    context = {
        "work": contact.work,
        "contact": contact,
        "refused": why_not_correct(contact, request.user),
    }
    return page(request, "programme/contact_remove.html", context)


def _contact_of(request: PersonRequest, pk: int) -> Contact:
    visible = Contact.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("work__unit", "coach"), pk=pk)
