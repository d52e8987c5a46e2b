import { checkCron, cronOfTimes } from '../../core/schedule/next-run.ts'

/** When a digest comes, as a person wrote it. */
export type ParsedTimes =
  | { readonly kind: 'cron'; readonly cron: readonly string[] }
  | { readonly kind: 'problem'; readonly problem: string }

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** Times of day that one digest may have. */
const MAX_TIMES = 24

const HINT = 'write times such as "08:00, 18:00", with days such as "08:00 mon-fri", or a cron expression'

/**
 * Reads `08:00`, `8:00 and 18:30`, `7am`, `08:00 mon-fri`, `09:30 sat, sun`, `daily 8:00`, `weekdays 7:15` or a cron expression of five
 * fields.
 */
export function parseTimes(text: string, timeZone: string): ParsedTimes {
  const asked = text.trim().toLowerCase()
  if (asked === '') return { kind: 'problem', problem: `no time is given: ${HINT}` }
  const parts = asked.split(';').map((part) => part.trim())
  if (parts.every((part) => /^[\d*][^:\s]*(?:\s+[^:\s]+){4}$/.test(part)))
    return checkedCrons(parts, timeZone)
  const times: string[] = []
  const days = new Set<number>()
  for (const word of asked.split(/[\s,;]+|\band\b/).filter((one) => one !== '')) {
    const time = timeOf(word)
    const named = daysOf(word)
    if (time !== null) times.push(time)
    else if (named !== null) for (const day of named) days.add(day)
    else if (!FILLERS.has(word))
      return { kind: 'problem', problem: `"${word.slice(0, 40)}" is neither a time nor a day: ${HINT}` }
  }
  if (times.length === 0) return { kind: 'problem', problem: `no time is given: ${HINT}` }
  if (times.length > MAX_TIMES) return { kind: 'problem', problem: `more than ${MAX_TIMES} times a day` }
  return { kind: 'cron', cron: cronOfTimes([...new Set(times)], days.size === 7 ? [] : [...days]) }
}

const FILLERS: ReadonlySet<string> = new Set(['at', 'on', 'every', 'day', 'the'])

function checkedCrons(crons: readonly string[], timeZone: string): ParsedTimes {
  if (crons.length > MAX_TIMES) return { kind: 'problem', problem: `more than ${MAX_TIMES} expressions` }
  for (const cron of crons) {
    const checked = checkCron(cron, timeZone)
    if (checked.kind === 'problem') return checked
  }
  return { kind: 'cron', cron: crons }
}

function timeOf(word: string): string | null {
  const match = /^(\d{1,2})(?:[:.h](\d{2}))?(am|pm)?$/.exec(word)
  if (match === null || (match[2] === undefined && match[3] === undefined)) return null
  const half = match[3]
  const hour = Number(match[1])
  const minute = Number(match[2] ?? '0')
  if (half !== undefined && (hour < 1 || hour > 12)) return null
  const inDay = half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0)
  if (inDay > 23 || minute > 59) return null
  return `${String(inDay).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

function daysOf(word: string): readonly number[] | null {
  if (word === 'daily' || word === 'everyday') return [0, 1, 2, 3, 4, 5, 6]
  if (word === 'weekdays' || word === 'workdays') return [1, 2, 3, 4, 5]
  if (word === 'weekends' || word === 'weekend') return [0, 6]
  const [first = '', last, ...rest] = word.split(/[-–]/)
  const from = dayOf(first)
  if (from === null || rest.length > 0) return null
  if (last === undefined) return [from]
  const to = dayOf(last)
  if (to === null) return null
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, at) => (from + at) % 7)
}

function dayOf(word: string): number | null {
  if (!/^[a-z]{3,9}$/.test(word)) return null
  const day = DAY_NAMES.findIndex((name) => {
    const full = name.toLowerCase()
    return full.startsWith(word) || `${full}s` === word
  })
  return day === -1 ? null : day
}

/** Cron expressions as people say them: `08:00, 18:00 on Monday to Friday`; others as they are. No times: `only when asked`. */
export function scheduleWords(cron: readonly string[]): string {
  if (cron.length === 0) return 'only when asked'
  const read = cron.map(readSimpleCron)
  const [first] = read
  const days = first?.days ?? ''
  const simple = read.filter((one) => one !== null)
  if (simple.length < read.length || simple.some((one) => one.days !== days)) return cron.join('; ')
  const times = simple.flatMap((one) => one.times).sort()
  return `${times.join(', ')}${dayListWords(days)}`
}

function readSimpleCron(cron: string): { times: string[]; days: string } | null {
  const match = /^(\d{1,2}) ([\d,]+) \* \* (\*|[\d,]+)$/.exec(cron)
  if (match === null) return null
  const minute = (match[1] ?? '').padStart(2, '0')
  const times = (match[2] ?? '').split(',').map((hour) => `${hour.padStart(2, '0')}:${minute}`)
  return { times, days: match[3] ?? '*' }
}

function dayListWords(days: string): string {
  if (days === '*') return ' every day'
  if (days === '1,2,3,4,5') return ' on Monday to Friday'
  return ` on ${days
    .split(',')
    .map((day) => DAY_NAMES[Number(day) % 7] ?? day)
    .join(', ')}`
}

/** The short names of weekdays that {@link parseTimes} reads, Sunday first. */
export const WEEKDAY_WORDS: readonly string[] = DAYS
