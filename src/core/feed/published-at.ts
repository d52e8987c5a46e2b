import { DateTime, IANAZone } from 'luxon'
import { foldWord, monthOf } from './month-names.ts'

/** Characters of a date that are read; the longest that feeds write has about 60. */
const MAX_DATE_CHARS = 120

/** Years outside are taken for a mistake (0001-01-01 stands for "none" in some programs). */
const MIN_YEAR = 1900
const MAX_YEAR = 2200

/** Two-digit years up to this one are of this century. */
const LAST_SHORT_YEAR = 69

/**
 * The instant that a date of a feed means, in epoch ms UTC, in whole seconds, or `null` where it means none.
 *
 * Reads RFC 822 and 2822, ISO 8601 with week, ordinal and shortened forms, asctime, dates in words of some fifty
 * languages, numeric dates, seconds and milliseconds since 1970. Without a zone the time is UTC; Korean dates in words
 * are in Korean time. `03/04/2020` is 4 March unless its weekday says otherwise. A day past the month's end rolls on.
 * Never throws.
 *
 * Sources: RFC 822 section 5, W3C NOTE-datetime, ISO 8601:2004; Luxon for ISO forms and zone names.
 */
export function parseFeedDate(text: string): number | null {
  const trimmed = text
    .slice(0, MAX_DATE_CHARS * 4)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_DATE_CHARS)
  if (!/\d/.test(trimmed)) return null
  const ms = epochDate(trimmed) ?? isoDate(trimmed) ?? shortIsoDate(trimmed) ?? dateInWords(trimmed)
  return ms === null ? null : Math.floor(ms / 1000) * 1000
}

/** The instant as ISO 8601 in UTC, as {@link parseFeedDate} reads it, or `null`. */
export function feedDateToIso(text: string): string | null {
  const ms = parseFeedDate(text)
  return ms === null ? null : new Date(ms).toISOString()
}

function epochDate(text: string): number | null {
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1000
  return /^\d{12,13}$/.test(text) ? Number(text) : null
}

function isoDate(text: string): number | null {
  if (!/^\d{4}(?:$|-|\d{3,4}(?!\d)|W)/.test(text)) return null
  const read = DateTime.fromISO(text.replace(/ (?=\d{2}:)/, 'T').replace(/ (?=[+\-Z])/, ''), { zone: 'utc' })
  return read.isValid && read.year >= MIN_YEAR && read.year <= MAX_YEAR ? read.toMillis() : null
}

/** Forms of ISO 8601 with a two-digit year: `03-12-31`, `-0312`, `031231`, `03335`, `-03-12`. */
function shortIsoDate(text: string): number | null {
  const day = /^-?(\d\d)-?(\d\d)-?(\d\d)$/.exec(text)
  if (day !== null) return utcDate(fullYear(day[1]), Number(day[2]), Number(day[3]))
  const ordinal = /^-?(\d\d)-?(\d{3})$/.exec(text)
  if (ordinal !== null && Number(ordinal[2]) <= 366)
    return utcDate(fullYear(ordinal[1]), 1, 1, Number(ordinal[2]) - 1)
  const month = /^-(\d\d)-?(\d\d)$/.exec(text)
  return month === null ? null : utcDate(fullYear(month[1]), Number(month[2]), 1)
}

function fullYear(digits: string | undefined): number {
  const year = Number(digits)
  if ((digits ?? '').length > 2) return year
  return year > LAST_SHORT_YEAR ? 1900 + year : 2000 + year
}

function utcDate(year: number, month: number, day: number, daysOn = 0): number | null {
  if (year < MIN_YEAR || year > MAX_YEAR || month < 1 || month > 12 || day < 1 || day > 31) return null
  return Date.UTC(year, month - 1, day + daysOn)
}

/** Any other order: the time and zone are taken out first, then words and numbers are told apart. */
function dateInWords(text: string): number | null {
  const folded = foldWord(text).replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) =>
    String(digit.charCodeAt(0) & 0xf),
  )
  const clock = readClock(folded)
  if (clock === null) return null
  const date = calendarDate(clock.before, clock.zoneText)
  if (date === null) return null
  const local = date + clock.timeMs
  const minutes =
    zoneMinutes(clock.zoneText, text, local) ?? (/[\u1100-\u11ff\uac00-\ud7af]/.test(folded) ? 540 : 0)
  return local - minutes * 60_000
}

interface Clock {
  readonly timeMs: number
  /** What is left of the date without its time. */
  readonly before: string
  /** What followed the time. */
  readonly zoneText: string
}

const TIME =
  /(오전|오후|am|pm)? ?(?<![\d/.:-])(\d{1,2})[:h](\d{1,2})(?:[:.](\d{1,2})(?:[.,]\d{1,9})?)?(?![\d:]) ?([ap]\.? ?m\b\.?)?/u

/** The time of day; midnight where there is none, `null` where it is impossible. */
function readClock(folded: string): Clock | null {
  const found = TIME.exec(folded.normalize('NFC').replace(/(\d)t(?=\d{1,2}:)/, '$1 t '))
  if (found === null) return { timeMs: 0, before: folded, zoneText: / ([a-z]{1,5})$/.exec(folded)?.[1] ?? '' }
  const half = (found[1] ?? found[5] ?? '').replace(/[^a-z오전후]/gu, '')
  let hours = Number(found[2])
  if ((half === 'pm' || half === '오후') && hours < 12) hours += 12
  if ((half === 'am' || half === '오전') && hours === 12) hours = 0
  const minutes = Number(found[3])
  const seconds = Math.min(Number(found[4] ?? 0), 60)
  if (hours > 24 || minutes > 59) return null
  const before = found.input.slice(0, found.index)
  const after = found.input.slice(found.index + found[0].length)
  const timeMs = ((hours * 60 + minutes) * 60 + Math.min(seconds, 59)) * 1000
  return { timeMs, before: /\d/.test(before) ? before : '', zoneText: after }
}

/** Midnight UTC of the day. In asctime the year stands behind the time, else the zone does. */
function calendarDate(before: string, after: string): number | null {
  const year = /(?:^| )((?:19|20)\d\d)(?: |$)/.exec(after)?.[1]
  const isComplete = year === undefined || /(?<!\d)\d{4}(?!\d)/.test(before)
  const text = before === '' ? after : isComplete ? before : `${before} ${year}`
  return namedDate(text) ?? numericDate(text)
}

const ENGLISH_WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** A date whose month is a word; day 1 where only month and year are there. */
function namedDate(text: string): number | null {
  const numbers = text.match(/\d+/g) ?? []
  if (numbers.length === 0 || numbers.length > 2) return null
  const month = monthOf(text.match(/\p{L}+/gu) ?? [])
  if (month === null) return null
  const long = numbers.find((digits) => digits.length === 4)
  const short = numbers.filter((digits) => digits.length < 3)
  if (long !== undefined) return utcDate(Number(long), month, Number(short[0] ?? 1))
  const [first, second] = short
  if (second === undefined) return null
  return Number(first) > 31
    ? utcDate(fullYear(first), month, Number(second))
    : utcDate(fullYear(second), month, Number(first))
}

/** A date in numbers: `2004/09/15`, `26.06.2020`, `09/15/2014`. */
function numericDate(text: string): number | null {
  const [a, b, c] = text.match(/\d+/g) ?? []
  if (a === undefined || text.includes(':')) return null
  if (a.length === 8) return utcDate(Number(a.slice(0, 4)), Number(a.slice(4, 6)), Number(a.slice(6)))
  if (a.length === 4) return utcDate(Number(a), Number(b ?? 1), Number(c ?? 1))
  if (b === undefined || a.length > 2) return null
  if (c === undefined) return /^\D*\d\d?[./-]\d{4}\D*$/.test(text) ? utcDate(Number(b), Number(a), 1) : null
  const monthFirst = utcDate(fullYear(c), Number(a), Number(b))
  const dayFirst = utcDate(fullYear(c), Number(b), Number(a))
  const readings = /^\D*\d+\//.test(text) ? [monthFirst, dayFirst] : [dayFirst, monthFirst]
  const possible = readings.filter((reading) => reading !== null)
  return possible.find((reading) => fallsOn(reading, text)) ?? possible[0] ?? null
}

/** Whether the day is the weekday that the text names in English. */
function fallsOn(dayMs: number, text: string): boolean {
  return text.includes(ENGLISH_WEEKDAYS[new Date(dayMs).getUTCDay()] ?? '')
}

/** Minutes east of UTC by name. Sources: RFC 822 section 5.1 (military letters as printed there), common use in feeds. */
const ZONES: ReadonlyMap<string, number> = new Map(
  (
    'gmt 0 utc 0 ut 0 z 0 wet 0 west 60 bst 60 cet 60 met 60 mez 60 wat 60 cest 120 mest 120 mesz 120 eet 120 cat 120 ' +
    'sast 120 ist 330 eest 180 msk 180 eat 180 trt 180 msd 240 gst 240 pkt 300 npt 345 wib 420 ict 420 hkt 480 sgt 480 ' +
    'myt 480 pht 480 awst 480 jst 540 kst 540 acst 570 acdt 630 aest 600 aedt 660 nzst 720 nzdt 780 nst -210 ndt -150 ' +
    'brt -180 art -180 clt -240 at -240 ast -240 adt -180 et -300 est -300 edt -240 ct -360 cst -360 cdt -300 mt -420 ' +
    'mst -420 mdt -360 pt -480 pst -480 pdt -420 akst -540 akdt -480 hst -600 hast -600 a -60 b -120 c -180 d -240 ' +
    'e -300 f -360 g -420 h -480 i -540 k -600 l -660 m -720 n 60 o 120 p 180 q 240 r 300 s 360 t 420 u 480 v 540 ' +
    'w 600 x 660 y 720'
  )
    .match(/\S+ -?\d+/g)
    ?.map((pair) => {
      const [name = '', minutes] = pair.split(' ')
      return [name, Number(minutes)]
    }),
)

/** Minutes east of UTC that the text behind the time tells, or `null`. */
function zoneMinutes(zoneText: string, whole: string, localMs: number): number | null {
  const offset = /([+\-\u2212]) ?(\d{1,2}):?(\d{2})?(?!\d)/.exec(zoneText)
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
    return offset[1] === '+' ? minutes : -minutes
  }
  const place = /[A-Z][A-Za-z]+\/[A-Z][A-Za-z_]+/.exec(whole)?.[0]
  if (place !== undefined && IANAZone.isValidZone(place)) return IANAZone.create(place).offset(localMs)
  for (const [word] of zoneText.matchAll(/[a-z]+/g)) {
    const minutes = ZONES.get(word)
    if (minutes !== undefined) return minutes
  }
  return null
}
