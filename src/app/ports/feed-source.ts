import type { FetchOutcome, Validators } from '../../core/feed/fetch-outcome.ts'

/** Values that a feed's owner gave for this feed alone. Sent to the origin of `url`, never elsewhere, never logged. */
export interface FeedSecrets {
  readonly headers?: Readonly<Record<string, string>>
  /** As in a `Cookie` header. */
  readonly cookies?: string
  readonly basicAuth?: { readonly user: string; readonly password: string }
}

/** What to ask a feed's server for. */
export interface FeedRequest {
  /** As the operator or a manager gave it. */
  readonly url: string
  /** Where the feed has moved for good, asked instead of `url`. */
  readonly movedTo?: string | null
  /** Of the last good answer: makes the request conditional. */
  readonly validators?: Validators
  readonly secrets?: FeedSecrets
  /** Stops the fetch; the outcome is then `aborted`. */
  readonly signal?: AbortSignal
}

/** Where feeds come from. Never throws: each failure is an outcome. Polite by itself: waits for its turn at each host. */
export interface FeedSource {
  fetchFeed(request: FeedRequest): Promise<FetchOutcome>
}
