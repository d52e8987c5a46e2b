import { describe, expect, it } from 'vitest'
import type { RankedStory } from '../../../src/core/digest/rank-stories.ts'
import { relateStories } from '../../../src/core/digest/relate-stories.ts'
import { makeArticle } from '../../support/make-article.ts'

function story(id: string, title: string, text = ''): RankedStory {
  const member = { article: makeArticle({ id, title, text }), copyOf: null, copyKind: null, why: '' }
  return { story: { id, members: [member] }, score: 1, why: '' }
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
    const affairs = relateStories(OTHERS)
    expect(idsOf(affairs.map(({ head }) => head))).toEqual(idsOf(OTHERS))
    expect(affairs.every(({ related, left }) => related.length + left.length === 0)).toBe(true)
  })

  it('puts an affair under its best ranked story, three in all', () => {
    const [first, ...rest] = TORCH
    const affairs = relateStories([...OTHERS.slice(0, 2), first!, ...OTHERS.slice(2), ...rest])
    const affair = affairs[2]!
    expect(affairs).toHaveLength(6)
    expect([affair.head, ...affair.related].map((one) => one.story.id)).toEqual([
      'torch0',
      'torch1',
      'torch2',
    ])
    expect(idsOf(affair.left)).toEqual(['torch3'])
  })

  it('takes no story without words into an affair', () => {
    const affairs = relateStories([...OTHERS, story('e1', ''), story('e2', '')])
    expect(affairs).toHaveLength(7)
  })
})
