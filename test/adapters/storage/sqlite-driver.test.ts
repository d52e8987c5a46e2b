import SqliteFile from 'better-sqlite3'
import { Kysely } from 'kysely'
import { describe, expect, test } from 'vitest'
import { ConsiderateSqliteDialect } from '../../../src/adapters/storage/sqlite-driver.ts'
import { StorageError } from '../../../src/adapters/storage/storage-error.ts'
import { inTransaction } from '../../../src/adapters/storage/transaction.ts'
import type { Tables } from '../../../src/adapters/storage/schema.ts'

const PLENTY = 1_000_000

describe('ConsiderateSqliteDialect', () => {
  test('a full disk is told as such, takes the transaction back and does no harm once there is room again', async () => {
    const file = new SqliteFile(':memory:')
    file.exec('create table story_steps (id text primary key, at_ms integer not null)')
    const db = new Kysely<Tables>({ dialect: new ConsiderateSqliteDialect(file) })
    const save = (ids: readonly string[]) =>
      inTransaction(db, async (trx) => {
        for (const id of ids) await trx.insertInto('story_steps').values({ id, at_ms: 1 }).execute()
      })
    await save(['before'])
    file.pragma(`max_page_count = ${String(file.pragma('page_count', { simple: true }))}`)
    const failed = await save(['small', 'x'.repeat(100_000)]).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(StorageError)
    expect(failed).toMatchObject({
      code: 'SQLITE_FULL',
      message: 'Cannot use database: database or disk is full',
    })
    file.pragma(`max_page_count = ${PLENTY}`)
    await save(['after'])
    const rows = await db.selectFrom('story_steps').select('id').orderBy('id').execute()
    expect(rows.map(({ id }) => id)).toEqual(['after', 'before'])
    await db.destroy()
  })
})
