import type BetterSqlite3 from 'better-sqlite3'
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely'
import { errorCode, errorLine, StorageError } from './storage-error.ts'

/**
 * How long statements may follow each other before other work of the process gets its turn, in ms. Every statement
 * blocks the process, and a chain of awaits between them gives nobody else a turn. 0 yields after each statement (10 % slower);
 * above 40 the loop delay passes 50 ms. Default 8.
 */
const MAX_BUSY_MS = 8

/**
 * How long a write waits for the write of another connection or process, in ms. SQLite's own waiting would hold up the whole process, and
 * for ever where the other connection is ours. Range 1,000-60,000.
 */
const MAX_WAIT_MS = 30_000

/** Time between two tries to write, in ms: short beside a save, long beside a statement. */
const WAIT_MS = 5

/** Prepared statements kept, by their SQL; preparing costs more than most look-ups. Range 50-1000. */
const MAX_STATEMENTS = 300

/** Kysely's SQLite with what a process needs that does other things too: turns, kept statements, honest locks. */
export class ConsiderateSqliteDialect extends SqliteDialect {
  readonly #file: BetterSqlite3.Database

  constructor(file: BetterSqlite3.Database) {
    super({ database: file })
    this.#file = file
  }

  override createDriver(): Driver {
    return new ConsiderateSqliteDriver(this.#file)
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter()
  }
}

/** SQLite does take back schema changes with a transaction, so a migration that fails or dies leaves nothing half done. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class ConsiderateSqliteDriver extends SqliteDriver {
  readonly #file: BetterSqlite3.Database
  #connection: DatabaseConnection | null = null

  constructor(file: BetterSqlite3.Database) {
    super({ database: keepStatements(file) })
    this.#file = file
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#connection ??= takeTurns(await super.acquireConnection())
    return this.#connection
  }

  /** A transaction here always writes: to take the lock first makes it wait its turn instead of failing halfway. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** A full disk ends a transaction by itself; that there is none left to take back must not hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#file.inTransaction) await super.rollbackTransaction(connection)
  }
}

function takeTurns(connection: DatabaseConnection): DatabaseConnection {
  let busySinceMs = performance.now()
  return {
    streamQuery: connection.streamQuery.bind(connection),
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      if (performance.now() - busySinceMs > MAX_BUSY_MS) {
        await new Promise((resolve) => setImmediate(resolve))
        busySinceMs = performance.now()
      }
      return executeInTurn<Row>(connection, query)
    },
  }
}

async function executeInTurn<Row>(
  connection: DatabaseConnection,
  query: CompiledQuery,
): Promise<QueryResult<Row>> {
  const untilMs = performance.now() + MAX_WAIT_MS
  for (;;) {
    try {
      return await connection.executeQuery<Row>(query)
    } catch (error) {
      // A statement that found the file busy has changed nothing.
      if (errorCode(error) !== 'SQLITE_BUSY' || performance.now() > untilMs) throw asStorageError(error)
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
    }
  }
}

const LOST = /^SQLITE_(?:FULL|IOERR|CORRUPT|NOTADB|READONLY|CANTOPEN|BUSY|LOCKED|PERM)/

function asStorageError(error: unknown): unknown {
  const code = errorCode(error)
  return LOST.test(code) ? new StorageError(`Cannot use database: ${errorLine(error)}`, code, error) : error
}

function keepStatements(file: BetterSqlite3.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>()
  return {
    close: () => {
      file.close()
    },
    prepare(sql) {
      const statement = kept.get(sql) ?? file.prepare(sql)
      kept.delete(sql)
      kept.set(sql, statement)
      for (const oldest of kept.keys()) {
        if (kept.size <= MAX_STATEMENTS) break
        kept.delete(oldest)
      }
      return statement
    },
  }
}
