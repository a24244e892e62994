"""Why not?  What a work measures."""

from django.utils.translation import gettext as _

from organisation.models import Person

from ..models import WorkMeasure
from .works import why_not_edit, why_not_measure


def why_not_record(followed: WorkMeasure, person: Person) -> str | None:
    """Say why `person` may not write values down, correct them or leave them out."""
    refusal = why_not_measure(followed.work, person)
    if refusal is None and followed.measure.has_ended:
        return _("The measure has ended. Take it up again before you write values.")
    return refusal


def why_not_settings(followed: WorkMeasure, person: Person) -> str | None:
    """Say why `person` may not change how something is measured and judged.

    The team decides how it counts; the aim is for the leader.
    """
    return why_not_measure(followed.work, person)


def why_not_rebase(followed: WorkMeasure, person: Person) -> str | None:
    """Say why `person` may not decide that the measure is judged anew, or take that back.

    Whether the chart allows it is for measures/rules/phases.py.
    """
    return why_not_measure(followed.work, person)


def why_not_take_away(followed: WorkMeasure, person: Person) -> str | None:
    """Say why a measure cannot be taken away from its work as if it had not been there."""
    if refusal := why_not_edit(followed.work, person):
        return refusal
    if followed.carries_aim:
        return _("The aim is set on this measure, so the work follows it.")
    if followed.measure.measurements.exists():
        return _("There are values, which stay. End the measure instead.")
    return None


def why_not_end(followed: WorkMeasure, person: Person) -> str | None:
    """Say why a measure cannot be ended now."""
    if refusal := why_not_edit(followed.work, person):
        return refusal
    if followed.carries_aim:
        return _("The aim is set on this measure, so the work follows it.")
    if followed.measure.has_ended:
        return _("The measure has ended already.")
    return None
