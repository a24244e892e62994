"""Works in kitchens, IT and permits."""

from improvement.models import IdeaStatus as S
from measures.actions.team import NewMeasure
from measures.models.team import Direction
from programme.drafting import Texts
from programme.models import Agreement, Outcome, Scale

from .telling import (
    BIRGITTA,
    MARIA,
    IdeaTale,
    Preparation,
    ReportTale,
    Series,
    Test,
    WorkTale,
    material,
    other,
    staff,
)

FOOD_WASTE = WorkTale(
    idea=IdeaTale(
        470,
        "SBF-MS",
        S.DONE,
        "Vi kastar 48 gram mat per portion i skolköken. Det är pengar och klimat rakt ner i tunnan.",
        "Elever, köken och skattebetalarna",
        "Väg svinnet varje dag och visa siffran för eleverna.",
        why="Sparar mer än det kostar redan första året, och gäller alla kök.",
        consulted="Samhällsbyggnadschefen, miljöstrategen",
        plan=Preparation(
            "Halverat matsvinn i skolköken",
            (
                material(34_000, "Vågar och skärmar till fem kök"),
                staff(110, "Vägning och uppföljning"),
                other(6_000, "Tryck och bildmaterial"),
            ),
            "Hälften så mycket mat kastas.",
            "Kockarna i fem kök och elevråden",
            cap_reason="Gäller alla fem köken på en gång och ger tillbaka mer än det kostar.",
        ),
    ),
    started=430,
    title="Halverat matsvinn i skolköken",
    aim="Högst 24 gram mat kastas per portion.",
    for_whom="Elever och köken",
    why="Pengarna räcker till bättre råvaror.",
    levels=(48, 24),
    by_in_days=300,
    series=(
        Series(
            NewMeasure(
                "Matsvinn",
                "gram per portion",
                Direction.LOWER,
                "All mat som kastas, delat med antal portioner.",
            ),
            (47, 50, 46, 49, 48, 51, 47, 45, 40, 37, 34, 33, 30, 28, 26, 25, 24, 23),
            newest=4,
            not_in_july=True,
        ),
    ),
    tests=(
        Test(
            385,
            10,
            "Kastar eleverna mindre om de ser siffran?",
            "10 gram mindre per portion.",
            "En skärm vid disken i ett kök.",
            "Köket på Kustskolan",
            happened="Eleverna började tävla mellan klasserna. Skärmen hängde sig två gånger.",
            result="9 gram mindre.",
            learning="Siffran måste vara dagens och inte veckans.",
        ),
        Test(
            350,
            40,
            "Minskar serveringssvinnet om vi fyller på oftare?",
            "5 gram mindre.",
            "Mindre kantiner som fylls på var tionde minut.",
            "Tre kök",
            happened="Mer spring i köket, men mindre att kasta efteråt.",
            result="6 gram mindre, och maten var varmare.",
            learning="Små kantiner ger både mindre svinn och godare mat.",
            scale=Scale.ONE_UNIT,
        ),
        Test(
            290,
            60,
            "Håller det i alla fem köken?",
            "Högst 28 gram i alla kök.",
            "Skärm och små kantiner i alla kök.",
            "Alla kockar",
            happened="Fyra kök gick fort. I det femte är disken på fel ställe.",
            agreement=Agreement.PARTLY,
            result="26 gram i medeltal, 31 i det femte köket.",
            learning="Det femte köket behöver flytta disken. Det ryms i höstens underhåll.",
            outcome=Outcome.ADOPT,
            scale=Scale.ALL,
        ),
    ),
    leader="SBF",
    members=4,
    ends=(("secure", 200, ""),),
    paid=(
        (34_000, "F-19420", "Vågar och skärmar"),
        (17_700, "F-19533", "Vägning"),
        (5_200, "F-19610", "Tryck"),
    ),
    report=ReportTale(
        125,
        Texts(
            background="Skolköken kastade 48 gram mat per portion.",
            what_we_did="Vi vägde varje dag, visade siffran vid disken och bytte till små kantiner som fylls"
            " på ofta. Först i ett kök, sedan i tre och till sist i alla fem.",
            result="Svinnet har halverats. Det motsvarar ungefär 310 000 kronor om året, som nu går till"
            " bättre råvaror.",
            learning="Dagens siffra väcker nyfikenhet. Veckans siffra läser ingen.",
            spread="Förskolorna börjar i januari. Tänk på var disken står innan ni sätter upp skärmen.",
        ),
        participants=21,
        use="Kockduell med eleverna som domare",
        approved_days=114,
    ),
)

FIRST_DAY = WorkTale(
    idea=IdeaTale(
        315,
        "KL-IT",
        S.UNDERWAY,
        "Nya medarbetare får vänta tre dagar på dator och behörigheter. Den första veckan går till spillo.",
        "Nyanställda, och de som tar emot dem",
        "En checklista som chefen startar när avtalet är skrivet.",
        why="Alla förvaltningar har nytta av det. Arbetet leds av dem som vet hur det är.",
        plan=Preparation(
            "Allt klart första dagen",
            (
                staff(70, "Kartlägga och pröva"),
                other(15_000, "Formulär och påminnelser"),
                material(2_200, "Välkomstpaket"),
            ),
            "Färre dagar från första arbetsdagen tills allt fungerar.",
            "IT, HR och fyra enhetschefer",
        ),
    ),
    started=272,
    title="Allt klart första dagen",
    aim="Allt fungerar samma dag som man börjar.",
    for_whom="Alla som börjar hos oss",
    why="Första dagen bestämmer hur välkommen man känner sig.",
    levels=(3.1, 0.5),
    by_in_days=300,
    series=(
        Series(
            NewMeasure(
                "Dagar tills allt fungerar",
                "dagar",
                Direction.LOWER,
                "Fråga till alla som börjat under månaden.",
            ),
            (3.2, 2.9, 3.4, 3.0, 3.3, 2.8, 3.1, 2.4, 1.9, 1.6, 1.3, 1.1, 0.9, 0.8, 0.7),
            left_out=((3, "Bara en person började"),),
        ),
    ),
    tests=(
        Test(
            232,
            30,
            "Hinner vi om chefen beställer när avtalet skrivs?",
            "Högst 2 dagar.",
            "Tre chefer beställer direkt när avtalet är påskrivet.",
            "Tre enhetschefer",
            happened="Två kom ihåg det. Den tredje trodde att HR gjorde det.",
            agreement=Agreement.PARTLY,
            result="1,5 dagar där det beställdes, 3 där det inte gjordes.",
            learning="Beställningen kan inte hänga på minnet.",
        ),
        Test(
            160,
            60,
            "Räcker det med en påminnelse i samma formulär?",
            "Högst 1 dag för nio av tio.",
            "Formuläret för avtal frågar efter utrustning och skickar beställningen.",
            "HR-enheten och IT",
            happened="Beställningarna kommer nu i medeltal elva dagar före.",
            result="0,9 dagar.",
            learning="Lägg frågan där chefen redan är.",
            outcome=Outcome.ADOPT,
            scale=Scale.ALL,
        ),
    ),
    leader="KL",
    members=2,
    also=(MARIA,),
    coach=BIRGITTA,
    ends=(("secure", 75, ""),),
    paid=(
        (15_000, "F-21702", "Formulär och påminnelser"),
        (11_800, "F-21766", "Tid för kartläggning"),
    ),
    report=ReportTale(
        12,
        Texts(
            background="Nya medarbetare väntade tre dagar på att få allt som behövs.",
            what_we_did="Frågan om utrustning ligger nu i formuläret för anställningsavtal.",
            result="Det tar mindre än en dag.",
            learning="Lägg frågan där chefen redan är.",
        ),
        participants=7,
        use="Fika för alla som svarat på frågorna",
        sent_back="Fint resultat! Skriv gärna hur ni gjorde så att regionens kommuner kan göra likadant,"
        " och berätta vad som händer om någon anställs samma dag.",
    ),
)

PERMITS = WorkTale(
    idea=IdeaTale(
        400,
        "SBF-BL",
        S.UNDERWAY,
        "Sju av tio ansökningar om bygglov är ofullständiga. Vi skriver till samma person två eller tre"
        " gånger.",
        "De som söker bygglov",
        "En film som visar vilka ritningar som behövs.",
        why="Kortar väntan för många. Pröva filmen på några få innan den görs färdig.",
        plan=Preparation(
            "Rätt ritningar från början",
            (other(24_000, "Film"), staff(30, "Manus och test")),
            "Färre kompletteringar per ärende.",
            "Handläggarna",
        ),
    ),
    started=362,
    title="Rätt ritningar från början",
    aim="Färre än hälften av ansökningarna behöver kompletteras.",
    for_whom="De som söker bygglov",
    why="Varje komplettering lägger två veckor till väntan.",
    levels=(71, 45),
    by_in_days=240,
    series=(
        Series(
            NewMeasure("Ansökningar som måste kompletteras", "procent", Direction.LOWER),
            (72, 69, 74, 70, 71, 68, 73, 70),
            newest=8,
        ),
    ),
    tests=(
        Test(
            300,
            30,
            "Lämnar den som sett filmen in rätt ritningar?",
            "Högst 4 av 10 behöver komplettera.",
            "Visa en enkel film för tio som ringer.",
            "Två handläggare",
            happened="Sju såg den. De sa att den var bra men lång.",
            agreement=Agreement.OTHERWISE,
            result="Fem av sju fick ändå komplettera.",
            learning="Det är inte kunskap som saknas utan ritningen. Den görs av någon annan.",
            outcome=Outcome.ABANDON,
        ),
    ),
    leader="SBF",
    members=2,
    ends=(
        (
            "stop",
            190,
            "Filmen hjälpte inte, och från nyår får vi en ny e-tjänst som visar vad som saknas. Vi lärde oss"
            " att fråga den som ritar, och lämnar över det till dem som inför tjänsten.",
        ),
    ),
    paid=((7_000, "F-20310", "Enkel film till provet"),),
)

WORKS = (FOOD_WASTE, FIRST_DAY, PERMITS)
