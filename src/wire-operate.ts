import { constants } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { CheckOptions } from './cli/check-command.ts'
import type { DbOptions, DbRooms } from './cli/db-command.ts'
import type { FeedsOptions, FeedsRooms } from './cli/feeds-command.ts'
import type { PreviewOptions } from './cli/preview-command.ts'
import type { Printed } from './cli/printed.ts'
import type { ExitCode } from './cli/terminal.ts'
import { loadSettings, withDotEnv } from './config/load-settings.ts'
import type { Settings } from './config/settings.ts'
import { digestToText } from './adapters/console/digest-text.ts'
import { copyStore, inspectStore, openStore, type Store } from './adapters/storage/open-store.ts'
import { restoreSqlite } from './adapters/storage/restore-sqlite.ts'
import { StorageError } from './adapters/storage/storage-error.ts'
import { checkFeeds, checkWishes } from './app/check-settings.ts'
import {
  addFeed,
  exportFeeds,
  importFeeds,
  listFeeds,
  removeFeed,
  testFeed,
  type FeedsAnswer,
  type OperatorPorts,
} from './app/operator-feeds.ts'
import { previewFor, wantedDigests, type DigestPreview } from './app/preview-for.ts'
import type { FileWishes } from './app/sync-settings.ts'
import { plural } from './core/digest/count-words.ts'
import { digestDocument } from './core/digest/digest-document.ts'
import type { Street } from './street.ts'
import { feedSecrets, openFetcher, withSecrets } from './wire-fetcher.ts'
import { wishesOf } from './wire-wishes.ts'

/** Everything that is wrong, at once. */
export async function checkHouse(street: Street, version: string, options: CheckOptions): Promise<Printed> {
  return withSettings(street, options.config, async (settings) => {
    const env = withDotEnv(street.env)
    const wishes = wishesOf(settings)
    const problems = checkWishes(wishes, (name) => Boolean(env[name]))
    problems.push(...(await checkPlaces(wishes)), ...(await checkDatabase(settings.database)))
    if (options.online) {
      const web = openFetcher(street, version, settings)
      problems.push(...(await checkFeeds(wishes.feeds, withSecrets(web, feedSecrets(settings, env)))))
      await web.close()
      problems.push(...(await checkChats(street, settings, wishes)))
    }
    if (problems.length > 0) return { lines: [], problems, code: 1 }
    const { feeds, digests } = settings
    return done(`Settings are in order: ${plural(feeds.length, 'feed')}, ${plural(digests.length, 'digest')}`)
  })
}

const NO_PUBLIC_URL =
  'Slack by OAuth needs the setting "web.public_url": without it people can install the app from this machine alone'

/** Tokens, rights and channels, as the platforms see them. */
async function checkChats(street: Street, settings: Settings, { digests }: FileWishes): Promise<string[]> {
  const { openChats } = await import('./wire-chat.ts')
  const store = await openStoreOrEmpty(settings.database)
  try {
    const { nowMs, env } = street
    const opened = await openChats(withDotEnv(env), settings, {
      store,
      log: () => undefined,
      nowMs,
      shard: null,
      hasPages: true,
    })
    const found = opened.sides.map(async ({ chat }) => {
      const channels = digests.flatMap((one) => (one.platform === chat.platform ? [one.address] : []))
      return (await chat.check?.([...new Set(channels)])) ?? []
    })
    const address =
      withDotEnv(env)['SLACK_CLIENT_ID'] && settings.web.public_url === undefined ? [NO_PUBLIC_URL] : []
    return [...opened.problems, ...address, ...(await Promise.all(found)).flat()]
  } finally {
    await store.close()
  }
}

/** Workspaces that installed the app are in the database; before the first start there are none. */
async function openStoreOrEmpty(url: string): Promise<Store> {
  try {
    return await openStore(url, { mustExist: true })
  } catch (error) {
    if (error instanceof StorageError) return openStore('sqlite::memory:')
    throw error
  }
}

async function checkPlaces({ digests }: FileWishes): Promise<string[]> {
  const folders = new Set(digests.flatMap(({ platform, address }) => (platform === 'file' ? [address] : [])))
  const problems: string[] = []
  for (const folder of folders) {
    if (!(await mayWrite(resolve(folder))))
      problems.push(`Cannot write into folder "${folder}": it cannot be made or written`)
  }
  return problems
}

/** A folder that is not there yet is made where its nearest parent may be written. */
async function mayWrite(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK)
    return true
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return isMissing && dirname(folder) !== folder && mayWrite(dirname(folder))
  }
}

/** A database that is not there yet is made with the first start. */
async function checkDatabase(url: string): Promise<string[]> {
  try {
    const { unknown } = await inspectStore(url)
    return unknown.length === 0
      ? []
      : [`Cannot use database "${url}": it was made by a newer version of tidings`]
  } catch (error) {
    if (!(error instanceof StorageError)) return [`Cannot reach database: ${messageOf(error)}`]
    return error.code === 'ENOENT' ? [] : [error.message]
  }
}

/** The digests of a name as they would be now. */
export function previewDigests(street: Street, name: string, options: PreviewOptions): Promise<Printed> {
  return withStore(street, options.config, async (store, settings) => {
    const nowMs = street.nowMs()
    const wanted = await wantedDigests(store.subscriptions, wishesOf(settings), name, nowMs)
    if (wanted.length === 0)
      return failed(`Cannot preview digest "${name}": there is none of this name or id`)
    const lines: string[] = []
    for (const one of wanted) {
      const preview = await previewFor(store, one, nowMs)
      lines.push(...(options.json ? [asJson(preview)] : asText(preview, street)))
    }
    return { lines, problems: [], code: 0 }
  })
}

function asJson({ stored, composed, nextRunAtMs }: DigestPreview): string {
  const { digest, verdicts, skip, problems } = composed
  const next = nextRunAtMs === null ? null : new Date(nextRunAtMs).toISOString()
  const { name, destination } = stored
  const document = digestDocument(digest)
  return JSON.stringify({ name, destination, next, skip, problems, digest: document, verdicts }, null, 2)
}

function asText({ stored, composed, nextRunAtMs }: DigestPreview, { terminal }: Street): string[] {
  const { destination, name } = stored
  const next = nextRunAtMs === null ? 'when somebody asks' : new Date(nextRunAtMs).toISOString()
  const { digest, verdicts, skip, problems } = composed
  return [
    `Digest "${name}" for ${destination.platform} "${destination.address}", next: ${next}`,
    ...(skip === null ? [] : [`Nothing would be sent: ${skip}`]),
    ...problems,
    '',
    digestToText(digest, terminal),
    'Why:',
    ...verdicts.map(({ headline, kind, place, rule, why }) => {
      const where = place === null ? kind : `${kind} at ${place}`
      return `  ${headline}: ${where}; ${rule === null ? '' : `${rule}; `}${why}`
    }),
  ]
}

/** The operator's feeds. */
export function feedsRooms(street: Street, version: string): FeedsRooms {
  const withPorts = (options: FeedsOptions, work: (ports: OperatorPorts) => Promise<FeedsAnswer>) =>
    withStore(street, options.config, async (store, settings) => {
      const web = openFetcher(street, version, settings)
      try {
        const known = withSecrets(web, feedSecrets(settings, withDotEnv(street.env)))
        return answered(await work({ feeds: store.feeds, web: known, nowMs: street.nowMs }))
      } finally {
        await web.close()
      }
    })
  return {
    add: (url, options) =>
      withPorts(options, (ports) => {
        const tags = (options.tags ?? '').split(',').map((tag) => tag.trim())
        const name = options.name === undefined ? {} : { name: options.name }
        return addFeed(ports, url, { tags: tags.filter((tag) => tag !== ''), ...name })
      }),
    remove: (feed, options) => withPorts(options, (ports) => removeFeed(ports, feed)),
    list: (options) => withPorts(options, listFeeds),
    test: (url, options) =>
      withSettings(street, options.config, async (settings) => {
        const web = openFetcher(street, version, settings)
        try {
          const known = withSecrets(web, feedSecrets(settings, withDotEnv(street.env)))
          const own = new Map(settings.feeds.map((feed) => [feed.url, feed.max_articles]))
          const maxOf = (of: string) => own.get(of) ?? settings.fetch.max_articles
          return answered(await testFeed({ web: known }, url, maxOf))
        } finally {
          await web.close()
        }
      }),
    importOpml: (file, options) =>
      withPorts(options, async (ports) => {
        try {
          return await importFeeds(ports, await readFile(file, 'utf8'))
        } catch (error) {
          if (error instanceof StorageError) throw error
          return { lines: [], problems: [`Cannot read "${file}": ${messageOf(error)}`] }
        }
      }),
    exportOpml: (options) =>
      withPorts(options, async (ports) => ({ lines: [(await exportFeeds(ports)).trimEnd()], problems: [] })),
  }
}

/** The database as a whole. */
export function dbRooms(street: Street): DbRooms {
  return {
    migrate: (options: DbOptions) =>
      withStore(street, options.config, async (store) => {
        const { applied } = await store.status()
        return done(`The schema is up to date: ${applied.join(', ')}`)
      }),
    status: (options) =>
      withSettings(street, options.config, async ({ database }) => {
        const { applied, pending, unknown } = await inspectStore(database)
        const line = (what: string, names: readonly string[]) => `${what}: ${names.join(', ') || 'none'}`
        const lines = [line('applied', applied), line('pending', pending)]
        if (unknown.length === 0) return { lines, problems: [], code: 0 }
        return { lines, problems: [line('made by a newer version of tidings', unknown)], code: 1 }
      }),
    backup: (file, options) =>
      withStore(street, options.config, async (store) => {
        await store.backup(file)
        return done(`Wrote "${file}"`)
      }),
    restore: (file, { force = false, ...options }) =>
      withSettings(street, options.config, async ({ database }) => {
        await restoreSqlite(file, database, { force })
        return done(`Restored "${file}"; digests sent since it was written are not known to it`)
      }),
    copy: (from, to, onProgress) =>
      guarded(async () => {
        const tables = await copyStore(from, to, ({ rows, totalRows }) => {
          onProgress(rows, totalRows)
        })
        const lines = tables.map(({ table, targetRows }) => `${table}: ${targetRows}`)
        return { lines: [...lines, 'All counts are the same in both databases'], problems: [], code: 0 }
      }),
  }
}

function withStore(
  street: Street,
  config: string | undefined,
  work: (store: Store, settings: Settings) => Promise<Printed>,
): Promise<Printed> {
  return withSettings(street, config, async (settings) => {
    const store = await openStore(settings.database)
    try {
      return await work(store, settings)
    } finally {
      await store.close()
    }
  })
}

async function withSettings(
  street: Street,
  config: string | undefined,
  work: (settings: Settings) => Promise<Printed>,
): Promise<Printed> {
  const loaded = loadSettings(config, withDotEnv(street.env))
  if (loaded.kind === 'problems') return { lines: [], problems: loaded.problems, code: 2 }
  return guarded(() => work(loaded.settings))
}

/** A database that cannot be used is a line for people, not a stack. */
async function guarded(work: () => Promise<Printed>): Promise<Printed> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StorageError) return failed(error.message)
    throw error
  }
}

function answered({ lines, problems }: FeedsAnswer): Printed {
  return { lines, problems, code: problems.length > 0 ? 1 : 0 }
}

function done(line: string, code: ExitCode = 0): Printed {
  return { lines: [line], problems: [], code }
}

function failed(problem: string): Printed {
  return { lines: [], problems: [problem], code: 1 }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
