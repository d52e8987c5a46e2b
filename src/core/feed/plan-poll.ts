import type { FeedState, PollKind } from './feed-state.ts'
import type { FetchFacts, FetchFailure, FetchOutcome } from './fetch-outcome.ts'
import type { HubNews } from './hub-lease.ts'

/** How one poll ended, as far as the next one depends on it. */
export type PollOutcome =
  | (FetchFacts & {
      readonly kind: 'fetched'
      /** Articles that were not known before. */
      readonly newArticles: number
      /** Dates of all articles that the feed lists, epoch ms, in any order. */
      readonly publishedAtMs: readonly number[]
      /** Time between two polls that the feed asks for (RSS `ttl`, `sy:updatePeriod`), ms, or `null`. */
      readonly hintMs: number | null
    })
  | { readonly kind: 'unreadable'; readonly problem: string }
  | Exclude<FetchOutcome, { kind: 'fetched' }>

/** Shortest time between two polls, ms. Below it servers take readers for attackers. */
export const MIN_INTERVAL_MS = 15 * 60_000
/** Longest time between two polls, ms: a sleeping feed that wakes up is read within a day. */
export const MAX_INTERVAL_MS = 24 * 60 * 60_000

/** Polls for each expected article: at 1 half of the articles are late by a full rhythm, at 4 most polls find nothing. */
const POLLS_PER_ARTICLE = 2
/** Newest articles that the rhythm is read from. Fewer follow every burst, more hold on to last week. */
const RHYTHM_ARTICLES = 10
/** Dated articles below which the dates of a feed say nothing about its rhythm. */
const MIN_RHYTHM_ARTICLES = 3
/** Growth of the rhythm with a poll that finds nothing, as a factor: ten quiet polls in a row make an hour nine. */
const QUIET_GROWTH = 1.25
/** First guess of the rhythm, ms, for a feed without dates. */
const FIRST_RHYTHM_MS = 60 * 60_000
/**
 * Longest time that a hint of the feed or a cache header may ask for, ms. Servers that call a feed fresh for a year are
 * common; with this cap a wrong hint costs a reader two hours.
 */
const MAX_HINT_MS = 2 * 60 * 60_000
/** Failures in a row that open the breaker. */
const FAILURES_TO_OPEN = 5
/** Failures in a row at a feed's new place before the old place is asked again. */
const FAILURES_TO_FORGET_MOVE = 4
/** Share of an interval that is left to chance, so that feeds added together part: 0 keeps them in step. */
const JITTER_SHARE = 0.2
/** How much longer the time between two polls is while a hub tells of news, as a factor: 1 polls as ever, 24 leaves all to the hub. */
const PUSHED_FACTOR = 4
/** Shortest time between two polls that nothing asked for while a hub tells of news, ms. */
const MIN_PUSHED_INTERVAL_MS = 60 * 60_000

/**
 * What to remember after a poll, above all when to poll next.
 *
 * After a good answer: half the feed's rhythm, from 15 minutes to 24 hours, not before the answer goes stale. After a
 * failure: 15 minutes, doubled with each more, not before `Retry-After`. A feed that is gone is polled no more. An aborted
 * poll changes nothing, a host that rests puts the poll off. While a hub that can be trusted tells of news, polls are four times as far
 * apart; where it tells of news that the feed does not show yet, the next poll comes soon.
 *
 * @param jitter01 a random number from 0 to 1
 * @param news what the feed's hub tells; `null` without one
 */
export function planNextPoll(
  state: FeedState,
  outcome: PollOutcome,
  nowMs: number,
  jitter01: number,
  news: HubNews | null = null,
): FeedState {
  switch (outcome.kind) {
    case 'fetched':
    case 'not-modified':
      return afterAnswer(state, outcome, nowMs, jitter01, news)
    case 'gone':
      return afterGone(state, outcome.problem, nowMs, jitter01)
    case 'unreadable':
      return afterFailure(state, { ...outcome, failure: null, retryAtMs: null }, nowMs, jitter01)
    case 'failed':
      if (outcome.failure === 'aborted') return { ...state, nextPollAtMs: nowMs }
      if (outcome.failure === 'host-rests') {
        return { ...state, nextPollAtMs: clampTime(outcome.retryAtMs ?? 0, nowMs, jitter01) }
      }
      return afterFailure(state, outcome, nowMs, jitter01)
  }
}

function afterAnswer(
  state: FeedState,
  outcome: Extract<PollOutcome, { kind: 'fetched' | 'not-modified' }>,
  nowMs: number,
  jitter01: number,
  news: HubNews | null,
): FeedState {
  const rhythmMs = nextRhythm(state, outcome, nowMs)
  const hintMs = Math.max(outcome.freshForMs ?? 0, outcome.kind === 'fetched' ? (outcome.hintMs ?? 0) : 0)
  const ownMs = Math.max(rhythmMs / POLLS_PER_ARTICLE, Math.min(hintMs, MAX_HINT_MS))
  const hasNew = outcome.kind === 'fetched' && outcome.newArticles > 0
  const isUnannounced = news !== null && !news.isAnnounced && hasNew
  const intervalMs = pushedInterval(ownMs, news, { hasNew, isUnannounced })
  const isTrial = state.breaker === 'open'
  return {
    movedTo: outcome.movedTo ?? state.movedTo,
    validators: outcome.validators,
    breaker: isTrial ? 'half-open' : 'closed',
    // One good answer of a feed that flaps does not wipe its record: the next failure backs off as far as before.
    failures: isTrial ? state.failures : 0,
    last: { kind: outcome.kind, atMs: nowMs, failure: null, problem: null },
    lastGoodAtMs: nowMs,
    rhythmMs,
    unannouncedAtMs: isUnannounced ? nowMs : state.unannouncedAtMs,
    nextPollAtMs: nowMs + spread(intervalMs, jitter01),
  }
}

function pushedInterval(
  ownMs: number,
  news: HubNews | null,
  { hasNew, isUnannounced }: { readonly hasNew: boolean; readonly isUnannounced: boolean },
): number {
  if (news === null || isUnannounced) return ownMs
  // The hub knows more than the feed shows, as with caches between: ask again soon.
  if (news.isAnnounced && !hasNew) return MIN_INTERVAL_MS
  return news.isTrusted ? Math.max(ownMs * PUSHED_FACTOR, MIN_PUSHED_INTERVAL_MS) : ownMs
}

function afterFailure(
  state: FeedState,
  outcome: {
    readonly kind: PollKind
    readonly failure: FetchFailure | null
    readonly problem: string
    readonly retryAtMs: number | null
  },
  nowMs: number,
  jitter01: number,
): FeedState {
  const failures = state.failures + 1
  const isOpen = state.breaker !== 'closed' || failures >= FAILURES_TO_OPEN
  const backOffMs = MIN_INTERVAL_MS * 2 ** Math.min(failures - 1, 10)
  const forgetsMove = state.movedTo !== null && failures >= FAILURES_TO_FORGET_MOVE
  return {
    ...state,
    ...(forgetsMove ? { movedTo: null, validators: NO_VALIDATORS } : {}),
    breaker: isOpen ? 'open' : 'closed',
    failures,
    last: { kind: outcome.kind, atMs: nowMs, failure: outcome.failure, problem: outcome.problem },
    nextPollAtMs: clampTime(Math.max(nowMs + backOffMs, outcome.retryAtMs ?? 0), nowMs, jitter01),
  }
}

function afterGone(state: FeedState, problem: string, nowMs: number, jitter01: number): FeedState {
  const failed = afterFailure(
    state,
    { kind: 'gone', failure: null, problem, retryAtMs: null },
    nowMs,
    jitter01,
  )
  // Gone from its new place only: the old one may know a newer.
  if (state.movedTo !== null) return { ...failed, movedTo: null, validators: NO_VALIDATORS }
  return { ...failed, nextPollAtMs: null }
}

const NO_VALIDATORS = { etag: null, lastModified: null, bodyHash: null }

/** Expected time between two articles, from the dates the feed gives, else from what the polls found. */
function nextRhythm(
  state: FeedState,
  outcome: Extract<PollOutcome, { kind: 'fetched' | 'not-modified' }>,
  nowMs: number,
): number {
  const knownMs = state.rhythmMs ?? FIRST_RHYTHM_MS
  const longestMs = MAX_INTERVAL_MS * POLLS_PER_ARTICLE
  if (outcome.kind === 'not-modified') return Math.min(knownMs * QUIET_GROWTH, longestMs)
  const dated = rhythmOfDates(outcome.publishedAtMs, nowMs)
  if (dated !== null) return Math.min(dated, longestMs)
  if (outcome.newArticles === 0) return Math.min(knownMs * QUIET_GROWTH, longestMs)
  if (state.last === null) return knownMs
  return Math.min(Math.max(nowMs - state.last.atMs, 1) / outcome.newArticles, longestMs)
}

/** Mean time between the newest articles, the silence since the last one counted in; dates to come are left out. */
function rhythmOfDates(publishedAtMs: readonly number[], nowMs: number): number | null {
  const newest = [...publishedAtMs]
    .filter((atMs) => atMs <= nowMs)
    .sort((a, b) => b - a)
    .slice(0, RHYTHM_ARTICLES)
  const oldest = newest.at(-1)
  return oldest === undefined || newest.length < MIN_RHYTHM_ARTICLES ? null : (nowMs - oldest) / newest.length
}

/** A time at least the shortest and at most the longest interval away, with chance added. */
function clampTime(atMs: number, nowMs: number, jitter01: number): number {
  return nowMs + spread(atMs - nowMs, jitter01)
}

/** An interval within its limits; chance lengthens it, and shortens the longest, so that limits hold and feeds part. */
function spread(intervalMs: number, jitter01: number): number {
  const wantedMs = Math.max(intervalMs, MIN_INTERVAL_MS) * (1 + JITTER_SHARE * jitter01)
  return Math.round(wantedMs <= MAX_INTERVAL_MS ? wantedMs : MAX_INTERVAL_MS * (1 - JITTER_SHARE * jitter01))
}
