"""The Celery app, and the whole timetable in one place."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, celeryd_init

from . import services

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("forbattringshjulet")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "wake jobs that nobody works on": {"task": "foundation.wake_silent_jobs", "schedule": 10.0},
}


@celeryd_init.connect
@beat_init.connect
def start_services(**_: Any) -> None:
    services.ensure_running()
