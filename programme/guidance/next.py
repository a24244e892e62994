"""What a team does next, in one sentence and with one place to go.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ..models import Cycle, Phase, Report, ReportStatus, Work, WorkStatus

LONG_WITHOUT_DATA = timedelta(weeks=6)


@dataclass(frozen=True, slots=True)
class NextStep:
    """What a team does next, in words, and where; no route when there is nothing to open.

    `part` is the id of the place on that page, for what is done on the work's own page.
    """

    text: str
    route: str = ""
    pk: int = 0
    part: str = ""


def next_step(
    work: Work,
    cycles: Sequence[Cycle],
    report: Report | None,
    latest_on: date | None,
    *,
    aim_reached: bool,
    on: date,
) -> NextStep:
    """Return what the team does next.

    Args:
        cycles: All of the work's, in order.
        report: The newest, if there is one.
        latest_on: The day of the newest measurement of the measure that carries the aim.
        aim_reached: Whether that measurement is as good as the aim or better.
    """
    if work.status == WorkStatus.PROPOSED:
        return NextStep(
            _("A manager says whether the work is wanted. Write the charter meanwhile.")
        )
    if work.is_carried_out:
        return _after_the_end(work)
    if work.status == WorkStatus.STOPPED:
        return NextStep(_("The work is stopped."))
    if work.status == WorkStatus.PAUSED:
        return NextStep(_("The work rests. Go on when you can."))
    if report is not None:
        return _with_report(report)
    if latest_on is None:
        return NextStep(
            _("Measure how it is today, before you change anything."),
            "work-detail",
            work.pk,
            "measured",
        )
    open_cycles = [cycle for cycle in cycles if not cycle.is_closed]
    if open_cycles:
        return _with_cycle(open_cycles[0])
    if on - latest_on > LONG_WITHOUT_DATA:
        return NextStep(
            _("Measure again: there is nothing newer than %(weeks)s weeks.")
            % {"weeks": (on - latest_on).days // 7},
            "work-detail",
            work.pk,
            "measured",
        )
    if not cycles:
        return NextStep(_("Plan a first small test."), "cycle-plan", work.pk)
    if work.status == WorkStatus.SECURING:
        return NextStep(_("Write the report when you see that it lasts."), "report-draft", work.pk)
    if aim_reached:
        return NextStep(
            _("You have reached the aim. Make it last."), "work-detail", work.pk, "steps"
        )
    if work.aim_by is not None and work.aim_by < on:
        return NextStep(
            _("The day of the aim has passed. Write the report, or set a new day."),
            "work-edit",
            work.pk,
        )
    return NextStep(_("Plan the next test."), "cycle-plan", work.pk)


def _after_the_end(work: Work) -> NextStep:
    text = {
        WorkStatus.FINISHED: _(
            "The work is finished and reported. Keep on measuring: it shall last."
        ),
        WorkStatus.FOLLOWED: _(
            "It has been looked whether it holds. Keep on measuring to the next check."
        ),
        WorkStatus.DONE: _("The last check is made. Tell others what you learned."),
    }[WorkStatus(work.status)]
    return NextStep(text)


def _with_report(report: Report) -> NextStep:
    text = {
        ReportStatus.DRAFT: _("Read the report through and send it to the manager."),
        ReportStatus.SUBMITTED: _("The report waits for the manager's approval."),
        ReportStatus.RETURNED: _("Read what the manager asks for, and send the report again."),
        ReportStatus.APPROVED: _("The report is approved."),
    }[ReportStatus(report.status)]
    return NextStep(text, "report-detail", report.pk)


def _with_cycle(cycle: Cycle) -> NextStep:
    text = {
        Phase.PLAN: _("Plan cycle %(number)s to its end and start the test."),
        Phase.DO: _("Write what happens in cycle %(number)s."),
        Phase.STUDY: _("Compare the result of cycle %(number)s with the prediction."),
        Phase.ACT: _("Decide what you do with the change after cycle %(number)s."),
    }[Phase(cycle.status)]
    return NextStep(text % {"number": cycle.number}, "cycle-detail", cycle.pk)
