"""Why money may not move."""

from datetime import date

from django.utils.translation import gettext as _

from foundation.money import format_kronor
from organisation import rules as organisation_rules
from organisation.models import Person
from organisation.permissions import Permission

from ..models import Decision, Fund, Period


def why_not_pay(decision: Decision, reserved_ore: int, amount_ore: int) -> str | None:
    """Say why `amount_ore` cannot be paid of what `decision` still has reserved."""
    if amount_ore <= 0:
        return _("The amount must be above zero.")
    if amount_ore > reserved_ore:
        return _("Only %(left)s is left of what was reserved. More needs a new decision.") % {
            "left": format_kronor(reserved_ore)
        }
    return None


def why_not_close(period: Period, following: Period | None, on: date) -> str | None:
    """Say why `period` cannot be closed and its money moved to `following`."""
    if period.is_closed:
        return _("The period is already closed.")
    if period.ends_on >= on:
        return _("The period has not ended yet.")
    if following is None:
        return _("There is no later period to move the money to. Add one first.")
    return None


def why_not_manage(fund: Fund, person: Person) -> str | None:
    return organisation_rules.why_not_with(Permission.FUND_MANAGE, person, at=fund.unit)
