import { describe, expect, test } from 'vitest'
import { articleKey, CONTENT_HASH_VERSION, contentHash, pageOf } from '../../../src/core/dedup/article-key.ts'
import { planIngest, type IngestPlan, type KnownArticle } from '../../../src/core/dedup/plan-ingest.ts'
import { articleOf } from './fictional-news.ts'

const url = 'https://courier.example/bridge'
const first = articleOf({ id: '1', url, title: 'Bridge closed', text: 'The bridge is closed.' })
const revised = articleOf({
  id: '2',
  url: `${url}?utm_source=rss`,
  title: 'Bridge open',
  text: 'It is open.',
})

/** What a store holds after a plan. */
function applied(plan: IngestPlan, known: readonly KnownArticle[] = []): KnownArticle[] {
  const stored = new Map(known.map((article) => [article.id, article]))
  for (const entry of plan.entries) {
    if (entry.kind === 'added') {
      const { article, key } = entry
      stored.set(article.id, { id: article.id, key, contentHashes: [entry.contentHash] })
    } else if (entry.kind === 'revised') {
      const old = stored.get(entry.knownId)!
      stored.set(old.id, { ...old, contentHashes: [...old.contentHashes, entry.contentHash] })
    }
  }
  return [...stored.values()]
}

describe('planIngest()', () => {
  test('adds what is new, one entry per incoming article', () => {
    const other = articleOf({ id: '3', text: 'A watch was found.' })
    const { entries } = planIngest([first, other], [])
    expect(entries.map(({ kind, article }) => `${kind} ${article.id}`)).toEqual(['added 1', 'added 3'])
  })

  test('takes other words at the same address for the next version', () => {
    const { entries } = planIngest([revised], applied(planIngest([first], [])))
    expect(entries).toMatchObject([{ kind: 'revised', knownId: '1', revision: 2 }])
  })

  test('folds duplicates within a batch', () => {
    const again = { ...first, id: 'again' }
    const { entries } = planIngest([first, again, revised, again], [])
    expect(entries.map(({ kind }) => kind)).toEqual(['added', 'unchanged', 'revised', 'unchanged'])
    expect(entries[3]).toMatchObject({ knownId: '1', revision: 1 })
  })

  test('changes nothing when the same articles come again', () => {
    const batch = [first, revised, articleOf({ id: '3', text: 'A watch was found.' })]
    const known = applied(planIngest(batch, []))
    const again = planIngest(batch, known)
    expect(again.entries.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged', 'unchanged'])
    expect(applied(again, known)).toEqual(known)
  })

  test('says nothing of a stored hash that another algorithm made', () => {
    const known = [{ id: 'old', key: articleKey(first), contentHashes: ['c0:123'] }]
    expect(planIngest([first], known).entries).toMatchObject([{ kind: 'unchanged', knownId: 'old' }])
  })
})

describe('articleKey()', () => {
  test('is the same for all addresses of one page', () => {
    const amp = articleOf({ id: '9', url: 'http://www.courier.example/bridge/amp/?fbclid=1', text: 'x' })
    expect(articleKey(amp)).toBe(articleKey(first))
  })

  test('does not take the front page of a site for the address of an article', () => {
    const [a, b] = ['One text.', 'Another text.'].map((text, n) =>
      articleOf({ id: `${n}`, url: 'https://courier.example/', text }),
    )
    expect(pageOf(a!)).toBeNull()
    expect(articleKey(a!)).not.toBe(articleKey(b!))
  })

  test('without an address tells publishers, titles and texts apart, but not white space', () => {
    const draft = { id: 'x', source: 'Courier', title: 'Bridge', text: 'Closed  today.' }
    const key = articleKey(articleOf(draft))
    expect(articleKey(articleOf({ ...draft, text: ' Closed today.\n' }))).toBe(key)
    for (const other of [{ source: 'Gazette' }, { title: 'Ferry' }, { text: 'Open today.' }]) {
      expect(articleKey(articleOf({ ...draft, ...other }))).not.toBe(key)
    }
  })
})

describe('contentHash()', () => {
  test('starts with its version and sees words, not white space or dates', () => {
    expect(contentHash(first).startsWith(`${CONTENT_HASH_VERSION}:`)).toBe(true)
    expect(contentHash({ ...first, text: 'The bridge\n is closed. ', publishedAtMs: 5 })).toBe(
      contentHash(first),
    )
    expect(contentHash({ ...first, text: 'The bridge was closed.' })).not.toBe(contentHash(first))
  })

  test('does not confuse title and text', () => {
    const moved = articleOf({ id: 'x', title: 'Bridge', text: 'closed The bridge is closed.' })
    expect(contentHash(moved)).not.toBe(contentHash(first))
  })
})
