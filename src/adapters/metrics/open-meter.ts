import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { FeedCounts, QueueDepth } from '../../app/ports/operator-store.ts'
import type { Outcome } from '../../app/ports/outcome-log.ts'
import type { ServiceMeter } from '../../app/ports/service-meter.ts'

/** What is asked for when somebody reads the meters. */
export interface MeterSources {
  readonly version: string
  readonly nowMs: () => number
  readonly queueDepth: (nowMs: number) => Promise<QueueDepth>
  readonly feedCounts: () => Promise<FeedCounts>
  readonly isReady: () => Promise<boolean>
}

/** Delays, s: from a minute to a week. */
const DELAY_BUCKETS_S = [60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 259_200, 604_800]

/** Answers of pages, s. */
const ANSWER_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

/** What is older when it comes is an archive being read in, and says nothing of how fast the service is, ms. */
const MAX_DELAY_MS = 7 * 86_400_000

/** Names of outcomes that get a line of their own; the rest is `other`, so that no name from outside can make lines. Range 50-1,000. */
const MAX_NAMES = 200

/** Outcomes of the log that say how a try of a part ended. */
const DELIVERIES: Readonly<Record<string, string>> = {
  'part-sent': 'sent',
  'part-delayed': 'delayed',
  'part-unclear': 'unclear',
  'part-unknown': 'unknown',
  'part-given-up': 'given-up',
  'delivery-broken': 'broken',
}

/** Opens the meters of this process; docs/metrics.md has the list. */
export function openMeter(sources: MeterSources): ServiceMeter {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  gauges(registry, sources)
  const counted = counters(registry)
  const placed = delays(registry, 'story', 'its place in a story')
  const told = delays(registry, 'digest', 'the plan of the digest that tells it')
  const requests = new Counter({
    ...{ name: 'tidings_http_requests_total', help: 'Pages asked for', registers: [registry] },
    labelNames: ['page', 'status'],
  })
  const seconds = new Histogram({
    ...{ name: 'tidings_http_request_seconds', help: 'Time to answer', registers: [registry] },
    ...{ labelNames: ['page'], buckets: ANSWER_BUCKETS_S },
  })
  return {
    outcome: (outcome) => {
      counted(outcome)
    },
    placed: (delayMs) => {
      observe(placed, delayMs)
    },
    told: (delayMs) => {
      observe(told, delayMs)
    },
    answered: ({ page, status, ms }) => {
      requests.inc({ page, status: `${Math.floor(status / 100)}xx` })
      seconds.observe({ page }, ms / 1_000)
    },
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  }
}

function delays(registry: Registry, what: string, words: string): Histogram {
  return new Histogram({
    name: `tidings_publication_to_${what}_seconds`,
    help: `From publication to ${words}`,
    ...{ buckets: DELAY_BUCKETS_S, registers: [registry] },
  })
}

function observe(histogram: Histogram, delayMs: number): void {
  if (delayMs <= MAX_DELAY_MS) histogram.observe(Math.max(0, delayMs) / 1_000)
}

function counters(registry: Registry): (outcome: Outcome) => void {
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `tidings_${name}_total`, help, labelNames, registers: [registry] })
  const outcomes = counter('outcomes', 'Lines of the log', ['what', 'level'])
  const polls = counter('feed_polls', 'Feeds asked', [])
  const troubles = counter('feed_troubles', 'Polls with a problem', ['kind'])
  const articles = counter('articles', 'Articles that came in', ['change'])
  const placed = counter('articles_placed', 'Articles put into stories', [])
  const stories = counter('story_changes', 'Stories opened or changed', [])
  const digests = counter('digests', 'Digests that were due', ['outcome'])
  const deliveries = counter('deliveries', 'Tries of parts', ['outcome'])
  for (const change of ['added', 'revised']) articles.inc({ change }, 0)
  for (const outcome of ['planned', 'skipped', 'failed']) digests.inc({ outcome }, 0)
  for (const outcome of Object.values(DELIVERIES)) deliveries.inc({ outcome }, 0)
  const names = new Set<string>()
  return ({ level, what, facts }) => {
    if (names.size < MAX_NAMES) names.add(what)
    outcomes.inc({ what: names.has(what) ? what : 'other', level })
    const count = (name: string) => countOf(facts[name])
    const delivery = DELIVERIES[what]
    if (delivery !== undefined) deliveries.inc({ outcome: delivery })
    if (what === 'feed-trouble')
      troubles.inc({ kind: POLL_KINDS.find((kind) => kind === facts['kind']) ?? 'other' })
    if (what === 'collected') {
      polls.inc(count('feeds'))
      for (const change of ['added', 'revised']) articles.inc({ change }, count(change))
    }
    if (what === 'grouped') {
      placed.inc(count('articles'))
      stories.inc(count('stories'))
    }
    if (what === 'digests-due')
      for (const outcome of ['planned', 'skipped', 'failed']) digests.inc({ outcome }, count(outcome))
  }
}

const POLL_KINDS = ['fetched', 'not-modified', 'unreadable', 'gone', 'failed'] as const

function countOf(fact: Outcome['facts'][string] | undefined): number {
  return typeof fact === 'number' && Number.isFinite(fact) && fact > 0 ? fact : 0
}

/** Gauges ask the database when they are read; one that cannot be asked has no value then. */
function gauges(registry: Registry, sources: MeterSources): void {
  new Gauge({
    ...{ name: 'tidings_build_info', help: 'The version that runs', registers: [registry] },
    labelNames: ['version'],
  }).set({ version: sources.version }, 1)
  new Gauge({
    ...{ name: 'tidings_ready', help: 'Whether the process can do its work', registers: [registry] },
    async collect() {
      this.set((await sources.isReady().catch(() => false)) ? 1 : 0)
    },
  })
  new Gauge({
    ...{ name: 'tidings_feeds', help: 'Feeds by state', labelNames: ['state'], registers: [registry] },
    async collect() {
      const counts = await sources.feedCounts().catch(() => null)
      this.reset()
      if (counts === null) return
      this.set({ state: 'polled' }, counts.feeds - counts.paused)
      this.set({ state: 'paused' }, counts.paused)
    },
  })
  const oldest = new Gauge({
    ...{ name: 'tidings_queue_oldest_seconds', help: 'Age of the oldest that waits', registers: [registry] },
    labelNames: ['queue'],
  })
  new Gauge({
    ...{ name: 'tidings_queue_depth', help: 'What waits', labelNames: ['queue'], registers: [registry] },
    async collect() {
      const nowMs = sources.nowMs()
      const depth = await sources.queueDepth(nowMs).catch(() => null)
      this.reset()
      oldest.reset()
      if (depth === null) return
      for (const queue of ['articles', 'feeds', 'runs', 'parts'] as const) this.set({ queue }, depth[queue])
      const age = (atMs: number | null) => (atMs === null ? 0 : Math.max(0, nowMs - atMs) / 1_000)
      oldest.set({ queue: 'articles' }, age(depth.oldestArticleAtMs))
      oldest.set({ queue: 'parts' }, age(depth.oldestPartAtMs))
    },
  })
}
