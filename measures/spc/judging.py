"""What a judged series lets one say: on the ladder, against a target, and with what caution."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from .analysis import Baseline, analyse
from .model import (
    FEWEST_FOR_ICONS,
    Analysis,
    Assurance,
    ChartKind,
    Firmness,
    Observation,
    Phase,
    RuleSet,
    Settings,
)


def on_the_ladder(
    observations: Sequence[Observation],
    settings: Settings,
    *,
    phase_starts: Sequence[int] = (),
    baseline: Baseline = None,
) -> Analysis:
    """Judge a series as far as its points allow: a phase too short for limits is a run chart."""
    judged = analyse(observations, settings, phase_starts=phase_starts, baseline=baseline)
    short = [phase.firmness < Firmness.PRELIMINARY for phase in judged.phases]
    if not any(short) or (settings.kind is ChartKind.RUN and settings.rules is RuleSet.ANHOEJ):
        return judged
    plain = replace(settings, kind=ChartKind.RUN, rules=RuleSet.ANHOEJ)
    as_runs = analyse(
        _as_values(observations, judged, settings),
        replace(plain, multiply=1.0),
        phase_starts=phase_starts,
        baseline=baseline,
    )
    phases = zip(judged.phases, as_runs.phases, short, strict=True)
    return Analysis(judged.values, tuple(run if low else phase for phase, run, low in phases))


def _as_values(
    observations: Sequence[Observation], judged: Analysis, settings: Settings
) -> list[Observation]:
    """Return what the chart shows as plain values, so that both ways of judging see the same."""
    return [
        Observation(value, excluded=one.excluded)
        for one, value in zip(observations, judged.values, strict=True)
    ]


def assurance(
    phase: Phase,
    target: float | None,
    higher_is_better: bool | None,
    *,
    fewest: int = FEWEST_FOR_ICONS,
) -> Assurance:
    """Hold a target against the newest limits of a phase.

    Args:
        higher_is_better: None where neither is.
        fewest: No answer on fewer points.

    Outside the limits on the good side the process passes, on the bad side it fails; on a limit or
    between them it is hit or miss.
    """
    limits = [
        (low, high)
        for low, high in zip(phase.lower, phase.upper, strict=True)
        if low is not None and high is not None
    ]
    if target is None or higher_is_better is None or not limits or phase.points < fewest:
        return Assurance.NONE
    low, high = limits[-1]
    if low <= target <= high:
        return Assurance.HIT_OR_MISS
    return Assurance.PASSES if (target < low) == higher_is_better else Assurance.FAILS


class Doubt(StrEnum):
    """Why a chart may say less than it seems to."""

    SMALL_DENOMINATORS = "small_denominators"  # most are below 4 / p̄
    OVERDISPERSED = "overdispersed"  # the values vary far more than P or U allows
    MANY_ZEROS = "many_zeros"  # so rare that the time between events says more
    IDENTICAL = "identical"  # every value is the same
    NO_DENOMINATOR = "no_denominator"  # nothing to divide by
    ABOVE_ALL = "above_all"  # more than there are to count among
    NEGATIVE = "negative"  # in a chart that counts


@dataclass(frozen=True, slots=True)
class Caution:
    """A doubt, at which places, and which kinds of chart would be better."""

    doubt: Doubt
    places: tuple[int, ...] = ()
    offers: tuple[ChartKind, ...] = ()


MANY_ZEROS = 0.25  # a larger share of zeros asks for G or T
MUCH_WIDER = 1.5  # so many times as wide are the limits of an I chart where P or U is too tight


def warnings(
    observations: Sequence[Observation],
    settings: Settings,
    analysis: Analysis,
    *,
    phase_starts: Sequence[int] = (),
    baseline: Baseline = None,
) -> tuple[Caution, ...]:
    """Return what one should know before one trusts the chart."""
    counted = [
        (place, value)
        for place, value in enumerate(analysis.values)
        if value is not None and not observations[place].excluded
    ]
    found = [*_of_input(observations, settings)]
    if len(counted) > 1 and len({value for _place, value in counted}) == 1:
        found.append(Caution(Doubt.IDENTICAL, tuple(place for place, _value in counted)))
    zeros = tuple(place for place, value in counted if value == 0)
    countable = settings.kind.has_denominator or settings.kind is ChartKind.C
    if countable and len(zeros) > MANY_ZEROS * len(counted):
        found.append(Caution(Doubt.MANY_ZEROS, zeros, (ChartKind.G, ChartKind.T)))
    found += _of_denominators(observations, settings, analysis)
    if settings.kind in WIDENED and _is_overdispersed(
        observations, settings, analysis, phase_starts, baseline
    ):
        found.append(Caution(Doubt.OVERDISPERSED, offers=(WIDENED[settings.kind],)))
    return tuple(found)


WIDENED = {ChartKind.P: ChartKind.P_PRIME, ChartKind.U: ChartKind.U_PRIME}


def _of_input(observations: Sequence[Observation], settings: Settings) -> list[Caution]:
    """Find what cannot be drawn as it stands."""
    if settings.kind not in {ChartKind.RUN, ChartKind.I}:
        negative = tuple(
            place
            for place, one in enumerate(observations)
            if any(n is not None and n < 0 for n in (one.value, one.numerator, one.denominator))
        )
    else:
        negative = ()
    nothing = tuple(place for place, one in enumerate(observations) if one.denominator == 0)
    above = (
        tuple(
            place
            for place, one in enumerate(observations)
            if one.numerator is not None and one.denominator and one.numerator > one.denominator
        )
        if settings.kind in {ChartKind.P, ChartKind.P_PRIME}
        else ()
    )
    found = ((Doubt.NEGATIVE, negative), (Doubt.NO_DENOMINATOR, nothing), (Doubt.ABOVE_ALL, above))
    return [Caution(doubt, places) for doubt, places in found if places]


def _of_denominators(
    observations: Sequence[Observation], settings: Settings, analysis: Analysis
) -> list[Caution]:
    """Find shares of too few: most denominators of the newest phase below 4 / p̄."""
    phase = analysis.last
    if phase is None or settings.kind not in WIDENED.keys() | WIDENED.values():
        return []
    if not phase.centre or phase.kind is not settings.kind:
        return []
    fewest = 4 * settings.multiply / phase.centre
    sizes = {
        place: size
        for place in range(phase.start, phase.stop)
        if (size := observations[place].denominator)
        and analysis.values[place] is not None
        and not observations[place].excluded
    }
    small = tuple(place for place, size in sizes.items() if size < fewest)
    return [Caution(Doubt.SMALL_DENOMINATORS, small)] if len(small) > len(sizes) / 2 else []


def _is_overdispersed(
    observations: Sequence[Observation],
    settings: Settings,
    analysis: Analysis,
    phase_starts: Sequence[int],
    baseline: Baseline,
) -> bool:
    """Say whether the values of the newest phase reach much further than its limits do."""
    phase = analysis.last
    if phase is None or phase.kind is not settings.kind or not phase.shows_limits:
        return False
    plain = analyse(
        observations,
        replace(settings, kind=WIDENED[settings.kind]),
        phase_starts=phase_starts,
        baseline=baseline,
    ).phases[-1]
    pairs = [
        (tight - phase.centre, wide - phase.centre)
        for tight, wide in zip(phase.upper, plain.upper, strict=True)
        if tight is not None and wide is not None and phase.centre is not None
    ]
    tight_widths = sum(tight for tight, _wide in pairs)
    return bool(tight_widths) and sum(wide for _tight, wide in pairs) > MUCH_WIDER * tight_widths
