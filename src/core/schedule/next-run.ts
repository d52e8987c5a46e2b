import { Cron } from 'croner'

/** When a destination wants its digests. */
export interface Schedule {
  /** Cron expression of five fields; in it a day of month and a weekday that are both set mean either (POSIX). */
  readonly cron: string
  /** IANA time zone in which the expression counts. */
  readonly timeZone: string
  /** Nothing is sent in it; what would be due waits for its end. `null`: always. */
  readonly quiet: QuietTime | null
}

/** Hours and days without digests, in the zone of the schedule. */
export interface QuietTime {
  /** From this minute of the day, 0..1439, … */
  readonly fromMinute: number
  /** … to before this one. Before `fromMinute` it is of the next day; equal to it there are no quiet hours. */
  readonly toMinute: number
  /** Whole quiet days, 0 Sunday .. 6 Saturday. */
  readonly days: readonly number[]
}

/** A cron expression, or what is wrong with the schedule. */
export type CheckedCron =
  { readonly kind: 'cron'; readonly cron: string } | { readonly kind: 'problem'; readonly problem: string }

const MINUTE_MS = 60_000

/** How far ahead a run is looked for: 29 February comes within eight years. */
const MAX_AHEAD_MS = 9 * 366 * 86_400_000

/**
 * The cron expressions of some times of day (`08:00`), one for each different minute of the hour, on the weekdays
 * named (0 Sunday .. 6 Saturday; none means every day).
 */
export function cronOfTimes(times: readonly string[], weekdays: readonly number[] = []): string[] {
  const hoursByMinute = new Map<number, Set<number>>()
  for (const time of times) {
    const [hour = 0, minute = 0] = time.split(':').map(Number)
    hoursByMinute.set(minute, (hoursByMinute.get(minute) ?? new Set()).add(hour))
  }
  const days = weekdays.length === 0 ? '*' : [...new Set(weekdays)].sort((a, b) => a - b).join(',')
  return [...hoursByMinute]
    .sort(([a], [b]) => a - b)
    .map(([minute, hours]) => `${minute} ${[...hours].sort((a, b) => a - b).join(',')} * * ${days}`)
}

/** Checks a cron expression and a zone: five fields, a day that exists, a zone that is known. */
export function checkCron(cron: string, timeZone: string): CheckedCron {
  try {
    const job = open(cron, timeZone)
    if (job.nextRun(new Date(0)) === null) return { kind: 'problem', problem: `"${cron}" never comes` }
    return { kind: 'cron', cron }
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error)
    return { kind: 'problem', problem: `"${cron}" in "${timeZone}": ${why}` }
  }
}

/**
 * The first run after `afterMs`, as epoch ms, of any of the schedules; `null` where none ever comes.
 *
 * A time that a change of clocks leaves out comes at the change; one that comes twice runs once, the first time; an
 * hourly schedule runs every hour that passes. A run inside the quiet time waits for its end.
 */
export function nextRun(schedules: readonly Schedule[], afterMs: number): number | null {
  const runs = schedules.map((schedule) => nextOf(schedule, afterMs)).filter((run) => run !== null)
  return runs.length === 0 ? null : Math.min(...runs)
}

function nextOf(schedule: Schedule, afterMs: number): number | null {
  const job = open(schedule.cron, schedule.timeZone)
  // A run that waited for the end of the quiet time may lie after later ones of the same wait: they fall together.
  let from = afterMs - quietSpanMs(schedule)
  for (;;) {
    const run = job.nextRun(new Date(from))
    if (run === null || run.getTime() - afterMs > MAX_AHEAD_MS) return null
    const endMs = endOfQuiet(schedule, run.getTime())
    if (endMs > afterMs) return endMs
    from = run.getTime()
  }
}

/** Longest wait that a quiet time can ask for: all its days in a row and the hours around them. */
function quietSpanMs({ quiet }: Schedule): number {
  return quiet === null ? 0 : (quiet.days.length + 2) * 86_400_000
}

/** The first minute from `atMs` on that is not quiet. */
function endOfQuiet({ quiet, timeZone }: Schedule, atMs: number): number {
  if (quiet === null || quiet.days.length >= 7) return atMs
  let candidate = atMs
  for (let steps = 0; steps < 7 * 24 * 60; steps += 1) {
    const { minute, day } = localTime(candidate, timeZone)
    if (quiet.days.includes(day)) candidate += (1_440 - minute) * MINUTE_MS
    else if (isQuietMinute(quiet, minute)) candidate += MINUTE_MS
    else return candidate
  }
  return candidate
}

function isQuietMinute({ fromMinute, toMinute }: QuietTime, minute: number): boolean {
  if (fromMinute === toMinute) return false
  if (fromMinute < toMinute) return minute >= fromMinute && minute < toMinute
  return minute >= fromMinute || minute < toMinute
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

const formats = new Map<string, Intl.DateTimeFormat>()

function localTime(atMs: number, timeZone: string): { minute: number; day: number } {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'short',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    })
    formats.set(timeZone, format)
  }
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]))
  return {
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
    day: WEEKDAYS.indexOf(parts.get('weekday') ?? ''),
  }
}

function open(cron: string, timeZone: string): Cron {
  return new Cron(cron, { paused: true, timezone: timeZone, mode: '5-part' })
}
