"""What a report may say: plain values with real charts, for tests and benchmarks."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from django.utils import translation

from measures.chart import Bar, Chart, Point, draw, read
from programme.queries import CycleFacts, MeasureFacts, ReportFacts
from programme.queries.report import DriverFacts, Payment
from reports.work_report import WorkReport
from tests.factories import TODAY

BEGAN = dt.date(2025, 1, 20)


def measure_facts(
    name: str,
    unit: str,
    values: list[float],
    *,
    higher: bool = False,
    target: float | None = None,
    purpose: str = "Resultat",
    carries_aim: bool = False,
    tests: bool = True,
) -> MeasureFacts:
    """A measure with a value for the last day of each month, and its chart in Swedish."""
    days = [dt.date(2024 + n // 12, n % 12 + 1, 28) for n in range(len(values))]
    bars = tuple(
        Bar(
            f"{n} en dag", BEGAN + dt.timedelta(days=40 * n), BEGAN + dt.timedelta(days=40 * n + 20)
        )
        for n in range(1, 5)
    )
    chart = Chart(
        title=name,
        unit_word=unit,
        points=tuple(Point(day, value) for day, value in zip(days, values, strict=True)),
        higher_is_better=higher,
        today=TODAY,
        target=target,
        bars=bars if carries_aim and tests else (),
        baseline_until=BEGAN,
    )
    with translation.override("sv"):
        said, svg = read(chart), draw(chart)
    return MeasureFacts(
        name=name,
        unit=unit,
        higher_is_better=higher,
        start_value=Decimal(str(values[0])),
        end_value=Decimal(str(values[-1])),
        target=None if target is None else Decimal(str(target)),
        points=tuple((d, Decimal(str(v))) for d, v in zip(days, values, strict=True)),
        kpi="Personalkontinuitet i hemtjänsten, medelvärde" if carries_aim else "",
        sentence=f"{said.strong} {said.sentence}",
        note=said.small_print,
        svg=str(svg),
        purpose=purpose,
        carries_aim=carries_aim,
    )


def cycle_facts(number: int, title: str, **facts: str) -> CycleFacts:
    begins = BEGAN + dt.timedelta(days=40 * number)
    told = {
        "scale": "En dag",
        "prediction": "Brukaren möter högst nio personer på två veckor, mot sjutton i dag.",
        "what_happened": "Det höll i tio dagar. Sedan blev två sjuka samtidigt.",
        "result": "Brukaren mötte elva personer. Hon märkte skillnaden själv.",
        "learning": "Fyra är för få när någon blir sjuk. Laget behöver en femte som redan känner "
        "brukaren, och planeraren behöver veta det i förväg.",
        "outcome": "Anpassat och prövat igen",
        "agreement": "Delvis som vi förutsade",
        **facts,
    }
    return CycleFacts(
        number=number,
        title=title,
        starts_on=begins,
        ends_on=begins + dt.timedelta(days=20),
        **told,
    )


def full_facts(*, tests: bool = True) -> ReportFacts:
    """A report of some six pages, with four charts, the first with its tests."""
    fewer = [15.8, 16.4, 15.2, 16.9, 16.1, 15.5, 16.6, 15.9, 16.3, 15.4, 16.2, 15.3]
    fewer += [14.6, 14.1, 13.5, 12.8, 12.9, 12.1, 11.8, 11.6, 11.2, 11.4, 10.9, 11.0]
    hours = [
        31.0,
        28,
        35,
        30,
        26,
        33,
        29,
        31,
        27,
        30,
        28,
        32,
        30,
        29,
        33,
        27,
        31,
        28,
        30,
        29,
        26,
        30,
    ]
    share = [
        22.0,
        25,
        21,
        24,
        23,
        26,
        24,
        22,
        25,
        27,
        31,
        38,
        45,
        52,
        58,
        63,
        66,
        71,
        70,
        74,
        76,
        75,
    ]
    asked = [
        61.0,
        64,
        60,
        63,
        62,
        65,
        61,
        64,
        66,
        63,
        65,
        68,
        70,
        73,
        74,
        77,
        76,
        79,
        80,
        82,
        81,
        83,
    ]
    return ReportFacts(
        report_id=1,
        revision=1,
        status="approved",
        title="Samma ansikten hos den som bor hemma",
        unit="Hemtjänst norr",
        aim="Den som har hjälp varje dag möter högst elva personer på två veckor.",
        aim_in_numbers="Från 16 till 11 personer senast 1 december 2025.",
        for_whom="Brukare i Hemtjänst norr med hjälp minst tre gånger om dagen",
        for_whom_inside="Planerarna, nattpatrullen och sjuksköterskorna",
        why_wanted="Nya ansikten varje dag skapar oro, och vi missar förändringar i hälsan. Det är "
        "också det som brukarna själva sätter högst när de får frågan.",
        strategic_area="God vård och omsorg nära",
        effects=("Bättre kvalitet, som de vi är till för ser den", "En god arbetsmiljö"),
        leader="Elias Holm",
        coach="Birgitta Sjöström",
        team=("Elias Holm", "Amina Nilsson", "Johan Ek", "Sara Wiklund", "Leila Haddad"),
        guests=1,
        participants=24,
        starts_on=BEGAN,
        ends_on=dt.date(2025, 12, 18),
        background="En del av våra brukare mötte sexton olika personer på två veckor. De fick "
        "berätta samma sak om och om igen, och vi fick veta för sent när någon blev sämre.\n\n"
        "Vi hade provat att be om fasta turer förut, men det föll varje gång någon blev sjuk.",
        what_we_did="Vi började med en enda brukare och fyra kollegor i två veckor. När två blev "
        "sjuka samtidigt höll det inte, så nästa gång var vi fem. Sedan prövade vi fem personer "
        "runt tre brukare i fyra veckor.\n\nTill sist lade vi om alla turer på vardagar i små lag. "
        "Måndagen var rörig, sedan lugnt. Helgerna planeras nu i samma lag varannan helg.\n\n"
        "Planeraren fick en timme mer den första veckan och ingen alls därefter.",
        result="Den som har hjälp varje dag möter i dag elva personer på två veckor mot sexton när "
        "vi började. Övertiden ökade inte, och fler brukare säger att de känner dem som kommer.",
        learning="Fyra räcker inte när någon blir sjuk; fem gör det. Det var planeringen och inte "
        "viljan som fattades. Små prov gjorde att ingen behövde vara orolig, och att vi vågade "
        "göra om det som inte höll.",
        spread="Börja med en brukare och fem kollegor. Räkna i systemet innan ni börjar, annars "
        "tror ingen på skillnaden. Låt planeraren vara med från första dagen.",
        thanks="Tack till brukarna som prövade med oss, till planerarna och till nattpatrullen.",
        reward_use="En gemensam dag i skärgården",
        measures=(
            measure_facts(
                "Olika personer hos en brukare på 14 dagar",
                "personer",
                fewer,
                target=11,
                carries_aim=True,
                tests=tests,
            ),
            measure_facts("Övertid i gruppen", "timmar", hours, purpose="Balans"),
            measure_facts(
                "Besök som görs av det egna laget",
                "procent",
                share,
                higher=True,
                target=80,
                purpose="Process",
            ),
            measure_facts("Brukare som känner dem som kommer", "procent", asked, higher=True),
        ),
        cycles=(
            cycle_facts(1, "Går det att planera fyra personer runt en enda brukare?"),
            cycle_facts(2, "Räcker det med fem i laget, om den femte är med från början?"),
            cycle_facts(3, "Fungerar små lag för tre brukare i fyra veckor?"),
            cycle_facts(4, "Fungerar små lag för hela gruppen på vardagar?", scale="En enhet"),
            cycle_facts(5, "Kan helgen planeras i samma lag?", scale="En enhet", outcome="Infört"),
        ),
        drivers=(
            DriverFacts("Planeringen utgår från brukaren", "Primär drivkraft", 0),
            DriverFacts("Turerna läggs i små lag", "Sekundär drivkraft", 1),
            DriverFacts("Fem personer runt varje brukare", "Förändringsidé", 2),
            DriverFacts("Planeraren ser hela laget på en skärm", "Förändringsidé", 2),
            DriverFacts("Det håller när någon är borta", "Primär drivkraft", 0),
            DriverFacts("Laget ersätter inom laget", "Sekundär drivkraft", 1),
            DriverFacts("En femte som redan känner brukaren", "Förändringsidé", 2),
            DriverFacts("Helgen planeras i samma lag", "Förändringsidé", 2),
        ),
        granted_ore=48_000_00,
        paid_ore=30_250_00,
        payments=(
            Payment(dt.date(2025, 3, 4), "Planering, första perioden", 14_750_00),
            Payment(dt.date(2025, 6, 11), "Planeringsverktyget", 12_000_00),
            Payment(dt.date(2025, 9, 30), "Utvecklingsdagar", 3_500_00),
        ),
        reward_ore=25_000_00,
        reward_is_paid=True,
        coach_says="Det här laget vågade börja med en enda brukare, och skrev alltid ner vad de "
        "trodde innan de prövade. Det är därför de vet vad som gjorde skillnaden.",
        coach_who_says="Birgitta Sjöström",
        approved_by="Anna Berg",
        approved_at=dt.datetime(2026, 1, 12, 8, tzinfo=dt.UTC),
        approver_says="Tack! Ni har visat att det går, och nu vill söder också.",
    )


def full_report() -> WorkReport:
    return WorkReport("Lindåkra kommun", "sv", TODAY, full_facts())


def simple_report(**facts: object) -> WorkReport:
    """The same on one page."""
    return WorkReport(
        "Lindåkra kommun", "sv", TODAY, replace(full_facts(tests=False), extent="simple", **facts)
    )
