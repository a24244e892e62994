"""Ideas from social services: home care, housing, support, individuals and families."""

from improvement.models import IdeaStatus as S

from .telling import (
    AMINA,
    ELIAS,
    PETER,
    IdeaTale,
    Preparation,
    material,
    other,
    premises,
    staff,
    travel,
)

IDEAS = (
    # --- home care ------------------------------------------------------------------------
    IdeaTale(
        3,
        "SOC-HT-N",
        S.DRAFT,
        "De som kommer hem från sjukhuset en fredag får ofta vänta på hjälpmedel till veckan därpå.",
        "De som kommer hem, och deras anhöriga",
        author=AMINA,
    ),
    IdeaTale(
        24,
        "SOC-HT-N",
        S.RETURNED,
        "Vi missar ofta att fylla på handskar och förkläden i bilarna. Då får någon åka tillbaka"
        " till lokalen mitt på förmiddagen.",
        "Brukarna, som får vänta, och vi som kör",
        "En låda i varje bil som nattpersonalen fyller på.",
        why="Bra sett! Kan du fråga Nattpatrullen om de har möjlighet att fylla på, och skriva"
        " ungefär hur ofta det händer? Sedan tar vi det vidare.",
        author=AMINA,
    ),
    IdeaTale(
        6,
        "SOC-HT-S",
        S.SUBMITTED,
        "Schemat ändras på morgonen utan att vi märker det. Två kan komma till samma dörr, och"
        " ingen till nästa.",
        "Brukarna på förmiddagsturen",
        "Att ändringar efter klockan sju alltid rings ut.",
    ),
    IdeaTale(
        9,
        "SOC-HT-C",
        S.SUBMITTED,
        "Nya vikarier hittar inte i trapphusen i centrum. Portkoder, hissar och dörrar står på"
        " lösa lappar.",
        "Vikarier och de brukare som väntar på dem",
        "En karta över varje kvarter, gjord av oss som hittar.",
    ),
    IdeaTale(
        14,
        "SOC-HT-P",
        S.SUBMITTED,
        "På natten ser vi inte vad kvällen har antecknat förrän vi är tillbaka i lokalen.",
    ),
    IdeaTale(
        26,
        "SOC-HT-C",
        S.PREPARING,
        "Många äldre äter ensamma varje dag. Flera har sagt att de saknar sällskap mer än mat.",
        "Äldre som bor ensamma i centrum",
        "Gemensam lunch en gång i veckan i kvarterslokalen, där vi följer med dit och hem.",
        plan=Preparation(
            "Lunch tillsammans en gång i veckan",
            (
                staff(36, "Följeslagare två timmar i veckan under en termin"),
                premises(6_000, "Kvarterslokalen, tolv gånger"),
                material(2_500, "Porslin och dukar"),
            ),
            "Fler äter tillsammans. Vi frågar deltagarna före, mitt i och efter terminen.",
        ),
    ),
    IdeaTale(
        58,
        "SOC-HT",
        S.FUNDED,
        "Fallrisken bedöms när någon får hemtjänst, men sällan igen. Efter ett halvår stämmer den"
        " inte längre.",
        "Äldre med nedsatt balans, och deras anhöriga",
        "En kort rörelsekontroll hemma var tredje månad, som undersköterskan gör med stöd av"
        " fysioterapeut.",
        why="Tidig upptäckt av fallrisk sparar lidande och pengar. Metoden är enkel att sprida till"
        " alla grupper.",
        author=ELIAS,
        consulted="Medicinskt ansvarig sjuksköterska, pensionärsrådet",
        plan=Preparation(
            "Rörelsekontroll hemma var tredje månad",
            (
                staff(80, "Träning i metoden, två timmar var för fyrtio personer"),
                material(4_800, "Måttband, stoppur och fickkort"),
                travel(1_600, "Besök hos Kalmar som redan gör så"),
            ),
            "Färre fall i hemmet. Antalet fall räknas redan varje månad.",
            "Alla fyra hemtjänstgrupperna och fysioterapeuterna",
        ),
    ),
    IdeaTale(
        210,
        "SOC-HT-S",
        S.DIRECT,
        "Kontaktpersonens namn står bara i pärmen. Anhöriga ringer runt för att hitta rätt.",
        "Anhöriga",
        "Namn och bild på kylskåpsdörren hos den som vill.",
        why="Gör det direkt! Ingen ansökan behövs. Fråga varje brukare om lov först.",
    ),
    IdeaTale(
        330,
        "SOC-HT-N",
        S.DIRECT,
        "Vi har möte på morgonen just när det är som mest att göra.",
        "Brukare som väntar på hjälp upp",
        "Flytta mötet till klockan halv två.",
        why="Klokt, pröva från måndag. Säg till på arbetsplatsträffen om en månad hur det går.",
        author=AMINA,
    ),
    IdeaTale(
        150,
        "SOC-HT-S",
        S.REJECTED,
        "Vi behöver egna elcyklar för de korta turerna. Bilarna står i kö vid hamnen varje morgon.",
        "Vi som kör, och miljön",
        "Sex elcyklar med packväskor.",
        why="Behovet är verkligt och beskrivningen tydlig. Kommunens fordon köps in samlat, och en"
        " upphandling av elcyklar pågår redan. Er beräkning är lämnad dit, så den kommer till nytta.",
        plan=Preparation(
            "Elcyklar för korta turer",
            (
                material(84_000, "Sex elcyklar"),
                material(5_400, "Packväskor, hjälmar och lås"),
                staff(12, "Provkörning och instruktion"),
            ),
            "Snabbare turer i centrum och färre bilar vid hamnen.",
            cap_reason="Cyklarna används i flera år och av alla grupper i söder.",
            purchase_reason="Utan cyklar kan vi inte pröva ett nytt sätt att lägga turerna.",
        ),
        consulted="Fordonssamordnaren",
    ),
    IdeaTale(
        12,
        "SOC-HT-C",
        S.MERGED,
        "Vikarier ringer ordinarie på deras lediga dag för att fråga om portkoder.",
        "Vikarier, och de som är lediga",
        why="Nya vikarier hittar inte",
    ),
    IdeaTale(
        8,
        "SOC-HT-N",
        S.SUBMITTED,
        "Larmknapparna provas bara när något har gått fel. Två gick inte att nå fram med i höst.",
        "De som har trygghetslarm",
        typed_by=PETER,
    ),
    # --- the small fund: three that got money, four that wait for their turn ---------------
    IdeaTale(
        82,
        "SOC-SB-E",
        S.FUNDED,
        "Måltiderna på Ekdungen är stökiga. Radion är på, det slamrar i köket och flera äter dåligt.",
        "De som bor på Ekdungen",
        "Dämpa ljudet och öva på lugna måltider tillsammans.",
        why="Liten kostnad och stor betydelse för de boende varje dag.",
        plan=Preparation(
            "Lugna måltider på Ekdungen",
            (
                staff(30, "Två övningstillfällen för arbetslaget"),
                material(8_000, "Ljudtassar, dukar och gardiner"),
            ),
            "De boende sitter kvar längre och äter mer. Vi mäter måltidens längd.",
            fund="SOC",
        ),
        reference="5.2",
    ),
    IdeaTale(
        76,
        "SOC-FS-D",
        S.FUNDED,
        "Deltagare som inte läser kan inte se vad dagen innehåller. De frågar oss samma sak många"
        " gånger.",
        "Deltagare på Verkstaden",
        "Bildscheman vid varje arbetsplats.",
        why="Ger deltagarna större självständighet, och kan användas även på gruppbostäderna.",
        plan=Preparation(
            "Bildscheman vid varje arbetsplats",
            (
                staff(24, "Fotografera och göra scheman tillsammans med deltagarna"),
                material(7_900, "Skrivare, laminat och tavlor"),
            ),
            "Deltagarna kommer i gång själva. Vi räknar hur många som gör det en vecka före och efter.",
            fund="SOC",
        ),
        reference="5.2",
    ),
    IdeaTale(
        71,
        "SOC-SB-S",
        S.FUNDED,
        "Anhöriga vet inte hur de kan hjälpa till när någon flyttar in. Den första tiden blir orolig.",
        "Nyinflyttade och deras anhöriga",
        "Ett välkomstsamtal hemma före flytten.",
        why="Ett gott exempel på att arbeta förebyggande. Börja i liten skala.",
        plan=Preparation(
            "Välkomstsamtal före inflyttning",
            (
                staff(44, "Elva samtal, två personer och två timmar"),
                travel(2_000, "Resor till samtalen"),
            ),
            "Lugnare första vecka. Vi frågar de anhöriga efter en månad.",
            fund="SOC",
        ),
        reference="5.2",
    ),
    IdeaTale(
        46,
        "SOC-SB-L",
        S.QUEUED,
        "Lindbackens trädgård används nästan aldrig. Grinden är tung och bänkarna står i skugga.",
        "De som bor på Lindbacken",
        "Flytta bänkarna, byt grinden och gå ut en stund varje dag.",
        why="Utevistelse är viktig för de boende. Pengarna i årets pott är slut, så idén står i kö.",
        plan=Preparation(
            "Ut i trädgården varje dag",
            (
                material(11_500, "Lätt grind och två bänkar med armstöd"),
                staff(18, "Planera och pröva tillsammans med de boende"),
            ),
            "Fler kommer ut. Vi räknar utevistelser per vecka.",
            fund="SOC",
        ),
        reference="5.2",
    ),
    IdeaTale(
        40,
        "SOC-FS-G",
        S.QUEUED,
        "De boende på Solvändan har svårt att förstå sina räkningar och blir oroliga när posten kommer.",
        "De boende på Solvändan",
        "Postkväll varje torsdag, med budget i bilder.",
        why="Stärker den enskildes självständighet. Får pengar när det blir dess tur.",
        plan=Preparation(
            "Postkväll med budget i bilder",
            (staff(40, "Tjugo kvällar"), material(3_000, "Bildstöd och pärmar")),
            "Färre påminnelser och lugnare torsdagar.",
            fund="SOC",
        ),
        reference="5.2",
    ),
    IdeaTale(
        35,
        "SOC-HT-N",
        S.QUEUED,
        "Vi vet för lite om bemötande vid demens. Två kollegor har gått en bra kurs men hinner inte"
        " lära oss andra.",
        "Brukare med demens, och deras anhöriga",
        "Kollegorna håller fyra korta träffar.",
        why="Att lära av varandra är både billigt och varaktigt. Idén står i kö.",
        plan=Preparation(
            "Kollegor lär kollegor om demens",
            (staff(52, "Fyra träffar för tretton personer"),),
            "Vi känner oss tryggare. Samma fem frågor före och efter.",
            fund="SOC",
        ),
        reference="5.2",
    ),
    IdeaTale(
        31,
        "SOC-SB-S",
        S.QUEUED,
        "Nätterna på Skärgårdsgläntan är ljusa av lysrör. Flera går upp för att de tror att det är"
        " morgon.",
        "De som bor på Skärgårdsgläntan",
        "Varmt, svagt ljus längs golvet i stället.",
        why="Bra för både sömn och säkerhet. Idén står i kö.",
        plan=Preparation(
            "Nattljus som låter oss sova",
            (
                material(13_200, "Golvbelysning med rörelsevakt i två korridorer"),
                other(3_500, "Elektriker"),
            ),
            "Färre är uppe på natten. Nattpersonalen räknar under fyra veckor.",
            fund="SOC",
        ),
        reference="5.2",
    ),
    # --- housing and support --------------------------------------------------------------
    IdeaTale(
        33,
        "SOC-SB-E",
        S.READY,
        "Läkemedel kasseras för att de boendes listor inte är genomgångna. Det är dyrt, och ibland"
        " farligt.",
        "De som bor på våra tre äldreboenden",
        "Genomgång av läkemedel tillsammans med apotekare, en våning i taget.",
        plan=Preparation(
            "Läkemedelsgenomgång med apotekare",
            (
                staff(60, "Sjuksköterskor under genomgångarna"),
                other(22_000, "Apotekare, åtta halvdagar"),
            ),
            "Färre läkemedel per person och mindre kassation. Båda räknas i dag.",
            "Sjuksköterskorna, och läkaren på vårdcentralen",
        ),
    ),
    IdeaTale(
        300,
        "SOC-SB-L",
        S.WAITING,
        "Vi skriver samma uppgifter i tre system när någon flyttar in.",
        "Sjuksköterskor och undersköterskor",
        "Låt systemen tala med varandra.",
        why="Idén är rätt tänkt, men systemet byts ut nästa år. Vi väntar för att inte betala två"
        " gånger, och tar med ert förslag i kravlistan.",
        plan=Preparation(
            "En inflyttning, en inmatning",
            (other(46_000, "Koppling mellan systemen"), staff(16, "Prova och godkänna")),
            "Två timmar mindre vid varje inflyttning.",
            cap_reason="Kopplingen kan användas av alla boenden så fort den finns.",
        ),
        consulted="IT och digitalisering",
    ),
    IdeaTale(
        16,
        "SOC-FS-G",
        S.PREPARING,
        "På Solvändan byts personalen ofta på helgerna. De boende vet inte vem som kommer.",
        "De boende på Solvändan",
        "En tavla med bilder på veckans personal.",
    ),
    IdeaTale(
        420,
        "SOC-FS-D",
        S.WITHDRAWN,
        "Vi vill sälja det som tillverkas på Verkstaden på torget.",
        "Deltagarna, som är stolta över sitt arbete",
        "Hyra en torgplats i juli.",
    ),
    # --- individuals and families ---------------------------------------------------------
    IdeaTale(
        12,
        "SOC-IF-F",
        S.SUBMITTED,
        "Brevet med beslut om försörjningsstöd är svårt att förstå. Många ringer bara för att fråga"
        " om de fått ja eller nej.",
        "De som söker försörjningsstöd",
        "Skriv svaret i första meningen, på lätt svenska.",
        kpi="N31001",
    ),
    IdeaTale(
        500,
        "SOC-IF-B",
        S.REJECTED,
        "Barn som kommer på samtal väntar i samma rum som vuxna i kris.",
        "Barn och unga som kallas till oss",
        "Bygg om förrådet till ett eget väntrum.",
        why="Barnen ska inte behöva vänta så. En ombyggnad är dock en fråga för lokalplaneringen, och"
        " den har tagit emot ert förslag. Till dess används samtalsrum två som väntrum för barn.",
        plan=Preparation(
            "Eget väntrum för barn",
            (
                premises(180_000, "Ombyggnad av förrådet"),
                material(12_000, "Möbler och leksaker"),
            ),
            "Barn möter inte vuxna i kris.",
            cap_reason="En ombyggnad gör nytta i tjugo år.",
        ),
        consulted="Lokalstrategen",
    ),
    IdeaTale(
        64,
        "SOC-IF-B",
        S.DIRECT,
        "Unga svarar inte i telefon när vi ringer från dolt nummer.",
        "Unga mellan 13 och 20 år",
        "Skicka ett meddelande först, som säger vem som ringer.",
        why="Självklart. Rutinen är ändrad från och med i dag, tack vare er.",
    ),
    IdeaTale(
        48,
        "SOC-IF-F",
        S.RETURNED,
        "Sökande lämnar ofta in ofullständiga handlingar. Vi begär in samma papper om och om igen.",
        "Sökande och handläggare",
        why="Tack, det här känner många igen. Skriv gärna vilka tre papper som oftast saknas, så kan"
        " vi räkna på vad det kostar i tid.",
    ),
)
