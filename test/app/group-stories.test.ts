import { expect, it } from 'vitest'
import { openStore } from '../../src/adapters/storage/open-store.ts'
import { StoryGrouper } from '../../src/app/group-stories.ts'
import { createStoryEngine } from '../../src/core/story/story-engine.ts'
import { makeArticle } from '../support/make-article.ts'

const WORDS =
  'harbour council ferry bridge school storm market pilot theatre river strike mayor island road engine orchard winter signal clinic garden'.split(
    ' ',
  )

/** Titles and texts that are so alike that stories are opened and merged again within one step. */
function alike(n: number, feed: number) {
  const told = n % 3 === 0 ? 0 : feed + 1
  const word = (at: number) => WORDS[(n * 7 + told * 5 + at * (told + 3)) % WORDS.length] ?? ''
  return makeArticle({
    id: `a-${feed}-${n}`,
    url: `https://paper${feed}.example/${n}`,
    source: `Paper ${feed}`,
    title: `The ${word(1)} of the ${word(2)} and the ${word(3)}, part ${n} of ${told}`,
    text: `On that day the ${word(4)} met the ${word(5)} near the ${word(6)} for the ${n}th time. Nobody had seen a ${word(7)} with ${n + told} ${word(8)}s before, said the ${word(9)}.`,
  })
}

it('StoryGrouper places every article, also where stories of one step are merged before they were stored', async () => {
  const store = await openStore('sqlite::memory:')
  const articles = Array.from({ length: 120 }, (_, at) => alike(Math.floor(at / 6), at % 6))
  const added = articles.map((article) => ({ article, key: article.url ?? '', contentHash: article.id }))
  await store.articles.saveIngest({ feedId: null, atMs: 1, added, revised: [], unchanged: [] })
  let redirects = 0
  const saveStep: typeof store.stories.saveStep = (step) => {
    redirects += step.redirects.length
    return store.stories.saveStep(step)
  }
  const stories = new Proxy(store.stories, {
    get: (target, name) => (name === 'saveStep' ? saveStep : (Reflect.get(target, name) as unknown)),
  })
  const grouper = await StoryGrouper.open({ articles: store.articles, stories, nowMs: () => 2 })
  while ((await grouper.step()).more);
  expect(redirects).toBeGreaterThan(0)
  expect(await store.articles.unplacedArticles(1_000)).toEqual([])
  let stoodBack = 0
  const giveWay = () => {
    stoodBack += 1
    return Promise.resolve()
  }
  await StoryGrouper.open({ articles: store.articles, stories: store.stories, giveWay, nowMs: () => 2 })
  // 6 times while 120 articles are read, 14 while they are measured.
  expect(stoodBack).toBe(20)
  await store.close()
})

it('StoryGrouper lets others have their turn within a step, and places as the engine does in one go', async () => {
  const store = await openStore('sqlite::memory:')
  const articles = Array.from({ length: 48 }, (_, at) => ({
    ...alike(Math.floor(at / 6), at % 6),
    publishedAtMs: Date.UTC(2026, 2, 1) + ((at * 17) % 48) * 60_000,
  }))
  const added = articles.map((article) => ({ article, key: article.url ?? '', contentHash: article.id }))
  await store.articles.saveIngest({ feedId: null, atMs: 1, added, revised: [], unchanged: [] })
  let turns = 0
  const giveWay = () => {
    turns += 1
    return Promise.resolve()
  }
  const grouper = await StoryGrouper.open({ ...store, giveWay, nowMs: () => 2 })
  await grouper.step()
  expect(turns).toBeGreaterThan(4)
  const engine = createStoryEngine()
  engine.step(articles)
  const placed = await store.articles.articles(
    articles.map(({ id }) => id),
    { tenant: null },
  )
  expect(placed.map(({ storyId }) => storyId)).toEqual(articles.map(({ id }) => engine.storyOf(id)))
  await store.close()
})
