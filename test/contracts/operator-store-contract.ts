import { describe, expect, it } from 'vitest'
import type { Store } from '../../src/adapters/storage/open-store.ts'
import { article, batch, destination, feed, MINUTE, NOON, step, subscription } from './stored-rows.ts'

const DAY = Math.floor(NOON / 86_400_000)

/** What the look over all tenants must do on any database. */
export function operatorStoreContract(current: () => Store): void {
  describe('operator store', () => {
    it('feeds() and feedDays() tell of every owner', async () => {
      const { feeds, articles, operator } = current()
      await feeds.saveFeeds([feed('a'), feed('b', 't1')])
      await articles.saveIngest(batch([article(1), article(2)], { feedId: 'b' }))
      expect((await operator.feeds(10)).map(({ id, tenant }) => [id, tenant])).toEqual([
        ['a', null],
        ['b', 't1'],
      ])
      expect(await operator.feedDays(['a', 'b'], NOON - MINUTE)).toEqual([
        { feedId: 'b', day: DAY, articles: 2 },
      ])
      expect(await operator.feedDays(['a', 'b'], NOON + 120 * MINUTE)).toEqual([])
      expect(await operator.feedDays([], 0)).toEqual([])
      expect(await operator.feedCounts()).toEqual({ feeds: 2, paused: 0 })
    })

    it('queueDepth() counts what waits', async () => {
      const { feeds, articles, stories, subscriptions, operator } = current()
      await feeds.saveFeeds([feed('a')])
      await articles.saveIngest(batch([article(1), article(2)], { feedId: 'a' }))
      await stories.saveStep(step('s1', { 'article-1': 'story-a' }))
      await subscriptions.saveDestination(destination('d1'), NOON)
      await subscriptions.saveSubscription(subscription('sub', 'd1', { nextRunAtMs: NOON + MINUTE }))
      expect(await operator.queueDepth(NOON + 2 * MINUTE)).toEqual({
        ...{ articles: 1, oldestArticleAtMs: NOON + 60 * MINUTE, feeds: 1, runs: 1 },
        ...{ parts: 0, oldestPartAtMs: null },
      })
      expect(await operator.queueDepth(NOON - MINUTE)).toMatchObject({ feeds: 0, runs: 0 })
    })

    it('troubledParts() shows unknown parts, settleDelivery() ends one, once', async () => {
      const { digests, subscriptions, operator } = current()
      await subscriptions.saveDestination(destination('d1', 't1'), NOON)
      const parts = [0, 1].map((part) => ({ message: { part }, nonce: `n${part}` }))
      await digests.saveDigest({
        ...{ id: 'digest', destinationId: 'd1', subscriptionId: null, fromMs: 0, toMs: NOON, inputHash: 'h' },
        ...{ body: {}, composedAtMs: NOON, told: [], parts },
      })
      expect(await operator.queueDepth(NOON)).toMatchObject({ parts: 2, oldestPartAtMs: NOON })
      const ref = { digestId: 'digest', part: 0 }
      await digests.startDelivery(ref, NOON)
      await digests.finishDelivery(ref, { state: 'unknown', problem: 'lost' }, NOON + MINUTE)
      const [troubled, ...others] = await operator.troubledParts(NOON, 10)
      expect(others).toEqual([])
      expect(troubled).toMatchObject({
        ...ref,
        state: 'unknown',
        problem: 'lost',
        destination: { tenant: 't1' },
      })
      expect(await operator.settleDelivery(ref, NOON + 2 * MINUTE)).toBe(true)
      expect(await operator.settleDelivery(ref, NOON + 2 * MINUTE)).toBe(false)
      expect(await operator.settleDelivery({ ...ref, part: 1 }, NOON)).toBe(false)
      expect(await operator.troubledParts(NOON, 10)).toEqual([])
      expect((await digests.deliveries('digest')).map(({ state }) => state)).toEqual(['sent', 'planned'])
    })

    it('subscriptions() come by their next run, corrections() latest first', async () => {
      const { subscriptions, operator } = current()
      await subscriptions.saveDestination(destination('d1', 't1'), NOON)
      await subscriptions.saveDestination(destination('d2'), NOON)
      await subscriptions.saveSubscription(subscription('never', 'd1'))
      await subscriptions.saveSubscription(subscription('later', 'd1', { nextRunAtMs: NOON + 2 }))
      await subscriptions.saveSubscription(subscription('soon', 'd2', { nextRunAtMs: NOON + 1 }))
      const ids = async (offset: number) =>
        (await operator.subscriptions({ limit: 2, offset })).map(({ id }) => id)
      expect([await ids(0), await ids(2)]).toEqual([['soon', 'later'], ['never']])
      const correction = { kind: 'must-link' as const, articleIds: ['a', 'b'], madeBy: 'p' }
      await subscriptions.addCorrection({ ...correction, id: 'c1', tenant: 't1', madeAtMs: NOON })
      await subscriptions.addCorrection({ ...correction, id: 'c2', tenant: null, madeAtMs: NOON + 1 })
      expect((await operator.corrections(10)).map(({ id }) => id)).toEqual(['c2', 'c1'])
      expect(await operator.copies([])).toEqual([])
    })
  })
}
