import type { Kysely } from 'kysely'

/** Subscriptions at WebSub hubs. */
export async function hubLeases(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('hub_leases')
    .addColumn('feed_id', 'text', (col) => col.primaryKey().references('feeds.id'))
    .addColumn('hub', 'text', (col) => col.notNull())
    .addColumn('topic', 'text', (col) => col.notNull())
    .addColumn('token', 'text', (col) => col.notNull().unique())
    .addColumn('secret', 'text', (col) => col.notNull())
    .addColumn('leaving', 'integer', (col) => col.notNull())
    .addColumn('asks', 'integer', (col) => col.notNull())
    .addColumn('lease_until_ms', 'bigint')
    .addColumn('next_ask_at_ms', 'bigint', (col) => col.notNull())
    .addColumn('pinged', 'integer', (col) => col.notNull())
    .addColumn('pinged_at_ms', 'bigint')
    .addColumn('woken_at_ms', 'bigint')
    .execute()
  await db.schema.createIndex('hub_leases_by_time').on('hub_leases').column('next_ask_at_ms').execute()
}
