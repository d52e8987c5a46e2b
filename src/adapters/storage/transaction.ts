import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './schema.ts'
import { errorCode } from './storage-error.ts'

/** Times that a transaction is tried when PostgreSQL ends it to solve a deadlock. Range 1-10. */
const MAX_TRIES = 4

const DEADLOCK = new Set(['40P01', '40001'])

/** Runs `work` in one transaction: saved whole, or not at all where it throws. `work` may run again after a deadlock. */
export async function inTransaction<Result>(
  db: Kysely<Tables>,
  work: (trx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (tries >= MAX_TRIES || !DEADLOCK.has(errorCode(error))) throw error
    }
  }
}
