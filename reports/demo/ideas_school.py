"""Ideas from preschool, school, upper secondary, library and the school of arts."""

from improvement.models import IdeaStatus as S

from .telling import SOFIA, IdeaTale, Preparation, material, other, premises, staff, travel

IDEAS = (
    IdeaTale(
        5,
        "BUF-GR-K",
        S.SUBMITTED,
        "I årskurs 6 fastnar många i bråk och decimaltal. De som inte hänger med där kommer sällan"
        " i kapp.",
        "Elever i årskurs 5 och 6",
        "Två lärare i klassrummet en gång i veckan under bråkperioden.",
        kpi="N15485",
    ),
    IdeaTale(
        11,
        "BUF-FK-K",
        S.SUBMITTED,
        "Hallen är trång när alla ska ut samtidigt. Det blir gråt och konflikter varje dag vid tio.",
        "Barnen på Kotten",
    ),
    IdeaTale(
        19,
        "BUF",
        S.SUBMITTED,
        "Föräldrar och politiker frågar ofta varför behörigheten till gymnasiet skiljer sig mellan"
        " skolor, och vi svarar olika varje gång.",
        "Vårdnadshavare, rektorer och nämnden",
        "En gemensam sida som förklarar siffrorna med våra egna ord.",
        author=SOFIA,
        kpi="N15428",
    ),
    IdeaTale(
        29,
        "BUF-GR-B",
        S.PREPARING,
        "Meritvärdet har sjunkit tre år i rad. Lärarna ser att läsningen i alla ämnen är svag.",
        "Elever i årskurs 7 till 9",
        "Läslyft i alla ämnen: gemensamma texter och samma sätt att fråga.",
        kpi="N15505",
        plan=Preparation(
            "Läsning i alla ämnen",
            (
                staff(96, "Gemensam planering, åtta lärare i tolv veckor"),
                material(9_500, "Klassuppsättningar av sakprosa"),
            ),
            "Fler förstår det de läser. Samma läsprov i september och maj.",
            "Ämneslagen i årskurs 7 till 9",
        ),
    ),
    IdeaTale(
        21,
        "BUF-GR-E",
        S.PREPARING,
        "Elever söker kurator på raster men mottagningen är öppen på lektionstid.",
        "Elever i grundskolan",
        "Öppen mottagning i lunchrummet två dagar i veckan.",
    ),
    IdeaTale(
        38,
        "BUF-GY-G",
        S.READY,
        "Varje år får flera elever indraget studiestöd för att frånvaron upptäcks för sent.",
        "Elever i årskurs 1 på gymnasiet",
        "En mentor som ringer samma dag, första gången någon är borta.",
        kpi="N17625",
        plan=Preparation(
            "Ett samtal samma dag",
            (
                staff(70, "Mentorernas samtal under en termin"),
                other(6_500, "Påminnelser i frånvarosystemet"),
            ),
            "Färre dagar med ogiltig frånvaro. Systemet visar det vecka för vecka.",
            "Mentorerna och elevkåren",
        ),
    ),
    IdeaTale(
        54,
        "BUF-KF-B",
        S.FUNDED,
        "Barn i ytterområdena lånar få böcker. Dit går ingen buss efter skolan.",
        "Barn mellan 6 och 12 år utanför tätorten",
        "Bokväskor som åker med skolskjutsen.",
        kpi="N09811",
        why="Når barn som vi annars inte når, till en låg kostnad. Lätt att pröva på en linje först.",
        consulted="Skolskjutssamordnaren, barnrättsombudet",
        plan=Preparation(
            "Bokväskor på skolskjutsen",
            (
                material(18_000, "Väskor och böcker"),
                staff(32, "Packa och följa upp"),
                travel(2_400, "Åka med de första turerna"),
            ),
            "Fler boklån per barn. Lånen räknas per skola.",
            "Bibliotekarierna och tre rektorer",
        ),
    ),
    IdeaTale(
        260,
        "BUF-FK-K",
        S.WAITING,
        "Barnskötare som vill bli förskollärare måste pendla till Linköping. Nästan ingen börjar.",
        "Barnen, som får fler utbildade omkring sig",
        "En studiegrupp här hemma, med handledning en dag i veckan.",
        kpi="N11052",
        why="Viktigt för oss på lång sikt. Högskolan bestämmer i vår om utbildning på distans, så vi"
        " väntar på det beskedet och tar upp frågan då.",
        plan=Preparation(
            "Bli förskollärare på hemmaplan",
            (
                staff(120, "Studietid, sex barnskötare"),
                premises(9_000, "Lokal en dag i veckan"),
                travel(7_200, "Resor till obligatoriska träffar"),
            ),
            "Tre nya förskollärare på fyra år.",
            "Rektorerna i förskolan och facket",
            cap_reason="Kostnaden delas på fyra år, och tre utbildade stannar kvar i kommunen.",
        ),
        consulted="HR-enheten",
    ),
    IdeaTale(
        190,
        "BUF-GY-V",
        S.WAITING,
        "Vuxna som läser svenska slutar ofta när de får jobb med skiftgång.",
        "Vuxna som lär sig svenska",
        "Lektioner på arbetsplatsen, i pausen mellan skiften.",
        why="Vi tror på idén men vill att två arbetsgivare sagt ja först. Kom gärna tillbaka när ni har"
        " deras svar, så prövas den igen utan ny ansökan.",
        plan=Preparation(
            "Svenska mellan skiften",
            (
                staff(64, "Lärare, fyra timmar i veckan"),
                travel(3_800, "Resor till arbetsplatserna"),
            ),
            "Fler fullföljer kursen.",
        ),
    ),
    IdeaTale(
        370,
        "BUF-GR-B",
        S.REJECTED,
        "Varje elev behöver en egen dator hemma från årskurs 4.",
        "Elever i årskurs 4 till 6",
        "Köp in datorer till alla.",
        why="Datorer till alla är ett nytt åtagande för flera år, och det måste nämnden besluta om i"
        " budgeten. Förslaget är lämnat dit. Läxhjälpen öppnar sina datorer på eftermiddagarna så länge.",
        plan=Preparation(
            "En dator hem till varje elev",
            (material(240_000, "Åttio datorer"), other(20_000, "Försäkring")),
            "Alla kan göra skolarbetet hemma.",
            cap_reason="Gäller alla elever i tre årskurser.",
            purchase_reason="Läxorna blir likvärdiga när alla har samma verktyg hemma.",
        ),
        consulted="IT och digitalisering",
    ),
    IdeaTale(
        610,
        "BUF-KF-M",
        S.REJECTED,
        "Kulturskolan har kö till gitarr och tomma platser på oboe.",
        "Barn som vill börja spela",
        "Anställ en gitarrlärare till.",
        why="En tillsvidareanställning ryms inte i en pott för tillfälliga insatser. Däremot har"
        " enhetschefen lovat att pröva gruppundervisning i gitarr, vilket ni också föreslog.",
        plan=Preparation(
            "Kortare kö till gitarren",
            (other(48_000, "Lärare, tre månader"),),
            "Halverad kö.",
        ),
    ),
    IdeaTale(
        120,
        "BUF-FK-T",
        S.DIRECT,
        "Blöta overaller torkar inte till nästa dag, för torkskåpen är fulla av glömda kläder.",
        "Barnen och deras föräldrar",
        "Töm skåpen varje fredag och lägg kvarglömt i en synlig korg.",
        why="Precis sådant ska ni bara göra. Heja!",
    ),
    IdeaTale(
        280,
        "BUF-GR-K",
        S.DIRECT,
        "Elever som kommer med skolskjuts missar frukostklubben med fem minuter.",
        "Elever som åker skolskjuts",
        "Håll öppet tio minuter längre.",
        why="Köket säger ja. Det gäller från nästa vecka.",
    ),
    IdeaTale(
        225,
        "BUF-KF",
        S.WITHDRAWN,
        "Fritidsgården är stängd på söndagar, när flest unga är ute.",
        "Unga mellan 13 och 18 år",
    ),
    IdeaTale(
        4,
        "BUF-GY-G",
        S.DRAFT,
        "Elever på yrkesprogram får ofta vänta på praktikplats.",
        "Elever på yrkesprogram",
        "Samla arbetsgivare till en frukost varje termin.",
    ),
)
