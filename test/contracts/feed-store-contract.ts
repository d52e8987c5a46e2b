import { beforeEach, describe, expect, test } from 'vitest'
import type { FeedStore } from '../../src/app/ports/feed-store.ts'
import type { Store } from '../../src/adapters/storage/open-store.ts'
import { feed, MINUTE, NOON, PUBLIC } from './stored-rows.ts'

/** What every {@link FeedStore} must do. */
export function feedStoreContract(current: () => Store): void {
  describe('FeedStore', () => {
    let feeds: FeedStore
    beforeEach(() => {
      feeds = current().feeds
    })
    const claim = (claimant: string, nowMs: number, limit = 10) =>
      feeds.claimDueFeeds({ claimant, nowMs, leaseMs: 10 * MINUTE, limit })

    test('saveFeeds() keeps one feed for an owner and a URL', async () => {
      expect(await feeds.saveFeeds([feed('one'), feed('two')])).toEqual([
        { ...feed('one'), published: false, state: {}, nextPollAtMs: NOON },
        { ...feed('two'), published: false, state: {}, nextPollAtMs: NOON },
      ])
      const renamed = { ...feed('one'), id: 'other', name: 'Renamed', tags: ['sea'] }
      expect(await feeds.saveFeeds([renamed])).toMatchObject([{ id: 'one', name: 'Renamed', tags: ['sea'] }])
      const theirs = { ...feed('one'), id: 'theirs', tenant: 'tenant-a' }
      expect(await feeds.saveFeeds([theirs])).toMatchObject([{ id: 'theirs', tenant: 'tenant-a' }])
      expect((await feeds.feeds(PUBLIC)).map(({ id }) => id)).toEqual(['two', 'one'])
    })

    test('removeFeed() stops a feed, and saveFeeds() brings it back', async () => {
      await feeds.saveFeeds([feed('one')])
      await feeds.saveFeedState('one', { etag: 'x' }, NOON)
      expect(await feeds.removeFeed('one')).toBe(true)
      expect(await feeds.removeFeed('one')).toBe(false)
      expect(await feeds.feeds(PUBLIC)).toEqual([])
      expect(await feeds.feedsById(['one'])).toEqual([])
      expect(await claim('p', NOON + MINUTE)).toEqual([])
      await feeds.saveFeedState('one', {}, NOON)
      expect(await claim('p', NOON + MINUTE)).toEqual([])
      expect(await feeds.saveFeeds([feed('one')])).toMatchObject([
        { id: 'one', state: { etag: 'x' }, nextPollAtMs: NOON },
      ])
    })

    test('claimDueFeeds() gives a due feed to one claimant until it is saved or the lease is over', async () => {
      await feeds.saveFeeds([feed('one'), feed('two')])
      expect(await claim('p', NOON - 1)).toEqual([])
      expect(await claim('p', NOON, 1)).toHaveLength(1)
      expect(await claim('q', NOON)).toHaveLength(1)
      expect(await claim('q', NOON + 9 * MINUTE)).toEqual([])
      await feeds.saveFeedState('one', { failures: 1 }, NOON + 5 * MINUTE)
      expect(await claim('q', NOON + 5 * MINUTE)).toMatchObject([{ id: 'one', state: { failures: 1 } }])
      expect(await claim('p', NOON + 10 * MINUTE)).toMatchObject([{ id: 'two' }])
    })

    test('claimDueFeeds() gives each feed once, however many ask at the same time', async () => {
      await feeds.saveFeeds(Array.from({ length: 40 }, (_, n) => feed(`f${n}`)))
      const rounds = await Promise.all(Array.from({ length: 10 }, (_, n) => claim(`p${n}`, NOON, 7)))
      const ids = rounds.flat().map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect([...ids, ...(await claim('last', NOON, 40)).map(({ id }) => id)]).toHaveLength(40)
    })

    test('saveFeedState() with null pauses a feed', async () => {
      await feeds.saveFeeds([feed('one')])
      await feeds.saveFeedState('one', {}, null)
      expect(await claim('p', NOON + 1e9)).toEqual([])
      expect(await feeds.feedsById(['one'])).toMatchObject([{ nextPollAtMs: null }])
    })
  })
}
