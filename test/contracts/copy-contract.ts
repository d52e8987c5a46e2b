import { describe, expect, test } from 'vitest'
import { copyStore, openStore } from '../../src/adapters/storage/open-store.ts'
import { hubLease } from './hub-store-contract.ts'
import { article, batch, destination, feed, NOON, PUBLIC, step, subscription } from './stored-rows.ts'
import type { StoreUnderTest } from './test-database.ts'

/** A store can be copied into another database and back, and does there what it did here. */
export function copyContract(
  current: () => StoreUnderTest,
  elsewhere: () => string,
  anotherOfKind: () => Promise<string>,
): void {
  describe('copyStore()', () => {
    test('copyStore() copies everything there and back, as often as it is run', async () => {
      const { store, url } = current()
      await store.feeds.saveFeeds([feed('open'), feed('of-a', 'tenant-a')])
      await store.articles.saveIngest(
        batch(
          Array.from({ length: 450 }, (_, n) =>
            article(n, n === 7 ? { imageUrl: 'https://courier.example/7.jpg' } : {}),
          ),
          { feedId: 'open' },
        ),
      )
      await store.articles.saveIngest(batch([article(900)], { feedId: 'of-a' }))
      await store.articles.saveIngest(
        batch([], { revised: [{ ...article(1, { text: 'Changed.' }), revision: 2 }] }),
      )
      const copies = [
        { articleId: 'article-2', copyOf: 'article-1', kind: 'near' as const, scores: { containment: 0.9 } },
      ]
      await store.stories.saveStep(
        step(
          'step-1',
          { 'article-1': 'story-a', 'article-2': 'story-a', 'article-3': 'story-b' },
          { copies },
        ),
      )
      await store.stories.saveStep(
        step('step-2', { 'article-3': 'story-a' }, { redirects: [{ from: 'story-b', to: 'story-a' }] }),
      )
      await store.stories.closeWindow(NOON)
      await store.subscriptions.saveDestination(destination('d1'), NOON)
      await store.subscriptions.saveSubscription(subscription('s1', 'd1'))
      await store.digests.saveDigest({
        ...{
          id: 'g1',
          destinationId: 'd1',
          subscriptionId: 's1',
          fromMs: 0,
          toMs: NOON,
          inputHash: 'h',
          body: {},
          composedAtMs: NOON,
        },
        ...{ told: [], parts: [{ message: { text: 'é' }, nonce: 'n' }] },
      })
      await store.hubs.saveLease(hubLease('open'))
      await store.subscriptions.audit({
        tenant: null,
        atMs: NOON,
        actor: 'operator',
        action: 'copy',
        details: {},
      })
      const there = elsewhere()
      const seen: number[] = []
      const copied = await copyStore(url, there, ({ rows, totalRows }) => seen.push(rows / totalRows))
      expect(copied.find(({ table }) => table === 'articles')).toEqual({
        table: 'articles',
        sourceRows: 451,
        targetRows: 451,
      })
      expect(seen.at(-1)).toBe(1)
      expect(await copyStore(url, there, () => undefined)).toEqual(copied)
      const answers = async (from: typeof store) => [
        await from.articles.articles(['article-1', 'article-7'], PUBLIC),
        await from.articles.search({ words: 'ferries storm', limit: 30 }, PUBLIC),
        await from.articles.search(
          { words: '', outlet: 'harbour courier', limit: 9 },
          { tenant: 'tenant-a' },
        ),
        await from.articles.unplacedArticles(500),
        await from.stories.story('story-b', PUBLIC),
        await from.feeds.feeds({ tenant: 'tenant-a' }),
        await from.digests.deliveries('g1'),
        await from.subscriptions.subscriptions(null),
        await from.subscriptions.auditTrail(null, 5),
      ]
      const before = await answers(store)
      const back = await anotherOfKind()
      expect(await copyStore(there, back, () => undefined)).toEqual(copied)
      const copy = await openStore(back)
      try {
        expect(await answers(copy)).toEqual(before)
        const [pictured] = await copy.articles.articles(['article-7'], PUBLIC)
        expect(pictured?.article.imageUrl).toBe('https://courier.example/7.jpg')
        await copy.subscriptions.audit({
          tenant: null,
          atMs: NOON + 1,
          actor: 'operator',
          action: 'after',
          details: {},
        })
        expect(await copy.subscriptions.auditTrail(null, 5)).toHaveLength(2)
        expect(await copy.articles.saveIngest(batch([article(5_000)]))).toEqual({ added: 1, revised: 0 })
      } finally {
        await copy.close()
      }
    })

    test('copyStore() that was stopped in the middle goes on where it was', async () => {
      const { store, url } = current()
      await store.articles.saveIngest(batch(Array.from({ length: 450 }, (_, n) => article(n))))
      const there = elsewhere()
      const stopAfterFirstPage = ({ rows }: { readonly rows: number }) => {
        if (rows > 0) throw new Error('killed')
      }
      await expect(copyStore(url, there, stopAfterFirstPage)).rejects.toThrow('killed')
      const half = await openStore(there)
      const some = await half.articles.articlesSince(0, 1_000, PUBLIC)
      expect(some.length).toBeGreaterThan(0)
      expect(some.length).toBeLessThan(450)
      await half.close()
      const copied = await copyStore(url, there, () => undefined)
      expect(copied.find(({ table }) => table === 'articles')).toMatchObject({
        sourceRows: 450,
        targetRows: 450,
      })
    })

    test('copyStore() into a store with other rows says which counts differ', async () => {
      const there = elsewhere()
      const other = await openStore(there)
      await other.articles.saveIngest(batch([article(1)]))
      await other.close()
      await expect(copyStore(current().url, there, () => undefined)).rejects.toThrow(
        'articles has 1 rows instead of 0',
      )
    })
  })
}
