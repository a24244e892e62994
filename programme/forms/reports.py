"""The report."""

from collections.abc import Mapping
from dataclasses import fields as fields_of

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.asking import AsksGently

from ..actions.reports import WRITTEN, Wishes
from ..comparing import fingerprint
from ..drafting import Texts
from ..models import Report
from ..queries.public_reports import Said
from .fields import LaterText, OnACopy, lines

LONGEST_TITLE, LONGEST_AIM = 120, 500


class ReportForm(OnACopy):
    """The texts of a report.  Facts are not here: they stand beside, from the work itself."""

    class Meta:
        model = Report
        fields = (
            *("extent", "background", "what_we_did", "result", "learning", "spread", "thanks"),
            *("participants", "reward_use"),
        )
        widgets = {
            "extent": forms.RadioSelect,
            "background": lines(4),
            "what_we_did": lines(8),
            "result": lines(5),
            "learning": lines(5),
            "spread": lines(3),
            "thanks": lines(2),
        }
        field_classes = {"what_we_did": LaterText, "result": LaterText, "learning": LaterText}

    def texts(self) -> Texts:
        return Texts(**{field.name: self.cleaned_data[field.name] for field in fields_of(Texts)})

    def wishes(self) -> Wishes:
        return Wishes(**{field.name: self.cleaned_data[field.name] for field in fields_of(Wishes)})


def seen_of(report: Report) -> str:
    """Return the fingerprint of each text as it is, to be sent along with the form."""
    return " ".join(f"{name}:{fingerprint(getattr(report, name))}" for name in WRITTEN)


def read_seen(sent: str) -> Mapping[str, str] | None:
    """Return by name what `seen_of` wrote; None where nothing was sent along."""
    pairs = (part.partition(":") for part in sent[:2_000].split())
    return {name: mark for name, _colon, mark in pairs} or None


class CoachForm(OnACopy):
    class Meta:
        model = Report
        fields = ("coach_says",)
        widgets = {"coach_says": lines(5)}


class ApproveForm(OnACopy):
    class Meta:
        model = Report
        fields = ("approver_says",)
        widgets = {"approver_says": lines(3)}


class PressForm(OnACopy):
    class Meta:
        model = Report
        fields = ("press_text",)
        widgets = {"press_text": lines(14)}


class PublicForm(AsksGently, forms.Form):
    """What residents read, as whoever releases it has looked through it."""

    asks_about = ("title", "aim", "text")

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    aim = forms.CharField(
        label=_("What they wanted to achieve"), max_length=LONGEST_AIM, widget=lines(2)
    )
    text = forms.CharField(
        label=_("To residents"),
        max_length=3000,
        widget=lines(8),
        help_text=_("What became better and for whom, in plain words and without names."),
    )
    shows_chart = forms.BooleanField(label=_("Show the chart"), required=False)

    def said(self) -> Said:
        return Said(**{name: self.cleaned_data[name] for name in self.base_fields})
