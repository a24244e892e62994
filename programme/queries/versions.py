"""What has changed in a report since it was sent, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundation.money import format_kronor

from ..comparing import Piece, changed_facts, marked
from ..drafting import Texts
from ..models import Extent, Report, ReportVersion
from .report import ReportFacts, kept_facts

FACTS: dict[str, str | Promise] = {
    "aim": gettext_lazy("Aim"),
    "team": gettext_lazy("Team"),
    "measures": gettext_lazy("Values"),
    "cycles": gettext_lazy("Tests"),
    "paid_ore": gettext_lazy("Costs"),
}


@dataclass(frozen=True, slots=True)
class ChangedText:
    label: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A fact that is other than it was; each of its lines in words."""

    label: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True, slots=True)
class Since:
    """What has changed since a version."""

    version: ReportVersion
    texts: list[ChangedText]
    facts: list[ChangedFact]

    @property
    def is_nothing(self) -> bool:
        return not (self.texts or self.facts)


def since(version: ReportVersion, report: Report, facts: ReportFacts) -> Since:
    """Compare the report as it is with one of its versions.  Asks nothing of the database."""
    return Since(version, _texts(version.texts, report), _facts(version.facts, kept_facts(facts)))


def _texts(before: Mapping[str, Any], report: Report) -> list[ChangedText]:
    changed = []
    for name in (*Texts.__dataclass_fields__, "participants", "reward_use", "extent"):
        was, now = _text(name, before.get(name, "")), _text(name, getattr(report, name))
        if was != now:
            changed.append(ChangedText(report.label_of(name), marked(was, now)))
    return changed


def _text(name: str, value: object) -> str:
    return str(Extent(str(value)).label) if name == "extent" and value else str(value)


def _facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[ChangedFact]:
    return [
        ChangedFact(
            str(FACTS[name]),
            *_only_other(_lines(name, before.get(name)), _lines(name, after[name])),
        )
        for name in changed_facts(before, after)
    ]


def _only_other(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """Leave out the lines that stand in both."""
    return [x for x in before if x not in after], [x for x in after if x not in before]


def _lines(name: str, fact: Any) -> list[str]:
    """Say a fact in lines of words."""
    if not fact:
        return []
    if name == "measures":
        return [_of_measure(measure) for measure in fact]
    if name == "cycles":
        return [
            " – ".join(filter(None, [f"{cycle['number']}. {cycle['title']}", cycle["outcome"]]))
            for cycle in fact
        ]
    if name == "paid_ore":
        return [format_kronor(fact)]
    return list(fact) if isinstance(fact, list) else [str(fact)]


def _of_measure(measure: Mapping[str, Any]) -> str:
    words = {name: str(measure[name] or "–").replace(".", ",") for name in ("start", "end")}
    ends = _("from %(start)s to %(end)s") % words
    counted = ngettext("%(number)s value", "%(number)s values", measure["values"]) % {
        "number": measure["values"]
    }
    return f"{measure['name']}: {ends} ({counted})"
