import type { Kysely } from 'kysely'

/** Requests of platforms that came within the last hour: what comes again to another process is not done again. */
export async function seenRequests(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('seen_requests')
    .addColumn('id', 'text', (col) => col.primaryKey())
    .addColumn('seen_at_ms', 'bigint', (col) => col.notNull())
    .execute()
  await db.schema.createIndex('seen_requests_by_time').on('seen_requests').column('seen_at_ms').execute()
}
