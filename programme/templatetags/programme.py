"""What the work's pages draw more than once."""

from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils.functional import Promise

from foundation.numbers import number

from ..guidance import NextStep
from ..models import Cycle, Outcome, Phase, ReportStatus, Work, WorkStatus
from ..queries.charter import steps_of
from ..rules.methods import why_not_walk
from ..tabs import TABS

register = template.Library()

TONES: dict[str, str] = {
    WorkStatus.PROPOSED: "info",
    WorkStatus.PLANNED: "info",
    WorkStatus.RUNNING: "success",
    WorkStatus.SECURING: "sun",
    WorkStatus.FINISHED: "success",
    WorkStatus.FOLLOWED: "success",
    WorkStatus.DONE: "neutral",
    WorkStatus.PAUSED: "warning",
    WorkStatus.STOPPED: "neutral",
    Outcome.ADOPT: "success",
    Outcome.ADAPT: "info",
    Outcome.ABANDON: "neutral",
    ReportStatus.DRAFT: "info",
    ReportStatus.SUBMITTED: "sun",
    ReportStatus.RETURNED: "warning",
    ReportStatus.APPROVED: "success",
}


@register.filter
def tone(status: str) -> str:
    """Return the colour of a state; the word stands beside it, so colour is never alone."""
    return TONES.get(status, "neutral")


register.filter("figure", number)


@register.filter
def figure_or_dash(value: Decimal | None) -> str:
    """Return a number as people write it, or a dash where there is none."""
    return "–" if value is None else number(value)


@register.inclusion_tag("programme/phases.html")
def phases(cycle: Cycle) -> dict[str, list[tuple[str | Promise, str]]]:
    """Draw the four phases of a cycle: those that are done, the one it is in, those to come."""
    turn = list(Phase)
    here = turn.index(Phase(cycle.status))
    return {
        "phases": [
            (phase.label, "done" if place < here else "now" if place == here else "next")
            for place, phase in enumerate(turn[:4])
        ]
    }


@register.inclusion_tag("programme/next_step.html")
def next_step(step: NextStep) -> dict[str, NextStep]:
    """Say what the team does next, as a link where there is something to open."""
    return {"step": step}


@register.inclusion_tag("programme/work_tabs.html", takes_context=True)
def work_tabs(context: dict[str, Any], work: Work, here: str) -> dict[str, object]:
    """Draw the tabs of a work's pages; `here` is the route of the one that is open."""
    is_guest = context["request"].user.is_guest
    return {
        "tabs": [
            (tab.label, reverse(tab.route, args=[work.pk]), tab.route == here)
            for tab in TABS
            if tab.for_guests or not is_guest
        ]
    }


@register.inclusion_tag("programme/method_steps.html", takes_context=True)
def method_steps(context: dict[str, Any], work: Work) -> dict[str, object]:
    """Draw where in its method a work is; nothing where the method is the wheel alone."""
    steps = steps_of(work)
    if not steps:
        return {"steps": []}
    here = min(work.method_step, len(steps))
    return {
        "work": work,
        "steps": [
            (step, "done" if step.number < here else "now" if step.number == here else "next")
            for step in steps
        ],
        "now": steps[here - 1],
        "is_first": here == 1,
        "is_last": here == len(steps),
        "may_walk": why_not_walk(work, context["request"].user) is None,
        "csrf_token": context.get("csrf_token"),
    }
