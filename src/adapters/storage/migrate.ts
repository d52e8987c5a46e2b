import { Migrator, type Migration } from 'kysely/migration'
import type { Database, Dialect } from './dialect.ts'
import { firstHouse } from './migrations/001-first-house.ts'
import { searchByTime } from './migrations/002-search-by-time.ts'
import { pages } from './migrations/003-pages.ts'
import { followPlace } from './migrations/004-follow-place.ts'
import { seenRequests } from './migrations/005-seen-requests.ts'
import { hubLeases } from './migrations/006-hub-leases.ts'
import { pictures } from './migrations/007-pictures.ts'
import { lateWords } from './migrations/008-late-words.ts'
import { errorCode, errorLine, StorageError } from './storage-error.ts'

/** How far the schema of a database is. */
export interface SchemaStatus {
  /** Names in order. */
  readonly applied: readonly string[]
  /** What this program would still apply. */
  readonly pending: readonly string[]
  /** Applied by a newer program: this one must not touch the database. */
  readonly unknown: readonly string[]
}

/** Forward only: a migration that was released is never edited, the next one mends it. Names sort in order. */
function migrations(dialect: Dialect): Record<string, Migration> {
  return {
    '001-first-house': { up: (db) => firstHouse(db, dialect) },
    '002-search-by-time': { up: (db) => searchByTime(db, dialect) },
    '003-pages': { up: pages },
    '004-follow-place': { up: followPlace },
    '005-seen-requests': { up: seenRequests },
    '006-hub-leases': { up: hubLeases },
    '007-pictures': { up: pictures },
    '008-late-words': { up: (db) => lateWords(db, dialect) },
  }
}

/** Which migrations the database has; an empty database has none. */
export async function schemaStatus({ writer, dialect }: Database): Promise<SchemaStatus> {
  const known = Object.keys(migrations(dialect))
  const applied = await appliedNames(writer)
  return {
    applied: applied.filter((name) => known.includes(name)),
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  }
}

/**
 * Brings the schema up to this program, in one transaction under a lock that other processes wait for.
 *
 * @throws {StorageError} where the database was made by a newer program, or a migration fails (nothing of it is kept)
 */
export async function migrate(database: Database): Promise<void> {
  const { pending, unknown } = await schemaStatus(database)
  if (unknown.length > 0) {
    throw new StorageError(
      `Cannot use database: it was made by a newer version of tidings (has "${unknown.join('", "')}")`,
      'NEWER_SCHEMA',
    )
  }
  if (pending.length === 0) return
  const provider = { getMigrations: async () => migrations(database.dialect) }
  const { error } = await new Migrator({ db: database.writer, provider }).migrateToLatest()
  if (error !== undefined) {
    throw new StorageError(`Cannot migrate database: ${errorLine(error)}`, errorCode(error), error)
  }
}

async function appliedNames(db: Database['writer']): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const rows = await db
    .$extendTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name')
    .execute()
  return rows.map(({ name }) => name)
}
