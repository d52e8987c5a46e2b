import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createFetcher } from '../../src/adapters/fetch/http-fetcher.ts'
import type { Store } from '../../src/adapters/storage/open-store.ts'
import { collectFeeds, type CollectPorts, type FeedReport } from '../../src/app/collect-feeds.ts'
import type { IngestBatch } from '../../src/app/ports/article-store.ts'
import { startJumpingClock } from './jumping-clock.ts'
import { openNewsroom, type Manners, type SimulatedArticle } from './newsroom-simulator.ts'

/** How to live through a day of a simulated newsroom. */
export interface DayOptions {
  readonly feeds: number
  readonly hosts: number
  readonly hours: number
  /** Least time between two requests to one host, ms of this machine. */
  readonly minGapMs: number
  /** Time limit of a fetch, ms of this machine. */
  readonly maxMs: number
  /** The service looks for due feeds so often, ms of the simulated day. */
  readonly tickMs: number
  /** Minutes between two articles, for all feeds; without it each has its own. */
  readonly rhythmMinutes?: number
  /** How long each of the two rests after the troubles is, hours; a feed that backed off must come to its turn in it. Default 25. */
  readonly restHours?: number
  /** Hears of every round. */
  readonly onRound?: (round: {
    readonly hour: number
    readonly polls: number
    readonly articles: number
  }) => void
}

/** What a day brought. */
export interface Day {
  readonly polls: number
  /** Time spent in rounds, ms of this machine; the simulated servers' own work is in it. */
  readonly busyMs: number
  /** Polls by how they ended. */
  readonly kinds: Readonly<Record<string, number>>
  /** Articles saved, and new versions of them. */
  readonly added: number
  readonly revised: number
  /** URLs that were published and are not in the store. */
  readonly lost: readonly string[]
  /** URLs saved more than once. */
  readonly doubled: readonly string[]
  /** URLs whose stored text is not the one last published. */
  readonly stale: readonly string[]
  readonly manners: Manners
  /** How the last poll ended of the feed that an article is of: what a loss is to be blamed on. */
  readonly lastPollOf: (articleUrl: string) => string
}

const START_MS = Date.UTC(2026, 4, 4, 0, 0, 0)
const HOUR_MS = 3_600_000

/** Collects a simulated newsroom for some hours into `store`, then heals it, lets two days pass, and counts what is missing. */
export async function liveThroughDay(store: Store, options: DayOptions): Promise<Day> {
  const clock = startJumpingClock(START_MS)
  const room = await openNewsroom({ ...options, startMs: START_MS, nowMs: clock.nowMs })
  const fetcher = createFetcher({
    ...{ version: '0.0.0', allowAddresses: ['127.0.0.0/8'], nowMs: clock.nowMs },
    ...{ minGapMs: options.minGapMs, maxMs: options.maxMs, maxFeedBytes: 1024 * 1024 },
    ca: readFileSync(new URL('../fixtures/tls/ca.pem', import.meta.url), 'utf8'),
  })
  const record = recordSaves(store)
  let seed = 1
  const ports: CollectPorts = {
    feeds: store.feeds,
    articles: record.articles,
    web: fetcher,
    nowMs: clock.nowMs,
    random01: () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647,
  }
  await store.feeds.saveFeeds(
    room.feedUrls.map((url, feed) => ({
      ...{ id: `feed-${feed}`, url, name: `Gazette ${feed}`, tags: [], tenant: null },
      addedAtMs: START_MS + Math.floor((feed / options.feeds) * options.tickMs),
    })),
  )
  const tally = { polls: 0, busyMs: 0, kinds: {} as Record<string, number> }
  const last = new Map<string, FeedReport>()
  const collectAll = async (options: { readonly maxHosts?: number } = {}) => {
    for (let more = true; more;) {
      const startMs = performance.now()
      const round = await collectFeeds(ports, { claimant: 'newsroom-day', ...options })
      tally.busyMs += performance.now() - startMs
      count(round.feeds, tally)
      for (const report of round.feeds) last.set(report.feedId, report)
      more = round.more || round.feeds.some(({ kind }) => kind === 'deferred')
    }
  }
  try {
    for (
      let atMs = START_MS + options.tickMs;
      atMs <= START_MS + options.hours * HOUR_MS;
      atMs += options.tickMs
    ) {
      clock.jumpTo(atMs)
      await collectAll()
      options.onRound?.({
        hour: (atMs - START_MS) / HOUR_MS,
        polls: tally.polls,
        articles: record.saved.size,
      })
    }
    room.heal()
    const restMs = (options.restHours ?? 25) * HOUR_MS
    // Two rests: a feed that failed in the first, on a machine under load, has another try in the second.
    // A few hosts at a time: all feeds are due at once, and their servers have the same one thread to answer in time.
    clock.jumpTo(clock.nowMs() + restMs)
    const beforeMs = clock.nowMs()
    await collectAll({ maxHosts: 6 })
    clock.jumpTo(clock.nowMs() + restMs)
    await collectAll({ maxHosts: 6 })
    const expected = [room.publishedBy(beforeMs), room.publishedBy(clock.nowMs())] as const
    const lastPollOf = (articleUrl: string) => {
      const report = last.get(`feed-${/gazette-(\d+)/.exec(articleUrl)?.[1] ?? ''}`)
      return report === undefined ? 'never polled' : [report.kind, ...report.problems].join(': ')
    }
    return { ...tally, ...compare(record, expected), manners: room.manners(), lastPollOf }
  } finally {
    await fetcher.close()
    await room.close()
  }
}

function count(feeds: readonly FeedReport[], tally: { polls: number; kinds: Record<string, number> }): void {
  for (const { kind } of feeds) {
    tally.kinds[kind] = (tally.kinds[kind] ?? 0) + 1
    if (kind !== 'deferred') tally.polls++
  }
}

interface Saves {
  readonly articles: CollectPorts['articles']
  /** Hash of the newest text by URL. */
  readonly saved: Map<string, string>
  readonly doubled: string[]
  revised: number
}

/** Writes down what reaches the store, as the store itself counts it. */
function recordSaves(store: Store): Saves {
  const saves: Saves = {
    saved: new Map(),
    doubled: [],
    revised: 0,
    articles: {
      knownArticles: (keys, tenant) => store.articles.knownArticles(keys, tenant),
      saveIngest: async (batch) => {
        const counts = await store.articles.saveIngest(batch)
        noteBatch(batch, saves)
        saves.revised += counts.revised
        return counts
      },
    },
  }
  return saves
}

function noteBatch(batch: IngestBatch, saves: Saves): void {
  for (const { article } of batch.added) {
    // A copy: a slice would keep the whole feed that it was cut from in memory.
    const url = Buffer.from(article.url ?? '').toString()
    if (saves.saved.has(url)) saves.doubled.push(url)
    saves.saved.set(url, hashOf(article.text))
  }
  for (const { article } of batch.revised) saves.saved.set(article.url ?? '', hashOf(article.text))
}

function hashOf(text: string): string {
  return createHash('sha1').update(text).digest('base64url')
}

function compare(
  { saved, doubled, revised }: Saves,
  [before, after]: readonly [readonly SimulatedArticle[], readonly SimulatedArticle[]],
): Pick<Day, 'added' | 'revised' | 'lost' | 'doubled' | 'stale'> {
  const newest = new Map(after.map(({ url, text }) => [url, hashOf(text)]))
  const isStale = ({ url, text }: SimulatedArticle) =>
    saved.has(url) && saved.get(url) !== hashOf(text) && saved.get(url) !== newest.get(url)
  return {
    added: saved.size,
    revised,
    doubled,
    lost: before.filter(({ url }) => !saved.has(url)).map(({ url }) => url),
    stale: before.filter(isStale).map(({ url }) => url),
  }
}
