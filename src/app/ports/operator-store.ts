import type { Copy } from '../../core/dedup/copy.ts'
import type { Delivery, DeliveryRef } from './digest-store.ts'
import type { StoredFeed } from './feed-store.ts'
import type { Destination } from './publisher.ts'
import type { Correction, StoredSubscription } from './subscription-store.ts'

/** What waits to be worked on. */
export interface QueueDepth {
  /** Articles that wait to be grouped, and since when the oldest does. */
  readonly articles: number
  readonly oldestArticleAtMs: number | null
  /** Feeds whose time has come. */
  readonly feeds: number
  /** Digests whose time has come. */
  readonly runs: number
  /** Parts of digests that are planned, under way, or tried again later, and since when the oldest is planned. */
  readonly parts: number
  readonly oldestPartAtMs: number | null
}

/** How many feeds there are, and how many of them are asked no more or had a bad answer last. */
export interface FeedCounts {
  readonly feeds: number
  readonly paused: number
}

/** Articles that a feed listed for the first time on one UTC day. */
export interface FeedDay {
  readonly feedId: string
  /** Days since 1 January 1970. */
  readonly day: number
  readonly articles: number
}

/** A part of a digest that somebody should look at, without its message. */
export interface TroubledPart extends Omit<Delivery, 'message'> {
  readonly destination: Destination
}

/** A stretch of a list. */
export interface ListPage {
  readonly limit: number
  readonly offset: number
}

/** What the operator looks at: everything of all tenants but their articles. Every answer is bounded by the caller. */
export interface OperatorStore {
  /** Feeds of every owner, by name. */
  feeds(limit: number): Promise<StoredFeed[]>
  feedCounts(): Promise<FeedCounts>
  /** Only days with articles; `feedIds` at most some hundred. */
  feedDays(feedIds: readonly string[], sinceMs: number): Promise<FeedDay[]>
  queueDepth(nowMs: number): Promise<QueueDepth>
  /** Unknown or given up, latest first. */
  troubledParts(sinceMs: number, limit: number): Promise<TroubledPart[]>
  /** Notes that a part of which nobody knew has arrived: somebody looked. `false` where it is not unknown. */
  settleDelivery(ref: DeliveryRef, nowMs: number): Promise<boolean>
  /** Of all open destinations, by the time of the next run; those without one last. */
  subscriptions(page: ListPage): Promise<StoredSubscription[]>
  /** Corrections of all tenants that hold, latest first. */
  corrections(limit: number): Promise<Correction[]>
  /** Why articles are copies; those that are none are left out. Not for showing to others than the operator. */
  copies(articleIds: readonly string[]): Promise<Copy[]>
}
