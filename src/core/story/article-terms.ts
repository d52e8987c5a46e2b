import type { Article } from '../feed/article.ts'
import { stem } from '../text/stems.ts'
import { stopWords } from '../text/stop-words.ts'
import { scanWords } from '../text/text-scanner.ts'
import { hashText } from './hash-text.ts'
import type { TermTable } from './term-table.ts'

/** Words of the body that are read: 400 say what happened, later ones mostly background. */
const MAX_BODY_WORDS = 400
const MAX_TITLE_WORDS = 60
/** Title and opening that tell the event itself. */
const LEAD_WORDS = 70
/** Content words of the body whose neighbours are kept as pairs. */
const MAX_PAIRED_WORDS = 150
/** Units of a text that are looked at, words or not. */
const MAX_SCANNED_UNITS = 40_000

export const IN_TITLE = 1
export const IN_LEAD = 2
export const IS_NAME = 4
export const IS_NUMBER = 8

/** What the grouping reads of one article; the arrays are scratch, good until the next article is read. */
export interface ArticleTerms {
  /** Distinct terms, in order of first mention. */
  count: number
  readonly terms: Int32Array
  /** Mentions of each term, those of the title twice. */
  readonly mentions: Float32Array
  /** IN_TITLE, IN_LEAD, IS_NAME, IS_NUMBER. */
  readonly flags: Uint8Array
  /** Pairs of neighbouring content words: hashes in ascending order, without repeats. */
  pairCount: number
  readonly pairHashes: Int32Array
  /** Rarity of the two words together. */
  readonly pairWeights: Float32Array
  /** 1 where both words are names. */
  readonly pairNames: Uint8Array
  /** Hashes of the title's four-sign pieces, ascending, without repeats. */
  gramCount: number
  readonly grams: Int32Array
  titleWords: number
  bodyWords: number
}

interface WordFacts {
  readonly hash: number
  readonly content: boolean
  readonly isNumber: boolean
  readonly scale: number
  readonly value: number
}

const MAX_TOKENS = MAX_BODY_WORDS + MAX_TITLE_WORDS
const MAX_GRAMS = 256
const MAX_CACHED_WORDS = 150_000

const SCALES: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 }
const NUMBER_WORDS = [
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/** Reads articles of one language into terms of a table. Cost: linear, about 0.1 ms for 400 words. */
export function createTermReader(lang: string, table: TermTable): (article: Article) => ArticleTerms {
  const stops = stopWords(lang)
  const facts = new Map<string, WordFacts>()
  const tokenTerm = new Int32Array(MAX_TOKENS)
  const tokenState = new Uint8Array(MAX_TOKENS)
  let tokens = 0
  let lastNumber = -1
  // Per term of the table: its place in the article being read.
  let placeOf = new Int32Array(1 << 15)
  const docCapital = new Float32Array(MAX_TOKENS)
  const docLower = new Float32Array(MAX_TOKENS)
  const hashes = new Int32Array(MAX_TOKENS)
  const out: ArticleTerms = {
    count: 0,
    terms: new Int32Array(MAX_TOKENS),
    mentions: new Float32Array(MAX_TOKENS),
    flags: new Uint8Array(MAX_TOKENS),
    pairCount: 0,
    pairHashes: new Int32Array(MAX_TOKENS),
    pairWeights: new Float32Array(MAX_TOKENS),
    pairNames: new Uint8Array(MAX_TOKENS),
    gramCount: 0,
    grams: new Int32Array(MAX_GRAMS),
    titleWords: 0,
    bodyWords: 0,
  }

  function factsOf(surface: string): WordFacts {
    let found = facts.get(surface)
    if (found === undefined) {
      if (facts.size >= MAX_CACHED_WORDS) facts.clear()
      found = wordFacts(surface.toLowerCase(), lang, stops)
      facts.set(ownCopy(surface), found)
    }
    return found
  }

  function place(hash: number): number {
    const term = table.intern(hash)
    if (term >= placeOf.length) {
      const wider = new Int32Array(Math.max(placeOf.length * 2, term + 1))
      wider.set(placeOf)
      placeOf = wider
    }
    const at = (placeOf[term] ?? 0) - 1
    if (at >= 0 && at < out.count && out.terms[at] === term) return at
    const fresh = out.count++
    placeOf[term] = fresh + 1
    out.terms[fresh] = term
    hashes[fresh] = hash
    out.mentions[fresh] = 0
    out.flags[fresh] = 0
    docCapital[fresh] = 0
    docLower[fresh] = 0
    return fresh
  }

  function take(word: WordFacts, weight: number, flags: number, capital: boolean, caseTells: boolean): void {
    if (word.scale > 0 && lastNumber >= 0 && tokens > 0) {
      const value = lastNumber * word.scale
      lastNumber = -1
      const at = place(hashText(`n:${String(value)}`))
      out.mentions[at] = (out.mentions[at] ?? 0) + weight
      out.flags[at] = (out.flags[at] ?? 0) | flags | IS_NUMBER
      tokenTerm[tokens - 1] = at + 1
      return
    }
    lastNumber = word.isNumber ? word.value : -1
    if (!word.content) return
    const at = place(word.hash)
    out.mentions[at] = (out.mentions[at] ?? 0) + weight
    out.flags[at] = (out.flags[at] ?? 0) | flags | (word.isNumber ? IS_NUMBER : 0)
    if (caseTells && !word.isNumber) {
      if (capital) docCapital[at] = (docCapital[at] ?? 0) + 1
      else docLower[at] = (docLower[at] ?? 0) + 1
    }
    if (tokens < MAX_TOKENS) {
      tokenTerm[tokens] = at + 1
      tokenState[tokens] = capital ? 1 : 0
      tokens++
    }
  }

  function readTitle(title: string): void {
    let content = 0
    let capitals = 0
    const found: { word: WordFacts; capital: boolean; opens: boolean }[] = []
    scanWords(title, 0, Math.min(title.length, 2_000), (surface, capital, opens) => {
      const word = factsOf(surface)
      found.push({ word, capital, opens })
      if (word.content && !word.isNumber) {
        content++
        if (capital) capitals++
      }
      return found.length < MAX_TITLE_WORDS
    })
    const titleCase = capitals > 0.7 * content
    for (const { word, capital, opens } of found)
      take(word, 2, IN_TITLE | IN_LEAD, capital, !titleCase && !opens)
    out.titleWords = found.length
  }

  function readBody(text: string, furniture: Article['furniture']): void {
    let start = 0
    for (const span of furniture) {
      if (!readStretch(text, start, span.start)) return
      start = span.end
    }
    readStretch(text, start, text.length)
  }
  function readStretch(text: string, start: number, end: number): boolean {
    if (start >= end) return true
    return scanWords(text, start, Math.min(end, MAX_SCANNED_UNITS), (surface, capital, opens) => {
      out.bodyWords++
      const inLead = out.titleWords + out.bodyWords <= LEAD_WORDS
      take(factsOf(surface), 1, inLead ? IN_LEAD : 0, capital, !opens)
      return out.bodyWords < MAX_BODY_WORDS
    })
  }

  function markNames(): void {
    for (let at = 0; at < out.count; at++) {
      const term = out.terms[at] ?? 0
      const capital = 0.5 * table.capitals(term) + 3 * (docCapital[at] ?? 0)
      const all = capital + 0.5 * table.lowers(term) + 3 * (docLower[at] ?? 0)
      if (all > 0 && capital > 0.6 * all) out.flags[at] = (out.flags[at] ?? 0) | IS_NAME
      else if (all === 0) unseen.add(at)
    }
    for (let i = 0; i < tokens && unseen.size > 0; i++) {
      const at = (tokenTerm[i] ?? 0) - 1
      if (tokenState[i] === 1 && unseen.has(at)) out.flags[at] = (out.flags[at] ?? 0) | IS_NAME
    }
    unseen.clear()
  }
  const unseen = new Set<number>()

  function pairNeighbours(): void {
    let pairs = 0
    const limit = Math.min(tokens, MAX_PAIRED_WORDS)
    for (let i = 1; i < limit; i++) {
      const first = (tokenTerm[i - 1] ?? 0) - 1
      const second = (tokenTerm[i] ?? 0) - 1
      if (first === second) continue
      const a = out.terms[first] ?? 0
      const b = out.terms[second] ?? 0
      out.pairHashes[pairs] =
        Math.imul(hashes[first] ?? 0, 0x9e3779b1) ^ Math.imul((hashes[second] ?? 0) + 1, 0x85ebca6b)
      out.pairWeights[pairs] = table.rarity(a) + table.rarity(b)
      out.pairNames[pairs] = ((out.flags[first] ?? 0) & (out.flags[second] ?? 0) & IS_NAME) === 0 ? 0 : 1
      pairs++
    }
    out.pairCount = sortPairs(out, pairs)
  }

  function cutGrams(title: string): void {
    let grams = 0
    scanWords(title, 0, Math.min(title.length, 2_000), (surface) => {
      const padded = ` ${surface.toLowerCase()} `
      const last = Math.max(1, padded.length - 3)
      for (let i = 0; i < last && grams < MAX_GRAMS; i++)
        out.grams[grams++] = hashText(padded.slice(i, i + 4))
      return grams < MAX_GRAMS
    })
    const sorted = out.grams.subarray(0, grams).sort()
    let kept = 0
    for (let i = 0; i < grams; i++)
      if (i === 0 || sorted[i] !== sorted[kept - 1]) sorted[kept++] = sorted[i] ?? 0
    out.gramCount = kept
  }

  return (article) => {
    tokens = 0
    lastNumber = -1
    out.count = 0
    out.titleWords = 0
    out.bodyWords = 0
    readTitle(article.title)
    lastNumber = -1
    readBody(article.text, article.furniture)
    markNames()
    pairNeighbours()
    cutGrams(article.title)
    table.articleStarts()
    for (let at = 0; at < out.count; at++) {
      const term = out.terms[at] ?? 0
      table.count(term)
      const capital = docCapital[at] ?? 0
      const lower = docLower[at] ?? 0
      if (capital + lower > 0) table.countCase(term, capital > lower ? 1 : 0, capital > lower ? 0 : 1)
    }
    return out
  }
}

function wordFacts(lower: string, lang: string, stops: ReadonlySet<string>): WordFacts {
  const numberWord = lang === 'en' ? NUMBER_WORDS.indexOf(lower) : -1
  const value = numberWord >= 0 ? numberWord + 2 : numberOf(lower)
  if (!Number.isNaN(value)) {
    return { hash: hashText(`n:${String(value)}`), content: true, isNumber: true, scale: 0, value }
  }
  const content = isLongEnough(lower) && !stops.has(lower)
  const hash = content ? hashText(termOf(lower, lang)) : 0
  return { hash, content, isNumber: false, scale: SCALES[lower] ?? 0, value: -1 }
}

/** The term of a word: its stem, or its first letters where a language has no stemmer. */
export function termOf(lower: string, lang: string): string {
  const stemmed = stem(lower, lang)
  if (stemmed !== lower || lang === 'en') return stemmed
  if (lower.length > 6) return lower.slice(0, 6)
  return lower.length > 4 ? lower.slice(0, -1) : lower
}

function isLongEnough(lower: string): boolean {
  return lower.length > 1 || lower.charCodeAt(0) > 0x2e80
}

/** The value of `1,200.5` or `1.200`; NaN for a word. */
function numberOf(lower: string): number {
  const first = lower.charCodeAt(0)
  if (first < 48 || first > 57) return Number.NaN
  return Number(lower.replace(/[,.](?=\d{3}(?:\D|$))/g, '').replace(',', '.'))
}

/** A copy that does not hold on to the article that the word was cut from (long slices keep their parent alive). */
function ownCopy(surface: string): string {
  return surface.length < 13 ? surface : (JSON.parse(JSON.stringify(surface)) as string)
}

/** Sorts the pairs by hash and drops repeats, in place. */
function sortPairs(out: ArticleTerms, pairs: number): number {
  const { pairHashes, pairWeights, pairNames } = out
  for (let i = 1; i < pairs; i++) {
    const hash = pairHashes[i] ?? 0
    const weight = pairWeights[i] ?? 0
    const names = pairNames[i] ?? 0
    let j = i - 1
    while (j >= 0 && (pairHashes[j] ?? 0) > hash) {
      pairHashes[j + 1] = pairHashes[j] ?? 0
      pairWeights[j + 1] = pairWeights[j] ?? 0
      pairNames[j + 1] = pairNames[j] ?? 0
      j--
    }
    pairHashes[j + 1] = hash
    pairWeights[j + 1] = weight
    pairNames[j + 1] = names
  }
  let kept = 0
  for (let i = 0; i < pairs; i++) {
    if (i > 0 && pairHashes[i] === pairHashes[kept - 1]) continue
    pairHashes[kept] = pairHashes[i] ?? 0
    pairWeights[kept] = pairWeights[i] ?? 0
    pairNames[kept] = pairNames[i] ?? 0
    kept++
  }
  return kept
}
