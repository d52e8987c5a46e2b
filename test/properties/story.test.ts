import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Article } from '../../src/core/feed/article.ts'
import { groupArticles } from '../../src/core/story/group-articles.ts'
import { createStoryEngine } from '../../src/core/story/story-engine.ts'
import { timeOrder } from '../../src/core/story/time-order.ts'
import { makeArticle } from '../support/make-article.ts'

const WORDS = [
  'ferry',
  'Marholm',
  'harbour',
  'fire',
  'Kesten',
  'vote',
  'Lindholm',
  'bridge',
  'cracks',
  'council',
  '12',
  '40,000',
  'river',
]

const text = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 30 }).map((words) => words.join(' ')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('', ' ', '\u0000', '🚢', 'ا ب ت', '東京都庁'),
)

const drafts = fc.array(
  fc.record({
    title: text,
    text,
    lang: fc.constantFrom('en', 'de', 'xx', null),
    publishedAtMs: fc.oneof(
      fc.constant(null),
      fc.constantFrom(0, Date.UTC(2099, 0), Date.UTC(2026, 2, 1), -1e15, 8e15),
      fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2026, 3) }),
    ),
  }),
  { maxLength: 40 },
)

function articlesOf(rows: readonly Pick<Article, 'title' | 'text' | 'lang' | 'publishedAtMs'>[]): Article[] {
  return rows.map((row, i) => ({
    ...makeArticle({ id: `a${i}`, url: null, source: `s${i % 5}` }),
    ...row,
    furniture: [],
  }))
}

it('groupArticles() places every article in one story, whatever it is given', () => {
  fc.assert(
    fc.property(drafts, (rows) => {
      const articles = articlesOf(rows)
      const grouped = groupArticles(articles, { explain: true })
      expect(grouped.map(({ id }) => id)).toEqual(articles.map(({ id }) => id))
      for (const { story, atArrival, explain } of grouped) {
        expect(story).not.toBe('')
        expect(atArrival).not.toBe('')
        expect(explain?.why).not.toBe('')
      }
    }),
    { numRuns: 60 },
  )
})

it('groupArticles() never puts two languages in one story', () => {
  fc.assert(
    fc.property(drafts, (rows) => {
      const articles = articlesOf(rows)
      const langs = new Map<string, string | null>()
      groupArticles(articles).forEach(({ story }, i) => {
        const lang = articles[i]?.lang ?? null
        expect(langs.get(story) ?? lang).toBe(lang)
        langs.set(story, lang)
      })
    }),
    { numRuns: 40 },
  )
})

/** Groups a stream at once and in steps of these sizes; the stories must be the same, and each change be reported. */
function expectSameWhenCut(mixed: readonly Article[], cuts: readonly number[]): void {
  const articles = timeOrder(mixed).flatMap((at) => mixed[at] ?? [])
  const expected = groupArticles(articles).map(({ story }) => story)
  const engine = createStoryEngine()
  const told = new Map<string, string>()
  for (let at = 0, n = 0; at < articles.length; n++) {
    const size = cuts[n % cuts.length] ?? 1
    const { placements, moves } = engine.step(articles.slice(at, at + size))
    for (const { articleId, to } of moves) told.set(articleId, to)
    for (const { articleId, story } of placements) told.set(articleId, story)
    at += size
  }
  expect(articles.map(({ id }) => told.get(id))).toEqual(expected)
  expect(articles.map(({ id }) => engine.storyOf(id))).toEqual(expected)
}

it('createStoryEngine() comes to the same result for every cut of a stream in order of time, and reports each change', () => {
  fc.assert(
    fc.property(drafts, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (rows, cuts) => {
      expectSameWhenCut(articlesOf(rows), cuts)
    }),
    { numRuns: 40 },
  )
})

it('createStoryEngine() names a story alike where its two articles have one date and came after a younger one', () => {
  const atMs = Date.UTC(2026, 0)
  const rows = [
    { title: '', text: '', lang: 'en', publishedAtMs: atMs + 3 * 3_600_000 + 1 },
    { title: 'Kesten ferry bridge', text: '', lang: 'xx', publishedAtMs: atMs },
    { title: 'ferry', text: 'bridge council', lang: 'xx', publishedAtMs: atMs },
  ]
  expectSameWhenCut(articlesOf(rows), [1])
})

it('createStoryEngine() keeps corrections whatever comes after them', () => {
  const pair = fc.tuple(fc.nat(9), fc.nat(9)).filter(([a, b]) => a !== b)
  fc.assert(
    fc.property(
      drafts.filter((rows) => rows.length >= 10),
      pair,
      fc.constantFrom('must' as const, 'cannot' as const),
      (rows, [a, b], kind) => {
        const articles = articlesOf(rows).map((article) => ({ ...article, lang: 'en' }))
        const engine = createStoryEngine()
        engine.step(articles.slice(0, 10))
        engine.step([], [{ kind, articleA: `a${a}`, articleB: `a${b}` }])
        engine.step(articles.slice(10))
        expect(engine.storyOf(`a${a}`) === engine.storyOf(`a${b}`)).toBe(kind === 'must')
      },
    ),
    { numRuns: 40 },
  )
})
