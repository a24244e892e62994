"""Seats for patients and users: invite, make a new link, take it back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.actions.guests import Invitation
from organisation.http import PersonRequest

from ..actions import guests
from ..forms.guests import GuestForm, UntilForm
from ..models import Member, Membership, Work
from ..rules.works import why_not_edit


@never_cache
@require_http_methods(["GET", "POST"])
def work_guests(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the seats; invite somebody.  The link is shown once, on the page that answers."""
    work = _work(request, pk)
    form = GuestForm(request.POST or None)
    made: list[Invitation] = []

    def save() -> None:
        made.append(
            guests.invite(
                work_id=pk,
                guest=form.guest(),
                expires_on=form.cleaned_data["expires_on"],
                on=timezone.localdate(),
                by=request.user,
            )
        )

    if accepted(form, save):
        return _page(request, work, GuestForm(), made[0])
    return _page(request, work, form)


@never_cache
@require_POST
def guest_renew(request: PersonRequest, pk: int) -> HttpResponse:
    """Make a new link for the seat `pk`."""
    membership = _seat(request, pk)
    form = UntilForm(request.POST)
    made: list[Invitation] = []

    def save() -> None:
        made.append(
            guests.renew(
                membership_id=pk,
                expires_on=form.cleaned_data["expires_on"],
                on=timezone.localdate(),
                by=request.user,
            )
        )

    if accepted(form, save):
        return _page(request, membership.work, GuestForm(), made[0])
    messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
    return go_to(request, "work-guests", membership.work_id)


@require_POST
def guest_show_out(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the seat `pk` back."""
    membership = _seat(request, pk)
    try:
        guests.show_out(membership_id=pk, by=request.user)
        messages.success(request, _("The seat is taken back, and the link opens nothing."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "work-guests", membership.work_id)


def _page(
    request: PersonRequest, work: Work, form: GuestForm, made: Invitation | None = None
) -> HttpResponse:
    seats = Membership.objects.filter(work=work, role=Member.GUEST).select_related("person")
    link = reverse("guest-enter", args=[made.secret]) if made else ""
    context = {
        "work": work,
        "form": form,
        "until": UntilForm(auto_id=False),
        "seats": seats.order_by("pk"),
        "made": made,
        "link": request.build_absolute_uri(link) if made else "",
        "refused": why_not_edit(work, request.user),
    }
    status = 422 if form.errors else 200
    return page(request, "programme/work_guests.html", context, status=status)


def _work(request: PersonRequest, pk: int) -> Work:
    """Fetch through the gate; a guest invites nobody, and does not find the page."""
    if request.user.is_guest:
        raise Http404
    visible = Work.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(visible, pk=pk)


def _seat(request: PersonRequest, pk: int) -> Membership:
    visible = Membership.objects.filter(
        work__in=Work.objects.visible_to(request.user), role=Member.GUEST
    )
    return get_object_or_404(visible.select_related("work__unit"), pk=pk)
