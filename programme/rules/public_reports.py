"""Why a report may not be shown to residents."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from organisation import rules as organisation_rules
from organisation.models import Person
from organisation.permissions import Permission
from organisation.privacy import identity_numbers_in

from ..models import Report, ReportStatus
from ..published import PublicReport

SHORTEST_NAME = 3  # of a name that is looked for alone; shorter ones are words


def why_not_publish(report: Report, person: Person) -> str | None:
    """Say why `person` may not release the report, or withdraw it."""
    if refusal := organisation_rules.why_not_with(
        Permission.LIBRARY_PUBLISH, person, at=report.work.unit
    ):
        return refusal
    if report.status != ReportStatus.APPROVED:
        return organisation_rules.state_says_no(report)
    return None


def why_not_withdraw(report: Report, person: Person, why: str) -> str | None:
    """Say why what is public cannot be taken back."""
    if refusal := why_not_publish(report, person):
        return refusal
    if report.published_at is None:
        return _("It is withdrawn already.")
    if not why.strip():
        return _("Say why. It is kept in the journal.")
    return None


def why_not_as_seen(seen: str, now: str) -> str | None:
    """Say why something is not released: it is not what was looked at."""
    if seen != now:
        return _("Something has changed since you looked at the page. Look at it again.")
    return None


def why_not_public(public: PublicReport, people: Iterable[Person]) -> str | None:
    """Say why residents may not read `public`: somebody is named in it, or nothing is said.

    Args:
        people: Whoever took part, helped or asked for it.
    """
    if not public.text.strip():
        return _("Write the text to residents first.")
    for text in public.written.values():
        if numbers := identity_numbers_in(text):
            return _("“%(number)s” looks like a personal identity number.") % {"number": numbers[0]}
    texts = " \n ".join(public.written.values()).replace(
        public.unit, ""
    )  # a workplace may be Bergs
    named = names_in(texts, people)
    if named:
        return _(
            "“%(name)s” is the name of somebody who took part. What residents read names nobody: "
            "write it without the name."
        ) % {"name": named[0]}
    return None


def names_in(text: str, people: Iterable[Person]) -> list[str]:
    """Return the names of `people` that stand in `text`, whole, or given name or family name alone.

    A name alone counts with a capital letter, and with an s after it: “Bergs idé”, not “ett berg”.
    """
    found: dict[str, None] = {}
    for person in people:
        whole = rf"\b{re.escape(person.name)}s?\b"
        if match := re.search(whole, text, re.IGNORECASE):
            found[match.group()] = None
            continue
        parts = f"{person.given_name} {person.family_name}".split()
        for name in parts:
            if len(name) >= SHORTEST_NAME and re.search(rf"\b{re.escape(name)}s?\b", text):
                found[name] = None
    return list(found)
