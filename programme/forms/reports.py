"""The report."""

from dataclasses import fields as fields_of

from ..actions.reports import Wishes
from ..drafting import Texts
from ..models import Report
from .fields import LaterText, OnACopy, lines


class ReportForm(OnACopy):
    """The texts of a report.  Facts are not here: they stand beside, from the work itself."""

    class Meta:
        model = Report
        fields = (
            *("background", "what_we_did", "result", "learning", "spread"),
            *("participants", "reward_use"),
        )
        widgets = {
            "background": lines(4),
            "what_we_did": lines(8),
            "result": lines(5),
            "learning": lines(5),
            "spread": lines(3),
        }
        field_classes = {"what_we_did": LaterText, "result": LaterText, "learning": LaterText}

    def texts(self) -> Texts:
        return Texts(**{field.name: self.cleaned_data[field.name] for field in fields_of(Texts)})

    def wishes(self) -> Wishes:
        return Wishes(**{field.name: self.cleaned_data[field.name] for field in fields_of(Wishes)})
