import { sql, type Kysely } from 'kysely'
import type { Dialect } from '../dialect.ts'

/**
 * PostgreSQL: the index of words takes new articles some hundred at once. An article is written twice within moments, as it comes and as it is placed,
 * and its words stand in the index for both; half a megabyte of late words costs a search some milliseconds.
 */
export async function lateWords(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  if (dialect.name !== 'postgres') return
  await sql`alter index articles_by_words set (fastupdate = on, gin_pending_list_limit = 512)`.execute(db)
}
