import { sql, type Kysely, type Selectable, type Transaction } from 'kysely'
import type { Article } from '../../core/feed/article.ts'
import type { FurnitureSpan } from '../../core/text/furniture.ts'
import type {
  AcceptedArticle,
  ArticleEntry,
  ArticlePage,
  ArticleRevision,
  ArticleSearch,
  ArticleStore,
  IngestBatch,
  IngestCounts,
  KnownArticle,
  RevisedArticle,
  StoredArticle,
} from '../../app/ports/article-store.ts'
import type { LanguageShare } from '../../app/ports/language-share.ts'
import type { TenantView } from '../../app/ports/tenant-view.ts'
import { chunks } from './chunks.ts'
import type { ArticleIdQuery, Database, Dialect } from './dialect.ts'
import { dropBodiesBefore, dropBodiesOfFeed } from './drop-bodies.ts'
import type { Tables } from './schema.ts'
import { filterWords, foldName, indexedWords, searchWords } from './search-words.ts'
import { saveFeedState } from './sql-feed-store.ts'
import { isOfShare } from './language-share.ts'
import { storedText } from './stored-text.ts'
import { articleIsVisible, loadEntries, OPERATOR } from './tenant-visibility.ts'
import { inTransaction } from './transaction.ts'

/** Most rows that one look-up brings, whatever was asked for. */
const MAX_ROWS = 1_000

/** Articles, their revisions and the search over them. */
export function createArticleStore(database: Database): ArticleStore {
  const { reader, writer, dialect } = database
  return {
    knownArticles: (keys, tenant) => knownArticles(reader, keys, tenant ?? OPERATOR),
    saveIngest: (batch) => inTransaction(writer, (trx) => saveIngest(trx, dialect, batch)),
    articles: (ids, view) => articlesById(reader, ids, view),
    articlesSince: (sinceMs, limit, view) => articlesSince(reader, sinceMs, limit, view),
    revisions: (id, view) => revisions(reader, id, view),
    unplacedArticles: (limit, share) => unplacedArticles(writer, limit, share),
    search: (query, view) => search(reader, dialect, query, view),
    dropBodiesBefore: (beforeMs, stop) => dropBodiesBefore(database, beforeMs, stop),
    dropBodiesOfFeed: (limit, stop) => dropBodiesOfFeed(database, limit, stop),
  }
}

async function knownArticles(
  db: Kysely<Tables>,
  keys: readonly string[],
  owner: string,
): Promise<KnownArticle[]> {
  const known: KnownArticle[] = []
  for (const some of chunks(keys.map(storedText), MAX_ROWS)) {
    const rows = await db
      .selectFrom('articles')
      .select(['id', 'key', 'content_hash as contentHash', 'revision'])
      .where('owner', '=', owner)
      .where('key', 'in', some)
      .execute()
    const earlier = await earlierHashes(
      db,
      rows.filter(({ revision }) => revision > 1).map(({ id }) => id),
    )
    known.push(...rows.map((row) => ({ ...row, earlierHashes: earlier.get(row.id) ?? [] })))
  }
  return known
}

/** Content hashes of the versions before the last, oldest first, by article. */
async function earlierHashes(db: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, string[]>> {
  const hashes = new Map<string, string[]>()
  if (ids.length === 0) return hashes
  const rows = await db
    .selectFrom('article_revisions')
    .select(['article_id', 'content_hash'])
    .where('article_id', 'in', ids)
    .orderBy('revision')
    .execute()
  for (const { article_id: id, content_hash: hash } of rows) hashes.set(id, [...(hashes.get(id) ?? []), hash])
  return hashes
}

async function saveIngest(
  trx: Transaction<Tables>,
  dialect: Dialect,
  batch: IngestBatch,
): Promise<IngestCounts> {
  const owner = await ownerOf(trx, batch.feedId)
  let added = 0
  // In order of date, so that the full text index grows at its end; of one date in order of key, so that two processes cannot lock each other out.
  const inOrder = batch.added.toSorted(
    (a, b) => sortAtMs(a.article, batch.atMs) - sortAtMs(b.article, batch.atMs) || (a.key < b.key ? -1 : 1),
  )
  for (const some of chunks(inOrder, dialect.maxRowsPerStatement)) {
    added += await insertArticles(trx, dialect, some, { ...owner, atMs: batch.atMs })
  }
  let revised = 0
  for (const article of batch.revised) {
    if (await reviseArticle(trx, dialect, article, { owner: owner.owner, atMs: batch.atMs })) revised += 1
  }
  if (batch.feedId !== null) {
    const keys = [
      ...batch.added.map(({ key }) => key),
      ...batch.revised.map(({ key }) => key),
      ...batch.unchanged,
    ]
    await listInFeed(trx, dialect, { ...owner, keys, feedId: batch.feedId, atMs: batch.atMs })
    if (batch.poll !== undefined) await saveFeedState(trx, batch.feedId, batch.poll)
  }
  return { added, revised }
}

/** Whose an article is, and who may see it: `''` in both is everybody's. */
interface Owner {
  readonly owner: string
  readonly visibleTo: string
}

async function ownerOf(trx: Transaction<Tables>, feedId: string | null): Promise<Owner> {
  if (feedId === null) return { owner: OPERATOR, visibleTo: OPERATOR }
  const feed = await trx
    .selectFrom('feeds')
    .select(['tenant', 'published'])
    .where('id', '=', feedId)
    .executeTakeFirst()
  if (feed === undefined) throw new Error(`Cannot save articles of feed "${feedId}": feed is unknown`)
  return { owner: feed.tenant, visibleTo: feed.published === 1 ? OPERATOR : feed.tenant }
}

async function insertArticles(
  trx: Transaction<Tables>,
  dialect: Dialect,
  accepted: readonly AcceptedArticle[],
  options: Owner & { readonly atMs: number },
): Promise<number> {
  const known = await knownArticles(
    trx,
    accepted.map(({ key }) => key),
    options.owner,
  )
  const knownKeys = new Set(known.map(({ key }) => key))
  const fresh = accepted.filter(({ key }) => !knownKeys.has(storedText(key)))
  if (fresh.length === 0) return 0
  const seqs = await dialect.nextSeqs(
    trx,
    fresh.map(({ article }) => sortAtMs(article, options.atMs)),
  )
  const words = new Map(fresh.map(({ key, article }) => [storedText(key), indexedWords(article)]))
  const inserted = await trx
    .insertInto('articles')
    .values(
      fresh.map((accepted, i) => ({
        ...articleRow(accepted, options),
        ...(seqs === null ? {} : { seq: seqs[i] ?? 0 }),
        ...dialect.wordColumns({
          sortAtMs: sortAtMs(accepted.article, options.atMs),
          words: words.get(storedText(accepted.key)) ?? [],
        }),
      })),
    )
    .onConflict((conflict) => conflict.columns(['owner', 'key']).doNothing())
    .returning(['key', 'seq', 'sort_at_ms as sortAtMs'])
    .execute()
  if (!dialect.keepsWordsInRow) {
    await dialect.indexWords(
      trx,
      inserted.map(({ key, seq, sortAtMs }) => ({ seq, sortAtMs, words: words.get(key) ?? [] })),
    )
  }
  return inserted.length
}

function articleRow(
  { article, key, contentHash }: AcceptedArticle,
  { owner, visibleTo, atMs }: Owner & { readonly atMs: number },
) {
  return {
    id: article.id,
    owner,
    key: storedText(key),
    visible_to: visibleTo,
    ...contentColumns(article),
    content_hash: contentHash,
    revision: 1,
    ingested_at_ms: atMs,
    accepted_at_ms: null,
    sort_at_ms: sortAtMs(article, atMs),
    body_dropped: 0 as const,
    pending: 1 as const,
  }
}

function contentColumns(article: Article) {
  return {
    url: article.url === null ? null : storedText(article.url),
    title: storedText(article.title),
    text: storedText(article.text),
    furniture: JSON.stringify(article.furniture),
    outlet: storedText(article.outlet),
    outlet_folded: foldName(article.outlet),
    publisher: storedText(article.publisher),
    published_at_ms: article.publishedAtMs,
    lang: article.lang,
    image_url: article.imageUrl === undefined ? null : storedText(article.imageUrl),
  }
}

/** A date in the future would stand on top of every list until it comes. */
function sortAtMs({ publishedAtMs }: Article, ingestedAtMs: number): number {
  return Math.max(0, Math.min(publishedAtMs ?? ingestedAtMs, ingestedAtMs))
}

async function reviseArticle(
  trx: Transaction<Tables>,
  dialect: Dialect,
  { article, key, contentHash, revision }: RevisedArticle,
  { owner, atMs }: { readonly owner: string; readonly atMs: number },
): Promise<boolean> {
  const before = await trx
    .selectFrom('articles')
    .select(['id', 'seq', 'sort_at_ms', 'title', 'text', 'content_hash', 'revision'])
    .where('owner', '=', owner)
    .where('key', '=', storedText(key))
    .where('revision', '=', revision - 1)
    .executeTakeFirst()
  if (before === undefined) return false
  const { numUpdatedRows } = await trx
    .updateTable('articles')
    .set({ ...contentColumns(article), content_hash: contentHash, revision, pending: 1, body_dropped: 0 })
    .where('id', '=', before.id)
    .where('revision', '=', before.revision)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await trx
    .insertInto('article_revisions')
    .values({
      article_id: before.id,
      revision: before.revision,
      title: before.title,
      text: before.text,
      content_hash: before.content_hash,
      replaced_at_ms: atMs,
    })
    .execute()
  const { seq, sort_at_ms: dateMs } = before
  await dialect.indexWords(trx, [{ seq, sortAtMs: dateMs, words: indexedWords(article) }])
  return true
}

async function listInFeed(
  trx: Transaction<Tables>,
  dialect: Dialect,
  listing: Owner & { readonly keys: readonly string[]; readonly feedId: string; readonly atMs: number },
): Promise<void> {
  const known = await knownArticles(trx, listing.keys, listing.owner)
  const ids = known.map(({ id }) => id).toSorted()
  for (const some of chunks(ids, dialect.maxRowsPerStatement)) {
    await trx
      .insertInto('article_feeds')
      .values(some.map((id) => ({ article_id: id, feed_id: listing.feedId, listed_at_ms: listing.atMs })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    // A published feed shows what it lists, also where another feed of its owner had brought it unseen.
    if (listing.visibleTo === listing.owner) continue
    await trx.updateTable('articles').set({ visible_to: listing.visibleTo }).where('id', 'in', some).execute()
  }
}

const STORED_COLUMNS = [
  'articles.id',
  'articles.key',
  'articles.url',
  'articles.title',
  'articles.text',
  'articles.furniture',
  'articles.outlet',
  'articles.publisher',
  'articles.published_at_ms',
  'articles.lang',
  'articles.image_url',
  'articles.content_hash',
  'articles.revision',
  'articles.ingested_at_ms',
  'articles.accepted_at_ms',
  'articles.body_dropped',
  'story_members.story_id',
] as const

/** Articles with the story that each stands in now. */
export function selectStored(db: Kysely<Tables>) {
  return db
    .selectFrom('articles')
    .leftJoin('story_members', (join) =>
      join.onRef('story_members.article_id', '=', 'articles.id').on('story_members.left_at_ms', 'is', null),
    )
    .select(STORED_COLUMNS)
}

type StoredRow = Pick<
  Selectable<Tables['articles']>,
  | 'id'
  | 'key'
  | 'url'
  | 'title'
  | 'text'
  | 'furniture'
  | 'outlet'
  | 'publisher'
  | 'published_at_ms'
  | 'lang'
  | 'image_url'
  | 'content_hash'
  | 'revision'
  | 'ingested_at_ms'
  | 'accepted_at_ms'
  | 'body_dropped'
> & { readonly story_id: string | null }

/** The article that a row of {@link selectStored} holds. */
export function readStored(row: StoredRow): StoredArticle {
  return {
    article: {
      id: row.id,
      url: row.url,
      title: row.title,
      text: row.text,
      furniture: JSON.parse(row.furniture) as FurnitureSpan[],
      outlet: row.outlet,
      publisher: row.publisher,
      publishedAtMs: row.published_at_ms,
      lang: row.lang,
      ...(row.image_url === null ? {} : { imageUrl: row.image_url }),
    },
    key: row.key,
    contentHash: row.content_hash,
    revision: row.revision,
    ingestedAtMs: row.ingested_at_ms,
    acceptedAtMs: row.accepted_at_ms,
    storyId: row.story_id,
    bodyDropped: row.body_dropped === 1,
  }
}

async function articlesById(
  db: Kysely<Tables>,
  ids: readonly string[],
  view: TenantView,
): Promise<StoredArticle[]> {
  const byId = new Map<string, StoredArticle>()
  for (const some of chunks(ids, MAX_ROWS)) {
    const rows = await selectStored(db)
      .where('articles.id', 'in', some)
      .where(articleIsVisible(view))
      .execute()
    for (const row of rows) byId.set(row.id, readStored(row))
  }
  return ids.flatMap((id) => byId.get(id) ?? [])
}

async function articlesSince(
  db: Kysely<Tables>,
  sinceMs: number,
  limit: number,
  view: TenantView,
): Promise<StoredArticle[]> {
  const rows = await selectStored(db)
    .where('articles.sort_at_ms', '>=', sinceMs)
    .where(articleIsVisible(view))
    .orderBy('articles.sort_at_ms', 'desc')
    .orderBy('articles.seq', 'desc')
    .limit(Math.min(limit, MAX_ROWS))
    .execute()
  return rows.map(readStored)
}

async function revisions(db: Kysely<Tables>, id: string, view: TenantView): Promise<ArticleRevision[]> {
  return db
    .selectFrom('article_revisions')
    .innerJoin('articles', 'articles.id', 'article_revisions.article_id')
    .select([
      'article_revisions.revision',
      'article_revisions.title',
      'article_revisions.text',
      'article_revisions.content_hash as contentHash',
      'article_revisions.replaced_at_ms as replacedAtMs',
    ])
    .where('articles.id', '=', id)
    .where(articleIsVisible(view))
    .orderBy('article_revisions.revision')
    .execute()
}

async function unplacedArticles(
  db: Kysely<Tables>,
  limit: number,
  share: LanguageShare | undefined,
): Promise<StoredArticle[]> {
  let query = selectStored(db).where(sql<boolean>`articles.pending = 1`)
  if (share !== undefined) query = query.where(isOfShare('articles.lang', share))
  const rows = await query
    .orderBy('articles.ingested_at_ms')
    .orderBy('articles.seq')
    .limit(Math.min(limit, MAX_ROWS))
    .execute()
  return rows.map(readStored)
}

async function search(
  db: Kysely<Tables>,
  dialect: Dialect,
  search: ArticleSearch,
  view: TenantView,
): Promise<ArticlePage> {
  const words = [...filterWords(search), ...searchWords(search.words)]
  const sinceMs = finite(search.sinceMs)
  const untilMs = finite(search.untilMs)
  let query = db.selectFrom('articles').select('articles.id').where(articleIsVisible(view))
  if (sinceMs !== null) query = query.where('articles.sort_at_ms', '>=', sinceMs)
  if (untilMs !== null) query = query.where('articles.sort_at_ms', '<=', untilMs)
  if (search.outlet !== undefined) query = query.where('articles.outlet_folded', '=', foldName(search.outlet))
  if (search.lang !== undefined) query = query.where('articles.lang', '=', search.lang)
  const limit = Math.min(search.limit, MAX_ROWS)
  const page = { limit: limit + 1, offset: search.offset ?? 0 }
  const found =
    words.length > 0
      ? await dialect.search(db, query, { words, sinceMs, untilMs, ...page })
      : await newest(query, page)
  const ids = found.slice(0, limit)
  return { entries: await entriesInOrder(db, ids, view), more: found.length > limit }
}

async function newest(
  query: ArticleIdQuery,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<string[]> {
  const rows = await query
    .orderBy('articles.sort_at_ms', 'desc')
    .orderBy('articles.seq', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(({ id }) => id)
}

/** No limit is `null`, as is a limit at the end of time, which a 64-bit integer cannot hold. */
function finite(atMs: number | undefined): number | null {
  return atMs !== undefined && Number.isFinite(atMs) ? Math.trunc(atMs) : null
}

async function entriesInOrder(
  db: Kysely<Tables>,
  ids: readonly string[],
  view: TenantView,
): Promise<ArticleEntry[]> {
  const byId = new Map((await loadEntries(db, { articleIds: ids }, view)).map((entry) => [entry.id, entry]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
