"""What areas and measures are made of, what is wrong with it, and how it came to be so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Prefetch, Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from foundation.journal import subject_of
from foundation.models import Event

from ..models import Good, KpiValue, MeasureKpi, Municipality, QualityArea, QualityMeasure

SHOWN = 30  # changes


@dataclass(frozen=True, slots=True)
class Part:
    """A KPI in a measure, with the last year that we have a value of it."""

    part: MeasureKpi
    last_year: int | None
    may_be_replaced: bool = False  # by its successor, which is not a part already

    @property
    def is_ended(self) -> bool:
        return self.part.kpi.retired_on is not None or self.part.kpi.ended_year is not None

    @property
    def ended(self) -> str:
        """When it ended, in words; empty if it goes on."""
        kpi = self.part.kpi
        if kpi.ended_year is not None:
            return _("Ended: %(year)s is its last year.") % {"year": kpi.ended_year}
        return _("Kolada does not have it any more.") if kpi.retired_on else ""

    @property
    def waits(self) -> bool:
        """Whether it has no values of ours, and could have."""
        return self.last_year is None and self.part.kpi.retired_on is None


@dataclass(frozen=True, slots=True)
class Definition:
    """A measure with its parts, and what a reader should be warned of."""

    measure: QualityMeasure
    parts: Sequence[Part]
    warnings: Sequence[str] = field(default_factory=list)

    @property
    def counted(self) -> list[Part]:
        return [part for part in self.parts if not part.part.is_left_out]

    @property
    def waits(self) -> bool:
        """Whether something could be fetched."""
        return any(part.waits and not part.part.kpi.is_own for part in self.parts)

    @property
    def made_of(self) -> str:
        """In a sentence: what it is the mean of."""
        names = [part.part.kpi.name for part in self.counted]
        if not names:
            return _("Nothing is counted in it yet.")
        if len(names) == 1:
            return names[0]
        return _("The mean of %(names)s.") % {"names": _names(names)}


def areas_to_edit() -> list[QualityArea]:
    """Return every area in its order, hidden ones too, each with `number` of measures.  One query."""
    return list(QualityArea.objects.annotate(number=Count("measures")).order_by("position", "pk"))


def definitions_of(
    area: QualityArea, home: Municipality | None, *, only: int | None = None
) -> list[Definition]:
    """Return what the measures of an area are made of, or one of them.  Three queries."""
    parts = MeasureKpi.objects.select_related("kpi__successor")
    measures = area.measures.prefetch_related(Prefetch("parts", parts))
    found = list(measures if only is None else measures.filter(pk=only))
    kpis = {part.kpi_id for measure in found for part in measure.parts.all()}
    years = _last_years(kpis, home)
    return [
        _definition(measure, [_part(part, measure, years) for part in measure.parts.all()])
        for measure in found
    ]


def _part(part: MeasureKpi, measure: QualityMeasure, years: dict[int, int]) -> Part:
    there = {other.kpi_id for other in measure.parts.all()}
    one = Part(part, years.get(part.kpi_id))
    after = part.kpi.successor_id
    return replace(one, may_be_replaced=one.is_ended and after is not None and after not in there)


def _last_years(kpis: Iterable[int], home: Municipality | None) -> dict[int, int]:
    said = KpiValue.objects.filter(kpi__in=kpis, municipality=home, value__isnull=False)
    return dict(said.values_list("kpi").annotate(last=Max("year")).values_list("kpi", "last"))


def _definition(measure: QualityMeasure, parts: list[Part]) -> Definition:
    counted = [part.part.kpi for part in parts if not part.part.is_left_out]
    warnings = []
    goods = {kpi.good for kpi in counted}
    if Good.NEITHER in goods:
        without = [kpi.name for kpi in counted if kpi.good == Good.NEITHER]
        warnings.append(
            _("Nobody has said which way is good for %(names)s, so the measure has no colour.")
            % {"names": _names(without)}
        )
    elif len(goods) > 1:
        warnings.append(
            _(
                "The parts disagree: a high value is good for %(high)s, a low one for %(low)s. The "
                "measure is then neither ranked nor coloured. Leave some of them out."
            )
            % {way: _names(kpi.name for kpi in counted if kpi.good == way) for way in goods}
        )
    units = sorted({kpi.unit_word for kpi in counted if kpi.unit_word})
    if len(units) > 1:
        warnings.append(
            _("The parts are counted in different units (%(units)s): their mean says little.")
            % {"units": ", ".join(units)}
        )
    if not counted:
        warnings.append(_("Nothing is counted, so the measure has no value. Add a KPI."))
    return Definition(measure, parts, warnings)


def _names(names: Iterable[str]) -> str:
    return get_text_list(list(names), pgettext("between the last two names", "and"))


# --- how it came to be so ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a definition, as a timeline shows it."""

    when: datetime
    text: str
    who: str
    note: str


def changes_of(area: QualityArea, definitions: Sequence[Definition]) -> list[Change]:
    """Return the latest changes of an area, its measures and its KPIs.  One query."""
    kpis = {subject_of(part.part.kpi): part.part.kpi for d in definitions for part in d.parts}
    events = Event.objects.filter(
        Q(subject=subject_of(area)) | Q(subject__in=list(kpis), kind="kpi.describe")
    )
    return [
        Change(
            when=event.at,
            text=_text(event, kpis[event.subject].name if event.subject in kpis else ""),
            who=event.by.name if event.by else "",
            note=_note(event.data),
        )
        for event in events.select_related("by").order_by("-at", "-pk")[:SHOWN]
    ]


def changes_of_areas() -> list[Change]:
    """Return which areas have come, gone, been renamed or moved of late.  One query."""
    kinds = ("add", "change", "hide", "show", "arrange", "delete")
    events = Event.objects.filter(
        subject__startswith="measures.qualityarea:", kind__in=[f"area.{kind}" for kind in kinds]
    )
    names = dict(QualityArea.objects.values_list("pk", "name"))
    return [
        Change(
            when=event.at,
            text=f"{name}: {_text(event)}" if name else _text(event),
            who=event.by.name if event.by else "",
            note=_note(event.data),
        )
        for event in events.select_related("by").order_by("-at", "-pk")[:SHOWN]
        for name in [_name_of(event, names)]
    ]


def _name_of(event: Event, names: dict[int, str]) -> str:
    if event.kind == "area.arrange":
        return ""
    pk = int(event.subject.rpartition(":")[2])
    return str(event.data.get("name") or names.get(pk, ""))


def _text(event: Event, kpi: str = "") -> str:
    """Say what was done, in a sentence."""
    told = {
        "area.add": _("The area was added"),
        "area.ship": _("The area came with the application"),
        "area.change": _("The area was changed"),
        "area.hide": _("The area was hidden"),
        "area.show": _("The area was shown again"),
        "area.arrange": _("The order of the areas was changed"),
        "area.delete": _("The area was taken away"),
        "measure.add": _("%(measure)s was added"),
        "measure.change": _("%(measure)s was changed"),
        "measure.arrange": _("The order of the measures was changed"),
        "measure.delete": _("%(measure)s was taken away"),
        "part.add": _("%(name)s became a part of %(measure)s"),
        "part.count": _("%(name)s is counted in %(measure)s"),
        "part.leave_out": _("%(name)s is shown beside %(measure)s and not counted"),
        "part.arrange": _("The order of the parts of %(measure)s was changed"),
        "part.replace": _("%(name)s replaced %(was)s in %(measure)s"),
        "part.remove": _("%(name)s is no longer a part of %(measure)s"),
        "kpi.describe": _("What is said of %(kpi)s was changed"),
    }
    data: dict[str, Any] = event.data
    about = {name: data.get(name, "") for name in ("measure", "name", "was")}
    return told.get(event.kind, event.kind) % {**about, "kpi": kpi}


def _note(data: dict[str, Any]) -> str:
    """Say what it was and what it became, for what has a before and an after."""
    changed = data.get("changed")
    if changed is None and isinstance(data.get("before"), dict):
        changed = {name: [data["before"][name], data["after"][name]] for name in data["after"]}
    words = _names_of_fields()
    return "; ".join(
        _("%(what)s: from %(before)s to %(after)s")
        % {"what": words[name], "before": _said(name, before), "after": _said(name, after)}
        for name, (before, after) in (changed or {}).items()
        if name in words
    )


def _names_of_fields() -> dict[str, str]:  # asked in the reader's language
    return {
        "name": _("Name"),
        "about": _("What it is about"),
        "likeness": _("Similar municipalities"),
        "note": _("A few words beside the name"),
        "year_lag": _("Years of its own"),
        "short_title": _("Name"),
        "unit_word": _("Unit of measure"),
        "good": _("Direction"),
        "decimals": _("Decimals"),
    }


def _said(name: str, value: object) -> str:
    if name == "good":
        return str(Good(str(value)).label)
    if name == "year_lag" and isinstance(value, int):
        return ngettext("%(number)s year late", "%(number)s years late", value) % {"number": value}
    return _("“%(words)s”") % {"words": value} if value not in ("", None) else _("nothing")
