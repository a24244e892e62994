"""Why not?  Fetching from Kolada, and what is fetched of it."""

from django.utils.translation import gettext as _

from organisation.models import Person
from organisation.models.unit import home_unit
from organisation.permissions import Permission

from ..models import BatchStatus, ImportRun, Kpi, What

FIRST_YEAR = 1970  # Kolada has nothing older


def why_not_fetch(by: Person | None) -> str | None:
    """Say why `by` may neither fetch nor choose what is followed; None is the clock, which may."""
    if by is None:
        return None
    home = home_unit()
    if home is None or not by.may(Permission.QUALITY_EDIT, at=home):
        return _("Only a quality lead of the whole organisation may fetch from Kolada.")
    return None


def why_not_now(what: str) -> str | None:
    """Say why no run can begin now: one of its kind is under way.  Asks the database."""
    live = ImportRun.objects.live().filter(what=what).first()
    if live is None:
        return None
    if what == What.CATALOGUE:
        return _("The catalogue is being fetched already.")
    return _("“%(run)s” is being fetched. Wait until it is done, or break it off.") % {"run": live}


def why_not_years(first: int | None, last: int | None) -> str | None:
    if first is not None and last is not None and first > last:
        return _("The first year is after the last.")
    if any(year is not None and not FIRST_YEAR <= year <= 2100 for year in (first, last)):
        return _("Write a year with four digits, for example 2019.")
    return None


def why_not_these(kpis: int, about: str) -> str | None:
    """Say why nothing is fetched, when there are so many KPIs to fetch."""
    if not kpis:
        return _("There is nothing to fetch from Kolada in “%(about)s”.") % {"about": about}
    return None


def why_not_cancel(run: ImportRun) -> str | None:
    return None if run.is_live else _("It is over already.")


def why_not_retry(run: ImportRun) -> str | None:
    """Say why nothing is tried again.  Asks the database."""
    if run.is_live:
        return _("It is still under way.")
    if not run.batches.filter(status=BatchStatus.FAILED).exists():
        return _("Nothing failed, so there is nothing to try again.")
    return why_not_now(run.what)


def why_not_follow(kpi: Kpi) -> str | None:
    if kpi.is_own:
        return _("“%(kpi)s” is our own, so there is nothing to fetch.") % {"kpi": kpi.name}
    if kpi.retired_on:
        return _("Kolada no longer has “%(kpi)s”.") % {"kpi": kpi.name}
    return None


def why_not_so_few(answered: int, known: int) -> str | None:
    """Say why an answer is not believed: far fewer than there were are no catalogue."""
    if answered * 2 < known:
        return _("Kolada named %(answered)s where %(known)s were known. Nothing was changed.") % {
            "answered": answered,
            "known": known,
        }
    return None
