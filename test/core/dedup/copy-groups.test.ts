import { describe, expect, test } from 'vitest'
import {
  createCopyGroups,
  isEarlier,
  type CopyLink,
  type CopyMember,
} from '../../../src/core/dedup/copy-groups.ts'
import type { Copy } from '../../../src/core/dedup/copy.ts'

function member(id: string, order: number, more: Partial<CopyMember> = {}): CopyMember {
  return { id, order, publishedAtMs: null, names: [id], credits: [], ...more }
}

function link(other: CopyMember, more: Partial<CopyLink> = {}): CopyLink {
  return { other, kind: 'near', scores: { containment: 0.9 }, strength: 0.8, ...more }
}

const never = (): boolean => false
const short = (copies: readonly Copy[]): string[] =>
  copies.map(
    ({ articleId, copyOf, kind, via }) => `${articleId} ${kind} of ${copyOf}${via ? ` via ${via}` : ''}`,
  )

const a = member('a', 0)
const b = member('b', 1)
const c = member('c', 2)
const d = member('d', 3)

describe('isEarlier()', () => {
  test.each([
    ['the first to arrive', a, b, true],
    ['the older of two dated ones', { ...a, publishedAtMs: 20 }, { ...b, publishedAtMs: 10 }, false],
    ['the first to arrive where one is not dated', a, { ...b, publishedAtMs: 10 }, true],
    ['the first to arrive at equal dates', { ...b, publishedAtMs: 10 }, { ...a, publishedAtMs: 10 }, false],
    ['the credited one', { ...b, publishedAtMs: 20 }, { ...a, publishedAtMs: 10, credits: ['b'] }, true],
    ['none by credit where both credit', { ...a, credits: ['b'] }, { ...b, credits: ['a'] }, true],
  ])('prefers %s', (_, first, second, expected) => {
    expect(isEarlier(first, second)).toBe(expected)
    expect(isEarlier(second, first)).toBe(!expected)
  })

  test('asks the words only where no date tells', () => {
    expect(isEarlier(b, a, true)).toBe(true)
    expect(isEarlier({ ...b, publishedAtMs: 20 }, { ...a, publishedAtMs: 10 }, true)).toBe(false)
  })
})

describe('createCopyGroups()', () => {
  test('place() resolves a copy of a copy to the original and tells through which', () => {
    const groups = createCopyGroups()
    groups.place(b, [link(a)], never)
    expect(short(groups.place(c, [link(b)], never))).toEqual(['c near of a via b'])
  })

  test('place() links a part of a part only where it shares text with the original', () => {
    for (const shares of [true, false]) {
      const groups = createCopyGroups()
      groups.place(b, [link(a, { kind: 'syndicated', strength: 0.3 })], never)
      const copies = groups.place(c, [link(b, { kind: 'syndicated', strength: 0.3 })], () => shares)
      expect(copies).toHaveLength(shares ? 1 : 0)
    }
  })

  test('place() takes a text that is mostly in a part for another part unless the original says so', () => {
    for (const [strength, copies] of [
      [0.5, 0],
      [0.7, 1],
    ] as const) {
      const groups = createCopyGroups()
      groups.place(b, [link(a, { kind: 'syndicated', strength: 0.3 })], never)
      expect(groups.place(c, [link(b, { kind: 'syndicated', strength })], never)).toHaveLength(copies)
    }
  })

  test('place() calls no copy surer than the one it goes through', () => {
    const groups = createCopyGroups()
    groups.place(b, [link(a, { kind: 'rewrite', strength: 0.2 })], never)
    expect(short(groups.place(c, [link(b, { kind: 'near' })], never))).toEqual(['c rewrite of a via b'])
  })

  test('place() does not move a group by a text that has only a part of it', () => {
    const first = { ...d, publishedAtMs: 1 }
    for (const [strength, moved] of [
      [0.4, []],
      [0.5, ['b syndicated of d', 'c exact of d via b']],
    ] as const) {
      const groups = createCopyGroups()
      const later = { ...b, publishedAtMs: 9 }
      groups.place(c, [link(later, { kind: 'exact' })], never)
      const copies = groups.place(first, [link(later, { kind: 'syndicated', strength })], never)
      expect(short(copies)).toEqual(moved.map((line) => line.replace('exact', 'syndicated')))
    }
  })

  test('place() prefers shared text through a copy to mere likeness with the original', () => {
    const groups = createCopyGroups()
    groups.place(b, [link(a)], never)
    const copies = groups.place(c, [link(a, { kind: 'rewrite' }), link(b, { kind: 'near' })], never)
    expect(short(copies)).toEqual(['c near of a via b'])
  })

  test('place() moves all copies to a new original', () => {
    const groups = createCopyGroups()
    groups.place(c, [link(b, { kind: 'exact' })], never)
    const first = { ...d, publishedAtMs: 5 }
    const later = { ...a, publishedAtMs: 9 }
    groups.place(later, [], never)
    expect(short(groups.place(first, [link(later)], never))).toEqual(['a near of d'])
    const groups2 = createCopyGroups()
    groups2.place(b, [link(later, { kind: 'exact' })], never)
    expect(short(groups2.place(first, [link(later, { kind: 'syndicated' })], never))).toEqual([
      'a syndicated of d',
      'b syndicated of d via a',
    ])
  })

  test('place() brings the rewrites of a newcomer to the original that it joins', () => {
    const groups = createCopyGroups()
    groups.place(a, [], never)
    groups.place(b, [], never)
    const links = [
      link(a, { kind: 'syndicated' }),
      link(b, { kind: 'rewrite', strength: 0.2, isOtherSource: false }),
    ]
    expect(short(groups.place(c, links, never))).toEqual(['c syndicated of a', 'b rewrite of a via c'])
  })

  test('place() leaves a group that shares its text where a newcomer only says the same', () => {
    const groups = createCopyGroups()
    groups.place(c, [link(b)], never)
    const first = { ...d, publishedAtMs: 1 }
    const copies = groups.place(first, [link(b, { kind: 'rewrite', isOtherSource: false })], never)
    expect(copies).toEqual([])
  })

  test('place() keeps two originals apart that meet in one text', () => {
    const groups = createCopyGroups()
    const links = [
      link(a, { kind: 'syndicated', strength: 0.4 }),
      link(b, { kind: 'syndicated', strength: 0.3 }),
    ]
    expect(short(groups.place(c, links, never))).toEqual(['c syndicated of a'])
  })

  test('remove() keeps a gone original as the one that copies name', () => {
    const groups = createCopyGroups()
    groups.place(b, [link(a)], never)
    groups.remove(a)
    const older = { ...d, credits: [], publishedAtMs: 1 }
    expect(short(groups.place(older, [link(b)], never))).toEqual(['d near of a via b'])
  })

  describe('restore()', () => {
    const verdictOf = (articleId: string, copyOf: string): Copy => ({
      articleId,
      copyOf,
      kind: 'near',
      scores: {},
    })
    const liveAmong =
      (...members: readonly CopyMember[]) =>
      (id: string): CopyMember | undefined =>
        members.find((one) => one.id === id)

    test('ties a copy to its original, whichever of them comes back first', () => {
      const groups = createCopyGroups()
      expect(short(groups.restore(b, verdictOf('b', 'a'), liveAmong()))).toEqual([])
      expect(short(groups.restore(a, null, liveAmong(b)))).toEqual(['b near of a'])
      expect(short(groups.restore(c, verdictOf('c', 'a'), liveAmong(a, b)))).toEqual(['c near of a'])
      expect(short(groups.place(d, [link(b)], never))).toEqual(['d near of a via b'])
    })

    test('leads later copies to an original that never comes back', () => {
      const groups = createCopyGroups()
      groups.restore(b, verdictOf('b', 'a'), liveAmong())
      expect(short(groups.place(c, [link(b)], never))).toEqual(['c near of a via b'])
    })

    test('makes no chain of verdicts that contradict each other', () => {
      const groups = createCopyGroups()
      groups.restore(c, verdictOf('c', 'b'), liveAmong())
      expect(short(groups.restore(b, verdictOf('b', 'a'), liveAmong(c)))).toEqual(['c near of a via b'])
      expect(groups.restore(d, verdictOf('d', 'd'), liveAmong(b, c))).toEqual([])
      expect(short(groups.restore(a, null, liveAmong(b, c, d)))).toEqual(['b near of a', 'c near of a via b'])
    })
  })
})
