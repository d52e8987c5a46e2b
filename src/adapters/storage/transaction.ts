import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './schema.ts'
import { errorCode } from './storage-error.ts'

/** Times that a transaction is tried that PostgreSQL ends because of another one. Range 1-10. */
const MAX_TRIES = 4

/** Deadlocks, and a row that another process stored in the same moment: the next try finds it and changes it. */
const IN_EACH_OTHERS_WAY = new Set(['40P01', '40001', '23505'])

/** Runs `work` in one transaction: saved whole, or not at all where it throws. `work` may run again where another one was in its way. */
export async function inTransaction<Result>(
  db: Kysely<Tables>,
  work: (trx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (tries >= MAX_TRIES || !IN_EACH_OTHERS_WAY.has(errorCode(error))) throw error
    }
  }
}
