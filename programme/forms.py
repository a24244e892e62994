"""Is it filled in?  Whether it is allowed is for the actions."""

from copy import copy
from dataclasses import fields as fields_of
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.forms import NumberField
from improvement.models import Idea
from measures.actions.team import NewMeasure
from measures.models.team import Direction
from organisation.models import Employment, Person
from organisation.permissions import GRANTS, Permission
from organisation.privacy import no_identity_numbers

from .actions.cycles import Plan
from .actions.reports import Wishes
from .actions.works import Charter, Team
from .drafting import Texts
from .models import Agreement, Cycle, Member, Outcome, Purpose, Report, Work

COACHES = [role for role, granted in GRANTS.items() if Permission.WORK_COACH in granted]


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OnACopy(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """Work on a copy, so that a refused form leaves alone what the rest of the page shows."""

    use_required_attribute = False  # what is missing is said by the page, beside the field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "instance": copy(kwargs.get("instance"))})


class _Later:
    """Needed before one goes on, but not to save: the action that goes on asks for it.

    It is not called optional on the page, and an unwritten one is saved as it is.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "required": True})

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)  # type: ignore[misc]  # of the field it is mixed into


class LaterText(_Later, forms.CharField):
    pass


class LaterChoice(_Later, forms.TypedChoiceField):
    pass


class CharterForm(OnACopy):
    """Title and aim."""

    aim_from = NumberField(
        label=pgettext_lazy("aim", "From"),
        required=False,
        help_text=_("Where you are today, if you know."),
    )
    aim_to = NumberField(label=pgettext_lazy("aim", "To"), help_text=_("Where you want to be."))
    aim_by = forms.DateField(
        label=pgettext_lazy("aim", "By"),
        widget=_day(),
        help_text=_("The day the aim should be reached."),
    )

    class Meta:
        model = Work
        fields = ("title", "aim", "for_whom", "why_wanted", "aim_from", "aim_to", "aim_by")
        widgets = {"aim": _lines(2), "why_wanted": _lines(3)}

    def charter(self) -> Charter:
        return Charter(
            **{field.name: self.cleaned_data[field.name] for field in fields_of(Charter)}
        )


class MeasureForm(forms.Form):
    """What to count, in which unit, and which way is better."""

    name = forms.CharField(
        label=_("What do you measure?"),
        max_length=120,
        validators=[no_identity_numbers],
        help_text=_("For example: residents who know who their contact is."),
    )
    unit_word = forms.CharField(
        label=_("Counted in"), max_length=30, help_text=_("For example percent, days, falls.")
    )
    direction = forms.ChoiceField(
        label=_("Which way is better?"), choices=Direction.choices, widget=forms.RadioSelect
    )
    definition = forms.CharField(
        label=_("How do you count it?"),
        max_length=1000,
        required=False,
        widget=_lines(2),
        validators=[no_identity_numbers],
        help_text=_("So that everybody counts in the same way: who counts what, when and where."),
    )

    def measure(self) -> NewMeasure:
        return NewMeasure(**{f.name: self.cleaned_data[f.name] for f in fields_of(NewMeasure)})


class MoreMeasureForm(MeasureForm):
    """One more measure, and why it is followed."""

    purpose = forms.ChoiceField(
        label=_("Kind of measure"),
        choices=Purpose.choices,
        initial=Purpose.OUTCOME,
        help_text=_(
            "Outcome: is it better for those it is for? Process: do we do as we said? "
            "Balancing: does anything else get worse?"
        ),
    )


class ValueForm(forms.Form):
    """A value on a day."""

    taken_on = forms.DateField(label=_("Day"), widget=_day())
    value = NumberField(label=_("Value"))
    note = forms.CharField(
        label=pgettext_lazy("measurement", "Note"),
        max_length=200,
        required=False,
        validators=[no_identity_numbers],
        help_text=_("For example if something special happened."),
    )


class EndsForm(forms.Form):
    """Where a measure began and where it ended: enough for a simple report."""

    start_value = NumberField(label=_("Start value"), required=False)
    start_on = forms.DateField(label=_("Measured on"), widget=_day(), required=False)
    end_value = NumberField(label=_("End value"), required=False)
    end_on = forms.DateField(label=_("Measured on"), widget=_day(), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for end in ("start", "end"):
            value, on = cleaned.get(f"{end}_value"), cleaned.get(f"{end}_on")
            if value is None and on is not None and f"{end}_value" not in self.errors:
                self.add_error(f"{end}_value", _("Write the value of that day."))
            if value is not None and on is None and f"{end}_on" not in self.errors:
                self.add_error(f"{end}_on", _("Write the day it was measured."))
        return cleaned

    def end(self, name: str) -> tuple[Decimal, date] | None:
        """Return the value and day of "start" or "end", or None where nothing is written."""
        value, on = self.cleaned_data[f"{name}_value"], self.cleaned_data[f"{name}_on"]
        return None if value is None else (value, on)


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # only the stubs are generic
    """Choose a person by name."""

    def label_from_instance(self, person: Person) -> str:
        return person.name


class PeopleChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # likewise
    """Choose people by name."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person: Person) -> str:
        return person.name


class TeamForm(forms.Form):
    """Who does it: those who work where the idea is about, and whoever starts the work."""

    leader = PersonChoice(Person.objects.none(), label=_("Who leads the work?"), empty_label=None)
    members = PeopleChoice(
        Person.objects.none(),
        label=_("Who else is in the team?"),
        required=False,
        help_text=_("More people, also from other units, can be added later."),
    )
    coach = PersonChoice(
        Person.objects.none(),
        label=_("Coach"),
        required=False,
        empty_label=_("No coach yet"),
        help_text=_("Somebody who supports the team and visits it."),
    )

    def __init__(self, *args: Any, idea: Idea, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = Q(employments__in=Employment.objects.live().filter(unit=idea.unit_id))
        people = Person.objects.filter(is_active=True).in_name_order().distinct()
        self._offer("leader", people.filter(near | Q(pk__in=[person.pk, idea.author_id])))
        self._offer("members", people.filter(near | Q(pk=idea.author_id)))
        self._offer(
            "coach",
            people.filter(assignments__role__in=COACHES, assignments__unit__in=idea.unit.lineage),
        )
        self.fields["leader"].initial = person.pk

    def _offer(self, name: str, people: QuerySet[Person]) -> None:
        self.fields[name].queryset = people  # type: ignore[attr-defined]

    def team(self) -> Team:
        chosen = self.cleaned_data
        return Team(chosen["leader"], tuple(chosen["members"]), chosen["coach"])


class MemberForm(forms.Form):
    """Somebody to take into the team."""

    person = PersonChoice(Person.objects.filter(is_active=True))
    role = forms.ChoiceField(choices=[(m.value, m.label) for m in (Member.MEMBER, Member.COACH)])


class WhyForm(forms.Form):
    """A sentence on why; it is kept in the diary."""

    why = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=_lines(3),
        validators=[no_identity_numbers],
        help_text=_("A sentence. Everyone who follows the work can read it."),
    )


class PlanForm(OnACopy):
    """The plan of a test."""

    class Meta:
        model = Cycle
        fields = (
            *("question", "prediction", "plan_what", "plan_who", "plan_when", "plan_where"),
            "scale",
        )
        widgets = {
            "question": _lines(2),
            "prediction": _lines(2),
            "plan_what": _lines(3),
            "scale": forms.RadioSelect,
        }
        field_classes = {"prediction": LaterText, "plan_what": LaterText}

    def plan(self) -> Plan:
        return Plan(**{field.name: self.cleaned_data[field.name] for field in fields_of(Plan)})


class NoteForm(OnACopy):
    """What happened in the test."""

    class Meta:
        model = Cycle
        fields = ("what_happened",)
        widgets = {"what_happened": _lines(5)}
        field_classes = {"what_happened": LaterText}


class CompareForm(OnACopy):
    """The result beside the prediction, and what was learned."""

    class Meta:
        model = Cycle
        fields = ("agreement", "result", "learning")
        widgets = {"agreement": forms.RadioSelect, "result": _lines(3), "learning": _lines(3)}
        field_classes = {"agreement": LaterChoice, "result": LaterText, "learning": LaterText}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement"].choices = Agreement.choices  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """What is done with the change."""

    outcome = forms.ChoiceField(
        label=_("What do you do with the change?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        help_text=_("If you adapt it, the next cycle begins from what you learned."),
    )


class ReportForm(OnACopy):
    """The texts of a report.  Facts are not here: they stand beside, from the work itself."""

    class Meta:
        model = Report
        fields = (
            *("background", "what_we_did", "result", "learning", "spread"),
            *("participants", "reward_use"),
        )
        widgets = {
            "background": _lines(4),
            "what_we_did": _lines(8),
            "result": _lines(5),
            "learning": _lines(5),
            "spread": _lines(3),
        }
        field_classes = {"what_we_did": LaterText, "result": LaterText, "learning": LaterText}

    def texts(self) -> Texts:
        return Texts(**{field.name: self.cleaned_data[field.name] for field in fields_of(Texts)})

    def wishes(self) -> Wishes:
        return Wishes(**{field.name: self.cleaned_data[field.name] for field in fields_of(Wishes)})
