"""Ideas from streets, parks, kitchens, permits, water, HR and IT."""

from improvement.models import IdeaStatus as S

from .telling import MARIA, IdeaTale, Preparation, material, other, premises, staff

IDEAS = (
    IdeaTale(
        7,
        "SBF-GP",
        S.SUBMITTED,
        "Sand och löv stannar kvar på gångvägen vid skolan i flera veckor. Barn cyklar omkull där.",
        "Barn på väg till skolan",
        "Sopa skolvägarna före alla andra.",
    ),
    IdeaTale(
        15,
        "SBF-VA",
        S.SUBMITTED,
        "Vi får samma frågor om sopsortering varje dag. Svaren finns, men ingen hittar dem.",
        "Hushåll i flerbostadshus",
    ),
    IdeaTale(
        22,
        "KL-IT",
        S.PREPARING,
        "Den som börjar en måndag får ofta sitt konto först på onsdagen, för att beställningen ligger"
        " i någons inkorg.",
        "Nyanställda och deras chefer",
        "Beställ kontot automatiskt när anställningen registreras.",
        author=MARIA,
        plan=Preparation(
            "Konto från första minuten",
            (other(28_000, "Koppling till personalsystemet"), staff(20, "Prova med tre enheter")),
            "Alla kan logga in första dagen. Vi räknar dagar från start till konto.",
            "HR-enheten och tre enhetschefer",
        ),
    ),
    IdeaTale(
        13,
        "SBF-BL",
        S.PREPARING,
        "Kunder ringer för att fråga hur långt deras ärende har kommit. Samtalen tar en halv dag i"
        " veckan.",
        "De som söker bygglov",
        "Skicka ett kort besked varje gång ärendet går vidare.",
    ),
    IdeaTale(
        36,
        "SBF-GP",
        S.READY,
        "Skadegörelsen i Stadsparken ökar på hösten när det är mörkt. Vi lagar samma bänkar om och om"
        " igen.",
        "Alla som går genom parken på kvällen",
        "Bättre ljus vid scenen, och kvällsvandring tillsammans med föreningarna.",
        kpi="U07452",
        plan=Preparation(
            "Ljus och liv i Stadsparken",
            (
                material(26_000, "Sex lampor på de stolpar som finns"),
                other(8_000, "El och montering"),
                staff(16, "Kvällsvandringar, oktober och november"),
            ),
            "Färre lagningar. Vi har räknat dem i två år.",
            "Parklaget, polisen och två föreningar",
        ),
    ),
    IdeaTale(
        340,
        "SBF-MS",
        S.WAITING,
        "Köken lagar specialkost var för sig. Ett gemensamt specialkök vore säkrare.",
        "Barn och äldre med allergi",
        "Samla specialkosten i ett kök.",
        why="Förslaget är genomarbetat. Det nya köket i norr står klart nästa höst, och då blir frågan"
        " en annan. Vi sparar beräkningen och hör av oss.",
        plan=Preparation(
            "Ett kök för specialkost",
            (
                premises(22_000, "Anpassa beredningen"),
                staff(40, "Gemensam planering"),
                material(14_000, "Märkta kantiner"),
            ),
            "Inga felserveringar.",
            "Kockarna i fem kök",
        ),
    ),
    IdeaTale(
        440,
        "KL-EK",
        S.REJECTED,
        "Fakturor utan referens ligger i veckor. Leverantörer påminner, och vi betalar avgifter.",
        "Leverantörer och ekonomer",
        "Anlita en konsult som går igenom flödet.",
        why="Vi ser problemet tydligt i era siffror, men tror att ni själva är bäst på att lösa det. Börja"
        " gärna med att skicka tillbaka fakturor utan referens; utvecklingsledaren hjälper er.",
        plan=Preparation(
            "Fakturor med referens",
            (other(45_000, "Konsult, fyra dagar"),),
            "Halverat antal påminnelser.",
            "Ekonomerna",
        ),
    ),
    IdeaTale(
        95,
        "KL-HR",
        S.DIRECT,
        "Rekryterande chefer frågar efter samma mallar varje vecka.",
        "Chefer som rekryterar",
        "Lägg de fem vanligaste mallarna överst på intranätet.",
        why="Ja! Det kräver inga pengar, bara en eftermiddag. Säg till när de ligger uppe.",
    ),
    IdeaTale(
        180,
        "SBF-MS",
        S.DIRECT,
        "Barnen vet inte vad grytorna innehåller och tar för säkerhets skull nästan ingenting.",
        "Elever i lågstadiet",
        "En skylt med bild och smakprov vid varje rätt.",
        why="Toppen, pröva redan i morgon.",
    ),
    IdeaTale(
        560,
        "KL-HR",
        S.WITHDRAWN,
        "Sjukfrånvaron bland unga medarbetare ökar, och vi vet inte varför.",
        "Medarbetare under 30 år",
        "Intervjua tjugo av dem.",
        kpi="N00092",
    ),
)
