"""How a fund works, in sentences: what its page says to everybody who may see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundation.journal import subject_of
from foundation.models import Event
from foundation.money import format_kronor

from ..models import Fund, QueueRule, Rollover

NAMES: dict[str, str | Promise] = {
    "name": gettext_lazy("Name"),
    "cap_ore": gettext_lazy("Guide amount per idea"),
    "reward_ore": gettext_lazy("Usual reward to the staff group"),
    "many_people": gettext_lazy("Very many, from so many people"),
    "many_reward_ore": gettext_lazy("Reward when very many took part"),
    "usual_allocation_ore": gettext_lazy("Usual allocation to a period"),
    "rollover_within_year": gettext_lazy("What is left when a period ends within the year"),
    "rollover_at_year_end": gettext_lazy("What is left at the end of the year"),
    "queue_rule": gettext_lazy("How the queue is served"),
    "between_meetings_ore": gettext_lazy("May be decided between meetings"),
}


def rules_of(fund: Fund) -> list[tuple[str, str]]:
    """Return the fund's policy as (what it is about, sentence)."""
    return [
        (
            _("Who it pays for"),
            _("Ideas in %(unit)s and everything below it.") % {"unit": fund.unit},
        ),
        (_("How much"), _how_much(fund)),
        (
            _("When an idea is approved"),
            _(
                "Its money and the reward are set aside at once. Nobody else can use them, so a "
                "report that comes late still gives its reward and the fund is never overdrawn."
            ),
        ),
        (_("When the money is not enough"), _queue(fund)),
        (_("Reward"), _reward(fund)),
        (_("What is left over"), _left_over(fund)),
        (
            _("What it usually gets"),
            _("%(amount)s for each period. The queue's dates are reckoned with it.")
            % {"amount": format_kronor(fund.usual_allocation_ore)}
            if fund.usual_allocation_ore
            else _("Nothing that can be counted on beforehand."),
        ),
    ]


def _how_much(fund: Fund) -> str:
    sentences = [
        _(
            "Around %(amount)s at most for an idea. More is possible when it is written down why it "
            "is worth it."
        )
        % {"amount": format_kronor(fund.cap_ore)}
    ]
    if fund.between_meetings_ore is None:
        sentences.append(_("Any amount may be decided between meetings."))
    else:
        sentences.append(
            _("Up to %(amount)s may be decided between meetings; more needs a meeting.")
            % {"amount": format_kronor(fund.between_meetings_ore)}
        )
    return " ".join(sentences)


def _queue(fund: Fund) -> str:
    stays = _(
        "An approved idea stays in the queue until there is money; no idea is refused for lack of it."
    )
    if fund.queue_rule == QueueRule.STRICT:
        how = _("The queue is served in the order of decision, and nobody is passed by.")
    else:
        how = _(
            "The queue is served in the order of decision. One that the money is not enough for is "
            "passed by, and keeps its place."
        )
    return f"{stays} {how}"


def _reward(fund: Fund) -> str:
    if not fund.reward_ore:
        return _("The fund pays no reward.")
    usual = _("%(amount)s to the staff group when its report is approved.") % {
        "amount": format_kronor(fund.reward_ore)
    }
    if fund.many_people is None or fund.many_reward_ore <= fund.reward_ore:
        return usual
    more = ngettext(
        "%(amount)s instead when at least %(number)s person took part, if the money is enough.",
        "%(amount)s instead when at least %(number)s people took part, if the money is enough.",
        fund.many_people,
    ) % {"amount": format_kronor(fund.many_reward_ore), "number": fund.many_people}
    return f"{usual} {more}"


def _left_over(fund: Fund) -> str:
    within = {
        Rollover.AUTOMATIC: _("What is left when a half-year ends moves to the next by itself."),
        Rollover.CONFIRMED: _(
            "What is left when a half-year ends moves to the next when somebody has confirmed it."
        ),
        Rollover.LAPSES: _("What is left when a half-year ends goes back to the organisation."),
    }
    at_year_end = {
        Rollover.AUTOMATIC: _("At the end of the year it moves on by itself."),
        Rollover.CONFIRMED: _("At the end of the year it moves on when somebody has confirmed it."),
        Rollover.LAPSES: _("At the end of the year it goes back to the organisation."),
    }
    parts = (
        within[Rollover(fund.rollover_within_year)],
        at_year_end[Rollover(fund.rollover_at_year_end)],
    )
    return " ".join(parts)


# --- what it has been ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """A change of the policy, as a timeline shows it."""

    when: datetime
    text: str
    who: str
    note: str


def changes_of(fund: Fund, *, limit: int = 20) -> list[PolicyChange]:
    """Return the latest changes of a fund's policy, with what it was.  One query."""
    told = {
        "fund.create": _("The fund was set up"),
        "fund.change": _("The rules were changed"),
        "fund.end": _("The fund was taken out of use"),
        "fund.reopen": _("The fund was taken into use again"),
    }
    events = (
        Event.objects.filter(subject=subject_of(fund), kind__in=told)
        .select_related("by")
        .order_by("-at", "-pk")[:limit]
    )
    return [
        PolicyChange(
            when=event.at,
            text=told[event.kind],
            who=event.by.name if event.by else "",
            note="; ".join(
                _("%(what)s: from %(before)s to %(after)s")
                % {
                    "what": NAMES.get(name, name),
                    "before": _shown(name, before),
                    "after": _shown(name, after),
                }
                for name, (before, after) in event.data.get("changed", {}).items()
            ),
        )
        for event in events
    ]


def _shown(name: str, value: Any) -> str:
    if value is None:
        return _("no limit") if name == "between_meetings_ore" else _("not used")
    if name.endswith("_ore"):
        return format_kronor(value)
    if name == "queue_rule":
        return str(QueueRule(value).label)
    if name.startswith("rollover"):
        return str(Rollover(value).label)
    return str(value)
