import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src/adapters/storage/open-store.ts'
import { StoryGrouper } from '../../src/app/group-stories.ts'
import { ingestArticles } from '../../src/app/ingest-articles.ts'
import { RetentionKeeper, type Retention } from '../../src/app/retention-keeper.ts'
import { makeArticle } from '../support/make-article.ts'

const EVERYBODY = { tenant: null }
const NEVER = new AbortController().signal
const HOUR_MS = 3_600_000

function days(bodiesDays: number, limits: { bodiesDays?: number; bodies?: number } = {}): Retention {
  return { bodiesDays, limitsOf: () => ({ bodiesDays, bodies: 1_000, ...limits }) }
}

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
    expect(await new RetentionKeeper({ ...store, nowMs: () => nowMs }).keep(days(7), NEVER)).toBe(1)
    expect(await texts()).toEqual(['The ferry', ''])
    const [after] = await store.stories.stories({ limit: 5 }, EVERYBODY)
    expect(after).toEqual(before)
    expect(after?.members).toHaveLength(2)
  })

  it('keep() does nothing more on the same day, and goes on the next', async () => {
    const keeper = new RetentionKeeper({ ...store, nowMs: () => nowMs })
    expect(await keeper.keep(days(7), NEVER)).toBe(1)
    nowMs += 23 * HOUR_MS
    expect(await keeper.keep(days(7), NEVER)).toBe(0)
    expect(await texts()).toEqual(['The ferry', ''])
    nowMs += HOUR_MS
    expect(await keeper.keep(days(7), NEVER)).toBe(1)
    expect(await texts()).toEqual(['', ''])
  })

  it('keep() comes again after it was stopped', async () => {
    const keeper = new RetentionKeeper({ ...store, nowMs: () => nowMs })
    expect(await keeper.keep(days(7), AbortSignal.abort())).toBe(0)
    expect(await keeper.keep(days(7), NEVER)).toBe(1)
  })

  describe('with limits of a feed', () => {
    const DATES = ['2026-03-09', '2026-02-20', '2026-02-10', '2026-02-01']
    async function listIn(feedId: string, ids: readonly string[]): Promise<void> {
      const at = { name: '', tags: [], tenant: null, addedAtMs: nowMs }
      await store.feeds.saveFeeds([{ id: feedId, url: `https://${feedId}.example/rss`, ...at }])
      const added = ids.map((id) => {
        const published = DATES[Number(id.slice(1))] ?? ''
        const article = makeArticle({ id, published, text: `Text ${id}.`, url: `https://pier.example/${id}` })
        return { article, key: `https://pier.example/${id}`, contentHash: id }
      })
      await store.articles.saveIngest({ feedId, atMs: nowMs, added, revised: [], unchanged: [] })
      await (await StoryGrouper.open({ ...store, nowMs: () => nowMs })).step()
    }
    const textsOf = async (ids: readonly string[]) =>
      (await store.articles.articles(ids, EVERYBODY)).map(({ article }) => article.text)
    const keep = (retention: Retention) =>
      new RetentionKeeper({ ...store, nowMs: () => nowMs }).keep(retention, NEVER)

    it('keep() drops what is past the days of its feed', async () => {
      await listIn('harbour', ['n0', 'n1', 'n2', 'n3'])
      expect(await keep(days(90, { bodiesDays: 20 }))).toBe(2)
      expect(await textsOf(['n0', 'n1', 'n2', 'n3'])).toEqual(['Text n0.', 'Text n1.', '', ''])
    })

    it('keep() drops what is more than the feed may keep, never texts of the last seven days', async () => {
      await listIn('harbour', ['n0', 'n1', 'n2', 'n3'])
      expect(await keep(days(90, { bodies: 3 }))).toBe(1)
      expect(await textsOf(['n0', 'n1', 'n2', 'n3'])).toEqual(['Text n0.', 'Text n1.', 'Text n2.', ''])
      await listIn('pier', ['n0'])
      expect(await keep(days(90, { bodies: 1 }))).toBe(2)
      expect(await textsOf(['n0', 'n1', 'n2'])).toEqual(['Text n0.', '', ''])
    })

    it('keep() leaves a text that another feed lists too', async () => {
      await listIn('harbour', ['n1', 'n2'])
      await listIn('pier', ['n2'])
      expect(await keep(days(90, { bodiesDays: 7 }))).toBe(1)
      expect(await textsOf(['n1', 'n2'])).toEqual(['', 'Text n2.'])
    })

    it('keep() leaves a text that waits to be grouped', async () => {
      const at = { name: '', tags: [], tenant: null, addedAtMs: nowMs }
      await store.feeds.saveFeeds([{ id: 'harbour', url: 'https://harbour.example/rss', ...at }])
      const article = makeArticle({ id: 'w1', published: '2026-02-01', text: 'Text w1.' })
      const added = [{ article, key: 'w1', contentHash: 'w1' }]
      await store.articles.saveIngest({ feedId: 'harbour', atMs: nowMs, added, revised: [], unchanged: [] })
      expect(await keep(days(90, { bodiesDays: 7 }))).toBe(0)
      expect(await textsOf(['w1'])).toEqual(['Text w1.'])
    })
  })

  it('keep() deletes a tenant 30 days after it sent the bot away, and no other', async () => {
    const day = 24 * HOUR_MS
    const arrive = (id: string) =>
      store.subscriptions.saveTenant({ id, platform: 'discord', name: id, atMs: nowMs })
    for (const id of ['gone long ago', 'gone', 'there', 'back']) await arrive(id)
    await store.subscriptions.removeTenant('gone long ago', nowMs)
    await store.subscriptions.removeTenant('back', nowMs)
    await arrive('back')
    nowMs += day
    await store.subscriptions.removeTenant('gone', nowMs)
    nowMs += 29 * day
    const keeper = new RetentionKeeper({ ...store, nowMs: () => nowMs })
    await keeper.keep(days(90), NEVER)
    expect((await store.subscriptions.tenants()).map(({ id }) => id).sort()).toEqual([
      'back',
      'gone',
      'there',
    ])
    nowMs += day
    await keeper.keep(days(90), NEVER)
    expect((await store.subscriptions.tenants()).map(({ id }) => id).sort()).toEqual(['back', 'there'])
  })
})
