import type { Kysely } from 'kysely'
import type { RequestMemory } from '../../app/ports/request-memory.ts'
import type { Database } from './dialect.ts'
import type { Tables } from './schema.ts'

/** How long a request is kept, ms: Slack repeats events for an hour at most, signed requests are good for five minutes. */
const KEPT_MS = 3_900_000

/** Between two clearings of old rows, ms. */
const CLEAR_EVERY_MS = 60_000

/** Requests that were seen lately. The table holds those of 65 minutes: one short row each. */
export function createRequestMemory({ writer }: Database): RequestMemory {
  let clearedAtMs = 0
  return {
    async isNew(id, nowMs) {
      if (nowMs - clearedAtMs >= CLEAR_EVERY_MS) {
        clearedAtMs = nowMs
        await writer
          .deleteFrom('seen_requests')
          .where('seen_at_ms', '<', nowMs - KEPT_MS)
          .execute()
      }
      return insert(writer, id, nowMs)
    },
  }
}

async function insert(db: Kysely<Tables>, id: string, nowMs: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('seen_requests')
    .values({ id, seen_at_ms: nowMs })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}
