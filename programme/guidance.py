"""What a good coach would say: hints and the next step.  Pure; they guide and never block."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from .models import Cycle, Outcome, Phase, Report, ReportStatus, Scale, Work, WorkStatus

LONG_FOR_A_TEST = timedelta(weeks=4)
LONG_WITHOUT_DATA = timedelta(weeks=6)
LARGE = (Scale.ONE_UNIT, Scale.ALL)
CYCLES_BEFORE_SCALING_UP = 2  # V-13: several cycles have shown that it works

# A number in figures, or one of the words that predict as well as a number.
_MEASURABLE = re.compile(
    r"\d|\b(ingen|inget|inga|alla|allt|varje|hälften|halvera\w*|dubbl\w*|fördubbl\w*|noll|en|ett"
    r"|två|tre|fyra|fem|sex|sju|åtta|nio|tio|none|all|every|half|halve\w*|double\w*|zero|one|two"
    r"|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hint:
    """Something worth a thought, why, and whose knowledge it is."""

    name: str
    text: str
    why: str
    source: str

    @property
    def reason(self) -> str:
        return f"{self.why} ({self.source})"


def hints_for(cycle: Cycle, earlier: Sequence[Cycle], on: date) -> list[Hint]:
    """Return what is worth a thought about `cycle`.

    Args:
        earlier: The other cycles of the work, in order.
        on: Today.
    """
    if cycle.is_closed:
        return []
    concluded = [other for other in earlier if other.is_closed and other.number < cycle.number]
    shown = [other for other in concluded if other.outcome != Outcome.ABANDON]
    hints = []
    if cycle.status == Phase.PLAN:
        hints += _about_plan(cycle, concluded, shown)
    if cycle.status == Phase.ACT and cycle.scale not in LARGE and not shown:
        hints.append(
            Hint(
                "adopt_after_one",
                _("Test once more before you adopt it?"),
                _("One test can succeed by chance. When several have shown the same, it holds."),
                "Langley m.fl., The Improvement Guide",
            )
        )
    if cycle.open_for_days(on) > LONG_FOR_A_TEST.days:
        hints.append(
            Hint(
                "open_long",
                _("The test has been going on for %(weeks)s weeks. Can it be ended, and studied?")
                % {"weeks": cycle.open_for_days(on) // 7},
                _("Short cycles teach faster. What you have seen so far is enough to learn from."),
                "Taylor m.fl. 2014, BMJ Quality & Safety",
            )
        )
    return hints


def _about_plan(cycle: Cycle, concluded: list[Cycle], shown: list[Cycle]) -> list[Hint]:
    hints = []
    if not cycle.prediction.strip():
        hints.append(
            Hint(
                "no_prediction",
                _("What do you think will happen? Write it before you test."),
                _("The difference between what you thought and what happened is what you learn."),
                "Deming, The New Economics",
            )
        )
    elif not _MEASURABLE.search(cycle.prediction):
        hints.append(
            Hint(
                "prediction_not_measurable",
                _("Can you predict a number? For example “8 of 10” or “from 25 to 20 minutes”."),
                _("With a number you see whether you were right, and how far from it."),
                "Deming, The New Economics",
            )
        )
    if cycle.scale in LARGE and not concluded:
        hints.append(
            Hint(
                "first_test_large",
                _("Can the first test be smaller: one person, or one day?"),
                _("A small test costs little when it fails, and you can change it tomorrow."),
                "Langley m.fl., The Improvement Guide",
            )
        )
    elif cycle.scale in LARGE and len(shown) < CYCLES_BEFORE_SCALING_UP:
        hints.append(
            Hint(
                "scale_up_early",
                _("You are about to test on a larger scale after one cycle only."),
                _("Scale up when several cycles have shown that it works, not when one has."),
                "Västra Götalandsregionen, utbildningsplan 2024 (PGSA)",
            )
        )
    if concluded and cycle.previous_id is None:
        hints.append(
            Hint(
                "no_learning_carried",
                _("What did you learn in the cycle before this? Build on it."),
                _("Cycles that build on each other become a spiral of learning."),
                "Taylor m.fl. 2014, BMJ Quality & Safety",
            )
        )
    return hints


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
        return NextStep(_("The work is finished and reported. Keep on measuring: it shall last."))
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
