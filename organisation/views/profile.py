from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.forms import accepted
from foundation.htmx import go_to, page

from ..actions import people
from ..forms import MailForm
from ..http import PersonRequest
from ..models import MailChoice
from ..permissions import Role, meaning_of
from ..queries import employments_of


@require_http_methods(["GET", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    """Show a person's own place here: employments, roles and what they let one do.

    A POST is the choice of how often one is mailed.
    """
    me = request.user
    form = MailForm(request.POST or None, initial={"choice": me.mail_choice})
    if accepted(
        form,
        lambda: people.choose_mail(choice=MailChoice(form.cleaned_data["choice"]), by=me),
    ):
        messages.success(request, _("Saved. Notices are mailed to you as you have chosen."))
        return go_to(request, "profile")
    held = me.assignments.select_related("unit").order_by("pk")
    context = {
        "employments": employments_of(me),
        "roles": [(a, meaning_of(Role(a.role))) for a in held],
        "as_employee": meaning_of(Role.STAFF) if me.employments_now else [],
        "form": form,
    }
    return page(
        request,
        "organisation/profile.html",
        context,
        status=422 if form.errors else 200,
    )
