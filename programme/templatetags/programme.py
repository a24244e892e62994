"""What the work's pages draw more than once."""

from django import template
from django.utils.functional import Promise

from foundation.numbers import number

from ..guidance import NextStep
from ..models import Cycle, Outcome, Phase, ReportStatus, WorkStatus

register = template.Library()

TONES: dict[str, str] = {
    WorkStatus.PLANNED: "info",
    WorkStatus.RUNNING: "success",
    WorkStatus.SECURING: "sun",
    WorkStatus.FINISHED: "neutral",
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
