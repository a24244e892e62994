"""Support, follow and comments: who may, and what stays."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from foundation.errors import Refused
from improvement.actions import talk
from improvement.models import Comment, Follow, Idea, IdeaStatus, Support
from improvement.queries.readers import readers_of
from organisation.models import Notice, Person
from organisation.permissions import Role
from tests.factories import IdeaFactory, PersonFactory, UnitFactory, employee, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def idea(unit):
    return IdeaFactory(unit=unit, author=employee(at=unit), status=IdeaStatus.SUBMITTED)


def say(idea, text, *, by, **more):
    return talk.comment(idea_id=idea.pk, text=text, key=more.pop("key", uuid4()), by=by, **more)


# --- support and follow ----------------------------------------------------------------------


def test_one_says_me_too_once_and_then_follows(unit, idea):
    colleague = employee(at=unit)

    talk.support(idea_id=idea.pk, by=colleague)
    talk.support(idea_id=idea.pk, by=colleague)

    assert Support.objects.of(idea).count() == 1
    assert Follow.objects.get(idea=idea).person == colleague


def test_support_is_taken_back_and_following_is_stopped_by_itself(unit, idea):
    colleague = employee(at=unit)
    talk.support(idea_id=idea.pk, by=colleague)

    talk.unsupport(idea_id=idea.pk, by=colleague)
    assert (Support.objects.count(), Follow.objects.count()) == (0, 1)

    talk.unfollow(idea_id=idea.pk, by=colleague)
    assert Follow.objects.count() == 0


def test_nobody_supports_their_own_idea(idea):
    with pytest.raises(Refused, match="din egen"):
        talk.support(idea_id=idea.pk, by=idea.author)


def test_a_draft_is_not_talked_about(unit):
    draft = IdeaFactory(unit=unit, status=IdeaStatus.DRAFT)
    with pytest.raises(Refused, match="utkast"):
        talk.support(idea_id=draft.pk, by=employee(at=unit))


@pytest.mark.parametrize("act", [talk.support, talk.follow])
def test_what_one_cannot_see_one_cannot_support_or_follow(idea, act):
    with pytest.raises(Refused, match="kan inte se"):
        act(idea_id=idea.pk, by=employee(at=UnitFactory()))


# --- comments --------------------------------------------------------------------------------


def test_a_comment_is_heard_by_the_author_and_by_those_who_follow(unit, idea):
    follower, speaker = employee(at=unit), employee(at=unit)
    talk.follow(idea_id=idea.pk, by=follower)

    say(idea, "Vi har samma sak.", by=speaker)

    told = Notice.objects.filter(kind="idea.comment").values_list("to", flat=True)
    assert set(told) == {idea.author_id, follower.pk}
    assert Notice.objects.first().note == "Vi har samma sak."
    assert Follow.objects.filter(idea=idea, person=speaker).exists()


def test_the_same_comment_sent_twice_is_said_once(unit, idea):
    speaker, key = employee(at=unit), uuid4()
    first = say(idea, "Vi också.", key=key, by=speaker)
    second = say(idea, "Vi också.", key=key, by=speaker)
    assert first == second
    assert Notice.objects.filter(kind="idea.comment").count() == 1


def test_who_is_named_is_told_so_and_follows(unit, idea):
    named = employee(at=unit, given_name="Anna-Karin", family_name="von Essen")

    said = say(idea, "Vad säger du @Anna-Karin von Essen, går det?", by=employee(at=unit))

    assert set(said.mentions.all()) == {named}
    assert Notice.objects.get(to=named).kind == "idea.mention"
    assert Follow.objects.filter(idea=idea, person=named).exists()


def test_who_cannot_see_the_idea_cannot_be_named(unit, idea):
    stranger = employee(at=UnitFactory(), given_name="Kim", family_name="Främling")
    speaker = employee(at=unit)

    with pytest.raises(Refused, match="Kim Främling kan inte se"):
        say(idea, "Hej @kim främling!", by=speaker)
    with pytest.raises(Refused, match="Kim Främling kan inte se"):
        say(idea, "Hej!", mentioned=[stranger], by=speaker)
    assert Comment.objects.count() == 0


def test_an_at_sign_that_names_nobody_is_only_an_at_sign(unit, idea):
    said = say(idea, "Mötet är @ kl 9, se @ingen alls", by=employee(at=unit))
    assert not said.mentions.exists()


def test_an_empty_comment_is_not_one(unit, idea):
    with pytest.raises(Refused):
        say(idea, "  ", by=employee(at=unit))


def test_one_takes_back_ones_own_words_and_the_place_is_kept(unit, idea):
    speaker = employee(at=unit)
    said = say(idea, "Dumt.", by=speaker)

    talk.remove(comment_id=said.pk, by=speaker)

    said.refresh_from_db()
    assert (said.text, said.removed_by, said.removed_why) == ("", speaker, "")


def test_a_lead_takes_a_comment_away_with_a_reason_and_a_colleague_cannot(unit, idea):
    speaker, lead = employee(at=unit), person_with(Role.DEVELOPMENT_LEAD, at=unit)
    said = say(idea, "Dumt.", by=speaker)

    with pytest.raises(Refused, match="utvecklingsledare"):
        talk.remove(comment_id=said.pk, why="Nej", by=employee(at=unit))
    with pytest.raises(Refused, match="varför"):
        talk.remove(comment_id=said.pk, by=lead)
    talk.remove(comment_id=said.pk, why="Namnger en brukare.", by=lead)
    with pytest.raises(Refused, match="redan"):
        talk.remove(comment_id=said.pk, why="Igen", by=lead)

    assert Notice.objects.get(kind="idea.comment_removed").note == "Namnger en brukare."


def test_comments_are_seen_by_those_who_see_the_idea(unit, idea):
    said = say(idea, "Vi också.", by=employee(at=unit))
    assert said in Comment.objects.visible_to(idea.author)
    assert said not in Comment.objects.visible_to(employee(at=UnitFactory()))


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"text": ""}, "comment_has_words_until_removed"),
        ({"removed_why": "x"}, "comment_is_removed_by_somebody"),
    ],
)
def test_the_database_refuses_a_comment_that_cannot_be(unit, idea, changes, constraint):
    said = say(idea, "Vi också.", by=employee(at=unit))
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Comment.objects.filter(pk=said.pk).update(**changes)


# --- who may see, from both sides --------------------------------------------------------------


@pytest.mark.parametrize("status", [IdeaStatus.DRAFT, IdeaStatus.SUBMITTED, IdeaStatus.WITHDRAWN])
def test_the_readers_of_an_idea_are_those_who_see_it(status):
    top = UnitFactory()
    area = UnitFactory(parent=top)
    unit = UnitFactory(parent=area)
    other = UnitFactory(parent=area)
    idea = IdeaFactory(unit=unit, author=PersonFactory(), typed_by=PersonFactory(), status=status)
    IdeaFactory(author=PersonFactory(), status=IdeaStatus.MERGED, merged_into=idea)
    for role in Role:
        for place in (top, unit, other):
            person = employee(at=place)
            if role is not Role.STAFF:
                person.assignments.create(unit=place, role=role)

    for person in Person.objects.all():
        sees = Idea.objects.visible_to(person).filter(pk=idea.pk).exists()
        assert sees == readers_of(idea).filter(pk=person.pk).exists(), person.title
