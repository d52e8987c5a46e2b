import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src/adapters/storage/open-store.ts'
import { ingestArticles } from '../../src/app/ingest-articles.ts'
import { RetentionKeeper } from '../../src/app/retention-keeper.ts'
import { makeArticle } from '../support/make-article.ts'

const EVERYBODY = { tenant: null }
const NEVER = new AbortController().signal
const HOUR_MS = 3_600_000

let store: Store
let nowMs: number
beforeEach(async () => {
  nowMs = Date.parse('2026-03-10T12:00:00Z')
  store = await openStore('sqlite::memory:')
  const text = 'The ferry Saint Brannoc ran aground off Marholm with 212 passengers, the coast guard said.'
  const dates = ['2026-03-03T11:00:00Z', '2026-03-03T14:00:00Z']
  const articles = dates.map((published, i) => makeArticle({ id: `a${i}`, published, text }))
  await ingestArticles(articles, { ...store, nowMs: () => nowMs })
})
afterEach(() => store.close())

async function texts(): Promise<string[]> {
  const stored = await store.articles.articlesSince(0, 10, EVERYBODY)
  return stored.map(({ article }) => article.text.slice(0, 9))
}

describe('RetentionKeeper', () => {
  it('keep() drops texts past their days; the story keeps its articles', async () => {
    const [before] = await store.stories.stories({ limit: 5 }, EVERYBODY)
    expect(await new RetentionKeeper({ ...store, nowMs: () => nowMs }).keep(7, NEVER)).toBe(1)
    expect(await texts()).toEqual(['The ferry', ''])
    const [after] = await store.stories.stories({ limit: 5 }, EVERYBODY)
    expect(after).toEqual(before)
    expect(after?.members).toHaveLength(2)
  })

  it('keep() does nothing more on the same day, and goes on the next', async () => {
    const keeper = new RetentionKeeper({ ...store, nowMs: () => nowMs })
    expect(await keeper.keep(7, NEVER)).toBe(1)
    nowMs += 23 * HOUR_MS
    expect(await keeper.keep(7, NEVER)).toBe(0)
    expect(await texts()).toEqual(['The ferry', ''])
    nowMs += HOUR_MS
    expect(await keeper.keep(7, NEVER)).toBe(1)
    expect(await texts()).toEqual(['', ''])
  })

  it('keep() comes again after it was stopped', async () => {
    const keeper = new RetentionKeeper({ ...store, nowMs: () => nowMs })
    expect(await keeper.keep(7, AbortSignal.abort())).toBe(0)
    expect(await keeper.keep(7, NEVER)).toBe(1)
  })
})
