/** Why a fetch failed, for counting and for deciding when to try again. */
export type FetchFailure =
  /** The address guard or the scheme forbids the URL. */
  | 'refused'
  | 'robots'
  | 'dns'
  | 'connect'
  | 'tls'
  /** The connection broke, or what came was no HTTP. */
  | 'protocol'
  | 'timeout'
  | 'too-large'
  /** The body could not be decompressed. */
  | 'encoding'
  | 'redirects'
  | 'status'
  /** The host was left alone: it asked to wait, or has failed too often just now. */
  | 'host-rests'
  /** The caller stopped the fetch; says nothing about the feed. */
  | 'aborted'

/** What a server said about the copy that is now known. */
export interface Validators {
  /** `ETag` as sent, or `null`. */
  readonly etag: string | null
  /** `Last-Modified` as sent, or `null`. */
  readonly lastModified: string | null
  /** SHA-256 of the decompressed body, hex, or `null` where none was read yet. */
  readonly bodyHash: string | null
}

/** What both good outcomes tell besides the body. */
export interface FetchFacts {
  readonly validators: Validators
  /** Where permanent redirects (301, 308) lead from the URL asked for, or `null`. */
  readonly movedTo: string | null
  /** How long the server calls this copy fresh, in ms from now, or `null` where it does not say. */
  readonly freshForMs: number | null
}

/** How one fetch ended. Every way a server can misbehave is a value here; nothing is thrown. */
export type FetchOutcome =
  | (FetchFacts & {
      readonly kind: 'fetched'
      /** URL of the body after all redirects: relative links resolve against it. */
      readonly url: string
      /** Decompressed, at most the limit of the fetcher. */
      readonly body: Uint8Array
      /** `Content-Type` as sent, or `null`. */
      readonly contentType: string | null
      /** `Link` headers as sent, joined by commas. */
      readonly links?: string
    })
  | (FetchFacts & { readonly kind: 'not-modified' })
  | { readonly kind: 'gone'; readonly problem: string }
  | {
      readonly kind: 'failed'
      readonly failure: FetchFailure
      /** HTTP status of the last answer where `failure` is `status`, else `null`. */
      readonly status: number | null
      /** One sentence without secrets, as `Cannot fetch "https://…": status is 503`. */
      readonly problem: string
      /** Epoch ms before which the server asks not to come back, or `null`. */
      readonly retryAtMs: number | null
    }
