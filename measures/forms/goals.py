"""What is filled in about a goal."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.forms import NumberField
from foundation.search_choice import SearchChoiceField, SearchingForm
from organisation.models import Person, Unit
from organisation.models.unit import home_unit
from organisation.permissions import Permission
from organisation.privacy import no_identity_numbers

from ..actions.goals import Aim
from ..models import Goal, Kpi, QualityMeasure
from ..rules.keeping import why_not_keep


class _MeasureField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    def label_from_instance(self, measure: Any) -> str:
        return f"{measure.area.name}: {measure.name}"


class GoalForm(SearchingForm, forms.Form):
    """A measure or a KPI, whose goal it is, for which year, and what is wanted."""

    measure = _MeasureField(
        QualityMeasure.objects.select_related("area").order_by(
            "area__position", "area", "position", "pk"
        ),
        label=_("Quality measure"),
        required=False,
        empty_label=_("None: the goal is for a KPI"),
    )
    kpi = SearchChoiceField(
        Kpi.objects.all(),
        route="kpi-search",
        label=_("KPI"),
        required=False,
        help_text=_("Only if the goal is not for a whole measure."),
    )
    unit = SearchChoiceField(
        Unit.objects.active(),
        route="unit-search",
        label=_("Whose goal?"),
        help_text=_("A goal of the whole organisation is shown to all."),
    )
    year = forms.IntegerField(
        label=_("Year"),
        help_text=_("The year that the outcome is for."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Write a year with four digits, for example 2027.")},
    )
    value = NumberField(
        label=_("Goal"), help_text=_("In the unit of the measure, for example 92 or 4,5.")
    )
    note = forms.CharField(
        label=_("Who set it"),
        max_length=200,
        required=False,
        validators=[no_identity_numbers],
        help_text=_("For example: Socialnämnden 2026-02-03 § 12."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        goal: Goal | None = None,
        asked: dict[str, Any] | None = None,
        person: Person,
    ) -> None:
        """Args:
        asked: What the page that one came from is about: a measure or a KPI.
        """
        said = ("measure", "kpi", "unit", "year", "value", "note")
        initial = {name: getattr(goal, name) for name in said} if goal else asked
        super().__init__(data, initial=initial)
        reach = Unit.objects.active().filter(_reach(person))
        unit: Any = self.fields["unit"]
        unit.queryset = reach
        unit.widget.query = {"may": Permission.GOAL_SET} if why_not_keep(person) else {}
        unit.suggested = lambda: reach.order_by("tree_order")[:3]
        if not goal and not (asked or {}).get("unit"):
            unit.initial = reach.order_by("tree_order").first()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("measure") and cleaned.get("kpi"):
            self.add_error("kpi", _("Choose a measure or a KPI, not both."))
        elif "kpi" in cleaned and not cleaned.get("measure") and not cleaned["kpi"]:
            self.add_error("measure", _("Choose what the goal is for: a measure or a KPI."))
        return cleaned

    def aim(self) -> Aim:
        return Aim(**self.cleaned_data)


def _reach(person: Person) -> Q:
    """For which units a person may set goals: those of the own role, or all."""
    home = home_unit()
    if home is not None and why_not_keep(person) is None:
        return Q(path__startswith=home.path)
    return person.reach(Permission.GOAL_SET, through="")
