import { describe, expect, it } from 'vitest'
import { printedTexts, publisherShares, storyDays, timeBars } from '../../../src/app/pages/printed-texts.ts'
import type { ArticleEntry } from '../../../src/app/ports/article-store.ts'

const NOON = Date.UTC(2026, 2, 10, 12)
const HOUR = 3_600_000

function entry(id: string, fields: Partial<ArticleEntry> = {}): ArticleEntry {
  return {
    ...{ id, url: null, title: `Title of ${id}`, outlet: `Outlet ${id}`, publisher: id, lang: 'en' },
    ...{ publishedAtMs: NOON, storyId: 's', copyOf: null, copyKind: null },
    ...fields,
  }
}

describe('printedTexts()', () => {
  it('puts copies under the text that they repeat, and those of a hidden text beside', () => {
    const copyOf = (id: string, of: string) => entry(id, { copyOf: of, copyKind: 'near' })
    const texts = printedTexts(
      [entry('a'), copyOf('b', 'a'), entry('c'), copyOf('d', 'gone')],
      new Set(['b']),
    )
    expect(texts.map(({ articleId, copies }) => [articleId, copies.map((copy) => copy.articleId)])).toEqual([
      ['a', ['b']],
      ['c', []],
      ['d', []],
    ])
    expect(texts[0]?.copies[0]).toMatchObject({ isNew: true, kind: 'near' })
  })

  it('counts copies that it does not list, and ends where copies go round in a ring', () => {
    const many = Array.from({ length: 30 }, (_, n) => entry(`c${n}`, { copyOf: 'a', copyKind: 'exact' }))
    const [text] = printedTexts([entry('a'), ...many], new Set())
    expect([text?.copies.length, text?.moreCopies]).toEqual([6, 24])
    const ring = [entry('x', { copyOf: 'y' }), entry('y', { copyOf: 'x' })]
    expect(printedTexts(ring, new Set())).toEqual([])
  })
})

describe('publisherShares()', () => {
  it('counts editions of one publisher once, most own texts first', () => {
    const shares = publisherShares([
      entry('a', { publisher: 'p' }),
      entry('b', { publisher: 'q', copyOf: 'a' }),
      entry('c', { publisher: 'p', copyOf: 'a' }),
    ])
    expect(shares).toEqual([
      { name: 'Outlet a', articles: 2, copies: 1 },
      { name: 'Outlet b', articles: 1, copies: 1 },
    ])
  })
})

describe('storyDays() and timeBars()', () => {
  it('leave the undated out', () => {
    const members = [
      entry('a'),
      entry('b', { publishedAtMs: null }),
      entry('c', { publishedAtMs: NOON + 20 * HOUR, copyOf: 'a' }),
    ]
    expect(
      storyDays(members).map(({ dayMs, counts }) => [new Date(dayMs).getUTCDate(), counts.articles]),
    ).toEqual([
      [10, 1],
      [11, 1],
    ])
    const bars = timeBars(members, 4)
    expect(bars.map(({ originals, copies }) => [originals, copies])).toEqual([
      [1, 0],
      [0, 0],
      [0, 0],
      [0, 1],
    ])
    expect(timeBars([entry('a'), entry('b')], 4)).toEqual([])
  })
})
