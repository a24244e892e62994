"""/stil: every component in use, in all its states.  Where a new developer learns the look.

Only with the demo or debugging on; everything shown is made up here, nothing is read or saved.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from foundation.filters import FilterForm
from foundation.forms import KronorField
from foundation.models import Job, JobStatus
from foundation.money import ORE_PER_KRONA
from foundation.search_choice import SearchChoiceField, SearchingForm
from foundation.uploads import UploadField
from organisation.asking import AsksGently
from organisation.models import Unit

from .stil_charts import control_chart_examples, run_chart_example, small_chart_examples


def _example_units() -> list[Unit]:
    return [
        Unit(pk=1, name="Hemtjänst norr", kind=_("Home care"), path="/1/"),
        Unit(pk=2, name="Hemtjänst Gamleby", kind=_("Home care"), path="/2/"),
    ]


class ExampleForm(AsksGently, SearchingForm, forms.Form):
    """One of each kind of field."""

    asks_about = ("need",)

    need = forms.CharField(
        label=gettext_lazy("What is the need?"),
        help_text=gettext_lazy("Write as you would tell a colleague. No names of residents."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    where = SearchChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Where?"),
        route="unit-search",
        suggested=_example_units,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of unit?"),
        choices=[("home", gettext_lazy("Home care")), ("school", gettext_lazy("School"))],
    )
    amount_ore = KronorField(
        label=gettext_lazy("What does it cost?"), help_text=gettext_lazy("In kronor.")
    )
    on = forms.DateField(
        label=gettext_lazy("From which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    aim = forms.ChoiceField(
        label=gettext_lazy("Who is it for?"),
        choices=[
            ("residents", gettext_lazy("Residents")),
            ("colleagues", gettext_lazy("Colleagues")),
        ],
        widget=forms.RadioSelect,
    )
    picture = UploadField(label=gettext_lazy("A picture"), required=False)
    simple = forms.BooleanField(
        label=gettext_lazy("We can do this at once, without money"), required=False
    )


class ExampleFilter(FilterForm):
    ALWAYS = ("words", "status")

    words = forms.CharField(label=gettext_lazy("Search"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        choices=[("", gettext_lazy("All")), ("open", gettext_lazy("Under way"))],
        required=False,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of unit?"),
        choices=[("", gettext_lazy("All")), ("home", gettext_lazy("Home care"))],
        required=False,
    )


@login_not_required
@require_GET
def stil(request: HttpRequest) -> HttpResponse:
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    return render(request, "stil/stil.html", _examples())


def _examples() -> dict[str, Any]:
    narrowed = ExampleFilter(QueryDict("status=open"))
    return {
        "form": ExampleForm(prefix="empty", initial={"where": 1}),
        "refused_form": _refused(),
        "filter": narrowed,
        "chips": list(narrowed.chips()),
        "todo": _todo(),
        "facts": [
            (_("Unit"), "Hemtjänst norr"),
            (_("Author"), "Jonas Lind"),
            (_("Aim"), _("Nine of ten know who their contact is, before 1 December.")),
            (_("Left out when empty"), ""),
        ],
        "money": {
            "allocated_ore": 42_000 * ORE_PER_KRONA,
            "paid_ore": 20_200 * ORE_PER_KRONA,
            "reserved_ore": 9_300 * ORE_PER_KRONA,
            "left_ore": 12_500 * ORE_PER_KRONA,
        },
        "jobs": _jobs(),
        "timeline": _timeline(),
        "segments": [
            {"label": _("Mine"), "href": "?", "count": 4, "current": True},
            {"label": _("My unit's"), "href": "?", "count": 17},
            {"label": _("All"), "href": "?", "count": 60},
        ],
        "page_of_many": Paginator(range(60), 20).page(2),
        "measures": _measures(),
        "chart": run_chart_example(),
        "control_charts": control_chart_examples(),
        "small_charts": small_chart_examples(),
        "tones": [
            (_("Draft"), "neutral"),
            (_("Under way"), "info"),
            (_("Approved"), "success"),
            (_("Queued"), "warning"),
            (_("Rejected"), "danger"),
            (_("New"), "sun"),
        ],
    }


def _refused() -> ExampleForm:
    """The form with something wrong, and something to ask about, in it."""
    typed = {
        "need": _("The patient phoned 070-174 06 35 in vain."),
        "email": "maria.ek",
        "amount_ore": "tolv",
        "kind": "home",
    }
    form = ExampleForm({f"refused-{name}": text for name, text in typed.items()}, prefix="refused")
    form.is_valid()
    form.fields["need_is_about_nobody"].widget.attrs["autofocus"] = False  # one comes to look
    return form


def _todo() -> list[dict[str, object]]:
    return [
        {
            "title": _("Permanent contact from the first day"),
            "href": "#todo",
            "text": _("Hemtjänst norr · cycle 3 of 4 · from 62 to 78 % know their contact"),
            "status": _("Under way"),
            "tone": "info",
        },
        {
            "title": _("Call first – we say who is coming"),
            "href": "#todo",
            "text": _("Hemtjänst Gamleby · the effect held after six months"),
            "status": _("Done"),
            "tone": "success",
        },
        {
            "title": _("Write what you learned"),
            "text": _("The report fills itself from the work; two questions are yours."),
            "status": _("Waits for you"),
            "tone": "sun",
        },
    ]


def _jobs() -> list[Job]:
    """Return a job in each state; they are never saved."""
    return [
        Job(status=JobStatus.QUEUED, note=_("Two others are before you.")),
        Job(status=JobStatus.RUNNING),
        Job(status=JobStatus.RUNNING, done=37, total=120, note=_("Drawing the charts.")),
        Job(status=JobStatus.DONE, done=120, total=120, note=_("The report is ready to fetch.")),
        Job(status=JobStatus.FAILED, note=_("The file had no heading row. Nothing was changed.")),
    ]


def _timeline() -> list[dict[str, str]]:
    return [
        {
            "when": _("4 November 2026"),
            "who": "Karin Berg",
            "text": _("Approved, 9 300 kr is reserved"),
            "note": _("“Small, measurable and close to the people we are here for.”"),
        },
        {"when": _("28 October 2026"), "who": "Amina Nilsson", "text": _("Prepared")},
        {"when": _("21 October 2026"), "who": "Jonas Lind", "text": _("Submitted")},
    ]


def _measures() -> list[dict[str, object]]:
    def row(name: str, *cells: tuple[str, str], rank: str, part: bool = False) -> dict[str, object]:
        return {"name": name, "cells": cells, "rank": rank, "part": part}

    of = _("{rank} of 288")
    return [
        row(
            _("Being met with respect"),
            ("96", "bad"),
            ("98", "good"),
            ("98", "good"),
            rank=of.format(rank=80),
        ),
        row(
            _("How the staff meet you"),
            ("96", "bad"),
            ("98", "good"),
            ("98", "good"),
            rank=of.format(rank=80),
            part=True,
        ),
        row(
            _("Feeling safe"),
            ("91", "mid"),
            ("91", "mid"),
            ("89", "mid"),
            rank=of.format(rank=190),
        ),
        row(
            _("Continuity"),
            ("–", "none"),
            ("–", "none"),
            ("15", "mid"),
            rank=of.format(rank=121),
        ),
    ]
