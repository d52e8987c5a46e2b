import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src/adapters/storage/open-store.ts'
import { ingestArticles } from '../../src/app/ingest-articles.ts'
import type { Article } from '../../src/core/feed/article.ts'
import { makeArticle } from '../support/make-article.ts'

const NOW_MS = Date.parse('2026-03-10T12:00:00Z')
const EVERYBODY = { tenant: null }

const TEXT =
  'A ferry with 212 passengers ran aground off Marholm on Monday morning, the coast guard said. Tugs pulled the Saint Brannoc free at noon. ' +
  'Nobody was hurt, and divers found no leak in the hull of the ferry. The company has put on buses between Marholm and Port Ansley.'
const first = makeArticle({ id: 'row-1', text: TEXT })
const copy = makeArticle({
  id: 'row-2',
  text: TEXT,
  source: 'Coast Radio',
  url: 'https://coastradio.example/ferry',
  published: '2026-03-09T09:00:00Z',
})

let store: Store
beforeEach(async () => {
  store = await openStore('sqlite::memory:')
})
afterEach(() => store.close())

function ingest(...articles: Article[]) {
  return ingestArticles(articles, { ...store, nowMs: () => NOW_MS })
}

describe('ingestArticles()', () => {
  it('stores articles and places them in stories with their copies', async () => {
    expect(await ingest(first, copy)).toEqual({ added: 2, revised: 0, unchanged: 0, older: 0, stories: 1 })
    const [story] = await store.stories.stories({ limit: 10 }, EVERYBODY)
    expect(story?.members.map(({ outlet, copyKind }) => [outlet, copyKind])).toEqual([
      ['Harbour Post', null],
      ['Coast Radio', 'exact'],
    ])
  })

  it('changes nothing the second time', async () => {
    await ingest(first, copy)
    const before = await store.stories.stories({ limit: 10 }, EVERYBODY)
    expect(await ingest(first, copy)).toEqual({ added: 0, revised: 0, unchanged: 2, older: 0, stories: 0 })
    expect(await store.stories.stories({ limit: 10 }, EVERYBODY)).toEqual(before)
  })

  it('keeps a changed article as a revision, and knows both versions again', async () => {
    const changed = makeArticle({
      id: 'row-1',
      title: 'Ferry freed off Marholm',
      text: `${TEXT} It sails again on Tuesday.`,
    })
    await ingest(first)
    expect(await ingest(changed)).toMatchObject({ added: 0, revised: 1 })
    expect(await ingest(first, changed)).toMatchObject({ added: 0, revised: 0, unchanged: 2 })
    const [entry] = (await store.articles.search({ words: 'freed', limit: 5 }, EVERYBODY)).entries
    expect(entry?.title).toBe('Ferry freed off Marholm')
  })

  it('takes URL variants of one article for one', async () => {
    const shared = makeArticle({ id: 'row-9', text: TEXT, url: `${first.url ?? ''}?utm_source=feed` })
    expect(await ingest(first, shared)).toMatchObject({ added: 1, unchanged: 1 })
  })

  it('goes on where an earlier run stopped: a later article joins the stored story', async () => {
    await ingest(first)
    expect(await ingest(copy)).toMatchObject({ added: 1, stories: 1 })
    const stories = await store.stories.stories({ limit: 10 }, EVERYBODY)
    expect(stories.map(({ members }) => members.length)).toEqual([2])
  })

  it('tells rows apart that share an id but nothing else', async () => {
    const other = makeArticle({
      id: 'row-1',
      text: 'Snow closes the pass.',
      title: 'Snow',
      url: 'https://alpine.example/snow',
    })
    expect(await ingest(first, other)).toMatchObject({ added: 2 })
  })

  it('takes articles without text, title, date and address', async () => {
    const bare = { source: '', url: null, published: null, lang: null }
    const empty = makeArticle({ id: 'a', title: '', text: '', ...bare })
    const emoji = makeArticle({ id: 'b', title: '🎉', text: '', ...bare })
    expect(await ingest(empty, emoji)).toMatchObject({ added: 2 })
    expect(await store.stories.stories({ limit: 10 }, EVERYBODY)).toHaveLength(2)
  })

  it('leaves out what is dated before the time asked for, and keeps what has no date', async () => {
    const undated = makeArticle({
      id: 'row-3',
      text: 'Snow closes the pass.',
      title: 'Snow',
      published: null,
    })
    const options = { sinceMs: Date.parse('2026-03-09T08:30:00Z') }
    const report = await ingestArticles([first, copy, undated], { ...store, nowMs: () => NOW_MS }, options)
    expect(report).toMatchObject({ added: 2, older: 1 })
    expect(await ingest(first)).toMatchObject({ added: 1 })
  })

  it('saves while it reads, and tells how far it is', async () => {
    const saved: number[] = []
    async function* manyRows() {
      for (let i = 0; i < 120; i += 1) {
        if (i % 40 === 0)
          saved.push((await store.articles.search({ words: '', limit: 500 }, EVERYBODY)).entries.length)
        yield makeArticle({
          id: `row-${i}`,
          title: `Title ${i}`,
          text: `Ferry number ${i} sails to port ${i * 7}.`,
        })
      }
    }
    const told: number[] = []
    await ingestArticles(
      manyRows(),
      { ...store, nowMs: () => NOW_MS },
      { onProgress: ({ added }) => told.push(added) },
    )
    expect(saved).toEqual([0, 0, 50])
    expect(told).toEqual([50, 100, 120])
  })
})
