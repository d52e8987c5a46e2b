import type { LanguageShare } from '../../src/app/ports/language-share.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Copy } from '../../src/core/dedup/copy.ts'
import type { LiveArticle, StoryStore } from '../../src/app/ports/story-store.ts'
import type { Store } from '../../src/adapters/storage/open-store.ts'
import { article, batch, MINUTE, NOON, PUBLIC, step, story } from './stored-rows.ts'

/** What every {@link StoryStore} must do. */
export function storyStoreContract(current: () => Store): void {
  describe('StoryStore', () => {
    let store: Store
    let stories: StoryStore
    beforeEach(async () => {
      store = current()
      stories = store.stories
      await store.articles.saveIngest(batch([1, 2, 3, 4, 5, 6].map((n) => article(n))))
    })
    const copy = (articleId: string, copyOf: string): Copy => ({
      articleId,
      copyOf,
      kind: 'near',
      scores: { containment: 0.93 },
    })
    const membersOf = async (id: string) => {
      const answer = await stories.story(id, PUBLIC)
      return answer.kind === 'story' ? answer.story.members.map((member) => member.id) : answer.kind
    }

    describe('saveStep()', () => {
      test('saveStep() puts articles into stories', async () => {
        const saved = await stories.saveStep(
          step('step-1', { 'article-2': 'story-a', 'article-1': 'story-a', 'article-3': 'story-b' }),
        )
        expect(saved).toBe(true)
        expect(await membersOf('story-a')).toEqual(['article-1', 'article-2'])
        expect(await store.articles.unplacedArticles(10)).toHaveLength(3)
        expect(await stories.storyRecords(['story-b'])).toEqual([story('story-b')])
      })

      test('saveStep() of the same step again changes nothing', async () => {
        const once = step('step-1', { 'article-1': 'story-a' })
        await stories.saveStep(once)
        await stories.saveStep(step('step-2', { 'article-1': 'story-b' }))
        expect(await stories.saveStep(once)).toBe(false)
        expect(await membersOf('story-b')).toEqual(['article-1'])
      })

      test('saveStep() keeps where an article stood before, when and why', async () => {
        await stories.saveStep(step('step-1', { 'article-1': 'story-a', 'article-2': 'story-a' }))
        await stories.saveStep(step('step-2', { 'article-1': 'story-b' }, { atMs: NOON + 99 * MINUTE }))
        const left = { joinedAtMs: NOON + 61 * MINUTE, joinedStep: 'step-1', reason: 'put there by step-1' }
        expect(await stories.story('story-a', PUBLIC)).toMatchObject({
          history: [
            {
              articleId: 'article-1',
              storyId: 'story-a',
              ...left,
              leftAtMs: NOON + 99 * MINUTE,
              leftStep: 'step-2',
            },
            { articleId: 'article-2', storyId: 'story-a', ...left, leftAtMs: null, leftStep: null },
          ],
        })
        expect(await membersOf('story-b')).toEqual(['article-1'])
      })

      test('saveStep() lets an article come back to a story that it left', async () => {
        for (const [n, id] of ['story-a', 'story-b', 'story-a'].entries()) {
          await stories.saveStep(step(`step-${n}`, { 'article-1': id }))
        }
        const answer = await stories.story('story-a', PUBLIC)
        expect(answer.kind === 'story' && answer.history).toHaveLength(2)
      })

      test('saveStep() saves all or nothing', async () => {
        const broken = step('step-1', { 'article-1': 'story-a' }, { copies: [copy('article-1', 'nowhere')] })
        await expect(stories.saveStep(broken)).rejects.toThrow()
        expect(await membersOf('story-a')).toBe('unknown')
        expect(await stories.saveStep(step('step-1', { 'article-1': 'story-a' }))).toBe(true)
      })

      test('saveStep() records, changes and takes back copies', async () => {
        const placed = { 'article-1': 'story-a', 'article-2': 'story-a', 'article-3': 'story-a' }
        await stories.saveStep(
          step('step-1', placed, {
            copies: [copy('article-1', 'article-3'), copy('article-2', 'article-3')],
          }),
        )
        await stories.saveStep(
          step('step-2', {}, { copies: [copy('article-2', 'article-1')], notCopies: ['article-1'] }),
        )
        const answer = await stories.story('story-a', PUBLIC)
        expect(
          answer.kind === 'story' && answer.story.members.map(({ copyOf, copyKind }) => [copyOf, copyKind]),
        ).toEqual([
          [null, null],
          ['article-1', 'near'],
          [null, null],
        ])
      })

      test('saveStep() takes hundreds of placements', async () => {
        await store.articles.saveIngest(batch(Array.from({ length: 250 }, (_, n) => article(100 + n))))
        const placed = Object.fromEntries(
          Array.from({ length: 250 }, (_, n) => [`article-${100 + n}`, `story-${n % 60}`]),
        )
        await stories.saveStep(step('step-1', placed))
        expect(await stories.stories({ limit: 100 }, PUBLIC)).toHaveLength(60)
      })
    })

    describe('redirects', () => {
      test('story() leads from merged stories to the one that took them, over several merges', async () => {
        await stories.saveStep(
          step('step-1', { 'article-1': 'story-a', 'article-2': 'story-b', 'article-3': 'story-c' }),
        )
        await stories.saveStep(
          step('step-2', { 'article-1': 'story-b' }, { redirects: [{ from: 'story-a', to: 'story-b' }] }),
        )
        await stories.saveStep(
          step(
            'step-3',
            { 'article-1': 'story-c', 'article-2': 'story-c' },
            { redirects: [{ from: 'story-b', to: 'story-c' }] },
          ),
        )
        expect(await stories.story('story-a', PUBLIC)).toMatchObject({
          kind: 'story',
          story: { id: 'story-c' },
        })
        const merged = await stories.storiesById(['story-b', 'story-a', 'story-c'], PUBLIC)
        expect(merged.map(({ id, members }) => [id, members.length])).toEqual([['story-c', 3]])
        expect((await stories.stories({ limit: 10 }, PUBLIC)).map(({ id }) => id)).toEqual(['story-c'])
      })

      test('story() finds a story again that was merged and taken apart', async () => {
        await stories.saveStep(step('step-1', { 'article-1': 'story-a', 'article-2': 'story-b' }))
        await stories.saveStep(
          step('step-2', { 'article-1': 'story-b' }, { redirects: [{ from: 'story-a', to: 'story-b' }] }),
        )
        await stories.saveStep(
          step(
            'step-3',
            { 'article-1': 'story-a', 'article-2': 'story-a' },
            { redirects: [{ from: 'story-b', to: 'story-a' }] },
          ),
        )
        expect(await membersOf('story-b')).toEqual(['article-1', 'article-2'])
        expect(await stories.story('story-a', PUBLIC)).toMatchObject({ story: { id: 'story-a' } })
      })
    })

    describe('story()', () => {
      test('story() finds a story by the beginning of its id', async () => {
        await stories.saveStep(
          step('step-1', {
            'article-1': 'abcd-one',
            'article-2': 'abcd-two',
            'article-3': 'ABCD-3',
            'article-4': 'xyz%_4',
          }),
        )
        expect(await stories.story('abcd-o', PUBLIC)).toMatchObject({ story: { id: 'abcd-one' } })
        expect(await stories.story('ABCD', PUBLIC)).toMatchObject({ story: { id: 'ABCD-3' } })
        expect(await stories.story('abcd', PUBLIC)).toEqual({
          kind: 'ambiguous',
          ids: ['abcd-one', 'abcd-two'],
        })
        expect(await stories.story('abc', PUBLIC)).toEqual({ kind: 'unknown' })
        expect(await stories.story('%%%%', PUBLIC)).toEqual({ kind: 'unknown' })
        expect(await stories.story('xyz%', PUBLIC)).toMatchObject({ story: { id: 'xyz%_4' } })
        expect(await stories.story('', PUBLIC)).toEqual({ kind: 'unknown' })
        expect(await stories.story("a'; drop table stories; --\0\ud800", PUBLIC)).toEqual({ kind: 'unknown' })
      })

      test('story() follows the beginning of a merged id', async () => {
        await stories.saveStep(step('step-1', { 'article-1': 'merged-1', 'article-2': 'other-2' }))
        await stories.saveStep(
          step('step-2', { 'article-1': 'other-2' }, { redirects: [{ from: 'merged-1', to: 'other-2' }] }),
        )
        expect(await stories.story('merg', PUBLIC)).toMatchObject({ story: { id: 'other-2' } })
      })
    })

    describe('stories()', () => {
      beforeEach(async () => {
        const placed = { 'article-1': 'story-a', 'article-3': 'story-b', 'article-5': 'story-c' }
        await stories.saveStep(
          step('step-1', placed, {
            stories: [
              story('story-a', { lastAtMs: NOON + MINUTE }),
              story('story-b', { lastAtMs: NOON + 3 * MINUTE, lang: 'de' }),
              story('story-c', { lastAtMs: NOON + 5 * MINUTE, state: 'closed' }),
              story('story-empty', { lastAtMs: NOON + 6 * MINUTE }),
            ],
          }),
        )
      })
      const ids = async (list: object) =>
        (await stories.stories({ limit: 10, ...list }, PUBLIC)).map(({ id }) => id)

      test('stories() gives the latest first and leaves out empty ones', async () => {
        expect(await ids({})).toEqual(['story-c', 'story-b', 'story-a'])
        expect(await ids({ limit: 1, offset: 1 })).toEqual(['story-b'])
        expect(await ids({ sinceMs: NOON + 3 * MINUTE })).toEqual(['story-c', 'story-b'])
        expect(await ids({ untilMs: NOON + 3 * MINUTE })).toEqual(['story-b', 'story-a'])
        expect(await ids({ lang: 'de' })).toEqual(['story-b'])
      })
    })

    describe('liveArticles()', () => {
      const all = async (sinceMs: number, share?: LanguageShare): Promise<LiveArticle[]> =>
        Array.fromAsync(stories.liveArticles(sinceMs, share))

      test('liveArticles() gives the placed articles of stories that are still alive, with their copies', async () => {
        const old = story('story-old', { lastAtMs: NOON })
        await stories.saveStep(
          step(
            'step-1',
            { 'article-3': 'story-a', 'article-2': 'story-a', 'article-1': 'story-old' },
            {
              stories: [story('story-a'), old],
              copies: [copy('article-3', 'article-2')],
            },
          ),
        )
        const live = await all(NOON + MINUTE)
        expect(live.map(({ stored, copy }) => [stored.article.id, stored.storyId, copy])).toEqual([
          ['article-2', 'story-a', null],
          ['article-3', 'story-a', copy('article-3', 'article-2')],
        ])
        expect(live[0]?.stored.article).toEqual(article(2).article)
        expect(await all(NOON + 61 * MINUTE)).toEqual([])
        expect(await all(0, { only: ['de'] })).toEqual([])
        expect(await all(0, { only: ['en', 'de'] })).toHaveLength(3)
        expect(await all(0, { allBut: ['en'] })).toEqual([])
        expect(await all(0, { allBut: ['de'] })).toHaveLength(3)
      })

      test('liveArticles() gives each article once over many pages, in order of arrival', async () => {
        for (const [n, atMs] of [70, 65, 80].entries()) {
          const some = Array.from({ length: 300 }, (_, i) => article(1000 * (n + 1) + i))
          await store.articles.saveIngest(batch(some, { atMs: NOON + atMs * MINUTE }))
          await stories.saveStep(
            step(`step-${n}`, Object.fromEntries(some.map(({ article: { id } }) => [id, 'story-a']))),
          )
        }
        const live = await all(0)
        expect(new Set(live.map(({ stored }) => stored.article.id)).size).toBe(900)
        const arrivals = live.map(({ stored }) => stored.ingestedAtMs)
        expect(arrivals).toEqual(arrivals.toSorted((a, b) => a - b))
      })
    })

    describe('summaries', () => {
      const summary = {
        storyId: 'story-a',
        form: 'digest',
        inputHash: 'hash-1',
        headline: 'Ferries stay in port',
        sentences: [{ articleId: 'article-1', start: 0, end: 4, text: 'The ' }],
        atMs: NOON,
      }

      test('saveSummary() keeps the first summary of the same input', async () => {
        await stories.saveSummary(summary)
        await stories.saveSummary({ ...summary, headline: 'Another' })
        expect(await stories.summary('story-a', 'digest', 'hash-1')).toEqual(summary)
        expect(await stories.summary('story-a', 'digest', 'hash-2')).toBeNull()
        expect(await stories.summary('story-a', 'long', 'hash-1')).toBeNull()
      })
    })
  })
}
