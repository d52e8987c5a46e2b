import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  overlayCorrections,
  type OverlayCorrection,
  type OverlayMember,
  type OverlayStory,
} from '../../../src/core/subscription/overlay-corrections.ts'

function story(id: string, ...members: readonly (string | [string, string])[]): OverlayStory<OverlayMember> {
  return {
    id,
    members: members.map((one) =>
      typeof one === 'string' ? { id: one, copyOf: null } : { id: one[0], copyOf: one[1] },
    ),
  }
}

const STORIES = [story('s1', 'a', 'b', ['b2', 'b'], 'c'), story('s2', 'd', 'e')]

function overlay(...corrections: readonly OverlayCorrection[]): Record<string, string> {
  const stories = overlayCorrections(
    STORIES,
    corrections,
    (member) => member,
    (a, b) => (a.id < b.id ? -1 : 1),
  )
  return Object.fromEntries(
    stories.map(({ id, members }) => [id, members.map((member) => member.id).join(' ')]),
  )
}

describe('overlayCorrections()', () => {
  it('joins the stories of linked articles under the id of the first', () => {
    expect(overlay({ id: 'k1', kind: 'must-link', articleIds: ['d', 'a'] })).toEqual({ s2: 'a b b2 c d e' })
  })

  it('cuts articles off into a story of their own, their copies with them', () => {
    expect(overlay({ id: 'k1', kind: 'cannot-link', articleIds: ['a', 'b'] })).toEqual({
      s1: 'a c',
      'cut-k1': 'b b2',
      s2: 'd e',
    })
  })

  it('lets the later word win', () => {
    const apart: OverlayCorrection = { id: 'k1', kind: 'cannot-link', articleIds: ['a', 'b', 'c'] }
    const again: OverlayCorrection = { id: 'k2', kind: 'must-link', articleIds: ['a', 'c'] }
    expect(overlay(apart)).toEqual({ s1: 'a', 'cut-k1': 'b b2 c', s2: 'd e' })
    expect(overlay(apart, again)).toEqual({ s1: 'a b b2 c', s2: 'd e' })
  })

  it('changes nothing for articles that are not there or not together', () => {
    const none = overlay()
    expect(overlay({ id: 'k1', kind: 'must-link', articleIds: ['a', 'x'] })).toEqual(none)
    expect(overlay({ id: 'k1', kind: 'cannot-link', articleIds: ['a', 'd'] })).toEqual(none)
    expect(overlay({ id: 'k1', kind: 'cannot-link', articleIds: ['x', 'a'] })).toEqual(none)
  })

  it('never loses or doubles an article', () => {
    const articleIds = fc.array(fc.constantFrom('a', 'b', 'b2', 'c', 'd', 'e', 'x'), {
      minLength: 2,
      maxLength: 4,
    })
    const kind = fc.constantFrom('must-link' as const, 'cannot-link' as const)
    fc.assert(
      fc.property(fc.array(fc.record({ kind, articleIds })), (drafts) => {
        const stories = overlay(...drafts.map((draft, at) => ({ ...draft, id: `k${at}` })))
        expect(Object.values(stories).join(' ').split(' ').sort()).toEqual(['a', 'b', 'b2', 'c', 'd', 'e'])
      }),
    )
  })
})
