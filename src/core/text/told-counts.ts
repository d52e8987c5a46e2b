import { countedThings, PART, QUALIFIER, type CountedThing } from './counted-things.ts'
import { readNumber } from './number-words.ts'

/** A number of a text and what it counts. */
export interface ToldCount {
  /** Which of the counted things. */
  readonly kind: string
  /** The word of the text that shows it, lower-case. */
  readonly word: string
  readonly value: number
}

/** Words between a number and what it counts. */
const MAX_GAP_WORDS = 5

const TOKEN = /\d+(?:[.,\u00a0\u202f']\d+)*|[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*|[.;:–—(]/gu

/**
 * The counts that a text tells of the dead, hurt and the like: `12 people were killed`, `killing at least 12`. Empty for a language
 * without a list of {@link countedThings}. Linear in the text.
 */
export function toldCounts(text: string, lang: string | null): ToldCount[] {
  const things = countedThings(lang)
  if (things.length === 0) return []
  const tokens = [...text.matchAll(TOKEN)].map(({ 0: word, index }) => ({ word, at: index }))
  const numbers = tokens.map(({ word, at }, i) =>
    countAt(text, at, word, tokens[i - 1]?.word, tokens[i + 1]?.word, lang),
  )
  if (numbers.every((number) => number === null)) return []
  const kinds = tokens.map(({ word }) => kindOf(word, things))
  return kinds.flatMap((kind, i) => {
    const value =
      kind === null
        ? null
        : (numberAfter(text, tokens, numbers, i) ?? numberBefore(tokens, numbers, kinds, i))
    return kind === null || value === null
      ? []
      : [{ kind, word: tokens[i]?.word.toLowerCase() ?? kind, value }]
  })
}

interface Token {
  readonly word: string
  readonly at: number
}

function kindOf(word: string, things: readonly CountedThing[]): string | null {
  const lower = word.toLowerCase()
  return things.find(({ pattern }) => pattern.test(lower))?.kind ?? null
}

const MONTH =
  /^(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar|brero|braio)?|mar(?:ch|s|zo|ço)?|märz?|apr(?:il|ile)?|may|mai|june?|july?|juni|juli|aug(?:ust)?|sept?(?:ember)?|oct(?:ober|obre)?|okt(?:ober)?|nov(?:ember|embre)?|dec(?:ember)?|dez(?:ember)?|février|avril|juin|juillet|août|septembre|décembre|enero|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|gennaio|maggio|giugno|luglio|settembre|ottobre|dicembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)$/iu

/** The number that stands at a token and may count people or things: no date, age, money, percentage, clock time or part of a whole. */
function countAt(
  text: string,
  at: number,
  word: string,
  before = '',
  after = '',
  lang: string | null,
): number | null {
  const value = readNumber(word, lang)
  if (value === null || PART.test(before) || MONTH.test(before)) return null
  if (/^\d/u.test(word) && (/[$€£¥#:]\s?$/u.test(text.slice(Math.max(0, at - 2), at)) || isYear(word)))
    return null
  if (isAge(text, at, word)) return null
  const tail = text.slice(at + word.length, at + word.length + 14)
  if (
    /^(?:\s?%|:\d|-year|\syears?\b|\shours?\b|\sdays?\b|\sminutes?\b|\smiles?\b|\sk(?:m|ilomet)|st\b|nd\b|rd\b|th\b)/iu.test(
      tail,
    )
  )
    return null
  return MONTH.test(after) ? null : value
}

/** `A man, 45, was killed`. */
function isAge(text: string, at: number, word: string): boolean {
  return text[at - 2] === ',' && text[at + word.length] === ','
}

function isYear(figure: string): boolean {
  return /^(?:1[89]|20)\d\d$/u.test(figure)
}

/** `killed at least 12`: only words that qualify stand between, and no comma (`1 dead, 6 injured`). */
function numberAfter(
  text: string,
  tokens: readonly Token[],
  numbers: readonly (number | null)[],
  i: number,
): number | null {
  for (let j = i + 1; j <= i + MAX_GAP_WORDS && j < tokens.length; j++) {
    if (text[(tokens[j]?.at ?? 0) - 2] === ',') return null
    const value = numbers[j] ?? null
    if (value !== null) return value
    if (!QUALIFIER.test(tokens[j]?.word ?? '')) return null
  }
  return null
}

/** `12 people were killed`: the nearest number before, in the same clause and not taken by another thing. */
function numberBefore(
  tokens: readonly Token[],
  numbers: readonly (number | null)[],
  kinds: readonly (string | null)[],
  i: number,
): number | null {
  for (let j = i - 1; j >= Math.max(0, i - MAX_GAP_WORDS); j--) {
    const value = numbers[j] ?? null
    if (value !== null) return value
    if ((kinds[j] ?? null) !== null || /^[.;:–—(]$/u.test(tokens[j]?.word ?? '')) return null
  }
  return null
}
