"""The life of an idea.  docs/states.md draws it; a test keeps the drawing true."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.flow import By, Flow, Step
from organisation.permissions import Permission as P

from .models import IdeaStatus as S

# fmt: off
IDEA_FLOW = Flow(
    #    name         label                        from                                        to             permission      by
    Step("submit",    _("Submit"),                 (S.DRAFT,),                                 S.SUBMITTED,   None,           By.OWNER, main=True),
    Step("record",    _("We have done it"),        (S.DRAFT,),                                 S.DONE,        None,           By.OWNER),
    Step("prepare",   _("Start preparing"),        (S.SUBMITTED,),                             S.PREPARING,   P.IDEA_PREPARE, main=True),
    Step("propose",   _("Put forward for decision"), (S.PREPARING,),                           S.READY,       P.IDEA_PREPARE, main=True),
    Step("return",    _("Ask for more information"), (S.SUBMITTED, S.PREPARING),               S.RETURNED,    P.IDEA_PREPARE),
    Step("answer",    _("Submit again"),           (S.RETURNED,),                              S.PREPARING,   None,           By.OWNER, main=True),
    Step("direct",    _("Do it now"),              (S.SUBMITTED, S.PREPARING),                 S.DIRECT,      P.IDEA_PREPARE),
    Step("merge",     _("Join with another idea"), (S.SUBMITTED, S.PREPARING, S.RETURNED),     S.MERGED,      P.IDEA_PREPARE),
    Step("split",     _("Separate them again"),    (S.MERGED,),                                S.SUBMITTED,   P.IDEA_PREPARE),
    Step("take_back", _("Take back"),              (S.READY,),                                 S.PREPARING,   P.IDEA_PREPARE),
    Step("approve",   _("Approve"),                (S.READY,),                                 S.FUNDED,      P.IDEA_DECIDE,  By.OTHERS, main=True),
    Step("queue",     _("Approve, and queue"),     (S.READY,),                                 S.QUEUED,      P.IDEA_DECIDE,  By.SYSTEM),
    Step("wait",      _("Wait"),                   (S.READY,),                                 S.WAITING,     P.IDEA_DECIDE,  By.OTHERS),
    Step("reject",    _("Reject"),                 (S.READY,),                                 S.REJECTED,    P.IDEA_DECIDE,  By.OTHERS),
    Step("supplement", _("Ask for more before a decision"), (S.READY,),                        S.RETURNED,    P.IDEA_DECIDE,  By.OTHERS),
    Step("do_now",    _("Decide that it is done now"), (S.READY,),                             S.DIRECT,      P.IDEA_DECIDE,  By.OTHERS),
    Step("reconsider", _("Decide anew"),           (S.QUEUED, S.FUNDED, S.WAITING, S.REJECTED), S.READY,      P.IDEA_DECIDE,  By.OTHERS),
    Step("resume",    _("Prepare again"),          (S.WAITING, S.REJECTED, S.RETURNED),        S.PREPARING,   P.IDEA_PREPARE, main=True),
    Step("fund",      _("Receive money"),          (S.QUEUED,),                                S.FUNDED,      None,           By.SYSTEM),
    Step("let_go",    _("Release the money"),      (S.QUEUED, S.FUNDED, S.UNDERWAY),           S.WAITING,     P.FUND_MANAGE),
    Step("start",     _("Start the work"),         (S.FUNDED,),                                S.UNDERWAY,    None,           By.SYSTEM),
    Step("complete",  _("Complete"),               (S.UNDERWAY,),                              S.DONE,        None,           By.SYSTEM),
    Step("finish",    _("It is done"),             (S.DIRECT,),                                S.DONE,        None,           By.OWNER, main=True),
    Step("withdraw",  pgettext_lazy("idea", "Withdraw"), (S.DRAFT, S.SUBMITTED, S.PREPARING, S.RETURNED, S.WAITING), S.WITHDRAWN, None, By.OWNER),
    Step("lay_down",  _("It is no longer needed"), (S.WAITING, S.REJECTED),                    S.WITHDRAWN,   None,           By.OWNER),
)
# fmt: on

# What a person does by pressing one button; the others have a page or follow from something.
PRESSED = (
    "submit",
    "answer",
    "prepare",
    "propose",
    "return",
    "direct",
    "finish",
    "take_back",
    "resume",
    "withdraw",
)
# Of those, the ones that must say why, in a sentence that the author reads.
SAYS_WHY = ("return", "direct")
# Those that have a page before the button: a sentence to write, or a yes to something final.
ASKS_FIRST = (*SAYS_WHY, "withdraw")
# The outcomes of a decision, which has a page of its own.
DECIDED = ("approve", "wait", "reject", "supplement", "do_now")
