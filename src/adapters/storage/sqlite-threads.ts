import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDialect,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely'
import { Piscina } from 'piscina'
import { storageErrorOf, TransactionalSqliteAdapter } from './sqlite-driver.ts'

/** A statement on its way to the thread that has the file open. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** What became of a {@link Statement}. */
export type StatementResult =
  | { readonly kind: 'done'; readonly result: QueryResult<unknown> }
  | { readonly kind: 'failed'; readonly code: string; readonly problem: string }

/** Where statements run, and how many at once. */
export interface SqliteThreads {
  /** Path of the file. */
  readonly name: string
  /** Threads, each with a connection of its own: 1 for what writes, 1-4 for look-ups. */
  readonly threads: number
}

/**
 * Kysely's SQLite with its connections in threads of their own. A statement holds up whoever runs it, and a commit waits for the disk: here
 * that is not the process that answers people. Costs some 0.05 ms a statement.
 */
export class ThreadedSqliteDialect extends SqliteDialect {
  readonly #options: SqliteThreads

  constructor(options: SqliteThreads) {
    super({ database: () => Promise.reject(new Error('Cannot open database: its threads have it open')) })
    this.#options = options
  }

  override createDriver(): Driver {
    return new ThreadedSqliteDriver(this.#options)
  }

  override createAdapter(): SqliteAdapter {
    return this.#options.threads === 1 ? new TransactionalSqliteAdapter() : new ManySqliteAdapter()
  }
}

class ManySqliteAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

class ThreadedSqliteDriver implements Driver {
  readonly #pool: Piscina<Statement, StatementResult>
  readonly #connection: DatabaseConnection

  constructor({ name, threads }: SqliteThreads) {
    this.#pool = new Piscina<Statement, StatementResult>({
      filename: workerFile(),
      workerData: name,
      minThreads: 1,
      maxThreads: threads,
      // A thread that ends takes its connection and the pages that it keeps with it.
      idleTimeout: Infinity,
    })
    this.#connection = {
      executeQuery: <Row>(query: CompiledQuery) => this.#execute<Row>(query),
      streamQuery: () => {
        throw new Error('Cannot stream rows out of a thread')
      },
    }
  }

  async init(): Promise<void> {
    // The pool starts its threads itself.
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }

  async beginTransaction(): Promise<void> {
    await this.#execute(CompiledQuery.raw('begin immediate'))
  }

  async commitTransaction(): Promise<void> {
    await this.#execute(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(): Promise<void> {
    await this.#execute(CompiledQuery.raw('rollback'))
  }

  async releaseConnection(): Promise<void> {
    // All share the pool.
  }

  async destroy(): Promise<void> {
    await this.#pool.destroy()
  }

  async #execute<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const answer = await this.#pool.run({ sql, parameters }, { name: 'execute' })
    if (answer.kind === 'failed') throw storageErrorOf(answer.code, answer.problem)
    return answer.result as QueryResult<Row>
  }
}

/** The worker stands beside this file, as source or compiled. */
function workerFile(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return new URL(`./sqlite.worker.${extension}`, import.meta.url).href
}
