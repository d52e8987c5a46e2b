import type { Article } from '../feed/article.ts'
import type { FurnitureSpan } from '../text/furniture.ts'
import { stopWords } from '../text/stop-words.ts'
import { createScratchSet, type ScratchSet } from './scratch-set.ts'
import { createStemHasher, createTextScanner, mixBits, type TextScan } from './text-scan.ts'

/** Settings of {@link createLearnedFurniture}. */
export interface LearnedFurnitureOptions {
  /** Passages that are remembered, all publishers together; 16 bytes each. Default {@link DEFAULT_MAX_PASSAGES}. */
  readonly maxPassages?: number
}

/**
 * Passages that one publisher repeats over unrelated articles: appeals, boxes, credits, standing paragraphs. Found from
 * the stream itself, with no list of phrases.
 */
export interface LearnedFurniture {
  /** Counts the passages of an article. Call once per article, in order of arrival. Linear in the text. */
  observe(article: Article): void
  /** Whether all sentences of a passage are furniture of this publisher. */
  isFurniture(publisher: string, passage: string): boolean
  /** The furniture of an article by what was observed so far: ordered, not overlapping, in offsets of its text. */
  spansIn(article: Article): FurnitureSpan[]
  /**
   * {@link LearnedFurniture.observe} for a text that is scanned already, with its {@link LearnedFurniture.contextOf}. Writes 1 to
   * `into` for each sentence that was furniture before, else 0.
   */
  observeScan(publisher: string, context: PassageContext, scan: TextScan, into: Uint8Array): void
  /** What the article is about, to tell whether two articles are related. */
  contextOf(article: Article): PassageContext
}

/** A 64-bit Bloom filter of the words of a headline. */
export interface PassageContext {
  readonly low: number
  readonly high: number
}

/** 4 MB: the passages of about 8,000 articles, furniture among them much longer, since what repeats is never pushed out by what does not. */
export const DEFAULT_MAX_PASSAGES = 1 << 18

/**
 * Unrelated articles of one publisher that must hold a passage before it is furniture. 2 takes the second part of a
 * series; above 6 a small feed needs weeks to show its appeal.
 */
const MIN_ARTICLES = 4

/** Shorter sentences (`He did not say.`) are ordinary words, not furniture, until far more articles hold them. */
const MIN_WORDS = 6
const MIN_ARTICLES_SHORT = 12
const MIN_WORDS_SHORT = 3

/** Articles are related where more than this share of the headline's words was in headlines with this passage before. */
const RELATED_SHARE = 0.5

/** After this many observed passages every count halves, so that an old campaign's appeal is forgotten in the end. */
const HALF_LIFE_PASSAGES = 1 << 21

const WAYS = 4
/** Enough to stay known for eight half-lives. */
const MAX_ARTICLES = 1_000
const CONTEXT_BITS = 64
const MAX_CONTEXT_WORDS = 12

/** An empty memory. Nothing is learned of articles whose publisher is unknown. */
export function createLearnedFurniture(options: LearnedFurnitureOptions = {}): LearnedFurniture {
  const store = createPassageStore(options.maxPassages ?? DEFAULT_MAX_PASSAGES)
  const scanner = createTextScanner()
  const contextHash = createStemHasher(scanner)
  const marks = new Uint8Array(0x10000)

  const observeScan = (
    publisher: string,
    context: PassageContext,
    scan: TextScan,
    into: Uint8Array,
  ): void => {
    const salt = hashOfPublisher(publisher)
    for (let sentence = 0; sentence < scan.sentenceCount; sentence++) {
      const words = wordsOf(scan, sentence)
      const counts = publisher !== '' && words >= MIN_WORDS_SHORT
      const articles = counts ? store.count(passageKey(scan, sentence, salt), context) : 0
      into[sentence] = isRepeated(articles, words) ? 1 : 0
    }
  }
  const mark = (publisher: string, scan: TextScan, into: Uint8Array): void => {
    const salt = hashOfPublisher(publisher)
    for (let sentence = 0; sentence < scan.sentenceCount; sentence++) {
      const articles = publisher === '' ? 0 : store.articlesWith(passageKey(scan, sentence, salt))
      into[sentence] = isRepeated(articles, wordsOf(scan, sentence)) ? 1 : 0
    }
  }
  const contextOf = (article: Article): PassageContext => {
    const text = article.title === '' ? article.text.slice(0, 200) : article.title
    return contextOfHeadline(text, article.lang, contextHash, scanner)
  }

  return {
    observeScan,
    contextOf,
    observe(article) {
      const context = contextOf(article)
      observeScan(article.publisher, context, scanner.scan(article.text, article.furniture), marks)
    },
    isFurniture(publisher, passage) {
      const scan = scanner.scan(passage)
      if (publisher === '' || scan.sentenceCount === 0) return false
      mark(publisher, scan, marks)
      return marks.subarray(0, scan.sentenceCount).every((marked) => marked === 1)
    },
    spansIn(article) {
      const scan = scanner.scan(article.text, article.furniture)
      mark(article.publisher, scan, marks)
      return spansOf(scan, marks)
    },
  }
}

function isRepeated(articles: number, words: number): boolean {
  if (words < MIN_WORDS_SHORT) return false
  return articles >= (words < MIN_WORDS ? MIN_ARTICLES_SHORT : MIN_ARTICLES)
}

function spansOf(scan: TextScan, marks: Uint8Array): FurnitureSpan[] {
  const spans: FurnitureSpan[] = []
  for (let sentence = 0; sentence < scan.sentenceCount; sentence++) {
    if (marks[sentence] !== 1) continue
    spans.push({
      start: scan.sentenceStart[sentence] ?? 0,
      end: scan.sentenceEnd[sentence] ?? 0,
      why: 'repeated by this publisher',
    })
  }
  return spans
}

function wordsOf(scan: TextScan, sentence: number): number {
  return (scan.sentenceFirstWord[sentence + 1] ?? 0) - (scan.sentenceFirstWord[sentence] ?? 0)
}

function passageKey(scan: TextScan, sentence: number, salt: number): number {
  let hash = salt
  const end = scan.sentenceFirstWord[sentence + 1] ?? 0
  for (let word = scan.sentenceFirstWord[sentence] ?? 0; word < end; word++) {
    hash = (Math.imul(hash, 0x01000193) + (scan.words[word] ?? 0)) | 0
  }
  return mixBits(hash)
}

function hashOfPublisher(publisher: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < publisher.length; at++) hash = Math.imul(hash ^ publisher.charCodeAt(at), 0x01000193)
  return mixBits(hash)
}

function contextOfHeadline(
  headline: string,
  lang: string | null,
  hashOf: (word: string) => number,
  scanner: { scan(text: string): TextScan },
): PassageContext {
  const stops = stopStems(lang ?? 'en', hashOf)
  const scan = scanner.scan(headline)
  let low = 0
  let high = 0
  let taken = 0
  for (let word = 0; word < scan.wordCount && taken < MAX_CONTEXT_WORDS; word++) {
    const stem = scan.stems[word] ?? 0
    if (stops.has(stem)) continue
    taken++
    const bit = stem >>> 26
    if (bit < 32) low |= 1 << bit
    else high |= 1 << (bit - 32)
  }
  return { low: low >>> 0, high: high >>> 0 }
}

const stopStemSets = new Map<string, ScratchSet>()

/** The stems of a language's function words, as a scanner hashes them. */
export function stopStems(lang: string, hashOf: (word: string) => number): ScratchSet {
  let stems = stopStemSets.get(lang)
  if (stems === undefined) {
    const list = stopWords(lang)
    stems = createScratchSet(Math.max(1, list.size))
    for (const word of list) stems.add(hashOf(word))
    stopStemSets.set(lang, stems)
  }
  return stems
}

interface PassageStore {
  /** Counts an article with a passage, unless it is related to those before, and gives the count before. */
  count(key: number, context: PassageContext): number
  articlesWith(key: number): number
}

/** Places in a counter: its passage, articles, and the two halves of the headlines' words. */
const FIELD = { key: 0, articles: 1, low: 2, high: 3 } as const
const FIELDS = 4

/** Counters in sets of four, one line of memory each: the least repeated passage of a set gives way to a new one. */
function createPassageStore(maxPassages: number): PassageStore {
  const sets = 2 ** Math.floor(Math.log2(Math.max(WAYS, maxPassages) / WAYS))
  const counters = new Uint32Array(sets * WAYS * FIELDS)
  let observed = 0

  const firstOf = (key: number): number => (key & (sets - 1)) * WAYS * FIELDS
  const articlesAt = (at: number): number => counters[at + FIELD.articles] ?? 0
  const find = (key: number): number => {
    const first = firstOf(key)
    for (let at = first; at < first + WAYS * FIELDS; at += FIELDS) {
      if (counters[at] === key && articlesAt(at) > 0) return at
    }
    return -1
  }
  const weakest = (key: number): number => {
    const first = firstOf(key)
    let best = first
    for (let at = first; at < first + WAYS * FIELDS; at += FIELDS)
      if (articlesAt(at) < articlesAt(best)) best = at
    // Of equals take them in turn: else newcomers always push out the same one.
    const turn = first + (observed & (WAYS - 1)) * FIELDS
    return articlesAt(turn) === articlesAt(best) ? turn : best
  }
  const put = (at: number, key: number, articles: number, low: number, high: number): void => {
    counters[at] = key
    counters[at + FIELD.articles] = articles
    counters[at + FIELD.low] = low
    counters[at + FIELD.high] = high
  }
  const halve = (): void => {
    for (let at = FIELD.articles; at < counters.length; at += FIELDS) counters[at] = (counters[at] ?? 0) >>> 1
  }

  return {
    count(key, { low, high }) {
      observed++
      if (observed % HALF_LIFE_PASSAGES === 0) halve()
      const at = find(key)
      if (at < 0) {
        put(weakest(key), key, 1, low, high)
        return 0
      }
      const articles = articlesAt(at)
      const knownLow = counters[at + FIELD.low] ?? 0
      const knownHigh = counters[at + FIELD.high] ?? 0
      const own = bitCount(low) + bitCount(high)
      const known = bitCount(low & knownLow) + bitCount(high & knownHigh)
      if (own === 0 || known > own * RELATED_SHARE) return articles
      const bits = bitCount(knownLow | low) + bitCount(knownHigh | high)
      const counted = Math.min(MAX_ARTICLES, articles + 1)
      // Past half of the bits chance alone looks related: start anew with this headline.
      if (bits > CONTEXT_BITS / 2) put(at, key, counted, low, high)
      else put(at, key, counted, (knownLow | low) >>> 0, (knownHigh | high) >>> 0)
      return articles
    },
    articlesWith(key) {
      const at = find(key)
      return at < 0 ? 0 : articlesAt(at)
    },
  }
}

function bitCount(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555)
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333)
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
