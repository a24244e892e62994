"""What the cockpit shows: read from the address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foundation.filters import FilterForm
from foundation.search_choice import SearchChoiceField, SearchingForm
from organisation.models import Unit
from organisation.models.unit import within

from ..models.work import WorkQuerySet
from ..queries.cockpit import Needing
from ..support.need import LABELS

NOBODY = "0"


class CockpitFilter(SearchingForm, FilterForm):
    """Which works to show."""

    why = forms.ChoiceField(
        label=_("What is the matter"),
        required=False,
        choices=[("", _("Anything")), *((why.value, label) for why, label in LABELS.items())],
    )
    coach = forms.ChoiceField(label=_("Coach"), required=False)
    unit = SearchChoiceField(
        Unit.objects.all(),
        route="unit-search",
        label=_("Where"),
        required=False,
        help_text=_("With all that belongs to it."),
    )

    ALWAYS = ("why", "coach")

    def __init__(self, data: QueryDict, *, coaches: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        choices = [(str(pk), name) for pk, name in coaches]
        if choices:
            everybody = [("", _("Everybody")), (NOBODY, _("Nobody")), *choices]
            self.fields["coach"].choices = everybody  # type: ignore[attr-defined]
        else:
            del self.fields["coach"]

    def narrow(self, works: WorkQuerySet) -> WorkQuerySet:
        used = self.used()
        if unit := used.get("unit"):
            works = works.filter(within(unit, through="unit"))
        coach = used.get("coach")
        if coach == NOBODY:
            works = works.exclude(coachings__ended_on=None, coachings__isnull=False)
        elif coach:
            works = works.filter(coachings__coach=coach, coachings__ended_on=None)
        return works

    def narrowed(self, needing: list[Needing]) -> list[Needing]:
        """Leave those about which what is asked for is the matter."""
        why = self.used().get("why")
        if not why:
            return needing
        return [each for each in needing if any(r.why == why for r in each.need.reasons)]

    def said(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField) and name in ("why", "coach"):
            return str(dict(field.choices)[value])  # type: ignore[arg-type]
        return super().said(name, value)
