"""The Celery app, and the whole timetable in one place."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import import_modules

from . import services

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


# Connected before there is an app, and so called before Celery lets Django check itself, which
# already asks the database.  Only worker and beat import modules like this; a page does not.
@import_modules.connect
def start_services(**_: Any) -> None:
    services.ensure_running()


app = Celery("forbattringshjulet")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "wake jobs that nobody works on": {"task": "foundation.wake_silent_jobs", "schedule": 10.0},
    "forget files that nobody read in": {
        "task": "organisation.forget_import_files",
        "schedule": 60 * 60.0,
    },
    "forget files of results that nobody read in": {
        "task": "measures.forget_result_files",
        "schedule": 60 * 60.0,
    },
    "forget notices that were read long ago": {
        "task": "organisation.forget_notices",
        "schedule": crontab(hour=3, minute=20),
    },
    "close and open the periods of the funds": {
        "task": "improvement.turn_the_funds",
        "schedule": crontab(hour=0, minute=10),
    },
    "say where the ideas are that nobody has heard of": {
        "task": "improvement.break_the_silence",
        "schedule": crontab(hour=6, minute=15),
    },
    # before the mail of the morning, which takes the reminders along
    "remind those who can act of what is due": {
        "task": "programme.remind_those_who_can_act",
        "schedule": crontab(hour=6, minute=30),
    },
    "mail those who want to know every hour": {
        "task": "organisation.ask_for_digests",
        "schedule": crontab(minute=5),
        "kwargs": {"choice": "hourly"},
    },
    "mail those who want to know in the morning": {
        "task": "organisation.ask_for_digests",
        "schedule": crontab(hour=7, minute=0),
        "kwargs": {"choice": "daily"},
    },
    "fetch what is followed in Kolada": {
        "task": "measures.fetch_followed",
        "schedule": crontab(hour=2, minute=30),
    },
    "fetch Kolada's catalogue": {
        "task": "measures.fetch_catalogue",
        "schedule": crontab(day_of_week="saturday", hour=1, minute=30),
    },
    "take up fetchings that nobody works on": {
        "task": "measures.wake_stopped_imports",
        "schedule": 10 * 60.0,
    },
    "wake ideas whose time has come": {
        "task": "improvement.look_in_the_bank",
        "schedule": crontab(hour=5, minute=30),
    },
    "see to the checks whether works hold": {
        "task": "programme.look_after_effects",
        "schedule": crontab(hour=5, minute=50),
    },
}
