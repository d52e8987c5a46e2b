import type { BackgroundCounts } from './background-counts.ts'

/** Articles after which an article counts half in the document frequencies: some weeks of a newsroom. Not tuned. */
const HALF_LIFE_ARTICLES = 8_000

/** Articles that the background counts stand for beside the stream's own. 500 and 1,000 were worse on the sample newsroom. */
const BACKGROUND_ARTICLES = 3_000

/** Slots of the hash table at the start; half of them are used at most. */
const FIRST_CAPACITY = 1 << 15

/** The counts are scaled back before floats lose single articles. */
const MAX_GROWTH = 1e6

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
  let keys = new Int32Array(capacity)
  let slots = new Int32Array(capacity).fill(-1)
  let size = 0
  let frequency = new Float64Array((capacity >> 1) + 1)
  let base = new Float32Array((capacity >> 1) + 1)
  let capital = new Float32Array((capacity >> 1) + 1)
  let lower = new Float32Array((capacity >> 1) + 1)
  let growth = 1
  let total = 0
  const step = 2 ** (1 / HALF_LIFE_ARTICLES)
  const baseTotal = background === null ? 0 : BACKGROUND_ARTICLES

  function intern(hash: number): number {
    const key = hash | 0
    let slot = mix(key) & (capacity - 1)
    for (;;) {
      const term = slots[slot] ?? -1
      if (term === -1) break
      if (keys[slot] === key) return term
      slot = (slot + 1) & (capacity - 1)
    }
    keys[slot] = key
    slots[slot] = size++
    if (size > capacity >> 1) grow()
    return size - 1
  }
  /** Spreads the old entries over new slots; `place` gives a term's number, −1 where it is gone. */
  function rehash(oldKeys: Int32Array, oldSlots: Int32Array, place: (term: number) => number): void {
    keys = new Int32Array(capacity)
    slots = new Int32Array(capacity).fill(-1)
    for (let i = 0; i < oldSlots.length; i++) {
      const old = oldSlots[i] ?? -1
      const term = old === -1 ? -1 : place(old)
      if (term === -1) continue
      const key = oldKeys[i] ?? 0
      let slot = mix(key) & (capacity - 1)
      while (slots[slot] !== -1) slot = (slot + 1) & (capacity - 1)
      keys[slot] = key
      slots[slot] = term
    }
  }
  function grow(): void {
    capacity *= 2
    rehash(keys, slots, (term) => term)
    const wider = capacity >> 1
    frequency = widened(frequency, new Float64Array(wider + 1))
    base = widened(base, new Float32Array(wider + 1))
    capital = widened(capital, new Float32Array(wider + 1))
    lower = widened(lower, new Float32Array(wider + 1))
  }
  function rescale(): void {
    for (let term = 0; term < size; term++) frequency[term] = (frequency[term] ?? 0) / growth
    total /= growth
    growth = 1
  }
  if (background !== null) {
    const scale = BACKGROUND_ARTICLES / background.articles
    background.forEach((hash, articles, capitalShare) => {
      const term = intern(hash)
      base[term] = articles * scale
      capital[term] = capitalShare * Math.min(20, articles)
      lower[term] = (1 - capitalShare) * Math.min(20, articles)
    })
  }
  function compact(keep: Uint8Array): Int32Array {
    const places = new Int32Array(size).fill(-1)
    let kept = 0
    for (let term = 0; term < size; term++) {
      const stays = keep[term] === 1 || (base[term] ?? 0) > 0 || (frequency[term] ?? 0) >= FADED * growth
      if (!stays) continue
      places[term] = kept
      frequency[kept] = frequency[term] ?? 0
      base[kept] = base[term] ?? 0
      capital[kept] = capital[term] ?? 0
      lower[kept] = lower[term] ?? 0
      kept++
    }
    const old = { keys, slots }
    size = kept
    while (capacity > FIRST_CAPACITY && kept * 4 < capacity) capacity >>= 1
    const room = (capacity >> 1) + 1
    frequency = widened(frequency.subarray(0, kept), new Float64Array(room))
    base = widened(base.subarray(0, kept), new Float32Array(room))
    capital = widened(capital.subarray(0, kept), new Float32Array(room))
    lower = widened(lower.subarray(0, kept), new Float32Array(room))
    rehash(old.keys, old.slots, (term) => places[term] ?? -1)
    return places
  }
  return {
    compact,
    size: () => size,
    intern,
    rarity(term) {
      const df = (frequency[term] ?? 0) / growth + (base[term] ?? 0)
      return Math.log((1 + total / growth + baseTotal) / (0.5 + df))
    },
    articleStarts() {
      growth *= step
      total += growth
      if (growth > MAX_GROWTH) rescale()
    },
    count(term) {
      frequency[term] = (frequency[term] ?? 0) + growth
    },
    countCase(term, capitals, lowers) {
      capital[term] = (capital[term] ?? 0) + capitals
      lower[term] = (lower[term] ?? 0) + lowers
    },
    capitals: (term) => capital[term] ?? 0,
    lowers: (term) => lower[term] ?? 0,
  }
}

function widened<A extends Float32Array | Float64Array>(from: A, to: A): A {
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
