"""Kolada's catalogue: taken in as it is now, and what is chosen of it.

What is ours (short titles, units, directions) is never overwritten; what Kolada no longer has is
marked and kept, for values and measures may point at it.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from foundation.errors import require
from foundation.journal import record
from organisation.models import Person

from ..kolada.items import GroupItem, KpiItem, MunicipalityItem, UnitItem, day_of
from ..kolada.likeness import likeness_of
from ..kolada.unit_word import unit_word_of
from ..models import (
    Covers,
    Kind,
    Kpi,
    KpiTextRevision,
    Municipality,
    MunicipalityGroup,
    ServiceUnit,
    Source,
)
from ..rules import imports as rules
from .bulk import Gone, make_so
from .values import Loaded

COUNTRY = "0000"

OF_KPI = (
    *("title", "description", "covers", "has_genders", "has_units", "operating_area"),
    *("perspective", "period", "published_on", "preliminary_on"),
)


# --- what is chosen --------------------------------------------------------------------------


@transaction.atomic
def follow(*, kpi: Kpi, by: Person) -> Kpi:
    """Fetch the values of `kpi` each night, whether it is part of a measure or not.

    Raises:
        Refused: it is our own, or Kolada no longer has it.
    """
    require(rules.why_not_fetch(by) or rules.why_not_follow(kpi))
    return _set_followed(kpi, True, by)


@transaction.atomic
def unfollow(*, kpi: Kpi, by: Person) -> Kpi:
    """Fetch it no longer, unless a measure needs it.  What was fetched stays."""
    require(rules.why_not_fetch(by))
    return _set_followed(kpi, False, by)


def _set_followed(kpi: Kpi, is_followed: bool, by: Person) -> Kpi:
    if Kpi.objects.filter(pk=kpi.pk, is_followed=not is_followed).update(is_followed=is_followed):
        record("kpi.follow" if is_followed else "kpi.unfollow", kpi, by=by)
    kpi.is_followed = is_followed
    return kpi


# --- taken in --------------------------------------------------------------------------------


@transaction.atomic
def take_in_municipalities(items: Iterable[MunicipalityItem]) -> Loaded:
    """Municipalities, regions and the country.  One that is gone stays, with its values."""
    wanted = {item.id: municipality_of(item) for item in items}
    there = Municipality.objects.in_bulk(field_name="code")
    require(rules.why_not_so_few(len(wanted), len(there)))
    return make_so(Municipality, there, wanted, columns=["name", "kind"])


def municipality_of(item: MunicipalityItem) -> Municipality:
    """Return it unsaved."""
    kind = Kind.REGION if item.type == "L" else Kind.MUNICIPALITY
    return Municipality(
        code=item.id, name=item.title, kind=Kind.COUNTRY if item.id == COUNTRY else kind
    )


@transaction.atomic
def take_in_kpis(items: Iterable[KpiItem], *, on: date | None = None) -> Loaded:
    """KPIs.  Former texts stay as revisions; one that is gone is retired, one that is back is not."""
    wanted = {item.id: kpi_of(item) for item in items}
    there = {kpi.code: kpi for kpi in Kpi.objects.filter(source=Source.KOLADA)}
    require(rules.why_not_so_few(len(wanted), sum(not kpi.retired_on for kpi in there.values())))
    KpiTextRevision.objects.bulk_create(
        KpiTextRevision(kpi=kpi, title=kpi.title, description=kpi.description)
        for code, kpi in there.items()
        if (new := wanted.get(code))
        and (kpi.title, kpi.description) != (new.title, new.description)
    )
    gone = Gone("retired_on", on or timezone.localdate())
    return make_so(Kpi, there, wanted, columns=OF_KPI, gone=gone)


def kpi_of(item: KpiItem) -> Kpi:
    """Return it unsaved.  The unit and the decimals are guesses, for those that are new to us."""
    guess = unit_word_of(item.title)
    return Kpi(
        code=item.id,
        title=item.title[:300],
        description=item.description or "",
        covers=_covers(item),
        has_genders=item.is_divided_by_gender,
        has_units=item.has_ou_data,
        operating_area=(item.operating_area or "")[:80],
        perspective=(item.perspective or "")[:40],
        period=(item.publ_period or "")[:10],
        published_on=day_of(item.publication_date),
        preliminary_on=day_of(item.prel_publication_date),
        unit_word=guess.word,
        decimals=guess.decimals,
    )


def _covers(item: KpiItem) -> Covers:
    said = item.municipality_type or ""
    return Covers(said) if said in Covers.values else Covers.ALL


@transaction.atomic
def take_in_groups(items: Iterable[GroupItem], *, on: date | None = None) -> Loaded:
    """Kolada's groups of municipalities; our own lists have no code and are left alone."""
    wanted = {group.code: group for group in groups_of(items)}
    there = {g.code: g for g in MunicipalityGroup.objects.exclude(code="")}
    require(rules.why_not_so_few(len(wanted), sum(not g.gone_on for g in there.values())))
    columns = ["title", "alike_id", "subject", "year", "members"]
    gone = Gone("gone_on", on or timezone.localdate())
    return make_so(MunicipalityGroup, there, wanted, columns=columns, gone=gone)


def groups_of(items: Iterable[GroupItem]) -> Iterator[MunicipalityGroup]:
    """Return them unsaved.  One query; a member that is not known is left out."""
    everybody = list(Municipality.objects.all())
    ids = {m.code: m.pk for m in everybody}
    by_name = {(m.kind, m.name): m.pk for m in everybody}
    for item in items:
        alike = likeness_of(item.title)
        kind = Kind.REGION if item.title.startswith("Liknande regioner") else Kind.MUNICIPALITY
        yield MunicipalityGroup(
            code=item.id,
            title=item.title[:120],
            alike_id=by_name.get((kind, alike.name)) if alike else None,
            subject=alike.subject[:60] if alike else "",
            year=alike.year if alike else None,
            members=sorted(ids[m.member_id] for m in item.members if m.member_id in ids),
        )


@transaction.atomic
def take_in_units(
    items: Iterable[UnitItem], *, of: Collection[str], on: date | None = None
) -> Loaded:
    """The units of some municipalities.

    Args:
        of: The codes of the municipalities that were asked about.
    """
    ids = dict(Municipality.objects.values_list("code", "pk"))
    wanted = {
        item.id: ServiceUnit(
            code=item.id, name=item.title[:200], municipality_id=ids[item.municipality]
        )
        for item in items
        if item.municipality in ids
    }
    known = ServiceUnit.objects.exclude(code="").filter(
        Q(municipality__code__in=of) | Q(code__in=wanted)
    )
    there = {unit.code: unit for unit in known}
    require(rules.why_not_so_few(len(wanted), sum(not u.gone_on for u in there.values())))
    gone = Gone("gone_on", on or timezone.localdate())
    return make_so(ServiceUnit, there, wanted, columns=["name", "municipality_id"], gone=gone)
