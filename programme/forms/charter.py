"""The charter of a work, part by part: each fits on a phone."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.forms import NumberField
from foundation.search_choice import SearchChoiceField, SearchingForm
from measures.models import Kpi
from organisation.models import Person
from organisation.privacy import no_identity_numbers

from ..models import Effect, Improves, Scope, StrategicArea, Work
from ..queries.people import confirmers, confirmers_at
from .fields import OnACopy, day_input, lines

MOST_TAGS = 8


class PartForm(SearchingForm, OnACopy):
    """One part of the charter.  `changes` is what the action is given."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def changes(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.fields}


class AimForm(PartForm):
    """What is to be achieved, in words and in numbers."""

    aim_from = NumberField(
        label=pgettext_lazy("aim", "From"),
        required=False,
        help_text=_("Where you are today, if you know."),
    )
    aim_to = NumberField(
        label=pgettext_lazy("aim", "To"), required=False, help_text=_("Where you want to be.")
    )
    aim_by = forms.DateField(
        label=pgettext_lazy("aim", "By"),
        required=False,
        widget=day_input(),
        help_text=_("The day the aim should be reached."),
    )

    class Meta:
        model = Work
        fields = ("title", "aim", "aim_from", "aim_to", "aim_by")
        widgets: ClassVar = {"aim": lines(2)}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, other in (("aim_by", "aim_to"), ("aim_to", "aim_by")):
            missing = cleaned.get(name) is None and name not in self.errors
            if missing and cleaned.get(other) is not None:
                self.add_error(name, _("An aim has both a level and a day."))
        return cleaned


class WhoForm(PartForm):
    """For whom, and why."""

    class Meta:
        model = Work
        fields = ("for_whom", "for_whom_inside", "why_wanted")
        widgets: ClassVar = {"why_wanted": lines(4)}


class ChangeForm(PartForm):
    """What can be changed."""

    class Meta:
        model = Work
        fields = ("what_to_change",)
        widgets: ClassVar = {"what_to_change": lines(6)}


class PlaceForm(PartForm):
    """Where it belongs: strategy, effects, what it is part of."""

    strategic_area = forms.ModelChoiceField(
        StrategicArea.objects.none(),
        label=_("Strategic area"),
        required=False,
        empty_label=_("Not said yet"),
    )
    effects = forms.MultipleChoiceField(
        label=_("Expected effects"),
        choices=Effect.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    improves = forms.ChoiceField(
        label=_("What kind of thing is improved?"),
        choices=[("", _("Not said yet")), *Improves.choices],
        required=False,
    )
    kpi = SearchChoiceField(
        Kpi.objects.all(),
        route="kpi-search",
        label=_("Quality measure that it shall move"),
        required=False,
    )
    supports = SearchChoiceField(
        Work.objects.none(),
        route="work-search",
        label=_("Improvement that it is part of"),
        required=False,
        help_text=_(
            "For example a change in how you are governed that this one tries in practice, or a "
            "larger work that this is one piece of."
        ),
    )
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=300,
        validators=[no_identity_numbers],
        help_text=_("With commas between, for example: Millennium, digitalisation, Senior alert."),
    )

    class Meta:
        model = Work
        fields = ("strategic_area", "effects", "improves", "kpi", "supports", "tags")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = Q(is_active=True) | Q(pk=self.instance.strategic_area_id)
        self.fields["strategic_area"].queryset = StrategicArea.objects.filter(chosen)  # type: ignore[attr-defined]
        visible = Work.objects.visible_to(self.person) | Work.objects.filter(
            pk=self.instance.supports_id
        )
        self.fields["supports"].queryset = visible.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        self.initial["tags"] = ", ".join(self.instance.tags)

    def clean_tags(self) -> list[str]:
        tags = list(
            dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["tags"].split(","))))
        )
        if len(tags) > MOST_TAGS or any(len(tag) > 40 for tag in tags):
            raise ValidationError(_("Write at most eight tags of 40 letters each."))
        return tags


class FrameForm(PartForm):
    """Whether it can be carried out, who asked for it, and with how much time."""

    scope = forms.MultipleChoiceField(
        label=_("Is it possible to carry out?"),
        choices=Scope.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what you can say yes to. It is no test: what is left shows what to do."),
    )
    asked_by = SearchChoiceField(
        Person.objects.none(),
        route="confirmer-search",
        label=_("Manager who asked for it"),
        required=False,
    )
    hours_planned = NumberField(
        label=_("Hours that the team may use"),
        required=False,
        help_text=_("All together, meetings and tests included."),
    )

    class Meta:
        model = Work
        fields = ("scope", "asked_by", "hours_planned")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked_by: Any = self.fields["asked_by"]
        asked_by.queryset = confirmers() | Person.objects.filter(pk=self.instance.asked_by_id)
        asked_by.suggested = lambda: confirmers_at([self.instance.unit]).in_name_order()[:5]

    def clean_hours_planned(self) -> Decimal | None:
        hours: Decimal | None = self.cleaned_data["hours_planned"]
        if hours is not None and not 0 <= hours < 100_000:
            raise ValidationError(_("Write hours as a number from 0 to 99,999."))
        return None if hours is None else round(hours, 1)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the charter: its word in the address, its heading and its form."""

    slug: str
    title: str | Promise
    form: type[PartForm]


PARTS = {
    part.slug: part
    for part in (
        Part("mal", _("What do we want to achieve?"), AimForm),
        Part("for-vem", _("For whom, and why?"), WhoForm),
        Part("sammanhang", _("Where does it belong?"), PlaceForm),
        Part("forandra", _("What can we change?"), ChangeForm),
        Part("ramar", _("Is it possible to carry out?"), FrameForm),
    )
}
