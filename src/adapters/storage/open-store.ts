import type { ArticleStore } from '../../app/ports/article-store.ts'
import type { DigestStore } from '../../app/ports/digest-store.ts'
import type { FeedStore } from '../../app/ports/feed-store.ts'
import type { HubStore } from '../../app/ports/hub-store.ts'
import type { OperatorStore } from '../../app/ports/operator-store.ts'
import type { PageLinkStore } from '../../app/ports/page-link-store.ts'
import type { RequestMemory } from '../../app/ports/request-memory.ts'
import type { StoryStore } from '../../app/ports/story-store.ts'
import type { SubscriptionStore } from '../../app/ports/subscription-store.ts'
import { copyDatabase, type CopiedTable, type CopyProgress } from './copy-store.ts'
import type { Database } from './dialect.ts'
import { migrate, schemaStatus, type SchemaStatus } from './migrate.ts'
import { openPostgres } from './postgres.ts'
import { createArticleStore } from './sql-article-store.ts'
import { createDigestStore } from './sql-digest-store.ts'
import { createFeedStore } from './sql-feed-store.ts'
import { createHubStore } from './sql-hub-store.ts'
import { createOperatorStore } from './sql-operator-store.ts'
import { createPageLinkStore } from './sql-page-link-store.ts'
import { createRequestMemory } from './sql-request-memory.ts'
import { createStoryStore } from './sql-story-store.ts'
import { createSubscriptionStore } from './sql-subscription-store.ts'
import { openSqlite } from './sqlite.ts'
import { errorCode, errorLine, StorageError } from './storage-error.ts'

/** How to open a store. */
export interface StoreOptions {
  /** Bring the schema up to this program; else a database that is behind is refused. Default true. */
  readonly migrate?: boolean
  /** Refuse an SQLite file that is not there instead of making it: for look-ups. Default false. */
  readonly mustExist?: boolean
}

/** An open database behind the ports of the app. */
export interface Store {
  readonly kind: 'sqlite' | 'postgres'
  readonly articles: ArticleStore
  readonly stories: StoryStore
  readonly feeds: FeedStore
  readonly digests: DigestStore
  readonly subscriptions: SubscriptionStore
  readonly operator: OperatorStore
  readonly links: PageLinkStore
  readonly requests: RequestMemory
  readonly hubs: HubStore
  /** Which migrations it has; also tells whether the database answers. */
  status(): Promise<SchemaStatus>
  /** Writes the database as it is now into a new file, beside running work. SQLite only. */
  backup(path: string): Promise<void>
  /** Waits for running work, then lets go of the file or the connections. */
  close(): Promise<void>
}

/**
 * Opens the store that `url` names: `sqlite:data/tidings.db` (made with its folder), `sqlite::memory:`, `postgres://user@host/name`.
 *
 * @throws {StorageError} one line for people: wrong form of URL, no rights, no server, a schema newer than this program
 */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Store> {
  const database = await openChecked(url, options)
  return {
    kind: database.dialect.name,
    articles: createArticleStore(database),
    stories: createStoryStore(database),
    feeds: createFeedStore(database),
    digests: createDigestStore(database),
    subscriptions: createSubscriptionStore(database),
    operator: createOperatorStore(database),
    links: createPageLinkStore(database),
    requests: createRequestMemory(database),
    hubs: createHubStore(database),
    status: () => schemaStatus(database),
    backup: (path) => database.backup(path),
    close: () => database.close(),
  }
}

/**
 * Copies everything from the database at one URL into the one at another, which is made where it is missing. May be stopped and run
 * again. The answer is the counts of each table, which are the same in both.
 *
 * @throws {StorageError} as {@link openStore}, and where the counts differ in the end
 */
export async function copyStore(
  fromUrl: string,
  toUrl: string,
  onProgress: (progress: CopyProgress) => void,
): Promise<CopiedTable[]> {
  const from = await openChecked(fromUrl, { mustExist: true })
  try {
    const to = await openChecked(toUrl, {})
    try {
      return await copyDatabase(from, to, onProgress)
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
}

/** How far the schema of the database at a URL is; nothing is changed. */
export async function inspectStore(url: string): Promise<SchemaStatus> {
  const database = openDatabase(url, { mustExist: true })
  try {
    return await schemaStatus(database)
  } finally {
    await database.close()
  }
}

async function openChecked(url: string, options: StoreOptions): Promise<Database> {
  const database = openDatabase(url, options)
  try {
    if (options.migrate ?? true) await migrate(database)
    else await refuseOldSchema(database)
  } catch (error) {
    await database.close()
    throw new StorageError(
      `Cannot open database "${withoutPassword(url)}": ${errorLine(error).replace(/^Cannot [^:]*: /, '')}`,
      errorCode(error),
      error,
    )
  }
  return database
}

function openDatabase(url: string, { mustExist = false }: StoreOptions): Database {
  const file = /^sqlite:(?:\/\/(?=\/|[^/]))?(.+)$/.exec(url)?.[1]
  if (file !== undefined) return openSqlite(file, { mustExist })
  if (/^postgres(?:ql)?:\/\/./.test(url)) return openPostgres(url)
  throw new StorageError(
    `Cannot open database "${withoutPassword(url)}": URL is neither sqlite:path nor postgres://…`,
    'WRONG_URL',
  )
}

async function refuseOldSchema(database: Database): Promise<void> {
  const { pending, unknown } = await schemaStatus(database)
  if (unknown.length > 0) await migrate(database)
  if (pending.length > 0)
    throw new StorageError('its schema is older than this program: run "tidings db migrate"', 'OLD_SCHEMA')
}

function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^/@]*?):[^/@]*@/, '$1:…@')
}
