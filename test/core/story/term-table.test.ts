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

it('createTermTable() forgets faded terms that are not kept, and keeps what it knows of the others', () => {
  const background = readBackground({ articles: 100, words: { '90:0': 'said' } })
  const table = createTermTable(background)
  const kept = table.intern(hashText('kept'))
  const faded = table.intern(hashText('faded'))
  const frequent = table.intern(hashText('frequent'))
  for (let n = 0; n < 20_000; n++) {
    table.articleStarts()
    if (n === 0) for (const term of [kept, faded]) table.count(term)
    table.count(frequent)
  }
  const before = table.rarity(frequent)
  const keep = new Uint8Array(table.size())
  keep[kept] = 1
  const places = table.compact(keep)
  expect(places[faded]).toBe(-1)
  expect(table.size()).toBe(3)
  expect(table.intern(hashText('kept'))).toBe(places[kept])
  expect(table.intern(hashText('said'))).toBe(0)
  expect(table.rarity(places[frequent] ?? -1)).toBe(before)
  expect(table.intern(hashText('faded'))).toBe(3)
})
