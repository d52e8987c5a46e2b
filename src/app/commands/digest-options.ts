import { baseLanguage } from '../../core/text/language.ts'
import { parsePattern } from '../../core/subscription/text-pattern.ts'
import type { QuietTime } from '../../core/schedule/next-run.ts'
import type { Subscription } from '../../core/subscription/subscription.ts'
import { isTimeZone, OVERFLOWS, SUBSCRIPTION_RANGES, type DigestSettings } from '../digest-settings.ts'
import type { Completion } from '../ports/chat.ts'
import type { StoredFeed } from '../ports/feed-store.ts'
import { feedsNamed } from './feed-lookup.ts'
import { choice, echo, listWords } from './reply-words.ts'
import { parseTimes, scheduleWords, WEEKDAY_WORDS } from './schedule-words.ts'

/** New settings, or what is wrong with the value and what to write instead. */
export type SetResult =
  | { readonly kind: 'settings'; readonly settings: DigestSettings }
  | { readonly kind: 'problem'; readonly problem: string }

/** One thing that a manager sets of a digest. */
export interface DigestOption {
  readonly name: string
  /** What to write. */
  readonly hint: string
  /** The value as a person would write it; `''` where nothing is set. */
  show(settings: DigestSettings, feeds: readonly StoredFeed[]): string
  /** Reads a value; `''` and `none` take the setting back. */
  set(settings: DigestSettings, value: string, feeds: readonly StoredFeed[]): SetResult
}

/** Entries of one list setting. */
const MAX_LISTED = 50

/** Everything that `/newsroom digest edit` can set; topics, mutes and publishers have commands of their own. */
export const DIGEST_OPTIONS: readonly DigestOption[] = [
  {
    name: 'times',
    hint: '08:00, 18:00 · 08:00 mon-fri · a cron expression · none',
    show: ({ cron }) => (cron.length === 0 ? '' : scheduleWords(cron)),
    set: (settings, value) => {
      if (value === '') return changed({ ...settings, cron: [] })
      const parsed = parseTimes(value, settings.timeZone)
      return parsed.kind === 'problem' ? parsed : changed({ ...settings, cron: parsed.cron })
    },
  },
  {
    name: 'zone',
    hint: 'a time zone such as Europe/Berlin',
    show: ({ timeZone }) => timeZone,
    set: (settings, value) => {
      const zone = findZone(value)
      if (zone === null)
        return problem(
          `${echo(value)} is not a time zone: write one such as Europe/Berlin or America/New_York`,
        )
      return changed({ ...settings, timeZone: zone })
    },
  },
  {
    name: 'quiet',
    hint: '22:00-06:00 · 22:00-06:00 sat, sun · none',
    show: ({ quiet }) => quietWords(quiet),
    set: (settings, value) => {
      const quiet = parseQuiet(value)
      if (quiet === undefined)
        return problem(
          `${echo(value)} is not a quiet time: write 22:00-06:00, with quiet days such as "sat, sun" after it`,
        )
      return changed({ ...settings, quiet })
    },
  },
  numberOption('stories', 'maxStories'),
  numberOption('sentences', 'maxSentences'),
  numberOption('skip-below', 'skipBelow'),
  numberOption('min-publishers', 'minPublishers'),
  {
    name: 'overflow',
    hint: listWords(OVERFLOWS),
    show: ({ subscription }) => subscription.overflow,
    set: (settings, value) => {
      const overflow = OVERFLOWS.find((one) => one === value.toLowerCase().replaceAll(' ', '-'))
      if (overflow === undefined)
        return problem(`${echo(value)} is not known: write one of ${OVERFLOWS.join(', ')}`)
      return changed(withRules(settings, { overflow }))
    },
  },
  {
    name: 'pictures',
    hint: 'on or off: a picture with each story, on Discord alone',
    show: ({ subscription }) => (subscription.pictures ? 'on' : 'off'),
    set: (settings, value) => {
      const pictures = /^(?:on|yes|true)$/i.test(value)
      if (!pictures && !/^(?:no|false)?$/i.test(value))
        return problem(`${echo(value)} is not known: write on or off`)
      return changed(withRules(settings, { pictures }))
    },
  },
  {
    name: 'feeds',
    hint: 'names or addresses of feeds, parted by commas; none: all',
    show: ({ subscription }, feeds) =>
      subscription.feeds.ids.map((id) => feeds.find((feed) => feed.id === id)?.name ?? id).join(', '),
    set: setFeeds,
  },
  {
    name: 'tags',
    hint: 'tags of feeds, parted by commas; none: all',
    show: ({ subscription }) => subscription.feeds.tags.join(', '),
    set: (settings, value) =>
      changed(withRules(settings, { feeds: { ...settings.subscription.feeds, tags: listOf(value) } })),
  },
  {
    name: 'languages',
    hint: 'codes such as en, de; none: all',
    show: ({ subscription }) => subscription.languages.join(', '),
    set: (settings, value) => {
      const languages = listOf(value).map((one) => ({ one, code: baseLanguage(one) }))
      const wrong = languages.find(({ code }) => code === null)
      if (wrong !== undefined)
        return problem(`${echo(wrong.one)} is not a language: write a code such as en or de`)
      return changed(withRules(settings, { languages: languages.flatMap(({ code }) => code ?? []) }))
    },
  },
  {
    name: 'patterns',
    hint: 'regular expressions, one a line; none: all',
    show: ({ subscription }) => subscription.patterns.join('\n'),
    set: (settings, value) => {
      const patterns = value
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .slice(0, MAX_LISTED)
      for (const pattern of patterns) {
        const parsed = parsePattern(pattern)
        if (parsed.kind === 'problem') return problem(`${echo(pattern)}: ${parsed.problem}`)
      }
      return changed(withRules(settings, { patterns }))
    },
  },
  {
    name: 'reader-language',
    hint: 'a code such as en: sentences in it where a story has them; none: as they come',
    show: ({ subscription }) => subscription.lang ?? '',
    set: (settings, value) => {
      const lang = value === '' ? null : baseLanguage(value)
      if (value !== '' && lang === null)
        return problem(`${echo(value)} is not a language: write a code such as en or de`)
      return changed(withRules(settings, { lang }))
    },
  },
  {
    name: 'role',
    hint: 'a role or group to mention with each digest; none: nobody',
    show: ({ subscription }) => subscription.mentionRole ?? '',
    set: (settings, value) => {
      const role = /^(?:<[@!&^a-z]*)?(\w{1,40})(?:\|[^>]*)?>?$/i.exec(value)?.[1] ?? null
      if (value !== '' && role === null)
        return problem(`${echo(value)} is not a role: choose one, or give its id`)
      return changed(withRules(settings, { mentionRole: value === '' ? null : role }))
    },
  },
]

/** Sets one thing by the name of its option. */
export function setDigestOption(
  settings: DigestSettings,
  name: string,
  value: string,
  feeds: readonly StoredFeed[],
): SetResult {
  const option = DIGEST_OPTIONS.find((one) => one.name === name)
  if (option === undefined) {
    return problem(
      `${echo(name)} cannot be set: there are ${DIGEST_OPTIONS.map((one) => one.name).join(', ')}`,
    )
  }
  const trimmed = value.trim()
  const wanted = /^(?:none|off|-)$/i.test(trimmed) ? '' : trimmed
  const result = option.set(settings, wanted, feeds)
  return result.kind === 'problem' ? problem(`${name}: ${result.problem}`) : result
}

function changed(settings: DigestSettings): SetResult {
  return { kind: 'settings', settings: { ...settings, setBy: 'chat' } }
}

function problem(words: string): SetResult {
  return { kind: 'problem', problem: words }
}

/** Settings with some rules of their subscription changed. */
export function withRules(settings: DigestSettings, rules: Partial<Subscription>): DigestSettings {
  return { ...settings, subscription: { ...settings.subscription, ...rules }, setBy: 'chat' }
}

function numberOption(name: string, field: keyof typeof SUBSCRIPTION_RANGES): DigestOption {
  const { min, max } = SUBSCRIPTION_RANGES[field]
  return {
    name,
    hint: `a number from ${min} to ${max}`,
    show: ({ subscription }) => String(subscription[field]),
    set: (settings, value) => {
      const number = Number(value)
      if (value === '' || !Number.isInteger(number) || number < min || number > max) {
        return problem(`${echo(value)} is not a whole number from ${min} to ${max}`)
      }
      return changed(withRules(settings, { [field]: number }))
    },
  }
}

function setFeeds(settings: DigestSettings, value: string, feeds: readonly StoredFeed[]): SetResult {
  const ids: string[] = []
  for (const text of listOf(value)) {
    const found = feedsNamed(feeds, text)
    if (found.length === 0) return problem(`there is no feed ${echo(text)}: /newsroom feeds list shows all`)
    ids.push(...found.map(({ id }) => id))
  }
  return changed(withRules(settings, { feeds: { ...settings.subscription.feeds, ids: [...new Set(ids)] } }))
}

function listOf(value: string): string[] {
  const parts = value.split(/[,;\n]/).map((one) => one.trim())
  return [...new Set(parts.filter((one) => one !== ''))].slice(0, MAX_LISTED)
}

function parseQuiet(value: string): QuietTime | null | undefined {
  if (value === '') return null
  const match = /^(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})(?:\s+(.+))?$/.exec(value)
  const days = match === null ? value : (match[3] ?? '')
  const named = days === '' ? [] : daysOnly(days)
  const fromMinute = match === null ? 0 : minuteOf(match[1] ?? '')
  const toMinute = match === null ? 0 : minuteOf(match[2] ?? '')
  if (named === null || fromMinute === null || toMinute === null) return undefined
  return { fromMinute, toMinute, days: named }
}

/** Weekdays by the reader of times: a time is put beside them, since it wants one. */
function daysOnly(words: string): number[] | null {
  const parsed = parseTimes(`00:00 ${words}`, 'UTC')
  const days = parsed.kind === 'cron' && parsed.cron.length === 1 ? parsed.cron[0]?.split(' ')[4] : undefined
  return days === undefined || days === '*' || !/^[\d,]+$/.test(days) ? null : days.split(',').map(Number)
}

function minuteOf(time: string): number | null {
  const [hour = 99, minute = 99] = time.split(':').map(Number)
  return hour < 24 && minute < 60 ? hour * 60 + minute : null
}

function quietWords(quiet: QuietTime | null): string {
  if (quiet === null) return ''
  const { fromMinute, toMinute, days } = quiet
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  const hours = fromMinute === toMinute ? '' : `${clock(fromMinute)}-${clock(toMinute)}`
  return [hours, days.map((day) => WEEKDAY_WORDS[day] ?? '').join(', ')].filter((one) => one !== '').join(' ')
}

/** The zone that somebody means, any case, spaces for underscores, or its city alone where that is clear; `null` where there is none. */
export function findZone(text: string): string | null {
  const wanted = text.trim().toLowerCase().replaceAll(' ', '_')
  if (wanted === '') return null
  const exact = ZONES.find((zone) => zone.toLowerCase() === wanted)
  if (exact !== undefined) return exact
  const cities = ZONES.filter((zone) => zone.toLowerCase().endsWith(`/${wanted}`))
  if (cities.length === 1) return cities[0] ?? null
  return /^[\w+/-]+$/.test(wanted) && isTimeZone(text.trim()) ? text.trim() : null
}

const ZONES: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
]

/** Offers of time zones for what is typed so far. */
export function completeZone(typed: string): Completion[] {
  const wanted = typed.trim().toLowerCase().replaceAll(' ', '_')
  return ZONES.filter((zone) => zone.toLowerCase().includes(wanted)).flatMap((zone) => choice(zone, zone))
}
