/** What news counts and sources differ about, by language: a word of the text shows which kind of count a number is. */
export interface CountedThing {
  readonly kind: string
  /** The whole word, lower-case. */
  readonly pattern: RegExp
}

/** The counted things of a language (ISO 639-1); none for a language without a list. */
export function countedThings(lang: string | null): readonly CountedThing[] {
  return (lang === null ? undefined : THINGS[lang]) ?? []
}

/** Words that may stand between a count and the thing before it (`killed at least about 12`). */
export const QUALIFIER =
  /^(?:at|least|about|some|around|more|than|up|to|nearly|almost|as|many|an?|estimated|over|the|close|only|fewer|mindestens|rund|etwa|über|mehr|als|fast|knapp|bis|zu|au|moins|environ|plus|de|près|quelque|al|menos|unas?|unos|cerca|más|casi|almeno|circa|oltre|più|di|quasi|pelo|ao|mais|не|менее|около|более|почти|до|порядка)$/iu

/** After such a word a number counts a part, not the whole (`12 people, including 3 children`). */
export const PART =
  /^(?:including|among|darunter|dont|parmi|entre|incluidos|incluidas|tra|cui|incluindo|включая|числе|whom|them)$/iu

function things(lists: Readonly<Record<string, string>>): CountedThing[] {
  return Object.entries(lists).map(([kind, words]) => ({ kind, pattern: new RegExp(`^(?:${words})$`, 'u') }))
}

const THINGS: Readonly<Record<string, readonly CountedThing[]>> = {
  en: things({
    killed: 'killed|kills|killing|dead|died|dies|deaths|fatalities|slain|toll',
    injured: 'injured|injures|injuring|wounded|wounding|wounds|hurt|injuries',
    missing: 'missing|unaccounted',
    arrested: 'arrested|arrests|arresting|detained|detaining',
    evacuated: 'evacuated|displaced|homeless|evacuating',
    magnitude: 'magnitude',
  }),
  de: things({
    killed: 'getötet|getötete|tote|toten|todesopfer|starben|gestorben|tot|umgekommen',
    injured: 'verletzt|verletzte|verletzten|schwerverletzte',
    missing: 'vermisst|vermisste|vermissten',
    arrested: 'festgenommen|verhaftet|festnahmen',
    evacuated: 'evakuiert|obdachlos',
    magnitude: 'stärke|magnitude',
  }),
  fr: things({
    killed: 'morts?|tués?|tuées?|décès|tué|tuant',
    injured: 'blessés?|blessées?|blessant',
    missing: 'disparus?|disparues?',
    arrested: 'arrêtées?|arrêtés?|interpellées?|interpellés?|arrestations?',
    evacuated: 'évacuées?|évacués?',
    magnitude: 'magnitude',
  }),
  es: things({
    killed: 'muertos?|muertas?|fallecidos?|murieron|mató|mataron|asesinados?',
    injured: 'heridos?|heridas?|lesionados?',
    missing: 'desaparecidos?|desaparecidas?',
    arrested: 'detenidos?|detenidas?|arrestados?',
    evacuated: 'evacuados?|evacuadas?|desplazados?',
    magnitude: 'magnitud',
  }),
  it: things({
    killed: 'morti|morte|uccisi|uccise|vittime|decessi',
    injured: 'feriti|ferite',
    missing: 'dispersi|disperse',
    arrested: 'arrestati|arrestate|arresti|fermati',
    evacuated: 'evacuati|evacuate|sfollati',
    magnitude: 'magnitudo',
  }),
  pt: things({
    killed: 'mortos?|mortas?|morreram|mortes|matou|mataram',
    injured: 'feridos?|feridas?',
    missing: 'desaparecidos?|desaparecidas?',
    arrested: 'detidos?|detidas?|presos?|presas?',
    evacuated: 'evacuados?|retirados?|desalojados?',
    magnitude: 'magnitude',
  }),
  ru: things({
    killed: 'погибли|погибших|погибло|погиб|убиты|убито|жертвами|жертв|умерли',
    injured: 'ранены|ранено|раненых|пострадали|пострадавших|пострадало',
    missing: 'пропали|пропавших|пропавшими',
    arrested: 'задержаны|задержано|арестованы|арестовано',
    evacuated: 'эвакуированы|эвакуировано',
    magnitude: 'магнитудой|магнитуда|магнитуды',
  }),
}
