"""The journal and the jobs: two tables that every part writes to."""

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """Something that was done, by whom and when; kept for good, never changed (a trigger).

    It names its subject without a foreign key, so the record outlives the subject.  `kind` has no
    choices: a new kind of event is a new word, not a migration.
    """

    PERSONAL_DATA: ClassVar = ("by",)

    kind = models.CharField(max_length=60)  # "idea.submit"
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(  # empty when nobody did it: time passed, money came
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    subject = models.CharField(max_length=60)  # "improvement.idea:17"
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject", "at"], name="event_of_subject_in_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class JobStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting its turn")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


LIVE = (JobStatus.QUEUED, JobStatus.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, person: Any) -> "JobQuerySet":
        """Only what one asked for oneself."""
        return self.filter(requested_by=person.pk)

    def live(self) -> "JobQuerySet":
        return self.filter(status__in=LIVE)

    def claimable(self) -> "JobQuerySet":
        """Those that a worker may take now: waiting and due, or left by a worker gone silent."""
        now = timezone.now()
        return self.filter(
            Q(status=JobStatus.QUEUED, due_at__lte=now)
            | Q(status=JobStatus.RUNNING, lease_until__lt=now)
        )

    def not_in_hands(self) -> "JobQuerySet":
        """Lock them, and leave out those that somebody holds at this very moment."""
        return self.select_for_update(of=("self",), skip_locked=True)


class Job(models.Model):
    """One piece of background work that the person who asked for it can watch.

    The row is the truth; the message on the queue only wakes a worker and may be lost.
    """

    PERSONAL_DATA: ClassVar = ("requested_by", "note")
    LEASE = timedelta(seconds=60)  # a worker that has not committed a step for so long has lost it
    ATTEMPTS = 5

    key = models.CharField(max_length=200)  # names the work: "report-pdf:17"
    work = models.CharField(max_length=100)  # the name it was registered under in a tasks.py
    arguments = models.JSONField(default=dict)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    status = models.CharField(max_length=10, choices=JobStatus, default=JobStatus.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)  # a sentence for the person watching
    cursor = models.JSONField(default=dict)  # how far the work has come; it goes on from here
    token = models.UUIDField(null=True)  # whose it is: every claim makes a new one
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(status__in=LIVE), name="job_one_live_per_key"
            ),
            models.CheckConstraint(
                condition=Q(status__in=JobStatus.values), name="job_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=JobStatus.RUNNING)
                | Q(token__isnull=False, lease_until__isnull=False),
                name="job_running_is_leased",
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="job_done_within_total"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status__in=LIVE), name="job_live_due"),
            models.Index(fields=["key"], name="job_of_key"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_live(self) -> bool:
        return self.status in LIVE
