import type { LanguageShare } from '../../src/app/ports/language-share.ts'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { ArticleStore } from '../../src/app/ports/article-store.ts'
import type { Store } from '../../src/adapters/storage/open-store.ts'
import { article, batch, feed, MINUTE, NOON, PUBLIC, step } from './stored-rows.ts'

/** What every {@link ArticleStore} must do. */
export function articleStoreContract(current: () => Store): void {
  describe('ArticleStore', () => {
    let store: Store
    let articles: ArticleStore
    beforeEach(() => {
      store = current()
      articles = store.articles
    })
    const find = async (words: string) =>
      (await articles.search({ words, limit: 20 }, PUBLIC)).entries.map(({ id }) => id)

    describe('saveIngest()', () => {
      test('saveIngest() gives articles back as they came', async () => {
        const odd = article(1, {
          title: 'Tide tables, "quoted" — 100 % ß É',
          text: 'One.\n\nTwo: 潮汐表 👩‍🚀 é.\t\\x00 %s',
          furniture: [{ start: 0, end: 4, why: 'stamp' }],
          url: null,
          publishedAtMs: null,
          lang: null,
          outlet: '',
          publisher: '',
          imageUrl: 'https://courier.example/größe.jpg?w=1&h=2',
        })
        await articles.saveIngest(batch([odd]))
        const [stored] = await articles.articles(['article-1'], PUBLIC)
        expect(stored).toEqual({
          ...odd,
          revision: 1,
          ingestedAtMs: NOON + 60 * MINUTE,
          acceptedAtMs: null,
          storyId: null,
          bodyDropped: false,
        })
      })

      test('saveIngest() takes the picture of a new version with it', async () => {
        await articles.saveIngest(batch([article(1, { imageUrl: 'https://courier.example/old.jpg' })]))
        const picture = async () => (await articles.articles(['article-1'], PUBLIC))[0]?.article.imageUrl
        expect(await picture()).toBe('https://courier.example/old.jpg')
        const changed = (revision: number, fields: { imageUrl?: string }) =>
          batch([], { revised: [{ ...article(1, { text: `Changed ${revision}.`, ...fields }), revision }] })
        await articles.saveIngest(changed(2, { imageUrl: 'https://courier.example/new.jpg' }))
        expect(await picture()).toBe('https://courier.example/new.jpg')
        await articles.saveIngest(changed(3, {}))
        const [stored] = await articles.articles(['article-1'], PUBLIC)
        expect(Object.keys(stored?.article ?? {})).not.toContain('imageUrl')
      })

      test('saveIngest() of the same batch again changes nothing', async () => {
        const twice = batch([article(1), article(2)])
        expect(await articles.saveIngest(twice)).toEqual({ added: 2, revised: 0 })
        expect(await articles.saveIngest(twice)).toEqual({ added: 0, revised: 0 })
        expect(await articles.articlesSince(0, 10, PUBLIC)).toHaveLength(2)
        expect(await find('ferries')).toEqual(['article-2', 'article-1'])
      })

      test('saveIngest() keeps the length of texts with signs that no database takes', async () => {
        const text = 'a\0b\ud800c\udc00d'
        await articles.saveIngest(batch([article(1, { text, title: 'NUL \0 inside' })]))
        const [stored] = await articles.articles(['article-1'], PUBLIC)
        expect(stored?.article.text).toBe('a\ufffdb\ufffdc\ufffdd')
        expect(stored?.article.title).toBe('NUL \ufffd inside')
      })

      test('saveIngest() saves all of a batch or nothing', async () => {
        const many = Array.from({ length: 70 }, (_, n) => article(n))
        const clash = { ...article(5), key: 'https://courier.example/another' }
        await expect(articles.saveIngest(batch([...many, clash]))).rejects.toThrow()
        expect(await articles.articlesSince(0, 100, PUBLIC)).toEqual([])
        expect(await find('ferries')).toEqual([])
      })

      test('saveIngest() ends the poll in the same transaction, and not where the articles fail', async () => {
        await store.feeds.saveFeeds([feed('one')])
        const claim = () =>
          store.feeds.claimDueFeeds({ claimant: 'p', nowMs: NOON, leaseMs: 10 * MINUTE, limit: 5 })
        await claim()
        const poll = { state: { failures: 0, etag: 'x' }, nextPollAtMs: NOON }
        const clash = { ...article(1), key: 'https://courier.example/another' }
        const bad = batch([article(1), clash], { feedId: 'one', poll })
        await expect(articles.saveIngest(bad)).rejects.toThrow()
        expect(await claim()).toEqual([])
        expect(await store.feeds.feedsById(['one'])).toMatchObject([{ state: {} }])
        await articles.saveIngest(batch([article(1)], { feedId: 'one', poll }))
        expect(await claim()).toMatchObject([{ id: 'one', state: poll.state }])
      })

      test('saveIngest() takes many articles of one second', async () => {
        const many = Array.from({ length: 120 }, (_, n) => article(n, { publishedAtMs: NOON + n }))
        expect(await articles.saveIngest(batch(many))).toEqual({ added: 120, revised: 0 })
        expect(await articles.articlesSince(0, 1000, PUBLIC)).toHaveLength(120)
      })

      test('saveIngest() takes an article that two batches bring at once', async () => {
        const saves = Array.from({ length: 6 }, (_, n) =>
          articles.saveIngest(batch([article(1), article(10 + n)])),
        )
        const counts = await Promise.all(saves)
        expect(counts.reduce((sum, { added }) => sum + added, 0)).toBe(7)
        expect(await find('part 1')).toEqual(['article-1'])
      })

      test('saveIngest() refuses a feed that it does not know', async () => {
        await expect(articles.saveIngest(batch([article(1)], { feedId: 'nowhere' }))).rejects.toThrow(
          'nowhere',
        )
      })

      test('saveIngest() keeps dates of any year', async () => {
        const far = [-8.64e15, -1, 0, 8.64e15].map((publishedAtMs, n) => article(n, { publishedAtMs }))
        await articles.saveIngest(batch(far))
        const stored = await articles.articles(
          far.map(({ article: { id } }) => id),
          PUBLIC,
        )
        expect(stored.map(({ article: { publishedAtMs } }) => publishedAtMs)).toEqual([
          -8.64e15, -1, 0, 8.64e15,
        ])
      })
    })

    describe('revisions', () => {
      const changed = (n: number, revision: number) => ({
        ...article(n, { text: `Version ${revision}: the lighthouse.`, title: `Lighthouse ${revision}` }),
        revision,
      })

      test('saveIngest() keeps the version that a revision replaces', async () => {
        await articles.saveIngest(batch([article(1)]))
        const revised = batch([], { revised: [changed(1, 2)], atMs: NOON + 90 * MINUTE })
        expect(await articles.saveIngest(revised)).toEqual({ added: 0, revised: 1 })
        const [stored] = await articles.articles(['article-1'], PUBLIC)
        expect(stored).toMatchObject({
          revision: 2,
          article: { title: 'Lighthouse 2' },
          ingestedAtMs: NOON + 60 * MINUTE,
        })
        expect(await articles.revisions('article-1', PUBLIC)).toEqual([
          {
            revision: 1,
            title: article(1).article.title,
            text: article(1).article.text,
            contentHash: article(1).contentHash,
            replacedAtMs: NOON + 90 * MINUTE,
          },
        ])
      })

      test('saveIngest() of the same revision again changes nothing', async () => {
        await articles.saveIngest(batch([article(1)]))
        const revised = batch([], { revised: [changed(1, 2)] })
        await articles.saveIngest(revised)
        expect(await articles.saveIngest(revised)).toEqual({ added: 0, revised: 0 })
        expect(await articles.revisions('article-1', PUBLIC)).toHaveLength(1)
      })

      test('saveIngest() leaves out a revision of a version that is no longer the newest', async () => {
        await articles.saveIngest(batch([article(1)]))
        await articles.saveIngest(batch([], { revised: [changed(1, 2)] }))
        await articles.saveIngest(batch([], { revised: [changed(1, 3)] }))
        expect(await articles.saveIngest(batch([], { revised: [changed(1, 2)] }))).toEqual({
          added: 0,
          revised: 0,
        })
        const [stored] = await articles.articles(['article-1'], PUBLIC)
        expect(stored?.article.title).toBe('Lighthouse 3')
      })

      test('search() finds the words of the newest version only', async () => {
        await articles.saveIngest(batch([article(1)]))
        await articles.saveIngest(batch([], { revised: [changed(1, 2)] }))
        expect(await find('lighthouse')).toEqual(['article-1'])
        expect(await find('ferries')).toEqual([])
      })

      test('unplacedArticles() brings a placed article again once it is revised', async () => {
        await articles.saveIngest(batch([article(1)]))
        await store.stories.saveStep(step('step-1', { 'article-1': 'story-a' }))
        expect(await articles.unplacedArticles(10)).toEqual([])
        await articles.saveIngest(batch([], { revised: [changed(1, 2)] }))
        expect(await articles.unplacedArticles(10)).toMatchObject([{ revision: 2, storyId: 'story-a' }])
      })
    })

    describe('knownArticles()', () => {
      test('knownArticles() tells id, hash and revision of the keys that are stored', async () => {
        await articles.saveIngest(batch([article(1), article(2)]))
        const known = await articles.knownArticles([article(2).key, 'https://courier.example/none'], null)
        expect(known).toEqual([
          {
            id: 'article-2',
            key: article(2).key,
            contentHash: article(2).contentHash,
            earlierHashes: [],
            revision: 1,
          },
        ])
      })

      test('knownArticles() tells the hashes of earlier versions, oldest first', async () => {
        const { key, article: changed } = article(1)
        await articles.saveIngest(batch([article(1)]))
        for (const revision of [2, 3]) {
          const version = { article: changed, key, contentHash: `version-${revision}`, revision }
          await articles.saveIngest({ ...batch([]), revised: [version] })
        }
        const [known] = await articles.knownArticles([key], null)
        expect(known).toMatchObject({
          contentHash: 'version-3',
          earlierHashes: [article(1).contentHash, 'version-2'],
          revision: 3,
        })
      })

      test('knownArticles() keeps owners apart', async () => {
        await store.feeds.saveFeeds([feed('theirs', 'tenant-a')])
        await articles.saveIngest(batch([article(1)], { feedId: 'theirs' }))
        expect(await articles.knownArticles([article(1).key], null)).toEqual([])
        expect(await articles.knownArticles([article(1).key], 'tenant-b')).toEqual([])
        expect(await articles.knownArticles([article(1).key], 'tenant-a')).toHaveLength(1)
      })

      test('knownArticles() takes thousands of keys', async () => {
        await articles.saveIngest(batch([article(1)]))
        const keys = Array.from({ length: 5_000 }, (_, n) => `https://courier.example/${n}`)
        expect(await articles.knownArticles(keys, null)).toHaveLength(1)
      })
    })

    describe('reading', () => {
      test('articles() keeps the order asked for and leaves out what is unknown', async () => {
        await articles.saveIngest(batch([article(1), article(2), article(3)]))
        const stored = await articles.articles(['article-3', 'none', 'article-1'], PUBLIC)
        expect(stored.map(({ article: { id } }) => id)).toEqual(['article-3', 'article-1'])
        expect(await articles.articles([], PUBLIC)).toEqual([])
      })

      test('articlesSince() gives the newest first, up to the limit', async () => {
        await articles.saveIngest(batch([article(2), article(1), article(3)]))
        const stored = await articles.articlesSince(NOON + 2 * MINUTE, 1, PUBLIC)
        expect(stored.map(({ article: { id } }) => id)).toEqual(['article-3'])
        expect(await articles.articlesSince(NOON + 2 * MINUTE, 10, PUBLIC)).toHaveLength(2)
      })

      test('unplacedArticles() gives articles in order of arrival, by language where one is named', async () => {
        await articles.saveIngest(batch([article(5)], { atMs: NOON + 70 * MINUTE }))
        await articles.saveIngest(batch([article(9, { lang: 'de' })], { atMs: NOON + 71 * MINUTE }))
        await articles.saveIngest(batch([article(2, { lang: null })], { atMs: NOON + 72 * MINUTE }))
        const ids = async (limit: number, share?: LanguageShare) =>
          (await articles.unplacedArticles(limit, share)).map(({ article: { id } }) => id)
        expect(await ids(10)).toEqual(['article-5', 'article-9', 'article-2'])
        expect(await ids(1)).toEqual(['article-5'])
        expect(await ids(10, { only: ['de', 'fr'] })).toEqual(['article-9'])
        expect(await ids(10, { allBut: ['de', 'fr'] })).toEqual(['article-5', 'article-2'])
      })
    })

    describe('search()', () => {
      test('search() finds all words in title or text, whatever their case and accents', async () => {
        await articles.saveIngest(
          batch([
            article(1, { title: 'Café Müller reopens', text: 'The old ÉCLAIR is back.' }),
            article(2, { title: 'Cafe closed', text: 'No more éclairs.' }),
          ]),
        )
        expect(await find('cafe muller ECLAIR')).toEqual(['article-1'])
        expect(await find('CAFÉ')).toEqual(['article-2', 'article-1'])
        expect(await find('cafe lighthouse')).toEqual([])
      })

      test('search() takes every sign as text', async () => {
        await articles.saveIngest(
          batch([
            article(1, {
              text: 'Rock AND roll, NEAR the pier: title* don\'t stop - "quoted" (1,200.5 \\o/ & | !).',
            }),
          ]),
        )
        const asked = [
          'rock AND roll',
          'rock OR roll',
          'NOT rock',
          'NEAR(rock roll)',
          'title:rock',
          'title*',
          '"quoted',
          "don't",
          'rock -roll',
          'rock & roll',
          'rock | !roll',
          'rock <-> roll',
          "'; drop table articles; --",
          '1,200.5',
          '^rock',
          'ro*',
          '{rock}',
          '\\',
          '%',
          '_',
        ]
        const hits = new Map<string, number>()
        for (const words of asked) hits.set(words, (await find(words)).length)
        const found = [...hits].filter(([, count]) => count === 1).map(([words]) => words)
        expect(found).toEqual([
          'rock AND roll',
          'NEAR(rock roll)',
          'title:rock',
          'title*',
          '"quoted',
          "don't",
          'rock -roll',
          'rock & roll',
          'rock | !roll',
          'rock <-> roll',
          '1,200.5',
          '^rock',
          '{rock}',
          '\\',
          '%',
          '_',
        ])
      })

      test('search() never throws and finds an article by any words of its own text', async () => {
        let count = 0
        await fc.assert(
          fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
            const n = ++count
            await articles.saveIngest(batch([article(n, { text })]))
            const { entries } = await articles.search({ words: text, limit: 50 }, PUBLIC)
            expect(entries.map(({ id }) => id)).toContain(`article-${n}`)
          }),
          { numRuns: 40 },
        )
      })

      test('search() finds parts of scripts without spaces', async () => {
        await articles.saveIngest(batch([article(1, { title: '東京湾のフェリーが欠航', lang: 'ja' })]))
        expect(await find('フェリー')).toEqual(['article-1'])
        expect(await find('東京')).toEqual(['article-1'])
        expect(await find('京東')).toEqual([])
      })

      test('search() narrows by dates, outlet and language', async () => {
        await articles.saveIngest(
          batch([article(1), article(2, { outlet: 'The Pier' }), article(3, { lang: 'de' }), article(4)]),
        )
        const ids = async (query: object, words = 'ferries') =>
          (await articles.search({ words, limit: 20, ...query }, PUBLIC)).entries.map(({ id }) => id)
        expect(await ids({ sinceMs: NOON + 2 * MINUTE, untilMs: NOON + 3 * MINUTE })).toEqual([
          'article-3',
          'article-2',
        ])
        expect(await ids({ sinceMs: NOON + 3 * MINUTE + 1 })).toEqual(['article-4'])
        expect(await ids({ untilMs: NOON + MINUTE })).toEqual(['article-1'])
        expect(await ids({ outlet: 'the pier' })).toEqual(['article-2'])
        expect(await ids({ lang: 'de' })).toEqual(['article-3'])
        expect(await ids({ lang: 'de' }, '')).toEqual(['article-3'])
        expect(await ids({ sinceMs: -Infinity, untilMs: Infinity })).toHaveLength(4)
      })

      test('search() finds the newest first, however far apart they are', async () => {
        const HOUR = 60 * MINUTE
        // From minutes to years before the last one; every seventh has no such word.
        const ages = Array.from({ length: 60 }, (_, n) => Math.floor(3 * MINUTE * 1.22 ** n))
        const added = ages.map((age, n) =>
          article(n, { publishedAtMs: NOON - age, ...(n % 7 === 0 ? { title: 'No', text: 'Boat.' } : {}) }),
        )
        await articles.saveIngest(batch(added, { atMs: NOON }))
        const expected = (query: { readonly sinceMs?: number; readonly untilMs?: number }) =>
          ages.flatMap((age, n) => {
            const atMs = NOON - age
            const isIn = atMs >= (query.sinceMs ?? 0) && atMs <= (query.untilMs ?? NOON)
            return isIn && n % 7 !== 0 ? `article-${n}` : []
          })
        for (const query of [
          {},
          { sinceMs: NOON - 30 * HOUR },
          { untilMs: NOON - 30 * HOUR },
          { sinceMs: NOON - 900 * HOUR, untilMs: NOON - 9 * HOUR },
        ]) {
          const wanted = expected(query)
          for (const [offset, limit] of [
            [0, 5],
            [17, 9],
            [0, 60],
          ] as const) {
            const page = await articles.search({ words: 'ferries', limit, offset, ...query }, PUBLIC)
            expect(page.entries.map(({ id }) => id)).toEqual(wanted.slice(offset, offset + limit))
            expect(page.more).toBe(wanted.length > offset + limit)
          }
        }
      })

      test('search() turns pages, newest first', async () => {
        await articles.saveIngest(batch(Array.from({ length: 45 }, (_, n) => article(n))))
        const first = await articles.search({ words: 'ferries', limit: 20 }, PUBLIC)
        const third = await articles.search({ words: 'ferries', limit: 20, offset: 40 }, PUBLIC)
        expect(first.entries.map(({ id }) => id).slice(0, 2)).toEqual(['article-44', 'article-43'])
        expect(first.more).toBe(true)
        expect(third.entries).toHaveLength(5)
        expect(third.more).toBe(false)
      })

      test('search() stands an article dated in the future where it came in', async () => {
        await articles.saveIngest(batch([article(1, { publishedAtMs: NOON + 1e12 })], { atMs: NOON }))
        await articles.saveIngest(batch([article(2, { publishedAtMs: NOON + MINUTE })]))
        expect(await find('ferries')).toEqual(['article-2', 'article-1'])
      })
    })

    describe('dropBodiesBefore()', () => {
      test('dropBodiesBefore() drops old texts and keeps titles, stories and counts', async () => {
        const revised = { ...article(1, { text: 'Version 2.' }), revision: 2 }
        await articles.saveIngest(batch(Array.from({ length: 50 }, (_, n) => article(n))))
        await articles.saveIngest(batch([], { revised: [revised] }))
        await store.stories.saveStep(step('step-1', { 'article-1': 'story-a', 'article-49': 'story-a' }))
        expect(await articles.dropBodiesBefore(NOON + 48 * MINUTE)).toBe(48)
        expect(await articles.dropBodiesBefore(NOON + 48 * MINUTE)).toBe(0)
        const stored = await articles.articles(['article-1', 'article-49'], PUBLIC)
        expect(stored.map(({ bodyDropped }) => bodyDropped)).toEqual([true, false])
        expect(stored[0]?.article).toMatchObject({ text: '', title: revised.article.title })
        expect(await articles.revisions('article-1', PUBLIC)).toEqual([])
        expect(await find('council')).toEqual(['article-49', 'article-48'])
        expect(await find('ferries part 47')).toEqual(['article-47'])
        const answer = await store.stories.story('story-a', PUBLIC)
        expect(answer.kind === 'story' && answer.story.members).toHaveLength(2)
      })
    })
  })
}
