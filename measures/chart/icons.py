"""The verdict and the target as small pictures, each with its word beside it.

Shapes say the same as in the drawing: circle common, square better, diamond worse, triangle
neither.  The target's pictures show the values as a wave above, across or below its line.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from ..spc import Assurance
from .model import Verdict

# fmt: off
VARIATIONS: dict[Verdict, str | Promise] = {
    Verdict.CHANCE: gettext_lazy("No certain change"),
    Verdict.BETTER: gettext_lazy("Improvement"),
    Verdict.WORSE:  gettext_lazy("Deterioration"),
    Verdict.CHANGE: gettext_lazy("Change"),
}
ASSURANCES: dict[Assurance, str | Promise] = {
    Assurance.PASSES:      gettext_lazy("Reaches the target steadily"),
    Assurance.HIT_OR_MISS: gettext_lazy("Hit or miss"),
    Assurance.FAILS:       gettext_lazy("Does not reach the target"),
}
# fmt: on
ABOVE, ACROSS, BELOW = (27, 13), (20, 20), (13, 27)  # where the target's line and the wave lie


@dataclass(frozen=True, slots=True)
class Icon:
    """A picture and its word; the word is always shown."""

    name: str
    word: str
    svg: SafeString


def icons(
    variation: Verdict | str | None,
    assurance: Assurance | str,
    side: int,
    higher_is_better: bool | None,
) -> tuple[Icon, ...]:
    """Return the pictures that a chart's facts allow: none, one or two.

    Args:
        variation: The verdict; None or empty on so few points that there is no picture.
        side: Where the verdict says that the values have gone.
    """
    found = []
    if variation and variation in VARIATIONS:
        verdict = Verdict(variation)
        found.append(Icon(verdict, str(VARIATIONS[verdict]), _drawn(_verdict(verdict, side))))
    if assurance in ASSURANCES:
        held = Assurance(assurance)
        picture = _target(held, higher_is_better=bool(higher_is_better))
        found.append(Icon(held, str(ASSURANCES[held]), _drawn(picture)))
    return tuple(found)


def _drawn(shapes: str) -> SafeString:
    return mark_safe(  # numbers and names of ours only
        f'<svg class="chart-icon" viewBox="0 0 40 40" aria-hidden="true">{shapes}</svg>'
    )


def _verdict(verdict: Verdict, side: int) -> str:
    arrow = ""
    if side:
        arrow = f'<path class="chart-icon__arrow" d="{_arrow(side)}"/>'
    match verdict:
        case Verdict.BETTER:
            return f'<rect class="point--better" x="4" y="4" width="32" height="32" rx="3"/>{arrow}'
        case Verdict.WORSE:
            return f'<path class="point--worse" d="M20 0L40 20 20 40 0 20z"/>{arrow}'
        case Verdict.CHANGE if side > 0:
            return '<path class="point--neutral" d="M20 4L38 36H2z"/>'
        case Verdict.CHANGE if side < 0:
            return '<path class="point--neutral" d="M20 36L38 4H2z"/>'
        case Verdict.CHANGE:
            return '<path class="point--neutral" d="M11 6L21 24H1zM29 34L19 16H39z"/>'
    return (
        '<circle class="chart-icon__ring" cx="20" cy="20" r="17"/>'
        '<path class="chart-icon__wave" d="M8 20q3 -9 6 0t6 0 6 0 6 0"/>'
    )


def _arrow(side: int) -> str:
    if side > 0:
        return "M20 29V12M13 18.5l7-7 7 7"
    return "M20 11V28M13 21.5l7 7 7-7"


def _target(held: Assurance, *, higher_is_better: bool) -> str:
    if held is Assurance.HIT_OR_MISS:
        line, wave = ACROSS
    else:
        line, wave = ABOVE if (held is Assurance.PASSES) == higher_is_better else BELOW
    tone = {Assurance.PASSES: " line--better", Assurance.FAILS: " line--worse"}.get(held, "")
    return (
        '<rect class="chart-icon__ring" x="3" y="3" width="34" height="34" rx="8"/>'
        f'<path class="chart-target" d="M6 {line}H34"/>'
        f'<path class="chart-icon__wave{tone}" d="M8 {wave}q3 -9 6 0t6 0 6 0 6 0"/>'
    )
