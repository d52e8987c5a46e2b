import { beforeEach, describe, expect, test } from 'vitest'
import type { Follow, SubscriptionStore } from '../../src/app/ports/subscription-store.ts'
import type { Store } from '../../src/adapters/storage/open-store.ts'
import { article, batch, destination, feed, MINUTE, NOON, PUBLIC, step, subscription } from './stored-rows.ts'

/** What every {@link SubscriptionStore} must do. */
export function subscriptionStoreContract(current: () => Store): void {
  describe('SubscriptionStore', () => {
    let store: Store
    let subscriptions: SubscriptionStore
    beforeEach(() => {
      store = current()
      subscriptions = store.subscriptions
    })

    test('saveTenant() adds once, renames, and brings back what was removed', async () => {
      const tenant = { id: 'tenant-a', platform: 'discord', name: 'Harbour Club', atMs: NOON }
      expect(await subscriptions.saveTenant(tenant)).toEqual({
        id: 'tenant-a',
        platform: 'discord',
        name: 'Harbour Club',
        settings: {},
        addedAtMs: NOON,
        removedAtMs: null,
      })
      await subscriptions.saveTenantSettings('tenant-a', { lang: 'de' })
      await subscriptions.removeTenant('tenant-a', NOON + 1)
      expect(await subscriptions.tenant('tenant-a')).toMatchObject({ removedAtMs: NOON + 1 })
      await subscriptions.saveTenant({ ...tenant, name: 'Pier Club', atMs: NOON + 2 })
      expect(await subscriptions.tenants()).toMatchObject([
        { name: 'Pier Club', settings: { lang: 'de' }, addedAtMs: NOON, removedAtMs: null },
      ])
      expect(await subscriptions.tenant('nobody')).toBeNull()
    })

    test('saveSubscription() takes the same from processes that start at once', async () => {
      await subscriptions.saveDestination(destination('d1'), NOON)
      for (let round = 0; round < 60; round += 1) {
        const same = subscription(`s${round}`, 'd1')
        await Promise.all(Array.from({ length: 2 }, () => subscriptions.saveSubscription(same)))
      }
      expect(await subscriptions.subscriptions(null)).toHaveLength(60)
    })

    test('removeTenant() closes all its destinations', async () => {
      await subscriptions.saveTenant({ id: 'tenant-a', platform: 'discord', name: 'A', atMs: NOON })
      await subscriptions.saveDestination(destination('d1', 'tenant-a'), NOON)
      await subscriptions.saveDestination(destination('d2', 'tenant-b'), NOON)
      await subscriptions.removeTenant('tenant-a', NOON)
      expect(await subscriptions.destinations('tenant-a')).toEqual([])
      expect(await subscriptions.destinations('tenant-b')).toHaveLength(1)
    })

    test('saveDestination() keeps one destination for an address', async () => {
      await subscriptions.saveDestination(destination('d1'), NOON)
      const again = { ...destination('d1'), id: 'other', name: 'Renamed' }
      expect(await subscriptions.saveDestination(again, NOON)).toEqual({ ...again, id: 'd1' })
      await subscriptions.closeDestination('d1', NOON)
      expect(await subscriptions.destinations(null)).toEqual([])
      expect(await subscriptions.destination('d1')).toMatchObject({ name: 'Renamed' })
      await subscriptions.saveDestination(again, NOON)
      expect(await subscriptions.destinations(null)).toMatchObject([{ id: 'd1' }])
    })

    test('saveSubscription() changes settings and leaves the window where it is', async () => {
      await subscriptions.saveDestination(destination('d1'), NOON)
      await subscriptions.saveSubscription(subscription('s1', 'd1', { settings: { maxStories: 5 } }))
      const changed = await subscriptions.saveSubscription(
        subscription('s1', 'd1', { atMs: NOON + MINUTE, paused: true, settings: { maxStories: 7 } }),
      )
      expect(changed).toEqual({
        id: 's1',
        destination: destination('d1'),
        name: 'Digest s1',
        settings: { maxStories: 7 },
        paused: true,
        changedAtMs: NOON + MINUTE,
        nextRunAtMs: null,
        windowEndMs: NOON,
      })
      expect(await subscriptions.subscription('s1')).toEqual(changed)
      expect(await subscriptions.removeSubscription('s1')).toBe(true)
      expect(await subscriptions.removeSubscription('s1')).toBe(false)
      expect(await subscriptions.subscription('s1')).toBeNull()
    })

    test('subscriptions() gives those of one tenant', async () => {
      await subscriptions.saveDestination(destination('d1'), NOON)
      await subscriptions.saveDestination(destination('d2', 'tenant-a'), NOON)
      for (const [id, at] of [
        ['s2', 'd1'],
        ['s1', 'd1'],
        ['s3', 'd2'],
      ] as const) {
        await subscriptions.saveSubscription(subscription(id, at))
      }
      const ids = async (tenant: string | null) =>
        (await subscriptions.subscriptions(tenant)).map(({ id }) => id)
      expect(await ids(null)).toEqual(['s1', 's2'])
      expect(await ids('tenant-a')).toEqual(['s3'])
      expect(await ids('tenant-b')).toEqual([])
    })

    test("corrections() gives what holds for a tenant: the operator's and its own", async () => {
      const made = (id: string, tenant: string | null, n: number) => ({
        id,
        tenant,
        kind: 'cannot-link' as const,
        articleIds: ['article-1', 'article-2'],
        madeBy: 'person-1',
        madeAtMs: NOON + n,
      })
      for (const correction of [made('c3', 'tenant-b', 3), made('c2', 'tenant-a', 2), made('c1', null, 1)]) {
        await subscriptions.addCorrection(correction)
        await subscriptions.addCorrection(correction)
      }
      const ids = async (tenant: string | null) =>
        (await subscriptions.corrections(tenant)).map(({ id }) => id)
      expect(await ids('tenant-a')).toEqual(['c1', 'c2'])
      expect(await ids(null)).toEqual(['c1'])
      const undone = { by: 'person-2', atMs: NOON + 9 }
      expect(await subscriptions.undoCorrection('c2', 'tenant-b', undone)).toBe(false)
      expect(await subscriptions.undoCorrection('c1', 'tenant-a', undone)).toBe(false)
      expect(await subscriptions.undoCorrection('c2', 'tenant-a', undone)).toBe(true)
      expect(await subscriptions.undoCorrection('c2', 'tenant-a', undone)).toBe(false)
      expect(await ids('tenant-a')).toEqual(['c1'])
      expect(await subscriptions.corrections(null)).toEqual([
        { ...made('c1', null, 1), undoneBy: null, undoneAtMs: null },
      ])
    })

    test('forgetPerson() puts someone in place of a person, in one tenant alone', async () => {
      const made = (id: string, tenant: string) => ({
        ...{
          id,
          tenant,
          kind: 'must-link' as const,
          articleIds: ['a', 'b'],
          madeBy: 'person-1',
          madeAtMs: NOON,
        },
      })
      await subscriptions.addCorrection(made('c1', 'tenant-a'))
      await subscriptions.addCorrection(made('c2', 'tenant-b'))
      const entry = { atMs: NOON, actor: 'person-1', action: 'feed added', details: {} }
      await subscriptions.audit({ ...entry, tenant: 'tenant-a' })
      await subscriptions.audit({ ...entry, tenant: 'tenant-b' })
      expect(await subscriptions.forgetPerson('tenant-a', 'discord', 'person-1')).toBe(2)
      expect(await subscriptions.forgetPerson('tenant-a', 'discord', 'person-1')).toBe(0)
      expect((await subscriptions.corrections('tenant-a')).map(({ madeBy }) => madeBy)).toEqual(['someone'])
      expect((await subscriptions.corrections('tenant-b')).map(({ madeBy }) => madeBy)).toEqual(['person-1'])
      expect((await subscriptions.auditTrail('tenant-a', 5)).map(({ actor }) => actor)).toEqual(['someone'])
      expect((await subscriptions.auditTrail('tenant-b', 5)).map(({ actor }) => actor)).toEqual(['person-1'])
    })

    test('follows are kept once, told once, and found page by page', async () => {
      const follow = (person: string, storyId: string): Follow => ({
        tenant: 'tenant-a',
        platform: 'discord',
        person,
        target: { kind: 'story', storyId },
        sinceMs: NOON,
        toldAtMs: NOON,
      })
      const words: Follow = { ...follow('p1', ''), target: { kind: 'words', words: 'harbour storm' } }
      for (const one of [follow('p1', 'story-a'), follow('p1', 'story-a'), words, follow('p2', 'story-a')])
        await subscriptions.follow(one)
      expect(await subscriptions.following('tenant-a', 'discord', 'p1')).toHaveLength(2)
      expect(await subscriptions.following('tenant-b', 'discord', 'p1')).toEqual([])
      const page = await subscriptions.follows(2, null)
      const rest = await subscriptions.follows(2, page.at(-1) ?? null)
      expect([...page, ...rest]).toEqual([follow('p1', 'story-a'), words, follow('p2', 'story-a')])
      expect(await subscriptions.markFollowTold(words, NOON + 1)).toBe(true)
      expect(await subscriptions.markFollowTold(words, NOON + 2)).toBe(false)
      expect(await subscriptions.unfollow(words)).toBe(true)
      expect(await subscriptions.unfollow(words)).toBe(false)
    })

    test('installations are replaced and removed', async () => {
      const installation = {
        platform: 'slack',
        id: 'T1',
        tenant: 'tenant-a',
        sealed: 'v1:abc',
        changedAtMs: NOON,
      }
      await subscriptions.saveInstallation(installation)
      await subscriptions.saveInstallation({ ...installation, sealed: 'v1:def' })
      expect(await subscriptions.installation('slack', 'T1')).toEqual({ ...installation, sealed: 'v1:def' })
      await subscriptions.removeInstallation('slack', 'T1')
      expect(await subscriptions.installation('slack', 'T1')).toBeNull()
    })

    test('auditTrail() tells a tenant what was done there, latest first', async () => {
      const entry = (tenant: string | null, n: number) => ({
        tenant,
        atMs: NOON + n,
        actor: 'person-1',
        action: 'merge',
        details: { n },
      })
      for (const one of [entry('tenant-a', 1), entry('tenant-b', 2), entry('tenant-a', 3), entry(null, 4)])
        await subscriptions.audit(one)
      expect(await subscriptions.auditTrail('tenant-a', 9)).toEqual([
        entry('tenant-a', 3),
        entry('tenant-a', 1),
      ])
      expect(await subscriptions.auditTrail(null, 9)).toEqual([entry(null, 4)])
    })

    test("forgetTenant() deletes all that was the tenant's and nothing else", async () => {
      await store.feeds.saveFeeds([feed('open'), feed('of-a', 'tenant-a')])
      await store.articles.saveIngest(batch([article(1), article(2)], { feedId: 'open' }))
      await store.articles.saveIngest(
        batch(
          Array.from({ length: 30 }, (_, n) => article(100 + n)),
          { feedId: 'of-a' },
        ),
      )
      const copies = [{ articleId: 'article-1', copyOf: 'article-100', kind: 'near' as const, scores: {} }]
      await store.stories.saveStep(
        step(
          'step-1',
          { 'article-1': 'story-a', 'article-100': 'story-a', 'article-101': 'story-b' },
          { copies },
        ),
      )
      await subscriptions.saveTenant({ id: 'tenant-a', platform: 'discord', name: 'A', atMs: NOON })
      for (const [id, tenant] of [
        ['d1', 'tenant-a'],
        ['d2', null],
      ] as const) {
        await subscriptions.saveDestination(destination(id, tenant), NOON)
        await subscriptions.saveSubscription(subscription(`s-${id}`, id))
        await store.digests.saveDigest({
          id: `g-${id}`,
          destinationId: id,
          subscriptionId: null,
          fromMs: NOON,
          toMs: NOON,
          inputHash: '',
          body: {},
          composedAtMs: NOON,
          told: [{ storyId: 'story-a', toldAtMs: NOON, articleIds: [], sentences: [] }],
          parts: [{ message: {}, nonce: id }],
        })
      }
      await subscriptions.forgetTenant('tenant-a')
      const view = { tenant: 'tenant-a' }
      expect(await store.articles.articlesSince(0, 100, view)).toHaveLength(2)
      expect((await store.articles.search({ words: 'ferries', limit: 100 }, view)).entries).toHaveLength(2)
      expect(await store.feeds.feeds(view)).toMatchObject([{ id: 'open' }])
      expect(await subscriptions.subscriptions('tenant-a')).toEqual([])
      expect(await store.digests.digest('g-d1')).toBeNull()
      expect(await store.digests.digest('g-d2')).not.toBeNull()
      expect(await store.digests.openParts({ nowMs: NOON, stuckBeforeMs: 0, limit: 9 })).toMatchObject([
        { digestId: 'g-d2' },
      ])
      expect(await store.stories.story('story-a', PUBLIC)).toMatchObject({
        story: { members: [{ id: 'article-1', copyOf: null }] },
      })
    })
  })
}
