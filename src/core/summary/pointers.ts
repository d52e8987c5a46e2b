import { definiteMentions, type DefiniteMention } from './definite-mentions.ts'
import { bridgesOf, isCounted, isNamedPerson, isVerb, isVerbal } from './first-mentions.ts'
import { peopleIn, personKey } from './people.ts'
import { formOf } from './tokens.ts'

/** Words of a sentence that speak of something as if it was said before. */
export interface Pointer {
  /** Stems of which one brings the thing up. */
  readonly stems: readonly string[]
  /** A description that begins with `the`: whether it points at anything, its noun says (`isFirstMention`). Others always do. */
  readonly mention?: DefiniteMention
}

/**
 * What a sentence points at that it does not say itself, in order: `the bill`, `this plan`, `cette décision`.
 *
 * Descriptions with an article are judged in English only. None where the language has no rules. Linear in the text.
 */
export function pointersIn(text: string, lang: string | null): Pointer[] {
  if (lang === 'en') return [...descriptions(text), ...englishPointers(text)]
  const rules = lang === null ? undefined : POINTING[lang]
  if (lang === null || rules === undefined) return []
  return [...text.matchAll(rules.pattern)].flatMap(({ index, 1: word = '' }) =>
    rules.pointless.test(word) ? [] : pointerAt(text, index, stemOf(word, lang), lang),
  )
}

/** The stems of a text, as a story counts words. */
export function stemsOf(text: string, lang: string | null): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((word) => formOf(word, lang))
}

function stemOf(word: string, lang: string): string {
  return /^\d+/u.exec(word)?.[0] ?? formOf(word.toLowerCase(), lang)
}

/** The pointer of a noun at a place, unless the text before it says the thing. */
function pointerAt(text: string, index: number, stem: string, lang: string): Pointer[] {
  const stems = lang === 'en' ? [stem, ...bridgesOf(stem)] : [stem]
  return isSaid(text.slice(0, index), stems, lang) ? [] : [{ stems }]
}

function isSaid(before: string, stems: readonly string[], lang: string): boolean {
  const said = [...stemsOf(before, lang), ...(lang === 'en' ? peopleIn(before) : [])]
  return stems.some((stem) => said.includes(stem) && saysThing(before, stem, lang))
}

/** Whether a text that has a stem has its noun: `a new report`, not `police reported`. */
export function saysThing(text: string, stem: string, lang: string | null): boolean {
  if (lang !== 'en' || !isVerbal(stem)) return true
  return [...text.matchAll(NOUN_PHRASE)].some(
    ([, word = '']) => formOf(word.toLowerCase(), 'en') === stem && !/(?:ed|ing)$/u.test(word),
  )
}

/** A word with an article or the like at most two words before it. */
const NOUN_PHRASE =
  /(?<=\b(?:an?|the|this|that|these|his|her|its|their|our|new|recent|of|several|many|some|two|three|[\p{L}]+['’]s)\s(?:[\p{L}-]+\s){0,2})(\p{Ll}+)/giu

function descriptions(text: string): Pointer[] {
  return definiteMentions(text, isVerb).flatMap((mention) => {
    const { noun, word, names = [], start } = mention
    const person = mention.form === 'placed' ? undefined : personKey(word)
    const stems =
      person !== undefined ? [person] : /^\d/u.test(word) ? [stemOf(word, 'en')] : [noun, ...bridgesOf(noun)]
    const owners = names.map((name) => formOf(name.toLowerCase(), 'en'))
    const all = isNamedPerson(mention) ? owners : [...stems, ...owners]
    return isSaid(text.slice(0, start), all, 'en') ? [] : [{ stems: all, mention }]
  })
}

/** `this plan`, `such a move`, `another victim`, `the other car`, `a second bomb`, `that decision was`. */
const ENGLISH =
  /\b([Tt]his|[Tt]hese|[Tt]hose|[Ss]uch\san?|[Ss]uch|[Aa]nother|[Tt]he\sother|[Bb]oth|[Aa]\s(?:second|third|fourth|fifth)|[Tt]hat)\s(\p{Ll}[\p{Ll}-]+)(?=([’']s\s\p{L}|\s\p{L}+|[^\p{L}]))/gu
/** `this week`, `those who`, `such as`, `another 20`: point at nothing that was said. */
const POINTLESS =
  /^(?:week|weekend|month|year|morning|afternoon|evening|season|summer|fall|autumn|spring|winter|decade|century|quarter|time|day|night|point|one|two|kind|type|sort|way|who|whose|that|which|in|on|at|of|with|from|to|for|as|is|was|are|were|has|had|have|would|will|could|should|can|may|might|involved|not|and|or|but|by|being|about|under|over|also|responsible|affected|present|near|side|hand|word|thing|term|than|because|when|if|the|a|an|it|he|she|they|we|you|i)s?$/u
/** What stands behind a noun, rather than behind a word before one. */
const GOES_ON =
  /^(?:[’']s\s\p{L}|[^\p{L}\s]|\s(?:is|was|are|were|has|had|have|will|would|could|should|can|may|might|did|does|in|on|at|of|to|for|from|by|with|and|or|but|as|after|before|last|this|said|\p{Ll}+ed)$)/u
/** `both outlets`; `both sides` are known of themselves. */
const BOTH_OF =
  /^(?!sides|parties|chambers|houses|countries|nations|cases|ways|directions|legs|arms|hands|feet|counts|ends|sexes|genders|teams)\p{L}+s$/u
/** Before a conjunction stands no such word: `stepped aside from that inquiry`. */
const BEFORE_POINTER =
  /\b(?:from|of|at|for|with|by|about|to|into|over|on|after|before|during|under|since|until|near|purchasing|buying|using|making|firing|taking|leaving|joining|selling|losing|winning|getting|visiting|meeting|watching|reading|building|carrying|driving)\s$/u
const MAX_BEFORE_CHARS = 11
/** `a second term`: the first one is known of itself. */
const COUNTED_ON =
  /^(?:terms?|time|days?|straight|consecutive|year|week|round|quarter|half|place|chance|look|opinion|season|child|goal|period|inning|grade|degree|generation|person|party|option|home|amendment)$/u
/** `the silver Oduya`: a car that was seen before, under its make. */
const COLOURED =
  /\b[Tt]he\s(?:silver|black|white|red|blue|green|gr[ae]y|dark|gold|yellow|orange|brown)\s(\p{Lu}\p{Ll}+)/gu

/** `despite Quill’s response`: it must be told, if only by its verb. */
const ANSWERS =
  /(?<=\p{Lu}[\p{L}.-]*)(?:[’']s|s[’'])\s(respon|apolog|repl|expla)(?:ses?|y|ies|nations?)\b(?!\s(?:to|that|on|about|for|of|tour)\b)/gu
const ANSWERED: Readonly<Record<string, readonly string[]>> = {
  respon: ['respons', 'respond', 'repli', 'react', 'answer'],
  apolog: ['apolog', 'sorri'],
  repl: ['repli', 'respons', 'respond', 'answer'],
  expla: ['explan', 'explain'],
}
/** `a spokeswoman for the hospital`: one that was spoken of. */
const SPEAKS_FOR =
  /\bspokes\p{L}+\sfor\sthe\s(hospital|school|company|university|district|club|airline|team|store|church|firm|zoo|museum|factory|plant|union)\b/gu
/** `The move comes as …`, `Quill’s order followed …`, `The remarks were made …`: what came was told right before. */
const CAME =
  /^(?:The|His|Her|Their|Its|(?:M(?:r|rs|s)\.?\s)?\p{Lu}[\p{L}-]+(?:[’']s|s[’']))\s(?:\p{Ll}[\p{Ll}-]*\s)?(work|moves?|decision|announcement|vote|comments?|remarks?|statements?|news|reports?|revelations?|disclosures?|orders?|actions?|ruling|visit|meeting|tweets?|speech|letter|testimony|interview|warning|threats?|proposal|claims?|findings?|success|successes)\s(?:comes?|came|follows?|followed|(?:was|were)\s(?:made|announced|released|published|issued|delivered)(?!\sby\b)|(?:was|were|is)\s(?:an?|in)\s(?:response|reaction|reply|answer|reference))\s/u
function englishPointers(text: string): Pointer[] {
  const found: Pointer[] = []
  for (const { index, 1: sign = '', 2: word = '', 3: behind = '' } of text.matchAll(ENGLISH)) {
    if (POINTLESS.test(word) || isVerb(word)) continue
    if (/^both$/iu.test(sign) && (!BOTH_OF.test(word) || /^\sand$/u.test(behind))) continue
    const isFixed = BEFORE_POINTER.test(text.slice(Math.max(0, index - MAX_BEFORE_CHARS), index))
    if (/^that$/iu.test(sign) && !isFixed && !(isCounted(word) && GOES_ON.test(behind))) continue
    if (/(?:second|third|fourth|fifth)$/u.test(sign) && COUNTED_ON.test(word)) continue
    found.push(...pointerAt(text, index, formOf(word, 'en'), 'en'))
  }
  for (const { index, 1: kind = '' } of text.matchAll(ANSWERS)) {
    const stems = ANSWERED[kind] ?? []
    if (!isSaid(text.slice(0, index), stems, 'en')) found.push({ stems })
  }
  for (const { index, 1: place = '' } of text.matchAll(SPEAKS_FOR))
    found.push(...pointerAt(text, index, formOf(place, 'en'), 'en'))
  const [, came] = CAME.exec(text) ?? []
  if (came !== undefined) found.push({ stems: [formOf(came, 'en')] })
  for (const { index, 1: make = '' } of text.matchAll(COLOURED))
    found.push(...pointerAt(text, index, formOf(make.toLowerCase(), 'en'), 'en'))
  return found
}

interface PointingRules {
  /** Its first group is the noun, or an age. */
  readonly pattern: RegExp
  /** Nouns that point at nothing: `diese Woche`. */
  readonly pointless: RegExp
}

function pointing(words: string, noun: string, pointless: string): PointingRules {
  const either = words
    .trim()
    .split(/\s+/u)
    .map(
      (word) => `[${word.charAt(0)}${word.charAt(0).toUpperCase()}]${word.slice(1).replaceAll('_', '\\s')}`,
    )
    .join('|')
  return {
    pattern: new RegExp(`(?<![\\p{L}\\p{M}’'-])(?:${either})\\s(${noun})(?![\\p{L}\\p{M}])`, 'gu'),
    pointless: new RegExp(`^(?:${pointless.trim().split(/\s+/u).join('|')})$`, 'iu'),
  }
}

const LOWER = '(?!\\p{Lu})\\p{L}[\\p{L}\\p{M}-]+'

/** Demonstratives, `the two`, and ages as nouns, by language; those whose words are not also something else. */
const POINTING: Readonly<Record<string, PointingRules>> = {
  de: pointing(
    'dieser diese dieses diesen diesem jener jene jenes jenen jenem solche solcher solchen die_beiden den_beiden der_beiden der(?=_\\d) die(?=_\\d) den(?=_\\d) dem(?=_\\d)',
    '(?=[\\p{Lu}\\d])(?:\\d+-)?\\p{L}[\\p{L}\\p{M}-]+',
    'Wochen? Wochenendes? Jahr Jahre Jahres Jahren Monats? Monate Monaten Tag Tage Tages Tagen Sommers? Winters? Herbst Frühjahr Frühling Saison Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Abend Morgen Nachmittag Mal Male Art Zeit Welt Land Länder Ländern Staaten Seiten',
  ),
  fr: pointing(
    'ce cet cette ces les_deux',
    LOWER,
    'qui que dont sont est sera serait fut était étaient semaine semaines année années mois jour jours matin soir nuit après-midi week-end été hiver automne printemps saison siècle fois lundi mardi mercredi jeudi vendredi samedi dimanche type genre point soit derniers dernières premiers pays camps côtés parties États',
  ),
  es: pointing(
    'este(?!_de) esta estos estas ese esa esos esas aquel aquella aquellos aquellas dicho dicha dichos dichas los_dos las_dos ambos ambas',
    LOWER,
    'semana semanas año años mes meses día días noche mañana tarde madrugada verano invierno otoño primavera temporada siglo vez momento fin lunes martes miércoles jueves viernes sábado domingo tipo clase que de del es era fue ha en por a países partes lados',
  ),
  it: pointing(
    'questo questa questi queste quel quella quei quegli quelle i_due le_due',
    LOWER,
    'settimana settimane anno anni mese mesi giorno giorni notte mattina mattino pomeriggio sera stagione estate inverno autunno primavera secolo volta momento punto tipo genere fine lunedì martedì mercoledì giovedì venerdì sabato domenica che di del della dei delle è era ha in a per paesi parti lati',
  ),
  pt: pointing(
    'este esta estes estas esse essa esses essas aquele aquela aqueles aquelas deste desta destes destas desse dessa desses dessas daquele daquela nesse nessa naquele naquela os_dois as_duas',
    LOWER,
    'semana semanas ano anos mês meses dia dias noite manhã tarde madrugada verão inverno outono primavera temporada século vez momento fim segunda terça quarta quinta sexta segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo tipo que de é era foi em por a países partes lados',
  ),
  ru: pointing(
    'этот эту эти этих этим этими этой тот_же та_же те_же оба обе',
    LOWER,
    'год года году годы лет неделя неделю неделе недели месяц месяца месяце день дня дни раз утро утром вечер вечером ночь ночью время времени лето зиму весну осень сезон сезона стороны страны',
  ),
}
