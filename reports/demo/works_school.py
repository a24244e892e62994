"""Works in schools and preschools."""

from improvement.models import IdeaStatus as S
from measures.actions.team import NewMeasure
from measures.models.team import Direction
from programme.models import Agreement, Outcome, Phase, Scale

from .drivers import change, primary, secondary
from .telling import (
    BIRGITTA,
    IdeaTale,
    Preparation,
    ReportTale,
    Series,
    Test,
    WorkTale,
    material,
    premises,
    staff,
    travel,
)

BREAKS = WorkTale(
    idea=IdeaTale(
        385,
        "BUF-GR-K",
        S.UNDERWAY,
        "Många konflikter börjar på rasten och följer med in i klassrummet. Det tar tio minuter av nästa"
        " lektion.",
        "Elever i årskurs 1 till 6 på Kustskolan",
        "Ledda lekar och vuxna som är utspridda på gården.",
        why="Trygghet på rasten är en förutsättning för lärandet. Fyra skolor till väntar på resultatet.",
        consulted="Barn- och utbildningschefen, elevrådet",
        plan=Preparation(
            "Trygga raster på Kustskolan",
            (
                staff(140, "Rastledare två raster om dagen i en termin"),
                material(14_000, "Bollar, rep och en vagn"),
                travel(1_200, "Studiebesök"),
            ),
            "Färre konflikter som en vuxen måste lösa.",
            "Personalen och elevrådet",
            cap_reason="Skolan prövar åt alla grundskolor i kommunen.",
        ),
    ),
    started=345,
    title="Trygga raster på Kustskolan",
    drivers=(
        primary(
            "Alla har något att göra på rasten",
            secondary(
                "Det finns lekar för alla åldrar",
                change("En ledd lek på varje rast"),
                change("En lekvagn som klasserna turas om med"),
            ),
        ),
        primary(
            "Vuxna är där det händer",
            secondary(
                "Ingen plats är utan uppsikt", change("Bestämda platser för de vuxna på gården")
            ),
            change("Samma rastvakter hela veckan"),
        ),
        primary("Eleverna löser mer själva", change("Kompisstödjare i årskurs 5")),
    ),
    aim="Högst tio konflikter i veckan behöver lösas av en vuxen.",
    for_whom="Elever i årskurs 1 till 6",
    why="Elever har sagt att de hellre stannar inne.",
    levels=(26, 10),
    by_in_days=420,
    series=(
        Series(
            NewMeasure(
                "Konflikter som en vuxen fick lösa",
                "per vecka",
                Direction.LOWER,
                "Streck på tavlan i personalrummet, medelvärde för månadens veckor.",
            ),
            (27, 24, 29, 25, 26, 28, 23, 27, 25, 20, 18, 19, 16, 14, 13, 15, 12, 11),
            not_in_july=True,
            notes=((9, "Lekvagnen kom"),),
        ),
    ),
    tests=(
        Test(
            300,
            5,
            "Vill eleverna vara med på en ledd lek?",
            "Minst 15 elever är med på förmiddagsrasten.",
            "En fritidslärare leder en lek varje förmiddag i en vecka.",
            "Fritidsläraren",
            happened="22 elever första dagen, 41 den sista.",
            result="I medeltal 31 elever. Två konflikter i hörnet med leken, mot sju brukligt.",
            learning="De vill. De äldre vill hellre leda än vara med.",
            change="En ledd lek på varje rast",
            data="Antal elever i leken, räknat en gång mitt i rasten.",
            photo="Lekvagnen på skolgården",
            scale=Scale.ONE_DAY,
        ),
        Test(
            270,
            20,
            "Kan elever i årskurs 6 leda leken?",
            "Lika många är med som när en vuxen leder.",
            "Fyra sexor leder, en vuxen står bredvid.",
            "Fyra elever och en fritidslärare",
            happened="Sexorna var stolta, men två av dem tyckte att det var jobbigt när ingen lyssnade.",
            agreement=Agreement.PARTLY,
            result="24 elever i medeltal.",
            learning="De behöver leda två och två, och öva på att börja om.",
        ),
        Test(
            215,
            40,
            "Hjälper det att vuxna har bestämda platser på gården?",
            "Konflikterna går under 18 i veckan.",
            "Tre platser på gården, en vuxen på varje.",
            "Alla rastvakter",
            change="Bestämda platser för de vuxna på gården",
            happened="Alla hittade sin plats efter en vecka. Bakom gymnastiksalen syntes ingen förut.",
            result="16 i veckan.",
            learning="De flesta konflikter började där ingen vuxen kunde se.",
            scale=Scale.ONE_UNIT,
        ),
        Test(
            110,
            70,
            "Håller det när vikarier är rastvakter?",
            "Högst 13 i veckan även de veckorna.",
            "En karta med platserna i vikariepärmen.",
            "Rektorn och rastvakterna",
            happened="Kartan användes alla dagar utom två.",
            result="12 i veckan, och 13 när det var vikarier.",
            learning="En karta räcker. Den som kommer ny vill göra rätt.",
            outcome=Outcome.ADOPT,
            scale=Scale.ALL,
        ),
    ),
    leader="BUF-GR",
    members=4,
    coach=BIRGITTA,
    paid=(
        (20_650, "F-20902", "Rastledare på hösten"),
        (13_400, "F-20955", "Lekvagn"),
        (16_500, "F-21210", "Rastledare på våren"),
    ),
    report=ReportTale(3, None, submitted=False),
)

PICK_UP = WorkTale(
    idea=IdeaTale(
        160,
        "BUF-FK-T",
        S.UNDERWAY,
        "Hämtningen är stressig. Föräldrar står i kö för att få veta hur dagen har varit, och barnen"
        " springer ut.",
        "Barn och föräldrar på Tärnan",
        "Möt föräldrarna ute på gården.",
        why="Enkelt att pröva, och betyder mycket för familjerna.",
        plan=Preparation(
            "Lugnare hämtning på Tärnan",
            (staff(42, "En person mer mellan 15 och 16"), material(2_100, "Västar och tavla")),
            "Fler föräldrar får höra om sitt barns dag.",
        ),
    ),
    started=124,
    title="Lugnare hämtning på Tärnan",
    aim="Nio av tio föräldrar får höra något om sitt barns dag.",
    for_whom="Familjerna på Tärnan",
    why="Den korta stunden är ofta den enda vi har.",
    levels=(62, 90),
    by_in_days=240,
    series=(
        Series(
            NewMeasure(
                "Föräldrar som fick höra om dagen",
                "procent",
                Direction.HIGHER,
                "Kort fråga vid grinden, tre dagar i månaden.",
            ),
            (62, 60, 65, 71, 69, 74),
        ),
    ),
    tests=(
        Test(
            85,
            5,
            "Blir det lugnare om vi är ute när föräldrarna kommer?",
            "8 av 10 föräldrar hinner prata.",
            "En avdelning är ute från klockan tre i en vecka.",
            "Avdelning Skarven",
            happened="Fyra dagar av fem. En dag regnade det för mycket.",
            result="81 procent hann prata.",
            learning="Det är kön i hallen som stressar. Ute finns ingen kö.",
        ),
        Test(
            24,
            14,
            "Går det för alla avdelningar samtidigt?",
            "75 procent hinner prata.",
            "Alla är ute från klockan tre. Väst på den som tar emot.",
            "Alla avdelningar",
            happened="Gården blev full men lugn. Västen gjorde att föräldrarna hittade rätt.",
            scale=Scale.ONE_UNIT,
            phase=Phase.STUDY,
        ),
    ),
    leader="BUF-FK",
    members=3,
    paid=((6_195, "F-22340", "Vikarie mellan 15 och 16"),),
)

ABSENCE = WorkTale(
    idea=IdeaTale(
        335,
        "BUF-GY-G",
        S.UNDERWAY,
        "Ströfrånvaron på måndagar har blivit en vana, och mentorn får veta det först i veckobrevet.",
        "Elever i årskurs 1",
        "Börja måndagen senare och med mentorn.",
        kpi="N17625",
        why="Ett gott prov på det som vi har svårast med. Pröva i en klass först.",
        plan=Preparation(
            "Måndagar som man vill komma till",
            (
                staff(90, "Mentorstid och frukost"),
                material(7_500, "Frukost i tolv veckor"),
                premises(1_000, "Matsalen"),
            ),
            "Färre är borta på måndagar.",
            "Mentorerna i årskurs 1",
        ),
    ),
    started=295,
    title="Måndagar som man vill komma till",
    aim="Högst sex procent är borta utan giltigt skäl på måndagar.",
    for_whom="Elever i årskurs 1",
    why="Den som missar måndagen missar ofta resten av veckan.",
    levels=(14, 6),
    by_in_days=330,
    series=(
        Series(
            NewMeasure("Ogiltig frånvaro på måndagar", "procent", Direction.LOWER),
            (14.2, 13.1, 15.0, 13.8, 12.9, 14.6, 13.3, 12.2, 12.8, 13.5),
            newest=2,
            not_in_july=True,
        ),
    ),
    tests=(
        Test(
            240,
            28,
            "Kommer fler om måndagen börjar med frukost?",
            "Frånvaron halveras i klassen.",
            "En klass börjar måndagen med frukost och mentor.",
            "Mentorn",
            happened="De som brukade komma kom. De andra visste inte om det.",
            agreement=Agreement.OTHERWISE,
            result="Frånvaron var densamma.",
            learning="Frukosten når inte dem som inte är där. Någon måste ringa.",
        ),
    ),
    leader="BUF-GY",
    members=3,
    ends=(
        (
            "pause",
            52,
            "Två i teamet är föräldralediga och skolan byter schema. Vi tar upp det igen efter jul.",
        ),
    ),
    paid=((9_800, "F-21555", "Frukost och mentorstid"),),
)

WORKS = (BREAKS, PICK_UP, ABSENCE)
