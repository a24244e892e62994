"""The money's part of an idea's page: its place in the queue, what was granted, what to do."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.money import format_kronor
from organisation.models import Person

from ..models import Decision, Idea, IdeaStatus, RewardUse
from ..queries import MoneyOfIdea
from ..queries.forecast import Expectation, expectation_of
from ..queries.money import funds_of
from ..rules.funds import why_not_let_go, why_not_manage
from ..rules.rewards import why_not_declare_use


@dataclass(frozen=True, slots=True)
class MoneyCard:
    """What improvement/idea_money.html shows.

    `facts` are (word, value), empty for those who do not see amounts; `todo` are (word, address).
    """

    facts: list[tuple[str | Promise, str]]
    use: RewardUse | None
    todo: list[tuple[str, str]]


def money_card(
    idea: Idea, money: MoneyOfIdea | None, person: Person, *, sees_amounts: bool
) -> MoneyCard | None:
    """Gather the card; None when there is nothing in it for `person`.  Two queries."""
    if money is None:
        return None
    todo = _to_do(idea, money, person)
    use = RewardUse.objects.filter(decision=money.approval).first()
    facts = _facts(money) if sees_amounts else []
    return MoneyCard(facts, use, todo) if facts or todo or use else None


def expected_of(idea: Idea, decision: Decision | None) -> Expectation | None:
    """Return the place in the queue and when money may come; None outside the queue."""
    if idea.status != IdeaStatus.QUEUED or decision is None:
        return None
    return expectation_of(decision, on=timezone.localdate())


def _to_do(idea: Idea, money: MoneyOfIdea, person: Person) -> list[tuple[str, str]]:
    todo = []
    keeps = money.approval.fund is not None and not why_not_manage(money.approval.fund, person)
    if keeps:
        for promise in money.promises:
            word = _("Record a payment")
            if promise.decision.adds_to_id is not None:
                word = _("Record a payment of the money that was added")
            todo.append((word, reverse("decision-pay", args=[promise.decision.pk])))
    money.approval.idea = idea
    if why_not_declare_use(money.approval, person) is None:
        word = _("Say what the reward is used for")
        todo.append((word, reverse("reward-use", args=[money.approval.pk])))
    if keeps and why_not_let_go(idea, funds_of(idea.pk), person) is None:
        todo.append((_("Release the money"), reverse("idea-let-go", args=[idea.pk])))
    return todo


def _facts(money: MoneyOfIdea) -> list[tuple[str | Promise, str]]:
    reward = _("paid") if money.reward_is_paid else _("is paid when the report is approved")
    return [
        (_("Granted"), format_kronor(money.granted_ore)),
        (_("Paid"), format_kronor(money.paid_ore)),
        (_("Reserved"), format_kronor(money.reserved_ore)),
        (_("Released"), format_kronor(money.released_ore) if money.released_ore else ""),
        (_("Reward"), f"{format_kronor(money.reward_ore)}, {reward}" if money.reward_ore else ""),
    ]
