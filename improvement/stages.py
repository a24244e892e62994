"""Where an idea is on its way, and what happens next, in words for the one who left it."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .models import Condition, Decision, Idea, IdeaStatus

S = IdeaStatus

SUBMITTED = pgettext_lazy("stage", "Submitted")
PREPARED = pgettext_lazy("stage", "Prepared")
DECIDED = pgettext_lazy("stage", "Decision")
MONEY = pgettext_lazy("stage", "Money")
WORK = pgettext_lazy("stage", "Work")
DIRECTLY = pgettext_lazy("stage", "Done at once")
DONE = pgettext_lazy("stage", "Done")

# The stage that each state belongs to.  A draft, and what was withdrawn or joined, is at none.
_LONG_WAY = (SUBMITTED, PREPARED, DECIDED, MONEY, WORK, DONE)
_SHORT_WAY = (SUBMITTED, DIRECTLY, DONE)
_AT: dict[IdeaStatus, str | Promise] = {
    S.SUBMITTED: SUBMITTED,
    S.PREPARING: PREPARED,
    S.RETURNED: PREPARED,
    S.READY: DECIDED,
    S.WAITING: DECIDED,
    S.REJECTED: DECIDED,
    S.QUEUED: MONEY,
    S.FUNDED: MONEY,
    S.UNDERWAY: WORK,
    S.DIRECT: DIRECTLY,
    S.DONE: DONE,
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the way; `place` is "done", "now" or "later"."""

    label: str | Promise
    place: str


def stages_of(idea: Idea, *, with_money: bool) -> list[Stage]:
    """Return the way of `idea`; empty where it is at no stage.

    Args:
        with_money: It has been granted money; otherwise what is done was done without.
    """
    now = _AT.get(S(idea.status))
    if now is None:
        return []
    short = idea.status == S.DIRECT or (idea.status == S.DONE and not with_money)
    way = _SHORT_WAY if short else _LONG_WAY
    at = way.index(now)
    done_with = at + 1 if idea.status == S.DONE else at
    return [
        Stage(label, "done" if n < done_with else "now" if n == at else "later")
        for n, label in enumerate(way)
    ]


@dataclass(frozen=True, slots=True)
class Now:
    """Two sentences: how it is, and what comes next."""

    how: str
    comes_next: str


def now_of(idea: Idea, decision: Decision | None) -> Now:
    """Say where `idea` is and what happens next.

    Args:
        decision: The latest one, if there is any.
    """
    how, comes_next = _SAID[S(idea.status)]
    if idea.status == S.PREPARING and idea.assigned_to:
        how = _("%(person)s is preparing it for a decision.") % {"person": idea.assigned_to}
    elif idea.status in (S.WAITING, S.REJECTED) and decision:
        comes_next = _comes_back(decision) or comes_next
    return Now(str(how), str(comes_next))


def _comes_back(decision: Decision) -> str:
    match decision.returns_when:
        case Condition.MONEY:
            return _("It comes back when there is money to decide on. Then you are asked first.")
        case Condition.RED:
            return _("It comes back when the measure it is aimed at turns red.")
    if decision.wait_until:
        day = date_format(decision.wait_until, "j F Y")
        return _("It comes back on %(day)s. Then its author is asked first.") % {"day": day}
    return ""


_SAID: dict[IdeaStatus, tuple[str | Promise, str | Promise]] = {
    S.DRAFT: (
        gettext_lazy("It is a draft, and nobody else sees it."),
        gettext_lazy("Submit it when you want to. You can change it until then."),
    ),
    S.SUBMITTED: (
        gettext_lazy("It has come in."),
        gettext_lazy("A development lead reads it and begins to prepare it."),
    ),
    S.PREPARING: (
        gettext_lazy("It is being prepared for a decision."),
        gettext_lazy("When it is clear what it takes and gives, it is put forward for decision."),
    ),
    S.RETURNED: (
        gettext_lazy("A question waits for an answer from the one who left it."),
        gettext_lazy("When it is answered the preparation goes on. It loses no place."),
    ),
    S.READY: (
        gettext_lazy("It is prepared and ready for a decision."),
        gettext_lazy("One named person decides. The reason can be read here at once."),
    ),
    S.WAITING: (
        gettext_lazy("The decision was to wait. The reason stands below."),
        gettext_lazy("It rests in the idea bank and can be prepared again at any time."),
    ),
    S.REJECTED: (
        gettext_lazy("The decision was no. The reason stands below."),
        gettext_lazy("It is kept in the idea bank. What has changed since can bring it back."),
    ),
    S.QUEUED: (
        gettext_lazy("It is approved, and waits for money."),
        gettext_lazy("It gets its money when its turn comes."),
    ),
    S.FUNDED: (
        gettext_lazy("It is approved, and the money is set aside."),
        gettext_lazy("The work can begin as soon as somebody starts it."),
    ),
    S.UNDERWAY: (
        gettext_lazy("It is being carried out."),
        gettext_lazy("The team tests on a small scale, and tells what came of it in a report."),
    ),
    S.DONE: (gettext_lazy("It is done. Thank you!"), ""),
    S.DIRECT: (
        gettext_lazy("It can be done at once, without an application."),
        gettext_lazy("Do it, and say here when it is done."),
    ),
    S.WITHDRAWN: (gettext_lazy("It was withdrawn."), ""),
    S.MERGED: (
        gettext_lazy("It has been joined with another idea about the same thing."),
        gettext_lazy("What happens, and what is said, is found there."),
    ),
}
