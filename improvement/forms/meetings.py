"""What is filled in about a meeting."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.search_choice import SearchChoiceField, SearchingForm
from organisation.models import Person, Unit
from organisation.permissions import GRANTS, Permission
from organisation.privacy import no_identity_numbers

from ..actions.agenda import Score
from ..models import MOST_POINTS, Assessment, Basis, Criterion, Meeting, MeetingMember
from .deciding import one_line, own_words


class MeetingForm(SearchingForm, forms.Form):
    """When and where, and who decides by what right."""

    held_on = forms.DateField(
        label=pgettext_lazy("meeting", "Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    starts_at = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = one_line(_("Place"), 120, required=False)
    decider = SearchChoiceField(
        Person.objects.active(),
        route="person-search",
        label=_("Decision-maker"),
        help_text=_("One named person decides. The others are heard."),
    )
    basis = forms.ChoiceField(label=_("Basis"), choices=Basis.choices, initial=Basis.DELEGATED)
    delegation_reference = one_line(
        _("Delegation reference"),
        60,
        required=False,
        help_text=_("The point of the delegation order, for example 4.12."),
    )

    def __init__(self, person: Person, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["decider"].suggested = lambda: deciders_near(person)  # type: ignore[attr-defined]
        self.fields["delegation_reference"].conditional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("basis") == Basis.DELEGATED and not cleaned.get("delegation_reference"):
            self.add_error(
                "delegation_reference",
                _("Write the point of the delegation order that gives you the right to decide."),
            )
        return cleaned


def shown_of(meeting: Meeting) -> dict[str, Any]:
    """Return what the form shows of a meeting that is planned already."""
    names = ("held_on", "starts_at", "place", "decider", "basis", "delegation_reference")
    return {name: getattr(meeting, name) for name in names}


class NewMeetingForm(MeetingForm):
    """A meeting also says for which unit."""

    unit = SearchChoiceField(
        Unit.objects.none(),
        route="unit-search",
        label=_("Unit"),
        help_text=_("Ideas from the unit and everything below it can be taken up."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("unit",)

    def __init__(self, person: Person, data: Any = None, **options: Any) -> None:
        super().__init__(person, data, **options)
        self.fields["key"].initial = uuid4
        permission = arranges_with(person)
        field = self.fields["unit"]
        field.queryset = Unit.objects.active().filter(  # type: ignore[attr-defined]
            person.reach(permission, through="")
        )
        field.widget.query = {"may": permission}
        field.suggested = lambda: person.units_where(permission)[:6]  # type: ignore[attr-defined]


def arranges_with(person: Person) -> Permission:
    """Return by which permission `person` arranges meetings."""
    prepares = person.may_somewhere(Permission.IDEA_PREPARE)
    return Permission.IDEA_PREPARE if prepares else Permission.IDEA_DECIDE


def deciders_near(person: Person) -> list[Person]:
    """Return some who may decide where `person` arranges meetings, to choose among at once."""
    permission = arranges_with(person)
    above = {pk for unit in person.units_where(permission) for pk in unit.lineage}
    roles = [role for role, granted in GRANTS.items() if Permission.IDEA_DECIDE in granted]
    near = Q(assignments__unit__in=above) | person.reach(permission, through="assignments__unit")
    found = Person.objects.active().filter(near, assignments__role__in=roles)
    return list(found.distinct().in_name_order()[:8])


class CallForm(SearchingForm, forms.Form):
    """Somebody who is to be heard at the meeting."""

    person = SearchChoiceField(
        Person.objects.active(), route="person-search", label=_("Who else is to be heard?")
    )


class ReleaseForm(forms.Form):
    """What is said when the decisions are released."""

    present = forms.ModelMultipleChoiceField(
        queryset=MeetingMember.objects.none(),
        label=_("Who was there?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    notes = own_words(
        _("Notes for the minutes"), required=False, max_length=4000, help_text=_("What was said.")
    )
    postpone = forms.BooleanField(
        label=_("Move what has no decision to the next meeting"), required=False
    )

    def __init__(self, meeting: Meeting, data: Any = None) -> None:
        members = meeting.members.select_related("person").order_by("pk")
        there = [member.pk for member in members if member.was_present is not False]
        super().__init__(data, initial={"present": there, "notes": meeting.notes})
        self.fields["present"].queryset = members  # type: ignore[attr-defined]
        if not members:
            del self.fields["present"]

    def facts(self) -> dict[str, Any]:
        members = self.cleaned_data.get("present") or ()
        return {
            "present": {member.pk for member in members},
            "notes": self.cleaned_data["notes"],
        }


class NoteForm(ReleaseForm):
    """Who was there and what was said, written down before the decisions are released."""

    def __init__(self, meeting: Meeting, data: Any = None) -> None:
        super().__init__(meeting, data)
        del self.fields["postpone"]


class ScoreForm(forms.Form):
    """Points from 1 to 5 on every criterion, and why in short."""

    def __init__(self, own: list[Assessment], data: Any = None) -> None:
        super().__init__(data)
        self.criteria = list(Criterion.objects.filter(is_active=True))
        given = {assessment.criterion_id: assessment for assessment in own}
        for criterion in self.criteria:
            earlier = given.get(criterion.pk)
            self.fields[f"points_{criterion.pk}"] = forms.TypedChoiceField(
                label=str(criterion),
                help_text=str(criterion.asks),
                choices=[(n, str(n)) for n in range(1, MOST_POINTS + 1)],
                coerce=int,
                widget=forms.RadioSelect,
                initial=earlier.points if earlier else None,
            )
            self.fields[f"reason_{criterion.pk}"] = forms.CharField(
                label=_("In short, why"),
                max_length=200,
                required=False,
                validators=[no_identity_numbers],
                initial=earlier.reason if earlier else "",
            )

    def rows(self) -> list[tuple[Any, Any]]:
        """Return the two fields of each criterion, for the page."""
        return [(self[f"points_{c.pk}"], self[f"reason_{c.pk}"]) for c in self.criteria]

    def scores(self) -> dict[Criterion, Score]:
        facts = self.cleaned_data
        return {c: Score(facts[f"points_{c.pk}"], facts[f"reason_{c.pk}"]) for c in self.criteria}
