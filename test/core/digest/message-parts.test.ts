import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packMessages } from '../../../src/core/digest/message-parts.ts'

const fitsThree = (sections: readonly string[]) => sections.length <= 3

describe('packMessages()', () => {
  it('keeps every section in order, each message within its limit', () => {
    const groups = fc.array(fc.array(fc.string(), { minLength: 1, maxLength: 6 }), { maxLength: 12 })
    fc.assert(
      fc.property(groups, (given) => {
        const drafts = packMessages(given, 'next-message', fitsThree)
        expect(drafts.flatMap(({ sections }) => sections)).toEqual(given.flat())
        expect(drafts.length).toBeGreaterThan(0)
        for (const { sections } of drafts) expect(sections.length).toBeLessThanOrEqual(3)
      }),
    )
  })

  it('tears no group apart that fits into one message', () => {
    const drafts = packMessages([['a', 'b'], ['c', 'd'], ['e']], 'thread', fitsThree)
    expect(drafts.map(({ sections }) => sections)).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ])
  })

  it('gives each group a message of its own where the rest are posts, and one message where there is nothing', () => {
    const drafts = packMessages([['a', 'b'], ['c'], ['d', 'e', 'f', 'g']], 'post', fitsThree)
    expect(drafts.map(({ sections }) => sections)).toEqual([['a', 'b'], ['c'], ['d', 'e', 'f'], ['g']])
    expect(packMessages([], 'post', fitsThree)).toEqual([{ sections: [], foot: null, inThread: false }])
  })

  it.each([
    ['thread', ['3 more stories in the thread', '1 more story below', null], [false, true, true]],
    ['next-message', ['3 more stories below', '1 more story below', null], [false, false, false]],
    ['post', ['3 more stories, each on its own', null, null], [false, false, false]],
    ['drop', ['3 more stories found no room here'], [false]],
  ] as const)('says what becomes of the rest: %s', (overflow, feet, inThread) => {
    const drafts = packMessages([['a', 'b'], ['c', 'd'], ['e']], overflow, (all) => all.length <= 2)
    expect(drafts.map(({ foot }) => foot)).toEqual(feet)
    expect(drafts.map((draft) => draft.inThread)).toEqual(inThread)
  })
})
