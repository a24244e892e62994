"""Carrying out a run: one batch after the other, each stored whole or not at all."""

from foundation import jobs


@jobs.work("measures.fetch", seconds=12 * 3600)
def carry_out(run: jobs.Run, *, run_id: int) -> None:
    with run.step(last=True):
        pass
