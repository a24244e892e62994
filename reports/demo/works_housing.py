"""Works in housing for the old, and in support."""

from improvement.models import IdeaStatus as S
from measures.actions.team import NewMeasure
from measures.models.team import Direction
from programme.drafting import Texts
from programme.models import Agreement, Outcome, Phase, Scale

from .telling import (
    BIRGITTA,
    IdeaTale,
    Preparation,
    ReportTale,
    Series,
    Test,
    WorkTale,
    material,
    other,
    staff,
    travel,
)

FALLS = WorkTale(
    idea=IdeaTale(
        548,
        "SOC-SB-E",
        S.DONE,
        "De boende faller ofta på väg till toaletten på natten. Förra året bröt två personer höften.",
        "De som bor på Ekdungen, särskilt på natten",
        "Gå igenom varje rum tillsammans med den boende, och öva balans varje dag.",
        why="Fallskador är svåra för den enskilde och dyra för alla. Hela arbetslaget deltar, och metoden"
        " kan spridas till alla boenden.",
        consulted="Medicinskt ansvarig sjuksköterska, ekonomichefen",
        plan=Preparation(
            "Färre fall på Ekdungen",
            (
                staff(260, "Utbildning och rumsronder för hela arbetslaget"),
                material(18_500, "Nattlampor, sockor och gåstöd"),
                other(9_000, "Fysioterapeut som handleder"),
            ),
            "Hälften så många fall. De räknas redan.",
            "Arbetslaget, sjuksköterskorna och anhörigrådet",
            cap_reason="Alla tre äldreboendena kan använda rumsronden så snart den är prövad.",
        ),
    ),
    started=505,
    title="Färre fall på Ekdungen",
    aim="Högst fyra fall i månaden.",
    for_whom="De som bor på Ekdungen",
    why="Varje fall kan bli det sista egna steget.",
    levels=(9, 4),
    by_in_days=330,
    series=(
        Series(
            NewMeasure(
                "Fall på Ekdungen", "fall", Direction.LOWER, "Alla rapporterade fall i månaden."
            ),
            (9, 8, 11, 10, 9, 12, 8, 10, 9, 7, 6, 6, 5, 15, 4, 5, 3, 4, 3, 4, 2, 3),
            newest=3,
            left_out=((13, "Vinterkräksjuka på hela boendet"),),
        ),
    ),
    tests=(
        Test(
            455,
            10,
            "Ser vi risker i rummet om vi går igenom det tillsammans med den boende?",
            "Minst tre saker att ändra i varje rum.",
            "Rumsrond i ett rum.",
            "Fysioterapeuten och en undersköterska",
            happened="Ronden tog tjugo minuter. Den boende pekade själv ut mattan och sängkanten.",
            result="Fem saker att ändra, fyra av dem gratis.",
            learning="Den boende vet bäst var det är farligt. Fråga först, titta sedan.",
        ),
        Test(
            430,
            45,
            "Minskar fallen på en avdelning om alla rum är genomgångna?",
            "Högst 3 fall i månaden på avdelningen.",
            "Rumsrond i alla tolv rum på södra avdelningen.",
            "Arbetslaget på södra",
            happened="Alla rum klara på fem veckor. Nattlamporna var det som uppskattades mest.",
            result="2 fall mot 5 månaden före.",
            learning="Nattljus och sockor gör mest. Möblerna spelar mindre roll än vi trodde.",
            scale=Scale.ONE_UNIT,
        ),
        Test(
            360,
            90,
            "Ger daglig balansträning något utöver ronderna?",
            "Ytterligare ett fall mindre i månaden.",
            "Fem minuters balans efter förmiddagskaffet, för dem som vill.",
            "Alla på dagpasset",
            happened="Elva av tjugofyra var med nästan varje dag. Musik gjorde stor skillnad.",
            agreement=Agreement.PARTLY,
            result="Fallen gick ner, men mest hos dem som redan gick bra.",
            learning="Träningen ger glädje och lite styrka. Ronden är det som förebygger fall.",
            outcome=Outcome.ADOPT,
            scale=Scale.ALL,
        ),
    ),
    leader="SOC-SB",
    members=4,
    coach=BIRGITTA,
    ends=(("secure", 240, ""),),
    paid=(
        (38_350, "F-17714", "Vikarier, första omgången"),
        (18_500, "F-17790", "Nattlampor, sockor och gåstöd"),
        (34_000, "F-18015", "Vikarier, andra omgången"),
        (9_000, "F-18120", "Handledning"),
    ),
    report=ReportTale(
        150,
        Texts(
            background="Nio fall i månaden, och två brutna höfter på ett år.",
            what_we_did="Vi gick igenom varje rum tillsammans med den som bor där. Sedan bytte vi ljus,"
            " sockor och möblering, och lade in fem minuters balans efter kaffet.",
            result="Fallen har gått från nio till tre i månaden. Ingen har brutit höften sedan dess."
            " Vintern med kräksjuka är inte medräknad i bedömningen.",
            learning="De boende visste var det var farligt. Vi hade inte frågat.",
            spread="Börja med rumsronden och nattljuset. Räkna på en vinter med sjukdom också.",
        ),
        participants=19,
        use="Teater och middag för hela arbetslaget",
        approved_days=139,
    ),
)

NIGHT_FAST = WorkTale(
    idea=IdeaTale(
        246,
        "SOC-SB-L",
        S.UNDERWAY,
        "Många på Lindbacken äter inget mellan klockan 18 och frukosten. Det är mer än tolv timmar.",
        "De som bor på Lindbacken",
        "Erbjud något gott sent på kvällen.",
        why="Viktigt för hälsan och lätt att pröva. Mät varje månad så att vi vet om det hjälper.",
        plan=Preparation(
            "Kortare nattfasta på Lindbacken",
            (
                staff(60, "Kvällsfika, en halvtimme"),
                material(9_000, "Smörgås, frukt och näringsdryck"),
            ),
            "Färre fastar mer än elva timmar.",
            "Kvällspersonalen och köket",
        ),
    ),
    started=205,
    title="Kortare nattfasta på Lindbacken",
    aim="Högst tre av tio fastar mer än elva timmar.",
    for_whom="De som bor på Lindbacken",
    why="Lång fasta ger sämre sömn, mer förvirring och fler fall.",
    levels=(58, 30),
    by_in_days=270,
    series=(
        Series(
            NewMeasure(
                "Boende som fastar mer än elva timmar",
                "procent",
                Direction.LOWER,
                "En natt i månaden, alla boende.",
            ),
            (61, 54, 59, 63, 55, 58, 60, 53, 57, 62, 56, 59, 54, 60),
        ),
    ),
    tests=(
        Test(
            150,
            20,
            "Äter de boende om vi bjuder på något klockan nio?",
            "6 av 10 äter.",
            "Bjud på kvällsfika tre kvällar i en korridor.",
            "Två på kvällspasset",
            happened="Fem av nio åt. Tre sov redan.",
            agreement=Agreement.PARTLY,
            result="56 procent åt, men de som redan sov är de som fastar längst.",
            learning="Klockan nio är för sent för dem som behöver det mest.",
        ),
        Test(
            63,
            30,
            "Hjälper det att bjuda klockan halv åtta?",
            "8 av 10 äter, och högst 4 av 10 fastar för länge.",
            "Kvällsfika klockan halv åtta i båda korridorerna.",
            "Kvällspersonalen",
            happened="Det gick bra i två veckor. Sedan föll det bort när ordinarie var lediga.",
            scale=Scale.ONE_UNIT,
            phase=Phase.DO,
        ),
    ),
    leader="SOC-SB",
    members=3,
    coach=BIRGITTA,
    paid=((8_260, "F-22105", "Kvällsfika, vikarier"), (2_900, "F-22190", "Livsmedel")),
)

OWN_CHOICE = WorkTale(
    idea=IdeaTale(
        52,
        "SOC-FS-G",
        S.UNDERWAY,
        "De boende på Solvändan väljer sällan själva vad de ska göra på helgen. Vi hinner inte fråga"
        " i tid.",
        "De boende på Solvändan",
        "En valkväll varje onsdag med bilder.",
        why="Självbestämmande är själva uppdraget. Bra att ni vill mäta det.",
        plan=Preparation(
            "Min helg, mitt val",
            (
                staff(48, "Valkväll varje onsdag"),
                material(4_500, "Bildstöd"),
                travel(2_000, "Utflykter"),
            ),
            "Fler helgaktiviteter är valda av den boende.",
        ),
    ),
    started=18,
    title="Min helg, mitt val",
    aim="Åtta av tio helgaktiviteter är valda av den boende själv.",
    for_whom="De boende på Solvändan",
    why="I dag väljer vi, av gammal vana.",
    levels=(35, 80),
    by_in_days=200,
    series=(
        Series(
            NewMeasure("Helgaktiviteter valda av den boende", "procent", Direction.HIGHER),
            (33, 37),
        ),
    ),
    leader="SOC-FS",
    members=2,
)

WORKS = (FALLS, NIGHT_FAST, OWN_CHOICE)
