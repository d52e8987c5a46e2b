/** Counts of all runs of four words, of fewer where the text has fewer. */
export function shingles(text: string): Map<string, number> {
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? []
  const size = Math.min(4, words.length)
  const counts = new Map<string, number>()
  for (let i = 0; size > 0 && i + size <= words.length; i += 1) {
    const key = words.slice(i, i + size).join(' ')
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** Sum of all counts. */
export function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((a, b) => a + b, 0)
}

/** Harmonic mean of the two, 0 where both are. */
export function f1(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
}

/** 0 of none. */
export function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / Math.max(1, values.length)
}

/** White space is one blank. */
export function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
