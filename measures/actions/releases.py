"""Making the overall level of an area public, and taking it back."""

import hashlib
import json
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.models import Person

from ..models import QualityArea, Release
from ..queries import Look, area_of, home_municipality
from ..queries.releases import Said, facts_of
from ..released import Facts
from ..rules.keeping import why_not_keep
from ..rules.releases import (
    why_not_as_seen,
    why_not_withdraw,
    why_not_words,
    why_not_year,
)


def preview(*, area_id: int, year: int, said: Said, on: date, by: Person) -> Facts:
    """Return what would be made public, exactly as it would be kept.

    Raises:
        Refused: the rules say no.
    """
    require(why_not_keep(by))
    require(why_not_words(said.introduction, said.comments))
    home = home_municipality()
    if home is None:
        raise Refused(_("The municipality of the organisation is not known."))
    view = area_of(QualityArea.objects.get(pk=area_id), home, Look(year=year))
    require(why_not_year(year, view.years))
    return facts_of(view, home, year, said, on=on)


def fingerprint(facts: Facts) -> str:
    """Return what tells whether the same would be shown: the day it was looked at is left out."""
    shown = {name: fact for name, fact in facts.stored.items() if name != "as_of"}
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def release(*, area_id: int, year: int, said: Said, seen: str, on: date, by: Person) -> Release:
    """Make an area public.  It takes the place of what was public of it before, which is kept.

    Asked for once more while just that is public, nothing is done.

    Args:
        year: The last of those shown.
        seen: The fingerprint of what `by` looked at before.

    Raises:
        Refused: the rules say no, or it would show something else than what was looked at.
    """
    area = QualityArea.objects.select_for_update().get(pk=area_id)
    facts = preview(area_id=area_id, year=year, said=said, on=on, by=by)
    require(why_not_as_seen(seen, fingerprint(facts)))
    now = Release.objects.current().filter(area=area).first()
    if now is not None and fingerprint(Facts.read(now.facts)) == seen:
        return now
    made = Release.objects.create(area=area, year=year, facts=facts.stored, released_by=by)
    record("release.make", made, by=by, area=area.slug, year=year)
    return made


@transaction.atomic
def withdraw(*, release_id: int, reason: str, by: Person) -> Release:
    """Take what is public back.  Nothing takes its place until something is released anew.

    Raises:
        Refused: the rules say no.
    """
    release = (
        Release.objects.select_for_update(of=("self",)).select_related("area").get(pk=release_id)
    )
    require(why_not_keep(by))
    require(why_not_withdraw(release, reason))
    release.withdrawn_at = timezone.now()
    release.withdrawn_by = by
    release.why_withdrawn = reason.strip()
    release.save(update_fields=["withdrawn_at", "withdrawn_by", "why_withdrawn"])
    record("release.withdraw", release, by=by, area=release.area.slug, why=release.why_withdrawn)
    return release
