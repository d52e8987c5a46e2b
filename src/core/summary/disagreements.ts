import type { Article } from '../feed/article.ts'
import { countedThings, PART, QUALIFIER, type CountedThing } from './counted-things.ts'
import { readNumber } from './number-words.ts'
import type { StorySentence } from './story-sentence.ts'
import type { Disagreement, DisagreementClaim } from './summary.ts'

/**
 * Numbers for the same thing that differ between sources (12 or 15 killed), least first, each with who says it.
 *
 * Of each article its first number of a kind counts, if it stands early; articles are no copies of each other. One number alone, or
 * numbers so far apart that they must count different things, are no disagreement. Linear in the sentences.
 */
export function findDisagreements(
  sentences: readonly StorySentence[],
  docs: readonly Article[],
): Disagreement[] {
  const byKind = new Map<string, Count[]>()
  const seen = new Set<string>()
  for (const sentence of sentences) {
    if (sentence.position > MAX_POSITION) continue
    for (const count of countsOf(sentence, docs[sentence.doc]?.lang ?? null)) {
      const key = `${count.kind} ${sentence.doc}`
      if (seen.has(key)) continue
      seen.add(key)
      byKind.set(count.kind, [...(byKind.get(count.kind) ?? []), count])
    }
  }
  return [...byKind.values()].flatMap((counts) => disagreementOf(counts, docs))
}

/** Later in an article other events are recalled. */
const MAX_POSITION = 5
/** A number so many times another counts something else, or is a slip of reading. */
const MAX_RATIO = 5
/** Articles further apart tell of different states of an event, or of different events: no disagreement. */
const MAX_DAYS_APART = 3
/** Words between a number and what it counts. */
const MAX_GAP_WORDS = 5

interface Count {
  readonly kind: string
  readonly word: string
  readonly value: number
  readonly sentence: StorySentence
}

function disagreementOf(all: readonly Count[], docs: readonly Article[]): Disagreement[] {
  const counts = latestOf(all, docs)
  const claims = new Map<number, DisagreementClaim>()
  for (const { value, sentence } of counts) {
    const article = docs[sentence.doc]
    const name = article === undefined ? '' : article.outlet === '' ? article.publisher : article.outlet
    const known = claims.get(value)
    const publishers = known === undefined ? [name] : [...new Set([...known.publishers, name])]
    const { doc, start, end } = known ?? sentence
    claims.set(value, { value, publishers, doc, start, end })
  }
  const sorted = [...claims.values()].sort((a, b) => a.value - b.value)
  const least = sorted[0]?.value ?? 0
  const most = sorted.at(-1)?.value ?? 0
  if (sorted.length < 2 || most > least * MAX_RATIO || !haveManyVoices(counts, docs)) return []
  return [{ what: counts[0]?.word ?? '', claims: sorted }]
}

/** The counts of the last days; those without a date stay. */
function latestOf(counts: readonly Count[], docs: readonly Article[]): Count[] {
  const timeOf = ({ sentence }: Count): number => docs[sentence.doc]?.publishedAtMs ?? -Infinity
  const last = counts.reduce((max, count) => Math.max(max, timeOf(count)), -Infinity)
  return counts.filter(
    (count) => timeOf(count) === -Infinity || timeOf(count) >= last - MAX_DAYS_APART * DAY_MS,
  )
}

const DAY_MS = 86_400_000

/** Two articles of one publisher that differ are an update, not a disagreement. */
function haveManyVoices(counts: readonly Count[], docs: readonly Article[]): boolean {
  return (
    new Set(counts.map(({ sentence }) => docs[sentence.doc]?.publisher || `doc ${sentence.doc}`)).size > 1
  )
}

const TOKEN = /\d+(?:[.,\u00a0\u202f']\d+)*|[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*|[.;:–—(]/gu

function countsOf(sentence: StorySentence, lang: string | null): Count[] {
  const things = countedThings(lang)
  if (things.length === 0) return []
  const tokens = [...sentence.text.matchAll(TOKEN)].map(({ 0: word, index }) => ({ word, at: index }))
  const kinds = tokens.map(({ word }) => kindOf(word, things))
  const numbers = tokens.map(({ word, at }, i) =>
    countAt(sentence.text, at, word, tokens[i - 1]?.word, tokens[i + 1]?.word, lang),
  )
  return kinds.flatMap((kind, i) => {
    const value =
      kind === null ? null : (numberAfter(tokens, numbers, i) ?? numberBefore(tokens, numbers, kinds, i))
    return kind === null || value === null
      ? []
      : [{ kind, word: tokens[i]?.word.toLowerCase() ?? kind, value, sentence }]
  })
}

interface Token {
  readonly word: string
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
  const tail = text.slice(at + word.length, at + word.length + 14)
  if (
    /^(?:\s?%|:\d|-year|\syears?\b|\shours?\b|\sdays?\b|\sminutes?\b|\smiles?\b|\sk(?:m|ilomet)|st\b|nd\b|rd\b|th\b)/iu.test(
      tail,
    )
  )
    return null
  return MONTH.test(after) ? null : value
}

function isYear(figure: string): boolean {
  return /^(?:1[89]|20)\d\d$/u.test(figure)
}

/** `killed at least 12`: only words that qualify stand between. */
function numberAfter(
  tokens: readonly Token[],
  numbers: readonly (number | null)[],
  i: number,
): number | null {
  for (let j = i + 1; j <= i + MAX_GAP_WORDS && j < tokens.length; j++) {
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
