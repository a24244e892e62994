from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.forms import accepted
from foundation.htmx import go_to, page

from ..actions import notices, people
from ..forms import MailForm, RemindersForm
from ..http import PersonRequest
from ..models import MailChoice, Person
from ..notices import all_reminders, reminder_of
from ..permissions import Role, meaning_of
from ..queries import employments_of


@require_http_methods(["GET", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    """Show a person's own place here: employments, roles and what they let one do.

    A POST is the choice of how often, and when, one is mailed.
    """
    me = request.user
    form = MailForm(
        request.POST or None,
        initial={
            "choice": me.mail_choice,
            "quiet_from": me.quiet_from,
            "quiet_until": me.quiet_until,
        },
    )
    if accepted(
        form,
        lambda: people.choose_mail(
            choice=MailChoice(form.cleaned_data["choice"]),
            quiet_from=form.cleaned_data["quiet_from"],
            quiet_until=form.cleaned_data["quiet_until"],
            by=me,
        ),
    ):
        messages.success(request, _("Saved. Notices are mailed to you as you have chosen."))
        return go_to(request, "profile")
    held = me.assignments.select_related("unit").order_by("pk")
    context = {
        "employments": employments_of(me),
        "roles": [(a, meaning_of(Role(a.role))) for a in held],
        "as_employee": meaning_of(Role.STAFF) if me.employments_now else [],
        "form": form,
        "reminders": _reminders_form(me),
    }
    return page(
        request,
        "organisation/profile.html",
        context,
        status=422 if form.errors else 200,
    )


@require_POST
def profile_reminders(request: PersonRequest) -> HttpResponse:
    """Choose which reminders one wants."""
    form = RemindersForm(request.POST)
    if form.is_valid():
        notices.choose_reminders(kinds=form.cleaned_data["kinds"], by=request.user)
        messages.success(request, _("Saved. You are reminded of what you have chosen."))
    return go_to(request, f"{reverse('profile')}#reminders")


@require_http_methods(["GET", "POST"])
def reminder_stop(request: PersonRequest, kind: str) -> HttpResponse:
    """Turn off one kind of reminder: pressed beside one, or asked for from a mail."""
    reminder = reminder_of(kind)
    if reminder is None:
        raise Http404
    if request.method == "POST":
        notices.mute(kind=kind, by=request.user)
        words = {"what": reminder.label}
        messages.success(request, _("You get no more reminders of this: %(what)s.") % words)
        return go_to(request, f"{reverse('profile')}#reminders")
    return page(request, "organisation/reminder_stop.html", {"reminder": reminder})


def _reminders_form(me: Person) -> RemindersForm:
    muted = set(me.mutes.values_list("kind", flat=True))
    wanted = [r.kind for r in all_reminders() if r.kind not in muted]
    return RemindersForm(initial={"kinds": wanted})
