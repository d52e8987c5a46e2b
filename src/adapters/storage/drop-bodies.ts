import type { Kysely, Transaction } from 'kysely'
import type { FeedBodyLimit } from '../../app/ports/article-store.ts'
import type { Database, Dialect } from './dialect.ts'
import type { Tables } from './schema.ts'
import { indexedWords } from './search-words.ts'
import { inTransaction } from './transaction.ts'

/** Drops the texts of articles dated before, some at a time; the answer is how many. */
export async function dropBodiesBefore(
  { writer, dialect }: Database,
  beforeMs: number,
  stop: AbortSignal | undefined,
): Promise<number> {
  let dropped = 0
  while (stop?.aborted !== true) {
    const count = await inTransaction(writer, (trx) => dropSomeBodies(trx, dialect, beforeMs))
    if (count === 0) return dropped
    dropped += count
  }
  return dropped
}

async function dropSomeBodies(trx: Transaction<Tables>, dialect: Dialect, beforeMs: number): Promise<number> {
  const rows = await trx
    .selectFrom('articles')
    .select(['id', 'seq', 'sort_at_ms as sortAtMs', 'title', 'outlet', 'lang'])
    .where('sort_at_ms', '<', beforeMs)
    .where('body_dropped', '=', 0)
    .limit(dialect.maxRowsPerStatement)
    .execute()
  await dropTexts(trx, dialect, rows)
  return rows.length
}

/** What of an article is needed to drop its text. */
interface DroppedRow {
  readonly id: string
  readonly seq: number
  readonly sortAtMs: number
  readonly title: string
  readonly outlet: string
  readonly lang: string | null
}

/** Takes the texts of these articles, and their old versions; what is searched for is left with the words of their titles. */
async function dropTexts(
  trx: Transaction<Tables>,
  dialect: Dialect,
  rows: readonly DroppedRow[],
): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id)
  await trx
    .updateTable('articles')
    .set({ text: '', furniture: '[]', body_dropped: 1 })
    .where('id', 'in', ids)
    .execute()
  await trx.deleteFrom('article_revisions').where('article_id', 'in', ids).execute()
  await dialect.indexWords(
    trx,
    rows.map((row) => ({ ...row, words: indexedWords({ ...row, text: '' }) })),
  )
}

/** Drops texts of one feed that are past its limits, some at a time; the answer is how many. */
export async function dropBodiesOfFeed(
  { reader, writer, dialect }: Database,
  limit: FeedBodyLimit,
  stop: AbortSignal | undefined,
): Promise<number> {
  const beforeMs = Math.max(limit.beforeMs, await surplusBeforeMs(reader, limit))
  let dropped = 0
  while (stop?.aborted !== true) {
    const count = await inTransaction(writer, (trx) => dropSome(trx, dialect, limit.feedId, beforeMs))
    if (count === 0) break
    dropped += count
  }
  return dropped
}

/** The time before which texts are more than the feed may keep, at most `spareSinceMs`; 0 where there is room. */
async function surplusBeforeMs(
  db: Kysely<Tables>,
  { feedId, keepNewest, spareSinceMs }: FeedBodyLimit,
): Promise<number> {
  // Most feeds are far below their limit: the listing alone tells, and no article is read.
  const { listed } = await db
    .selectFrom('article_feeds')
    .select(({ fn }) => fn.countAll<number | string>().as('listed'))
    .where('feed_id', '=', feedId)
    .executeTakeFirstOrThrow()
  if (Number(listed) <= keepNewest) return 0
  const oldestKept = await bodiesOf(db, feedId)
    .select('articles.sort_at_ms as atMs')
    .orderBy('articles.sort_at_ms', 'desc')
    .offset(keepNewest - 1)
    .limit(1)
    .executeTakeFirst()
  return oldestKept === undefined ? 0 : Math.min(oldestKept.atMs, spareSinceMs)
}

function bodiesOf(db: Kysely<Tables>, feedId: string) {
  return db
    .selectFrom('article_feeds as listing')
    .innerJoin('articles', 'articles.id', 'listing.article_id')
    .where('listing.feed_id', '=', feedId)
    .where('articles.body_dropped', '=', 0)
}

async function dropSome(
  trx: Transaction<Tables>,
  dialect: Dialect,
  feedId: string,
  beforeMs: number,
): Promise<number> {
  const rows = await bodiesOf(trx, feedId)
    .select([
      'articles.id',
      'articles.seq',
      'articles.sort_at_ms as sortAtMs',
      'articles.title',
      'articles.outlet',
      'articles.lang',
    ])
    .where('articles.sort_at_ms', '<', beforeMs)
    .where('articles.pending', '=', 0)
    .where((eb) => {
      const elsewhere = eb
        .selectFrom('article_feeds as other')
        .select('other.feed_id')
        .whereRef('other.article_id', '=', 'articles.id')
        .where('other.feed_id', '<>', feedId)
      return eb.not(eb.exists(elsewhere))
    })
    .limit(dialect.maxRowsPerStatement)
    .execute()
  await dropTexts(trx, dialect, rows)
  return rows.length
}
