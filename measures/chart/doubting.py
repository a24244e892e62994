"""What one should know before one trusts a chart, in sentences."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..spc import Caution, ChartKind, Doubt
from .judged import Judged
from .naming import KINDS


def doubt_texts(judged: Judged) -> Iterator[str]:
    """Say each doubt about a chart in a sentence, with what would be better."""
    for caution in judged.cautions:
        if said := _said(caution, judged):
            yield said


def _said(caution: Caution, judged: Judged) -> str:
    count = len(caution.places)
    match caution.doubt:
        case Doubt.SMALL_DENOMINATORS:
            return _(
                "Most measurements are shares of few, so a point outside the limits says little. "
                "Count over a longer time for each."
            )
        case Doubt.OVERDISPERSED:
            return _(
                "The values vary more than counting alone explains, so the limits are too tight. "
                "%(kind)s fits better."
            ) % {"kind": _listed(caution.offers)}
        case Doubt.MANY_ZEROS:
            return _(
                "%(count)s measurements are 0. For what is so rare, the time between occurrences "
                "says more: %(kind)s."
            ) % {"count": count, "kind": _listed(caution.offers)}
        case Doubt.NO_DENOMINATOR:
            return ngettext(
                "%(count)s measurement has nothing to divide by and is left out.",
                "%(count)s measurements have nothing to divide by and are left out.",
                count,
            ) % {"count": count}
        case Doubt.ABOVE_ALL:
            return ngettext(
                "%(count)s measurement counts more than there are to count among.",
                "%(count)s measurements count more than there are to count among.",
                count,
            ) % {"count": count}
        case Doubt.NEGATIVE:
            return ngettext(
                "%(count)s measurement is below 0 and is left out.",
                "%(count)s measurements are below 0 and are left out.",
                count,
            ) % {"count": count}
    last = judged.last
    if last is None or not last.shows_limits:
        return ""  # the sentence says that all are the same
    return _("All measurements are the same, so the limits lie on the centre line.")


def _listed(kinds: tuple[ChartKind, ...]) -> str:
    return _(" or ").join(str(KINDS[kind]) for kind in kinds)
