"""What a decider fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.forms import KronorField
from organisation.privacy import no_identity_numbers

from ..actions.decisions import Grounds, Terms
from ..models import AgendaItem, Basis, Condition, Decision, Fund, Idea, Outcome

LATER = (Outcome.WAITING, Outcome.REJECTED)


def own_words(label: Any, *, rows: int = 3, **options: Any) -> forms.CharField:
    """Return a field for somebody's own words, which name nobody by number."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, validators=[no_identity_numbers], **options)


def one_line(label: Any, max_length: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=max_length, validators=[no_identity_numbers], **options
    )


class TermsForm(forms.Form):
    """What is decided: the outcome, and what belongs to it.

    The page shows only the fields of the outcome that is chosen (forms.css).  Choices are
    narrowed as a kindness; the action asks everything again.
    """

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    fund = forms.ModelChoiceField(
        Fund.objects.none(), label=_("Fund"), required=False, empty_label=None
    )
    project_ore = KronorField(
        label=_("Amount granted"),
        required=False,
        help_text=_("The reward to the staff group is added by the fund's rule."),
    )
    returns_when = forms.ChoiceField(
        label=_("Comes back when"), required=False, widget=forms.RadioSelect
    )
    wait_until = forms.DateField(
        label=pgettext_lazy("decision", "Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only if the idea comes back on a certain day."),
    )
    reason = own_words(_("Reason"), max_length=2000, help_text=_("The author will read it."))
    case_number = one_line(
        _("Case number"), 60, required=False, help_text=_("If the matter has one in your register.")
    )

    def __init__(self, idea: Idea, data: Any = None, **options: Any) -> None:
        self.idea = idea
        initial = {"project_ore": idea.cost_ore(), **options.pop("initial", {})}
        super().__init__(data, initial=initial, **options)
        funds = Fund.objects.open_to(idea).order_by("-unit__path", "name")
        self.fields["fund"].queryset = funds  # type: ignore[attr-defined]
        conditions = [c for c in Condition.choices if c[0] != Condition.RED or idea.kpi_id]
        never = ("", _("It does not come back by itself"))
        self.fields["returns_when"].choices = [never, *conditions]  # type: ignore[attr-defined]
        for name in ("fund", "project_ore", "returns_when", "wait_until"):
            self.fields[name].conditional = True  # type: ignore[attr-defined]  # needed by outcome

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        outcome = cleaned.get("outcome")
        if outcome == Outcome.APPROVED:
            if not cleaned.get("fund"):
                self.add_error("fund", _("Choose the fund that pays."))
            if not cleaned.get("project_ore") and "project_ore" not in self.errors:
                self.add_error("project_ore", _("Write an amount above zero."))
        if outcome in LATER:
            self._clean_condition(cleaned)
        return cleaned

    def _clean_condition(self, cleaned: dict[str, Any]) -> None:
        """A day that is written is a condition, also when the choice was passed over."""
        if cleaned.get("wait_until") and not cleaned.get("returns_when"):
            cleaned["returns_when"] = Condition.DATE
        if cleaned.get("returns_when") != Condition.DATE:
            cleaned["wait_until"] = None
        elif not cleaned.get("wait_until") and "wait_until" not in self.errors:
            self.add_error("wait_until", _("Write the day when the idea comes back."))
        if cleaned.get("outcome") == Outcome.WAITING and not cleaned.get("returns_when"):
            self.add_error(
                "returns_when", _("Choose what brings the idea back, so that it is not forgotten.")
            )

    def terms(self) -> Terms:
        """Return what was chosen, without what belongs to another outcome."""
        facts = self.cleaned_data
        if facts["outcome"] == Outcome.APPROVED:
            return Terms(facts["outcome"], facts["fund"].pk, facts["project_ore"])
        if facts["outcome"] in LATER:
            return Terms(
                facts["outcome"],
                returns_when=facts["returns_when"],
                wait_until=facts["wait_until"],
            )
        return Terms(facts["outcome"])


class GroundsFields(forms.Form):
    """By what right a decision is taken, and who was asked."""

    basis = forms.ChoiceField(label=_("Basis"), choices=Basis.choices, initial=Basis.DELEGATED)
    delegation_reference = one_line(
        _("Delegation reference"),
        60,
        required=False,
        help_text=_("The point of the delegation order, for example 4.12."),
    )
    consulted = one_line(
        _("Consulted"),
        1000,
        required=False,
        help_text=_("Those whose view was asked for before the decision."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["delegation_reference"].conditional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("basis") == Basis.DELEGATED and not cleaned.get("delegation_reference"):
            self.add_error(
                "delegation_reference",
                _("Write the point of the delegation order that gives you the right to decide."),
            )
        return cleaned

    def grounds(self) -> Grounds:
        names = ("reason", "delegation_reference", "basis", "consulted", "case_number")
        return Grounds(**{name: self.cleaned_data[name] for name in names})


class DecideForm(GroundsFields, TermsForm):
    """A whole decision, taken between meetings."""

    field_order: tuple[str, ...] = (
        "outcome",
        "fund",
        "project_ore",
        "returns_when",
        "wait_until",
        "reason",
        "basis",
        "delegation_reference",
        "consulted",
        "case_number",
    )


class ReplaceForm(DecideForm):
    """A decision that takes the place of an earlier one."""

    why = own_words(
        _("Why the decision is taken anew"),
        rows=2,
        max_length=1000,
        help_text=_("What has come to light since. The earlier decision can still be read."),
    )
    field_order = ("why", *DecideForm.field_order)


class AddForm(GroundsFields):
    """More money for what is being carried out."""

    extra_ore = KronorField(
        label=_("How much more"), help_text=_("Besides what has been granted already.")
    )
    reason = own_words(_("Reason"), max_length=2000, help_text=_("The author will read it."))
    case_number = one_line(
        _("Case number"), 60, required=False, help_text=_("If the matter has one in your register.")
    )
    seen_revision = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("extra_ore", "reason", "basis", "delegation_reference", "consulted")


class ConflictForm(forms.Form):
    """That one is too close to an idea to handle it."""

    reason = one_line(
        _("Why"), 200, help_text=_("In short, for example “My sister leads the team”.")
    )


class DraftForm(TermsForm):
    """A decision as it is prepared for a meeting; nothing chosen is no decision yet."""

    def __init__(self, item: AgendaItem, data: Any = None) -> None:
        shown: dict[str, Any] = {
            "outcome": item.outcome,
            "returns_when": item.returns_when,
            "wait_until": item.wait_until,
            "reason": item.reason,
            "case_number": item.case_number,
        }
        if item.fund_id is not None:
            shown |= {"fund": item.fund_id, "project_ore": item.project_ore}
        super().__init__(item.idea, data, initial=shown)


def usual_grounds(latest: Decision | None) -> dict[str, str]:
    """Return what the form shows of the decider's latest decision: mostly it is the same right."""
    if latest is None:
        return {}
    return {"basis": latest.basis, "delegation_reference": latest.delegation_reference}
