import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  extractCommand,
  groupCommand,
  parseFeedCommand,
  summarizeCommand,
  type BatchRooms,
} from './cli/batch-commands.ts'
import {
  digestCommand,
  showSample,
  type DigestFormat,
  type DigestOptions,
  type PrintedDigest,
} from './cli/digest-command.ts'
import {
  ingestCommand,
  searchCommand,
  storiesCommand,
  storyCommand,
  type Asked,
  type StoreRooms,
} from './cli/store-commands.ts'
import { initCommand } from './cli/init-command.ts'
import { buildProgram, runProgram } from './cli/program.ts'
import { runCommand } from './cli/run-command.ts'
import type { ExitCode, Terminal } from './cli/terminal.ts'
import { checkCommand } from './cli/check-command.ts'
import { dbCommand, type DbRooms } from './cli/db-command.ts'
import { feedsCommand, type FeedsRooms } from './cli/feeds-command.ts'
import { previewCommand } from './cli/preview-command.ts'
import { ndjsonFiles } from './adapters/files/ndjson-files.ts'
import { articleLines, storyLines, wholeStory } from './adapters/console/store-words.ts'
import type { Store } from './adapters/storage/open-store.ts'
import type { FeedSource } from './app/ports/feed-source.ts'
import type { ReadArticle } from './app/stream-articles.ts'
import type { LoadedSettings } from './config/load-settings.ts'
import type { Settings } from './config/settings.ts'
import type { Article } from './core/feed/article.ts'
import type { Digest } from './core/digest/digest.ts'
import type { Street } from './street.ts'

const NEWSROOM = new URL('../config/newsroom', import.meta.url)
const PACKAGE = new URL('../package.json', import.meta.url)

/**
 * Builds the program and runs it on its arguments; without any it shows the sample digest. Rooms are loaded by the
 * command that needs them: `--help` must not wait for a parser that it does not use.
 */
export async function runTidings(street: Street): Promise<ExitCode> {
  const { terminal, args } = street
  const printDigest = (inputs: readonly string[], options: DigestOptions) => print(street, inputs, options)
  if (args.length === 0) {
    await showSample(terminal, fileURLToPath(NEWSROOM), printDigest)
    return 0
  }
  const batch = batchRooms(street)
  const store = storeRooms(street)
  const program = buildProgram(terminal, readVersion(), [
    checkCommand(terminal, async (options) => {
      const { checkHouse } = await import('./wire-operate.ts')
      return checkHouse(street, readVersion(), options)
    }),
    previewCommand(terminal, async (digest, options) => {
      const { previewDigests } = await import('./wire-operate.ts')
      return previewDigests(street, digest, options)
    }),
    feedsCommand(terminal, lazyFeeds(street)),
    dbCommand(terminal, lazyDb(street)),
    initCommand(terminal, async (options) => {
      const { initHouse } = await import('./wire-init.ts')
      const sampleArticles = () =>
        Array.fromAsync(
          articlesOf(
            streamInputs([fileURLToPath(NEWSROOM)], street.stdin, () => openWeb(street, null)),
            () => undefined,
          ),
        )
      return initHouse({ street, version: readVersion(), options, sampleArticles })
    }),
    runCommand(terminal, async (options) => {
      const { runTheService } = await import('./wire-service.ts')
      return runTheService(street, readVersion(), options)
    }),
    digestCommand(terminal, printDigest),
    parseFeedCommand(terminal, batch),
    extractCommand(terminal, batch),
    groupCommand(terminal, batch),
    summarizeCommand(terminal, batch),
    ingestCommand(terminal, store),
    searchCommand(terminal, store),
    storyCommand(terminal, store),
    storiesCommand(terminal, store),
  ])
  return runProgram(program, args)
}

function lazyFeeds(street: Street): FeedsRooms {
  const rooms = async () => (await import('./wire-operate.ts')).feedsRooms(street, readVersion())
  return {
    add: async (url, options) => (await rooms()).add(url, options),
    remove: async (feed, options) => (await rooms()).remove(feed, options),
    list: async (options) => (await rooms()).list(options),
    test: async (url, options) => (await rooms()).test(url, options),
    importOpml: async (file, options) => (await rooms()).importOpml(file, options),
    exportOpml: async (options) => (await rooms()).exportOpml(options),
  }
}

function lazyDb(street: Street): DbRooms {
  const rooms = async () => (await import('./wire-operate.ts')).dbRooms(street)
  return {
    migrate: async (options) => (await rooms()).migrate(options),
    status: async (options) => (await rooms()).status(options),
    backup: async (file, options) => (await rooms()).backup(file, options),
    restore: async (file, options) => (await rooms()).restore(file, options),
    copy: async (from, to, onProgress) => (await rooms()).copy(from, to, onProgress),
  }
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(PACKAGE, 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '0'
}

function storeRooms(street: Street): StoreRooms {
  const view = { tenant: null }
  const since = async (text: string | undefined) => {
    if (text === undefined) return {}
    const parsed = (await import('./core/digest/digest-window.ts')).parseSince(text, street.nowMs())
    return parsed.kind === 'since' ? { sinceMs: parsed.atMs } : parsed
  }
  return {
    words: {
      article: articleLines,
      story: (story) => storyLines(story, street.nowMs()),
      storyInFull: ({ story, history }) => wholeStory(story, history, street.nowMs()),
    },
    async search(words, options) {
      const from = await since(options.since)
      if ('problem' in from) return wrongSince(from.problem)
      const { limit, outlet } = options
      const query = { words, limit, ...from, ...(outlet === undefined ? {} : { outlet }) }
      return ask(street, options.config, (store) => store.articles.search(query, view))
    },
    story: (id, options) => ask(street, options.config, (store) => store.stories.story(id, view)),
    async stories(options) {
      const from = await since(options.since)
      if ('problem' in from) return wrongSince(from.problem)
      return ask(street, options.config, (store) =>
        store.stories.stories({ limit: options.limit, ...from }, view),
      )
    },
    async ingest(inputs, options, listener) {
      const from = await since(options.since)
      if ('problem' in from) return wrongSince(from.problem)
      const opened = await openInputs(street, inputs, options.config)
      if (opened.kind === 'problems') return { kind: 'failed', code: 2, problems: opened.problems }
      const { ingestArticles } = await import('./app/ingest-articles.ts')
      const articles = articlesOf(opened.read, listener.onProblem)
      const { onProgress } = listener
      return ask(
        street,
        options.config,
        (store) => ingestArticles(articles, { ...store, nowMs: street.nowMs }, { ...from, onProgress }),
        { mustExist: false },
      )
    },
  }
}

async function* articlesOf(
  read: AsyncIterable<ReadArticle>,
  onProblem: (problem: string) => void,
): AsyncGenerator<Article> {
  for await (const one of read) {
    if (one.kind === 'article') yield one.article
    else onProblem(one.problem)
  }
}

function wrongSince(problem: string): {
  readonly kind: 'failed'
  readonly code: 2
  readonly problems: readonly string[]
} {
  return { kind: 'failed', code: 2, problems: [`error: option '--since': ${problem}`] }
}

/** Opens the database of the settings, asks it one thing and closes it; what goes wrong with it is told in a line. */
async function ask<T>(
  street: Street,
  config: string | undefined,
  question: (store: Store) => Promise<T>,
  { mustExist = true } = {},
): Promise<Asked<T>> {
  const { loadSettings, withDotEnv } = await import('./config/load-settings.ts')
  const loaded = loadSettings(config, withDotEnv(street.env))
  if (loaded.kind === 'problems') return { kind: 'failed', code: 2, problems: loaded.problems }
  const { openStore } = await import('./adapters/storage/open-store.ts')
  const { StorageError } = await import('./adapters/storage/storage-error.ts')
  try {
    await using store = disposable(await openStore(loaded.settings.database, { mustExist }))
    return { kind: 'answer', answer: await question(store) }
  } catch (error) {
    if (error instanceof StorageError) return { kind: 'failed', code: 1, problems: [error.message] }
    throw error
  }
}

function disposable(store: Store): Store & AsyncDisposable {
  return { ...store, [Symbol.asyncDispose]: () => store.close() }
}

function batchRooms({ stdin, stdout }: Street): BatchRooms {
  return {
    files: ndjsonFiles({ stdin, stdout }),
    async parseFeed() {
      const { parseFeedRow } = await import('./app/rows/parse-feed-row.ts')
      return { take: parseFeedRow }
    },
    async extract() {
      const { extractRow } = await import('./app/rows/extract-row.ts')
      const { openPageReader } = await import('./adapters/extract/open-page-reader.ts')
      const pages = openPageReader()
      return { take: (value) => extractRow(value, pages), close: () => pages.close() }
    },
    async group(options) {
      const { GroupRows } = await import('./app/rows/group-rows.ts')
      return new GroupRows(options)
    },
    async summarize(options, report) {
      const { summarizeRow } = await import('./app/rows/summarize-row.ts')
      return { take: (value) => summarizeRow(value, options, report) }
    },
  }
}

async function print(
  street: Street,
  inputs: readonly string[],
  options: DigestOptions,
): Promise<PrintedDigest> {
  const { parseSince } = await import('./core/digest/digest-window.ts')
  const { parseTopicQuery } = await import('./core/subscription/topic-query.ts')
  const since = options.since === undefined ? null : parseSince(options.since, street.nowMs())
  if (since?.kind === 'problem') return { kind: 'usage', problem: `option '--since': ${since.problem}` }
  const topic = options.topic === undefined ? null : parseTopicQuery(options.topic)
  if (topic?.kind === 'problem') {
    return { kind: 'usage', problem: `option '--topic': ${topic.problem} (character ${topic.at + 1})` }
  }
  const opened = await openInputs(street, inputs, options.config)
  if (opened.kind === 'problems') return { kind: 'settings', problems: opened.problems }
  const problems: string[] = []
  const articles = await Array.fromAsync(articlesOf(opened.read, (problem) => problems.push(problem)))
  if (articles.length === 0) return { kind: 'nothing', problems }
  const { makeDigest } = await import('./app/make-digest.ts')
  const digest = makeDigest(articles, {
    maxStories: options.stories,
    maxSentences: options.sentences,
    sinceMs: since?.atMs ?? null,
    topic: topic?.query ?? null,
    ...(options.lang === undefined ? {} : { lang: options.lang }),
  })
  return { kind: 'digest', text: await render(digest, options.format, street.terminal), problems }
}

/** Where feeds come from, and its end. */
type Web = FeedSource & { close(): Promise<void> }

type InputsOpened =
  | { readonly kind: 'read'; readonly read: AsyncIterable<ReadArticle> }
  | { readonly kind: 'problems'; readonly problems: readonly string[] }

/** Articles of the inputs, read while they are used. */
async function openInputs(
  street: Street,
  inputs: readonly string[],
  config: string | undefined,
): Promise<InputsOpened> {
  const wanted = await webSettings(street, inputs, config)
  if (wanted?.kind === 'problems') return wanted
  const settings = wanted?.settings ?? null
  return { kind: 'read', read: streamInputs(inputs, street.stdin, () => openWeb(street, settings)) }
}

async function* streamInputs(
  inputs: readonly string[],
  stdin: Street['stdin'],
  open: () => Promise<Web>,
): AsyncGenerator<ReadArticle> {
  const { streamArticles } = await import('./app/stream-articles.ts')
  const { fileInputs } = await import('./adapters/files/file-inputs.ts')
  const pages = lazy(async () => (await import('./adapters/extract/open-page-reader.ts')).openPageReader())
  const web = lazy(open)
  try {
    yield* streamArticles(inputs, {
      inputs: fileInputs(stdin),
      web: { fetchFeed: async (request) => (await web.get()).fetchFeed(request) },
      pages: { extract: async (page) => (await pages.get()).extract(page), close: () => pages.close() },
    })
  } finally {
    await Promise.all([pages.close(), web.close()])
  }
}

/**
 * Settings matter to a one-shot digest only where it fetches. With a URL or --config they are read at once, so that their problems end
 * it; for a list of feeds they are read when the first feed is fetched.
 */
async function webSettings(
  street: Street,
  inputs: readonly string[],
  config: string | undefined,
): Promise<LoadedSettings | null> {
  if (config === undefined && !inputs.some((input) => input.includes('://'))) return null
  const { loadSettings, withDotEnv } = await import('./config/load-settings.ts')
  return loadSettings(config, withDotEnv(street.env))
}

async function openWeb(street: Street, given: Settings | null): Promise<Web> {
  const { feedSecrets, openFetcher, withSecrets } = await import('./wire-fetcher.ts')
  const { loadSettings, withDotEnv } = await import('./config/load-settings.ts')
  const env = withDotEnv(street.env)
  const loaded =
    given === null ? loadSettings(undefined, env) : { kind: 'settings' as const, settings: given }
  if (loaded.kind === 'problems') {
    const problem = loaded.problems.join('; ')
    const outcome = { kind: 'failed', failure: 'refused', status: null, retryAtMs: null, problem } as const
    return { fetchFeed: () => Promise.resolve(outcome), close: () => Promise.resolve() }
  }
  const fetcher = openFetcher(street, readVersion(), loaded.settings)
  return { ...withSecrets(fetcher, feedSecrets(loaded.settings, env)), close: () => fetcher.close() }
}

/** Opens something when it is first needed, and closes it only if it was. */
function lazy<T extends { close(): Promise<void> }>(open: () => Promise<T>) {
  let opened: Promise<T> | undefined
  return {
    get: () => (opened ??= open()),
    close: async () => {
      await (await opened)?.close()
    },
  }
}

async function render(digest: Digest, format: DigestFormat, terminal: Terminal): Promise<string> {
  switch (format) {
    case 'terminal':
      return (await import('./adapters/console/digest-text.ts')).digestToText(digest, terminal)
    case 'markdown':
      return (await import('./adapters/console/digest-markdown.ts')).digestToMarkdown(digest)
    case 'html':
      return (await import('./adapters/console/digest-html.ts')).digestToHtml(digest)
    case 'json':
      return (await import('./adapters/console/digest-json.ts')).digestToJson(digest)
    case 'discord':
    case 'slack':
      return messagesAsJson(digest, format)
  }
}

/** What would be posted, as the platform takes it: a JSON array of its messages. */
async function messagesAsJson(digest: Digest, platform: 'discord' | 'slack'): Promise<string> {
  const { previewMessages } = await import('./wire-previews.ts')
  return `${JSON.stringify(previewMessages(digest, platform), null, 2)}\n`
}
