/**
 * A date as pages write it, as ISO 8601 UTC, or `null`. Read are ISO 8601 with or without time and zone, RFC 2822,
 * `20240514`, `2024/05/14 10:30`, `14.05.2024, 10:30`, `14/05/2024` (day first) and English months in words. A time
 * without zone counts as UTC. Years outside 1990..2099 are no dates. Never throws.
 */
export function parsePageDate(raw: string | null): string | null {
  const text = raw?.replace(/\s+/g, ' ').trim().slice(0, MAX_DATE_CHARS)
  if (text === undefined || text === '') return null
  const ms = numericDate(text) ?? isoDate(text) ?? wordDate(text)
  if (ms === null || Number.isNaN(ms)) return null
  const year = new Date(ms).getUTCFullYear()
  return year >= 1990 && year <= 2099 ? new Date(ms).toISOString() : null
}

const MAX_DATE_CHARS = 80

/** The date that a path such as `/2024/05/14/` or `/2024-05-14-` names, as ISO 8601 UTC, or `null`. */
export function dateInUrl(url: string | null): string | null {
  const match =
    /[/-](20\d\d|19\d\d)[/-](0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/-](0?[1-9]|[12]\d|3[01])(?:[/-]|$)/i.exec(
      url ?? '',
    )
  if (match === null) return null
  const [, year = '', month = '', day = ''] = match
  const number = Number(month) || MONTHS.indexOf(month.toLowerCase()) + 1
  return parsePageDate(`${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`)
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const HAS_ZONE = /(?:z|[+-]\d{2}:?\d{2}|[+-]\d{2}|\b(?:gmt|utc|ut|[ecmp][sd]t))$/i

function isoDate(text: string): number | null {
  const match =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(.*))?$/i.exec(text)
  if (match === null) return null
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone = ''] = match
  const ms = utc(year, month, day, hour, minute, second)
  return ms === null ? null : ms - zoneMs(zone)
}

function zoneMs(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?/.exec(zone.trim())
  if (match === null) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return (match[1] === '-' ? -1 : 1) * minutes * 60_000
}

function numericDate(text: string): number | null {
  const compact = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2}))?$/.exec(text)
  if (compact !== null) return utc(compact[1], compact[2], compact[3], compact[4], compact[5])
  const slashed = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:\D+(\d{1,2}):(\d{2}))?/.exec(text)
  if (slashed !== null) return utc(slashed[1], slashed[2], slashed[3], slashed[4], slashed[5])
  const dayFirst = /^(?:\p{L}+,? )?(\d{1,2})[./](\d{1,2})[./](\d{4})(?:\D+(\d{1,2})[:.h](\d{2}))?/u.exec(text)
  if (dayFirst === null) return null
  const [, first, second, year, hour, minute] = dayFirst
  return Number(second) > 12 ? utc(year, first, second, hour, minute) : utc(year, second, first, hour, minute)
}

function utc(year = '', month = '', day = '', hour = '0', minute = '0', second = '0'): number | null {
  const [y, m, d, h] = [Number(year), Number(month), Number(day), Number(hour)]
  if (m < 1 || m > 12 || d < 1 || d > 31 || h > 24 || Number(minute) > 59) return null
  return Date.UTC(y, m - 1, d, h, Number(minute), Math.min(59, Number(second)))
}

/** Dates in English words go to `Date.parse` with a zone, for without one it takes the machine's own. */
function wordDate(text: string): number | null {
  const bare = text
    .replace(/^(?:published|updated|posted|last updated|on|first published)\b[: ]*(?:on )?/i, '')
    .replace(/(\d)(?:st|nd|rd|th)\b/gi, '$1')
    .replace(/\b([ap])\.m\.?/gi, '$1m')
    .replace(/(\d)([ap]m)\b/gi, '$1 $2')
    .replace(/\b(?:at|um|\|)\s/gi, '')
    .replace(/\bET\b/, 'EST')
    .trim()
  if (!/\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i.test(bare) || !/\b\d{4}\b/.test(bare))
    return null
  const ms = Date.parse(HAS_ZONE.test(bare) ? bare : `${bare} UTC`)
  return Number.isNaN(ms) ? null : ms
}
