"""What to show in a list of ideas, or on the board: read from the address."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from foundation.filters import FilterForm
from foundation.forms import KronorField
from foundation.money import format_kronor
from foundation.search_choice import SearchChoiceField, SearchingForm
from measures.models import Kpi
from organisation.models import Person, Unit
from organisation.models.unit import within

from ..models import CostLine, IdeaKind, IdeaStatus
from ..models.idea import IdeaQuerySet
from ..queries.preparing import preparers_within_reach
from ..rules.ideas import amounts_seen_by

ME, NOBODY = "me", "nobody"

_OF_KIND = {
    IdeaKind.PROPOSAL: ~Q(solution=""),
    IdeaKind.IDEA: Q(solution="") & ~Q(beneficiaries=""),
    IdeaKind.OPPORTUNITY: Q(solution="", beneficiaries=""),
}


class IdeaFilter(SearchingForm, FilterForm):
    """Which ideas to show."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    status = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *IdeaStatus.choices],
    )
    lead = forms.ChoiceField(label=_("Who prepares"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *IdeaKind.choices]
    )
    least_ore = KronorField(label=_("Cost from"), required=False)
    most_ore = KronorField(label=_("Cost to"), required=False)
    since = forms.DateField(
        label=_("Left from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("Left until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    unit = SearchChoiceField(
        Unit.objects.all(),
        route="unit-search",
        label=_("Where"),
        required=False,
        help_text=_("With all that belongs to it."),
    )
    kpi = SearchChoiceField(
        Kpi.objects.all(), route="kpi-search", label=_("Measure it is aimed at"), required=False
    )

    ALWAYS = ("q", "status", "lead")  # the others lie folded until one of them is used

    def __init__(self, data: QueryDict, *, person: Person) -> None:
        super().__init__(data)
        self.person = person
        people = [(str(pk), name) for pk, name in _names(person)]
        self.fields["lead"].choices = [  # type: ignore[attr-defined]
            ("", _("Anybody")),
            (ME, _("Me")),
            (NOBODY, _("Nobody yet")),
            *people,
        ]

    @property
    def is_unfolded(self) -> bool:
        """Say whether something among the folded is used, searched for or in error."""
        return self.is_searching() or super().is_unfolded

    def narrow(self, ideas: IdeaQuerySet) -> IdeaQuerySet:
        for name, value in self.used().items():
            ideas = ideas.filter(_CONDITIONS[name](value, self.person))
        return ideas

    def said(self, name: str, value: Any) -> str:
        if name.endswith("_ore"):
            return format_kronor(value)
        if name in ("since", "until"):
            return date_format(value, "j F Y")
        return f"“{value}”" if name == "q" else super().said(name, value)


class BoardFilter(IdeaFilter):
    """What to show on the board, whose columns are the states."""

    ALWAYS = ("q", "lead", "kind")

    def __init__(self, data: QueryDict, *, person: Person) -> None:
        super().__init__(data, person=person)
        for name in ("status", "least_ore", "most_ore", "since", "until", "kpi"):
            del self.fields[name]


def _names(person: Person) -> list[tuple[int, str]]:
    return [(lead.pk, lead.name) for lead in preparers_within_reach(person)]


def _by_lead(value: str, person: Person) -> Q:
    if value == NOBODY:
        return Q(assigned_to=None)
    return Q(assigned_to=person.pk if value == ME else int(value))


def _costing(compared: Callable[[Any, int], Any], ore: int, person: Person) -> Q:
    """Return the condition on the sum of the lines, of those whose amounts one may see.

    The sum is looked up idea by idea, the latest first: mostly enough of them are soon found.
    """
    lines = CostLine.objects.filter(idea=OuterRef("pk")).order_by().values("idea")
    total = Subquery(lines.annotate(ore=Sum("amount_ore")).values("ore"))
    return amounts_seen_by(person) & Q(compared(total, ore))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


_CONDITIONS: dict[str, Callable[[Any, Person], Q]] = {
    "q": lambda words, _who: Q(title__icontains=words) | Q(need__icontains=words),
    "status": lambda status, _who: Q(status=status),
    "lead": _by_lead,
    "kind": lambda kind, _who: _OF_KIND[IdeaKind(kind)],
    "least_ore": lambda ore, who: _costing(GreaterThanOrEqual, ore, who),
    "most_ore": lambda ore, who: _costing(LessThanOrEqual, ore, who),
    "since": lambda day, _who: Q(created_at__gte=_midnight(day)),
    "until": lambda day, _who: Q(created_at__lt=_midnight(day + timedelta(days=1))),
    "unit": lambda unit, _who: within(unit, through="unit"),
    "kpi": lambda kpi, _who: Q(kpi=kpi),
}
