import { sql, type Kysely } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { TIME_SPANS_MS } from '../time-words.ts'

/**
 * PostgreSQL: the index of words holds under which spans of time an article falls, see time-words.ts; and takes new articles at once, where it
 * kept a list of them before that every search read through.
 */
export async function searchByTime(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  if (dialect.name !== 'postgres') return
  const spans = TIME_SPANS_MS.map(
    (spanMs, level) =>
      sql`chr(57346) || ${String(level)}::text || 'n' || div(sort_at_ms::numeric, ${spanMs}::numeric)::text`,
  )
  await sql`update articles set search_words = search_words || array_to_tsvector(array[${sql.join(spans)}])`.execute(
    db,
  )
  await sql`alter index articles_by_words set (fastupdate = off)`.execute(db)
}
