import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCopyIndex, findCopies } from '../../src/core/dedup/copy-index.ts'
import { planIngest, type KnownArticle } from '../../src/core/dedup/plan-ingest.ts'
import { createArticle, type Article } from '../../src/core/feed/article.ts'
import { canonicalUrl } from '../../src/core/feed/canonical-url.ts'
import { outletOf } from '../../src/core/feed/publisher.ts'

const SYLLABLES = 'ba de fi go lu ma ne pi ro su ta ve wi xo zy'.split(' ')

/** Sentences of made-up words; the same number gives the same sentence. */
function sentence(seed: number): string {
  let state = seed * 7919 + 1
  const words = Array.from({ length: 14 }, () => {
    state = (state * 48271) % 2147483647
    const at = (shift: number): string => SYLLABLES[Math.floor(state / shift) % SYLLABLES.length]!
    return at(1) + at(15) + at(225) + at(3375)
  })
  return `${words.join(' ')}.`
}

/** Articles out of twelve sentences, so that they share text in every way. */
const articles = fc
  .array(
    fc.record({
      sentences: fc.array(fc.nat(12), { maxLength: 9 }),
      day: fc.option(fc.integer({ min: 1, max: 28 })),
      source: fc.constantFrom('Courier', 'Gazette', 'Reuters', ''),
      credit: fc.boolean(),
      page: fc.option(fc.nat(3)),
    }),
    { maxLength: 14 },
  )
  .map((rows) =>
    rows.map(({ sentences, day, source, credit, page }, n): Article => {
      const text = sentences.map(sentence).join('\n') + (credit ? '\nReuters contributed.' : '')
      const published = day === null ? null : `2031-05-${String(day).padStart(2, '0')}`
      const url = page === null ? null : `https://courier.example/${page}`
      return createArticle({ id: `${n}`, text, source, published, url, lang: 'en' })
    }),
  )

test('createCopyIndex() never names a copy, or the article itself, as an original', () => {
  fc.assert(
    fc.property(articles, fc.array(fc.nat(13), { maxLength: 5 }), (list, gone) => {
      const index = createCopyIndex()
      const verdicts = new Map<string, string>()
      for (const [n, article] of list.entries()) {
        for (const copy of index.add(article)) verdicts.set(copy.articleId, copy.copyOf)
        const forgotten = gone[n]
        if (forgotten !== undefined) index.forget(`${forgotten}`)
        for (const [id, original] of verdicts) {
          expect(original).not.toBe(id)
          expect(verdicts.has(original)).toBe(false)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('createCopyIndex() keeps what it tells and what it returns the same', () => {
  fc.assert(
    fc.property(articles, (list) => {
      const index = createCopyIndex()
      const told = new Map(
        list.flatMap((article) => index.add(article)).map((copy) => [copy.articleId, copy]),
      )
      expect(told).toEqual(findCopies(list))
      for (const { id } of list) expect(index.copyOf(id)).toEqual(told.get(id) ?? null)
    }),
    { numRuns: 40 },
  )
})

test('createCopyIndex() finds nothing once everything is forgotten', () => {
  fc.assert(
    fc.property(articles, (list) => {
      const index = createCopyIndex()
      for (const article of list) index.add(article)
      for (const { id } of list) index.forget(id)
      expect(index.size).toBe(0)
      for (const article of list.slice(0, 1)) expect(index.add({ ...article, id: 'new' })).toEqual([])
    }),
    { numRuns: 20 },
  )
})

test('createCopyIndex() and outletOf() take any text', () => {
  const text = fc.string({ unit: 'binary', maxLength: 300 })
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { maxLength: 6 }), (rows) => {
      const index = createCopyIndex()
      for (const [n, [body, source]] of rows.entries()) {
        index.add(createArticle({ id: `${n}`, text: body, title: source, source, url: `https://${source}` }))
        outletOf(source, body)
      }
      expect(index.size).toBe(rows.length)
    }),
    { numRuns: 25 },
  )
})

test('planIngest() of what it has just planned changes nothing', () => {
  fc.assert(
    fc.property(articles, (batch) => {
      const known = new Map<string, KnownArticle>()
      for (const entry of planIngest(batch, []).entries) {
        const { key, contentHash } = entry
        const id = entry.kind === 'added' ? entry.article.id : entry.knownId
        const hashes = known.get(id)?.contentHashes ?? []
        if (entry.kind !== 'unchanged') known.set(id, { id, key, contentHashes: [...hashes, contentHash] })
      }
      const again = planIngest(batch, [...known.values()])
      expect(again.entries.every(({ kind }) => kind === 'unchanged')).toBe(true)
      expect(again.entries).toHaveLength(batch.length)
    }),
  )
})

test('canonicalUrl() never throws and gives nothing new for its own result', () => {
  const part = fc.string({ unit: 'binary', maxLength: 20 })
  const query = fc.array(fc.tuple(fc.constantFrom('utm_source', 'amp', 'id', 'ref', '%E4'), part), {
    maxLength: 4,
  })
  fc.assert(
    fc.property(fc.webUrl(), part, query, (base, noise, pairs) => {
      for (const url of [noise, base + noise, `${base}?${pairs.map((pair) => pair.join('=')).join('&')}`]) {
        const once = canonicalUrl(url)
        if (once !== null) expect(canonicalUrl(once)).toBe(once)
      }
    }),
    { numRuns: 500 },
  )
})
