import fs from 'node:fs'
import path from 'node:path'
import SqliteFile from 'better-sqlite3'
import { inspectStore } from './open-store.ts'
import { openOwnerLocks } from './owner-lock.ts'
import { errorCode, errorLine, StorageError } from './storage-error.ts'

/** Tables that tell whether anybody would miss a database. */
const TELLING = ['articles', 'feeds', 'tenants', 'destinations', 'digests']

/**
 * Puts a back-up in place of the SQLite database that `url` names. The back-up is checked first, page by page, and copied beside the database;
 * the change itself is one renaming, so what is there before or after it is whole.
 *
 * @param options `force`: also where the database holds something, which is lost then
 * @throws {StorageError} one line for people: no or a broken back-up, a service that runs, a database that holds something, PostgreSQL
 */
export async function restoreSqlite(
  backup: string,
  url: string,
  { force }: { readonly force: boolean },
): Promise<void> {
  const target = /^sqlite:(?:\/\/(?=\/|[^/]))?(.+)$/.exec(url)?.[1]
  if (target === undefined || target === ':memory:') {
    throw new StorageError(
      `Cannot restore: the database is no SQLite file; use pg_restore, or "tidings db copy --from sqlite:${backup} --to postgres://…"`,
    )
  }
  await checkBackup(backup)
  const [lock] = openOwnerLocks(url, ['restore'])
  fs.mkdirSync(path.dirname(path.resolve(target)), { recursive: true })
  if ((await lock?.hold()) !== true) {
    throw new StorageError(`Cannot restore: a "tidings run" uses database "${url}"; stop it first`)
  }
  try {
    if (!force && holdsSomething(target)) {
      throw new StorageError(
        `Cannot restore: database "${url}" holds something; --force puts the back-up in its place`,
      )
    }
    replace(path.resolve(backup), path.resolve(target))
  } finally {
    await lock?.release()
  }
}

async function checkBackup(backup: string): Promise<void> {
  const refuse = (why: string) => new StorageError(`Cannot restore "${backup}": ${why}`)
  if (!fs.existsSync(backup)) throw refuse('there is no such file')
  const found = integrityOf(backup)
  if (found !== 'ok') throw refuse(`it is damaged or no database (${found})`)
  const { applied, unknown } = await inspectStore(`sqlite:${backup}`)
  if (unknown.length > 0) throw refuse('it was made by a newer version of tidings')
  if (applied.length === 0) throw refuse('it is no database of tidings')
}

/** `ok`, or the first thing that is wrong. */
function integrityOf(file: string): string {
  try {
    const database = new SqliteFile(file, { readonly: true })
    try {
      return String(database.pragma('integrity_check(1)', { simple: true }))
    } finally {
      database.close()
    }
  } catch (error) {
    return errorLine(error)
  }
}

/** A file that cannot be read as a database may be anything: it counts as something. */
function holdsSomething(target: string): boolean {
  if (!fs.existsSync(target) || fs.statSync(target).size === 0) return false
  try {
    const database = new SqliteFile(target)
    try {
      const tables = database.prepare("select name from sqlite_schema where type = 'table'").pluck().all()
      const known = TELLING.filter((table) => tables.includes(table))
      if (known.length === 0) return tables.length > 0
      return known.some((table) => database.prepare(`select 1 from ${table} limit 1`).get() !== undefined)
    } finally {
      database.close()
    }
  } catch {
    return true
  }
}

function replace(backup: string, target: string): void {
  const beside = `${target}.restoring`
  try {
    fs.copyFileSync(backup, beside)
    const file = fs.openSync(beside, 'r+')
    fs.fsyncSync(file)
    fs.closeSync(file)
    // The log of the old database must not be read into the new one, so it goes first.
    for (const log of [`${target}-wal`, `${target}-shm`]) fs.rmSync(log, { force: true })
    fs.renameSync(beside, target)
  } catch (error) {
    fs.rmSync(beside, { force: true })
    throw new StorageError(`Cannot restore into "${target}": ${errorLine(error)}`, errorCode(error), error)
  }
}
