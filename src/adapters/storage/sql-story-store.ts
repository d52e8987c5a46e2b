import { sql, type Kysely, type Transaction } from 'kysely'
import type { Copy, CopyKind } from '../../core/dedup/copy.ts'
import type { ArticleEntry } from '../../app/ports/article-store.ts'
import type {
  ComposableMember,
  ComposableStory,
  LiveArticle,
  Membership,
  StoredSummary,
  StoryAnswer,
  StoryEntry,
  StoryList,
  StoryPlacement,
  StoryRecord,
  StoryState,
  StoryStep,
  StoryStore,
  SummaryQuote,
  Window,
} from '../../app/ports/story-store.ts'
import type { LanguageShare } from '../../app/ports/language-share.ts'
import type { TenantView } from '../../app/ports/tenant-view.ts'
import { chunks } from './chunks.ts'
import type { Database, Dialect } from './dialect.ts'
import type { Tables } from './schema.ts'
import { isOfShare } from './language-share.ts'
import { readStored, selectStored } from './sql-article-store.ts'
import { storedText } from './stored-text.ts'
import { articleIsVisible, feedIsVisible, loadEntries, OPERATOR } from './tenant-visibility.ts'
import { inTransaction } from './transaction.ts'

/** Most stories of one answer. */
const MAX_STORIES = 500

/** Articles read at once while the index is rebuilt: with their texts about 1 MB. Range 50-1,000. */
const LIVE_PAGE = 200

/** Stories read at once with all texts. Range 10-500. */
const COMPOSED_AT_ONCE = 50

/** A shorter beginning of an id is no answer but a guess. */
const MIN_PREFIX_CHARS = 4

/** Candidates named where a beginning leads to several stories. */
const MAX_CANDIDATES = 10

/** Stories, their members with history, copies, merged ids and summaries. */
export function createStoryStore({ reader, writer, dialect }: Database): StoryStore {
  return {
    saveStep: (step) => inTransaction(writer, (trx) => saveStep(trx, dialect, step)),
    liveArticles: (sinceMs, share) => liveArticles(reader, sinceMs, share),
    storyRecords: (ids) => storyRecords(reader, ids),
    story: (idOrPrefix, view) => findStory(reader, dialect, idOrPrefix, view),
    storiesById: (ids, view) => storiesById(reader, ids, view),
    stories: (list, view) => listStories(reader, list, view),
    closeWindow: (toMs) => closeWindow(writer, toMs),
    storiesOfWindow: (window, view, shared) =>
      shared === undefined || view.tenant === null
        ? storiesOfWindow(reader, window, view)
        : ownStoriesOfWindow(reader, window, { tenant: view.tenant, shared }),
    tenantsWithOwnEyes: () => tenantsWithOwnEyes(reader),
    summary: (storyId, form, inputHash) => loadSummary(reader, storyId, form, inputHash),
    saveSummary: (summary) => saveSummary(writer, summary),
  }
}

async function saveStep(trx: Transaction<Tables>, dialect: Dialect, step: StoryStep): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('story_steps')
    .values({ id: step.id, at_ms: step.atMs })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) return false
  const size = dialect.maxRowsPerStatement
  const acceptedAtMs = Math.max(step.atMs, (await windowFence(trx, dialect)) + 1)
  for (const some of chunks(step.stories.toSorted(byId), size)) await saveStories(trx, some)
  const last = new Map(step.placements.map((placement) => [placement.articleId, placement]))
  const placements = [...last.values()].toSorted((a, b) => (a.articleId < b.articleId ? -1 : 1))
  for (const some of chunks(placements, size)) await placeArticles(trx, some, { step, acceptedAtMs })
  for (const some of chunks(step.notCopies ?? [], size)) {
    await trx.deleteFrom('copies').where('article_id', 'in', some).execute()
  }
  for (const some of chunks(step.copies, size)) await saveCopies(trx, some)
  for (const redirect of step.redirects) await saveRedirect(trx, redirect, step.atMs)
  return true
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1
}

async function saveStories(trx: Transaction<Tables>, stories: readonly StoryRecord[]): Promise<void> {
  await trx
    .insertInto('stories')
    .values(
      stories.map((story) => ({
        id: story.id,
        lang: story.lang,
        headline: storedText(story.headline),
        headline_article_id: story.headlineArticleId,
        first_at_ms: story.firstAtMs,
        last_at_ms: story.lastAtMs,
        article_count: story.articleCount,
        publisher_count: story.publisherCount,
        copy_count: story.copyCount,
        state: story.state,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        lang: eb.ref('excluded.lang'),
        headline: eb.ref('excluded.headline'),
        headline_article_id: eb.ref('excluded.headline_article_id'),
        first_at_ms: eb.ref('excluded.first_at_ms'),
        last_at_ms: eb.ref('excluded.last_at_ms'),
        article_count: eb.ref('excluded.article_count'),
        publisher_count: eb.ref('excluded.publisher_count'),
        copy_count: eb.ref('excluded.copy_count'),
        state: eb.ref('excluded.state'),
      })),
    )
    .execute()
}

async function placeArticles(
  trx: Transaction<Tables>,
  placements: readonly StoryPlacement[],
  { step, acceptedAtMs }: { readonly step: StoryStep; readonly acceptedAtMs: number },
): Promise<void> {
  const ids = placements.map(({ articleId }) => articleId)
  const standing = await trx
    .selectFrom('story_members')
    .select(['article_id', 'story_id'])
    .where('article_id', 'in', ids)
    .where('left_at_ms', 'is', null)
    .execute()
  const present = new Map(standing.map(({ article_id, story_id }) => [article_id, story_id]))
  const moved = placements.filter(({ articleId, storyId }) => present.get(articleId) !== storyId)
  const leaving = moved.filter(({ articleId }) => present.has(articleId)).map(({ articleId }) => articleId)
  if (leaving.length > 0) {
    await trx
      .updateTable('story_members')
      .set({ left_step: step.id, left_at_ms: step.atMs })
      .where('article_id', 'in', leaving)
      .where('left_at_ms', 'is', null)
      .execute()
  }
  if (moved.length > 0) {
    await trx
      .insertInto('story_members')
      .values(moved.map((placement) => memberRow(placement, step)))
      .execute()
  }
  await trx
    .updateTable('articles')
    .set((eb) => ({ pending: 0, accepted_at_ms: eb.fn.coalesce('accepted_at_ms', eb.val(acceptedAtMs)) }))
    .where('id', 'in', ids)
    .where('pending', '=', 1)
    .execute()
}

function memberRow(placement: StoryPlacement, step: StoryStep) {
  return {
    article_id: placement.articleId,
    story_id: placement.storyId,
    reason: storedText(placement.reason),
    joined_step: step.id,
    joined_at_ms: step.atMs,
    left_step: null,
    left_at_ms: null,
  }
}

async function saveCopies(trx: Transaction<Tables>, copies: readonly Copy[]): Promise<void> {
  const last = new Map(copies.map((copy) => [copy.articleId, copy]))
  await trx
    .insertInto('copies')
    .values(
      [...last.values()].map((copy) => ({
        article_id: copy.articleId,
        copy_of: copy.copyOf,
        kind: copy.kind,
        scores: JSON.stringify(copy.scores),
      })),
    )
    .onConflict((conflict) =>
      conflict.column('article_id').doUpdateSet((eb) => ({
        copy_of: eb.ref('excluded.copy_of'),
        kind: eb.ref('excluded.kind'),
        scores: eb.ref('excluded.scores'),
      })),
    )
    .execute()
}

/** Redirects always lead straight to a story that is alive: older ones to `from` are led on. */
async function saveRedirect(
  trx: Transaction<Tables>,
  { from, to }: { readonly from: string; readonly to: string },
  atMs: number,
): Promise<void> {
  await trx.deleteFrom('story_redirects').where('id', '=', to).execute()
  await trx.updateTable('story_redirects').set({ to_id: to }).where('to_id', '=', from).execute()
  await trx
    .insertInto('story_redirects')
    .values({ id: from, to_id: to, at_ms: atMs })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ to_id: to, at_ms: atMs }))
    .execute()
}

async function* liveArticles(
  db: Kysely<Tables>,
  sinceMs: number,
  share: LanguageShare | undefined,
): AsyncGenerator<LiveArticle> {
  let after = {
    ingestedAtMs: (await firstArrivalOfLive(db, sinceMs)) ?? Infinity,
    seq: -Number.MAX_SAFE_INTEGER,
  }
  while (after.ingestedAtMs !== Infinity) {
    let query = selectStored(db)
      .innerJoin('stories', 'stories.id', 'story_members.story_id')
      .leftJoin('copies', 'copies.article_id', 'articles.id')
      .select(['articles.seq', 'copies.copy_of', 'copies.kind', 'copies.scores'])
      .where('stories.last_at_ms', '>=', sinceMs)
      .where(sql<boolean>`(articles.ingested_at_ms, articles.seq) > (${after.ingestedAtMs}, ${after.seq})`)
    if (share !== undefined) query = query.where(isOfShare('stories.lang', share))
    const rows = await query
      .orderBy('articles.ingested_at_ms')
      .orderBy('articles.seq')
      .limit(LIVE_PAGE)
      .execute()
    for (const row of rows) {
      const { copy_of: copyOf, kind, scores } = row
      const copy =
        copyOf === null || kind === null || scores === null
          ? null
          : {
              articleId: row.id,
              copyOf,
              kind: kind as CopyKind,
              scores: JSON.parse(scores) as Copy['scores'],
            }
      yield { stored: readStored(row), copy }
    }
    const last = rows.at(-1)
    after = { ingestedAtMs: last?.ingested_at_ms ?? Infinity, seq: last?.seq ?? 0 }
  }
}

/** Where the walk by arrival begins; without it each start would pass everything ever stored. */
async function firstArrivalOfLive(db: Kysely<Tables>, sinceMs: number): Promise<number | null> {
  const row = await db
    .selectFrom('stories')
    .innerJoin('story_members', 'story_members.story_id', 'stories.id')
    .innerJoin('articles', 'articles.id', 'story_members.article_id')
    .select(({ fn }) => fn.min<number | null>('articles.ingested_at_ms').as('first'))
    .where('stories.last_at_ms', '>=', sinceMs)
    .where('story_members.left_at_ms', 'is', null)
    .executeTakeFirst()
  return row?.first ?? null
}

async function storyRecords(db: Kysely<Tables>, ids: readonly string[]): Promise<StoryRecord[]> {
  const records: StoryRecord[] = []
  for (const some of chunks(ids, MAX_STORIES)) {
    const rows = await db.selectFrom('stories').selectAll().where('id', 'in', some).execute()
    for (const row of rows) {
      records.push({
        id: row.id,
        lang: row.lang,
        headline: row.headline,
        headlineArticleId: row.headline_article_id,
        firstAtMs: row.first_at_ms,
        lastAtMs: row.last_at_ms,
        articleCount: row.article_count,
        publisherCount: row.publisher_count,
        copyCount: row.copy_count,
        state: row.state as StoryState,
      })
    }
  }
  return records
}

async function findStory(
  db: Kysely<Tables>,
  dialect: Dialect,
  idOrPrefix: string,
  view: TenantView,
): Promise<StoryAnswer> {
  const wanted = storedText(idOrPrefix)
  const [exact] = await storiesById(db, [wanted], view)
  if (exact !== undefined) return answer(db, exact, view)
  if (wanted.length < MIN_PREFIX_CHARS) return { kind: 'unknown' }
  const stories = await storiesById(db, await idsFrom(db, dialect, wanted), view)
  const [first] = stories
  if (first === undefined) return { kind: 'unknown' }
  if (stories.length === 1) return answer(db, first, view)
  return { kind: 'ambiguous', ids: stories.slice(0, MAX_CANDIDATES).map(({ id }) => id) }
}

async function answer(db: Kysely<Tables>, story: StoryEntry, view: TenantView): Promise<StoryAnswer> {
  return { kind: 'story', story, history: await historyOf(db, story.id, view) }
}

/** Ids that begin so, of stories and of merged ones. Hidden stories come too, so more are asked for than are named. */
async function idsFrom(db: Kysely<Tables>, dialect: Dialect, prefix: string): Promise<string[]> {
  const begins = dialect.idStartsWith(prefix)
  const found = await Promise.all([
    db.selectFrom('stories').select('id').where(begins).limit(MAX_STORIES).execute(),
    db.selectFrom('story_redirects').select('id').where(begins).limit(MAX_STORIES).execute(),
  ])
  return found.flat().map(({ id }) => id)
}

/** Ids of merged stories are asked for first: as an "or" in one query PostgreSQL reads all members ever (1 s at a million articles). */
async function historyOf(db: Kysely<Tables>, storyId: string, view: TenantView): Promise<Membership[]> {
  const merged = await db
    .selectFrom('story_redirects')
    .select('id')
    .where('to_id', '=', storyId)
    .limit(MAX_STORIES)
    .execute()
  const ids = [storyId, ...merged.map(({ id }) => id)]
  return db
    .selectFrom('story_members')
    .innerJoin('articles', 'articles.id', 'story_members.article_id')
    .select([
      'story_members.article_id as articleId',
      'story_members.story_id as storyId',
      'story_members.reason',
      'story_members.joined_at_ms as joinedAtMs',
      'story_members.joined_step as joinedStep',
      'story_members.left_at_ms as leftAtMs',
      'story_members.left_step as leftStep',
    ])
    .where('story_members.story_id', 'in', ids)
    .where(articleIsVisible(view))
    .orderBy('story_members.joined_at_ms')
    .orderBy('articles.sort_at_ms')
    .orderBy('articles.id')
    .orderBy('story_members.joined_step')
    .execute()
}

async function storiesById(
  db: Kysely<Tables>,
  ids: readonly string[],
  view: TenantView,
): Promise<StoryEntry[]> {
  const targets = new Map<string, string>()
  for (const some of chunks(ids, MAX_STORIES)) {
    const redirects = await db.selectFrom('story_redirects').selectAll().where('id', 'in', some).execute()
    for (const { id, to_id } of redirects) targets.set(id, to_id)
  }
  const wanted = [...new Set(ids.map((id) => targets.get(id) ?? id))]
  const stories = new Map((await loadStories(db, wanted, view)).map((story) => [story.id, story]))
  return wanted.flatMap((id) => stories.get(id) ?? [])
}

async function listStories(db: Kysely<Tables>, list: StoryList, view: TenantView): Promise<StoryEntry[]> {
  const { sinceMs, untilMs, lang } = list
  let query = db.selectFrom('stories').select('stories.id')
  if (sinceMs !== undefined) query = query.where('stories.last_at_ms', '>=', sinceMs)
  if (untilMs !== undefined) query = query.where('stories.first_at_ms', '<=', untilMs)
  if (lang !== undefined) query = query.where('stories.lang', '=', lang)
  const rows = await query
    .where((eb) => {
      let members = eb
        .selectFrom('story_members')
        .innerJoin('articles', 'articles.id', 'story_members.article_id')
        .select('articles.id')
        .whereRef('story_members.story_id', '=', 'stories.id')
        .where('story_members.left_at_ms', 'is', null)
        .where(articleIsVisible(view))
      if (sinceMs !== undefined) members = members.where('articles.sort_at_ms', '>=', sinceMs)
      if (untilMs !== undefined) members = members.where('articles.sort_at_ms', '<=', untilMs)
      return eb.exists(members)
    })
    .orderBy('stories.last_at_ms', 'desc')
    .orderBy('stories.id')
    .limit(Math.min(list.limit, MAX_STORIES))
    .offset(list.offset ?? 0)
    .execute()
  const stories = await loadStories(
    db,
    rows.map(({ id }) => id),
    view,
  )
  return stories.toSorted((a, b) => b.lastAtMs - a.lastAtMs || byId(a, b))
}

async function loadStories(
  db: Kysely<Tables>,
  ids: readonly string[],
  view: TenantView,
): Promise<StoryEntry[]> {
  const [records, entries, sizes] = await Promise.all([
    storyRecords(db, ids),
    loadEntries(db, { storyIds: ids }, view),
    storySizes(db, ids),
  ])
  const members = Map.groupBy(entries, ({ storyId }) => storyId)
  return records.flatMap((record) => {
    const seen = members.get(record.id) ?? []
    const [first] = seen
    if (first === undefined) return []
    const seesAll = seen.length === sizes.get(record.id)
    return [storyEntry(record, seen, { first, seesAll })]
  })
}

function storyEntry(
  record: StoryRecord,
  members: readonly ArticleEntry[],
  { first, seesAll }: { readonly first: ArticleEntry; readonly seesAll: boolean },
): StoryEntry {
  const dates = members.flatMap(({ publishedAtMs }) => publishedAtMs ?? [])
  const headlineIsSeen = seesAll || members.some(({ id }) => id === record.headlineArticleId)
  return {
    id: record.id,
    lang: record.lang,
    headline: headlineIsSeen ? record.headline : first.title,
    firstAtMs: seesAll ? record.firstAtMs : Math.min(...dates, record.lastAtMs),
    lastAtMs: seesAll || dates.length === 0 ? record.lastAtMs : Math.max(...dates),
    state: record.state,
    members,
  }
}

async function storySizes(db: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, number>> {
  const sizes = new Map<string, number>()
  for (const some of chunks(ids, MAX_STORIES)) {
    const rows = await db
      .selectFrom('story_members')
      .select(({ fn }) => ['story_id', fn.countAll<number>().as('size')])
      .where('story_id', 'in', some)
      .where('left_at_ms', 'is', null)
      .groupBy('story_id')
      .execute()
    for (const { story_id, size } of rows) sizes.set(story_id, size)
  }
  return sizes
}

/** Shared with other steps, but not with {@link closeWindow}: that waits for all steps under way. */
async function windowFence(trx: Transaction<Tables>, dialect: Dialect): Promise<number> {
  const fence = trx.selectFrom('window_fences').select('at_ms').where('id', '=', 'window')
  const { at_ms } = await (dialect.name === 'postgres' ? fence.forShare() : fence).executeTakeFirstOrThrow()
  return at_ms
}

async function closeWindow(db: Kysely<Tables>, toMs: number): Promise<void> {
  await db
    .updateTable('window_fences')
    .set({ at_ms: toMs })
    .where('id', '=', 'window')
    .where('at_ms', '<', toMs)
    .execute()
}

async function storiesOfWindow(
  db: Kysely<Tables>,
  window: Window,
  view: TenantView,
): Promise<ComposableStory[]> {
  const touched = await touchedStories(db, window).where(articleIsVisible(view)).execute()
  return storiesAsSeen(
    db,
    touched.map(({ story_id }) => story_id),
    view,
  )
}

/** The stories in which an article of a tenant stands, or a copy of one, are read with its eyes; the others are as everybody sees them. */
async function ownStoriesOfWindow(
  db: Kysely<Tables>,
  window: Window,
  { tenant, shared }: { readonly tenant: string; readonly shared: readonly ComposableStory[] },
): Promise<readonly ComposableStory[]> {
  const [touched, standing] = await Promise.all([
    touchedStories(db, window).where('articles.visible_to', '=', tenant).execute(),
    ownedStories(db, shared),
  ])
  const own = new Set([...touched.map(({ story_id }) => story_id), ...(standing.get(tenant) ?? [])])
  if (own.size === 0) return shared
  const seen = await storiesAsSeen(db, [...own], { tenant })
  return [...shared.filter(({ id }) => !own.has(id)), ...seen].sort(byId)
}

/** Dozens of tenants ask beside the same window; each asking alone costs 40 ms of PostgreSQL with 300 stories. */
const owned = new WeakMap<readonly ComposableStory[], Promise<ReadonlyMap<string, ReadonlySet<string>>>>()

function ownedStories(
  db: Kysely<Tables>,
  shared: readonly ComposableStory[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const known = owned.get(shared)
  if (known !== undefined) return known
  const finding = findOwned(
    db,
    shared.map(({ id }) => id),
  )
  owned.set(shared, finding)
  finding.catch(() => owned.delete(shared))
  return finding
}

/** For each tenant in which of these stories an article of its own stands, or a copy of one. */
async function findOwned(
  db: Kysely<Tables>,
  storyIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const byTenant = new Map<string, Set<string>>()
  for (const some of chunks(storyIds, MAX_STORIES)) {
    const rows = await db
      .selectFrom('story_members')
      .innerJoin('articles', 'articles.id', 'story_members.article_id')
      .leftJoin('copies', 'copies.article_id', 'articles.id')
      .leftJoin('articles as originals', 'originals.id', 'copies.copy_of')
      .select(['story_members.story_id', 'articles.owner', 'originals.owner as original_owner'])
      .where('story_members.story_id', 'in', some)
      .where('story_members.left_at_ms', 'is', null)
      .where((eb) => eb.or([eb('articles.owner', '<>', OPERATOR), eb('originals.owner', '<>', OPERATOR)]))
      .execute()
    for (const { story_id, owner, original_owner } of rows) {
      for (const tenant of [owner, original_owner ?? OPERATOR]) {
        if (tenant === OPERATOR) continue
        byTenant.set(tenant, (byTenant.get(tenant) ?? new Set()).add(story_id))
      }
    }
  }
  return byTenant
}

async function tenantsWithOwnEyes(db: Kysely<Tables>): Promise<string[]> {
  const feeds = db.selectFrom('feeds').select('tenant').where('tenant', '<>', OPERATOR)
  const corrections = db.selectFrom('corrections').select('tenant').where('tenant', '<>', OPERATOR)
  const rows = await feeds.union(corrections).execute()
  return rows.map(({ tenant }) => tenant)
}

function touchedStories(db: Kysely<Tables>, { fromMs, toMs }: Window) {
  return db
    .selectFrom('articles')
    .innerJoin('story_members', 'story_members.article_id', 'articles.id')
    .select('story_members.story_id')
    .distinct()
    .where('articles.accepted_at_ms', '>', fromMs)
    .where('articles.accepted_at_ms', '<=', toMs)
    .where('story_members.left_at_ms', 'is', null)
}

async function storiesAsSeen(
  db: Kysely<Tables>,
  ids: readonly string[],
  view: TenantView,
): Promise<ComposableStory[]> {
  const stories: ComposableStory[] = []
  for (const some of chunks(ids.toSorted(), COMPOSED_AT_ONCE))
    stories.push(...(await composableStories(db, some, view)))
  return stories
}

async function composableStories(
  db: Kysely<Tables>,
  ids: readonly string[],
  view: TenantView,
): Promise<ComposableStory[]> {
  const entries = new Map((await loadEntries(db, { storyIds: ids }, view)).map((entry) => [entry.id, entry]))
  const rows = await selectStored(db)
    .select('story_members.reason')
    .where('story_members.story_id', 'in', ids)
    .where(articleIsVisible(view))
    .orderBy('articles.accepted_at_ms')
    .orderBy('articles.ingested_at_ms')
    .orderBy('articles.seq')
    .execute()
  const feeds = await listingFeeds(
    db,
    rows.map(({ id }) => id),
    view,
  )
  const members = Map.groupBy(rows, ({ story_id }) => story_id ?? '')
  return ids.map((id) => ({
    id,
    members: (members.get(id) ?? []).map((row) => ({
      article: readStored(row).article,
      copyOf: entries.get(row.id)?.copyOf ?? null,
      copyKind: entries.get(row.id)?.copyKind ?? null,
      why: row.reason ?? '',
      acceptedAtMs: row.accepted_at_ms ?? row.ingested_at_ms,
      feeds: feeds.get(row.id) ?? [],
    })),
  }))
}

async function listingFeeds(
  db: Kysely<Tables>,
  articleIds: readonly string[],
  view: TenantView,
): Promise<Map<string, ComposableMember['feeds'][number][]>> {
  const feeds = new Map<string, ComposableMember['feeds'][number][]>()
  for (const some of chunks(articleIds, MAX_STORIES)) {
    const rows = await db
      .selectFrom('article_feeds')
      .innerJoin('feeds', 'feeds.id', 'article_feeds.feed_id')
      .select(['article_feeds.article_id', 'feeds.id', 'feeds.name', 'feeds.tags'])
      .where('article_feeds.article_id', 'in', some)
      .where(feedIsVisible(view))
      .orderBy('feeds.id')
      .execute()
    for (const { article_id, id, name, tags } of rows) {
      const known = feeds.get(article_id) ?? []
      known.push({ id, name, tags: JSON.parse(tags) as string[] })
      feeds.set(article_id, known)
    }
  }
  return feeds
}

async function loadSummary(
  db: Kysely<Tables>,
  storyId: string,
  form: string,
  inputHash: string,
): Promise<StoredSummary | null> {
  const row = await db
    .selectFrom('summaries')
    .selectAll()
    .where('story_id', '=', storyId)
    .where('form', '=', form)
    .where('input_hash', '=', inputHash)
    .executeTakeFirst()
  if (row === undefined) return null
  const sentences = JSON.parse(row.sentences) as SummaryQuote[]
  return { storyId, form, inputHash, headline: row.headline, sentences, atMs: row.at_ms }
}

async function saveSummary(db: Kysely<Tables>, summary: StoredSummary): Promise<void> {
  await db
    .insertInto('summaries')
    .values({
      story_id: summary.storyId,
      form: summary.form,
      input_hash: summary.inputHash,
      headline: storedText(summary.headline),
      sentences: JSON.stringify(summary.sentences),
      at_ms: summary.atMs,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
