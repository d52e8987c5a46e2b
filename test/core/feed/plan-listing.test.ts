import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ArticleDraft } from '../../../src/core/feed/article.ts'
import { listArticles, ownedId, planListing } from '../../../src/core/feed/plan-listing.ts'

const draft = (id: string, title: string, text: string): ArticleDraft => ({ id, title, text })

describe('listArticles()', () => {
  test('lists each key once and tells title and text apart', () => {
    const listed = listArticles([draft('a', 'xy', 'z'), draft('b', 'x', 'yz'), draft('a', 'later', '')])
    expect(listed.map(({ key }) => key)).toEqual(['a', 'b'])
    expect(listed[0]?.contentHash).not.toBe(listed[1]?.contentHash)
  })

  test('hashes the content alone', () => {
    const [one] = listArticles([
      { ...draft('a', 't', 'x'), published: '2026-05-04', url: 'https://a.example/' },
    ])
    const [two] = listArticles([{ ...draft('b', 't', 'x'), published: null, url: null }])
    expect(one?.contentHash).toBe(two?.contentHash)
  })
})

describe('planListing()', () => {
  test('parts new, changed and known articles', () => {
    const before = listArticles([draft('same', 't', 'x'), draft('changed', 't', 'x')])
    const known = before.map((one) => ({ ...one, id: `id-${one.key}`, revision: 3 }))
    const plan = planListing(
      listArticles([draft('same', 't', 'x'), draft('changed', 't', 'y'), draft('new', '', 'z')]),
      known,
    )
    expect(plan.added.map(({ key }) => key)).toEqual(['new'])
    expect(plan.revised).toMatchObject([{ key: 'changed', id: 'id-changed', revision: 4 }])
    expect(plan.unchanged).toEqual(['same'])
  })

  test('plans nothing once a plan is applied', () => {
    const drafts = fc.array(
      fc.record({ id: fc.string({ maxLength: 2 }), title: fc.string(), text: fc.string() }),
    )
    fc.assert(
      fc.property(drafts, drafts, (first, then) => {
        const before = listArticles(first).map((one) => ({ ...one, id: one.key, revision: 1 }))
        const plan = planListing(listArticles(then), before)
        const saved = [...plan.added.map((one) => ({ ...one, id: one.key, revision: 1 })), ...plan.revised]
        const after = [...before.filter(({ key }) => !saved.some((one) => one.key === key)), ...saved]
        expect(planListing(listArticles(then), after)).toMatchObject({ added: [], revised: [] })
      }),
    )
  })
})

describe('ownedId()', () => {
  test('is the key for the operator, and another for each tenant', () => {
    expect(ownedId('k', null)).toBe('k')
    expect(new Set([ownedId('k', null), ownedId('k', 'one'), ownedId('k', 'two')]).size).toBe(3)
    expect(ownedId('k', 'one')).toBe(ownedId('k', 'one'))
  })
})
