/**
 * Lengths of the spans of time under which the index of words on PostgreSQL holds an article, ms, each 16 times the one before: 9 minutes to
 * 1.1 years. A search reads the newest span in which its page is full, so it reads up to some 32 times what it shows. Part of the schema: a change takes a migration.
 */
export const TIME_SPANS_MS = [2 ** 19, 2 ** 23, 2 ** 27, 2 ** 31, 2 ** 35] as const

/** The words, under a sign that no word of a text has, of the spans in which an article of this date falls. */
export function timeWords(sortAtMs: number): string[] {
  return TIME_SPANS_MS.map((spanMs, level) => timeWord(level, Math.floor(sortAtMs / spanMs)))
}

/** A stretch of time that ends at a date, as the index can tell it. */
export interface TimeReach {
  /** Words of which an article in it has one. */
  readonly words: readonly string[]
  /** Nothing older is in it, epoch ms. */
  readonly fromMs: number
}

/** Ever longer stretches of time up to a date: each reaches back by one of {@link TIME_SPANS_MS} at least. */
export function timeReaches(untilMs: number): TimeReach[] {
  return TIME_SPANS_MS.map((spanMs, level) => {
    const last = Math.floor(untilMs / spanMs)
    return { words: [timeWord(level, last), timeWord(level, last - 1)], fromMs: (last - 1) * spanMs }
  })
}

function timeWord(level: number, span: number): string {
  return `\ue002${level}n${span}`
}
