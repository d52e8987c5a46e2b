import type { Kysely } from 'kysely'

/** Addresses of the pictures that feeds name. */
export async function pictures(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('articles').addColumn('image_url', 'text').execute()
}
