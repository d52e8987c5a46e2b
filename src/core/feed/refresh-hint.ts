const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const PERIODS: ReadonlyMap<string, number> = new Map([
  ['hourly', HOUR_MS],
  ['daily', DAY_MS],
  ['weekly', 7 * DAY_MS],
  ['monthly', 30 * DAY_MS],
  ['yearly', 365 * DAY_MS],
])

/** What a feed says about how often it changes, as written. */
export interface RefreshWords {
  /** RSS `ttl`: minutes. */
  readonly ttl: string | null
  /** `sy:updatePeriod`: a word such as `daily`. */
  readonly period: string | null
  /** `sy:updateFrequency`: times in a period; once where it is missing. */
  readonly frequency: string | null
}

/**
 * Time between two polls that a feed asks for, ms, or `null` where it asks for none or nothing that can be read. The longer
 * one where it says both.
 *
 * Sources: RSS 2.0 `ttl`; RSS 1.0 module "syndication".
 */
export function readRefreshHint({ ttl, period, frequency }: RefreshWords): number | null {
  const ttlMs = (wholeNumber(ttl) ?? 0) * MINUTE_MS
  const periodMs = PERIODS.get(period?.trim().toLowerCase() ?? '') ?? 0
  const hintMs = Math.max(ttlMs, periodMs / Math.max(wholeNumber(frequency) ?? 1, 1))
  return hintMs > 0 ? Math.round(hintMs) : null
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : null
}
