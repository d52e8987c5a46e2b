import type { ScratchSet } from './scratch-set.ts'
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
const FLAG_BITS = 3

const buffer = new Uint32Array(MAX_CONTENT_WORDS)

/**
 * The content words of a scanned text, without marked sentences. A capital at a sentence's start makes no name. Scratch, good until the
 * next call.
 */
export function contentWordsOf(scan: TextScan, markedSentences: Uint8Array, stops: ScratchSet): ContentWords {
  const items = buffer
  let count = 0
  for (let sentence = 0; sentence < scan.sentenceCount && count < items.length; sentence++) {
    if (markedSentences[sentence] === 1) continue
    const first = scan.sentenceFirstWord[sentence] ?? 0
    const end = scan.sentenceFirstWord[sentence + 1] ?? 0
    let starts: number = CONTENT_FLAG.sentenceStart
    for (let word = first; word < end && count < items.length; word++) {
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
  return items.subarray(0, count)
}

/** The stem of an item, without its flags; below 2^29. */
export function stemOf(item: number): number {
  return item >>> FLAG_BITS
}

/** The distinct stems of an article and how often each stands there; overwritten by the next count. */
export interface StemCounts {
  readonly size: number
  readonly stems: Uint32Array
  readonly counts: Uint16Array
}

/** Counts stems with its own scratch memory. */
export function createStemCounter(): (words: ContentWords) => StemCounts {
  const result = {
    size: 0,
    stems: new Uint32Array(MAX_CONTENT_WORDS),
    counts: new Uint16Array(MAX_CONTENT_WORDS),
  }
  const capacity = 1024
  const places = new Int16Array(capacity)
  return (words) => {
    places.fill(-1)
    result.size = 0
    for (const item of words) {
      const stem = stemOf(item)
      let at = (Math.imul(stem, 0x9e3779b1) >>> 22) & (capacity - 1)
      let index = places[at] ?? -1
      while (index >= 0 && result.stems[index] !== stem) {
        at = (at + 1) & (capacity - 1)
        index = places[at] ?? -1
      }
      if (index < 0) {
        index = result.size
        places[at] = index
        result.stems[index] = stem
        result.counts[index] = 0
        result.size++
      }
      result.counts[index] = (result.counts[index] ?? 0) + 1
    }
    return result
  }
}

/** How rare each stem is in the stream so far. */
export interface StemRarity {
  /** Counts the distinct stems of an article. */
  observe(counted: StemCounts): void
  /** Rarity of a stem, in nats; about 4 where nothing was observed, 0 for a stem of every article. */
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
    observe({ stems, size }) {
      for (let i = 0; i < size; i++) {
        const place = placeOf(stems[i] ?? 0)
        counts[place] = (counts[place] ?? 0) + 1
      }
      articles++
      if (articles < HALF_LIFE_ARTICLES) return
      articles /= 2
      for (let i = 0; i < counts.length; i++) counts[i] = (counts[i] ?? 0) / 2
    },
    idf: (stem) =>
      Math.max(0, Math.log((PRIOR_ARTICLES + 1 + articles) / (1 + (counts[placeOf(stem)] ?? 0)))),
  }
}

/** The stems of a text that are heaviest by count and rarity, at most `most`, heaviest first. */
export function heavyStems(
  { stems, counts, size }: StemCounts,
  rarity: StemRarity,
  most: number,
): Uint32Array {
  const best = new Uint32Array(Math.min(most, size))
  const weights = new Float64Array(best.length)
  let filled = 0
  for (let i = 0; i < size; i++) {
    const stem = stems[i] ?? 0
    const weight = (1 + Math.log(counts[i] ?? 1)) * rarity.idf(stem)
    if (filled === best.length && weight <= (weights[filled - 1] ?? 0)) continue
    let at = filled < best.length ? filled++ : filled - 1
    for (; at > 0 && (weights[at - 1] ?? 0) < weight; at--) {
      best[at] = best[at - 1] ?? 0
      weights[at] = weights[at - 1] ?? 0
    }
    best[at] = stem
    weights[at] = weight
  }
  return best
}
