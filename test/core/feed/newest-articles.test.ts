import { describe, expect, it } from 'vitest'
import { newestArticles } from '../../../src/core/feed/newest-articles.ts'

const draft = (id: string, published: string | null) => ({ id, title: `Story ${id}`, published })
const idsOf = (drafts: readonly { readonly id: string }[]) => drafts.map(({ id }) => id)

describe('newestArticles()', () => {
  it('newestArticles() takes the newest by date, in the order of the feed', () => {
    const drafts = [draft('a', '2026-03-01'), draft('b', '2026-03-03'), draft('c', '2026-03-02')]
    const { taken, problem } = newestArticles(drafts, 2)
    expect(idsOf(taken)).toEqual(['b', 'c'])
    expect(problem).toEqual(['feed lists 3 articles; the newest 2 are taken'])
  })

  it('newestArticles() takes the first of those without a date, after all with one', () => {
    const drafts = [draft('a', null), draft('b', 'soon'), draft('c', '2026-03-02')]
    expect(idsOf(newestArticles(drafts, 2).taken)).toEqual(['a', 'c'])
  })

  it('newestArticles() leaves a short listing as it is', () => {
    const drafts = [draft('a', null), draft('b', null)]
    expect(newestArticles(drafts, 2)).toEqual({ taken: drafts, problem: [] })
  })
})
