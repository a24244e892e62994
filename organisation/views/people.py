from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page

from ..actions import people
from ..forms import AssignForm, SearchForm
from ..http import PersonRequest, only_with
from ..models import Assignment, Person
from ..permissions import Permission, Role
from ..queries import employments_of, story_of
from ..rules import why_not_administer, why_not_close, why_not_withdraw

PER_PAGE = 50


@require_GET
@only_with(Permission.ORGANISATION_MANAGE)
def person_list(request: PersonRequest) -> HttpResponse:
    """Find people by name or address, among those one administers."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = Person.objects.managed_by(request.user).named_like(words).for_list()
    context = {
        "form": form,
        "words": words,
        "page": Paginator(found.in_name_order(), PER_PAGE).get_page(request.GET.get("page")),
    }
    return page(request, "organisation/person_list.html", context, parts=["people"])


@require_http_methods(["GET", "POST"])
def person_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Show a person's employments and roles; a POST gives a role."""
    person = get_object_or_404(Person.objects.managed_by(request.user), pk=pk)
    me = request.user
    form = AssignForm(me, request.POST or None, initial={"unit": request.GET.get("unit")})

    def assign() -> None:
        people.assign(
            person=person,
            unit=form.cleaned_data["unit"],
            role=Role(form.cleaned_data["role"]),
            by=me,
        )

    if form.is_valid() and accepted(form, assign):
        messages.success(request, _("%(person)s has the role now.") % {"person": person})
        return go_to(request, "person-detail", pk)
    held = person.assignments.select_related("unit").order_by("pk")
    context = {
        "person": person,
        "form": form,
        "employments": employments_of(person),
        "roles": [(a, me.may(Permission.ORGANISATION_MANAGE, at=a.unit)) for a in held],
        "why_not": (why_not_close if person.is_active else why_not_administer)(person, me),
        "story": story_of(person),
    }
    status = 422 if form.errors else 200
    return page(request, "organisation/person_detail.html", context, status=status)


@require_http_methods(["GET", "POST"])
def role_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, and take a role back."""
    reach = request.user.reach(Permission.ORGANISATION_MANAGE)
    held = get_object_or_404(
        Assignment.objects.filter(reach).select_related("person", "unit"), pk=pk
    )
    if request.method == "POST":
        try:
            people.withdraw(assignment_id=held.pk, by=request.user)
            messages.success(request, _("The role was withdrawn."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return go_to(request, "person-detail", held.person_id)
    context = {"held": held, "why_not": why_not_withdraw(held, request.user)}
    return page(request, "organisation/role_withdraw.html", context)


@require_http_methods(["GET", "POST"])
def person_close(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, and close somebody's sign-in."""
    person = get_object_or_404(Person.objects.managed_by(request.user), pk=pk)
    if request.method == "POST":
        try:
            people.close_sign_in(person_id=pk, by=request.user)
            messages.success(request, _("%(person)s can sign in no more.") % {"person": person})
        except Refused as refusal:
            messages.error(request, str(refusal))
        return go_to(request, "person-detail", pk)
    return page(request, "organisation/person_close.html", {"person": person})


@require_POST
def person_open(request: PersonRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.managed_by(request.user), pk=pk)
    try:
        people.open_sign_in(person_id=pk, by=request.user)
        messages.success(request, _("%(person)s can sign in again.") % {"person": person})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "person-detail", pk)
