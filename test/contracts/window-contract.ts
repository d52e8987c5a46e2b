import { describe, expect, test } from 'vitest'
import type { Store } from '../../src/adapters/storage/open-store.ts'
import { article, batch, feed, MINUTE, NOON, PUBLIC, step } from './stored-rows.ts'

/** Windows of digests touch and never overlap: no article is told twice, none falls between. */
export function windowContract(current: () => Store): void {
  describe('windows', () => {
    const told = async (store: Store, fromMs: number, toMs: number) => {
      await store.stories.closeWindow(toMs)
      const stories = await store.stories.storiesOfWindow({ fromMs, toMs }, PUBLIC)
      return stories.flatMap(({ members }) =>
        members
          .filter(({ acceptedAtMs }) => acceptedAtMs > fromMs && acceptedAtMs <= toMs)
          .map(({ article: { id } }) => id),
      )
    }

    test('storiesOfWindow() gives stories with something new, with all their members and feeds', async () => {
      const store = current()
      await store.feeds.saveFeeds([feed('open'), feed('of-a', 'tenant-a')])
      await store.articles.saveIngest(batch([article(1), article(2), article(3)], { feedId: 'open' }))
      await store.articles.saveIngest(batch([article(4)], { feedId: 'of-a' }))
      await store.stories.saveStep(
        step('step-1', { 'article-1': 'story-a', 'article-3': 'story-b' }, { atMs: NOON }),
      )
      const copies = [{ articleId: 'article-2', copyOf: 'article-1', kind: 'near' as const, scores: {} }]
      await store.stories.saveStep(
        step('step-2', { 'article-2': 'story-a', 'article-4': 'story-b' }, { atMs: NOON + MINUTE, copies }),
      )
      const window = { fromMs: NOON, toMs: NOON + MINUTE }
      const listed = { feeds: [{ id: 'open', name: 'Feed open', tags: ['harbour'] }] }
      expect(await store.stories.storiesOfWindow(window, PUBLIC)).toEqual([
        {
          id: 'story-a',
          members: [
            {
              article: article(1).article,
              copyOf: null,
              copyKind: null,
              why: 'put there by step-1',
              acceptedAtMs: NOON,
              ...listed,
            },
            {
              article: article(2).article,
              copyOf: 'article-1',
              copyKind: 'near',
              why: 'put there by step-2',
              acceptedAtMs: NOON + MINUTE,
              ...listed,
            },
          ],
        },
      ])
      const theirs = await store.stories.storiesOfWindow(window, { tenant: 'tenant-a' })
      expect(theirs.map(({ id, members }) => [id, members.length])).toEqual([
        ['story-a', 2],
        ['story-b', 2],
      ])
    })

    test('storiesOfWindow() beside the window of everybody gives a tenant the same as alone', async () => {
      const store = current()
      await store.feeds.saveFeeds([feed('open'), feed('of-a', 'tenant-a'), feed('of-b', 'tenant-b')])
      await store.articles.saveIngest(
        batch(
          [1, 2, 3, 4, 5].map((n) => article(n)),
          { feedId: 'open' },
        ),
      )
      await store.articles.saveIngest(
        batch(
          [11, 12, 13, 14].map((n) => article(n)),
          { feedId: 'of-a' },
        ),
      )
      await store.articles.saveIngest(batch([article(21)], { feedId: 'of-b' }))
      await store.stories.saveStep(
        step(
          'step-1',
          // Own and old in a story that everybody sees grow; own and hidden; nothing of its own.
          { 'article-11': 'story-a', 'article-12': 'story-b', 'article-21': 'story-c' },
          { atMs: NOON },
        ),
      )
      // An own article that others copied, from another story.
      const copies = [{ articleId: 'article-3', copyOf: 'article-12', kind: 'near' as const, scores: {} }]
      await store.stories.saveStep(
        step(
          'step-2',
          {
            ...{
              'article-1': 'story-a',
              'article-2': 'story-c',
              'article-3': 'story-d',
              'article-4': 'story-e',
            },
            ...{ 'article-13': 'story-b', 'article-14': 'story-f' },
          },
          { atMs: NOON + MINUTE, copies },
        ),
      )
      const window = { fromMs: NOON, toMs: NOON + MINUTE }
      const shared = await store.stories.storiesOfWindow(window, PUBLIC)
      expect(shared.map(({ id }) => id)).toEqual(['story-a', 'story-c', 'story-d', 'story-e'])
      for (const tenant of ['tenant-a', 'tenant-b', 'tenant-c']) {
        const alone = await store.stories.storiesOfWindow(window, { tenant })
        const beside = await store.stories.storiesOfWindow(window, { tenant }, shared)
        expect(beside).toEqual(alone)
        expect(beside === shared).toBe(tenant === 'tenant-c')
        // What is as everybody sees it is not read again.
        const same = beside.filter((one) => shared.includes(one)).map(({ id }) => id)
        expect(same).toEqual(
          tenant === 'tenant-a'
            ? ['story-c', 'story-e']
            : shared.map(({ id }) => id).filter((id) => tenant === 'tenant-c' || id !== 'story-c'),
        )
      }
    })

    test('tenantsWithOwnEyes() names tenants with feeds or corrections', async () => {
      const store = current()
      await store.feeds.saveFeeds([feed('open'), feed('of-a', 'tenant-a'), feed('of-b', 'tenant-b')])
      await store.feeds.removeFeed('of-b')
      const correction = { kind: 'must-link' as const, articleIds: ['a', 'b'], madeBy: 'ida', madeAtMs: NOON }
      await store.subscriptions.addCorrection({ ...correction, id: 'one', tenant: null })
      await store.subscriptions.addCorrection({ ...correction, id: 'two', tenant: 'tenant-c' })
      expect((await store.stories.tenantsWithOwnEyes()).toSorted()).toEqual([
        'tenant-a',
        'tenant-b',
        'tenant-c',
      ])
    })

    test('closeWindow() puts a step that comes late into the next window', async () => {
      const store = current()
      await store.articles.saveIngest(batch([article(1), article(2)]))
      await store.stories.saveStep(step('step-1', { 'article-1': 'story-a' }, { atMs: NOON }))
      expect(await told(store, 0, NOON + MINUTE)).toEqual(['article-1'])
      await store.stories.saveStep(step('step-2', { 'article-2': 'story-a' }, { atMs: NOON }))
      expect(await told(store, 0, NOON + MINUTE)).toEqual(['article-1'])
      expect(await told(store, NOON + MINUTE, NOON + 2 * MINUTE)).toEqual(['article-2'])
    })

    test('an article that moves between stories is not new again', async () => {
      const store = current()
      await store.articles.saveIngest(batch([article(1)]))
      await store.stories.saveStep(step('step-1', { 'article-1': 'story-a' }, { atMs: NOON }))
      await store.stories.saveStep(step('step-2', { 'article-1': 'story-b' }, { atMs: NOON + 5 * MINUTE }))
      expect(await told(store, NOON, NOON + 9 * MINUTE)).toEqual([])
    })

    test('each article is in exactly one window, with steps and windows at the same time', async () => {
      const store = current()
      const ids = Array.from({ length: 40 }, (_, n) => n)
      await store.articles.saveIngest(batch(ids.map((n) => article(n))))
      const all: string[] = []
      const steps = ids.map((n) =>
        store.stories.saveStep(step(`step-${n}`, { [`article-${n}`]: `story-${n % 7}` }, { atMs: NOON + n })),
      )
      for (let n = 0; n < 10; n += 1) all.push(...(await told(store, NOON + n * 5 - 1, NOON + n * 5 + 4)))
      await Promise.all(steps)
      all.push(...(await told(store, NOON + 49, NOON + MINUTE)))
      expect(all.toSorted()).toEqual(ids.map((n) => `article-${n}`).toSorted())
    })
  })
}
