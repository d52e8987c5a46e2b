import { sql, type Kysely } from 'kysely'
import type {
  FeedCounts,
  FeedDay,
  ListPage,
  OperatorStore,
  QueueDepth,
  TroubledPart,
} from '../../app/ports/operator-store.ts'
import type { DeliveryRef, DeliveryState } from '../../app/ports/digest-store.ts'
import type { StoredFeed } from '../../app/ports/feed-store.ts'
import type { Correction, StoredSubscription } from '../../app/ports/subscription-store.ts'
import type { Copy, CopyKind } from '../../core/dedup/copy.ts'
import type { Database } from './dialect.ts'
import { moveDelivery } from './move-delivery.ts'
import type { Tables } from './schema.ts'
import { readFeed } from './sql-feed-store.ts'
import { readCorrection, readSubscription, selectSubscriptions } from './sql-subscription-store.ts'
import { OPERATOR } from './tenant-visibility.ts'

const DAY_MS = 86_400_000

/** The look over all tenants. */
export function createOperatorStore({ reader, writer }: Database): OperatorStore {
  return {
    feeds: (limit) => allFeeds(reader, limit),
    feedCounts: () => feedCounts(reader),
    feedDays: (feedIds, sinceMs) => feedDays(reader, feedIds, sinceMs),
    queueDepth: (nowMs) => queueDepth(reader, nowMs),
    troubledParts: (sinceMs, limit) => troubledParts(reader, sinceMs, limit),
    settleDelivery: (ref, nowMs) => settleDelivery(writer, ref, nowMs),
    subscriptions: (page) => allSubscriptions(reader, page),
    corrections: (limit) => allCorrections(reader, limit),
    copies: (articleIds) => copiesOf(reader, articleIds),
  }
}

async function allFeeds(db: Kysely<Tables>, limit: number): Promise<StoredFeed[]> {
  const rows = await db
    .selectFrom('feeds')
    .selectAll()
    .where('removed_at_ms', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(readFeed)
}

async function feedCounts(db: Kysely<Tables>): Promise<FeedCounts> {
  return db
    .selectFrom('feeds')
    .select(({ fn }) => [
      fn.countAll<number>().as('feeds'),
      sql<number>`count(*) - count(next_poll_at_ms)`.as('paused'),
    ])
    .where('removed_at_ms', 'is', null)
    .executeTakeFirstOrThrow()
}

async function feedDays(db: Kysely<Tables>, feedIds: readonly string[], sinceMs: number): Promise<FeedDay[]> {
  if (feedIds.length === 0) return []
  const day = sql<number>`cast(listed_at_ms / ${sql.lit(DAY_MS)} as integer)`
  return db
    .selectFrom('article_feeds')
    .select(({ fn }) => ['feed_id as feedId', day.as('day'), fn.countAll<number>().as('articles')])
    .where('feed_id', 'in', feedIds)
    .where('listed_at_ms', '>=', sinceMs)
    .groupBy(['feed_id', day])
    .execute()
}

async function queueDepth(db: Kysely<Tables>, nowMs: number): Promise<QueueDepth> {
  const [articles, feeds, runs, parts] = await Promise.all([
    db
      .selectFrom('articles')
      .select(({ fn }) => [
        fn.countAll<number>().as('count'),
        fn.min<number | null>('ingested_at_ms').as('oldest'),
      ])
      .where(sql<boolean>`pending = 1`)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('feeds')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('next_poll_at_ms', '<=', nowMs)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('subscriptions')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('next_run_at_ms', '<=', nowMs)
      .where('paused', '=', 0)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('deliveries')
      .select(({ fn }) => [
        fn.countAll<number>().as('count'),
        fn.min<number | null>('planned_at_ms').as('oldest'),
      ])
      .where(sql<boolean>`state in ('planned', 'sending', 'failed')`)
      .where((eb) => eb.or([eb('state', '<>', 'failed'), eb('retry_at_ms', 'is not', null)]))
      .executeTakeFirstOrThrow(),
  ])
  return {
    ...{ articles: articles.count, oldestArticleAtMs: articles.oldest },
    ...{ feeds: feeds.count, runs: runs.count },
    ...{ parts: parts.count, oldestPartAtMs: parts.oldest },
  }
}

async function troubledParts(db: Kysely<Tables>, sinceMs: number, limit: number): Promise<TroubledPart[]> {
  const rows = await db
    .selectFrom('deliveries')
    .innerJoin('destinations', 'destinations.id', 'deliveries.destination_id')
    .selectAll('deliveries')
    .select(['destinations.tenant', 'destinations.platform', 'destinations.address', 'destinations.name'])
    .where(sql<boolean>`deliveries.state in ('unknown', 'failed')`)
    .where((eb) => eb.or([eb('deliveries.state', '=', 'unknown'), eb('deliveries.retry_at_ms', 'is', null)]))
    .where('deliveries.changed_at_ms', '>=', sinceMs)
    .orderBy('deliveries.changed_at_ms', 'desc')
    .orderBy('deliveries.digest_id')
    .orderBy('deliveries.part')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    ...{ digestId: row.digest_id, part: row.part, destinationId: row.destination_id },
    ...{ state: row.state as DeliveryState, nonce: row.nonce, attempts: row.attempts },
    ...{ messageId: row.message_id, problem: row.reason },
    ...{ plannedAtMs: row.planned_at_ms, changedAtMs: row.changed_at_ms, retryAtMs: row.retry_at_ms },
    destination: {
      id: row.destination_id,
      tenant: row.tenant === OPERATOR ? null : row.tenant,
      ...{ platform: row.platform, address: row.address, name: row.name },
    },
  }))
}

function settleDelivery(db: Kysely<Tables>, ref: DeliveryRef, nowMs: number): Promise<boolean> {
  return moveDelivery(db, ref, {
    from: (eb) => eb('state', '=', 'unknown'),
    to: { state: 'sent', reason: null, retry_at_ms: null, changed_at_ms: nowMs },
  })
}

async function allSubscriptions(
  db: Kysely<Tables>,
  { limit, offset }: ListPage,
): Promise<StoredSubscription[]> {
  const rows = await selectSubscriptions(db)
    .where('destinations.removed_at_ms', 'is', null)
    .orderBy(sql`coalesce(subscriptions.next_run_at_ms, ${sql.lit(Number.MAX_SAFE_INTEGER)})`)
    .orderBy('subscriptions.id')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(readSubscription)
}

async function allCorrections(db: Kysely<Tables>, limit: number): Promise<Correction[]> {
  const rows = await db
    .selectFrom('corrections')
    .selectAll()
    .where('undone_at_ms', 'is', null)
    .orderBy('made_at_ms', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(readCorrection)
}

async function copiesOf(db: Kysely<Tables>, articleIds: readonly string[]): Promise<Copy[]> {
  if (articleIds.length === 0) return []
  const rows = await db.selectFrom('copies').selectAll().where('article_id', 'in', articleIds).execute()
  return rows.map((row) => ({
    articleId: row.article_id,
    copyOf: row.copy_of,
    kind: row.kind as CopyKind,
    scores: JSON.parse(row.scores) as Copy['scores'],
  }))
}
