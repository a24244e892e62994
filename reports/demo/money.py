"""The funds: one of the whole municipality, by half-years, and a small one that tries the idea."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from improvement.actions import funds
from organisation.permissions import Role

from .clock import MONTHS, Story, moment_on, weekday
from .telling import KR, HalfYear
from .world import World

BACK_DAYS = 560  # the first approval lies no longer back than this
HALF_YEAR_ORE = 1_000_000 * KR  # W-18
BOOKS_OPEN_DAYS = 12  # after the last day; then the period is closed and the rest moves on
TRIAL_ORE = 60_000 * KR
TRIAL_BEGAN_DAYS_AGO = 120


def half_years(today: date) -> Iterator[HalfYear]:
    """Return last year's two and this year's, and those before that the ideas go back to."""
    year, first = min(
        (today.year - 1, True),
        ((back := today - timedelta(days=BACK_DAYS)).year, back.month <= 6),
        key=lambda half: (half[0], not half[1]),
    )
    while year <= today.year:
        if first:
            yield HalfYear(f"Första halvåret {year}", date(year, 1, 1), date(year, 6, 30))
        else:
            yield HalfYear(f"Andra halvåret {year}", date(year, 7, 1), date(year, 12, 31))
        year, first = (year, False) if first else (year + 1, True)


def life_of_the_big_fund(world: World) -> Story:
    """Set the fund up; each budget gives a year its halves; each half is closed when it is over."""
    chance = Random("potten")
    keeper = world.organisation.roles[Role.DEVELOPMENT_LEAD, "K"]
    halves = list(half_years(world.calendar.today))
    yield moment_on(weekday(halves[0].starts_on - timedelta(days=30)), chance)
    fund = funds.create(
        unit=world.organisation.units["K"], policy=funds.Policy("Förbättringspotten"), by=keeper
    )
    world.funds["K"] = fund.pk
    periods: dict[str, int] = {}

    def give(half: HalfYear) -> None:
        period = funds.add_period(
            fund_id=fund.pk,
            name=half.name,
            starts_on=half.starts_on,
            ends_on=half.ends_on,
            by=keeper,
        )
        periods[half.name] = period.pk
        funds.allocate(
            period_id=period.pk,
            amount_ore=HALF_YEAR_ORE,
            note=f"Kommunfullmäktiges budget {half.starts_on.year}",
            on=world.on,
            by=keeper,
        )

    def close(half: HalfYear) -> None:
        funds.close_period(period_id=periods[half.name], on=world.on, by=keeper)

    happenings = [(_budget_day(half, halves[0]), half.starts_on, give, half) for half in halves]
    happenings += [
        (half.ends_on + timedelta(days=BOOKS_OPEN_DAYS), half.starts_on, close, half)
        for half in halves
    ]
    for day, _begins, happen, half in sorted(happenings, key=lambda happening: happening[:2]):
        if day < world.calendar.today:
            yield moment_on(weekday(day), chance)
            happen(half)


def _budget_day(half: HalfYear, first: HalfYear) -> date:
    """In December the council gives both halves of the next year their money."""
    decided = date(half.starts_on.year - 1, 12, 15)
    return max(decided, first.starts_on - timedelta(days=15))


def life_of_the_small_fund(world: World) -> Story:
    """Social services try a fund of their own for small things; many want to share it."""
    chance = Random("vardagspotten")
    keeper = world.organisation.roles[Role.DEVELOPMENT_LEAD, "SOC"]
    starts_on = world.calendar.day(TRIAL_BEGAN_DAYS_AGO).replace(day=1)
    ends_on = starts_on.replace(year=starts_on.year + 1) - timedelta(days=1)
    yield moment_on(weekday(starts_on), chance)
    fund = funds.create(
        unit=world.organisation.units["SOC"],
        policy=funds.Policy(
            "Vardagspotten",
            cap_ore=20_000 * KR,
            reward_ore=2_000 * KR,
            many_reward_ore=4_000 * KR,
            usual_allocation_ore=TRIAL_ORE,
            between_meetings_ore=25_000 * KR,
        ),
        by=keeper,
    )
    world.funds["SOC"] = fund.pk
    period = funds.add_period(
        fund_id=fund.pk,
        name=f"Försöksåret {_month(starts_on)}–{_month(ends_on)}",
        starts_on=starts_on,
        ends_on=ends_on,
        by=keeper,
    )
    funds.allocate(
        period_id=period.pk,
        amount_ore=TRIAL_ORE,
        note="Socialnämndens försök",
        on=world.on,
        by=keeper,
    )


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"
