"""Works in home care."""

from improvement.models import IdeaStatus as S
from measures.actions.team import NewMeasure
from measures.models.team import Direction
from programme.drafting import Texts
from programme.models import Agreement, Outcome, Phase, Scale

from .drivers import change, primary, secondary
from .telling import (
    AMINA,
    BIRGITTA,
    ELIAS,
    IdeaTale,
    Preparation,
    ReportTale,
    Series,
    Test,
    WorkTale,
    material,
    other,
    premises,
    staff,
    travel,
)

SAME_FACES = WorkTale(
    idea=IdeaTale(
        345,
        "SOC-HT-N",
        S.UNDERWAY,
        "En del av våra brukare möter sexton olika personer på två veckor. De får berätta samma sak"
        " om och om igen.",
        "De som har hjälp flera gånger om dagen",
        "Planera i små lag runt varje brukare.",
        why="Kontinuitet är det som brukarna själva sätter högst. Metoden kan spridas till alla grupper.",
        consulted="Socialchefen, pensionärsrådet",
        plan=Preparation(
            "Samma ansikten hos den som bor hemma",
            (
                staff(150, "Planering i små lag, två timmar var i fem månader"),
                other(12_000, "Anpassning av planeringsverktyget"),
                premises(3_500, "Två utvecklingsdagar"),
            ),
            "Färre olika personer hos varje brukare på fjorton dagar. Systemet räknar.",
            "Arbetslagen i norr och planerarna",
            cap_reason="Lyckas det i norr kan söder och centrum göra likadant utan ny kostnad.",
        ),
    ),
    started=305,
    title="Samma ansikten hos den som bor hemma",
    aim="Den som har hjälp varje dag möter högst elva personer på två veckor.",
    for_whom="Brukare i Hemtjänst norr med hjälp minst tre gånger om dagen",
    why="Nya ansikten varje dag skapar oro, och vi missar förändringar i hälsan.",
    levels=(16, 11),
    by_in_days=420,
    series=(
        Series(
            NewMeasure(
                "Olika personer hos en brukare på 14 dagar",
                "personer",
                Direction.LOWER,
                "Medelvärde för alla med minst tre besök om dagen, den sista i månaden.",
            ),
            (
                *(15.8, 16.4, 15.2, 16.9, 16.1, 15.5, 16.6, 15.9, 16.3, 15.4, 16.2),
                *(15.3, 14.6, 14.1, 13.5, 12.8, 12.9, 12.1, 11.8, 11.6),
            ),
            notes=((11, "Första lilla laget började"), (16, "Fem nya vikarier")),
        ),
        Series(
            NewMeasure("Övertid i gruppen", "timmar", Direction.LOWER),
            (31, 28, 35, 30, 26, 33, 29, 31, 27, 30, 28, 32),
        ),
    ),
    tests=(
        Test(
            272,
            14,
            "Går det att planera fyra personer runt en enda brukare?",
            "Brukaren möter högst 9 personer på två veckor, mot 17 i dag.",
            "Fyra av oss tar alla besök hos en brukare i två veckor.",
            "Planeraren och fyra undersköterskor",
            happened="Det höll tio dagar. Sedan blev två sjuka samtidigt och planeraren fyllde på utifrån.",
            agreement=Agreement.PARTLY,
            result="Brukaren mötte 11 personer. Hon märkte skillnaden själv.",
            learning="Fyra är för få när någon blir sjuk. Laget behöver en femte som redan känner brukaren.",
            change="Ett litet lag runt varje brukare",
            data="Ett streck för varje nytt ansikte, på en lapp i nyckelskåpet.",
            observed="Hon kallade oss vid namn redan den tredje dagen.",
            deviations="Dag elva och tolv kom två som inte var med i laget.",
        ),
        Test(
            235,
            28,
            "Räcker det med fem i laget, om den femte är med från början?",
            "Högst 10 personer även om någon blir sjuk.",
            "Fem personer runt tre brukare i fyra veckor.",
            "Två små lag",
            happened="En var sjuk nästan hela tiden. Den femte gick in utan att någon behövde ringas in.",
            anew=("Högst 9 personer, även när en är sjuk.", "Den femte visade sig kunna alla tre."),
            photo="Tavlan med de små lagen",
            result="9, 10 och 10 personer. Ingen brukare fick ett nytt ansikte.",
            learning="Fem räcker. Det tar planeraren en timme mer den första veckan och ingen alls därefter.",
            scale=Scale.ONE_DAY,
        ),
        Test(
            180,
            60,
            "Fungerar små lag för hela gruppen på vardagar?",
            "Medelvärdet går under 13 inom två månader.",
            "Alla turer på vardagar läggs i små lag.",
            "Planerarna och hela Hemtjänst norr",
            happened="Alla turer lades om på en helg. Måndagen var rörig, sedan lugnt.",
            result="12,8 efter två månader. Övertiden ökade inte.",
            learning="Det håller på vardagar. Helgerna planeras fortfarande för sig och drar upp medelvärdet.",
            scale=Scale.ONE_UNIT,
            where="Hemtjänst norr",
            deviations="Två turer fick ligga kvar som förut den första veckan.",
        ),
        Test(
            19,
            14,
            "Kan helgen planeras i samma lag?",
            "Medelvärdet går under 11 utan mer övertid.",
            "Varannan helg följer det egna laget.",
            "Planerarna och två lag",
            change="Helgen planeras i samma lag",
            happened="Första helgen är gjord. En i laget kunde inte byta, och nattpatrullen hoppade in.",
            scale=Scale.ONE_UNIT,
            phase=Phase.DO,
        ),
    ),
    drivers=(
        primary(
            "Samma personer planeras till samma brukare",
            secondary(
                "Turerna läggs efter vem man känner",
                change("Ett litet lag runt varje brukare"),
                change("Helgen planeras i samma lag"),
            ),
            secondary(
                "Planeraren ser vem som brukar komma", change("Lagets namn i planeringsverktyget")
            ),
        ),
        primary(
            "Frånvaro täcks av någon som är känd",
            secondary("En femte finns i varje lag", change("Vikarier knyts till två lag")),
            change("Byta pass inom laget utan att ringa planeraren"),
        ),
        primary(
            "Brukaren vet vem som kommer",
            secondary("Det går att se i förväg", change("Veckolapp på kylskåpet")),
        ),
    ),
    leader=ELIAS,
    members=3,
    also=(AMINA,),
    coach=BIRGITTA,
    paid=(
        (14_750, "F-20417", "Planering, första perioden"),
        (12_000, "F-20588", "Planeringsverktyget"),
        (3_500, "F-20719", "Utvecklingsdagar"),
    ),
)

RIGHT_TIME = WorkTale(
    idea=IdeaTale(
        515,
        "SOC-HT-N",
        S.DONE,
        "Medicinen kommer ofta för sent på morgonen. Den som ska ha den klockan åtta får den halv tio.",
        "Brukare med medicin på bestämd tid",
        "Lägg medicinbesöken först, och låt oss byta ordning själva när något händer.",
        why="Rör patientsäkerheten, är väl beräknat och går att följa.",
        author=AMINA,
        consulted="Medicinskt ansvarig sjuksköterska",
        plan=Preparation(
            "Medicin i rätt tid på morgonen",
            (
                staff(84, "Ändrade turer under prövotiden"),
                material(6_200, "Klockor och medicinväskor"),
            ),
            "Fler får sin medicin inom en halvtimme från rätt tid.",
            "Arbetslaget och sjuksköterskorna",
        ),
    ),
    started=478,
    title="Medicin i rätt tid på morgonen",
    aim="Nio av tio får morgonens medicin inom en halvtimme från rätt tid.",
    for_whom="Brukare i Hemtjänst norr med medicin på bestämd tid",
    why="Sen medicin ger sämre dagar och fler samtal till sjuksköterskan.",
    levels=(66, 90),
    by_in_days=240,
    series=(
        Series(
            NewMeasure(
                "Medicin inom en halvtimme från rätt tid",
                "procent",
                Direction.HIGHER,
                "Signerad tid jämförd med ordinerad, alla morgonbesök i månaden.",
            ),
            (64, 68, 66, 63, 69, 67, 65, 66, 70, 74, 79, 82, 85, 88, 90, 92, 91, 93),
            newest=6,
            notes=((9, "Ny ordning på turen"),),
        ),
    ),
    tests=(
        Test(
            430,
            7,
            "Hinner vi med medicinen först, om frukosten får vänta?",
            "9 av 10 på den turen får medicinen i tid.",
            "En tur tar alla medicinbesök före klockan halv nio.",
            "Amina och en kollega",
            happened="Det gick sju dagar av sju. Två brukare ville ha frukosten först.",
            result="94 procent i tid på den turen.",
            learning="Ordningen går att ändra. Fråga först den som vill äta innan.",
            scale=Scale.ONE_DAY,
        ),
        Test(
            400,
            30,
            "Fungerar det på alla fyra turerna?",
            "Minst 80 procent i tid.",
            "Alla turer prövar den nya ordningen i en månad.",
            "Hela gruppen",
            happened="Tre turer klarade det. Den fjärde har för långa vägar.",
            agreement=Agreement.PARTLY,
            result="79 procent. Tre turer låg över 85, en på 58.",
            learning="Den långa turen behöver delas i två mellan sju och nio.",
        ),
        Test(
            350,
            45,
            "Räcker det att dela den långa turen?",
            "Alla turer över 85 procent.",
            "Den långa turen delas mellan klockan sju och nio.",
            "Planeraren",
            happened="Delningen kostade ingen tid, för turen runt hamnen hade luft.",
            result="88 procent i medeltal, lägst 84.",
            learning="Det var vägarna och inte viljan som fattades.",
            outcome=Outcome.ADOPT,
            scale=Scale.ONE_UNIT,
        ),
    ),
    leader=ELIAS,
    members=3,
    coach=BIRGITTA,
    ends=(("secure", 270, ""),),
    paid=(
        (19_470, "F-18202", "Vikarier i augusti och september"),
        (6_140, "F-18377", "Väskor och klockor"),
    ),
    report=ReportTale(
        205,
        Texts(
            background="Var tredje brukare fick sin morgonmedicin mer än en halvtimme för sent. Det gav"
            " sämre dagar, och sjuksköterskorna fick många samtal.",
            what_we_did="Vi prövade att ta medicinbesöken först, först på en tur i en vecka och sedan på"
            " alla fyra. Den längsta turen delades mellan sju och nio. Den som vill äta före medicinen"
            " får göra det.",
            result="I dag får mer än nio av tio sin medicin i tid, mot två av tre när vi började."
            " Samtalen till sjuksköterskorna på morgonen har blivit färre än hälften.",
            learning="Vi trodde att det handlade om tidsbrist. Det var ordningen och en enda lång tur."
            " Små prov på en tur gjorde att ingen behövde vara orolig.",
            spread="Söder och centrum kan börja med att räkna en vecka. Fråga brukarna om ordningen först.",
            thanks="Tack till brukarna som lät oss prova, och till sjuksköterskorna som räknade med oss.",
        ),
        participants=13,
        use="Gemensam dag i skärgården",
        approved_days=196,
        full=True,
        coach="Laget skrev ner vad de trodde före varje prov, och höll fast vid att räkna också när"
        " det gick bra. Därför vet vi att det var ordningen som gjorde skillnaden.",
        manager="Tack för ert tålamod. Det här märks varje morgon hos dem som behöver det mest.",
        public="Förut fick två av tre sin morgonmedicin i rätt tid. I dag får mer än nio av tio den"
        " inom en halvtimme.\n\nHemtjänsten ändrade i vilken ordning besöken görs. Det provades"
        " först på en enda tur, sedan på alla. Den som vill äta före medicinen får göra det.",
    ),
)

KEYS = WorkTale(
    idea=IdeaTale(
        322,
        "SOC-HT-N",
        S.UNDERWAY,
        "Vi lägger mycket tid på nycklar. Skåpet är trångt, och i slutet av passet saknas alltid någon.",
        "Brukarna, som får tiden i stället",
        "Ny ordning i nyckelskåpet och digitala lås hos dem som vill.",
        why="Frigör tid i varje pass och ökar säkerheten. Ett rimligt första steg.",
        plan=Preparation(
            "Tid till brukaren i stället för nycklar",
            (
                material(21_500, "Tio digitala lås"),
                staff(40, "Märka om och lära sig"),
                travel(900, "Besök hos grannkommunen"),
            ),
            "Färre minuter med nycklar per pass. Vi tar tid en vecka i månaden.",
            "Arbetslaget i norr",
        ),
    ),
    started=288,
    title="Tid till brukaren i stället för nycklar",
    aim="Vi lägger högst fem minuter per pass på nycklar.",
    for_whom="Alla brukare i Hemtjänst norr",
    why="Minuterna saknas hos brukarna, och borttappade nycklar är en risk.",
    levels=(17, 5),
    by_in_days=300,
    series=(
        Series(
            NewMeasure(
                "Tid för nycklar",
                "minuter per pass",
                Direction.LOWER,
                "Medelvärde för alla pass under månadens sista vecka.",
            ),
            (17, 16, 18.5, 17.5, 16.5, 18, 17, 16, 12, 10.5, 9, 8, 6.5, 6, 5, 4.5),
            notes=((8, "Skåpet ordnat efter tur"), (11, "Digitala lås hos tio brukare")),
        ),
    ),
    tests=(
        Test(
            252,
            14,
            "Hittar vi snabbare om skåpet är ordnat efter tur?",
            "5 minuter mindre per pass.",
            "En rad i skåpet för varje tur, med egen färg.",
            "Två av oss på kvällspasset",
            happened="Vi märkte om allt på en kväll. Redan nästa dag slapp vi kön vid skåpet.",
            result="12 minuter mot 17.",
            learning="Kön vid skåpet tog mer tid än själva letandet.",
            scale=Scale.ONE_UNIT,
        ),
        Test(
            170,
            50,
            "Hur mycket sparar tio digitala lås?",
            "Under 7 minuter per pass.",
            "Tio brukare som själva vill får digitalt lås.",
            "Arbetslaget och teknikern",
            happened="Nio av tio lås fungerade från första dagen. Ett fick bytas.",
            result="6,5 minuter per pass, och ingen nyckel har saknats.",
            learning="Börja hos dem som har många besök; där ger låset mest.",
            outcome=Outcome.ADOPT,
            scale=Scale.ONE_UNIT,
        ),
    ),
    members=4,
    coach=BIRGITTA,
    ends=(("secure", 60, ""),),
    paid=((21_500, "F-21830", "Digitala lås"), (8_850, "F-21944", "Vikarier vid märkningen")),
    report=ReportTale(
        6,
        Texts(
            background="Varje pass gick en kvart åt till att hämta, leta efter och lämna nycklar.",
            what_we_did="Vi ordnade skåpet efter tur och färg. Sedan fick tio brukare som själva ville ha"
            " det ett digitalt lås.",
            result="Tiden har gått från 17 minuter per pass till under fem. Det blir nästan två timmar om"
            " dagen i hela gruppen, och de är hos brukarna nu.",
            learning="Det billigaste gav mest. Kön vid skåpet syntes inte förrän vi tog tid på den.",
            spread="Ordna skåpet först. Det kostar bara tejp och en kväll.",
        ),
        participants=15,
        use="Studiebesök och middag tillsammans",
        coach="Det bästa är att ni tog tid innan ni köpte något. Kön vid skåpet hade ingen gissat.",
    ),
)

WORKS = (SAME_FACES, RIGHT_TIME, KEYS)
