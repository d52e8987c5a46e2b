/** Newest articles kept for one term; from 400 to 1,500 the figures stay the same, the search takes longer. */
export const MAX_POSTINGS = 400

/** Sizes of lists are powers of two from 2 on. */
const FIRST_SIZE = 2

/**
 * For each term the newest articles that have it among their heaviest terms, with its weight there.
 *
 * A list is one stretch of two flat arrays, used as a ring, so that a walk along it costs one look into memory each sixteen
 * articles. It doubles when it is full; its old stretch is used again.
 */
export interface PostingLists {
  /** Adds an article to the list of a term. Positions must rise. Entries older than `oldest` may be dropped. */
  readonly add: (term: number, position: number, weight: number, oldest: number) => void
  /** Adds `weight · its weight` to the scores (at `position & mask`) of the articles of a term, newest first. */
  readonly collect: (term: number, weight: number, oldest: number, into: Scores) => void
  /** Renumbers terms: `places[old]` is the new number, or −1 for terms that are gone. */
  readonly renumber: (places: Int32Array, oldest: number) => void
}

/** Scores by article, and which articles have one. */
export interface Scores {
  values: Float32Array
  mask: number
  touched: Int32Array
  count: number
}

/** No lists. Memory: 8 bytes an entry, half as much again for room to grow. */
export function createPostingLists(): PostingLists {
  let positions = new Int32Array(1 << 12)
  let weights = new Float32Array(1 << 12)
  let end = 0
  let start = new Int32Array(1 << 10)
  let length = new Int16Array(1 << 10)
  let size = new Int16Array(1 << 10)
  /** Place of the next entry, counted from the list's start. */
  let next = new Int16Array(1 << 10)
  /** Stretches that are free again, by the logarithm of their size. */
  let free: number[][] = []

  function fitTerm(term: number): void {
    if (term < start.length) return
    const wanted = Math.max(start.length * 2, term + 1)
    start = wider(start, new Int32Array(wanted))
    length = wider(length, new Int16Array(wanted))
    size = wider(size, new Int16Array(wanted))
    next = wider(next, new Int16Array(wanted))
  }
  function stretchOf(wanted: number): number {
    const used = free[31 - Math.clz32(wanted)]?.pop()
    if (used !== undefined) return used
    const at = end
    end += wanted
    if (end > positions.length) {
      const room = Math.max(end, Math.ceil(positions.length * 1.5))
      positions = wider(positions, new Int32Array(room))
      weights = wider(weights, new Float32Array(room))
    }
    return at
  }
  function release(at: number, released: number): void {
    const logarithm = 31 - Math.clz32(released)
    while (free.length <= logarithm) free.push([])
    free[logarithm]?.push(at)
  }
  function dropDead(term: number, oldest: number): void {
    const from = start[term] ?? 0
    const mask = (size[term] ?? 0) - 1
    let left = length[term] ?? 0
    const after = next[term] ?? 0
    while (left > 0 && (positions[from + ((after - left) & mask)] ?? 0) < oldest) left--
    length[term] = left
  }
  function grow(term: number): void {
    const old = size[term] ?? 0
    const fresh = old === 0 ? FIRST_SIZE : old * 2
    const to = stretchOf(fresh)
    const from = start[term] ?? 0
    const left = length[term] ?? 0
    const after = next[term] ?? 0
    for (let k = 0; k < left; k++) {
      const source = from + ((after - left + k) & (old - 1))
      positions[to + k] = positions[source] ?? 0
      weights[to + k] = weights[source] ?? 0
    }
    if (old > 0) release(from, old)
    start[term] = to
    size[term] = fresh
    next[term] = left
  }

  return {
    add(term, position, weight, oldest) {
      fitTerm(term)
      if (length[term] === size[term]) {
        dropDead(term, oldest)
        if (length[term] === size[term]) grow(term)
      }
      const at = next[term] ?? 0
      const to = (start[term] ?? 0) + at
      positions[to] = position
      weights[to] = weight
      next[term] = (at + 1) & ((size[term] ?? 0) - 1)
      length[term] = Math.min(MAX_POSTINGS, (length[term] ?? 0) + 1)
    },
    collect(term, weight, oldest, into) {
      const left = term < length.length ? (length[term] ?? 0) : 0
      if (left === 0) return
      const from = start[term] ?? 0
      const ring = (size[term] ?? 0) - 1
      const newest = (next[term] ?? 0) - 1
      const { values, mask } = into
      if (into.count + left > into.touched.length)
        into.touched = wider(into.touched, new Int32Array(2 * (into.count + left)))
      const { touched } = into
      let { count } = into
      for (let k = 0; k < left; k++) {
        const at = from + ((newest - k) & ring)
        const position = positions[at] ?? 0
        if (position < oldest) break
        const row = position & mask
        const before = values[row] ?? 0
        if (before === 0) touched[count++] = position
        values[row] = before + weight * (weights[at] ?? 0)
      }
      into.count = count
    },
    renumber(places, oldest) {
      const old = { positions, weights, start, length, size, next }
      let entries = 0
      let terms = 0
      for (let term = 0; term < places.length; term++) {
        if ((places[term] ?? -1) < 0 || term >= old.length.length) continue
        dropDead(term, oldest)
        entries += sizeFor(old.length[term] ?? 0)
        terms = Math.max(terms, (places[term] ?? 0) + 1)
      }
      const room = Math.max(1 << 12, Math.ceil(entries * 1.25))
      positions = new Int32Array(room)
      weights = new Float32Array(room)
      const wanted = Math.max(1 << 10, Math.ceil(terms * 1.25))
      start = new Int32Array(wanted)
      length = new Int16Array(wanted)
      size = new Int16Array(wanted)
      next = new Int16Array(wanted)
      free = []
      end = 0
      for (let term = 0; term < places.length; term++) {
        const to = places[term] ?? -1
        const left = old.length[term] ?? 0
        if (to < 0 || left === 0) continue
        const fresh = sizeFor(left)
        const first = stretchOf(fresh)
        const from = old.start[term] ?? 0
        const after = old.next[term] ?? 0
        for (let k = 0; k < left; k++) {
          const source = from + ((after - left + k) & ((old.size[term] ?? 0) - 1))
          positions[first + k] = old.positions[source] ?? 0
          weights[first + k] = old.weights[source] ?? 0
        }
        start[to] = first
        size[to] = fresh
        length[to] = left
        next[to] = left & (fresh - 1)
      }
    },
  }
}

/** The least size of a list with so many entries. */
function sizeFor(entries: number): number {
  if (entries === 0) return 0
  let size = FIRST_SIZE
  while (size < entries) size *= 2
  return size
}

function wider<A extends Int32Array | Int16Array | Float32Array>(from: A, to: A): A {
  to.set(from)
  return to
}
