import type { TenantView } from './tenant-view.ts'

/** A feed as stored. */
export interface StoredFeed {
  readonly id: string
  readonly url: string
  readonly name: string
  readonly tags: readonly string[]
  /** Who added it; `null` for the operator. */
  readonly tenant: string | null
  /** A tenant's feed that the operator shows to everybody. */
  readonly published: boolean
  readonly addedAtMs: number
  /** What the collector remembers between polls: validators, failures, interval. Plain JSON. */
  readonly state: Readonly<Record<string, unknown>>
  /** When to poll next; `null` while it is paused. */
  readonly nextPollAtMs: number | null
}

/** What makes a feed. */
export interface NewFeed {
  readonly id: string
  readonly url: string
  readonly name: string
  readonly tags: readonly string[]
  readonly tenant: string | null
  readonly addedAtMs: number
}

/** Keeps feeds and what is remembered between polls. A URL stands once for each owner. */
export interface FeedStore {
  /** Adds feeds, or changes name and tags where owner and URL are known; brings a removed feed back. The answers carry the ids that hold. */
  saveFeeds(feeds: readonly NewFeed[]): Promise<StoredFeed[]>
  /** Stops polling and listing; its articles stay. `false` where there is none. */
  removeFeed(id: string): Promise<boolean>
  /** Feeds that the view may see, by name. */
  feeds(view: TenantView): Promise<StoredFeed[]>
  /** Feeds of every owner, by id; for the collector. */
  feedsById(ids: readonly string[]): Promise<StoredFeed[]>
  /** Shows a tenant's feed, with all its articles, to everybody, or no longer. `false` where there is none. */
  publishFeed(id: string, published: boolean): Promise<boolean>
  /**
   * Takes feeds whose time has come: nobody else gets them until `leaseMs` are over or {@link saveFeedState} is called. Compare-and-set, so
   * any number of processes may ask at once.
   */
  claimDueFeeds(claim: Claim): Promise<StoredFeed[]>
  /** Remembers the outcome of a poll, sets the next one and gives the claim back. */
  saveFeedState(
    id: string,
    state: Readonly<Record<string, unknown>>,
    nextPollAtMs: number | null,
  ): Promise<void>
}

/** What is to be remembered of a poll. */
export interface NextPoll {
  /** Plain JSON. */
  readonly state: Readonly<Record<string, unknown>>
  /** `null`: not any more. */
  readonly nextPollAtMs: number | null
}

/** Somebody's wish for work that is due. */
export interface Claim {
  readonly nowMs: number
  /** Names the process that asks. */
  readonly claimant: string
  /** After this time the work may be taken by another, should the claimant be dead. */
  readonly leaseMs: number
  readonly limit: number
}
