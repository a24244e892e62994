"""Which unit and which measure the words of a file mean."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from django.db.models import Q
from django.utils.translation import gettext as _

from organisation.models import Unit

from ..models import Kpi, Municipality, Source


@dataclass(frozen=True, slots=True)
class Where:
    """Of what something is said: a unit that is known, one to be made, or the municipality."""

    service_unit_id: int | None = None
    new_for: int | None = None  # our own unit's id, which has no service unit yet
    name: str = ""

    @property
    def is_municipality(self) -> bool:
        return self.service_unit_id is None and self.new_for is None


class Unknown(Exception):
    """The words mean nothing here, or more than one thing.  The message is for a person."""


class _Near:
    """Which of the names is nearest to what was written.  Slow, so asked a limited number of times."""

    MOST = 50

    def __init__(self, names: Mapping[str, object]) -> None:
        self._names = names
        self._found: dict[str, str] = {}

    def to(self, word: str) -> str:
        """Return the nearest name, or an empty text where none is near."""
        if word not in self._found and len(self._found) < self.MOST:
            near = get_close_matches(word[:60], self._names, n=1, cutoff=0.75)
            self._found[word] = near[0] if near else ""
        return self._found.get(word, "")


class Known:
    """The units there are, by code and name.  Two queries, however long the file."""

    def __init__(self, home: Municipality) -> None:
        self._by_code: dict[str, Where] = {}
        self._by_name: defaultdict[str, set[Where]] = defaultdict(set)
        self._names: dict[str, str] = {}
        self._near = _Near(self._names)
        whole = Where(name=home.name)
        services = list(
            home.service_units.filter(gone_on=None).values_list("pk", "code", "name", "unit")
        )
        of_unit: defaultdict[int, list[tuple[int, str, str]]] = defaultdict(list)
        for pk, code, name, unit_id in services:
            self._add(Where(pk, name=name), code, name)
            if unit_id:
                of_unit[unit_id].append((pk, code, name))
        for pk, code, name, parent_id in Unit.objects.active().values_list(
            "pk", "code", "name", "parent"
        ):
            where = whole if parent_id is None else _own(pk, name, of_unit[pk])
            if where:
                self._add(where, code, name)
        self._add(whole, home.code, home.name)

    def _add(self, where: Where, code: str, name: str) -> None:
        if code:
            self._by_code.setdefault(code.casefold(), where)
        self._by_name[name.casefold()].add(where)
        self._names[name.casefold()] = name

    def where(self, words: str) -> Where:
        """Return what `words` mean: a code first, then a name that only one has.

        Raises:
            Unknown: none, or several.
        """
        key = words.casefold()
        if key in self._by_code:
            return self._by_code[key]
        found = self._by_name.get(key, set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise Unknown(
                _("%(count)s units are called “%(name)s”. Write the unit's code instead.")
                % {"count": len(found), "name": words}
            )
        if near := self._near.to(key):
            raise Unknown(
                _("There is no unit called “%(name)s”. Do you mean “%(near)s”?")
                % {"name": words[:60], "near": self._names[near]}
            )
        raise Unknown(
            _("There is no unit called “%(name)s”, and none with that code.") % {"name": words[:60]}
        )


def _own(pk: int, name: str, services: list[tuple[int, str, str]]) -> Where | None:
    """Return what one of our own units means: its only service unit, or else one of its own."""
    own = [service for service in services if not service[1]] or services
    if not own:
        return Where(new_for=pk, name=name)
    if len(own) == 1:
        return Where(own[0][0], name=own[0][2])
    return None  # two of Kolada's: the file must say which


class KnownKpis:
    """Our own measures, and those of Kolada's that a file names."""

    def __init__(self, words: set[str]) -> None:
        codes = {word.upper() for word in words}
        kpis = Kpi.objects.filter(Q(source=Source.OWN) | Q(code__in=codes)).order_by("pk")
        self._by_word: dict[str, Kpi] = {}
        self._own: dict[str, Kpi] = {}
        for kpi in kpis:
            self._by_word[kpi.code.casefold()] = kpi
            if kpi.is_own:
                self._by_word.setdefault(kpi.name.casefold(), kpi)
                self._own[kpi.name.casefold()] = kpi
        self._near = _Near(self._own)

    def kpi(self, word: str) -> Kpi:
        """Return the measure with that code, or one of our own with that name.

        Raises:
            Unknown: there is none.
        """
        found = self._by_word.get(word.casefold())
        if found:
            return found
        if near := self._near.to(word.casefold()):
            kpi = self._own[near]
            raise Unknown(
                _("There is no measure “%(word)s”. Do you mean %(code)s, “%(near)s”?")
                % {"word": word[:60], "code": kpi.code, "near": kpi.name}
            )
        raise Unknown(
            _("There is no measure “%(word)s”. The template lists those there are.")
            % {"word": word[:60]}
        )
