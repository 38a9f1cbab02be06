import { issueWords } from './issues-en.ts';

export const issuesNl = issueWords({
  REQUIRED_VALUE_MISSING: {
    title: 'Een verplichte waarde ontbreekt',
    says: '{column} heeft geen bruikbare waarde.',
    cure: 'Vul de cel in.',
  },
  RECORD_INCOMPLETE: {
    title: 'Onvolledig',
    says: 'Ontbreekt: {columns}.',
    cure: 'Ze wordt gemarkeerd als onvolledig. Vul de cel in, of doe het later in het CRM.',
  },
  RECORD_MALFORMED: {
    title: 'Een rij kan niet worden gelezen',
    says: 'Deze rij kan niet worden gelezen: {reason}.',
    cure: 'Verbeter deze plaats van het bestand. De rijen ervoor en erna zijn gelezen.',
  },
  RECORD_UNREADABLE: {
    title: 'Een rij kan niet worden gelezen',
    says: 'Op de plaats van een rij staat {value}.',
    cure: 'Kijk op deze plaats van het bestand.',
  },
  DUPLICATE_ID: {
    title: 'Twee rijen hebben hetzelfde nummer',
    says: 'Een andere rij heeft hetzelfde nummer in de bron.',
    cure: 'De laatste wordt geïmporteerd. Ga na welke juist is.',
  },
  DUPLICATE_ROW: {
    title: 'Hoort bij een andere rij',
    says: 'Een andere rij staat voor dezelfde persoon of zaak.',
    cure: 'Ze is er één keer; er hoeft niets te gebeuren.',
  },
  REFUSED_BY_DATABASE: {
    title: 'De database weigert de rij',
    says: 'De database weigert de rij: {reason}.',
    cure: 'Meld het alstublieft: dit had eerder gevonden moeten worden.',
  },
  ENCODING_UNCERTAIN: {
    title: 'De codering moest worden geraden',
    says: 'De codering moest worden geraden: {encoding}.',
    cure: 'Zien woorden met accenten er verkeerd uit, kies dan een andere bij “Lezen”.',
  },
  DELIMITER_UNCERTAIN: {
    title: 'Verschillende tekens kunnen de cellen scheiden',
    says: 'Verschillende tekens kunnen de cellen scheiden; {value} is genomen.',
    cure: 'Bekijk de eerste rijen bij “Lezen”.',
  },
  HEADER_REPEATED: {
    title: 'Twee kolommen heten hetzelfde',
    says: 'De kolom “{value}” is er meer dan eens.',
    cure: 'De volgende hebben een nummer achter hun naam.',
  },
  ROW_TOO_SHORT: {
    title: 'De rij heeft te weinig cellen',
    says: 'De rij heeft {cells} cellen, de kop {columns}.',
    cure: 'De cellen die er niet zijn blijven leeg. Ga na of geen regeleinde de rij doorsnijdt.',
  },
  ROW_TOO_LONG: {
    title: 'De rij heeft te veel cellen',
    says: 'De rij heeft {cells} cellen, de kop {columns}.',
    cure: 'Wat voorbij de kop staat blijft bewaard. Ga na of een cel met een komma aanhalingstekens heeft.',
  },
  ROWS_EMPTY: {
    title: 'Lege rijen',
    says: '{rows} rijen zijn leeg.',
    cure: 'Ze worden niet geïmporteerd; er hoeft niets te gebeuren.',
  },
  COLUMN_DATES_AMBIGUOUS: {
    title: 'Datums die op twee manieren te lezen zijn',
    says: 'Elke datum van de kolom is op meer manieren te lezen, zoals {value}.',
    cure: 'Zeg bij “Kolommen” hoe ze geschreven zijn. Tot dan blijven ze leeg, en de originelen bewaard.',
  },
  COLUMN_DATES_CONTRADICT: {
    title: 'Datums op twee manieren geschreven',
    says: 'Sommige datums zijn geschreven als {value}, andere als {other}.',
    cure: 'Verbeter de afwijkende, of zeg bij “Kolommen” hoe ze geschreven zijn.',
  },
  COLUMN_DATES_BORROWED: {
    title: 'Datums gelezen als die van een andere kolom',
    says: 'Niets in de kolom beslist hoe {value} wordt gelezen; het wordt gelezen als “{column}”.',
    cure: 'Is dat verkeerd, zeg het dan bij “Kolommen”.',
  },
  COLUMN_NUMBERS_AMBIGUOUS: {
    title: 'Getallen die op twee manieren te lezen zijn',
    says: 'Elk getal van de kolom is op meer manieren te lezen, zoals {value}.',
    cure: 'Zeg bij “Kolommen” hoe ze geschreven zijn. Tot dan blijven ze leeg, en de originelen bewaard.',
  },
  COLUMN_NUMBERS_CONTRADICT: {
    title: 'Getallen op twee manieren geschreven',
    says: 'Sommige getallen zijn geschreven als {value}, andere als {other}.',
    cure: 'Verbeter de afwijkende, of zeg bij “Kolommen” hoe ze geschreven zijn.',
  },
  COLUMN_NOT_MAPPED: {
    title: 'Een kolom heeft geen veld',
    says: 'De kolom heeft geen veld.',
    cure: 'Wat erin staat blijft bij elke rij bewaard. Geef haar een veld bij “Kolommen”, als dat er is.',
  },
  VALUE_NOT_A_NUMBER: {
    title: 'Geen getal',
    says: '“{value}” is geen getal.',
    cure: 'Het veld blijft leeg en het origineel bewaard. Verbeter de cel.',
  },
  VALUE_PARTLY_A_NUMBER: {
    title: 'Een getal met tekst erachter',
    says: '“{value}” begint met een getal en gaat verder met tekst.',
    cure: 'Het getal wordt genomen. Ga na of het klopt.',
  },
  VALUE_AMBIGUOUS_NUMBER: {
    title: 'Een getal dat op twee manieren te lezen is',
    says: '“{value}” is als twee verschillende getallen te lezen.',
    cure: 'Het origineel blijft bewaard. Verbeter de cel, of zeg bij “Kolommen” hoe getallen geschreven zijn.',
  },
  VALUE_OUT_OF_RANGE: {
    title: 'Een getal buiten bereik',
    says: '“{value}” is meer of minder dan het veld kan bevatten.',
    cure: 'Het veld blijft leeg en het origineel bewaard. Verbeter de cel.',
  },
  VALUE_NOT_A_DATE: {
    title: 'Geen datum',
    says: '“{value}” is geen datum.',
    cure: 'Het veld blijft leeg en het origineel bewaard. Verbeter de cel, bijvoorbeeld 31/12/2025.',
  },
  VALUE_AMBIGUOUS_DATE: {
    title: 'Een datum die op twee manieren te lezen is',
    says: '“{value}” is als twee verschillende datums te lezen.',
    cure: 'Het origineel blijft bewaard. Verbeter de cel, of zeg bij “Kolommen” hoe datums geschreven zijn.',
  },
  VALUE_NOT_A_BOOLEAN: {
    title: 'Geen ja en geen nee',
    says: '“{value}” betekent ja noch nee.',
    cure: 'Het veld blijft leeg en het origineel bewaard. Verbeter de cel.',
  },
  VALUE_NOT_IN_TABLE: {
    title: 'Het CRM kent deze waarde niet',
    says: 'Het CRM heeft geen “{value}” in deze lijst.',
    cure: 'Het origineel blijft bewaard. Zeg bij “Waarden” wat het betekent, of verbeter de cel.',
  },
  VALUE_NOT_FOR_COLUMN: {
    title: 'De waarde past niet in het veld',
    says: '“{value}” past niet in het veld.',
    cure: 'Het veld blijft leeg en het origineel bewaard. Verbeter de cel.',
  },
  VALUE_TOO_LONG: {
    title: 'Te lang',
    says: 'De tekst is langer dan het veld mag zijn ({max} tekens).',
    cure: 'Het origineel blijft bewaard. Kort het in.',
  },
  NUMBER_SHORTENED: {
    title: 'Een rekenblad heeft cijfers weggelaten',
    says: '“{value}” is een lang getal in de korte vorm van rekenbladen: de laatste cijfers zijn weg.',
    cure: 'Geef de kolom het formaat tekst en exporteer opnieuw, of verbeter de cel.',
  },
  SPREADSHEET_ERROR: {
    title: 'Een formule mislukte',
    says: '“{value}” is wat een rekenblad toont waar een formule mislukt.',
    cure: 'Het veld blijft leeg. Verbeter de cel.',
  },
  DATE_AS_NUMBER: {
    title: 'Een getal in plaats van een datum',
    says: '“{value}” is het getal dat een rekenblad voor een datum heeft.',
    cure: 'Geef de kolom het formaat datum en exporteer opnieuw, of verbeter de cel.',
  },
  LEADING_ZERO_LOST: {
    title: 'Een voorloopnul ging verloren',
    says: '“{value}” heeft de nul ervoor verloren.',
    cure: 'De nul wordt teruggezet; er hoeft niets te gebeuren.',
  },
  EMAIL_INVALID: {
    title: 'Geen e-mailadres',
    says: '“{value}” is geen e-mailadres.',
    cure: 'Het origineel blijft bewaard. Verbeter de cel.',
  },
  PHONE_INVALID: {
    title: 'Geen telefoonnummer',
    says: '“{value}” is geen telefoonnummer.',
    cure: 'Het blijft bewaard zoals het geschreven is. Verbeter de cel, bijvoorbeeld +34 612 345 678.',
  },
  PHONE_WRITTEN_AS_NUMBER: {
    title: 'Een telefoonnummer zonder nul',
    says: '“{value}” is als getal geschreven; een voorloopnul kan ontbreken.',
    cure: 'Controleer het nummer.',
  },
  URL_INVALID: {
    title: 'Geen webadres',
    says: '“{value}” is geen webadres.',
    cure: 'Het veld blijft leeg en het origineel bewaard. Verbeter de cel.',
  },
  URL_REPAIRED: {
    title: 'Een webadres is hersteld',
    says: 'Het webadres “{value}” had spaties of geen begin, en is hersteld.',
    cure: 'Er hoeft niets te gebeuren.',
  },
  LANGUAGE_UNKNOWN: {
    title: 'Een onbekende taal',
    says: '“{value}” is geen code van een taal.',
    cure: 'Het origineel blijft bewaard. Schrijf en, es, nl …',
  },
  NAME_WITH_DIGITS: {
    title: 'Een naam met cijfers',
    says: 'De naam “{value}” bevat cijfers.',
    cure: 'Ze wordt zo overgenomen. Verbeter de cel als het een vergissing is.',
  },
  MINIMUM_ABOVE_MAXIMUM: {
    title: 'Een minimum boven het maximum',
    says: 'Het minimum ({minimum}) is groter dan het maximum ({maximum}).',
    cure: 'Beide worden zo overgenomen. Ga na welk juist is.',
  },
  TEXT_REPAIRED: {
    title: 'Gebroken letters zijn hersteld',
    says: 'De tekst had gebroken letters (zoals “Ã±” in plaats van “ñ”), en is hersteld.',
    cure: 'Er hoeft niets te gebeuren.',
  },
  PARENT_MISSING: {
    title: 'Verwijst naar iets wat er niet is',
    says: 'Ze verwijst naar “{value}”, dat er niet is.',
    cure: 'De verwijzing blijft bij de rij bewaard. Verbeter de cel, of koppel het in het CRM.',
  },
  PARENT_NOT_IMPORTED: {
    title: 'Verwijst naar iets wat niet binnenkomt',
    says: 'Ze verwijst naar “{value}”, dat niet binnenkomt.',
    cure: 'Verbeter eerst die rij.',
  },
  LINK_AMBIGUOUS: {
    title: 'Kan naar meer rijen verwijzen',
    says: 'Meer rijen van het CRM hebben “{value}”.',
    cure: 'Ze wordt met geen ervan verbonden. Verbind de juiste in het CRM.',
  },
  USER_PLACEHOLDER: {
    title: 'Een makelaar die het CRM niet kent',
    says: 'Het CRM heeft geen makelaar “{value}”.',
    cure: 'Er komt een voorlopige binnen, zonder toegang. Kies de makelaar bij “Waarden”, of nodig hem uit.',
  },
  REFERENCE_TAKEN: {
    title: 'De waarde is bezet',
    says: 'Een andere rij heeft al “{value}”, dat uniek moet zijn.',
    cure: 'Het veld blijft leeg en het origineel bewaard. Beslis welke van de twee het houdt.',
  },
  VALUE_KEPT: {
    title: 'Het CRM houdt zijn waarde',
    says: 'Het CRM houdt “{value}”.',
    cure: 'Er hoeft niets te gebeuren.',
  },
  MATCH_AMBIGUOUS: {
    title: 'Meer rijen van het CRM komen overeen',
    says: '{rows} rijen van het CRM komen overeen; geen is gekozen.',
    cure: 'Voeg ze in het CRM samen waar ze één zijn.',
  },
  MATCH_REFUSED: {
    title: 'Zelfde e-mail of telefoon, andere naam',
    says: 'Een rij van het CRM heeft “{value}”, maar een andere naam.',
    cure: 'Ze komt als eigen rij binnen. Voeg ze in het CRM samen waar ze één zijn.',
  },
  MATCH_LINKED: {
    title: 'Al in het CRM, en blijft zoals ze is',
    says: 'Een rij van het CRM staat al voor deze, en blijft zoals ze is.',
    cure: 'Er hoeft niets te gebeuren.',
  },
  MATCH_SKIPPED: {
    title: 'Al in het CRM, en overgeslagen',
    says: 'Een rij van het CRM staat al voor deze.',
    cure: 'Er hoeft niets te gebeuren.',
  },
});
