import { stopWords } from '../text/stop-words.ts'
import { stem } from '../text/stems.ts'
import { readNumber } from '../text/number-words.ts'

/** A number of a sentence with what it counts: `40 homes`, `$3 million`, `12 percent`. */
export interface OpenCount {
  /** The counted noun under its stem, `money $` or `percent`. */
  readonly kind: string
  /** As it is written. */
  readonly word: string
  readonly value: number
}

/** Nouns that are counted in every sentence and say nothing of what differs. */
const VAGUE =
  /^(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|times?|people|persons?|men|women|others?|miles?|metres?|meters?|feet|foot|inches|kilomet\p{L}+|points?|things?|ways?|parts?|jahren?|monaten?|wochen|tagen?|stunden|minuten|menschen|mal|ans?|années|mois|semaines|jours|heures|personnes|fois|años|meses|semanas|días|horas|personas|veces|anni|mesi|settimane|giorni|ore|persone|volte|anos|dias|pessoas|vezes|million\p{L}*|billion\p{L}*|thousand|hundred|percent|prozent|euros?|dollars?|am|pm|uhr|jan\p{L}*|feb\p{L}*|march|april|june|july|aug\p{L}*|sept\p{L}*|oct\p{L}*|nov\p{L}*|dec\p{L}*)$/iu
const SCALES: Readonly<Record<string, number>> = {
  ...{
    thousand: 1e3,
    k: 1e3,
    million: 1e6,
    millions: 1e6,
    m: 1e6,
    mn: 1e6,
    millionen: 1e6,
    mio: 1e6,
    millones: 1e6,
    milioni: 1e6,
    milhões: 1e6,
  },
  ...{ billion: 1e9, bn: 1e9, b: 1e9, milliarden: 1e9, mrd: 1e9, milliards: 1e9, miliardi: 1e9 },
}
const MONEY = /([$€£¥])\s?(\d[\d.,]*\d|\d)(?:[\s-]?(\p{L}+))?/gu
const PERCENT =
  /(?<![\d.,$€£-])(\d+(?:[.,]\d+)?)\s?(?:%|percent\b|per cent\b|prozent\b|pour cent\b|por ciento\b|per cento\b|por cento\b)/giu
/** The noun is looked at ahead, so that each word is tried as a number. */
const NUMBER_NOUN =
  /(?<![\p{L}\d.,$€£:/-])(?<![\d$€£]\s)(\d+(?:[.,]\d{3})*|\p{L}+)(?=\s((?:\p{L}[\p{L}\p{M}-]*\s){0,2}?)(\p{L}[\p{L}\p{M}]{2,}s)(?!\p{L}))/gu
/** Of one sentence. */
const MAX_COUNTS = 8

/** The numbers of a sentence with what they count; no dates, ages, spans of time or numbers of people in general. Linear in the text. */
export function openCounts(text: string, lang: string | null): OpenCount[] {
  const found: OpenCount[] = []
  for (const [word, sign = '', figure = '', scale = ''] of text.matchAll(MONEY)) {
    const value = readNumber(figure.replace(/[.,]$/u, ''), lang)
    if (value !== null)
      found.push({
        kind: `money ${sign}`,
        word: word.replace(/[\d.,]+/u, '').trim(),
        value: value * (SCALES[scale.toLowerCase()] ?? 1),
      })
  }
  for (const [, figure = ''] of text.matchAll(PERCENT)) {
    const value = readNumber(figure, lang)
    if (value !== null) found.push({ kind: 'percent', word: '%', value })
  }
  return [...found, ...nounCounts(text, lang)].slice(0, MAX_COUNTS)
}

/** Languages whose counted noun stands behind its number and shows its plural. */
const NOUN_LANGUAGES = new Set('en fr es pt'.split(' '))

function nounCounts(text: string, lang: string | null): OpenCount[] {
  if (lang === null || !NOUN_LANGUAGES.has(lang)) return []
  const stops = stopWords(lang)
  const found: OpenCount[] = []
  for (const [, figure = '', between = '', noun = ''] of text.matchAll(NUMBER_NOUN)) {
    const value = readNumber(figure, lang)
    const isPlain =
      between === '' ||
      between
        .trim()
        .split(' ')
        .every((word) => !stops.has(word.toLowerCase()))
    if (value === null || (value >= 1800 && value < 2100 && !figure.includes(',')) || !isPlain) continue
    if (!/^\p{Ll}.*s$/u.test(noun) || VAGUE.test(noun) || stops.has(noun)) continue
    found.push({ kind: `count ${stem(noun, lang)}`, word: noun, value })
  }
  return found
}
