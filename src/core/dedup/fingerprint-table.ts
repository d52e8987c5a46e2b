/**
 * A multi-map from 32-bit hashes to small numbers (slots of articles) in two typed arrays: open addressing with linear
 * probing, and removal by shifting back (Knuth, TAOCP 3, 6.4 R), so that it never fills with graves.
 */
export interface FingerprintTable {
  /**
   * Writes the slots that are there for a hash to the front of `into`, which holds at least `maxPerHash`, and gives their count;
   * then adds the pair, unless it is there or `maxPerHash` pairs of this hash are.
   */
  collectAndAdd(hash: number, slot: number, into: Int32Array): number
  /** Writes the slots of a hash to the front of `into` and gives their count. */
  collect(hash: number, into: Int32Array): number
  /** Takes a pair out; nothing happens where it is not there. */
  remove(hash: number, slot: number): void
  /** Pairs held. */
  readonly size: number
}

const INITIAL_CAPACITY = 1024

/** Share of places in use at which the table grows. Above .75 probing gets long; below .5 memory is wasted. */
const MAX_LOAD = 0.7

const GROWTH = 1.5

/** An empty table that keeps at most `maxPerHash` pairs of one hash. Expected O(pairs of the hash) a call. */
export function createFingerprintTable(maxPerHash: number): FingerprintTable {
  let capacity = INITIAL_CAPACITY
  // Hash and slot + 1 side by side, so that a look-up touches one line of memory; 0 is an empty place.
  let pairs = new Uint32Array(capacity * 2)
  let size = 0

  // Winnowing picks small hashes, so their bits are mixed again before the highest ones choose the place.
  const home = (hash: number): number =>
    Math.floor(((Math.imul(hash, 0x9e3779b1) >>> 0) / 0x1_0000_0000) * capacity)
  const distance = (from: number, to: number): number => (to >= from ? to - from : to - from + capacity)

  const grow = (): void => {
    const old = pairs
    capacity = Math.floor(capacity * GROWTH)
    pairs = new Uint32Array(capacity * 2)
    for (let from = 0; from < old.length; from += 2) {
      const held = old[from + 1] ?? 0
      if (held === 0) continue
      const hash = old[from] ?? 0
      let at = home(hash)
      while (pairs[at * 2 + 1] !== 0) at = at + 1 === capacity ? 0 : at + 1
      pairs[at * 2] = hash
      pairs[at * 2 + 1] = held
    }
  }

  const closeGap = (from: number): void => {
    let gap = from
    let at = gap + 1 === capacity ? 0 : gap + 1
    while (pairs[at * 2 + 1] !== 0) {
      const hash = pairs[at * 2] ?? 0
      // A pair may move back to the gap only where the gap is not before its home.
      if (distance(home(hash), at) >= distance(gap, at)) {
        pairs[gap * 2] = hash
        pairs[gap * 2 + 1] = pairs[at * 2 + 1] ?? 0
        gap = at
      }
      at = at + 1 === capacity ? 0 : at + 1
    }
    pairs[gap * 2 + 1] = 0
  }

  return {
    collectAndAdd(hash, slot, into) {
      if (size + 1 > capacity * MAX_LOAD) grow()
      let count = 0
      let at = home(hash)
      for (;;) {
        const held = pairs[at * 2 + 1] ?? 0
        if (held === 0) break
        if (pairs[at * 2] === hash) {
          if (held === slot + 1) return count
          into[count] = held - 1
          count++
          if (count === maxPerHash) return count
        }
        at = at + 1 === capacity ? 0 : at + 1
      }
      pairs[at * 2] = hash
      pairs[at * 2 + 1] = slot + 1
      size++
      return count
    },
    collect(hash, into) {
      let count = 0
      let at = home(hash)
      for (;;) {
        const held = pairs[at * 2 + 1] ?? 0
        if (held === 0) return count
        if (pairs[at * 2] === hash) {
          into[count] = held - 1
          count++
        }
        at = at + 1 === capacity ? 0 : at + 1
      }
    },
    remove(hash, slot) {
      let at = home(hash)
      for (;;) {
        const held = pairs[at * 2 + 1] ?? 0
        if (held === 0) return
        if (held === slot + 1 && pairs[at * 2] === hash) break
        at = at + 1 === capacity ? 0 : at + 1
      }
      size--
      closeGap(at)
    },
    get size() {
      return size
    },
  }
}
