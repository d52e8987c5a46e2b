import path from 'node:path'
import SqliteFile from 'better-sqlite3'
import pg from 'pg'
import type { OwnerLock } from '../../app/ports/owner-lock.ts'
import { errorCode } from './storage-error.ts'

/** Longest wait for the answer to a question that keeps a lock alive, ms; past it the connection is held for lost. */
const MAX_ANSWER_MS = 5_000

/**
 * A lock of this name in the database that `url` names. It lives as long as the process, however that ends: on PostgreSQL it is an
 * advisory lock of a connection of its own, on SQLite an open transaction on a file beside the database.
 */
export function openOwnerLock(url: string, name: string): OwnerLock {
  const file = /^sqlite:(?:\/\/(?=\/|[^/]))?(.+)$/.exec(url)?.[1]
  if (file === undefined) return postgresLock(url, name)
  return file === ':memory:' ? ALWAYS : sqliteLock(`${path.resolve(file)}.${name}`)
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

function postgresLock(url: string, name: string): OwnerLock {
  let client: pg.Client | null = null
  let isHeld = false
  const drop = async () => {
    const lost = client
    client = null
    isHeld = false
    await lost?.end().catch(() => undefined)
  }
  return {
    async hold() {
      try {
        client ??= await connect(url)
        if (isHeld) await client.query('select 1')
        else {
          const { rows } = await client.query<{ held: boolean }>(
            'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
            [`tidings ${name}`],
          )
          isHeld = rows[0]?.held === true
        }
        return isHeld
      } catch (error) {
        await drop()
        throw error
      }
    },
    release: drop,
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'tidings owner',
    connectionTimeoutMillis: MAX_ANSWER_MS,
    query_timeout: MAX_ANSWER_MS,
    keepAlive: true,
  })
  // A connection that breaks between two questions fails the next one; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  return client
}
