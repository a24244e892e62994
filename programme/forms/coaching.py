"""The support of a work: who coaches, until when, contacts, and what leader and coach say."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from foundation.forms import NumberField
from organisation.asking import AsksGently
from organisation.models import Person
from organisation.privacy import no_identity_numbers

from ..actions.contacts import Meeting
from ..models import Contact, ContactKind, Remark, Work
from ..queries.support import coaches_for
from .fields import PersonChoice, day_input, lines


class CoachChoice(PersonChoice):
    """Choose a coach, with how many works they support already."""

    def label_from_instance(self, person: Person) -> str:
        number: int = person.coached  # type: ignore[attr-defined]  # annotated by with_load
        load = ngettext("%(number)s work", "%(number)s works", number) % {"number": number}
        return f"{person.name} ({load})"


def with_load(people: Any) -> Any:
    """Count the works that each supports now."""
    now = Q(coachings__ended_on=None)
    return people.annotate(coached=Count("coachings", filter=now, distinct=True)).in_name_order()


class AssignForm(forms.Form):
    """Who is to coach, and until when if not for eight months."""

    coach = CoachChoice(Person.objects.none(), label=_("Who becomes the coach?"), empty_label="–")
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=day_input(),
        help_text=_("Leave it empty for eight months."),
    )

    def __init__(self, *args: Any, work: Work, **options: Any) -> None:
        super().__init__(*args, **options)
        coach: Any = self.fields["coach"]
        coach.queryset = with_load(coaches_for(work.unit).exclude(pk__in=work.team_ids))


class HandOverForm(AssignForm):
    """Who takes over, and why."""

    because = forms.CharField(
        label=_("Why, and what is good to know?"),
        max_length=300,
        widget=lines(3),
        validators=[no_identity_numbers],
        help_text=_("A sentence that the next coach and the leader read."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["coach"].label = _("Who takes over?")
        self.fields["until"].help_text = _("Leave it empty to keep the day that was agreed.")
        self.order_fields(["coach", "because", "until"])


class UntilForm(forms.Form):
    """Another last day of the support."""

    until = forms.DateField(label=_("Until"), widget=day_input())


class EndForm(forms.Form):
    """Why the support ends, if there is something to say."""

    because = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=300,
        widget=lines(2),
        validators=[no_identity_numbers],
        help_text=_("A sentence that the leader and the coach read."),
    )


class ContactForm(AsksGently, forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A contact in ten seconds: the first two are filled in, and the others can wait."""

    asks_about: ClassVar = ("about",)

    hours = NumberField(
        label=_("Hours"), required=False, help_text=_("With the journey, for example 1,5.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Contact
        fields = ("kind", "taken_on", "hours", "about", "next_step", "next_on")
        widgets: ClassVar = {
            "kind": forms.RadioSelect,
            "taken_on": day_input(),
            "next_on": day_input(),
            "about": lines(2),
        }

    use_required_attribute = False

    def __init__(self, *args: Any, on: Any, **options: Any) -> None:
        first: dict[str, Any] = {"key": uuid.uuid4()}
        if options.get("instance") is None:  # what was logged is not overwritten
            first |= {"kind": ContactKind.VISIT, "taken_on": on, "hours": None}
        options["initial"] = {**first, **options.get("initial", {})}
        super().__init__(*args, **options)
        self.fields["kind"].choices = ContactKind.choices  # type: ignore[attr-defined]  # no empty one

    def clean_hours(self) -> Any:
        hours = self.cleaned_data["hours"] or 0
        if not 0 <= hours <= 24:
            raise forms.ValidationError(_("Between 0 and 24 hours."))
        return hours

    def meeting(self) -> Meeting:
        chosen = self.cleaned_data
        return Meeting(
            kind=chosen["kind"],
            taken_on=chosen["taken_on"],
            hours=chosen["hours"],
            about=chosen["about"],
            next_step=chosen["next_step"],
            next_on=chosen["next_on"],
        )


class RemarkForm(AsksGently, forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """Something to say, in a work's talk or on the sounding board."""

    asks_about: ClassVar = ("text",)

    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Remark
        fields = ("text",)
        widgets: ClassVar = {"text": lines(3)}

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"key": uuid.uuid4(), **options.get("initial", {})}
        super().__init__(*args, **options)
        self.fields["text"].required = True
