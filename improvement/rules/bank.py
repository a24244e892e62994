"""Why a question about an idea that rests may not be answered."""

from django.utils.translation import gettext as _

from organisation.models import Person
from organisation.permissions import Permission
from organisation.rules import state_says_no, why_not_with

from ..models import RESTING, Answer, Revival
from .ideas import authors_of


def why_not_now(revival: Revival) -> str | None:
    """Say why the question is no longer one: answered with no, put to rest, or decided anew."""
    idea = revival.decision.idea
    if idea.status not in RESTING:
        return state_says_no(idea)
    if revival.answer == Answer.NO or revival.rested_at is not None:
        return _("This has been settled already.")
    return None


def why_not_answer(revival: Revival, person: Person) -> str | None:
    """Say why `person` may not say whether the idea still matters.  May ask the database."""
    if refusal := why_not_now(revival):
        return refusal
    if revival.answer:
        return _("You have answered already. Thank you!")
    if person.pk not in authors_of(revival.decision.idea):
        return _("Only the person whose it is can do this.")
    return None


def why_not_let_rest(revival: Revival, person: Person) -> str | None:
    """Say why `person` may not let the idea rest after all."""
    if refusal := why_not_now(revival):
        return refusal
    if revival.passed_on_at is None:
        return _("The author has been asked first, and has not answered yet.")
    return why_not_with(Permission.IDEA_PREPARE, person, at=revival.decision.idea.unit)
