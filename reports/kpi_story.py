"""What has happened to a KPI itself: its words, our values, and its whole history."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from measures.chart import value_text as number
from measures.models import HistoryReplacement, Kpi, KpiValueRevision, Municipality
from measures.queries.course import Course
from measures.wording import value_text

MOST = 30  # revisions that are told
NEARLY_SAME = 1.05  # a whole history that is replaced by nearly the same is not "larger"


def definition(kpi: Kpi) -> list[tuple[str, str]]:
    """Return what is to know of it, in words and values."""
    published = kpi.published_on
    return [
        (_("Which way is good"), kpi.get_good_display()),
        (pgettext("of a value", "Unit"), kpi.unit_word),
        (_("Source"), kpi.get_source_display()),
        ("" if kpi.is_own else _("Name in Kolada"), "" if kpi.is_own else kpi.code),
        (
            _("Next published") if published and published >= localdate() else _("Last published"),
            date_format(published, "j F Y") if published else "",
        ),
    ]


def ended(kpi: Kpi) -> str:
    """Say that it is no longer worked out, or no longer there; empty while it is."""
    if kpi.ended_year:
        return _("It is worked out up to %(year)s.") % {"year": kpi.ended_year}
    if kpi.retired_on:
        day = date_format(kpi.retired_on, "j F Y")
        return _("Kolada has not had it since %(day)s.") % {"day": day}
    return ""


@dataclass(frozen=True, slots=True)
class Revised:
    """A value of ours that was another before."""

    year: int
    before: str
    now: str
    on: datetime
    is_withdrawn: bool


def revised(kpi: Kpi, home: Municipality, course: Course, *, by: date) -> list[Revised]:
    """Return what was said before of our own values, the latest replaced first.  One query.

    Args:
        by: What was replaced later than this day is left out.
    """
    rows = KpiValueRevision.objects.filter(
        kpi=kpi, municipality=home, gender=course.gender, replaced_at__date__lte=by
    )
    told = []
    for row in rows.order_by("-replaced_at", "-year")[:MOST]:
        now = course.years.get(row.year)
        value = now.value if now else None
        told.append(
            Revised(
                year=row.year,
                before="–" if row.value is None else value_text(row.value, kpi.decimals),
                now="–" if value is None else value_text(value, kpi.decimals),
                on=row.replaced_at,
                is_withdrawn=now is not None and now.is_withdrawn,
            )
        )
    return told


def replaced(kpi: Kpi, *, by: date) -> list[str]:
    """Say each time the whole history was replaced under the same name, up to a day.  One query."""
    return [_replacement(one) for one in kpi.replacements.filter(replaced_at__date__lte=by)]


def _replacement(one: HistoryReplacement) -> str:
    facts = {
        "day": date_format(localtime(one.replaced_at), "j F Y"),
        "cells": one.cells,
        "times": _times(one.ratio) if one.ratio else "",
    }
    if one.ratio and one.ratio > NEARLY_SAME:
        text = _("The whole series was replaced on %(day)s: about %(times)s times larger.")
    elif one.ratio and one.ratio < 1 / NEARLY_SAME:
        text = _("The whole series was replaced on %(day)s: about %(times)s times smaller.")
    else:
        text = _("The whole series was replaced on %(day)s: %(cells)s values.")
    return text % facts


def _times(ratio: float) -> str:
    """Write how many times, with a decimal only where it says something."""
    times = max(ratio, 1 / ratio)
    return number(round(times, 0 if times >= 10 else 1))
