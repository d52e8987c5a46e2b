/** A small set of 32-bit numbers that is filled and emptied very often: emptying costs nothing. */
export interface ScratchSet {
  /** Forgets all members; `expected` of the next ones keep close together in memory. */
  clear(expected?: number): void
  /** Adds a number; tells whether it was new. A full set takes nothing more. */
  add(key: number): boolean
  has(key: number): boolean
  readonly size: number
}

/** A set for up to `maxSize` numbers (two typed arrays of the next power of two above twice that). */
export function createScratchSet(maxSize: number): ScratchSet {
  const capacity = placesFor(maxSize)
  const keys = new Uint32Array(capacity)
  const stamps = new Uint32Array(capacity)
  let mask = capacity - 1
  let limit = maxSize
  let stamp = 1
  let size = 0
  const placeOf = (key: number): number => {
    let at = (Math.imul(key, 0x9e3779b1) >>> 7) & mask
    while (stamps[at] === stamp && keys[at] !== key) at = (at + 1) & mask
    return at
  }
  return {
    clear(expected = maxSize) {
      size = 0
      limit = Math.min(maxSize, expected)
      mask = placesFor(limit) - 1
      stamp++
      if (stamp < 0xffffffff) return
      stamps.fill(0)
      stamp = 1
    },
    add(key) {
      const at = placeOf(key)
      if (stamps[at] === stamp || size >= limit) return false
      keys[at] = key
      stamps[at] = stamp
      size++
      return true
    },
    has: (key) => stamps[placeOf(key)] === stamp,
    get size() {
      return size
    },
  }
}

/** At most half of the places are ever in use. */
function placesFor(size: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, size * 2)))
}
