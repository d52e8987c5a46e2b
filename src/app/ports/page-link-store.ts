import type { Destination } from './publisher.ts'

/** A key that was just made, and when. */
export interface FreshLink {
  /** Random, at least 128 bits, safe in a URL. */
  readonly token: string
  readonly atMs: number
}

/** Keeps the keys in the addresses of archives: one for each destination, the only thing that opens its pages. */
export interface PageLinkStore {
  /** The key of a destination; where it has none yet, `fresh` becomes it. */
  linkOf(destinationId: string, fresh: FreshLink): Promise<string>
  /** Puts another key in its place: addresses with the old one lead nowhere from now on. */
  renewLink(destinationId: string, fresh: FreshLink): Promise<void>
  /** The open destination that a key belongs to, or `null`. */
  destinationOf(token: string): Promise<Destination | null>
}
