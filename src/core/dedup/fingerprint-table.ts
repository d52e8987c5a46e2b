/**
 * A multi-map from 32-bit hashes to small numbers (slots of articles) in two typed arrays: open addressing with linear
 * probing, and removal by shifting back (Knuth, TAOCP 3, 6.4 R), so that it never fills with graves.
 */
export interface FingerprintTable {
  /** Adds a pair unless `maxPerHash` pairs of this hash are there; tells whether it was added. */
  add(hash: number, slot: number): boolean
  /** Takes a pair out; nothing happens where it is not there. */
  remove(hash: number, slot: number): void
  /** Writes the slots of a hash to the front of `into` (no more than fit) and gives their count. */
  collect(hash: number, into: Int32Array): number
  /** Pairs held. */
  readonly size: number
}

const INITIAL_CAPACITY = 1024

/** Share of places in use at which the table doubles. Above .7 probing gets long; below .5 memory is wasted. */
const MAX_LOAD = 0.6

const EMPTY = -1

/** An empty table that keeps at most `maxPerHash` pairs of one hash. Expected O(pairs of the hash) a call. */
export function createFingerprintTable(maxPerHash: number): FingerprintTable {
  let capacity = INITIAL_CAPACITY
  let hashes = new Uint32Array(capacity)
  let slots = new Int32Array(capacity).fill(EMPTY)
  let size = 0

  const home = (hash: number): number => (Math.imul(hash, 0x9e3779b1) >>> 0) & (capacity - 1)

  const put = (hash: number, slot: number): boolean => {
    let at = home(hash)
    let found = 0
    for (;;) {
      const held = slots[at] ?? EMPTY
      if (held === EMPTY) break
      if (hashes[at] === hash) {
        if (held === slot) return false
        found++
        if (found >= maxPerHash) return false
      }
      at = (at + 1) & (capacity - 1)
    }
    hashes[at] = hash
    slots[at] = slot
    size++
    return true
  }

  const grow = (): void => {
    const oldHashes = hashes
    const oldSlots = slots
    capacity *= 2
    hashes = new Uint32Array(capacity)
    slots = new Int32Array(capacity).fill(EMPTY)
    size = 0
    for (let at = 0; at < oldSlots.length; at++) {
      const slot = oldSlots[at] ?? EMPTY
      if (slot !== EMPTY) put(oldHashes[at] ?? 0, slot)
    }
  }

  const closeGap = (from: number): void => {
    let gap = from
    let at = (gap + 1) & (capacity - 1)
    for (;;) {
      const slot = slots[at] ?? EMPTY
      if (slot === EMPTY) break
      const hash = hashes[at] ?? 0
      // A pair may move back to the gap only where the gap is not before its home.
      if (((at - home(hash)) & (capacity - 1)) >= ((at - gap) & (capacity - 1))) {
        hashes[gap] = hash
        slots[gap] = slot
        gap = at
      }
      at = (at + 1) & (capacity - 1)
    }
    slots[gap] = EMPTY
  }

  return {
    add(hash, slot) {
      if (size + 1 > capacity * MAX_LOAD) grow()
      return put(hash, slot)
    },
    remove(hash, slot) {
      let at = home(hash)
      for (;;) {
        const held = slots[at] ?? EMPTY
        if (held === EMPTY) return
        if (held === slot && hashes[at] === hash) break
        at = (at + 1) & (capacity - 1)
      }
      size--
      closeGap(at)
    },
    collect(hash, into) {
      let count = 0
      let at = home(hash)
      for (;;) {
        const slot = slots[at] ?? EMPTY
        if (slot === EMPTY || count === into.length) return count
        if (hashes[at] === hash) {
          into[count] = slot
          count++
        }
        at = (at + 1) & (capacity - 1)
      }
    },
    get size() {
      return size
    },
  }
}
