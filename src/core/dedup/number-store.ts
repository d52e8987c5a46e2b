/** Keeps short lists of numbers until they are given back. */
export interface NumberStore {
  /** A copy of a list, to be given back once. Cost: a copy. */
  keep(numbers: Uint32Array): Uint32Array
  /** Takes a kept list back: its place is used again, so nobody may read it any more. */
  release(kept: Uint32Array): void
}

/** Places come in multiples of this: 32 numbers of a place are wasted on average. */
const STEP = 64

/** Numbers of a page, which is cut into places: 256 kB. */
const PAGE_NUMBERS = 1 << 16

/**
 * An empty store: lists lie in places of common pages. With an array of its own for each list the process grows with every million
 * articles, for the allocator does not find a use for the gaps that lists of many lengths leave.
 */
export function createNumberStore(): NumberStore {
  const free: Uint32Array[][] = []
  let page = new Uint32Array(0)
  let used = 0

  const cut = (room: number): Uint32Array => {
    if (used + room > page.length) {
      page = new Uint32Array(Math.max(PAGE_NUMBERS, room))
      used = 0
    }
    used += room
    return page.subarray(used - room, used)
  }

  return {
    keep(numbers) {
      const steps = Math.ceil(numbers.length / STEP)
      const place = free[steps]?.pop() ?? cut(steps * STEP)
      place.set(numbers)
      return place.subarray(0, numbers.length)
    },
    release(kept) {
      const steps = Math.ceil(kept.length / STEP)
      if (steps === 0) return
      while (free.length <= steps) free.push([])
      free[steps]?.push(new Uint32Array(kept.buffer, kept.byteOffset, steps * STEP))
    },
  }
}
