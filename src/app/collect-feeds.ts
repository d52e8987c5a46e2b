import { articlesFromFeed } from '../core/feed/articles-from-feed.ts'
import { newestArticles } from '../core/feed/newest-articles.ts'
import { parseFeedState, type FeedState } from '../core/feed/feed-state.ts'
import type { FetchOutcome } from '../core/feed/fetch-outcome.ts'
import { hubNews, type HubLease } from '../core/feed/hub-lease.ts'
import type { ParsedFeed } from '../core/feed/parsed-feed.ts'
import { planNextPoll, type PollOutcome } from '../core/feed/plan-poll.ts'
import { inLanes } from './in-lanes.ts'
import { noteHubOffer } from './keep-hub-leases.ts'
import { keyOf, listArticles, planFeed } from './plan-feed.ts'
import type { ArticleStore } from './ports/article-store.ts'
import type { FeedSecrets, FeedSource } from './ports/feed-source.ts'
import type { FeedStore, StoredFeed } from './ports/feed-store.ts'
import type { HubStore } from './ports/hub-store.ts'
import { readListing, type Fetched } from './read-listing.ts'
import { writeArticles, type PagePorts } from './write-articles.ts'

/** What collecting needs from the street. */
export interface CollectPorts {
  readonly feeds: Pick<FeedStore, 'claimDueFeeds' | 'saveFeedState'>
  readonly articles: Pick<ArticleStore, 'knownArticles' | 'saveIngest'>
  readonly web: FeedSource
  /** Gives full texts; without it articles keep the text of their feed. */
  readonly pages?: PagePorts
  readonly nowMs: () => number
  /** 0 to 1; parts the polls of feeds that were added together. */
  readonly random01: () => number
  /** Headers, cookies and passwords of a feed; `undefined` where it has none. */
  readonly secretsOf?: (feed: StoredFeed) => FeedSecrets | undefined
  /** Most articles taken of one poll of a feed, the newest; without it all that the parser reads. */
  readonly maxArticlesOf?: (feed: StoredFeed) => number
  /** Where hubs are kept that tell of news, with fresh keys for them; without it feeds are polled only. */
  readonly push?: { readonly hubs: HubStore; readonly newKey: () => string }
}

/** How to collect. */
export interface CollectOptions {
  /** Names this process in the store. */
  readonly claimant: string
  /** Ends the round: fetches under way stop, the rest stays due. */
  readonly signal?: AbortSignal
  readonly maxFeeds?: number
  readonly maxHosts?: number
  readonly maxRoundMs?: number
}

/** How the poll of one feed ended. */
export interface FeedReport {
  readonly feedId: string
  readonly url: string
  /** `error`: it could not be saved. `deferred`: its turn did not come. */
  readonly kind: PollOutcome['kind'] | 'error' | 'deferred'
  readonly added: number
  readonly revised: number
  /** Articles that the feed lists, known ones too. */
  readonly listed: number
  /** Everything worth telling the feed's owner, in words. */
  readonly problems: readonly string[]
  /** `null` where it is polled no more, or unknown after an error. */
  readonly nextPollAtMs: number | null
}

/** One round of collecting. */
export interface CollectReport {
  readonly added: number
  readonly revised: number
  /** One for each feed that was due, in the order of their ends. */
  readonly feeds: readonly FeedReport[]
  /** More feeds may be due: the round took as many as it may. */
  readonly more: boolean
}

/** Feeds of one round. Small rounds ask the store often, large ones hold claims long. */
const MAX_FEEDS = 1_000
/** Hosts asked at the same time. */
const MAX_HOSTS = 64
/** Feeds of one host under way at the same time; the fetcher spaces their requests. */
const FEEDS_PER_HOST = 2
/** Time after which a round starts no more feeds, ms, so that a slow host with many feeds does not hold up the next round. */
const MAX_ROUND_MS = 2 * 60_000
/** How long after the end of a round the feeds under way may go on fetching pages, ms. */
const PAGES_MARGIN_MS = 3 * 60_000
/** Claims outlast the round by this, ms: more than the slowest feed with its pages takes. */
const LEASE_MARGIN_MS = 10 * 60_000
/** How long a feed waits whose turn did not come in a round, ms: behind the feeds of other hosts. */
const DEFER_MS = 60_000

interface Round {
  readonly ports: CollectPorts
  readonly signal: AbortSignal | undefined
  readonly untilMs: number
  readonly reports: FeedReport[]
  /** By feed. */
  readonly leases: ReadonlyMap<string, HubLease>
}

/**
 * Polls the feeds that are due and saves what is new.
 *
 * One feed's failure is its own report and stops no other. Articles and the feed's state are saved in one transaction:
 * after a crash the feed is polled again, and nothing is lost or doubled.
 *
 * @throws only what the store throws when feeds cannot be claimed
 */
export async function collectFeeds(ports: CollectPorts, options: CollectOptions): Promise<CollectReport> {
  const { maxFeeds = MAX_FEEDS, maxRoundMs = MAX_ROUND_MS } = options
  const nowMs = ports.nowMs()
  const due = await ports.feeds.claimDueFeeds({
    nowMs,
    claimant: options.claimant,
    leaseMs: maxRoundMs + LEASE_MARGIN_MS,
    limit: maxFeeds,
  })
  const leases = await leasesOf(ports, due)
  const round: Round = { ports, signal: options.signal, untilMs: nowMs + maxRoundMs, reports: [], leases }
  await inLanes(
    due,
    { laneOf: hostOf, maxLanes: options.maxHosts ?? MAX_HOSTS, maxPerLane: FEEDS_PER_HOST },
    async (feed) => {
      round.reports.push(await collectOrTell(feed, round))
    },
  )
  return {
    added: sum(round.reports, 'added'),
    revised: sum(round.reports, 'revised'),
    feeds: round.reports,
    more: due.length >= maxFeeds,
  }
}

async function leasesOf(
  { push }: CollectPorts,
  due: readonly StoredFeed[],
): Promise<ReadonlyMap<string, HubLease>> {
  const leases = push === undefined ? [] : await push.hubs.leasesOf(due.map(({ id }) => id))
  return new Map(leases.map((lease) => [lease.feedId, lease]))
}

function sum(reports: readonly FeedReport[], field: 'added' | 'revised'): number {
  return reports.reduce((total, report) => total + report[field], 0)
}

function hostOf(feed: StoredFeed): string {
  const { movedTo } = feed.state
  return URL.parse(typeof movedTo === 'string' ? movedTo : feed.url)?.host ?? ''
}

async function collectOrTell(feed: StoredFeed, round: Round): Promise<FeedReport> {
  const nowMs = round.ports.nowMs()
  const state = parseFeedState(feed.state, nowMs)
  try {
    if (round.signal?.aborted || nowMs >= round.untilMs) return await defer(feed, state, round)
    return await collectFeed(feed, state, round)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const problem = `Cannot save feed "${feed.url}": ${why}`
    await postpone(feed, state, problem, round)
    return { ...reportOf(feed), kind: 'error', problems: [problem], nextPollAtMs: null }
  }
}

async function defer(feed: StoredFeed, state: FeedState, { ports }: Round): Promise<FeedReport> {
  const nextPollAtMs = ports.nowMs() + DEFER_MS
  await ports.feeds.saveFeedState(feed.id, { ...state, nextPollAtMs }, nextPollAtMs)
  return { ...reportOf(feed), kind: 'deferred', nextPollAtMs }
}

/** Puts off a feed that cannot be saved. If the store is lost, this is too, and the claim runs out by itself. */
async function postpone(
  feed: StoredFeed,
  state: FeedState,
  problem: string,
  { ports }: Round,
): Promise<void> {
  const next = planNextPoll(state, { kind: 'unreadable', problem }, ports.nowMs(), ports.random01())
  await ports.feeds.saveFeedState(feed.id, { ...next }, next.nextPollAtMs).catch(() => undefined)
}

async function collectFeed(feed: StoredFeed, state: FeedState, round: Round): Promise<FeedReport> {
  const { ports, signal } = round
  const secrets = ports.secretsOf?.(feed)
  const outcome = await ports.web.fetchFeed({
    url: feed.url,
    movedTo: state.movedTo,
    validators: state.validators,
    ...(secrets === undefined ? {} : { secrets }),
    ...(signal === undefined ? {} : { signal }),
  })
  if (outcome.kind !== 'fetched') return endPoll(feed, state, outcome, round, problemsOf(outcome))
  const request = {
    url: outcome.url,
    ...(secrets === undefined ? {} : { secrets }),
    ...(signal === undefined ? {} : { signal }),
  }
  const { parsed, isList } = await readListing(ports.web, request, outcome)
  const unreadable = whyUnreadable(parsed)
  const fetched = isList ? { ...outcome, validators: NO_VALIDATORS } : outcome
  if (unreadable === null) {
    // A hub is told the address of the feed; one behind a door is told to nobody.
    if (ports.push !== undefined && secrets === undefined && !isList)
      await noteHubOffer({ ...ports.push, nowMs: ports.nowMs }, feed.id, round.leases.get(feed.id) ?? null, {
        fetched,
        parsed,
      })
    return ingest(feed, state, fetched, parsed, round)
  }
  const problem = `Cannot read feed "${feed.url}": ${unreadable}`
  return endPoll(feed, state, { kind: 'unreadable', problem }, round, [problem])
}

/** Ends a poll that brought no articles. */
async function endPoll(
  feed: StoredFeed,
  state: FeedState,
  poll: PollOutcome,
  { ports, leases }: Round,
  problems: readonly string[],
): Promise<FeedReport> {
  const atMs = ports.nowMs()
  const news = hubNews(leases.get(feed.id) ?? null, state, atMs)
  const next = planNextPoll(state, poll, atMs, ports.random01(), news)
  await ports.feeds.saveFeedState(feed.id, { ...next }, next.nextPollAtMs)
  return { ...reportOf(feed), problems, kind: poll.kind, nextPollAtMs: next.nextPollAtMs }
}

/** A list of sitemaps is asked for anew with every poll. */
const NO_VALIDATORS = { etag: null, lastModified: null, bodyHash: null }

async function ingest(
  feed: StoredFeed,
  state: FeedState,
  outcome: Fetched,
  parsed: ParsedFeed,
  { ports, signal, untilMs, leases }: Round,
): Promise<FeedReport> {
  const drafts = articlesFromFeed(parsed, { feedUrl: feed.url, feedName: feed.name || null })
  const { taken, problem } = newestArticles(drafts, ports.maxArticlesOf?.(feed) ?? drafts.length)
  const listed = listArticles(taken)
  const known = await ports.articles.knownArticles(listed.map(keyOf), feed.tenant)
  const plan = planFeed(listed, known)
  const mayFetch = () => signal?.aborted !== true && ports.nowMs() < untilMs + PAGES_MARGIN_MS
  const written = await writeArticles(plan, feed, ports.pages, { mayFetch, signal })
  const atMs = ports.nowMs()
  const poll = pollOf(outcome, parsed, plan.added.length)
  const news = hubNews(leases.get(feed.id) ?? null, state, atMs)
  const next = planNextPoll(state, poll, atMs, ports.random01(), news)
  const { nextPollAtMs } = next
  const saved = await ports.articles.saveIngest({
    ...{ feedId: feed.id, atMs, ...written.batch },
    poll: { state: { ...next }, nextPollAtMs },
  })
  const problems = [...parsed.problems.map((one) => one.problem), ...problem, ...written.problems]
  return { ...reportOf(feed), ...saved, kind: poll.kind, listed: listed.length, problems, nextPollAtMs }
}

function pollOf(outcome: Fetched, parsed: ParsedFeed, newArticles: number): PollOutcome {
  const { validators, movedTo, freshForMs } = outcome
  return {
    ...{ kind: 'fetched', validators, movedTo, freshForMs, newArticles },
    ...{ hintMs: parsed.refreshMs, publishedAtMs: datesOf(parsed) },
  }
}

/** Why a document that came well is no feed to collect, or `null`. */
function whyUnreadable(parsed: ParsedFeed): string | null {
  return parsed.format === 'unknown' ? (parsed.problems[0]?.problem ?? 'there is no feed in it') : null
}

function datesOf(parsed: ParsedFeed): number[] {
  const dates = parsed.items.map((item) => Date.parse(item.published ?? item.updated ?? ''))
  return dates.filter((atMs) => !Number.isNaN(atMs))
}

function problemsOf(outcome: FetchOutcome): string[] {
  return 'problem' in outcome ? [outcome.problem] : []
}

function reportOf(feed: StoredFeed): Omit<FeedReport, 'kind'> {
  return { feedId: feed.id, url: feed.url, added: 0, revised: 0, listed: 0, problems: [], nextPollAtMs: null }
}
