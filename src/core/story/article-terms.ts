import type { Article } from '../feed/article.ts'
import { WordScanner } from '../text/text-scanner.ts'
import type { TermTable } from './term-table.ts'
import { createWordFacts, hashOfNumber } from './word-facts.ts'

/** Words of the body that are read: 400 say what happened, later ones mostly background. */
const MAX_BODY_WORDS = 400
const MAX_TITLE_WORDS = 60
/** Units of a title that are looked at. */
const MAX_TITLE_UNITS = 2_000
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

/** Reads articles one after another. */
export interface TermReader {
  /** The terms of an article, which count from then on. */
  readonly read: (article: Article) => ArticleTerms
  /** To be called when the table has numbered its terms anew. */
  readonly termsMoved: () => void
}

/** Most distinct terms, and most word pairs, of an article. */
export const MAX_TOKENS = MAX_BODY_WORDS + MAX_TITLE_WORDS
/** Most pieces of a title. */
export const MAX_GRAMS = 256

/** Reads articles of one language into terms of a table. Cost: linear, about 0.03 ms for 400 words. */
export function createTermReader(lang: string, table: TermTable): TermReader {
  const facts = createWordFacts(lang)
  const scanner = new WordScanner()
  const titlePlace = new Int32Array(MAX_TITLE_WORDS)
  const titleCapital = new Uint8Array(MAX_TITLE_WORDS)
  const titleOpens = new Uint8Array(MAX_TITLE_WORDS)
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

  /** Where a term stands in the article, which is a new place where it was not met yet. */
  function placeTerm(term: number, hash: number): number {
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

  function placeWord(word: number): number {
    const hash = facts.hash(word)
    let term = facts.term(word)
    if (term < 0) {
      term = table.intern(hash)
      facts.setTerm(word, term)
    }
    return placeTerm(term, hash)
  }

  function take(word: number, weight: number, flags: number, capital: boolean, caseTells: boolean): void {
    const scale = facts.scale(word)
    if (scale > 0 && lastNumber >= 0 && tokens > 0) {
      const hash = hashOfNumber(lastNumber * scale)
      lastNumber = -1
      const at = placeTerm(table.intern(hash), hash)
      out.mentions[at] = (out.mentions[at] ?? 0) + weight
      out.flags[at] = (out.flags[at] ?? 0) | flags | IS_NUMBER
      tokenTerm[tokens - 1] = at + 1
      return
    }
    lastNumber = facts.value(word)
    if (!facts.isContent(word)) return
    const isNumber = lastNumber >= 0
    const at = placeWord(word)
    out.mentions[at] = (out.mentions[at] ?? 0) + weight
    out.flags[at] = (out.flags[at] ?? 0) | flags | (isNumber ? IS_NUMBER : 0)
    if (caseTells && !isNumber) {
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
    let found = 0
    scanner.read(title, 0, Math.min(title.length, MAX_TITLE_UNITS))
    while (found < MAX_TITLE_WORDS && scanner.next()) {
      const word = facts.find(scanner)
      titlePlace[found] = word
      titleCapital[found] = scanner.capital ? 1 : 0
      titleOpens[found] = scanner.opens ? 1 : 0
      found++
      if (!facts.isContent(word) || facts.isNumber(word)) continue
      content++
      if (scanner.capital) capitals++
    }
    const titleCase = capitals > 0.7 * content
    for (let i = 0; i < found; i++) {
      const caseTells = !titleCase && titleOpens[i] === 0
      take(titlePlace[i] ?? 0, 2, IN_TITLE | IN_LEAD, titleCapital[i] === 1, caseTells)
    }
    out.titleWords = found
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
    scanner.read(text, start, Math.min(end, MAX_SCANNED_UNITS))
    while (scanner.next()) {
      out.bodyWords++
      const inLead = out.titleWords + out.bodyWords <= LEAD_WORDS
      take(facts.find(scanner), 1, inLead ? IN_LEAD : 0, scanner.capital, !scanner.opens)
      if (out.bodyWords >= MAX_BODY_WORDS) return false
    }
    return true
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
    for (let at = 0; at < out.count; at++) rarity[at] = table.rarity(out.terms[at] ?? 0)
    for (let i = 1; i < limit; i++) {
      const first = (tokenTerm[i - 1] ?? 0) - 1
      const second = (tokenTerm[i] ?? 0) - 1
      if (first === second) continue
      const hash =
        Math.imul(hashes[first] ?? 0, 0x9e3779b1) ^ Math.imul((hashes[second] ?? 0) + 1, 0x85ebca6b)
      order[pairs] = hash * MAX_TOKENS + pairs
      pairFirst[pairs] = first
      pairSecond[pairs] = second
      pairs++
    }
    out.pairCount = keepPairs(order.subarray(0, pairs).sort())
  }
  const rarity = new Float64Array(MAX_TOKENS)
  const order = new Float64Array(MAX_TOKENS)
  const pairFirst = new Int32Array(MAX_TOKENS)
  const pairSecond = new Int32Array(MAX_TOKENS)

  /** The pairs by rising hash, the first of those that are alike. */
  function keepPairs(sorted: Float64Array): number {
    let kept = 0
    for (const key of sorted) {
      const hash = Math.floor(key / MAX_TOKENS)
      if (kept > 0 && hash === out.pairHashes[kept - 1]) continue
      const pair = key - hash * MAX_TOKENS
      const first = pairFirst[pair] ?? 0
      const second = pairSecond[pair] ?? 0
      out.pairHashes[kept] = hash
      out.pairWeights[kept] = (rarity[first] ?? 0) + (rarity[second] ?? 0)
      out.pairNames[kept] = ((out.flags[first] ?? 0) & (out.flags[second] ?? 0) & IS_NAME) === 0 ? 0 : 1
      kept++
    }
    return kept
  }

  function cutGrams(title: string): void {
    let grams = 0
    scanner.read(title, 0, Math.min(title.length, MAX_TITLE_UNITS))
    while (grams < MAX_GRAMS && scanner.next()) {
      const padded = ` ${scanner.surface().toLowerCase()} `
      const last = Math.max(1, padded.length - 3)
      for (let i = 0; i < last && grams < MAX_GRAMS; i++) out.grams[grams++] = hashPiece(padded, i)
    }
    const sorted = out.grams.subarray(0, grams).sort()
    let kept = 0
    for (let i = 0; i < grams; i++)
      if (i === 0 || sorted[i] !== sorted[kept - 1]) sorted[kept++] = sorted[i] ?? 0
    out.gramCount = kept
  }

  function read(article: Article): ArticleTerms {
    tokens = 0
    lastNumber = -1
    facts.makeRoom(MAX_TOKENS)
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
  return { read, termsMoved: facts.clearTerms }
}

/** The hash of four signs of a word, fewer where it is shorter. */
function hashPiece(padded: string, start: number): number {
  const end = Math.min(padded.length, start + 4)
  let hash = 0x811c9dc5
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ padded.charCodeAt(i), 0x01000193)
  return hash | 0
}
