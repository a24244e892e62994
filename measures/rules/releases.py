"""Why something may not be made public, or not be withdrawn."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from ..models import Release
from .team import why_not_text

MOST_IN_A_COMMENT = 600
MOST_IN_AN_INTRODUCTION = 1500
MOST_IN_A_REASON = 500


def why_not_year(year: int, years: tuple[int, ...]) -> str | None:
    """Say why nothing can be shown up to `year`, when there are values for `years`."""
    if year not in years:
        return _("There are no values for %(year)s.") % {"year": year}
    return None


def why_not_words(introduction: str, comments: Mapping[int, str]) -> str | None:
    """Say why what has been written cannot be shown to the public."""
    refusals = (
        why_not_text(introduction, most=MOST_IN_AN_INTRODUCTION),
        *(why_not_text(comment, most=MOST_IN_A_COMMENT) for comment in comments.values()),
    )
    return next((refusal for refusal in refusals if refusal), None)


def why_not_as_seen(seen: str, now: str) -> str | None:
    """Say why something is not released: it is not what was looked at.

    Args:
        seen, now: The fingerprints of what was looked at, and of what would be released.
    """
    if seen != now:
        return _("Something has changed since you looked at the page. Look at it again.")
    return None


def why_not_withdraw(release: Release, reason: str) -> str | None:
    """Say why `release` cannot be withdrawn."""
    if release.withdrawn_at:
        return _("It is withdrawn already.")
    if not Release.objects.current().filter(pk=release.pk).exists():
        return _("A later one has taken its place. Withdraw that one.")
    if not reason.strip():
        return _("Say why. It is kept with what was public.")
    return why_not_text(reason, most=MOST_IN_A_REASON)
