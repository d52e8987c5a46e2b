/** Counts how often small numbers (slots of articles) come up, and forgets them when read. */
export interface Tally {
  /** Counts the first `count` numbers of a list. */
  addAll(slots: Int32Array, count: number): void
  /** How often a number came up since the last reading. */
  countOf(slot: number): number
  /** The numbers that came up at least `atLeast` times, most often first, ties by number; at most `most`. Empties the tally. */
  take(atLeast: number, most: number): number[]
}

/** An empty tally; grows to 2 bytes for the largest number seen. */
export function createTally(): Tally {
  let counts = new Uint16Array(1024)
  let touched = new Int32Array(1024)
  let touchedCount = 0

  const makeRoom = (slot: number): void => {
    const capacity = Math.max(slot + 1, counts.length * 2)
    const grown = new Uint16Array(capacity)
    grown.set(counts)
    counts = grown
    const list = new Int32Array(capacity)
    list.set(touched)
    touched = list
  }

  return {
    addAll(slots, count) {
      for (let i = 0; i < count; i++) {
        const slot = slots[i] ?? 0
        if (slot >= counts.length) makeRoom(slot)
        if (counts[slot] === 0) {
          touched[touchedCount] = slot
          touchedCount++
        }
        counts[slot] = (counts[slot] ?? 0) + 1
      }
    },
    countOf: (slot) => counts[slot] ?? 0,
    take(atLeast, most) {
      const found: { slot: number; count: number }[] = []
      for (let i = 0; i < touchedCount; i++) {
        const slot = touched[i] ?? 0
        const count = counts[slot] ?? 0
        counts[slot] = 0
        if (count >= atLeast) found.push({ slot, count })
      }
      touchedCount = 0
      found.sort((a, b) => b.count - a.count || a.slot - b.slot)
      return found.slice(0, most).map(({ slot }) => slot)
    },
  }
}
