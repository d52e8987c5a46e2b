import { expect, it } from 'vitest'
import { readBackground } from '../../../src/core/story/background-counts.ts'
import { hashText } from '../../../src/core/story/hash-text.ts'
import { createTermTable } from '../../../src/core/story/term-table.ts'

it('createTermTable() numbers terms from zero and knows them again after growing', () => {
  const table = createTermTable(null)
  const terms = Array.from({ length: 40_000 }, (_, n) => table.intern(hashText(`word ${n}`)))
  expect(terms).toEqual(Array.from({ length: 40_000 }, (_, n) => n))
  expect(table.intern(hashText('word 123'))).toBe(123)
  expect(table.size()).toBe(40_000)
})

it('createTermTable() calls a term rarer the fewer articles have it, and lets old articles fade', () => {
  const table = createTermTable(null)
  const [rare, common] = [table.intern(1), table.intern(2)]
  for (let n = 0; n < 100; n++) {
    table.articleStarts()
    table.count(common)
    if (n === 0) table.count(rare)
  }
  expect(table.rarity(rare)).toBeGreaterThan(table.rarity(common) + 3)
  const before = table.rarity(common)
  for (let n = 0; n < 16_000; n++) table.articleStarts()
  expect(table.rarity(common)).toBeGreaterThan(before + 3)
})

it('createTermTable() starts with the counts of a background', () => {
  const background = readBackground({ articles: 100, words: { '90:0': 'said', '2:10': 'tolmere varn' } })
  const table = createTermTable(background)
  const said = table.intern(hashText('said'))
  const varn = table.intern(hashText('varn'))
  expect(table.rarity(said)).toBeLessThan(1)
  expect(table.rarity(varn)).toBeGreaterThan(3)
  expect(table.capitals(varn)).toBeGreaterThan(0)
  expect(table.lowers(said)).toBeGreaterThan(table.capitals(said))
})
