"""A work without money: what it begins with, and whom to ask."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.search_choice import SearchChoiceField, SearchingForm
from improvement.models import Idea
from measures.models import Kpi
from organisation.models import Person, Unit
from organisation.permissions import Permission
from organisation.privacy import no_identity_numbers

from ..actions.works import Beginning, Charter, Team
from ..models import Origin
from ..queries.people import confirmers, nearest_confirmers
from .fields import lines
from .methods import MethodChoice, offered

MOST_MANAGERS = 4  # offered before one searches
ABOUT_A_MEASURE = (Origin.MEASURE, Origin.BENCHMARKING)


class ProposeForm(SearchingForm, forms.Form):
    """One form for every beginning without money; what does not belong to it is left out."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        validators=[no_identity_numbers],
        help_text=_("A few words that everybody recognises it by."),
    )
    aim = forms.CharField(
        label=_("What do you want to achieve?"),
        max_length=500,
        widget=lines(2),
        validators=[no_identity_numbers],
        help_text=_("One sentence that everyone at the workplace understands."),
    )
    for_whom = forms.CharField(
        label=_("Who is it for?"),
        max_length=300,
        required=False,
        validators=[no_identity_numbers],
        help_text=_("Those who will notice it: residents, pupils, patients, relatives."),
    )
    origin_text = forms.CharField(
        label=_("What it began with"),
        max_length=300,
        required=False,
        validators=[no_identity_numbers],
        help_text=_("For example the meeting, the assignment or what you have seen."),
    )
    kpi = SearchChoiceField(
        Kpi.objects.all(), route="kpi-search", label=_("Which measure?"), required=False
    )
    unit = SearchChoiceField(Unit.objects.active(), route="unit-search", label=_("Where"))
    leader = SearchChoiceField(
        Person.objects.active().filter(is_guest=False),
        route="person-search",
        label=_("Who leads the work?"),
    )
    asked_by = SearchChoiceField(
        Person.objects.none(),
        route="confirmer-search",
        label=_("Which manager do you ask?"),
        required=False,
        help_text=_("Says whether the work is wanted. You can write the charter meanwhile."),
    )
    method = MethodChoice(
        None,
        label=_("Which method do you follow?"),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=_("Choose the one that your organisation usually works by."),
    )

    def __init__(
        self, *args: Any, origin: Origin, person: Person, idea: Idea | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.origin, self.person, self.idea = origin, person, idea
        places = [held.unit for held in person.employments_now]
        places += [unit for unit in person.units_where(Permission.WORK_LEAD) if unit not in places]
        if idea is not None and idea.unit not in places:
            places.insert(0, idea.unit)
        fields: Any = self.fields
        fields["unit"].suggested = places[:5]
        fields["leader"].suggested = [person]
        fields["asked_by"].queryset = confirmers()
        nearest = nearest_confirmers(places[0], most=MOST_MANAGERS) if places else []
        fields["asked_by"].suggested = nearest
        fields["asked_by"].initial = nearest[0].pk if nearest else None
        fields["method"].queryset = methods = offered()
        fields["method"].initial = methods.first()
        if origin not in ABOUT_A_MEASURE:
            del fields["kpi"]
        elif origin == Origin.MEASURE:
            fields["kpi"].required = fields["kpi"].widget.is_required = True
        if origin in (Origin.DIRECT, Origin.MEASURE):
            del fields["origin_text"]

    def charter(self) -> Charter:
        said = self.cleaned_data
        return Charter(title=said["title"], aim=said["aim"], for_whom=said["for_whom"])

    def beginning(self) -> Beginning:
        return Beginning(
            origin=self.origin,
            text=self.cleaned_data.get("origin_text", ""),
            idea=self.idea,
            kpi=self.cleaned_data.get("kpi") or (self.idea.kpi if self.idea else None),
        )

    def team(self) -> Team:
        return Team(self.cleaned_data["leader"])
