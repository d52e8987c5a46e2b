import type { ToldStory } from '../../core/digest/told-story.ts'
import type { Claim } from './feed-store.ts'
import type { StoredSubscription } from './subscription-store.ts'

/** A digest as kept: what one destination got, or gets, for one window. */
export interface StoredDigest {
  /** Made from subscription and window, so that the same run cannot be stored twice. */
  readonly id: string
  readonly destinationId: string
  /** `null` for a digest that somebody asked for out of turn. */
  readonly subscriptionId: string | null
  readonly fromMs: number
  readonly toMs: number
  readonly inputHash: string
  /** The digest as plain JSON. Texts of articles stay out of it: the articles are kept. */
  readonly body: unknown
  readonly composedAtMs: number
}

/** A digest that is to be stored, with all that follows from it. */
export interface NewDigest extends StoredDigest {
  readonly told: readonly ToldStory[]
  /** In the order in which they are sent. */
  readonly parts: readonly PlannedPart[]
}

/** A part of a digest before it is sent. */
export interface PlannedPart {
  /** What the publisher cut, as plain JSON. */
  readonly message: unknown
  /** The same for every try. */
  readonly nonce: string
}

/**
 * Where a part of a digest stands.
 *
 * `planned` → `sending` → `sent`, `failed` or `unknown`. `failed` with a time comes again then, without one never. `unknown`: the answer was lost
 * and the platform cannot tell; it is shown to the manager and never sent again by itself.
 */
export type DeliveryState = 'planned' | 'sending' | 'sent' | 'failed' | 'unknown'

/** One line of the ledger. */
export interface Delivery extends DeliveryRef {
  readonly destinationId: string
  readonly state: DeliveryState
  readonly message: unknown
  readonly nonce: string
  /** Tries begun. */
  readonly attempts: number
  /** The platform's id of the sent message. */
  readonly messageId: string | null
  /** Why the last try failed, for people. */
  readonly problem: string | null
  readonly plannedAtMs: number
  readonly changedAtMs: number
  readonly retryAtMs: number | null
}

/** Names one line of the ledger. `part` counts from 0. */
export interface DeliveryRef {
  readonly digestId: string
  readonly part: number
}

/** How a try ended, as the ledger keeps it. */
export type DeliveryResult =
  | { readonly state: 'sent'; readonly messageId: string }
  /** `null`: given up. */
  | { readonly state: 'failed'; readonly problem: string; readonly retryAtMs: number | null }
  | { readonly state: 'unknown'; readonly problem: string }

/** Which parts may be worked on now. */
export interface OpenParts {
  readonly nowMs: number
  /** A try begun before this is held for dead: its process fell, or its answer never came. */
  readonly stuckBeforeMs: number
  readonly limit: number
}

/** How the run of a subscription ended. */
export interface FinishedRun {
  readonly subscriptionId: string
  /** Who claimed it; nothing is saved where another holds it by now. */
  readonly claimant: string
  /** Where the next window begins. */
  readonly windowEndMs: number
  readonly nextRunAtMs: number | null
  /** `null` where the window gave nothing to tell. */
  readonly digest: NewDigest | null
}

/** Keeps digests, what destinations were told, the ledger of deliveries and whose turn it is. */
export interface DigestStore {
  /**
   * Takes subscriptions whose run is due and that are not paused; see {@link FeedStore.claimDueFeeds}. The claim ends with {@link finishRun}, or by
   * itself after the lease.
   */
  claimDueRuns(claim: Claim): Promise<StoredSubscription[]>
  /** Takes one subscription, due or not, paused or not, as {@link claimDueRuns} does; `null` where it is gone or another has it. */
  claimRun(subscriptionId: string, claim: Omit<Claim, 'limit'>): Promise<StoredSubscription | null>
  /**
   * Ends a run in one transaction: stores its digest with all parts planned, remembers what is told, moves the window on, gives the claim
   * back. `false`, and nothing changed, where the claim was lost or the digest is stored already.
   */
  finishRun(run: FinishedRun): Promise<boolean>
  /** Stores a digest out of turn; `false`, and nothing changed, where its id is stored already. */
  saveDigest(digest: NewDigest): Promise<boolean>
  digest(id: string): Promise<StoredDigest | null>
  /** Latest window first; `offset` of them left out, default none. */
  digests(destinationId: string, limit: number, offset?: number): Promise<StoredDigest[]>
  /** What a destination was told since then, oldest first. */
  toldSince(destinationId: string, sinceMs: number): Promise<ToldStory[]>
  /** All parts of a digest, in order. */
  deliveries(digestId: string): Promise<Delivery[]>
  /** For each digest the first part that is not done, where its time has come; longest waiting first. */
  openParts(which: OpenParts): Promise<Delivery[]>
  /**
   * Notes that a try begins, before anything is sent. Compare-and-set: `false` where another has it, or it is not its time. Once it
   * is `true` the part counts as perhaps sent until a result is noted.
   */
  startDelivery(ref: DeliveryRef, nowMs: number): Promise<boolean>
  /** Takes a try over that is held for dead, to find out how it ended; `false` where another did. It must not be sent before that. */
  takeOverDelivery(ref: DeliveryRef, stuckBeforeMs: number, nowMs: number): Promise<boolean>
  /** Notes how the try ended; `false` where the part was not being sent. */
  finishDelivery(ref: DeliveryRef, result: DeliveryResult, nowMs: number): Promise<boolean>
  /** Plans a part again that is unknown or was given up: somebody looked and wants it sent. `false` where it is neither. */
  replanDelivery(ref: DeliveryRef, nowMs: number): Promise<boolean>
  /** Keeps what an edit made of a sent message. */
  replaceMessage(ref: DeliveryRef, message: unknown, nowMs: number): Promise<void>
  /** Gives up all parts for a destination that were not begun; the answer is how many. */
  giveUpDeliveries(destinationId: string, problem: string, nowMs: number): Promise<number>
  /** Parts of a destination that the manager should know of: unknown or given up, latest first. */
  troubledDeliveries(destinationId: string, sinceMs: number, limit: number): Promise<Delivery[]>
}
