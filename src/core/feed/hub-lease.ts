import type { FeedState } from './feed-state.ts'

/** Where a feed tells of its news by WebSub: who tells, and of what. Both absolute. */
export interface HubOffer {
  readonly hub: string
  /** The feed's own address, as the hub knows it. */
  readonly topic: string
}

/**
 * A subscription at a hub, as it is kept.
 *
 * @see https://www.w3.org/TR/websub/
 */
export interface HubLease extends HubOffer {
  readonly feedId: string
  /** Last part of the callback's path: whoever knows it is the hub that was asked. */
  readonly token: string
  /** Key of the signatures. */
  readonly secret: string
  /** The feed is gone from here, or names no hub any more: the hub is asked to end it. */
  readonly isLeaving: boolean
  /** Times that the hub was asked since it last said yes. */
  readonly asks: number
  /** Until when the hub tells of news; `null` where it has not said yes, or has said no. */
  readonly leaseUntilMs: number | null
  /** When to ask the hub, again or anew. */
  readonly nextAskAtMs: number
  /** The last signed message of the hub. */
  readonly pingedAtMs: number | null
  /** The last time that such a message made the feed due. */
  readonly wokenAtMs: number | null
}

/** What changes in a lease. */
export type HubLeaseChange = Partial<Pick<HubLease, 'isLeaving' | 'asks' | 'leaseUntilMs' | 'nextAskAtMs'>>

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Lease that hubs are asked for, seconds: ten days. Hubs give what they like, most one to fifteen days. */
export const LEASE_SECONDS = 864_000
/** Longest lease that is believed, ms: a hub that was not asked for so long has forgotten it. */
const MAX_LEASE_MS = 30 * DAY_MS
/** Part of a lease after which it is renewed; chance adds up to a tenth, so that leases taken together part. Range 0.5-0.85. */
const RENEW_SHARE = 0.8
/** Least time between two askings, ms, however short a lease a hub gives. */
const MIN_ASK_GAP_MS = 10 * MINUTE_MS
/** Wait after the first asking before the next one, ms, doubled with each more: a hub that said "accepted" may never call back. */
const FIRST_RETRY_MS = 60 * MINUTE_MS
/** Longest wait for a hub that does not answer or has said no, ms. */
const MAX_RETRY_MS = 7 * DAY_MS
/** Times that a hub is asked to end a subscription; afterwards its messages meet an address that is not there. */
const MAX_LEAVE_ASKS = 3
/** Longest address of a hub or topic, characters: it comes back in the address of the callback. */
const MAX_ADDRESS_CHARS = 1_000

/** The offer of a feed that names a hub and its own address; `null` where one is missing, or too long to be taken. */
export function hubOffer(hub: string | null, self: string | null): HubOffer | null {
  if (hub === null || self === null) return null
  return Math.max(hub.length, self.length) > MAX_ADDRESS_CHARS ? null : { hub, topic: self }
}

/** A lease that is still to be asked for. */
export function newHubLease(
  feedId: string,
  { hub, topic }: HubOffer,
  keys: Pick<HubLease, 'token' | 'secret'>,
  nowMs: number,
): HubLease {
  const { token, secret } = keys
  return {
    ...{ feedId, hub, topic, token, secret, isLeaving: false, asks: 0 },
    ...{ leaseUntilMs: null, nextAskAtMs: nowMs, pingedAtMs: null, wokenAtMs: null },
  }
}

/**
 * What to note before a hub is asked, or `null` where asking has no end and the lease is to be dropped. It is noted as if no answer came:
 * a yes comes by another way, and perhaps to another process.
 */
export function planAsk(lease: HubLease, nowMs: number, jitter01: number): HubLeaseChange | null {
  if (lease.isLeaving && lease.asks >= MAX_LEAVE_ASKS) return null
  const waitMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(lease.asks, 20), MAX_RETRY_MS)
  return { asks: lease.asks + 1, nextAskAtMs: nowMs + Math.round(waitMs * (1 + 0.2 * jitter01)) }
}

/** After a hub has said yes for so many seconds; what it does not say is as asked for. */
export function planYes(leaseSeconds: number | null, nowMs: number, jitter01: number): HubLeaseChange {
  const leaseMs = Math.min(Math.max(leaseSeconds ?? LEASE_SECONDS, 0) * 1000, MAX_LEASE_MS)
  const renewMs = Math.max(leaseMs * (RENEW_SHARE + 0.1 * jitter01), MIN_ASK_GAP_MS)
  return { asks: 0, leaseUntilMs: nowMs + leaseMs, nextAskAtMs: nowMs + Math.round(renewMs) }
}

/** After a hub has said no: without a lease the feed is polled at its own rhythm, and after {@link MAX_RETRY_MS} the hub is asked again. */
export function planNo(nowMs: number): HubLeaseChange {
  return { leaseUntilMs: null, nextAskAtMs: nowMs + MAX_RETRY_MS }
}

/** What a poll should know of the hub of its feed. */
export interface HubNews {
  /** A message of the hub made this poll. */
  readonly isAnnounced: boolean
  /** The hub has shown that it tells of everything, so there is no need to ask often. */
  readonly isTrusted: boolean
}

/**
 * What the lease of a feed says about its polls; `null` without a living lease.
 *
 * A lease alone shows nothing: a hub is trusted once it has told of something, and until a poll finds an article that it did not tell of.
 */
export function hubNews(lease: HubLease | null, state: FeedState, nowMs: number): HubNews | null {
  if (lease === null || lease.isLeaving || (lease.leaseUntilMs ?? 0) <= nowMs) return null
  const { pingedAtMs, wokenAtMs } = lease
  return {
    isAnnounced: wokenAtMs !== null && wokenAtMs > (state.last?.atMs ?? 0),
    isTrusted: pingedAtMs !== null && pingedAtMs >= (state.unannouncedAtMs ?? 0),
  }
}

/** Whether a message of its hub makes a feed due now: not where its server has failed or asked to wait, and not where it is due anyway. */
export function mayWake(state: FeedState, nowMs: number): boolean {
  return state.failures === 0 && state.nextPollAtMs !== null && state.nextPollAtMs > nowMs
}
