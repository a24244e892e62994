"""What the development lead fills in."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from foundation.forms import KronorField
from organisation.models.person import PersonQuerySet
from organisation.privacy import no_identity_numbers

from ..actions.preparing import Cost, Judged
from ..models import MOST_POINTS, Assessment, CostKind, CostLine, Criterion, Idea
from ..rules.preparing import Sums

MOST_LINES = 40


class PrepareForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """What the development lead adds to an idea, besides the costs."""

    class Meta:
        model = Idea
        fields = (
            "title",
            "expected_effect",
            "expected_done_on",
            "spread_potential",
            "agreed_with",
            "cap_reason",
            "purchase_reason",
        )
        widgets = {
            "expected_effect": forms.Textarea(attrs={"rows": 3}),
            "expected_done_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "spread_potential": forms.Textarea(attrs={"rows": 2}),
            # The empty placeholder lets the stylesheet see that nothing is written.
            "cap_reason": forms.Textarea(attrs={"rows": 2, "placeholder": " "}),
            "purchase_reason": forms.Textarea(attrs={"rows": 2, "placeholder": " "}),
        }

    def texts(self) -> list[Any]:
        return [self["title"]]

    def effects(self) -> list[Any]:
        return [self[name] for name in ("expected_effect", "expected_done_on", "spread_potential")]

    def about_costs(self) -> list[Any]:
        return [self[name] for name in ("agreed_with", "cap_reason", "purchase_reason")]


class CostForm(forms.Form):
    """One cost line; an empty one is left out.

    Args:
        usual_rate_ore: What an hour cost here the last time, which a new line begins with.
    """

    kind = forms.ChoiceField(choices=CostKind.choices, label=_("Type"), required=False)
    description = forms.CharField(
        label=_("What"), max_length=200, required=False, validators=[no_identity_numbers]
    )
    hours = forms.DecimalField(
        label=_("Hours"), max_digits=7, decimal_places=2, min_value=0, required=False, localize=True
    )
    rate_ore = KronorField(label=_("Kronor per hour"), required=False)
    amount_ore = KronorField(label=_("Amount"), required=False)

    def __init__(self, *args: Any, usual_rate_ore: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual_rate_ore = usual_rate_ore
        for field in self.fields.values():
            field.conditional = True  # type: ignore[attr-defined]  # see django/forms/field.html

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors or self.is_empty():
            return cleaned
        if not cleaned["kind"]:
            self.add_error("kind", _("Choose a type."))
        elif cleaned["kind"] == CostKind.STAFF:
            if not cleaned["hours"]:
                self.add_error("hours", _("Write the number of hours."))
            if not cleaned["rate_ore"]:
                self.add_error("rate_ore", _("Write what an hour costs."))
        elif not cleaned["amount_ore"]:
            self.add_error("amount_ore", _("Write an amount above zero."))
        return cleaned

    def is_empty(self) -> bool:
        """Say whether nothing was typed."""
        typed = [self.cleaned_data.get(name) for name in ("description", "hours", "amount_ore")]
        rate_ore = self.cleaned_data.get("rate_ore")
        typed.append(None if rate_ore == self.usual_rate_ore else rate_ore)
        return all(value in (None, "") for value in typed)

    def cost(self) -> Cost:
        return Cost(**self.cleaned_data)


CostForms = forms.formset_factory(CostForm, extra=0, max_num=MOST_LINES, validate_max=True)


def empty_line(usual_rate_ore: int | None) -> dict[str, Any]:
    """Return what a new cost line shows: what an hour cost here the last time."""
    return {"rate_ore": usual_rate_ore} if usual_rate_ore else {}


def changed_lines(typed: QueryDict, usual_rate_ore: int | None) -> list[dict[str, Any]]:
    """Return the lines as they were typed, with one more or one less as the button said."""
    asked = typed.get("cost-TOTAL_FORMS", "")
    count = min(int(asked), MOST_LINES) if asked.isdecimal() else 0
    lines: list[dict[str, Any]] = [
        {name: typed.get(f"cost-{number}-{name}", "") for name in CostForm.base_fields}
        for number in range(count)
    ]
    gone = typed.get("remove_line", "")
    if gone.isdecimal() and int(gone) < len(lines):
        del lines[int(gone)]
    if "add_line" in typed and len(lines) < MOST_LINES:
        lines.append(empty_line(usual_rate_ore))
    return lines


def costs_of(forms_of_lines: Any) -> list[Cost]:
    """Return the lines that were filled in."""
    return [form.cost() for form in forms_of_lines if not form.is_empty()]


def sums_so_far(forms_of_lines: Any) -> Sums:
    """Add up the lines that can be understood, while others are still being typed."""
    of_kind: dict[str, int] = {}
    for form in forms_of_lines:
        if form.is_valid() and not form.is_empty():
            cost = form.cost()
            of_kind[cost.kind] = of_kind.get(cost.kind, 0) + cost.in_ore()
    return Sums(of_kind)


def initial_costs(lines: Sequence[CostLine]) -> list[dict[str, Any]]:
    """Return what a formset shows for lines that are saved already."""
    shown = ("kind", "description", "hours", "rate_ore", "amount_ore")
    return [
        {
            name: getattr(line, name)
            for name in shown
            if not (name == "amount_ore" and line.kind == CostKind.STAFF)
        }
        for line in lines
    ]


class JudgeForm(forms.Form):
    """Points and a short reason for each criterion; none need be given.

    Args:
        criteria: Those in use, in their order.
        given: The points that this person has given before.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        criteria: Sequence[Criterion],
        given: Sequence[Assessment] = (),
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.criteria = criteria
        before: dict[str, Any] = {}
        for one in given:
            before[f"points_{one.criterion_id}"] = one.points
            before[f"reason_{one.criterion_id}"] = one.reason
        super().__init__(data, initial=before | (initial or {}))
        for criterion in criteria:
            self.fields[f"points_{criterion.pk}"] = forms.TypedChoiceField(
                label=str(criterion),
                help_text=escape(criterion.asks),  # typed by somebody; shown as it is
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", _("Not yet")), *((n, str(n)) for n in range(1, MOST_POINTS + 1))],
                widget=forms.RadioSelect,
            )
            self.fields[f"reason_{criterion.pk}"] = forms.CharField(
                label=_("In short, why"),
                required=False,
                max_length=200,
                validators=[no_identity_numbers],
            )

    def rows(self) -> list[tuple[Criterion, Any, Any]]:
        """Return each criterion with its two fields, for the page."""
        return [(c, self[f"points_{c.pk}"], self[f"reason_{c.pk}"]) for c in self.criteria]

    def judged(self) -> list[Judged]:
        """Return the criteria that got points."""
        return [
            Judged(criterion, points, self.cleaned_data[f"reason_{criterion.pk}"])
            for criterion in self.criteria
            if (points := self.cleaned_data[f"points_{criterion.pk}"])
        ]


class Preparation:
    """The three forms of the preparation's page, which are sent together.

    Args:
        typed: What was sent; empty when the page is opened.
        lines: The cost lines as they are saved.
        given: The points that this person has given before.
        usual_rate_ore: What an hour cost here the last time.
    """

    def __init__(
        self,
        idea: Idea,
        typed: QueryDict,
        *,
        lines: Sequence[CostLine],
        criteria: Sequence[Criterion],
        given: Sequence[Assessment],
        usual_rate_ore: int | None,
    ) -> None:
        judging = partial(JudgeForm, criteria=criteria, given=given)
        costs = partial(CostForms, prefix="cost", form_kwargs={"usual_rate_ore": usual_rate_ore})
        self.has_new_line = "add_line" in typed
        self.is_only_lines = self.has_new_line or "remove_line" in typed
        if self.is_only_lines:
            # Nothing is judged yet: the forms show what was typed as if it were there before.
            kept = dict(typed.items())
            now = changed_lines(typed, usual_rate_ore)
            self.texts = PrepareForm(initial=kept, instance=idea)
            self.lines = costs(initial=now)
            self.points = judging(initial=kept)
            self.sums = sums_so_far(costs(_as_typed(now)))
            for name in ("agreed_with", "cap_reason", "purchase_reason"):
                setattr(idea, name, kept.get(name, ""))
            return
        shown = initial_costs(lines) or [empty_line(usual_rate_ore)]
        self.texts = PrepareForm(typed or None, instance=idea)
        self.lines = costs(typed or None, initial=shown)
        self.points = judging(typed or None)
        self.sums = sums_so_far(self.lines) if typed else Sums.of(lines)

    def are_filled_in(self) -> bool:
        return all([self.texts.is_valid(), self.lines.is_valid(), self.points.is_valid()])

    def have_errors(self) -> bool:
        return bool(self.texts.errors or self.lines.total_error_count() or self.points.errors)


def _as_typed(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Return lines as a browser would send them."""
    sent: dict[str, Any] = {"cost-TOTAL_FORMS": len(lines), "cost-INITIAL_FORMS": 0}
    for number, line in enumerate(lines):
        sent |= {f"cost-{number}-{name}": value for name, value in line.items()}
    return sent


class GiveForm(forms.Form):
    """Who is to prepare an idea."""

    to: Any = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=_("Who prepares it?"),
        empty_label=_("Nobody for now"),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, people: PersonQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class CriterionForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A criterion's words; one of the usual may be left empty and has then its usual words."""

    class Meta:
        model = Criterion
        fields = ("name", "question")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = not self.instance.key
        if self.instance.key:
            self.fields["name"].widget.attrs["placeholder"] = self.instance.label
            self.fields["question"].widget.attrs["placeholder"] = self.instance.asks

    def validate_unique(self) -> None:
        """Left to the action, which also knows the usual names."""
