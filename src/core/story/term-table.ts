import type { BackgroundCounts } from './background-counts.ts'

/** Articles after which an article counts half in the document frequencies: some weeks of a newsroom. Not tuned. */
const HALF_LIFE_ARTICLES = 8_000

/** Articles that the background counts stand for beside the stream's own. 500 and 1,000 were worse on the sample newsroom. */
const BACKGROUND_ARTICLES = 3_000

/** Slots of the hash table at the start; half of them are used at most. */
const FIRST_CAPACITY = 1 << 15

/** The counts are scaled back before floats lose single articles. */
const MAX_GROWTH = 1e6

/** What is known of a term stands side by side, so that a look at it costs one look into memory. The last three are of single precision. */
const WIDTH = 4
const FREQUENCY = 0
const BASE = 1
const CAPITAL = 2
const LOWER = 3

/**
 * The terms of one language: a number for each 32-bit term hash, in how many articles it stands (the stream's, old ones
 * fading, and the background's), and how often it is written with a capital.
 */
export interface TermTable {
  /** Terms known; their numbers are 0 to `size - 1`. */
  readonly size: () => number
  /** The number of a term, a new one where it is new. Amortised O(1). */
  readonly intern: (hash: number) => number
  /** Rarity of a term, ln((1+N)/(0.5+df)): about 9 for a word never met, 0.5 for one in most articles. */
  readonly rarity: (term: number) => number
  /** Counts an article that has these terms; first `articleStarts()`, then one call a distinct term. */
  readonly articleStarts: () => void
  readonly count: (term: number) => void
  readonly countCase: (term: number, capital: number, lower: number) => void
  /** How often the term was met with a capital inside a sentence, and in lower case. */
  readonly capitals: (term: number) => number
  readonly lowers: (term: number) => number
  /**
   * Forgets terms that are not to be kept, are not in the background and have faded below {@link FADED}; the others move
   * together. @returns the new number of each old one, −1 where it is gone
   */
  readonly compact: (keep: Uint8Array) => Int32Array
}

/** Articles (old ones fading) below which a term that no live article has may be forgotten: met once. Its rarity then rises by .6 of about 9. */
const FADED = 1

/** A table that knows the words of the background, if any. */
export function createTermTable(background: BackgroundCounts | null): TermTable {
  let capacity = FIRST_CAPACITY
  // Key and number + 1 of each slot side by side; 0 is a free slot.
  let slots = new Int32Array(capacity * 2)
  let size = 0
  let facts = new Float64Array(((capacity >> 1) + 1) * WIDTH)
  let growth = 1
  let total = 0
  const step = 2 ** (1 / HALF_LIFE_ARTICLES)
  const baseTotal = background === null ? 0 : BACKGROUND_ARTICLES

  function intern(hash: number): number {
    const key = hash | 0
    let slot = mix(key) & (capacity - 1)
    for (;;) {
      const held = slots[slot * 2 + 1] ?? 0
      if (held === 0) break
      if (slots[slot * 2] === key) return held - 1
      slot = (slot + 1) & (capacity - 1)
    }
    slots[slot * 2] = key
    slots[slot * 2 + 1] = ++size
    if (size > capacity >> 1) grow()
    return size - 1
  }
  /** Spreads the old entries over new slots; `place` gives a term's number, −1 where it is gone. */
  function rehash(old: Int32Array, place: (term: number) => number): void {
    slots = new Int32Array(capacity * 2)
    for (let i = 0; i < old.length; i += 2) {
      const held = old[i + 1] ?? 0
      const term = held === 0 ? -1 : place(held - 1)
      if (term === -1) continue
      const key = old[i] ?? 0
      let slot = mix(key) & (capacity - 1)
      while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & (capacity - 1)
      slots[slot * 2] = key
      slots[slot * 2 + 1] = term + 1
    }
  }
  function grow(): void {
    capacity *= 2
    rehash(slots, (term) => term)
    facts = widened(facts, new Float64Array(((capacity >> 1) + 1) * WIDTH))
  }
  function rescale(): void {
    for (let at = FREQUENCY; at < size * WIDTH; at += WIDTH) facts[at] = (facts[at] ?? 0) / growth
    total /= growth
    growth = 1
  }
  if (background !== null) {
    const scale = BACKGROUND_ARTICLES / background.articles
    background.forEach((hash, articles, capitalShare) => {
      const term = intern(hash)
      const at = term * WIDTH
      facts[at + BASE] = Math.fround(articles * scale)
      facts[at + CAPITAL] = Math.fround(capitalShare * Math.min(20, articles))
      facts[at + LOWER] = Math.fround((1 - capitalShare) * Math.min(20, articles))
    })
  }
  function compact(keep: Uint8Array): Int32Array {
    const places = new Int32Array(size).fill(-1)
    let kept = 0
    for (let term = 0; term < size; term++) {
      const from = term * WIDTH
      const stays =
        keep[term] === 1 || (facts[from + BASE] ?? 0) > 0 || (facts[from + FREQUENCY] ?? 0) >= FADED * growth
      if (!stays) continue
      places[term] = kept
      facts.copyWithin(kept * WIDTH, from, from + WIDTH)
      kept++
    }
    size = kept
    while (capacity > FIRST_CAPACITY && kept * 4 < capacity) capacity >>= 1
    facts = widened(facts.subarray(0, kept * WIDTH), new Float64Array(((capacity >> 1) + 1) * WIDTH))
    rehash(slots, (term) => places[term] ?? -1)
    return places
  }
  return {
    compact,
    size: () => size,
    intern,
    rarity(term) {
      const at = term * WIDTH
      const df = (facts[at + FREQUENCY] ?? 0) / growth + (facts[at + BASE] ?? 0)
      return Math.log((1 + total / growth + baseTotal) / (0.5 + df))
    },
    articleStarts() {
      growth *= step
      total += growth
      if (growth > MAX_GROWTH) rescale()
    },
    count(term) {
      const at = term * WIDTH + FREQUENCY
      facts[at] = (facts[at] ?? 0) + growth
    },
    countCase(term, capitals, lowers) {
      const at = term * WIDTH
      facts[at + CAPITAL] = Math.fround((facts[at + CAPITAL] ?? 0) + capitals)
      facts[at + LOWER] = Math.fround((facts[at + LOWER] ?? 0) + lowers)
    },
    capitals: (term) => facts[term * WIDTH + CAPITAL] ?? 0,
    lowers: (term) => facts[term * WIDTH + LOWER] ?? 0,
  }
}

function widened(from: Float64Array, to: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  to.set(from)
  return to
}

/** Spreads the bits of a hash (murmur3 finaliser). */
function mix(hash: number): number {
  let h = hash ^ (hash >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}
