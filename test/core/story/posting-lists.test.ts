import { describe, expect, it } from 'vitest'
import {
  createPostingLists,
  MAX_POSTINGS,
  type PostingLists,
  type Scores,
} from '../../../src/core/story/posting-lists.ts'

function found(lists: PostingLists, term: number, oldest = 0): [number, number][] {
  const into: Scores = { values: new Float32Array(4096), mask: 4095, touched: new Int32Array(2), count: 0 }
  lists.collect(term, 2, oldest, into)
  return Array.from(into.touched.subarray(0, into.count), (position) => [
    position,
    into.values[position] ?? 0,
  ])
}

describe('createPostingLists()', () => {
  it('gives the articles of a term with their weights, newest first', () => {
    const lists = createPostingLists()
    for (const position of [0, 1, 4]) lists.add(7, position, position + 1, 0)
    lists.add(8, 4, 1, 0)
    expect(found(lists, 7)).toEqual([
      [4, 10],
      [1, 4],
      [0, 2],
    ])
    expect(found(lists, 99)).toEqual([])
  })

  it('leaves out articles that are no longer live, and uses their room again', () => {
    const lists = createPostingLists()
    for (let position = 0; position < 1000; position++) lists.add(3, position, 1, position - 2)
    expect(found(lists, 3, 998).map(([position]) => position)).toEqual([999, 998])
  })

  it('keeps the newest articles of a frequent term', () => {
    const lists = createPostingLists()
    for (let position = 0; position < 2 * MAX_POSTINGS; position++) lists.add(1, position, 1, 0)
    const positions = found(lists, 1).map(([position]) => position)
    expect(positions).toHaveLength(MAX_POSTINGS)
    expect(positions.at(-1)).toBe(MAX_POSTINGS)
  })

  it('keeps the lists of terms that are numbered anew', () => {
    const lists = createPostingLists()
    for (let term = 0; term < 50; term++)
      for (let position = 0; position <= term; position++) lists.add(term, position, 1, 0)
    const places = Int32Array.from({ length: 50 }, (_, term) => (term % 2 === 0 ? term / 2 : -1))
    lists.renumber(places, 10)
    expect(found(lists, 20, 10).map(([position]) => position)).toEqual(
      Array.from({ length: 31 }, (_, i) => 40 - i),
    )
    expect(found(lists, 2, 10)).toEqual([])
    lists.add(20, 60, 1, 10)
    expect(found(lists, 20, 10)[0]).toEqual([60, 2])
  })
})
