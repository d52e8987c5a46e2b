import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RankedStory } from '../../../src/core/digest/rank-stories.ts'
import { relateStories } from '../../../src/core/digest/relate-stories.ts'
import { makeArticle } from '../../support/make-article.ts'

function story(id: string, title: string, score = 1): RankedStory {
  const member = { article: makeArticle({ id, title, text: '' }), copyOf: null, copyKind: null, why: '' }
  return { story: { id, members: [member] }, score, why: '' }
}

const OTHERS = [
  'Bakers in Lissane ask for cheaper flour',
  'Library of Millcross opens on Sundays',
  'Frost kills blossom in the orchards',
  'New bridge over the Fenwick is late',
  'Schools in Brackwater get more teachers',
].map((title, at) => story(`other${at}`, title))

const TORCH = [
  'Olympia torch stolen',
  'Olympia torch found',
  'Olympia torch lit again',
  'Olympia torch arrives',
].map((title, at) => story(`torch${at}`, `${title} in Marholm`))

function idsOf(ranked: readonly RankedStory[]): string[] {
  return ranked.map((one) => one.story.id)
}

describe('relateStories()', () => {
  it('leaves strangers alone, in their order', () => {
    const affairs = relateStories(OTHERS, 10)
    expect(idsOf(affairs.map(({ head }) => head))).toEqual(idsOf(OTHERS))
    expect(affairs.every(({ related, left }) => related.length + left.length === 0)).toBe(true)
    expect(affairs.every(({ lowered }) => lowered === null)).toBe(true)
  })

  it('puts an affair under its best ranked story, three in all', () => {
    const [first, ...rest] = TORCH
    const affairs = relateStories([...OTHERS.slice(0, 2), first!, ...OTHERS.slice(2), ...rest], 6)
    const affair = affairs[2]!
    expect(affairs).toHaveLength(6)
    expect([affair.head, ...affair.related].map((one) => one.story.id)).toEqual([
      'torch0',
      'torch1',
      'torch2',
    ])
    expect(idsOf(affair.left)).toEqual(['torch3'])
  })

  it('gives an entry of its own to what finds no room under its heading, where one is free', () => {
    const affairs = relateStories([...TORCH, ...OTHERS], 10)
    expect(affairs[0]?.left).toEqual([])
    expect(affairs.at(-1)).toMatchObject({
      head: { story: { id: 'torch3' } },
      lowered: 'stands last, as place 1 tells its affair',
    })
  })

  it('gives every story an entry of its own where no headings are wanted, those of an affair told above last', () => {
    const affairs = relateStories([...TORCH, ...OTHERS], 10, 0)
    expect(idsOf(affairs.map(({ head }) => head))).toEqual([
      'torch0',
      ...idsOf(OTHERS),
      'torch1',
      'torch2',
      'torch3',
    ])
    expect(affairs.every(({ related }) => related.length === 0)).toBe(true)
  })

  it('takes no story without words into an affair', () => {
    const affairs = relateStories([...OTHERS, story('e1', ''), story('e2', '')], 10)
    expect(affairs).toHaveLength(7)
  })

  it('puts a story that is a little like one above it below its equals, and says so', () => {
    const ranked = [
      story('strike', 'Pilots of Marholm strike for higher wages', 3),
      story('talks', 'Marholm harbour gets a lighthouse of granite', 2.02),
      ...OTHERS.slice(0, 3).map((one) => ({ ...one, score: 2 })),
    ]
    const affairs = relateStories(ranked, 10)
    expect(idsOf(affairs.map(({ head }) => head))).toEqual(['strike', 'other0', 'other1', 'other2', 'talks'])
    expect(affairs.at(-1)?.lowered).toMatch(/^counts \d+ % less, being like place 1$/)
    expect(affairs.slice(0, -1).every(({ lowered }) => lowered === null)).toBe(true)
  })

  it('lowers a far greater story for no likeness that is too small to relate it', () => {
    const ranked = [
      story('strike', 'Pilots of Marholm strike for higher wages', 6),
      story('talks', 'Marholm harbour gets a lighthouse of granite', 5),
      ...OTHERS,
    ]
    expect(idsOf(relateStories(ranked, 10).map(({ head }) => head)).slice(0, 2)).toEqual(['strike', 'talks'])
  })

  it('says of a story that fell out of the digest why it stands lower', () => {
    const ranked = [
      story('strike', 'Pilots of Marholm strike for higher wages', 3),
      story('talks', 'Marholm harbour gets a lighthouse of granite', 2.02),
      ...OTHERS.map((one) => ({ ...one, score: 2 })),
    ]
    const affairs = relateStories(ranked, 3)
    expect(affairs[3]?.head.story.id).toBe('talks')
    expect(affairs[3]?.lowered).toContain('being like place 1')
  })

  it('looks for affairs among five stories for each entry; those below stand alone, last', () => {
    const affairs = relateStories([...OTHERS, ...TORCH], 1)
    expect(affairs).toHaveLength(9)
    expect(idsOf(affairs.map(({ head }) => head)).slice(5)).toEqual(idsOf(TORCH))
  })

  it('loses no story and tells none twice', () => {
    const stories = [...OTHERS, ...TORCH]
    fc.assert(
      fc.property(fc.shuffledSubarray(stories), fc.integer({ min: 1, max: 12 }), (ranked, maxEntries) => {
        const affairs = relateStories(ranked, maxEntries)
        const told = affairs.flatMap(({ head, related, left }) => [head, ...related, ...left])
        expect(idsOf(told).sort()).toEqual(idsOf(ranked).sort())
      }),
    )
  })
})
