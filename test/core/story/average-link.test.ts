import { describe, expect, it } from 'vitest'
import {
  averageLink,
  createLinks,
  joinValue,
  type AverageLinkOptions,
  type LinkNode,
} from '../../../src/core/story/average-link.ts'

const PLAIN: AverageLinkOptions = {
  threshold: 0,
  unseenWeight: 0.3,
  unseenLogOdds: -4,
  measurablePerArticle: 8,
  sizePenalty: 0,
  maxDoublings: 2,
  gapPenalty: 0,
  undatedGapPenalty: 0,
  headlineGapPenalty: 0,
  undatedPenalty: 0,
  undatedLonePenalty: 0,
}

const ONE: LinkNode = { size: 1, withBody: 1, dated: 1, insideSum: 0, insideSeen: 0 }
const link = (a: number, b: number, sum: number) => ({ a, b, sum })

function linksOf(links: readonly ReturnType<typeof link>[]) {
  const made = createLinks()
  for (const { a, b, sum } of links) made.add(a, b, sum)
  return made
}

function groupsOf(
  count: number,
  links: ReturnType<typeof link>[],
  options: Partial<AverageLinkOptions> = {},
): number[] {
  return [
    ...averageLink(
      { nodes: Array.from({ length: count }, () => ONE), links: linksOf(links) },
      { ...PLAIN, ...options },
    ),
  ]
}

describe('averageLink()', () => {
  it('joins what reaches the threshold, best first', () => {
    expect(groupsOf(4, [link(0, 1, 3), link(2, 3, 2), link(1, 2, -3)])).toEqual([0, 0, 2, 2])
  })

  it('does not chain over one strong edge between groups', () => {
    const tight = [
      link(0, 1, 3),
      link(2, 3, 3),
      link(1, 2, 1),
      link(0, 2, -2),
      link(0, 3, -2),
      link(1, 3, -2),
    ]
    expect(groupsOf(4, tight)).toEqual([0, 0, 2, 2])
  })

  it('counts pairs that were never measured as a little evidence against', () => {
    expect(groupsOf(3, [link(0, 1, 3), link(1, 2, 1)], { unseenWeight: 1 })).toEqual([0, 0, 2])
    expect(groupsOf(3, [link(0, 1, 3), link(1, 2, 1)], { unseenWeight: 0 })).toEqual([0, 0, 0])
  })

  it('joins what belongs together and never what is forbidden', () => {
    const nodes = [ONE, ONE, ONE]
    const input = { nodes, links: linksOf([link(0, 1, 5), link(1, 2, 1)]), together: [[1, 2]] as const }
    const forbidden = (a: number, b: number): boolean => (a === 0 && b === 1) || (a === 1 && b === 0)
    expect([...averageLink({ ...input, forbidden }, PLAIN)]).toEqual([0, 1, 1])
  })

  it('groups many nodes as it groups few', () => {
    const pairs = Array.from({ length: 100 }, (_, i) => link(2 * i, 2 * i + 1, 1))
    const few = groupsOf(200, pairs)
    expect(groupsOf(400, pairs).slice(0, 200)).toEqual(few)
    expect(few.filter((root, node) => root === node)).toHaveLength(100)
  })

  it('gives the same groups for the links in any order', () => {
    const links = [link(0, 1, 1), link(1, 2, 1), link(2, 3, 1), link(0, 3, 1)]
    expect(groupsOf(4, links.toReversed(), { unseenWeight: 1 })).toEqual(
      groupsOf(4, links, { unseenWeight: 1 }),
    )
  })
})

describe('joinValue()', () => {
  it('asks more of two grown groups than of one article', () => {
    const grown = { ...ONE, size: 4, withBody: 4, dated: 4 }
    const options = { ...PLAIN, sizePenalty: 1, unseenWeight: 0 }
    expect(joinValue(grown, ONE, 4, 4, options)).toBe(1)
    expect(joinValue(grown, grown, 16, 16, options)).toBe(-1)
  })

  it('takes off a share of the drop below a tight group, more without dates', () => {
    const tight = { ...ONE, size: 2, withBody: 2, dated: 2, insideSum: 5, insideSeen: 1 }
    const options = { ...PLAIN, gapPenalty: 0.1, undatedGapPenalty: 0.6, unseenWeight: 0 }
    expect(joinValue(tight, ONE, 2, 2, options)).toBeCloseTo(1 - 0.1 * 4)
    expect(joinValue({ ...tight, dated: 0 }, ONE, 2, 2, options)).toBeCloseTo(1 - 0.3 * 4)
  })

  it('does not hold against large groups that most of their pairs were never measured', () => {
    const grown = { ...ONE, size: 100, withBody: 100, dated: 100 }
    const all = { ...PLAIN, measurablePerArticle: 100 }
    expect(joinValue(grown, grown, 800, 400, all)).toBeLessThan(-2)
    expect(joinValue(grown, grown, 800, 400, PLAIN)).toBeGreaterThan(
      joinValue(grown, grown, 800, 400, all) + 1,
    )
  })

  it('asks more of two lone articles without dates', () => {
    const options = { ...PLAIN, undatedLonePenalty: 1.5 }
    const undated = { ...ONE, dated: 0 }
    expect(joinValue(ONE, ONE, 2, 1, options)).toBe(2)
    expect(joinValue(undated, undated, 2, 1, options)).toBe(0.5)
  })

  it('is surer of the tightness of an undated group the more of its pairs were measured', () => {
    const options = { ...PLAIN, undatedGapPenalty: 1, unseenWeight: 0 }
    const pair = { ...ONE, size: 2, withBody: 2, dated: 0, insideSum: 4, insideSeen: 1 }
    const grown = { ...ONE, size: 4, withBody: 4, dated: 0, insideSum: 24, insideSeen: 6 }
    expect(joinValue(pair, ONE, 2, 2, options)).toBeGreaterThan(joinValue(grown, ONE, 4, 4, options))
  })
})
