"""Surveys of our own in the demo: constructed answers about constructed units, read in from files.

None of it is Kolada's, and none of it says so.  The schools that Kolada knows by name and id are
real; nothing is said of them here.
"""

from dataclasses import dataclass
from random import Random

from measures.actions import areas, own_kpis, quality_measures, surveys
from measures.models import Good, Kpi, QualityArea, ServiceUnit, Status
from measures.queries import home_municipality
from organisation.models import Person
from organisation.permissions import Role

from .clock import Story
from .world import World

YEARS = 5
FIRST_READ_DAYS, LATEST_READ_DAYS, CORRECTED_DAYS = 420, 62, 55
HEADINGS = "Enhet;Mått;År;Kön;Värde;Antal svar"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, and what the units' users answered, the earliest year first."""

    title: str
    description: str
    answers: dict[str, tuple[int, ...]]  # per cent, by the code of the unit
    good: Good = Good.HIGH


@dataclass(frozen=True, slots=True)
class Survey:
    """Some questions that are asked together, and where they are shown."""

    measure: str
    area: str  # the slug of a shipped area, or the name of one to make
    note: str
    questions: tuple[Asked, ...]
    respondents: dict[str, int]  # about how many answer, by the code of the unit


_HOW = "Egen enkät varje vår till alla som har insatsen. Andel som svarar mycket eller ganska nöjd."

HOME_CARE = Survey(
    "Egen brukarundersökning",
    "hemtjanst",
    "enkät varje vår, grupp för grupp",
    (
        Asked(
            "Nöjda med hemtjänsten, egen enkät",
            _HOW,
            {
                "SOC-HT-N": (84, 83, 81, 78, 74),
                "SOC-HT-S": (80, 82, 85, 88, 91),
                "SOC-HT-C": (86, 85, 87, 86, 87),
                "SOC-HT-P": (90, 88, 91, 89, 90),
            },
        ),
        Asked(
            "Personalen kommer på avtalad tid, egen enkät",
            _HOW.replace("mycket eller ganska nöjd", "alltid eller oftast"),
            {
                "SOC-HT-N": (78, 74, 71, 66, 63),
                "SOC-HT-S": (75, 78, 80, 83, 84),
                "SOC-HT-C": (81, 80, 79, 82, 81),
                "SOC-HT-P": (85, 86, 84, 87, 88),
            },
        ),
        Asked(
            "Känner sin omsorgskontakt, egen enkät",
            _HOW.replace("mycket eller ganska nöjd", "ja"),
            {
                "SOC-HT-N": (58, 57, 60, 62, 62),
                "SOC-HT-S": (61, 66, 70, 74, 79),
                "SOC-HT-C": (64, 63, 66, 69, 71),
                "SOC-HT-P": (40, 42, 41, 44, 45),
            },
        ),
    ),
    {"SOC-HT-N": 61, "SOC-HT-S": 54, "SOC-HT-C": 70, "SOC-HT-P": 6},
)

MEALS = Survey(
    "Egen måltidsenkät",
    "sarskilt-boende",
    "enkät varje höst, boende för boende",
    (
        Asked(
            "Nöjda med maten, egen enkät",
            _HOW,
            {
                "SOC-SB-E": (72, 74, 73, 77, 81),
                "SOC-SB-L": (76, 75, 72, 70, 69),
                "SOC-SB-S": (80, 79, 82, 83, 82),
            },
        ),
    ),
    {"SOC-SB-E": 31, "SOC-SB-L": 28, "SOC-SB-S": 22},
)

FAMILIES = Survey(
    "Egen brukarundersökning",
    "Individ och familj",
    "enkät varje höst; jämförs bara med oss själva",
    (
        Asked(
            "Lätt att få kontakt med sin handläggare",
            _HOW.replace("mycket eller ganska nöjd", "mycket eller ganska lätt"),
            {"SOC-IF-F": (69, 67, 64, 61, 66), "SOC-IF-B": (74, 76, 75, 79, 82)},
        ),
        Asked(
            "Situationen har blivit bättre",
            _HOW.replace("mycket eller ganska nöjd", "mycket eller lite bättre"),
            {"SOC-IF-F": (58, 60, 59, 62, 63), "SOC-IF-B": (66, 65, 69, 70, 73)},
        ),
    ),
    {"SOC-IF-F": 48, "SOC-IF-B": 37},
)

SURVEYS = (HOME_CARE, MEALS, FAMILIES)

# Five of the municipality's schools as Kolada names them, with both forms of its ids.
SCHOOLS_IN_KOLADA = (
    ("V15E088302301", "Ludvigsborgsskolan"),
    ("V15E088304701", "Alphaskolan"),
    ("V15E088302801", "Ankarsrums skola 7-9"),
    ("V15E18058977", "Östra Ringskolan"),
    ("V15E27459423", "Ellen Keyskolan"),
)


def life_of_the_surveys(world: World) -> Story:
    """Four years are read in at once, the fifth when it comes; one result is corrected by hand."""
    chance = Random("enkäter")
    lead = world.organisation.holder(Role.QUALITY_LEAD, "K")
    last = world.calendar.today.year - 1
    yield world.calendar.moment(FIRST_READ_DAYS, chance)
    ServiceUnit.objects.bulk_create(
        ServiceUnit(code=code, name=name, municipality=home_municipality())
        for code, name in SCHOOLS_IN_KOLADA
    )
    kpis = {survey.area: _set_up(survey, lead) for survey in SURVEYS}
    for survey in SURVEYS:
        _read(survey, kpis[survey.area], range(last - YEARS + 1, last), chance, lead, world)
    yield world.calendar.moment(LATEST_READ_DAYS, chance)
    for survey in SURVEYS:
        _read(survey, kpis[survey.area], [last], chance, lead, world)
    yield world.calendar.moment(CORRECTED_DAYS, chance)
    surveys.enter(
        kpi_id=kpis[MEALS.area][0].pk,
        service_unit_id=ServiceUnit.objects.get(unit__code="SOC-SB-E").pk,
        results=[surveys.Result(last, int(Status.HAS_VALUE), 79.0, 31)],  # it was 81
        on=world.on,
        by=world.organisation.holder(Role.MANAGER, "SOC-SB-E"),
    )


def _set_up(survey: Survey, lead: Person) -> list[Kpi]:
    """Make the measures of the survey, and put them in the area where they are shown."""
    area = QualityArea.objects.filter(slug=survey.area).first() or areas.add(
        described=areas.Described(name=survey.area, about="Stöd till barn, unga och familjer."),
        by=lead,
    )
    measure = quality_measures.add(
        area_id=area.pk,
        described=quality_measures.Described(name=survey.measure, note=survey.note),
        by=lead,
    )
    kpis = []
    for asked in survey.questions:
        said = own_kpis.Said(
            title=asked.title, description=asked.description, unit_word="%", good=asked.good
        )
        kpis.append(own_kpis.create(said=said, by=lead))
        quality_measures.add_part(measure_id=measure.pk, kpi_id=kpis[-1].pk, by=lead)
    return kpis


def _read(
    survey: Survey,
    kpis: list[Kpi],
    years: range | list[int],
    chance: Random,
    lead: Person,
    world: World,
) -> None:
    """Read in some years as the quality lead does: a file, looked at, and a yes."""
    first = world.calendar.today.year - YEARS
    lines = [HEADINGS]
    for year in years:
        for kpi, asked in zip(kpis, survey.questions, strict=True):
            answers = {
                code: max(2, survey.respondents[code] + chance.randint(-3, 3))
                for code in asked.answers
            }
            total = sum(answers.values())
            mean = sum(asked.answers[c][year - first] * n for c, n in answers.items()) / total
            lines += [
                f"{code};{kpi.code};{year};;{asked.answers[code][year - first]};{count}"
                for code, count in answers.items()
            ]
            whole = str(round(mean, 1)).replace(".", ",")
            lines.append(f"K;{kpi.code};{year};;{whole};{total}")
    content = "\n".join(lines).encode()
    plan = surveys.read(content=content, on=world.on, by=lead)
    name = f"{survey.area}-{years[-1]}.csv"
    file = surveys.keep(name=name, content=content, plan=plan, by=lead)
    surveys.carry_out(result_file_id=file.pk)
