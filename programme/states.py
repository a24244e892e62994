"""What the state of a work means for its team, in words: what happens now."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Work, WorkStatus

_SAYS: dict[WorkStatus, str | Promise] = {
    WorkStatus.PLANNED: gettext_lazy(
        "You plan: write the charter, measure how it is today and think out a first small test. "
        "The work is under way when the first test starts."
    ),
    WorkStatus.RUNNING: gettext_lazy(
        "You test: small tests one after another, and a new value of the measure each time it is "
        "due. Make it last when the measure shows that it has become better."
    ),
    WorkStatus.SECURING: gettext_lazy(
        "You make the solution everyday life: routines, who does it, and what happens on holidays. "
        "Write the report when the measure shows that it holds."
    ),
    WorkStatus.FINISHED: gettext_lazy(
        "The report is approved. After three, six and twelve months somebody looks whether it holds."
    ),
    WorkStatus.FOLLOWED: gettext_lazy(
        "The work has been looked at since it was finished. It is done after the last check."
    ),
    WorkStatus.DONE: gettext_lazy("Everything is done, and it is known whether it held."),
    WorkStatus.PAUSED: gettext_lazy(
        "The work rests. Nobody is reminded of anything. Go on when you can."
    ),
}


def what_now(work: Work) -> str:
    """Say what happens with `work` now, and who does it."""
    if work.status == WorkStatus.PROPOSED:
        if work.asked_by is None:
            return _("A manager says whether the work is wanted. Choose whom to ask.")
        return _(
            "%(manager)s says whether the work is wanted. You can write the charter, choose "
            "measures and plan meanwhile; the first test waits for the answer."
        ) % {"manager": work.asked_by.name}
    if work.status == WorkStatus.STOPPED:
        if work.is_confirmed:
            return _("The work is stopped. What was learned is kept, and it can be taken up again.")
        return _(
            "It was a no for now. Read why in the diary. Change the charter after that, and "
            "propose it again when the time is right."
        )
    return str(_SAYS[WorkStatus(work.status)])
