import { WORD_FLAG, type TextScan } from './text-scan.ts'

/**
 * The content words of a text for comparison by meaning: stems in order without function words, at most
 * {@link MAX_CONTENT_WORDS}. The three lowest bits are flags, {@link CONTENT_FLAG}.
 */
export type ContentWords = Uint32Array

/** Flags in a {@link ContentWords} item; the other 29 bits are the stem. */
export const CONTENT_FLAG = { name: 1, number: 2, sentenceStart: 4 } as const

/** Beyond this a text is long enough to know what it says: 1.6 kB. */
export const MAX_CONTENT_WORDS = 400

const ALL_FLAGS = 7

/** The content words of a scanned text, without marked sentences. A capital at a sentence's start makes no name. */
export function contentWordsOf(
  scan: TextScan,
  markedSentences: Uint8Array,
  stops: ReadonlySet<number>,
): ContentWords {
  const items = new Uint32Array(MAX_CONTENT_WORDS)
  let count = 0
  for (let sentence = 0; sentence < scan.sentenceCount && count < MAX_CONTENT_WORDS; sentence++) {
    if (markedSentences[sentence] === 1) continue
    const first = scan.sentenceFirstWord[sentence] ?? 0
    const end = scan.sentenceFirstWord[sentence + 1] ?? 0
    let starts: number = CONTENT_FLAG.sentenceStart
    for (let word = first; word < end && count < MAX_CONTENT_WORDS; word++) {
      const stem = scan.stems[word] ?? 0
      if (stops.has(stem)) continue
      const flags = scan.flags[word] ?? 0
      const name = word > first && (flags & WORD_FLAG.capital) !== 0 ? CONTENT_FLAG.name : 0
      const number = (flags & WORD_FLAG.number) !== 0 ? CONTENT_FLAG.number : 0
      items[count] = ((stem & ~ALL_FLAGS) | name | number | starts) >>> 0
      starts = 0
      count++
    }
  }
  return items.slice(0, count)
}

/** The stem of an item, without its flags. */
export function stemOf(item: number): number {
  return (item & ~ALL_FLAGS) >>> 0
}

/** How rare each stem is in the stream so far. */
export interface StemRarity {
  /** Counts the distinct stems of an article. */
  observe(words: ContentWords): void
  /** Rarity of a stem, in nats; about 3 with nothing observed, 0 for a stem of every article. */
  idf(stem: number): number
}

/** Stems share counters; a news year has about a million forms, of which few are common. 512 kB. */
const COUNTERS = 1 << 17

/** All counts halve after this many articles, so that yesterday's words stay yesterday's. */
const HALF_LIFE_ARTICLES = 20_000

/** As many articles are taken for granted, so that the first five already tell a rare word from a repeated one. */
const PRIOR_ARTICLES = 50

/** An empty count. */
export function createStemRarity(): StemRarity {
  const counts = new Float32Array(COUNTERS)
  let articles = 0
  const placeOf = (stem: number): number => Math.imul(stem, 0x9e3779b1) >>> 15
  return {
    observe(words) {
      const seen = new Set<number>()
      for (const item of words) seen.add(stemOf(item))
      for (const stem of seen) counts[placeOf(stem)] = (counts[placeOf(stem)] ?? 0) + 1
      articles++
      if (articles < HALF_LIFE_ARTICLES) return
      articles /= 2
      for (let i = 0; i < counts.length; i++) counts[i] = (counts[i] ?? 0) / 2
    },
    idf: (stem) =>
      Math.max(0, Math.log((PRIOR_ARTICLES + 1 + articles) / (1 + (counts[placeOf(stem)] ?? 0)))),
  }
}
