import { DEFAULT_SUBSCRIPTION, type Subscription } from '../core/subscription/subscription.ts'
import { dateFormat } from '../core/text/date-format.ts'
import type { QuietTime, Schedule } from '../core/schedule/next-run.ts'

/** What a stored subscription holds as `settings`: what the destination wants, and when. Plain JSON. */
export interface DigestSettings {
  readonly subscription: Subscription
  /** Cron expressions of five fields; none: only when somebody asks. */
  readonly cron: readonly string[]
  /** IANA zone of the expressions and of all times shown. */
  readonly timeZone: string
  readonly quiet: QuietTime | null
  /** Who set it last: a manager's word in chat wins over the settings file. */
  readonly setBy: 'file' | 'chat'
}

/** Settings of a digest that nobody has set yet. */
export const DEFAULT_DIGEST_SETTINGS: DigestSettings = {
  subscription: DEFAULT_SUBSCRIPTION,
  cron: [],
  timeZone: 'UTC',
  quiet: null,
  setBy: 'chat',
}

/** The schedules of a digest, as {@link nextRun} takes them. */
export function schedulesOf({ cron, timeZone, quiet }: DigestSettings): Schedule[] {
  return cron.map((expression) => ({ cron: expression, timeZone, quiet }))
}

/**
 * Reads stored settings. What is missing or of the wrong kind, as in those of an older version, is as in
 * {@link DEFAULT_DIGEST_SETTINGS}. Never throws.
 */
export function parseDigestSettings(stored: unknown): DigestSettings {
  const fields = recordOf(stored)
  const timeZone = fields['timeZone']
  return {
    subscription: parseSubscription(fields['subscription']),
    cron: textsOf(fields['cron']),
    timeZone: typeof timeZone === 'string' && isTimeZone(timeZone) ? timeZone : 'UTC',
    quiet: parseQuiet(fields['quiet']),
    setBy: fields['setBy'] === 'file' ? 'file' : 'chat',
  }
}

/** Whether a name is an IANA time zone that this program knows. */
export function isTimeZone(name: string): boolean {
  try {
    dateFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** Ranges of the numbers of a subscription; what lies outside comes to the nearest end. */
export const SUBSCRIPTION_RANGES = {
  maxStories: { min: 1, max: 50 },
  maxSentences: { min: 0, max: 10 },
  minPublishers: { min: 1, max: 50 },
  skipBelow: { min: 0, max: 50 },
} as const

function parseSubscription(stored: unknown): Subscription {
  const fields = recordOf(stored)
  const feeds = recordOf(fields['feeds'])
  const topics = recordOf(fields['topics'])
  const publishers = recordOf(fields['publishers'])
  const { overflow } = DEFAULT_SUBSCRIPTION
  return {
    feeds: { ids: textsOf(feeds['ids']), tags: textsOf(feeds['tags']) },
    topics: {
      include: textsOf(topics['include']),
      exclude: textsOf(topics['exclude']),
      mute: textsOf(topics['mute']),
    },
    publishers: { only: textsOf(publishers['only']), muted: textsOf(publishers['muted']) },
    languages: textsOf(fields['languages']),
    patterns: textsOf(fields['patterns']),
    minPublishers: numberOf(fields, 'minPublishers'),
    maxStories: numberOf(fields, 'maxStories'),
    maxSentences: numberOf(fields, 'maxSentences'),
    skipBelow: numberOf(fields, 'skipBelow'),
    overflow: OVERFLOWS.find((one) => one === fields['overflow']) ?? overflow,
    lang: textOf(fields['lang']),
    mentionRole: textOf(fields['mentionRole']),
    pictures: fields['pictures'] === true,
  }
}

/** What may become of stories that find no room in the first message. */
export const OVERFLOWS: readonly Subscription['overflow'][] = ['thread', 'next-message', 'post', 'drop']

function parseQuiet(stored: unknown): QuietTime | null {
  const { fromMinute, toMinute, days } = recordOf(stored)
  if (typeof fromMinute !== 'number' || typeof toMinute !== 'number') return null
  const isMinute = (minute: number) => Number.isInteger(minute) && minute >= 0 && minute < 1_440
  if (!isMinute(fromMinute) || !isMinute(toMinute)) return null
  const listed: unknown[] = Array.isArray(days) ? days : []
  const isDay = (day: unknown): day is number => Number.isInteger(day) && Number(day) >= 0 && Number(day) < 7
  return { fromMinute, toMinute, days: listed.filter(isDay) }
}

function numberOf(fields: Readonly<Record<string, unknown>>, name: keyof typeof SUBSCRIPTION_RANGES): number {
  const value = fields[name]
  if (typeof value !== 'number' || !Number.isFinite(value)) return DEFAULT_SUBSCRIPTION[name]
  const { min, max } = SUBSCRIPTION_RANGES[name]
  return Math.min(max, Math.max(min, Math.round(value)))
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

function textsOf(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : []
  return list.filter((one): one is string => typeof one === 'string' && one !== '')
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
