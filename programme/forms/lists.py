"""What to show in the list of works: read from the address."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.filters import FilterForm
from foundation.search_choice import SearchChoiceField, SearchingForm
from organisation.models import Person, Unit
from organisation.models.unit import within

from ..models import Effect, Member, Membership, Origin, StrategicArea, WorkStatus
from ..models.work import WorkQuerySet
from ..queries.lists import coaches_within_reach

NOBODY = "nobody"


class WorkFilter(SearchingForm, FilterForm):
    """Which works to show."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    status = forms.ChoiceField(
        label=pgettext_lazy("work", "State"),
        required=False,
        choices=[("", _("All states")), *WorkStatus.choices],
    )
    area = forms.ChoiceField(label=_("Strategic area"), required=False)
    effect = forms.ChoiceField(
        label=_("Expected effect"),
        required=False,
        choices=[("", _("All effects")), *Effect.choices],
    )
    origin = forms.ChoiceField(
        label=_("What it began with"),
        required=False,
        choices=[("", _("All beginnings")), *Origin.choices],
    )
    coach = forms.ChoiceField(label=_("Coach"), required=False)
    unit = SearchChoiceField(
        Unit.objects.all(),
        route="unit-search",
        label=_("Where"),
        required=False,
        help_text=_("With all that belongs to it."),
    )

    ALWAYS = ("q", "status")

    def __init__(self, data: QueryDict, *, person: Person) -> None:
        super().__init__(data)
        fields: Any = self.fields
        areas = StrategicArea.objects.values_list("pk", "name")
        fields["area"].choices = [("", _("All areas")), *((str(pk), name) for pk, name in areas)]
        coaches = [(str(coach.pk), coach.name) for coach in coaches_within_reach(person)]
        fields["coach"].choices = [("", _("Anybody")), (NOBODY, _("Nobody yet")), *coaches]

    @property
    def is_unfolded(self) -> bool:
        """Say whether something among the folded is used, searched for or in error."""
        return self.is_searching() or super().is_unfolded

    def narrow(self, works: WorkQuerySet) -> WorkQuerySet:
        for name, value in self.used().items():
            works = works.filter(_CONDITIONS[name](value))
        return works

    def said(self, name: str, value: Any) -> str:
        return f"“{value}”" if name == "q" else super().said(name, value)


def _by_coach(value: str) -> Q:
    places = Membership.objects.filter(role=Member.COACH)
    if value == NOBODY:
        return ~Q(pk__in=places.values("work"))
    return Q(pk__in=places.filter(person=int(value)).values("work"))


_CONDITIONS: dict[str, Callable[[Any], Q]] = {
    "q": lambda words: Q(title__icontains=words) | Q(aim__icontains=words),
    "status": lambda status: Q(status=status),
    "area": lambda area: Q(strategic_area=int(area)),
    "effect": lambda effect: Q(effects__contains=[effect]),
    "origin": lambda origin: Q(origin=origin),
    "coach": _by_coach,
    "unit": lambda unit: within(unit, through="unit"),
}
