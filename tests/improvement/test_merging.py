"""Ideas about the same thing are joined, with their authors, and separated again."""

from uuid import uuid4

import pytest

from foundation.errors import Refused
from foundation.models import Event
from improvement.actions import merging, talk
from improvement.flow import IDEA_FLOW
from improvement.models import Comment, Follow, Idea, IdeaStatus, Support
from improvement.rules.ideas import why_not
from organisation.models import Notice
from organisation.permissions import Role
from tests.factories import IdeaFactory, UnitFactory, employee, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def lead(unit):
    return person_with(Role.DEVELOPMENT_LEAD, at=unit)


@pytest.fixture
def two(unit):
    """Two submitted ideas about the same thing, each with an author of its own."""
    return [
        IdeaFactory(unit=unit, author=employee(at=unit), status=IdeaStatus.SUBMITTED)
        for _ in range(2)
    ]


def test_an_idea_is_joined_into_another_and_both_authors_are_told(two, lead):
    idea, into = two

    merging.merge(idea_id=idea.pk, into_id=into.pk, by=lead)

    idea.refresh_from_db()
    assert (idea.status, idea.merged_into) == (IdeaStatus.MERGED, into)
    told = Notice.objects.filter(kind="idea.joined")
    assert set(told.values_list("to", flat=True)) == {idea.author_id, into.author_id}
    assert set(told.values_list("href", flat=True)) == {f"/ideer/{into.pk}/"}
    assert list(Event.objects.order_by("pk").values_list("kind", flat=True)) == [
        "idea.merge",
        "idea.joined",
    ]


def test_what_is_joined_is_the_authors_of_both(two, lead, unit):
    idea, into = two
    merging.merge(idea_id=idea.pk, into_id=into.pk, by=lead)
    into = Idea.objects.get(pk=into.pk)

    assert into.author_ids == {idea.author_id, into.author_id}
    with pytest.raises(Refused, match="din egen"):
        talk.support(idea_id=into.pk, by=idea.author)

    Idea.objects.filter(pk=into.pk).update(status=IdeaStatus.RETURNED)
    into = Idea.objects.get(pk=into.pk)
    assert why_not(IDEA_FLOW["answer"], into, idea.author) is None
    assert why_not(IDEA_FLOW["withdraw"], into, idea.author) is not None


def test_support_and_comments_are_counted_and_read_together(two, lead, unit):
    idea, into = two
    both, one = employee(at=unit), employee(at=unit)
    for supporter, what in ((both, idea), (both, into), (one, idea)):
        talk.support(idea_id=what.pk, by=supporter)
    talk.comment(idea_id=idea.pk, text="Samma här.", key=uuid4(), by=one)

    merging.merge(idea_id=idea.pk, into_id=into.pk, by=lead)

    assert Support.objects.of(into).values("person").distinct().count() == 2
    assert Comment.objects.of(into).count() == 1
    assert Follow.objects.filter(idea=into, person=one).exists()
    talk.unsupport(idea_id=into.pk, by=both)
    assert Support.objects.of(into).count() == 1


def test_what_had_been_joined_comes_along(two, lead, unit):
    idea, into = two
    third = IdeaFactory(unit=unit, status=IdeaStatus.PREPARING)

    merging.merge(idea_id=third.pk, into_id=idea.pk, by=lead)
    merging.merge(idea_id=idea.pk, into_id=into.pk, by=lead)

    assert set(into.merged.all()) == {idea, third}


def test_separated_it_stands_by_itself_again(two, lead, unit):
    idea, into = two
    supporter = employee(at=unit)
    talk.support(idea_id=idea.pk, by=supporter)
    merging.merge(idea_id=idea.pk, into_id=into.pk, by=lead)

    merging.split(idea_id=idea.pk, by=lead)

    idea.refresh_from_db()
    assert (idea.status, idea.merged_into) == (IdeaStatus.SUBMITTED, None)
    assert Support.objects.of(into).count() == 0
    assert Support.objects.of(idea).count() == 1
    assert Notice.objects.get(kind="idea.separated", to=idea.author).href == f"/ideer/{idea.pk}/"


@pytest.mark.parametrize(
    "status", [s for s in IdeaStatus if s not in ("submitted", "preparing", "returned", "ready")]
)
def test_nothing_is_joined_with_what_is_a_draft_or_decided(two, lead, unit, status):
    idea, into = two
    other = two[0] if status == IdeaStatus.MERGED else None
    Idea.objects.filter(pk=into.pk).update(status=status, merged_into=other)
    with pytest.raises(Refused):
        merging.merge(idea_id=idea.pk, into_id=into.pk, by=lead)


def test_an_idea_is_not_joined_with_itself_nor_by_a_colleague_nor_into_another_leads(two, lead):
    idea, into = two
    elsewhere = IdeaFactory(status=IdeaStatus.SUBMITTED)
    with pytest.raises(Refused, match="sig själv"):
        merging.merge(idea_id=idea.pk, into_id=idea.pk, by=lead)
    with pytest.raises(Refused, match="roll"):
        merging.merge(idea_id=idea.pk, into_id=into.pk, by=employee(at=idea.unit))
    with pytest.raises(Refused, match="roll"):
        merging.merge(idea_id=idea.pk, into_id=elsewhere.pk, by=lead)
