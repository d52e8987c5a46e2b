import type { HubLease, HubLeaseChange } from '../../core/feed/hub-lease.ts'
import type { StoredFeed } from './feed-store.ts'

/** Keeps subscriptions at WebSub hubs, one for each feed at most. */
export interface HubStore {
  /** The leases of these feeds; none for feeds without. */
  leasesOf(feedIds: readonly string[]): Promise<HubLease[]>
  leaseByToken(token: string): Promise<HubLease | null>
  /** Adds a lease in place of any other of its feed. */
  saveLease(lease: HubLease): Promise<void>
  /**
   * Changes a lease. `false` where there is none, or where `ifNextAskAtMs` is given and another process has changed that time: of those who
   * ask at once one goes on.
   */
  changeLease(token: string, change: HubLeaseChange, ifNextAskAtMs?: number): Promise<boolean>
  dropLease(token: string): Promise<void>
  /** Leases whose time to ask has come, the longest waiting first; those of feeds that were removed are leaving, and due at once. */
  dueLeases(nowMs: number, limit: number): Promise<HubLease[]>
  /** Notes a message of a hub. `false` where there is no such lease. */
  notePing(token: string, nowMs: number): Promise<boolean>
  /** Feeds with a message that nobody has acted on, that are not being polled, and that were last woken before `wokenBeforeMs`. */
  pingedFeeds(wokenBeforeMs: number, nowMs: number, limit: number): Promise<StoredFeed[]>
  /** Acts on the message: makes the feed due where `isDue`. Does nothing while the feed is being polled: its news may have come after the poll. */
  wakeFeed(feedId: string, isDue: boolean, nowMs: number): Promise<void>
}
