import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/adapters/storage/open-store.ts'
import { article, batch, feed, PUBLIC, step } from './stored-rows.ts'

/** The tenant rule (DESIGN.md section 6): a feed that a tenant added is seen by that tenant alone. */
export function tenantContract(current: () => Store): void {
  describe('tenant view', () => {
    let store: Store
    beforeEach(() => {
      store = current()
    })
    const A = { tenant: 'tenant-a' }
    const B = { tenant: 'tenant-b' }

    describe('tenants', () => {
      beforeEach(async () => {
        await store.feeds.saveFeeds([feed('open'), feed('of-a', 'tenant-a'), feed('of-b', 'tenant-b')])
        await store.articles.saveIngest(batch([article(1), article(2)], { feedId: 'open' }))
        await store.articles.saveIngest(batch([article(3), article(4)], { feedId: 'of-a' }))
      })
      const seen = async (view: { tenant: string | null }) =>
        (await store.articles.articlesSince(0, 100, view)).map(({ article: { id } }) => id).toSorted()

      test('articles of a tenant are seen by that tenant alone', async () => {
        expect(await seen(A)).toEqual(['article-1', 'article-2', 'article-3', 'article-4'])
        expect(await seen(B)).toEqual(['article-1', 'article-2'])
        expect(await seen(PUBLIC)).toEqual(['article-1', 'article-2'])
        expect(await store.articles.articles(['article-3'], B)).toEqual([])
        expect(await store.articles.revisions('article-3', B)).toEqual([])
        expect((await store.articles.search({ words: 'ferries', limit: 9 }, B)).entries).toHaveLength(2)
      })

      test('the same text of two owners is two articles', async () => {
        const own = { ...article(1, { id: 'article-1-of-b' }), key: article(1).key }
        expect(await store.articles.saveIngest(batch([own], { feedId: 'of-b' }))).toEqual({
          added: 1,
          revised: 0,
        })
        expect(await seen(B)).toEqual(['article-1', 'article-1-of-b', 'article-2'])
        expect(await seen(A)).not.toContain('article-1-of-b')
      })

      test('publishFeed() shows all articles of a feed to everybody, and hides them again', async () => {
        expect(await store.feeds.publishFeed('of-a', true)).toBe(true)
        expect(await seen(B)).toHaveLength(4)
        expect(await store.feeds.feeds(B)).toMatchObject([
          { id: 'of-a', published: true },
          { id: 'of-b' },
          { id: 'open' },
        ])
        await store.articles.saveIngest(batch([article(5)], { feedId: 'of-a' }))
        expect(await seen(B)).toContain('article-5')
        await store.feeds.publishFeed('of-a', false)
        expect(await seen(B)).toEqual(['article-1', 'article-2'])
        expect(await store.feeds.publishFeed('nowhere', true)).toBe(false)
      })

      test('publishFeed() keeps an article public that another published feed lists', async () => {
        await store.feeds.saveFeeds([feed('of-a-2', 'tenant-a')])
        await store.articles.saveIngest(batch([], { unchanged: [article(3).key], feedId: 'of-a-2' }))
        await store.feeds.publishFeed('of-a', true)
        await store.feeds.publishFeed('of-a-2', true)
        await store.feeds.publishFeed('of-a', false)
        expect(await seen(B)).toEqual(['article-1', 'article-2', 'article-3'])
      })

      test('publishFeed() shows an article that was known when a published feed listed it too', async () => {
        await store.feeds.saveFeeds([feed('of-a-2', 'tenant-a')])
        await store.feeds.publishFeed('of-a-2', true)
        await store.articles.saveIngest(batch([], { unchanged: [article(3).key], feedId: 'of-a-2' }))
        expect(await seen(B)).toEqual(['article-1', 'article-2', 'article-3'])
      })

      test('story() shows, counts and links only what the view may see', async () => {
        const placed = { 'article-1': 'story-a', 'article-3': 'story-a', 'article-4': 'story-secret' }
        const told = step('step-1', placed)
        const stories = told.stories.map((record) => ({
          ...record,
          headline: 'Secret words',
          headlineArticleId: 'article-3',
        }))
        const copies = [{ articleId: 'article-1', copyOf: 'article-3', kind: 'near' as const, scores: {} }]
        await store.stories.saveStep({ ...told, stories, copies })
        const forB = await store.stories.story('story-a', B)
        expect(forB).toMatchObject({
          story: {
            headline: article(1).article.title,
            members: [{ id: 'article-1', copyOf: null, copyKind: null }],
          },
          history: [{ articleId: 'article-1' }],
        })
        expect(JSON.stringify(forB)).not.toMatch(/article-[34]|Secret/)
        expect(await store.stories.story('story-secret', B)).toEqual({ kind: 'unknown' })
        expect(await store.stories.story('story-s', B)).toEqual({ kind: 'unknown' })
        expect(await store.stories.stories({ limit: 9 }, B)).toHaveLength(1)
        expect(await store.stories.story('story-a', A)).toMatchObject({
          story: { headline: 'Secret words', members: [{ copyOf: 'article-3' }, { id: 'article-3' }] },
        })
      })

      test('two visible copies of a hidden text are one voice and one copy', async () => {
        const copies = ['article-1', 'article-2'].map((articleId) => ({
          articleId,
          copyOf: 'article-3',
          kind: 'exact' as const,
          scores: {},
        }))
        await store.stories.saveStep(
          step(
            'step-1',
            { 'article-1': 'story-a', 'article-2': 'story-a', 'article-3': 'story-a' },
            { copies },
          ),
        )
        const answer = await store.stories.story('story-a', B)
        expect(answer.kind === 'story' && answer.story.members.map(({ id, copyOf }) => [id, copyOf])).toEqual(
          [
            ['article-1', null],
            ['article-2', 'article-1'],
          ],
        )
      })

      test('grouping sees the articles of all owners', async () => {
        expect(await store.articles.unplacedArticles(10)).toHaveLength(4)
        await store.stories.saveStep(step('step-1', { 'article-3': 'story-a' }))
        expect(await Array.fromAsync(store.stories.liveArticles(0))).toHaveLength(1)
      })
    })

    test('two tenants never see what belongs to the other, whatever is stored', async () => {
      const owners = ['', 'tenant-a', 'tenant-b']
      await store.feeds.saveFeeds(owners.map((owner) => feed(`feed-${owner}`, owner === '' ? null : owner)))
      let count = 0
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.record({ owner: fc.constantFrom(...owners), story: fc.nat(3), copies: fc.boolean() }), {
            maxLength: 12,
          }),
          async (rows) => {
            const ids = rows.map(({ owner }) => `of-${owner}:${++count}`)
            const placed: Record<string, string> = {}
            for (const [i, { owner, story }] of rows.entries()) {
              const id = ids[i]!
              await store.articles.saveIngest(
                batch([{ ...article(count, { id, title: id }), key: id }], { feedId: `feed-${owner}` }),
              )
              placed[id] = `story-${story}`
            }
            const copies = rows.flatMap(({ copies }, i) =>
              copies && i > 0
                ? [{ articleId: ids[i]!, copyOf: ids[0]!, kind: 'near' as const, scores: {} }]
                : [],
            )
            await store.stories.saveStep(step(`step-${++count}`, placed, { copies }))
            for (const tenant of [null, 'tenant-a', 'tenant-b']) {
              const hidden = owners.filter((owner) => owner !== '' && owner !== tenant)
              const shown = JSON.stringify([
                await store.articles.articlesSince(0, 500, { tenant }),
                await store.articles.search({ words: 'ferries', limit: 500 }, { tenant }),
                await store.stories.stories({ limit: 100 }, { tenant }),
                await store.stories.story('story-0', { tenant }),
                await store.feeds.feeds({ tenant }),
              ])
              for (const owner of hidden)
                expect([owner, tenant, shown.includes(`of-${owner}:`)]).toEqual([owner, tenant, false])
            }
          },
        ),
        { numRuns: 15 },
      )
    })
  })
}
