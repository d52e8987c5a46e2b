import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFingerprintTable } from '../../../src/core/dedup/fingerprint-table.ts'

const MAX_PER_HASH = 3

describe('createFingerprintTable()', () => {
  test('collectAndAdd() gives the slots that were there before', () => {
    const table = createFingerprintTable(MAX_PER_HASH)
    const into = new Int32Array(MAX_PER_HASH)
    expect(table.collectAndAdd(7, 10, into)).toBe(0)
    expect(table.collectAndAdd(7, 11, into)).toBe(1)
    expect(into[0]).toBe(10)
    expect(table.size).toBe(2)
  })

  test('collectAndAdd() keeps no more than the limit of one hash', () => {
    const table = createFingerprintTable(MAX_PER_HASH)
    const into = new Int32Array(MAX_PER_HASH)
    for (let slot = 0; slot < 9; slot++) table.collectAndAdd(7, slot, into)
    expect(table.size).toBe(MAX_PER_HASH)
    expect(table.collect(7, into)).toBe(MAX_PER_HASH)
  })

  test('holds what a plain map holds after any adds and removals', () => {
    const step = fc.record({ add: fc.boolean(), hash: fc.nat(400), slot: fc.nat(5) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3_000, minLength: 500 }), (steps) => {
        const table = createFingerprintTable(100)
        const model = new Set<string>()
        const into = new Int32Array(100)
        for (const { add, hash, slot } of steps) {
          // Multiples crowd the same places, so that removal has gaps to close.
          const key = hash * 0x10001
          if (add) table.collectAndAdd(key, slot, into)
          else table.remove(key, slot)
          if (add) model.add(`${key} ${slot}`)
          else model.delete(`${key} ${slot}`)
        }
        expect(table.size).toBe(model.size)
        for (let hash = 0; hash <= 400; hash++) {
          const count = table.collect(hash * 0x10001, into)
          const slots = [...into.slice(0, count)]
          expect(new Set(slots).size).toBe(count)
          for (const slot of slots) expect(model.has(`${hash * 0x10001} ${slot}`)).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })
})
