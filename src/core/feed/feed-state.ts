import type { FetchFailure, Validators } from './fetch-outcome.ts'

/** How the last poll of a feed ended. `unreadable`: an answer came, but no feed in it. */
export type PollKind = 'fetched' | 'not-modified' | 'unreadable' | 'gone' | 'failed'

/** Whether a feed is trusted to answer: `open` after failures in a row, `half-open` after the first good answer since. */
export type Breaker = 'closed' | 'open' | 'half-open'

/** What is remembered of a feed between two polls. Plain JSON. */
export interface FeedState {
  /** Where the feed has moved for good, or `null`. */
  readonly movedTo: string | null
  readonly validators: Validators
  readonly breaker: Breaker
  /** Polls in a row that gave no feed. */
  readonly failures: number
  /** The last poll that said something about the feed; `null` before the first. */
  readonly last: {
    readonly kind: PollKind
    readonly atMs: number
    readonly failure: FetchFailure | null
    /** Words for the feed's owner; `null` where all is well. */
    readonly problem: string | null
  } | null
  /** Last time the feed could be read, epoch ms. */
  readonly lastGoodAtMs: number | null
  /** Expected time between two articles, ms; `null` while nothing is known. */
  readonly rhythmMs: number | null
  /** Last poll that found an article which the feed's hub had not told of, epoch ms; `null` where there is none, or no hub. */
  readonly unannouncedAtMs: number | null
  /** When to poll next, epoch ms; `null`: not any more, because the feed is gone. */
  readonly nextPollAtMs: number | null
}

/** The state of a feed that has never been polled: due at once. */
export function newFeedState(nowMs: number): FeedState {
  return {
    movedTo: null,
    validators: { etag: null, lastModified: null, bodyHash: null },
    breaker: 'closed',
    failures: 0,
    last: null,
    lastGoodAtMs: null,
    rhythmMs: null,
    unannouncedAtMs: null,
    nextPollAtMs: nowMs,
  }
}

/** Reads a stored state. What is missing or of the wrong kind, as in a state of an older version, is as in a new one. */
export function parseFeedState(stored: Readonly<Record<string, unknown>>, nowMs: number): FeedState {
  const fresh = newFeedState(nowMs)
  const validators = recordOf(stored['validators'])
  return {
    movedTo: textOf(stored['movedTo']),
    validators: {
      etag: textOf(validators['etag']),
      lastModified: textOf(validators['lastModified']),
      bodyHash: textOf(validators['bodyHash']),
    },
    breaker: oneOf(BREAKERS, stored['breaker']) ?? fresh.breaker,
    failures: Math.max(0, Math.floor(numberOf(stored['failures']) ?? 0)),
    last: parseLast(recordOf(stored['last'])),
    lastGoodAtMs: numberOf(stored['lastGoodAtMs']),
    rhythmMs: numberOf(stored['rhythmMs']),
    unannouncedAtMs: numberOf(stored['unannouncedAtMs']),
    nextPollAtMs: stored['nextPollAtMs'] === null ? null : (numberOf(stored['nextPollAtMs']) ?? nowMs),
  }
}

const BREAKERS: readonly Breaker[] = ['closed', 'open', 'half-open']
const POLL_KINDS: readonly PollKind[] = ['fetched', 'not-modified', 'unreadable', 'gone', 'failed']
const FAILURES: readonly FetchFailure[] = [
  'refused',
  'robots',
  'dns',
  'connect',
  'tls',
  'protocol',
  'timeout',
  'too-large',
  'encoding',
  'redirects',
  'status',
  'host-rests',
  'aborted',
]

function parseLast(stored: Readonly<Record<string, unknown>>): FeedState['last'] {
  const kind = oneOf(POLL_KINDS, stored['kind'])
  const atMs = numberOf(stored['atMs'])
  if (kind === null || atMs === null) return null
  return { kind, atMs, failure: oneOf(FAILURES, stored['failure']), problem: textOf(stored['problem']) }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | null {
  return allowed.find((one) => one === value) ?? null
}
