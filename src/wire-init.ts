import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import {
  askReplace,
  askSetup,
  type AskStreams,
  type PlaceKind,
  type SetupAnswers,
  type SetupHints,
} from './cli/ask-setup.ts'
import type { InitOptions } from './cli/init-command.ts'
import type { Printed } from './cli/printed.ts'
import {
  envWith,
  feedProblem,
  firstSettings,
  placeProblem,
  timeProblem,
  zoneProblem,
} from './config/first-settings.ts'
import { parseSettings, withDotEnv, type Environment } from './config/load-settings.ts'
import type { Settings } from './config/settings.ts'
import { loadStarterPacks, type StarterPack } from './config/starter-feeds.ts'
import { openStore } from './adapters/storage/open-store.ts'
import { StorageError } from './adapters/storage/storage-error.ts'
import { feedProblems } from './app/check-settings.ts'
import { makeDigest } from './app/make-digest.ts'
import { keepAnswering, packsOf, setupFeeds, type SetupFeed } from './app/plan-setup.ts'
import { sendTest, type TestReport } from './app/send-test.ts'
import { plural } from './core/digest/count-words.ts'
import type { Article } from './core/feed/article.ts'
import type { Street } from './street.ts'
import { openChats } from './wire-chat.ts'
import { openFetcher } from './wire-fetcher.ts'
import { openPublishers } from './wire-publishers.ts'

/** What a first start needs of the rest of the program. */
export interface InitHouse {
  readonly street: Street
  readonly version: string
  readonly options: InitOptions
  /** Articles for a test digest. */
  readonly sampleArticles: () => Promise<Article[]>
}

/** A step that went wrong ends the start with what is wrong. */
class SetupStop extends Error {
  readonly code: 1 | 2
  constructor(problem: string, code: 1 | 2) {
    super(problem)
    this.code = code
  }
}

/**
 * `tidings init`: answers, by questions or by options → settings and secrets written → a test sent. Nothing is written before all answers
 * hold; a settings file that is there is replaced only where somebody says so, and the other lines of the file of secrets stay.
 */
export async function initHouse(house: InitHouse): Promise<Printed> {
  try {
    return await setUp(house)
  } catch (error) {
    if (error instanceof SetupStop) return { lines: [], problems: [error.message], code: error.code }
    throw error
  }
}

async function setUp(house: InitHouse): Promise<Printed> {
  const { options, street } = house
  const env = withDotEnv(street.env, options.env)
  const streams = hasAnswers(options) ? null : askStreams(street)
  const packs = loadStarterPacks()
  const answers = streams === null ? answersOf(options, packs) : await askSetup(hintsOf(packs, env), streams)
  if (answers === null) throw new SetupStop('Nothing was written', 1)
  await mayReplace(options, streams)
  const opml = answers.opml === null ? null : await textOf(answers.opml)
  const wanted = setupFeeds({
    packs: answers.packs.flatMap((i) => packs[i] ?? []),
    opml,
    urls: answers.feeds,
  })
  const { feeds, problems } = options.online
    ? keepAnswering(wanted, await tryAll(house, wanted))
    : { feeds: wanted, problems: [] }
  const settings = await write(options, answers, feeds)
  const lines = [
    `Wrote "${options.config}": ${plural(feeds.length, 'feed')}, ${plural(answers.places.length, 'destination')}`,
  ]
  if (Object.keys(answers.secrets).length > 0) lines.push(`Wrote the tokens into "${options.env}"`)
  const tests = options.online ? await test(house, settings, { ...env, ...answers.secrets }) : []
  for (const { platform, address, problem } of tests)
    if (problem === null)
      lines.push(`Sent a test to ${platform}${address === platform ? '' : ` "${address}"`}`)
  lines.push(`Next: tidings run${options.config === 'tidings.yaml' ? '' : ` --config ${options.config}`}`)
  const all = [...problems, ...tests.flatMap(({ problem }) => problem ?? [])]
  return { lines, problems: all, code: all.length > 0 ? 1 : 0 }
}

function hasAnswers(options: InitOptions): boolean {
  const { topic, feed, opml, discord, slack, webhook, file, console } = options
  return console || [topic, feed, opml, discord, slack, webhook, file].some((given) => given !== undefined)
}

/** Questions need a person at both ends. */
function askStreams({ stdin, terminal }: Street): AskStreams {
  const output = terminal.progressTo
  if (output === null || !('isTTY' in stdin) || stdin.isTTY !== true) {
    const problem =
      'error: there is no terminal to ask on; say what you want by options (tidings init --help)'
    throw new SetupStop(problem, 2)
  }
  return { input: stdin, output }
}

function hintsOf(packs: readonly StarterPack[], env: Environment): SetupHints {
  return {
    packs: packs.map(({ topic, lang, feeds }) => ({ topic, lang, feeds: feeds.length })),
    timeZone: ownZone(),
    hasSecret: (name) => Boolean(env[name]),
    placeProblem: (kind, address) => placeProblem(placeOf(kind, address)),
    ...{ timeProblem, zoneProblem, feedProblem },
  }
}

function answersOf(options: InitOptions, packs: readonly StarterPack[]): SetupAnswers {
  const { topic: topics = [], language: languages = ['en'], feed: feeds = [], opml = null } = options
  const chosen = packsOf(packs, { topics, languages })
  if ('problem' in chosen) throw new SetupStop(`error: ${chosen.problem}`, 2)
  const kinds = ['discord', 'slack', 'webhook', 'file'] as const
  return {
    packs: chosen.packs.map((pack) => packs.indexOf(pack)),
    ...{ opml, feeds, at: options.at ?? ['08:00'], timeZone: options.timezone ?? ownZone(), secrets: {} },
    places: [
      ...kinds.flatMap((kind) => (options[kind] ?? []).map((address) => ({ kind, address }))),
      ...(options.console ? [{ kind: 'console' as const, address: '' }] : []),
    ],
  }
}

async function mayReplace({ config, force }: InitOptions, streams: AskStreams | null): Promise<void> {
  if (!existsSync(config) || force) return
  if (streams !== null && (await askReplace(config, streams))) return
  throw new SetupStop(`Cannot write "${config}": it is there already; --force replaces it`, 1)
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new SetupStop(`Cannot read "${file}": ${messageOf(error)}`, 1)
  }
}

/** Settings with nothing but the addresses that may be read. */
function bareSettings(options: InitOptions): Settings {
  const checked = parseSettings(
    JSON.stringify({ fetch: { allow_addresses: options.allow ?? [] } }),
    'option --allow',
    {},
  )
  if (checked.kind === 'problems') throw new SetupStop(`error: ${checked.problems.join('; ')}`, 2)
  return checked.settings
}

async function tryAll(
  { street, version, options }: InitHouse,
  feeds: readonly SetupFeed[],
): Promise<ReadonlyMap<string, string>> {
  const web = openFetcher(street, version, bareSettings(options))
  try {
    return await feedProblems(feeds, web)
  } finally {
    await web.close()
  }
}

/** Writes both files; the answer is what the settings file says. */
async function write(
  options: InitOptions,
  { places, at, timeZone, secrets }: SetupAnswers,
  feeds: readonly SetupFeed[],
): Promise<Settings> {
  const first = firstSettings({
    ...{ feeds, at, timeZone, allowAddresses: options.allow ?? [] },
    places: places.map(({ kind, address }) => placeOf(kind, address)),
  })
  if (first.kind === 'issues') {
    const issues = first.issues.map(({ path, message }) => `"${path.join('.')}" ${message}`)
    throw new SetupStop(`error: ${issues.join('; ')}`, 2)
  }
  const before = existsSync(options.env) ? await textOf(options.env) : ''
  const after = envWith(before, secrets)
  if (after === null)
    throw new SetupStop(`Cannot write "${options.env}": a token holds signs that no token has`, 1)
  try {
    if (after !== before) await writeFile(options.env, after, { mode: 0o600 })
    await writeFile(options.config, first.text)
  } catch (error) {
    throw new SetupStop(`Cannot write the settings: ${messageOf(error)}`, 1)
  }
  const read = parseSettings(first.text, options.config, {})
  if (read.kind === 'problems') throw new SetupStop(read.problems.join('; '), 1)
  return read.settings
}

/** One story of the sample newsroom to every place: the surest check of tokens and rights. */
async function test(house: InitHouse, settings: Settings, env: Environment): Promise<TestReport[]> {
  const { street, version, sampleArticles } = house
  const places = settings.digests.flatMap(({ to }) => to).map(wordsOfPlace)
  if (places.length === 0) return []
  const request = { maxStories: 1, maxSentences: 2, sinceMs: null, topic: null }
  const digest = makeDigest(await sampleArticles(), request)
  try {
    await using store = disposable(await openStore(env['DATABASE_URL'] || settings.database))
    const log = () => undefined
    const { sides } = await openChats(env, settings, {
      store,
      log,
      nowMs: street.nowMs,
      shard: null,
      hasPages: true,
    })
    const publishers = [...openPublishers(street, env, version), ...sides.map(({ publisher }) => publisher)]
    return await sendTest(new Map(publishers.map((one) => [one.platform, one])), places, digest)
  } catch (error) {
    if (error instanceof StorageError) throw new SetupStop(error.message, 1)
    throw error
  }
}

function disposable<T extends { close(): Promise<void> }>(store: T): T & AsyncDisposable {
  return { ...store, [Symbol.asyncDispose]: () => store.close() }
}

function wordsOfPlace(place: Settings['digests'][number]['to'][number]): {
  platform: string
  address: string
} {
  const [platform = '', address = ''] = Object.entries(place)[0] ?? []
  return { platform, address: typeof address === 'string' ? address : platform }
}

function placeOf(kind: PlaceKind, address: string): Readonly<Record<string, string | true>> {
  return { [kind]: kind === 'console' ? true : address }
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
