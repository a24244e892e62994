"""What is due in a work, and who can do something about it.  Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from measures.models.team import Frequency

from ..models import Phase, ReportStatus, WorkStatus
from .need import ENDS_SOON, NO_CONTACT, REPORT_LATE, STUCK, Test

# So long after the newest value the next one is late: the rhythm and some days to spare.
LATE_AFTER = {
    Frequency.DAILY: timedelta(days=3),
    Frequency.WEEKLY: timedelta(days=10),
    Frequency.MONTHLY: timedelta(days=38),
    Frequency.QUARTERLY: timedelta(days=105),
}
MEASURED = (WorkStatus.PLANNED, WorkStatus.RUNNING, WorkStatus.SECURING)
AT_WORK = (WorkStatus.RUNNING, WorkStatus.SECURING)


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder.

    Attributes:
        kind: As registered in `programme/sentences.py`.
        about: Which measure, task or cycle, so that each is remembered by itself.
        to: Who can act; None: nobody is there who can.
        words: What it is about, beside the work's title.
    """

    kind: str
    to: int | None
    route: str
    pk: int
    about: str = ""
    words: str = ""


def is_late(frequency: str, newest_on: date | None, started_on: date, *, on: date) -> bool:
    """Say whether a value is late by the measure's own rhythm; one without rhythm never is."""
    allowed = LATE_AFTER.get(Frequency(frequency))
    if allowed is None:
        return False
    return on - (newest_on or started_on) > allowed


def stuck(cycles: Iterable[Test], *, on: date) -> list[Test]:
    """Return the tests that have gone on for more than four weeks."""
    return [
        cycle
        for cycle in cycles
        if cycle.started_on and cycle.status != Phase.CLOSED and on - cycle.started_on > STUCK
    ]


def is_report_late(
    status: str, report_status: str, since: date | None, aim_by: date | None, *, on: date
) -> bool:
    """Say whether the report is late; as the cockpit says it.

    Args:
        status: Of the work.
        since: The day the report was begun.
    """
    if status not in AT_WORK:
        return False
    if report_status in (ReportStatus.DRAFT, ReportStatus.RETURNED):
        return since is not None and on - since > REPORT_LATE
    return not report_status and aim_by is not None and on - aim_by > REPORT_LATE


def is_contact_due(contact_on: date | None, coached_from: date, *, on: date) -> bool:
    return on - (contact_on or coached_from) > NO_CONTACT


def is_support_ending(until: date, *, on: date) -> bool:
    return until - on <= ENDS_SOON
