import {
  type CANCEL_SYMBOL,
  confirm,
  intro,
  isCancel,
  multiselect,
  outro,
  password,
  select,
  text,
} from '@clack/prompts'
import type { Readable, Writable } from 'node:stream'

/** Where the questions are asked. */
export interface AskStreams {
  readonly input: Readable
  readonly output: Writable
}

/** Feeds that are offered together. */
export interface OfferedPack {
  readonly topic: string
  /** ISO 639-1. */
  readonly lang: string
  readonly feeds: number
}

/** A kind of destination, as the settings file calls it. */
export type PlaceKind = 'discord' | 'slack' | 'webhook' | 'file' | 'console'

/** What is known before anything is asked, and what judges an answer: a problem in words, or `null`. */
export interface SetupHints {
  readonly packs: readonly OfferedPack[]
  readonly timeZone: string
  /** Names of secrets that the environment has. */
  readonly hasSecret: (name: string) => boolean
  readonly placeProblem: (kind: PlaceKind, address: string) => string | null
  readonly timeProblem: (time: string) => string | null
  readonly zoneProblem: (zone: string) => string | null
  readonly feedProblem: (url: string) => string | null
}

/** What somebody wants who starts for the first time. */
export interface SetupAnswers {
  /** Indices of the packs. */
  readonly packs: readonly number[]
  /** An OPML file to take feeds from, or `null`. */
  readonly opml: string | null
  /** Addresses of feeds. */
  readonly feeds: readonly string[]
  readonly places: readonly { readonly kind: PlaceKind; readonly address: string }[]
  readonly at: readonly string[]
  readonly timeZone: string
  readonly secrets: Readonly<Record<string, string>>
}

const PLACES: readonly {
  readonly kind: PlaceKind
  readonly label: string
  readonly question: string
  readonly secrets: readonly (readonly [name: string, question: string])[]
}[] = [
  {
    kind: 'discord',
    label: 'Discord',
    question: 'Id of the Discord channel (developer mode → right click on the channel → Copy Channel ID)',
    secrets: [['DISCORD_TOKEN', 'Token of the Discord bot']],
  },
  {
    kind: 'slack',
    label: 'Slack',
    question: 'Id of the Slack channel (at the end of the channel’s details, C…)',
    secrets: [
      ['SLACK_BOT_TOKEN', 'Bot token of the Slack app (xoxb-…)'],
      ['SLACK_APP_TOKEN', 'App token of the Slack app (xapp-…)'],
    ],
  },
  { kind: 'webhook', label: 'A webhook', question: 'Address of the webhook', secrets: [] },
  { kind: 'file', label: 'Markdown files', question: 'Folder of the files', secrets: [] },
  { kind: 'console', label: 'The output of the service', question: '', secrets: [] },
]

/** Raised by a cancelled question; {@link askSetup} answers `null` for it. */
class Cancelled extends Error {}

/** Asks everything that a first start needs, or `null` where somebody cancels (Ctrl-C, Escape). */
export async function askSetup(hints: SetupHints, streams: AskStreams): Promise<SetupAnswers | null> {
  try {
    intro('tidings: what happened, once, from whom', streams)
    const feeds = await askFeeds(hints, streams)
    const { places, secrets } = await askPlaces(hints, streams)
    const times =
      places.length === 0 ? { at: ['08:00'], timeZone: hints.timeZone } : await askTimes(hints, streams)
    outro('Thank you.', streams)
    return { ...feeds, ...times, places, secrets }
  } catch (error) {
    if (error instanceof Cancelled) return null
    throw error
  }
}

/** Asks whether a file that is there may be replaced. */
export async function askReplace(file: string, streams: AskStreams): Promise<boolean> {
  const answer = await confirm({
    message: `"${file}" is there already. Replace it?`,
    initialValue: false,
    ...streams,
  })
  return answer === true
}

async function askFeeds(
  { packs, feedProblem }: SetupHints,
  streams: AskStreams,
): Promise<Pick<SetupAnswers, 'packs' | 'opml' | 'feeds'>> {
  const chosen = await answered(
    multiselect({
      message: 'What should be read? (space marks, enter goes on; feeds can be added at any time)',
      options: packs.map(({ topic, lang, feeds }, index) => ({
        value: index,
        label: `${topic} in ${languageName(lang)}`,
        hint: `${feeds} feeds`,
      })),
      required: false,
      maxItems: 12,
      ...streams,
    }),
  )
  const more = await answered(
    text({
      message: 'More feeds: addresses parted by spaces, or the path of an OPML file (or nothing)',
      validate: (value) => moreProblem(value ?? '', feedProblem) ?? undefined,
      ...streams,
    }),
  )
  return { packs: chosen, ...readMore(more) }
}

function readMore(more: string): Pick<SetupAnswers, 'opml' | 'feeds'> {
  const words = wordsOf(more)
  const isFile = words.length > 0 && !more.includes('://')
  return isFile ? { opml: more.trim(), feeds: [] } : { opml: null, feeds: words }
}

function moreProblem(more: string, feedProblem: SetupHints['feedProblem']): string | null {
  for (const url of readMore(more).feeds) {
    const problem = feedProblem(url)
    if (problem !== null) return `"${url}" ${problem}`
  }
  return null
}

async function askPlaces(
  { hasSecret, placeProblem }: SetupHints,
  streams: AskStreams,
): Promise<Pick<SetupAnswers, 'places' | 'secrets'>> {
  const kinds = await answered(
    multiselect({
      message: 'Where should digests go?',
      options: PLACES.map(({ kind, label }) => ({ value: kind, label })),
      initialValues: ['console'],
      ...streams,
    }),
  )
  const places: { kind: PlaceKind; address: string }[] = []
  const secrets: Record<string, string> = {}
  for (const { kind, question, secrets: needed } of PLACES.filter((place) => kinds.includes(place.kind))) {
    const validate = (value: string | undefined) => placeProblem(kind, (value ?? '').trim()) ?? undefined
    const address = question === '' ? '' : await answered(text({ message: question, validate, ...streams }))
    places.push({ kind, address: address.trim() })
    for (const [name, asked] of needed.filter(([one]) => !hasSecret(one))) {
      const message = `${asked}, kept in .env (nothing: later)`
      const given = (await answered(password({ message, mask: '•', ...streams }))).trim()
      if (given !== '') secrets[name] = given
    }
  }
  return { places, secrets }
}

async function askTimes(
  { timeZone, timeProblem, zoneProblem }: SetupHints,
  streams: AskStreams,
): Promise<Pick<SetupAnswers, 'at' | 'timeZone'>> {
  const rhythm = await answered(
    select({
      message: 'How often?',
      options: [
        { value: '08:00', label: 'Every morning at 08:00' },
        { value: '08:00 18:00', label: 'Morning and evening' },
        { value: '', label: 'At other times' },
      ],
      ...streams,
    }),
  )
  const at =
    rhythm === ''
      ? await answered(
          text({
            message: 'Times of day, parted by spaces, such as 07:30 12:00',
            validate: (value) => timesProblem(value ?? '', timeProblem) ?? undefined,
            ...streams,
          }),
        )
      : rhythm
  const zone = await answered(
    text({
      message: 'In which time zone?',
      initialValue: timeZone,
      validate: (value) => zoneProblem((value ?? '').trim()) ?? undefined,
      ...streams,
    }),
  )
  return { at: wordsOf(at), timeZone: zone.trim() }
}

function timesProblem(times: string, timeProblem: SetupHints['timeProblem']): string | null {
  const words = wordsOf(times)
  if (words.length === 0) return 'names no time'
  return words.map((time) => timeProblem(time)).find((problem) => problem !== null) ?? null
}

async function answered<T extends string | readonly unknown[]>(
  answer: Promise<T | typeof CANCEL_SYMBOL>,
): Promise<T> {
  const given = await answer
  if (isCancel(given)) throw new Cancelled()
  return given
}

function wordsOf(line: string): string[] {
  return line.split(/[\s,]+/).filter((word) => word !== '')
}

function languageName(lang: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(lang) ?? lang
}
