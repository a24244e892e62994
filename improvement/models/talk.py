"""What people say about an idea, and who wants to hear of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Person
from organisation.privacy import FreeLine, FreeText

from .idea import Idea


class Support(models.Model):
    """One person's "I agree, this matters" (jag med); once per idea."""

    PERSONAL_DATA: ClassVar = ("person",)

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="supports")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "person"], name="support_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.idea}"


class Follow(models.Model):
    """Somebody who is told what happens to an idea that is not their own."""

    PERSONAL_DATA: ClassVar = ("person",)

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="follows")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "person"], name="follow_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.idea}"


class Comment(models.Model):
    """A sentence or two about an idea.  Taken away, its place is kept and its words are not."""

    PERSONAL_DATA: ClassVar = ("by", "text")

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="comments")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = FreeText(_("Comment"), max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)
    key = models.UUIDField(unique=True)  # of the form it was written in: sent twice is said once
    mentions = models.ManyToManyField(Person, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None) ^ Q(text=""), name="comment_has_words_until_removed"
            )
        ]
        indexes = [models.Index(fields=["idea", "at"], name="comment_of_idea_in_time")]

    def __str__(self) -> str:
        return f"{self.by}: {self.idea}"


class Attachment(models.Model):
    """A picture or file that belongs to an idea.

    The bytes are in the database, so that they are saved, seen and backed up with the idea.
    """

    PERSONAL_DATA: ClassVar = ("by", "name", "content")
    MOST_PER_IDEA = 5

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="attachments")
    name = FreeLine(max_length=120)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    size = models.GeneratedField(
        expression=Func(F("content"), function="OCTET_LENGTH"),
        output_field=models.PositiveIntegerField(),
        db_persist=True,
    )

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")
