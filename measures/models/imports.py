"""Fetching from Kolada: a run is what somebody asked for, cut in batches that succeed or fail alone."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RunStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting its turn")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")  # also when some batches failed: they are counted and can be retried
    CANCELLED = "cancelled", _("Broken off")


LIVE = (RunStatus.WAITING, RunStatus.RUNNING)


class What(models.TextChoices):
    CATALOGUE = "catalogue", _("The catalogue")
    VALUES = "values", _("Values")


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def live(self) -> "ImportRunQuerySet":
        return self.filter(status__in=LIVE)

    def locked(self) -> "ImportRunQuerySet":
        return self.select_for_update(of=("self",), no_key=True)

    def lock_kind(self, what: str) -> None:
        """Let nobody else begin a run of this kind until the transaction is over."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"import-run:{what}"])


class ImportRun(models.Model):
    """One fetching, by a person or by the clock; one of each kind at a time."""

    PERSONAL_DATA: ClassVar = ("asked_by",)

    what = models.CharField(max_length=10, choices=What)
    about = models.CharField(max_length=200)  # as it was asked for: "Hemtjänst", "Allt som följs"
    first_year = models.PositiveSmallIntegerField(null=True)  # None: all there are
    last_year = models.PositiveSmallIntegerField(null=True)
    changed_since = models.DateField(null=True)  # asked of Kolada as `from_date`; None: everything
    status = models.CharField(max_length=10, choices=RunStatus, default=RunStatus.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )  # empty: the clock
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["what"], condition=Q(status__in=LIVE), name="one_live_run_of_a_kind"
            ),
            models.CheckConstraint(condition=Q(what__in=What.values), name="import_run_what_known"),
            models.CheckConstraint(
                condition=Q(status__in=RunStatus.values), name="importrun_status_known"
            ),
        ]

    def __str__(self) -> str:
        return self.about

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def job_key(self) -> str:
        """Names the background job that does it; its progress is that of the run."""
        return f"import-run:{self.pk}"


class BatchKind(models.TextChoices):
    """What is asked of Kolada in one batch."""

    KPIS = "kpis", _("Key figures")
    MUNICIPALITIES = "municipalities", _("Municipalities and regions")
    GROUPS = "groups", _("Groups of municipalities")
    UNITS = "units", _("Units")
    VALUES = "values", _("Values of municipalities")
    UNIT_VALUES = "unit_values", _("Values of units")


class BatchStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    SKIPPED = "skipped", _("Not fetched")  # the run was cancelled before its turn


class ImportBatch(models.Model):
    """A part of a run that is stored whole or not at all."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="batches")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14, choices=BatchKind)
    kpis = ArrayField(models.SmallIntegerField(), default=list)  # ids; empty for the catalogue
    # As the run's, but empty for KPIs that were never fetched whole: then there is no since.
    changed_since = models.DateField(null=True)
    status = models.CharField(max_length=10, choices=BatchStatus, default=BatchStatus.WAITING)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(
        default=0
    )  # begun so often; more than one, a worker died
    note = models.CharField(max_length=300, blank=True)  # why it failed, for a person
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="batch_once_in_its_run"),
            models.CheckConstraint(
                condition=Q(kind__in=BatchKind.values), name="import_batch_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=BatchStatus.values), name="importbatch_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.position}"
