/** A date as the stream believes it, and what time it is in the stream. */
export interface StreamTime {
  /** The article's own date, or `null` where it has none or one that cannot be. */
  readonly publishedAtMs: number | null
  /** Time of the stream at this arrival; 0 before the first date. */
  readonly clockMs: number
}

/** Dates before feeds existed, or of machines without a clock, are no dates. */
const EARLIEST_MS = Date.UTC(1990, 0)
const LATEST_MS = Date.UTC(2080, 0)

/** Dates that are remembered: the clock is their median, so that seven wrong ones in a row cannot move it far. */
const REMEMBERED = 15

/** A date this far from the clock is taken for a mistake, once enough dates are known. */
const MAX_DISTANCE_MS = 5 * 365 * 86_400_000
const TRUSTED_FROM = 5

/** Whether a date can be that of a feed's article. */
export function isPossibleDate(publishedAtMs: number | null): publishedAtMs is number {
  return publishedAtMs !== null && publishedAtMs >= EARLIEST_MS && publishedAtMs <= LATEST_MS
}

/** Tells the time of a stream from the dates of its articles: the median of the last dates, whatever a single one says. */
export function createStoryClock(): (publishedAtMs: number | null) => StreamTime {
  const recent: number[] = []
  let clockMs = 0
  return (publishedAtMs) => {
    const date = isPossibleDate(publishedAtMs) ? publishedAtMs : null
    if (date === null) return { publishedAtMs: null, clockMs }
    const isFar = recent.length >= TRUSTED_FROM && Math.abs(date - clockMs) > MAX_DISTANCE_MS
    recent.push(date)
    if (recent.length > REMEMBERED) recent.shift()
    const sorted = recent.toSorted((a, b) => a - b)
    clockMs = sorted[sorted.length >> 1] ?? clockMs
    return { publishedAtMs: isFar ? null : date, clockMs }
  }
}
