import { expect, it } from 'vitest'
import { createPages, pagedColumn } from '../../../src/core/story/pages.ts'

it('createPages() keeps each run within one page and uses pages that were given back', () => {
  const column = pagedColumn((length) => new Int32Array(length))
  const pages = createPages([column], 1_000)
  const runs: { page: number; base: number; value: number }[] = []
  for (let value = 1; value <= 200; value++) {
    pages.open(1_000)
    const run = { page: pages.page(), base: pages.base(), value }
    column.pages[run.page]?.fill(value, run.base, run.base + 1_000)
    runs.push(run)
  }
  for (const { page, base, value } of runs) {
    expect(column.pages[page]?.[base]).toBe(value)
    expect(column.pages[page]?.[base + 999]).toBe(value)
  }
  const first = column.pages[0]
  pages.dropBefore(2)
  expect(column.pages[0]).toBeUndefined()
  while (pages.page() < 8) pages.open(1_000)
  expect(column.pages.slice(2).includes(first)).toBe(true)
})

it('createPages() refuses a run that fits no page', () => {
  expect(() => {
    createPages([], 10).open(11)
  }).toThrow('Cannot keep a run of 11 numbers')
})
