"""What the clock does with the funds each night, one fund after the other."""

from datetime import date

from foundation import jobs
from foundation.models import Job

from ..models import Fund
from . import funds


def ask_for(on: date) -> Job:
    """Ask for the night's work; for the timetable."""
    return jobs.enqueue(turn_funds, key="turn-funds", by=None, on=on.isoformat())


@jobs.work("improvement.turn_funds")
def turn_funds(run: jobs.Run, *, on: str) -> None:
    """Close what has ended, open what begins, and serve the queues."""
    done, after = run.job.done, run.job.cursor.get("after", 0)
    waiting = list(
        Fund.objects.filter(is_active=True, pk__gt=after).order_by("pk").values_list("pk")
    )
    total = done + len(waiting)
    for (fund_id,) in waiting:
        done += 1
        with run.step(done=done, total=total, cursor={"after": fund_id}):
            funds.turn(fund_id=fund_id, on=date.fromisoformat(on))
    with run.step(done=done, total=total, last=True):
        pass
