"""With whom we compare ourselves: all, the similar, the county, or a list of our own.

A group decides which values stand beside ours and which marks are lit in a picture.  Ranks and
colours are always among all, whatever the group.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from ..models import Kind, Municipality, MunicipalityGroup, QualityArea

ALL = "alla"
SIMILAR = "lika"
COUNTY = "lan"
OWN_LIST = "lista-"  # and its id
OVERALL = "övergripande"  # Kolada's groups for no subject in particular

# The first two digits of a municipality's code.  As they are called in both languages.
COUNTIES = {
    "01": "Stockholms län",
    "03": "Uppsala län",
    "04": "Södermanlands län",
    "05": "Östergötlands län",
    "06": "Jönköpings län",
    "07": "Kronobergs län",
    "08": "Kalmar län",
    "09": "Gotlands län",
    "10": "Blekinge län",
    "12": "Skåne län",
    "13": "Hallands län",
    "14": "Västra Götalands län",
    "17": "Värmlands län",
    "18": "Örebro län",
    "19": "Västmanlands län",
    "20": "Dalarnas län",
    "21": "Gävleborgs län",
    "22": "Västernorrlands län",
    "23": "Jämtlands län",
    "24": "Västerbottens län",
    "25": "Norrbottens län",
}


@dataclass(frozen=True, slots=True)
class Group:
    """A choice of whom to compare with.

    Attributes:
        key: How the address says it: "alla", "lika", "lan", "lista-12".
        label: What the choice is called.
        about: Where it comes from, for those who ask: the title and year of Kolada's group.
        members: Ids of municipalities, home never among them; None is all of home's kind.
    """

    key: str
    label: str
    about: str = ""
    members: frozenset[int] | None = None

    @property
    def is_all(self) -> bool:
        return self.members is None


def groups_for(home: Municipality, area: QualityArea | None = None) -> list[Group]:
    """Return whom `home` can be compared with, all of its kind first; of `area`, if one is given.

    Similar are Kolada's latest group for the area's subject, or else its overall one.  A choice
    with nobody in it is left out.  Two queries.
    """
    kind = _("All municipalities") if home.kind == Kind.MUNICIPALITY else _("All regions")
    groups = [Group(ALL, kind)]
    ours = Q(alike=home) | Q(alike=None, code="")  # by the index of `alike`: there are thousands
    kept = list(
        MunicipalityGroup.objects.filter(ours, gone_on=None).order_by("-year", "title", "pk")
    )
    similar = _latest(kept, area.likeness if area else "") or _latest(kept, OVERALL)
    if similar is not None:
        groups.append(_similar(similar, home))
    if home.county:
        near = Municipality.objects.filter(kind=home.kind, code__startswith=home.county)
        members = frozenset(near.exclude(pk=home.pk).values_list("pk", flat=True))
        groups.append(Group(COUNTY, COUNTIES.get(home.county, _("The county")), members=members))
    groups += [
        Group(f"{OWN_LIST}{own.pk}", own.title, _("Our own list"), _others(own, home))
        for own in kept
        if not own.code
    ]
    return [group for group in groups if group.is_all or group.members]


def group_of(groups: Sequence[Group], key: str) -> Group:
    """Return the one that an address asks for; the first, if it is not there."""
    return next((group for group in groups if group.key == key), groups[0])


def subjects_of(home: Municipality) -> list[str]:
    """Return for which subjects Kolada has similar ones to `home`, in their order.  One query."""
    groups = MunicipalityGroup.objects.filter(alike=home, gone_on=None).exclude(subject="")
    return sorted(set(groups.values_list("subject", flat=True)), key=str.casefold)


def _latest(groups: list[MunicipalityGroup], subject: str) -> MunicipalityGroup | None:
    """Return the first of `groups`, which has the latest first, that is for `subject`."""
    return next((group for group in groups if subject and group.subject == subject), None)


def _similar(group: MunicipalityGroup, home: Municipality) -> Group:
    words = (
        _("Similar municipalities (%(subject)s)")
        if home.kind == Kind.MUNICIPALITY
        else _("Similar regions (%(subject)s)")
    )
    return Group(SIMILAR, words % {"subject": group.subject}, group.title, _others(group, home))


def _others(group: MunicipalityGroup, home: Municipality) -> frozenset[int]:
    return frozenset(group.members) - {home.pk}


# --- the page of our own lists -------------------------------------------------------------------


def own_lists() -> list[tuple[MunicipalityGroup, list[str]]]:
    """Return our own lists, each with the names of those on it.  Two queries."""
    return _with_names(
        list(MunicipalityGroup.objects.filter(alike=None, code="").order_by("title", "pk"))
    )


def kolada_groups(home: Municipality) -> list[tuple[MunicipalityGroup, list[str]]]:
    """Return Kolada's latest group for each subject, with the names of those in it.  Two queries."""
    groups = MunicipalityGroup.objects.filter(alike=home, gone_on=None).exclude(subject="")
    latest = groups.order_by("subject", "-year", "-pk").distinct("subject")
    return _with_names(sorted(latest, key=lambda group: group.subject.casefold()))


def _with_names(groups: list[MunicipalityGroup]) -> list[tuple[MunicipalityGroup, list[str]]]:
    members = {pk for group in groups for pk in group.members}
    some = Municipality.objects.filter(pk__in=members).order_by("name_order")
    names = dict(some.values_list("pk", "name"))
    return [
        (group, [name for pk, name in names.items() if pk in set(group.members)])
        for group in groups
    ]
