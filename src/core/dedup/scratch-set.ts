/** A small set of 32-bit numbers that is filled and emptied very often: emptying costs nothing. */
export interface ScratchSet {
  /** Forgets all members. */
  clear(): void
  /** Adds a number; tells whether it was new. A full set takes nothing more. */
  add(key: number): boolean
  has(key: number): boolean
  readonly size: number
}

/** A set for up to `maxSize` numbers (two typed arrays of the next power of two above twice that). */
export function createScratchSet(maxSize: number): ScratchSet {
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(2, maxSize * 2)))
  const mask = capacity - 1
  const keys = new Uint32Array(capacity)
  const stamps = new Uint32Array(capacity)
  let stamp = 1
  let size = 0
  const placeOf = (key: number): number => {
    let at = (Math.imul(key, 0x9e3779b1) >>> 7) & mask
    while (stamps[at] === stamp && keys[at] !== key) at = (at + 1) & mask
    return at
  }
  return {
    clear() {
      size = 0
      stamp++
      if (stamp < 0xffffffff) return
      stamps.fill(0)
      stamp = 1
    },
    add(key) {
      const at = placeOf(key)
      if (stamps[at] === stamp || size >= maxSize) return false
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
