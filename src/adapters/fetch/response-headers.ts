/** Response headers as undici gives them: lower-case names, repeated ones as a list. */
export type ResponseHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** The longest time that a header may ask for: a year, so that sums stay exact whatever a server writes. */
const MAX_TIME_MS = 365 * 86_400_000

/** The first value of a header, or `null`. */
export function headerOf(headers: ResponseHeaders, name: string): string | null {
  const value = headers[name]
  return (typeof value === 'string' ? value : value?.[0]) ?? null
}

/** Characters of a header that are kept whole, all its lines together. */
const MAX_JOINED_CHARS = 8_000

/** All values of a header, joined by commas as HTTP has it; `''` where there is none. */
export function joinedHeader(headers: ResponseHeaders, name: string): string {
  return joined(headers[name]).slice(0, MAX_JOINED_CHARS)
}

/**
 * How long a response stays fresh from now, in ms: `max-age` less `Age`, else `Expires` less `Date`; 0 for `no-cache` and
 * `no-store`; `null` where nothing that can be read is said (RFC 9111, section 4.2).
 */
export function freshForMs(headers: ResponseHeaders, nowMs: number): number | null {
  const control = joined(headers['cache-control']).toLowerCase()
  if (/(?:^|[\s,])no-(?:cache|store)(?:$|[\s,])/.test(control)) return 0
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,12})/.exec(control)?.[1]
  if (maxAge !== undefined) {
    const age = Number(/^\s*(\d{1,12})\s*$/.exec(headerOf(headers, 'age') ?? '')?.[1] ?? 0)
    return clampTime((Number(maxAge) - age) * 1000)
  }
  const expires = headerOf(headers, 'expires')
  if (expires === null) return null
  const expiresAtMs = Date.parse(expires)
  // RFC 9111, 5.3: a date that cannot be read, "0" above all, means already expired.
  if (Number.isNaN(expiresAtMs)) return 0
  const sentAtMs = Date.parse(headerOf(headers, 'date') ?? '')
  return clampTime(expiresAtMs - (Number.isNaN(sentAtMs) ? nowMs : sentAtMs))
}

/** The epoch ms that `Retry-After` names, as seconds or as a date, never in the past; `null` where there is none. */
export function retryAtMs(headers: ResponseHeaders, nowMs: number): number | null {
  const value = headerOf(headers, 'retry-after')?.trim()
  if (value === undefined || value === '') return null
  if (/^\d{1,12}$/.test(value)) return nowMs + clampTime(Number(value) * 1000)
  const atMs = Date.parse(value)
  return Number.isNaN(atMs) ? null : nowMs + clampTime(atMs - nowMs)
}

function joined(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value ?? []).join(',')
}

function clampTime(ms: number): number {
  return Math.min(Math.max(ms, 0), MAX_TIME_MS)
}
