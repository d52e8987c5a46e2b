const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

/** `just now`, `5 min ago`, `3 h ago`, `2 days ago`; `in 3 h` for what lies ahead; `undated` for `null`. */
export function agoWords(atMs: number | null, nowMs: number): string {
  if (atMs === null) return 'undated'
  const span = Math.abs(nowMs - atMs)
  if (span < MINUTE_MS) return 'just now'
  const words = spanWords(span)
  return atMs <= nowMs ? `${words} ago` : `in ${words}`
}

function spanWords(spanMs: number): string {
  if (spanMs < HOUR_MS) return `${Math.round(spanMs / MINUTE_MS)} min`
  if (spanMs < 2 * DAY_MS) return `${Math.round(spanMs / HOUR_MS)} h`
  return `${Math.round(spanMs / DAY_MS)} days`
}

/** `Tue 10 Mar 2026, 08:00 (Europe/Berlin)`. */
export function timeWords(atMs: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]))
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return `${of('weekday')} ${of('day')} ${of('month')} ${of('year')}, ${of('hour')}:${of('minute')} (${timeZone})`
}

/** `10 March 2026`. */
export function dayWords(atMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'long' }).format(atMs)
}
