"""A form handed in while the same form is being saved, and twice at once."""

from uuid import uuid4

import pytest

from improvement.actions import drafts, ideas
from improvement.actions.drafts import Written
from improvement.models import Idea, IdeaStatus
from organisation.models import Unit
from tests.concurrency.rivals import at_the_same_point, together
from tests.factories import UnitFactory, employee

pytestmark = pytest.mark.django_db(transaction=True)

KEY = uuid4()


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def author(unit):
    return employee(at=unit)


def saves(unit, author, need="Larm"):
    return lambda: drafts.keep(key=KEY, written=Written(unit, need=need), by=author)


def hands_in(unit, author):
    return lambda: ideas.create(unit=unit, need="Larmen hörs inte.", key=KEY, by=author)


def test_saving_late_never_changes_what_is_handed_in(unit, author):
    saves(unit, author)()
    for _ in range(3):
        together(saves(unit, author), hands_in(unit, author), behind=Idea.objects.filter(key=KEY))
    idea = Idea.objects.get()
    assert (idea.status, idea.need) == (IdeaStatus.SUBMITTED, "Larmen hörs inte.")


def test_without_the_lock_it_would(unit, author, monkeypatch):
    """The control.  If this fails, the test above proves nothing."""
    saves(unit, author)()
    handed_in = hands_in(unit, author)

    def unlocked(key, by):
        return Idea.objects.select_related("unit").get(key=key)

    def read_then_overtaken(key, by):
        idea = unlocked(key, by)
        monkeypatch.setattr(drafts, "under", unlocked)
        handed_in()
        return idea

    monkeypatch.setattr(drafts, "under", read_then_overtaken)
    saves(unit, author, need="Lar")()

    idea = Idea.objects.get()
    assert (idea.status, idea.need) == (IdeaStatus.SUBMITTED, "Lar")


def test_two_clicks_at_once_on_a_new_form_are_one_idea(unit, author, monkeypatch):
    monkeypatch.setattr(drafts, "under", _meet_first(drafts.under))
    outcomes = together(*[hands_in(unit, author)] * 2)
    assert len({idea.pk for idea in outcomes}) == 1
    assert Idea.objects.get().status == IdeaStatus.SUBMITTED


def _meet_first(under):
    """Let both callers look for the draft, and find none, before either begins one."""
    meeting = at_the_same_point(lambda key, by: Idea.objects.filter(key=key).first(), 2)
    seen = []

    def look(key, by):
        if len(seen) < 2:
            seen.append(by)
            return meeting(key, by)
        return under(key, by)

    return look


def test_a_unit_that_closes_meanwhile_takes_no_more(unit, author):
    Unit.objects.filter(pk=unit.pk).update(is_active=False)
    unit.refresh_from_db()
    (outcome,) = together(hands_in(unit, author))
    assert "stängd" in str(outcome)
