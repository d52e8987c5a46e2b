import type { Digest } from '../../core/digest/digest.ts'
import type { Subscription } from '../../core/subscription/subscription.ts'

/** Where digests go. `address` is the platform's own word for the place: a channel id, a URL, a path. */
export interface Destination {
  readonly id: string
  readonly platform: string
  readonly address: string
  /** Tenant it belongs to, or `null` for the operator's own. */
  readonly tenant: string | null
  readonly name: string
}

/** A digest on its way to one destination. */
export interface DigestToCut {
  /** Stable id of the digest for this destination. */
  readonly digestId: string
  readonly name: string
  readonly digest: Digest
  readonly timeZone: string
  readonly subscription: Pick<Subscription, 'overflow' | 'mentionRole' | 'lang'>
  /** Where pages for browsers are, without a slash at the end, or `null`. */
  readonly publicUrl: string | null
  /** Key of the destination's archive; without it links lead to what everybody may see. */
  readonly archiveToken?: string | null
}

/** One message of a digest as the platform takes it, ready to be stored and sent. Plain JSON. */
export interface MessagePart {
  readonly body: unknown
  /** Stories that it tells, in order. */
  readonly storyIds: readonly string[]
  /** Goes into a thread under part 0. */
  readonly inThread: boolean
}

/** A part to send now. */
export interface PartToSend {
  readonly destination: Destination
  readonly digestId: string
  readonly part: number
  readonly message: MessagePart
  /** The same for every try of this part; at most 25 characters. */
  readonly nonce: string
  /** Message id of part 0 where this part goes into its thread. */
  readonly parentId: string | null
}

/**
 * Error codes of Node.js and undici for connections that never stood: nothing of the part can have arrived, so it may be
 * sent again. After any other failure of the line it may have arrived.
 */
export const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** How one try ended. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly messageId: string }
  /** Surely not carried out; may be tried again from `retryAtMs` on. */
  | { readonly kind: 'not-sent'; readonly problem: string; readonly retryAtMs: number | null }
  /** May have been carried out: the answer was lost. */
  | { readonly kind: 'unclear'; readonly problem: string }
  /** The platform will never take this message. */
  | { readonly kind: 'refused'; readonly problem: string }
  /** Nothing can be sent there until somebody acts: deleted, forbidden, archived, uninstalled. */
  | { readonly kind: 'closed'; readonly problem: string; readonly gone: boolean }
  /** The platform does not know us any more (token revoked): stop for every destination of the tenant, or of all. */
  | { readonly kind: 'locked-out'; readonly problem: string; readonly tenant: string | null }

/** What is known of a part whose answer was lost. */
export type ResolveOutcome =
  | { readonly kind: 'sent'; readonly messageId: string }
  | { readonly kind: 'not-sent' }
  | { readonly kind: 'unknown' }

/** One platform that digests are sent to. Every adapter passes the suite in test/contracts/publisher-contract.ts. */
export interface Publisher {
  /** Name in `Destination.platform`. */
  readonly platform: string
  /** Cuts a digest at story borders under every limit of the platform. Pure: the same digest gives the same parts. At least one. */
  cut(digest: DigestToCut): readonly MessagePart[]
  /** Whether processes of another bot send there, and this one cannot; without it nobody else does. */
  isElsewhere?(destination: Destination): Promise<boolean>
  /** One try; never retries by itself where a second copy could come of it. Waits for its turn under the platform's rates. Never throws. */
  send(part: PartToSend, signal: AbortSignal): Promise<SendOutcome>
  /** Looks whether an unclear part arrived, where the platform can tell. */
  resolve(part: PartToSend, signal: AbortSignal): Promise<ResolveOutcome>
  /** Changes a message that was sent; `refused` where the platform has no edits. */
  edit(part: PartToSend, messageId: string, signal: AbortSignal): Promise<SendOutcome>
  /** Takes a message back that was sent, where the platform can; `sent` where it is gone. */
  remove?(part: PartToSend, messageId: string, signal: AbortSignal): Promise<SendOutcome>
}
