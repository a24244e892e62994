"""What people say about an idea, and who wants to hear of it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Person
from organisation.privacy import FreeLine, FreeText

from .idea import Idea


class AboutIdeas[M: models.Model](models.QuerySet[M]):
    def of(self, idea: Idea) -> Self:
        """Those of `idea` and of the ideas that have been joined with it."""
        # Their ids first: an OR across the join would make PostgreSQL read every row there is.
        both = Idea.objects.filter(Q(pk=idea.pk) | Q(merged_into=idea.pk))
        return self.filter(idea__in=both.values("pk"))


class SupportQuerySet(AboutIdeas["Support"]):
    pass


class Support(models.Model):
    """One person's "I agree, this matters" (jag med); once per idea."""

    PERSONAL_DATA: ClassVar = ("person",)

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="supports")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = SupportQuerySet.as_manager()

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


class CommentQuerySet(AboutIdeas["Comment"]):
    def visible_to(self, person: Person) -> Self:
        """Those about what one may see, and about what has been joined with it."""
        seen = Idea.objects.visible_to(person).values("pk")
        return self.filter(Q(idea__in=seen) | Q(idea__merged_into__in=seen))


class Comment(models.Model):
    """A sentence or two about an idea.  Taken away, its place is kept and its words are not."""

    PERSONAL_DATA: ClassVar = ("by", "text", "removed_by", "removed_why")

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="comments")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = FreeText(_("Comment"), max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    removed_why = FreeLine(_("Why"), max_length=200, blank=True)  # when it was somebody else's
    key = models.UUIDField(unique=True)  # of the form it was written in: sent twice is said once
    mentions = models.ManyToManyField(Person, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None) ^ Q(text=""), name="comment_has_words_until_removed"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None, removed_why="")
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="comment_is_removed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["idea", "at"], name="comment_of_idea_in_time")]

    def __str__(self) -> str:
        return f"{self.by}: {self.idea}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, person: Person) -> "AttachmentQuerySet":
        """The only gate for reading: who sees the idea sees what is attached to it."""
        return self.filter(idea__in=Idea.objects.visible_to(person))

    def for_list(self) -> "AttachmentQuerySet":
        """Without the bytes; reading them is an error, not a query."""
        return self.defer("content").order_by("position").fetch_mode(models.FETCH_RAISE)


class Attachment(models.Model):
    """A picture or file that belongs to an idea.

    The bytes are in the database, so that they are saved, seen and backed up with the idea.
    """

    PERSONAL_DATA: ClassVar = ("by", "name", "content")
    MOST_PER_IDEA = 5

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()  # 1 to 5: a sixth has no place
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

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(position__range=(1, 5)), name="attachment_has_one_of_five_places"
            ),
            models.UniqueConstraint(
                fields=["idea", "position"], name="attachment_alone_in_its_place"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")
