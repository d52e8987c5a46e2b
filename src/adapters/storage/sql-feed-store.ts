import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Claim, FeedStore, NewFeed, NextPoll, StoredFeed } from '../../app/ports/feed-store.ts'
import type { TenantView } from '../../app/ports/tenant-view.ts'
import { chunks } from './chunks.ts'
import type { Database, Dialect } from './dialect.ts'
import type { Tables } from './schema.ts'
import { storedText } from './stored-text.ts'
import { feedIsVisible, OPERATOR } from './tenant-visibility.ts'
import { inTransaction } from './transaction.ts'

/** Feeds and what the collector remembers of them. */
export function createFeedStore({ reader, writer, dialect }: Database): FeedStore {
  return {
    saveFeeds: (feeds) => inTransaction(writer, (trx) => saveFeeds(trx, feeds)),
    removeFeed: (id) => removeFeed(writer, id),
    feeds: (view) => listFeeds(reader, view),
    feedsById: (ids) => feedsById(reader, ids),
    publishFeed: (id, published) => inTransaction(writer, (trx) => publishFeed(trx, dialect, id, published)),
    claimDueFeeds: (claim) => inTransaction(writer, (trx) => claimDueFeeds(trx, dialect, claim)),
    saveFeedState: (id, state, nextPollAtMs) => saveFeedState(writer, id, { state, nextPollAtMs }),
  }
}

async function saveFeeds(trx: Transaction<Tables>, feeds: readonly NewFeed[]): Promise<StoredFeed[]> {
  const saved: StoredFeed[] = []
  for (const feed of feeds) saved.push(await saveFeed(trx, feed))
  return saved
}

async function saveFeed(trx: Transaction<Tables>, feed: NewFeed): Promise<StoredFeed> {
  const texts = { name: storedText(feed.name), tags: JSON.stringify(feed.tags) }
  const row = await trx
    .insertInto('feeds')
    .values({
      id: feed.id,
      tenant: feed.tenant ?? OPERATOR,
      url: storedText(feed.url),
      ...texts,
      published: 0,
      added_at_ms: feed.addedAtMs,
      removed_at_ms: null,
      state: '{}',
      next_poll_at_ms: feed.addedAtMs,
      claimed_by: null,
      claimed_until_ms: 0,
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'url']).doUpdateSet((eb) => ({
        ...texts,
        next_poll_at_ms: eb.fn.coalesce(eb.ref('feeds.next_poll_at_ms'), eb.val(feed.addedAtMs)),
        removed_at_ms: null,
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  return readFeed(row)
}

async function removeFeed(db: Kysely<Tables>, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('feeds')
    .set((eb) => ({ removed_at_ms: eb.ref('added_at_ms'), next_poll_at_ms: null }))
    .where('id', '=', id)
    .where('removed_at_ms', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

async function listFeeds(db: Kysely<Tables>, view: TenantView): Promise<StoredFeed[]> {
  const rows = await db
    .selectFrom('feeds')
    .selectAll()
    .where('removed_at_ms', 'is', null)
    .where(feedIsVisible(view))
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(readFeed)
}

async function feedsById(db: Kysely<Tables>, ids: readonly string[]): Promise<StoredFeed[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('feeds')
    .selectAll()
    .where('removed_at_ms', 'is', null)
    .where('id', 'in', ids)
    .execute()
  return rows.map(readFeed)
}

async function publishFeed(
  trx: Transaction<Tables>,
  dialect: Dialect,
  id: string,
  published: boolean,
): Promise<boolean> {
  const feed = await trx
    .updateTable('feeds')
    .set({ published: published ? 1 : 0 })
    .where('id', '=', id)
    .returning('tenant')
    .executeTakeFirst()
  if (feed === undefined) return false
  // An article stays public while any published feed of its owner lists it.
  const rows = await trx
    .selectFrom('article_feeds as listing')
    .select('listing.article_id')
    .where('listing.feed_id', '=', id)
    .where((eb) => {
      const elsewhere = eb
        .selectFrom('article_feeds as other')
        .innerJoin('feeds', 'feeds.id', 'other.feed_id')
        .select('feeds.id')
        .whereRef('other.article_id', '=', 'listing.article_id')
        .where('other.feed_id', '<>', id)
        .where('feeds.published', '=', 1)
      return eb.not(eb.exists(elsewhere))
    })
    .orderBy('listing.article_id')
    .execute()
  const ids = rows.map(({ article_id }) => article_id)
  for (const some of chunks(ids, dialect.maxRowsPerStatement)) {
    await trx
      .updateTable('articles')
      .set({ visible_to: published ? OPERATOR : feed.tenant })
      .where('id', 'in', some)
      .execute()
  }
  return true
}

async function claimDueFeeds(
  trx: Transaction<Tables>,
  dialect: Dialect,
  claim: Claim,
): Promise<StoredFeed[]> {
  const rows = await trx
    .updateTable('feeds')
    .set({ claimed_by: claim.claimant, claimed_until_ms: claim.nowMs + claim.leaseMs })
    .where('id', 'in', (eb) => {
      const due = eb
        .selectFrom('feeds')
        .select('id')
        .where('next_poll_at_ms', '<=', claim.nowMs)
        .where('claimed_until_ms', '<=', claim.nowMs)
        .orderBy('next_poll_at_ms')
        .limit(claim.limit)
      // Others take other feeds meanwhile instead of waiting for these.
      return dialect.name === 'postgres' ? due.forUpdate().skipLocked() : due
    })
    .where('claimed_until_ms', '<=', claim.nowMs)
    .returningAll()
    .execute()
  return rows.map(readFeed)
}

/** Remembers the outcome of a poll, sets the next one and gives the claim back; alone or in a transaction. */
export async function saveFeedState(
  db: Kysely<Tables>,
  id: string,
  { state, nextPollAtMs }: NextPoll,
): Promise<void> {
  await db
    .updateTable('feeds')
    .set({
      state: JSON.stringify(state),
      next_poll_at_ms: nextPollAtMs,
      claimed_by: null,
      claimed_until_ms: 0,
    })
    .where('id', '=', id)
    .where('removed_at_ms', 'is', null)
    .execute()
}

/** The feed that a row holds. */
export function readFeed(row: Selectable<Tables['feeds']>): StoredFeed {
  return {
    id: row.id,
    url: row.url,
    name: row.name,
    tags: JSON.parse(row.tags) as string[],
    tenant: row.tenant === OPERATOR ? null : row.tenant,
    published: row.published === 1,
    addedAtMs: row.added_at_ms,
    state: JSON.parse(row.state) as Record<string, unknown>,
    nextPollAtMs: row.next_poll_at_ms,
  }
}
