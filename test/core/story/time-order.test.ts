import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../../src/core/feed/article.ts'
import { groupArticles } from '../../../src/core/story/group-articles.ts'
import { timeOrder } from '../../../src/core/story/time-order.ts'
import { fictionalEvents } from '../../support/fictional-events.ts'
import { makeArticle } from '../../support/make-article.ts'

const HOUR_MS = 3_600_000
const START_MS = Date.UTC(2026, 4, 4, 6)

function dated(id: string, publishedAtMs: number | null): Article {
  return { ...makeArticle({ id }), publishedAtMs }
}

function idsInOrder(articles: readonly Article[]): string {
  return timeOrder(articles)
    .map((place) => articles[place]?.id)
    .join(' ')
}

describe('timeOrder()', () => {
  it('puts an article that arrives late within an hour where it belongs, and equal dates by id', () => {
    const articles = [
      dated('b', START_MS + HOUR_MS),
      dated('a', START_MS),
      dated('d', START_MS + 2 * HOUR_MS),
      dated('c', START_MS + 2 * HOUR_MS),
    ]
    expect(idsInOrder(articles)).toBe('a b c d')
  })

  it('puts an article that is days late where it belongs', () => {
    const stream = Array.from({ length: 20 }, (_, n) =>
      dated(`n${String(n).padStart(2, '0')}`, START_MS + n * HOUR_MS),
    )
    const late = dated('late', START_MS - 9 * 24 * HOUR_MS)
    expect(timeOrder([...stream, late])[0]).toBe(20)
  })

  it('leaves a stream in its order, whole or in parts', () => {
    const dates = fc.oneof(
      fc.constantFrom(null, 0, Date.UTC(2099, 0), START_MS, Number.NaN),
      fc.integer({ min: START_MS - 40 * 24 * HOUR_MS, max: START_MS + 6 * HOUR_MS }),
    )
    fc.assert(
      fc.property(fc.array(dates, { maxLength: 60 }), fc.nat(60), fc.nat(60), (list, from, size) => {
        const mixed = list.map((publishedAtMs, n) => dated(`a${n}`, publishedAtMs))
        const stream = timeOrder(mixed).flatMap((at) => mixed[at] ?? [])
        for (const part of [stream, stream.slice(from, from + size)])
          expect(timeOrder(part)).toEqual(Array.from(part.keys()))
      }),
    )
  })

  it('puts undated articles last, and those of a long stream where they came', () => {
    expect(idsInOrder([dated('b', null), dated('c', START_MS), dated('a', null)])).toBe('c a b')
    const long = Array.from({ length: 1_600 }, (_, n) =>
      dated(`n${String(n).padStart(4, '0')}`, START_MS + n * HOUR_MS),
    )
    const mixed = [...long.slice(0, 800), dated('undated', null), ...long.slice(800)]
    expect(Math.abs(timeOrder(mixed).indexOf(800) - 800)).toBeLessThan(20)
  })

  it('is not led by dates that cannot be', () => {
    const stream = Array.from({ length: 10 }, (_, n) => dated(`n${n}`, START_MS + n * HOUR_MS))
    const order = timeOrder([dated('x', 0), dated('y', Date.UTC(2099, 0)), ...stream])
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from(order.keys()))
    expect(order.filter((place) => place > 1)).toEqual(Array.from({ length: 10 }, (_, n) => n + 2))
  })

  it('gives the same stories however the arrivals of an hour are shuffled', () => {
    const articles = fictionalEvents().map((article, n) => ({
      ...article,
      publishedAtMs: START_MS + n * 600_000,
    }))
    const partition = (list: readonly Article[]): string =>
      [...Map.groupBy(groupArticles(list), ({ story }) => story).values()]
        .map((members) =>
          members
            .map(({ id }) => id)
            .sort()
            .join(' '),
        )
        .sort()
        .join(' | ')
    const inOrder = partition(articles)
    fc.assert(
      fc.property(
        fc.array(fc.nat(HOUR_MS), { minLength: articles.length, maxLength: articles.length }),
        (delays) => {
          const arrivals = articles
            .map((article, n) => ({ article, atMs: article.publishedAtMs + (delays[n] ?? 0) }))
            .sort((a, b) => a.atMs - b.atMs)
          expect(partition(arrivals.map(({ article }) => article))).toBe(inOrder)
        },
      ),
      { numRuns: 12 },
    )
  })
})
