"""The municipality: its units, the people who work there, and who has which role."""

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from openpyxl import Workbook

from organisation.actions import imports, people
from organisation.demo_people import DEMO_PEOPLE
from organisation.imports.columns import PEOPLE, UNITS
from organisation.models import Person, Unit
from organisation.permissions import Role

from .names import FAMILY, GIVEN

# fmt: off
# Code, name, level, and who works there besides the manager: position × how many.
_UNITS = (
    ("K",        "Västerviks kommun",             "Kommun",      ""),
    ("KL",       "Kommunledning",                 "Förvaltning", "Kommunstrateg 2, Nämndsekreterare 2"),
    ("KL-HR",    "HR-enheten",                    "Enhet",       "HR-konsult 3, Lönekonsult 2"),
    ("KL-EK",    "Ekonomienheten",                "Enhet",       "Ekonom 3, Upphandlare 1"),
    ("KL-IT",    "IT och digitalisering",         "Enhet",       "IT-tekniker 3, Systemförvaltare 2"),
    ("SOC",      "Socialförvaltningen",           "Förvaltning", "Ekonom 1, Medicinskt ansvarig sjuksköterska 1"),
    ("SOC-HT",   "Hemtjänst",                     "Område",      "Arbetsterapeut 2, Planerare 3"),
    ("SOC-HT-N", "Hemtjänst norr",                "Enhet",       "Undersköterska 10, Vårdbiträde 3"),
    ("SOC-HT-S", "Hemtjänst söder",               "Enhet",       "Undersköterska 8, Vårdbiträde 2"),
    ("SOC-HT-C", "Hemtjänst centrum",             "Enhet",       "Undersköterska 8, Vårdbiträde 2"),
    ("SOC-HT-P", "Nattpatrullen",                 "Enhet",       "Undersköterska 6"),
    ("SOC-SB",   "Särskilt boende",               "Område",      "Sjuksköterska 3, Fysioterapeut 1"),
    ("SOC-SB-E", "Äldreboendet Ekdungen",         "Enhet",       "Undersköterska 10"),
    ("SOC-SB-L", "Äldreboendet Lindbacken",       "Enhet",       "Undersköterska 9"),
    ("SOC-SB-S", "Äldreboendet Skärgårdsgläntan", "Enhet",       "Undersköterska 8"),
    ("SOC-FS",   "Funktionsstöd",                 "Område",      "Stödpedagog 2"),
    ("SOC-FS-G", "Gruppbostaden Solvändan",       "Enhet",       "Stödassistent 7"),
    ("SOC-FS-D", "Daglig verksamhet Verkstaden",  "Enhet",       "Handledare 5"),
    ("SOC-IF",   "Individ och familj",            "Område",      "Administratör 2"),
    ("SOC-IF-F", "Försörjningsstöd",              "Enhet",       "Socialsekreterare 5"),
    ("SOC-IF-B", "Barn och unga",                 "Enhet",       "Socialsekreterare 6"),
    ("BUF",      "Barn- och utbildningsförvaltningen", "Förvaltning", "Ekonom 1, Utredare 2"),
    ("BUF-FK",   "Förskola",                      "Område",      "Specialpedagog 2"),
    ("BUF-FK-T", "Förskolan Tärnan",              "Enhet",       "Förskollärare 4, Barnskötare 5"),
    ("BUF-FK-K", "Förskolan Kotten",              "Enhet",       "Förskollärare 4, Barnskötare 4"),
    ("BUF-GR",   "Grundskola",                    "Område",      "Speciallärare 2"),
    ("BUF-GR-K", "Kustskolan",                    "Enhet",       "Lärare 9, Fritidslärare 2, Vaktmästare 1"),
    ("BUF-GR-B", "Bergaskolan",                   "Enhet",       "Lärare 8, Fritidslärare 2, Elevassistent 2"),
    ("BUF-GR-E", "Elevhälsan",                    "Enhet",       "Kurator 2, Skolsköterska 2, Skolpsykolog 1"),
    ("BUF-GY",   "Gymnasium och vuxenutbildning", "Område",      "Studie- och yrkesvägledare 2"),
    ("BUF-GY-G", "Kustgymnasiet",                 "Enhet",       "Gymnasielärare 8"),
    ("BUF-GY-V", "Vuxenutbildningen",             "Enhet",       "Lärare 4"),
    ("BUF-KF",   "Kultur och fritid",             "Område",      "Fritidsledare 2"),
    ("BUF-KF-B", "Biblioteket",                   "Enhet",       "Bibliotekarie 3, Biblioteksassistent 2"),
    ("BUF-KF-M", "Kulturskolan",                  "Enhet",       "Kulturskolelärare 4"),
    ("SBF",      "Samhällsbyggnad",               "Förvaltning", "Administratör 2"),
    ("SBF-GP",   "Gata och park",                 "Enhet",       "Parkarbetare 5, Driftledare 2"),
    ("SBF-MS",   "Måltidsservice",                "Enhet",       "Kock 4, Måltidsbiträde 5"),
    ("SBF-BL",   "Bygglov",                       "Enhet",       "Bygglovshandläggare 3"),
    ("SBF-VA",   "Vatten och avfall",             "Enhet",       "Drifttekniker 3, Kundtjänsthandläggare 2"),
)

# Those with a task of their own, besides the people one can be: name, position, workplace, roles.
_NAMED: tuple[tuple[str, str, str, str, tuple[tuple[Role, str], ...]], ...] = (
    ("Gunnar",    "Wikström",     "Socialchef",                   "SOC",      ((Role.DECIDER, "SOC"), (Role.MANAGER, "SOC"))),
    ("Shirin",    "Tehrani",      "Barn- och utbildningschef",    "BUF",      ((Role.DECIDER, "BUF"), (Role.MANAGER, "BUF"))),
    ("Håkan",     "Brodin",       "Samhällsbyggnadschef",         "SBF",      ((Role.DECIDER, "SBF"), (Role.MANAGER, "SBF"))),
    ("Lovisa",    "Ahlgren",      "Kanslichef",                   "KL",       ((Role.MANAGER, "KL"),)),
    ("Ewa",       "Zielińska",    "Utvecklingsledare",            "BUF",      ((Role.DEVELOPMENT_LEAD, "BUF"),)),
    ("Jakob",     "Ståhl",        "Utvecklingsledare",            "SBF",      ((Role.DEVELOPMENT_LEAD, "SBF"),)),
    ("Nour",      "Haddad",       "Sjuksköterska",                "SOC-SB",   ((Role.IMPROVEMENT_LEADER, "SOC-SB"),)),
    ("Dejan",     "Ilić",         "Stödpedagog",                  "SOC-FS",   ((Role.IMPROVEMENT_LEADER, "SOC-FS"),)),
    ("Rebecka",   "Thorén",       "Förste socialsekreterare",     "SOC-IF",   ((Role.IMPROVEMENT_LEADER, "SOC-IF"),)),
    ("Ylva",      "Sandqvist",    "Förskollärare",                "BUF-FK-T", ((Role.IMPROVEMENT_LEADER, "BUF-FK"),)),
    ("Hamza",     "El Amrani",    "Lärare",                       "BUF-GR-K", ((Role.IMPROVEMENT_LEADER, "BUF-GR"),)),
    ("Cecilia",   "Winroth",      "Gymnasielärare",               "BUF-GY-G", ((Role.IMPROVEMENT_LEADER, "BUF-GY"),)),
    ("Anton",     "Björk",        "Bibliotekarie",                "BUF-KF-B", ((Role.IMPROVEMENT_LEADER, "BUF-KF"),)),
    ("Veronica",  "Melin",        "Miljöplanerare",               "SBF",      ((Role.IMPROVEMENT_LEADER, "SBF"),)),
    ("Idris",     "Mohamud",      "HR-konsult",                   "KL-HR",    ((Role.IMPROVEMENT_LEADER, "KL"),)),
    ("Monica",    "Sjödahl",      "Metodhandledare",              "SOC",      ((Role.COACH, "SOC"),)),
    ("Per-Olof",  "Hägg",         "Kvalitetscontroller",          "BUF",      ((Role.QUALITY_LEAD, "BUF"),)),
    ("Ulla",      "Carlbom",      "Registrator",                  "KL",       ((Role.REGISTRAR, "K"),)),
)
# fmt: on

EVERYBODY = 300
_DEMO = {demo.email for demo in DEMO_PEOPLE}
_MANAGERS = {"Område": "Verksamhetschef", "Enhet": "Enhetschef"}
_HEADS = {"BUF-FK-T": "Rektor", "BUF-FK-K": "Rektor", "BUF-GR-K": "Rektor", "BUF-GR-B": "Rektor"}


@dataclass(frozen=True, slots=True)
class Employee:
    """A row of the personnel file, and the roles that go with it."""

    given_name: str
    family_name: str
    email: str
    position: str
    works_at: str
    roles: tuple[tuple[Role, str], ...] = ()


@dataclass(slots=True)
class Organisation:
    """The units by code, and the people by where they are and what they do."""

    units: dict[str, Unit]
    by_email: dict[str, Person] = field(default_factory=dict)
    staff: dict[str, list[Person]] = field(
        default_factory=dict
    )  # without a role; not those one can be
    roles: dict[tuple[Role, str], Person] = field(default_factory=dict)

    def holder(self, role: Role, code: str) -> Person:
        """Return who has `role` at the unit, or at the nearest one above."""
        while (role, code) not in self.roles:
            code = _above(code)
        return self.roles[role, code]


def make(on: date) -> Organisation:
    """Make units and people by handing in the personnel file, then give the roles."""
    everybody = list(_employees())
    plan = imports.read(content=_file(everybody, on), is_complete=True, on=on, by=None)
    if plan.problems:
        raise ValueError([problem.text for problem in plan.problems])
    imports.apply(plan, on=on, by=None)
    made = Organisation(Unit.objects.in_bulk(field_name="code"))
    by_email = Person.objects.in_bulk(field_name="email")
    for employee in everybody:
        person = made.by_email[employee.email] = by_email[employee.email]
        for role, code in employee.roles:
            people.assign(person=person, unit=made.units[code], role=role, by=None)
            made.roles[role, code] = person
        if not employee.roles and employee.email not in _DEMO:
            made.staff.setdefault(employee.works_at, []).append(person)
    return made


def _employees() -> Iterator[Employee]:
    """Return everybody: those one can be, those with a task, managers, and all who work."""
    chance = Random("namn")
    taken: set[str] = set()
    count = 0
    for demo in DEMO_PEOPLE:
        roles: tuple[tuple[Role, str], ...] = ((demo.role, demo.role_at),) if demo.role else ()
        taken.add(demo.email)
        yield Employee(
            demo.given_name, demo.family_name, demo.email, demo.position, demo.works_at, roles
        )
        count += 1
    for given, family, position, code, roles in _NAMED:
        yield Employee(given, family, _address(given, family, taken), position, code, roles)
        count += 1
    for code, position, roles in _others():
        given, family = _name(chance, taken)
        yield Employee(given, family, _address(given, family, taken), position, code, roles)
        count += 1
    for number in range(EVERYBODY - count):  # those who step in where they are needed
        given, family = _name(chance, taken)
        code = ("SOC-HT", "SOC-SB", "BUF-FK", "BUF-GR", "SBF-MS")[number % 5]
        yield Employee(given, family, _address(given, family, taken), "Vikarie", code)


def _others() -> Iterator[tuple[str, str, tuple[tuple[Role, str], ...]]]:
    """Return workplace, position and roles: the managers that nobody named is, and all others."""
    held = [role_at for named in _NAMED for role_at in named[4]]
    held += [(demo.role, demo.role_at) for demo in DEMO_PEOPLE if demo.role]
    managed = {code for role, code in held if role == Role.MANAGER}
    for code, _name, kind, positions in _UNITS:
        if kind in _MANAGERS and code not in managed:
            yield code, _HEADS.get(code, _MANAGERS[kind]), ((Role.MANAGER, code),)
        for part in filter(None, positions.split(", ")):
            position, count = part.rsplit(" ", 1)
            for _one in range(int(count)):
                yield code, position, ()


def _file(everybody: list[Employee], on: date) -> bytes:
    """Write the personnel file as it comes from the personnel system."""
    chance = Random("anställd")
    book = Workbook()
    book.remove(book.worksheets[0])
    units = book.create_sheet(UNITS.name)
    units.append([column.heading for column in UNITS.columns])
    for code, name, kind, _positions in _UNITS:
        units.append([code, name, kind, _above(code), "" if _above(code) else "0883"])
    sheet = book.create_sheet(PEOPLE.name)
    sheet.append([column.heading for column in PEOPLE.columns])
    for number, employee in enumerate(everybody, 1001):
        since = on - timedelta(days=chance.randint(200, 7000))
        sheet.append(
            [
                str(number),
                *(employee.given_name, employee.family_name, employee.email),
                *(employee.works_at, employee.position, since.isoformat(), ""),
            ]
        )
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _above(code: str) -> str:
    """The code of the unit above: SOC-HT-N lies under SOC-HT, SOC under K."""
    if code == "K":
        return ""
    return code.rpartition("-")[0] or "K"


def _name(chance: Random, taken: set[str]) -> tuple[str, str]:
    while True:
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        if _plain(given, family) not in taken:
            return given, family


def _address(given: str, family: str, taken: set[str]) -> str:
    address = _plain(given, family)
    taken.add(address)
    return address


def _plain(given: str, family: str) -> str:
    """Write a name as an address: Åsa Öberg as asa.oberg@exempel.se."""
    name = f"{given}.{family}".lower().replace("ı", "i").replace(" ", "")
    signs = unicodedata.normalize("NFKD", name)
    return f"{''.join(sign for sign in signs if sign.isascii())}@exempel.se"
