"""The lives of a work, a cycle and a report.  docs/states.md draws them; a test keeps it true.

The owner (`By.OWNER`) of a work is its leader, or whoever holds WORK_LEAD at its unit; of a cycle
the whole team.  A report is submitted by those who lead the work, and approved by somebody outside
the team.  `rules.py` says so in code.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.flow import By, Flow, Step
from organisation.permissions import Permission as P

from .models import Phase, ReportStatus, WorkStatus

W, C, R = WorkStatus, Phase, ReportStatus

# fmt: off
WORK_FLOW = Flow(
    #    name         label                          from                       to           permission  by
    Step("confirm",   _("Say that it is wanted"),    (W.PROPOSED,),             W.PLANNED,   P.WORK_CONFIRM, main=True),
    Step("run",       _("Start testing"),            (W.PLANNED,),              W.RUNNING,   None,       By.OWNER, main=True),
    Step("secure",    _("Make it last"),             (W.RUNNING,),              W.SECURING,  None,       By.OWNER),
    Step("plan_anew", _("Back to planning"),         (W.RUNNING,),              W.PLANNED,   None,       By.OWNER),
    Step("test_anew", _("Back to testing"),          (W.SECURING,),             W.RUNNING,   None,       By.OWNER),
    Step("pause",     _("Pause"),                    (W.PLANNED, W.RUNNING, W.SECURING), W.PAUSED, None, By.OWNER),
    Step("resume",    _("Go on"),                    (W.PAUSED,),               W.RUNNING,   None,       By.OWNER, main=True),
    Step("plan_on",   _("Go on planning"),           (W.PAUSED,),               W.PLANNED,   None,       By.OWNER),
    Step("decline",   _("Say no for now"),           (W.PROPOSED,),             W.STOPPED,   P.WORK_CONFIRM),
    Step("stop",      _("Stop the work"),            (W.PROPOSED, W.PLANNED, W.RUNNING, W.SECURING, W.PAUSED), W.STOPPED, None, By.OWNER),
    Step("reopen",    _("Take it up again"),         (W.STOPPED,),              W.PLANNED,   None,       By.OWNER),
    Step("propose_anew", _("Propose it again"),      (W.STOPPED,),              W.PROPOSED,  None,       By.OWNER),
    Step("finish",    _("Finish"),                   (W.RUNNING, W.SECURING),   W.FINISHED,  None,       By.SYSTEM),
    Step("follow_up", _("Follow up"),                (W.FINISHED,),             W.FOLLOWED,  None,       By.SYSTEM),
    Step("complete",  _("Make the last check"),      (W.FINISHED, W.FOLLOWED),  W.DONE,      None,       By.SYSTEM),
)

CYCLE_FLOW = Flow(
    Step("test",      _("Start the test"),           (C.PLAN,),                 C.DO,        None,       By.OWNER, main=True),
    Step("study",     _("Study the result"),         (C.DO,),                   C.STUDY,     None,       By.OWNER, main=True),
    Step("act",       _("Draw conclusions"),         (C.STUDY,),                C.ACT,       None,       By.OWNER, main=True),
    Step("test_on",   _("Test some more"),           (C.STUDY,),                C.DO,        None,       By.OWNER),
    Step("study_on",  _("Back to the result"),       (C.ACT,),                  C.STUDY,     None,       By.OWNER),
    Step("close",     _("Close the cycle"),          (C.ACT,),                  C.CLOSED,    None,       By.OWNER, main=True),
)

REPORT_FLOW = Flow(
    Step("submit",    _("Send to the manager"),      (R.DRAFT, R.RETURNED),     R.SUBMITTED, None,       By.OWNER, main=True),
    Step("return",    pgettext_lazy("report", "Return"), (R.SUBMITTED,),        R.RETURNED,  P.REPORT_APPROVE, By.OTHERS),
    Step("approve",   _("Approve the report"),       (R.SUBMITTED,),            R.APPROVED,  P.REPORT_APPROVE, By.OTHERS, main=True),
)
# fmt: on

# Steps of a work that are a button, and of those the ones that must say why.
WORK_PRESSED = (
    *("confirm", "run", "resume", "reopen", "secure", "test_anew", "plan_anew", "pause"),
    *("decline", "stop", "plan_on", "propose_anew"),
)
WORK_SAYS_WHY = (*("plan_anew", "test_anew", "pause", "decline", "stop", "reopen", "propose_anew"),)
# The step that leads on from each phase of a cycle, and the ones back.
CYCLE_FORWARD = ("test", "study", "act")
CYCLE_BACK = ("test_on", "study_on")
