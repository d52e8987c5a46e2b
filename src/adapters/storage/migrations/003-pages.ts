import { sql, type Kysely } from 'kysely'

/** Keys of the archives, and what the operator's page asks for at a glance. */
export async function pages(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('page_links')
    .addColumn('destination_id', 'text', (col) => col.primaryKey().references('destinations.id'))
    .addColumn('token', 'text', (col) => col.notNull().unique())
    .addColumn('made_at_ms', 'bigint', (col) => col.notNull())
    .execute()
  // The index by feed alone is the beginning of this one.
  await db.schema
    .createIndex('article_feeds_by_day')
    .on('article_feeds')
    .columns(['feed_id', 'listed_at_ms'])
    .execute()
  await db.schema.dropIndex('article_feeds_by_feed').execute()
  await sql`create index deliveries_troubled on deliveries (changed_at_ms)
    where state in ('unknown', 'failed')`.execute(db)
}
