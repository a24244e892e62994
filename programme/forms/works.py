"""A work: its charter, its team, and why it is paused or stopped."""

from dataclasses import fields as fields_of
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.forms import NumberField
from improvement.models import Idea
from organisation.models import Employment, Person
from organisation.permissions import GRANTS, Permission
from organisation.privacy import no_identity_numbers

from ..actions.works import Charter, Team
from ..models import Member, Work
from .fields import OnACopy, PeopleChoice, PersonChoice, day_input, lines

COACHES = [role for role, granted in GRANTS.items() if Permission.WORK_COACH in granted]


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
        widget=day_input(),
        help_text=_("The day the aim should be reached."),
    )

    class Meta:
        model = Work
        fields = ("title", "aim", "for_whom", "why_wanted", "aim_from", "aim_to", "aim_by")
        widgets = {"aim": lines(2), "why_wanted": lines(3)}

    def charter(self) -> Charter:
        return Charter(
            **{field.name: self.cleaned_data[field.name] for field in fields_of(Charter)}
        )


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
        widget=lines(3),
        validators=[no_identity_numbers],
        help_text=_("A sentence. Everyone who follows the work can read it."),
    )
