import { beforeEach, describe, expect, it } from 'vitest'
import { openMeter } from '../../../src/adapters/metrics/open-meter.ts'
import type { ServiceMeter } from '../../../src/app/ports/service-meter.ts'
import { openStore } from '../../../src/adapters/storage/open-store.ts'
import { observeDelays } from '../../../src/app/observe-delays.ts'
import { article, batch, destination, MINUTE, NOON, step, subscription } from '../../contracts/stored-rows.ts'

const QUEUE = {
  articles: 3,
  oldestArticleAtMs: NOON - MINUTE,
  feeds: 1,
  runs: 0,
  parts: 2,
  oldestPartAtMs: null,
}

let meter: ServiceMeter
let isLost = false

beforeEach(() => {
  isLost = false
  const given = <T>(value: T) =>
    isLost ? Promise.reject(new Error('the database is away')) : Promise.resolve(value)
  meter = openMeter({
    ...{ version: '1.2.3', nowMs: () => NOON },
    queueDepth: () => given(QUEUE),
    feedCounts: () => given({ feeds: 5, paused: 2 }),
    isReady: () => given(true),
  })
})

const lines = async (name: string) =>
  (await meter.render()).text.split('\n').filter((line) => line.startsWith(name))

describe('openMeter()', () => {
  it('counts what the log says', async () => {
    const log = (what: string, facts: Record<string, string | number> = {}) => {
      meter.outcome({ level: 'info', what, facts })
    }
    log('collected', { feeds: 4, added: 7, revised: 1 })
    log('grouped', { articles: 7, stories: 3 })
    log('digests-due', { planned: 2, skipped: 1, failed: 0 })
    log('part-sent', { platform: 'discord' })
    log('part-unknown')
    log('feed-trouble', { kind: 'failed', url: 'https://secret.example/' })
    expect(await lines('tidings_articles_total{change="added"}')).toEqual([
      'tidings_articles_total{change="added"} 7',
    ])
    expect(await lines('tidings_story_changes_total')).toEqual(['tidings_story_changes_total 3'])
    expect(await lines('tidings_digests_total{outcome="planned"}')).toEqual([
      'tidings_digests_total{outcome="planned"} 2',
    ])
    expect(await lines('tidings_deliveries_total{outcome="sent"}')).toEqual([
      'tidings_deliveries_total{outcome="sent"} 1',
    ])
    expect(await lines('tidings_deliveries_total{outcome="given-up"}')).toEqual([
      'tidings_deliveries_total{outcome="given-up"} 0',
    ])
    expect((await meter.render()).text).not.toContain('secret')
  })

  it('asks the queue and the feeds when it is read; without a database it says nothing of them', async () => {
    expect(await lines('tidings_queue_depth{queue="articles"}')).toEqual([
      'tidings_queue_depth{queue="articles"} 3',
    ])
    expect(await lines('tidings_feeds{state="polled"}')).toEqual(['tidings_feeds{state="polled"} 3'])
    expect(await lines('tidings_ready')).toEqual(['tidings_ready 1'])
    isLost = true
    expect(await lines('tidings_queue_depth')).toEqual([])
    expect(await lines('tidings_ready')).toEqual(['tidings_ready 0'])
  })

  it('makes no more than 200 lines of names, whatever comes', async () => {
    for (let n = 0; n < 1_000; n += 1) meter.outcome({ level: 'warn', what: `name-${n}`, facts: {} })
    expect((await lines('tidings_outcomes_total')).length).toBeLessThanOrEqual(201)
    expect(await lines('tidings_outcomes_total{what="other"')).toEqual([
      'tidings_outcomes_total{what="other",level="warn"} 800',
    ])
  })

  it('leaves out what is older than a week when it comes', async () => {
    meter.placed(90_000)
    meter.placed(30 * 86_400_000)
    expect(await lines('tidings_publication_to_story_seconds_count')).toEqual([
      'tidings_publication_to_story_seconds_count 1',
    ])
    expect(await lines('tidings_publication_to_story_seconds_bucket{le="300"}')).toEqual([
      'tidings_publication_to_story_seconds_bucket{le="300"} 1',
    ])
  })
})

describe('observeDelays()', () => {
  it('tells the way of an article into its story and its digest, once', async () => {
    const placed: number[] = []
    const told: number[] = []
    const opened = await openStore('sqlite::memory:')
    const heard = { placed: (ms: number) => placed.push(ms), told: (ms: number) => told.push(ms) }
    const store = observeDelays(opened, heard, () => NOON + 61 * MINUTE)
    await store.articles.saveIngest(batch([article(1), article(2, { publishedAtMs: null })]))
    await store.articles.unplacedArticles(10)
    const first = step('s1', { 'article-1': 'story-a', 'article-2': 'story-a' })
    await store.stories.saveStep(first)
    await store.stories.saveStep(first)
    expect(placed).toEqual([60 * MINUTE])
    await store.subscriptions.saveDestination(destination('d1'), NOON)
    await store.subscriptions.saveSubscription(subscription('sub', 'd1', { nextRunAtMs: NOON }))
    await store.digests.claimDueRuns({ nowMs: NOON + 1, claimant: 'p', leaseMs: 1_000, limit: 1 })
    const published = new Date(NOON + MINUTE).toISOString()
    const document = { stories: [{ articles: [{ published }, { published: null }] }] }
    const run = { subscriptionId: 'sub', claimant: 'p', windowEndMs: NOON, nextRunAtMs: null }
    const digest = {
      ...{ id: 'd', destinationId: 'd1', subscriptionId: 'sub', fromMs: 0, toMs: NOON, inputHash: 'h' },
      ...{ body: { document }, composedAtMs: NOON, told: [], parts: [] },
    }
    await store.digests.finishRun({ ...run, digest })
    await store.digests.finishRun({ ...run, digest })
    expect(told).toEqual([60 * MINUTE])
    await opened.close()
  })
})
