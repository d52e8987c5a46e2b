import type { ArticleStore } from './ports/article-store.ts'
import type { FeedStore, StoredFeed } from './ports/feed-store.ts'
import type { SubscriptionStore } from './ports/subscription-store.ts'

/** What keeping to the retention needs. */
export interface RetentionPorts {
  readonly articles: Pick<ArticleStore, 'dropBodiesBefore' | 'dropBodiesOfFeed'>
  readonly feeds: Pick<FeedStore, 'feeds'>
  readonly subscriptions: Pick<SubscriptionStore, 'tenants' | 'forgetTenant'>
  readonly nowMs: () => number
}

/** How much text is kept. */
export interface Retention {
  /** Days of texts, for all feeds. */
  readonly bodiesDays: number
  /** Limits of one feed, none of them wider than those for all. */
  readonly limitsOf: (feed: StoredFeed) => {
    readonly bodiesDays: number
    /** Texts kept, the newest. */
    readonly bodies: number
  }
}

const DAY_MS = 24 * 60 * 60_000

/**
 * Days whose texts no number of articles takes, days: stories that are still told and digests that are still to come stand on them. The
 * shortest `bodies_days` is the same.
 */
const SPARED_DAYS = 7

/** Days for which everything of a server or workspace is kept after the bot was sent away: a mistake can be taken back. */
const REMOVED_TENANT_DAYS = 30

/**
 * Drops the texts of old articles once a day; stories, titles, counts and quotes in digests stay. Deletes everything of the tenants that sent the
 * bot away 30 days ago.
 */
export class RetentionKeeper {
  readonly #ports: RetentionPorts
  #keptAtMs: number | null = null

  constructor(ports: RetentionPorts) {
    this.#ports = ports
  }

  /**
   * Drops what is past its days or more than its feed may keep, where the last time is a day ago or more; the answer is how many texts.
   * A round that was stopped, or failed, comes again with the next call.
   */
  async keep(retention: Retention, stop: AbortSignal): Promise<number> {
    const { articles, feeds, nowMs } = this.#ports
    const atMs = nowMs()
    if (this.#keptAtMs !== null && atMs - this.#keptAtMs < DAY_MS) return 0
    let dropped = await articles.dropBodiesBefore(atMs - retention.bodiesDays * DAY_MS, stop)
    for (const feed of await feeds.feeds({ tenant: null })) {
      if (stop.aborted) return dropped
      const { bodiesDays, bodies } = retention.limitsOf(feed)
      const limit = {
        feedId: feed.id,
        beforeMs: bodiesDays < retention.bodiesDays ? atMs - bodiesDays * DAY_MS : 0,
        keepNewest: bodies,
        spareSinceMs: atMs - SPARED_DAYS * DAY_MS,
      }
      dropped += await articles.dropBodiesOfFeed(limit, stop)
    }
    await this.#forgetTenants(atMs - REMOVED_TENANT_DAYS * DAY_MS, stop)
    if (!stop.aborted) this.#keptAtMs = atMs
    return dropped
  }

  async #forgetTenants(removedBeforeMs: number, stop: AbortSignal): Promise<void> {
    const { subscriptions } = this.#ports
    for (const { id, removedAtMs } of await subscriptions.tenants()) {
      if (stop.aborted) return
      if (removedAtMs !== null && removedAtMs <= removedBeforeMs) await subscriptions.forgetTenant(id)
    }
  }
}
