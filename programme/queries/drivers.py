"""The driver diagram of a work: as a nested list and as a drawing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Cycle, Driver, DriverKind, Work
from ..models.driver import UNDER
from ..pictures import driver_diagram
from .cycle_board import tested_words

COLUMNS = {DriverKind.PRIMARY: 1, DriverKind.SECONDARY: 2, DriverKind.CHANGE: 3}


@dataclass(slots=True)
class Branch:
    """A box and what hangs on it.

    Attributes:
        went: How it has gone with a change idea, in words; empty before it is tested.
        takes: Whether anything may hang on it.
    """

    driver: Driver
    cycles: list[Cycle]
    went: str
    takes: bool
    is_first: bool = False
    is_last: bool = False
    below: list["Branch"] = field(default_factory=list)


def tree_of(work: Work) -> list[Branch]:
    """Return the primary drivers of `work`, each with what hangs on it.  Two queries."""
    cycles: dict[int | None, list[Cycle]] = defaultdict(list)
    for cycle in work.cycles.exclude(change=None).order_by("number"):
        cycles[cycle.change_id].append(cycle)
    branches = {
        driver.pk: Branch(
            driver,
            cycles[driver.pk],
            tested_words(cycles[driver.pk]),
            takes=bool(UNDER[driver.kind]),
        )
        for driver in work.drivers.all()
    }
    tops: list[Branch] = []
    for branch in branches.values():
        parent = branch.driver.parent_id
        (branches[parent].below if parent else tops).append(branch)
    for row in (tops, *(branch.below for branch in branches.values())):
        if row:
            row[0].is_first = row[-1].is_last = True
    return tops


def flat(tree: Sequence[Branch]) -> list[Branch]:
    """Return every branch, each before those that hang on it."""
    return [found for branch in tree for found in (branch, *flat(branch.below))]


def drawing_of(work: Work, tree: Sequence[Branch]) -> SafeString:
    """Draw the diagram; it is said in one sentence for those who do not see it."""
    boxes = [
        driver_diagram.Box(
            key=branch.driver.pk,
            parent=branch.driver.parent_id or driver_diagram.AIM,
            column=COLUMNS[DriverKind(branch.driver.kind)],
            kind=branch.driver.kind,
            text=branch.driver.text,
            note=branch.went,
        )
        for branch in flat(tree)
    ]
    changes = sum(box.kind == DriverKind.CHANGE for box in boxes)
    said = _("Driver diagram: %(drivers)s and %(changes)s. The list says the same.") % {
        "drivers": ngettext("%(count)s driver", "%(count)s drivers", len(boxes) - changes)
        % {"count": len(boxes) - changes},
        "changes": ngettext("%(count)s change idea", "%(count)s change ideas", changes)
        % {"count": changes},
    }
    return driver_diagram.draw(driver_diagram.layout(work.aim, boxes), said)
