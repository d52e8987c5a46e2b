import type { Kysely } from 'kysely'

/** Where people are told of what they follow: a thread, or by private message where there is none. */
export async function followPlace(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('follows').addColumn('place', 'text').execute()
}
