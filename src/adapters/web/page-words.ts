import { printable } from '../../core/text/printable.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

/** `5 min ago`, `3 h ago`, `2 days ago`, `in 3 h`. */
export function agoWords(atMs: number, nowMs: number): string {
  const span = Math.abs(nowMs - atMs)
  if (span < MINUTE_MS) return 'just now'
  const words = spanWords(span)
  return atMs <= nowMs ? `${words} ago` : `in ${words}`
}

/** A length of time in its largest unit: `5 min`, `3 h`, `2 days`. */
export function spanWords(spanMs: number): string {
  if (spanMs < HOUR_MS) return `${Math.round(spanMs / MINUTE_MS)} min`
  if (spanMs < 2 * DAY_MS) return `${Math.round(spanMs / HOUR_MS)} h`
  return `${Math.round(spanMs / DAY_MS)} days`
}

/** `10 Mar 2026, 08:00` in a zone, the zone not named. */
export function timeWords(atMs: number, timeZone = 'UTC'): string {
  return formatOf('time', timeZone).format(atMs)
}

/** `10 March 2026` as UTC has it. */
export function dayWords(atMs: number): string {
  return formatOf('day', 'UTC').format(atMs)
}

const FORMATS = {
  time: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
  day: { day: 'numeric', month: 'long', year: 'numeric' },
} as const

/** Formats cost a tenth of a millisecond to make; zones are few. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(kind: keyof typeof FORMATS, timeZone: string): Intl.DateTimeFormat {
  const key = `${kind} ${timeZone}`
  const format = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...FORMATS[kind], timeZone })
  formats.set(key, format)
  return format
}

/** Like {@link printable}, for a piece of a longer text: white space at its ends stays, as one space. */
export function printablePiece(text: string): string {
  return printable(`|${text}|`).slice(1, -1)
}

/** An address that a page may link to: http or https, nothing else; `null` for all others. */
export function safeHref(url: string | null): string | null {
  if (url === null || url.length > 2_000) return null
  try {
    const { protocol, href } = new URL(url)
    return protocol === 'http:' || protocol === 'https:' ? href : null
  } catch {
    return null
  }
}

/** A language as `lang` takes it, or `null`. */
export function langCode(lang: string | null): string | null {
  return lang !== null && /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(lang) ? lang : null
}
