import path from 'node:path'
import SqliteFile from 'better-sqlite3'
import pg from 'pg'
import type { OwnerLock } from '../../app/ports/owner-lock.ts'
import { errorCode } from './storage-error.ts'

/** Longest wait for the answer to a question that keeps a lock alive, ms; past it the connection is held for lost. */
const MAX_ANSWER_MS = 5_000

/** By this name processes that group know of each other. */
const APPLICATION = 'tidings owner'

/**
 * Locks of these names in the database that `url` names, in their order. They live as long as the process, however that ends: on PostgreSQL they
 * are advisory locks of one connection, which the processes that ask share out among each other; on SQLite there is one process, and
 * the first lock, an open transaction on a file beside the database, stands for all.
 *
 * @param names processes with other names must not work at the same time: one name alone keeps out those with several, and they it
 */
export function openOwnerLocks(url: string, names: readonly string[]): OwnerLock[] {
  const file = /^sqlite:(?:\/\/(?=\/|[^/]))?(.+)$/.exec(url)?.[1]
  if (file === undefined) {
    const owner = new PostgresOwner(url, names)
    return names.map((name) => ({ hold: () => owner.hold(name), release: () => owner.release(name) }))
  }
  const lock = file === ':memory:' ? ALWAYS : sqliteLock(`${path.resolve(file)}.grouping`)
  return names.map(() => lock)
}

const ALWAYS: OwnerLock = { hold: () => Promise.resolve(true), release: () => Promise.resolve() }

function sqliteLock(file: string): OwnerLock {
  let held: SqliteFile.Database | null = null
  return {
    async hold() {
      held ??= tryToLock(file)
      return held !== null
    },
    async release() {
      held?.close()
      held = null
    },
  }
}

function tryToLock(file: string): SqliteFile.Database | null {
  const lock = new SqliteFile(file, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
    return lock
  } catch (error) {
    lock.close()
    if (errorCode(error).startsWith('SQLITE_BUSY')) return null
    throw error
  }
}

/** Seed of the lock that several names hold together and one name alone. */
const WHOLE = 'tidings grouping'

/** The locks of this process on a connection of their own. */
class PostgresOwner {
  readonly #url: string
  readonly #names: readonly string[]
  readonly #held = new Set<string>()
  #client: Promise<pg.Client> | null = null
  #isLetIn = false
  #last: Promise<unknown> = Promise.resolve()

  constructor(url: string, names: readonly string[]) {
    this.#url = url
    this.#names = names
  }

  hold(name: string): Promise<boolean> {
    return this.#inOrder(() => this.#hold(name))
  }

  /** The connection goes with the last lock: a process that holds none and wants none does not count. */
  release(name: string): Promise<void> {
    return this.#inOrder(async () => {
      const client = await this.#client?.catch(() => null)
      this.#held.delete(name)
      if (this.#held.size === 0) await this.#drop()
      else if (client) await this.#letGo(client, name)
    })
  }

  #inOrder<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }

  async #hold(name: string): Promise<boolean> {
    try {
      const client = await (this.#client ??= connect(this.#url))
      if (!this.#held.has(name)) return await this.#take(client, name)
      const share = await this.#share(client)
      const surplus = this.#names.filter((one) => this.#held.has(one)).slice(share)
      if (!surplus.includes(name)) return true
      await this.#letGo(client, name)
      return false
    } catch (error) {
      await this.#drop()
      throw error
    }
  }

  async #take(client: pg.Client, name: string): Promise<boolean> {
    if (this.#held.size >= (await this.#share(client)) || !(await this.#letIn(client))) return false
    if (!(await tryToLockName(client, 'pg_try_advisory_lock', `${WHOLE} ${name}`))) return false
    this.#held.add(name)
    return true
  }

  async #letIn(client: pg.Client): Promise<boolean> {
    const lock = this.#names.length > 1 ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock'
    return (this.#isLetIn ||= await tryToLockName(client, lock, WHOLE))
  }

  /** As many as come on each of the processes that are connected for the same. */
  async #share(client: pg.Client): Promise<number> {
    const { rows } = await client.query<{ processes: number }>(
      `select count(*)::int as processes from pg_stat_activity
        where datname = current_database() and application_name = $1`,
      [APPLICATION],
    )
    return Math.ceil(this.#names.length / Math.max(1, rows[0]?.processes ?? 1))
  }

  async #letGo(client: pg.Client, name: string): Promise<void> {
    this.#held.delete(name)
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [`${WHOLE} ${name}`])
  }

  async #drop(): Promise<void> {
    const lost = this.#client
    this.#client = null
    this.#held.clear()
    this.#isLetIn = false
    await (await lost?.catch(() => undefined))?.end().catch(() => undefined)
  }
}

async function tryToLockName(client: pg.Client, lock: string, name: string): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(`select ${lock}(hashtextextended($1, 0)) as held`, [
    name,
  ])
  return rows[0]?.held === true
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: APPLICATION,
    connectionTimeoutMillis: MAX_ANSWER_MS,
    query_timeout: MAX_ANSWER_MS,
    keepAlive: true,
  })
  // A connection that breaks between two questions fails the next one; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  return client
}
