from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from ..notices import Reminder, reminder_of, sentence_of
from .person import Person


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, person: Person) -> "NoticeQuerySet":
        """Only one's own."""
        return self.filter(to=person.pk)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def unmailed(self) -> "NoticeQuerySet":
        """Those that nobody has read here, nor been sent."""
        return self.filter(read_at=None, mailed_at=None)

    def about(self, href: str) -> "NoticeQuerySet":
        """Those that lead to the page at `href`, or to a place on it."""
        return self.filter(Q(href=href) | Q(href__startswith=f"{href}#"))

    def newest_first(self) -> "NoticeQuerySet":
        return self.order_by("-at", "-pk")

    def expired(self) -> "NoticeQuerySet":
        """Those that have been read and are older than a year."""
        return self.filter(read_at__isnull=False, at__lt=timezone.now() - Notice.KEPT)


def number_unread() -> Coalesce:
    """Return the number of a person's unread notices, to annotate persons with."""
    unread = Notice.objects.filter(to=OuterRef("pk")).unread().order_by().values("to")
    return Coalesce(Subquery(unread.annotate(number=Count("pk")).values("number")), 0)


class Notice(models.Model):
    """One sentence to one person about one thing.

    `kind` has no choices: a new kind is a new word and its sentence, not a migration.
    """

    PERSONAL_DATA: ClassVar = ("to", "title", "note")
    KEPT = timedelta(days=365)

    # no index of its own: notice_of_person_in_time begins with it
    to = models.ForeignKey(Person, models.CASCADE, related_name="notices", db_index=False)
    kind = models.CharField(max_length=60)  # "idea.approve"
    title = models.CharField(max_length=200)  # what it is about
    note = models.TextField(blank=True)  # a sentence that came with it
    href = models.CharField(max_length=300)  # a path on this site
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(href__regex=r"^/([^/\\]|$)"), name="notice_leads_to_a_page_here"
            ),
        ]
        indexes = [
            models.Index(fields=["to", "-at", "-id"], name="notice_of_person_in_time"),
            models.Index(fields=["to", "href"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=["to", "at"],
                condition=Q(read_at=None, mailed_at=None),
                name="notice_unmailed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"

    def get_absolute_url(self) -> str:
        """The way to the thing that marks the notice as read on the way."""
        return reverse("notice-open", args=[self.pk])

    @property
    def sentence(self) -> str:
        """What has happened, in the language of whoever reads it."""
        return sentence_of(self.kind)

    @property
    def reminder(self) -> Reminder | None:
        """The kind, when it is one that can be turned off."""
        return reminder_of(self.kind)


class Mute(models.Model):
    """A kind of reminder that somebody does not want; everything else still reaches them."""

    PERSONAL_DATA: ClassVar = ("person",)

    person = models.ForeignKey(Person, models.CASCADE, related_name="mutes")
    kind = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="mute_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"
