type Numbers = Int32Array | Uint32Array | Uint8Array | Float32Array | Float64Array

/**
 * Columns of numbers addressed by an ever growing position, of which only the newest stretch is kept.
 *
 * Positions are masked into arrays whose length is a power of two, so that dropping old ones costs nothing.
 */
export interface Ring {
  /** Mask for positions: `column[position & mask]`. Read it anew after `reserve`. */
  readonly mask: () => number
  /** Makes room so that positions `from` (oldest kept) to `to` (exclusive) fit; columns may move. */
  readonly reserve: (from: number, to: number) => void
}

/** A column of a {@link Ring}: `width` numbers for each position. */
export interface Column<A extends Numbers> {
  data: A
  readonly width: number
  readonly make: (length: number) => A
}

/** An empty column of `width` numbers for each position. */
export function column<A extends Numbers>(make: (length: number) => A, width = 1): Column<A> {
  return { data: make(0), width, make }
}

/** Ties columns to common positions. @param firstCapacity a power of two */
export function createRing(columns: readonly Column<Numbers>[], firstCapacity: number): Ring {
  let capacity = firstCapacity
  for (const one of columns) one.data = one.make(capacity * one.width)
  return {
    mask: () => capacity - 1,
    reserve(from, to) {
      if (to - from <= capacity) return
      const old = capacity
      while (to - from > capacity) capacity *= 2
      for (const one of columns) one.data = moved(one, old, capacity, from, to)
    },
  }
}

function moved<A extends Numbers>(
  one: Column<A>,
  old: number,
  capacity: number,
  from: number,
  to: number,
): A {
  const data = one.make(capacity * one.width)
  const { width } = one
  for (let position = from; position < to; position++) {
    const source = (position & (old - 1)) * width
    const target = (position & (capacity - 1)) * width
    for (let k = 0; k < width; k++) data[target + k] = one.data[source + k] ?? 0
  }
  return data
}
