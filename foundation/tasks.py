"""The two things Celery is used for."""

from celery import shared_task

from . import jobs


@shared_task(name="foundation.run_job", ignore_result=True)
def run_job(job_id: int) -> None:
    jobs.run(job_id)


@shared_task(name="foundation.wake_silent_jobs", ignore_result=True)
def wake_silent_jobs() -> None:
    jobs.wake_silent()
