import { beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/adapters/storage/open-store.ts'
import { newHubLease, type HubLease } from '../../src/core/feed/hub-lease.ts'
import { feed, MINUTE, NOON } from './stored-rows.ts'

/** A lease of a feed that is still to be asked for. */
export function hubLease(feedId: string, changes: Partial<HubLease> = {}): HubLease {
  const offer = { hub: 'https://hub.example/', topic: `https://courier.example/${feedId}` }
  return { ...newHubLease(feedId, offer, { token: `key-${feedId}`, secret: 'hush' }, NOON), ...changes }
}

/** What the store of subscriptions at hubs must do on any database. */
export function hubStoreContract(current: () => Store): void {
  describe('HubStore', () => {
    beforeEach(async () => {
      await current().feeds.saveFeeds([feed('one'), feed('two'), feed('of-a', 'tenant-a')])
    })
    const claim = (nowMs: number) =>
      current().feeds.claimDueFeeds({ claimant: 'p', nowMs, leaseMs: MINUTE, limit: 9 })

    test('saveLease() keeps one lease for a feed, found by its feed and by its key', async () => {
      const { hubs } = current()
      await hubs.saveLease(hubLease('one'))
      expect(await hubs.leasesOf(['one', 'two'])).toEqual([hubLease('one')])
      const next = hubLease('one', { token: 'other', leaseUntilMs: NOON + MINUTE, pingedAtMs: NOON, asks: 2 })
      await hubs.saveLease(next)
      expect(await hubs.leaseByToken('other')).toEqual(next)
      expect(await hubs.leaseByToken('key-one')).toBeNull()
      expect(await hubs.leaseByToken('\u0000')).toBeNull()
      expect(await hubs.leasesOf([])).toEqual([])
      await hubs.dropLease('other')
      expect(await hubs.leasesOf(['one'])).toEqual([])
    })

    test('changeLease() lets one of those go on who ask at once', async () => {
      const { hubs } = current()
      await hubs.saveLease(hubLease('one'))
      const asked = await Promise.all(
        Array.from({ length: 6 }, (_, n) =>
          hubs.changeLease('key-one', { asks: 1, nextAskAtMs: NOON + n + 1 }, NOON),
        ),
      )
      expect(asked.filter(Boolean)).toHaveLength(1)
      expect(await hubs.changeLease('key-one', { leaseUntilMs: NOON + MINUTE, asks: 0 })).toBe(true)
      expect(await hubs.leasesOf(['one'])).toMatchObject([{ leaseUntilMs: NOON + MINUTE, asks: 0 }])
      expect(await hubs.changeLease('key-two', { asks: 0 })).toBe(false)
    })

    test('dueLeases() gives what is to be asked for, and ends what feeds left behind that are gone', async () => {
      const { hubs, feeds } = current()
      await hubs.saveLease(hubLease('one', { nextAskAtMs: NOON + MINUTE }))
      await hubs.saveLease(hubLease('two', { nextAskAtMs: NOON + 9 * MINUTE, asks: 5 }))
      expect(await hubs.dueLeases(NOON, 9)).toEqual([])
      expect((await hubs.dueLeases(NOON + MINUTE, 9)).map(({ feedId }) => feedId)).toEqual(['one'])
      expect(await hubs.dueLeases(NOON + 9 * MINUTE, 1)).toMatchObject([{ feedId: 'one' }])
      await feeds.removeFeed('two')
      expect(await hubs.dueLeases(NOON, 9)).toMatchObject([{ feedId: 'two', isLeaving: true, asks: 0 }])
    })

    test('wakeFeed() makes a feed due that its hub told of, once', async () => {
      const { hubs, feeds } = current()
      await hubs.saveLease(hubLease('one'))
      await claim(NOON)
      for (const id of ['one', 'two', 'of-a']) await feeds.saveFeedState(id, {}, NOON + 60 * MINUTE)
      expect(await hubs.notePing('key-one', NOON + MINUTE)).toBe(true)
      expect(await hubs.notePing('key-two', NOON + MINUTE)).toBe(false)
      const later = NOON + 2 * MINUTE
      expect(await hubs.pingedFeeds(later, later, 9)).toMatchObject([{ id: 'one' }])
      await hubs.wakeFeed('one', true, later)
      expect(await hubs.pingedFeeds(later, later, 9)).toEqual([])
      expect(await claim(later)).toMatchObject([{ id: 'one' }])
      expect(await hubs.leasesOf(['one'])).toMatchObject([{ pingedAtMs: NOON + MINUTE, wokenAtMs: later }])
    })

    test('a message that comes while the feed is being polled is acted on after the poll', async () => {
      const { hubs, feeds } = current()
      await hubs.saveLease(hubLease('one'))
      await claim(NOON)
      await hubs.notePing('key-one', NOON + 1)
      expect(await hubs.pingedFeeds(NOON + 2, NOON + 2, 9)).toEqual([])
      await hubs.wakeFeed('one', true, NOON + 2)
      await feeds.saveFeedState('one', {}, NOON + 60 * MINUTE)
      expect(await hubs.pingedFeeds(NOON + 3, NOON + 3, 9)).toMatchObject([{ id: 'one' }])
      await hubs.wakeFeed('one', false, NOON + 3)
      expect(await claim(NOON + 4)).toEqual([])
      await hubs.notePing('key-one', NOON + 5)
      expect(await hubs.pingedFeeds(NOON + 3, NOON + 6, 9)).toEqual([])
      expect(await hubs.pingedFeeds(NOON + 4, NOON + 6, 9)).toHaveLength(1)
    })

    test('forgetTenant() takes the leases of the tenant', async () => {
      const { hubs, subscriptions } = current()
      await subscriptions.saveTenant({ id: 'tenant-a', platform: 'discord', name: 'A', atMs: NOON })
      await hubs.saveLease(hubLease('one'))
      await hubs.saveLease(hubLease('of-a'))
      await subscriptions.forgetTenant('tenant-a')
      expect((await hubs.leasesOf(['one', 'of-a'])).map(({ feedId }) => feedId)).toEqual(['one'])
    })
  })
}
