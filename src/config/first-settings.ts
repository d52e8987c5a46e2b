import { parseEnv } from 'node:util'
import { Document, isMap, isSeq } from 'yaml'
import { checkSettings, type SettingIssue } from './settings.ts'

/** What somebody wants who starts for the first time. */
export interface FirstWishes {
  readonly feeds: readonly { readonly url: string; readonly name: string; readonly tags: readonly string[] }[]
  /** Places in the words of the settings file, such as `{ discord: '123' }`. */
  readonly places: readonly Readonly<Record<string, string | true>>[]
  /** Times of day such as `08:00`. */
  readonly at: readonly string[]
  readonly timeZone: string
  /** Private addresses that feeds may use, as CIDR. */
  readonly allowAddresses: readonly string[]
}

/** Name of the one digest of a first settings file. */
export const FIRST_DIGEST = 'morning'

/** A settings file that holds, or what is wrong with the wishes. */
export type FirstSettings =
  | { readonly kind: 'settings'; readonly text: string }
  | { readonly kind: 'issues'; readonly issues: readonly SettingIssue[] }

/**
 * The text of a first settings file, with a line of comment where somebody will look. It is checked by the shape of the settings, so what
 * is written can be read.
 */
export function firstSettings({ feeds, places, at, timeZone, allowAddresses }: FirstWishes): FirstSettings {
  const data = {
    feeds: feeds.map(({ url, name, tags }) => ({
      url,
      ...(name === '' ? {} : { name }),
      ...(tags.length === 0 ? {} : { tags }),
    })),
    digests: places.length === 0 ? [] : [{ name: FIRST_DIGEST, to: places, at, timezone: timeZone }],
    ...(allowAddresses.length === 0 ? {} : { fetch: { allow_addresses: allowAddresses } }),
  }
  const checked = checkSettings(data)
  if ('issues' in checked) return { kind: 'issues', issues: checked.issues }
  const document = new Document(data)
  const listed = document.get('feeds')
  for (const feed of isSeq(listed) ? listed.items : []) if (isMap(feed)) feed.flow = true
  document.commentBefore =
    ' Written by tidings init. All settings with their defaults: docs/configuration.md; then: tidings check\n' +
    ' Channels, times and topics can be changed from chat too: /newsroom'
  return {
    kind: 'settings',
    text: document.toString({ lineWidth: 110, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' }),
  }
}

/** What is wrong with one place of a digest, or `null`. */
export function placeProblem(place: FirstWishes['places'][number]): string | null {
  return issueAt({ to: [place], at: ['08:00'] }, 'to')
}

/** What is wrong with a time of day, or `null`. */
export function timeProblem(time: string): string | null {
  return issueAt({ to: [{ console: true }], at: [time] }, 'at')
}

/** What is wrong with the name of a time zone, or `null`. */
export function zoneProblem(timezone: string): string | null {
  return issueAt({ to: [{ console: true }], at: ['08:00'], timezone }, 'timezone')
}

/** What is wrong with the address of a feed, or `null`. */
export function feedProblem(url: string): string | null {
  const checked = checkSettings({ feeds: [{ url }] })
  return 'issues' in checked ? (checked.issues[0]?.message ?? 'is wrong') : null
}

function issueAt(digest: Readonly<Record<string, unknown>>, field: string): string | null {
  const checked = checkSettings({ digests: [{ name: FIRST_DIGEST, ...digest }] })
  if ('settings' in checked) return null
  return checked.issues.find(({ path }) => path.includes(field))?.message ?? null
}

/**
 * The text of a `.env` file with some secrets added: a line that names one already is replaced where it is empty or differs, all other lines stay as
 * they are. A value that a `.env` file cannot hold gives `null`.
 */
export function envWith(before: string, secrets: Readonly<Record<string, string>>): string | null {
  let text = before
  for (const [name, value] of Object.entries(secrets)) {
    if (!/^[\x21-\x7e]+$/.test(value) || /['"`\\#]/.test(value)) return null
    const line = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=.*$`, 'm')
    if (line.test(text)) text = text.replace(line, () => `${name}=${value}`)
    else text = `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${name}=${value}\n`
  }
  const read = parseEnv(text)
  return Object.entries(secrets).every(([name, value]) => read[name] === value) ? text : null
}
