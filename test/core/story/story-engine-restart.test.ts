import { expect, it } from 'vitest'
import type { Copy } from '../../../src/core/dedup/copy.ts'
import type { Article } from '../../../src/core/feed/article.ts'
import { createStoryEngine, type StoryEngine } from '../../../src/core/story/story-engine.ts'
import { makeArticle } from '../../support/make-article.ts'

const START_MS = Date.UTC(2026, 4, 4)
const PEOPLE = ['Osk', 'Brandvik', 'Hale', 'Valk', 'Dalby', 'Hronek', 'Aker', 'Lindholm']
const DEEDS = ['closes bridge', 'opens inquiry', 'calls vote', 'ends strike', 'sells harbour', 'fines bank']

/** The same numbers in every run; 0 to `below - 1`. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Reports of a dozen events that share people or deeds with others; one in five holds the text of one before, one in nine has no date. */
function reports(count: number, seed: number): Article[] {
  const random = numbers(seed)
  const articles: Article[] = []
  for (let n = 0; n < count; n++) {
    const who = random(PEOPLE.length)
    const what = (who + random(2)) % DEEDS.length
    const [person, deed] = [PEOPLE[who] ?? '', DEEDS[what] ?? '']
    const details = Array.from({ length: 12 }, () => `detail${String(what)}x${String(random(14))}`)
    const more = Array.from({ length: 12 }, () => `fact${String(who)}y${String(random(14))}`)
    const own = `${person} ${deed} on day ${String(random(4))}. Officials said ${details.join(' ')}. ${person} told ${more.join(' ')}.`
    const source = random(5) === 0 ? articles[random(Math.max(1, n))]?.text : undefined
    articles.push({
      ...makeArticle({ id: `a${String(n)}`, url: null, source: `Paper ${String(random(6))}` }),
      title: `${person} ${deed}`,
      text: source ?? own,
      furniture: [],
      lang: 'en',
      publishedAtMs: random(9) === 0 ? null : START_MS + n * 3_600_000,
    })
  }
  return articles
}

/** Steps one by one; keeps the verdicts as they stand. */
function stepAll(engine: StoryEngine, articles: readonly Article[]): Map<string, Copy> {
  const verdicts = new Map<string, Copy>()
  for (const article of articles) {
    for (const copy of engine.step([article]).copies) {
      verdicts.set(copy.articleId, copy)
      if (verdicts.get(copy.copyOf)?.copyOf === copy.articleId) verdicts.delete(copy.copyOf)
    }
  }
  return verdicts
}

it.each([8, 23, 31, 60])(
  'createStoryEngine() goes on as if nothing had been after a restart at article %i',
  (cut) => {
    const articles = reports(80, cut)
    const whole = createStoryEngine()
    const verdicts = stepAll(whole, articles.slice(0, cut))
    const again = createStoryEngine()
    for (const article of articles.slice(0, cut))
      again.restore(article, whole.storyOf(article.id) ?? '', verdicts.get(article.id) ?? null)
    for (const article of articles.slice(cut)) expect(again.step([article])).toEqual(whole.step([article]))
    for (const { id } of articles) expect(again.explain(id)).toEqual(whole.explain(id))
    const stories = new Set(articles.map(({ id }) => whole.storyOf(id)))
    expect(stories.size).toBeGreaterThan(4)
    expect(stories.size).toBeLessThan(60)
  },
)

it('createStoryEngine() measures restored articles in slices as it does at once', () => {
  const articles = reports(80, 5)
  const first = createStoryEngine()
  const verdicts = stepAll(first, articles.slice(0, 60))
  const [atOnce, inSlices] = [createStoryEngine(), createStoryEngine()]
  for (const engine of [atOnce, inSlices])
    for (const article of articles.slice(0, 60))
      engine.restore(article, first.storyOf(article.id) ?? '', verdicts.get(article.id) ?? null)
  let slices = 1
  while (inSlices.settleRestored(7)) slices++
  expect(slices).toBe(9)
  for (const article of articles.slice(60)) expect(inSlices.step([article])).toEqual(atOnce.step([article]))
  for (const { id } of articles) expect(inSlices.explain(id)).toEqual(atOnce.explain(id))
})
