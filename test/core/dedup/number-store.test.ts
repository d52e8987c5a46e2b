import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createNumberStore } from '../../../src/core/dedup/number-store.ts'

it('createNumberStore() keeps every list as it was until it is given back', () => {
  const steps = fc.array(fc.tuple(fc.boolean(), fc.nat(700), fc.nat(30)), { maxLength: 120 })
  fc.assert(
    fc.property(steps, (all) => {
      const store = createNumberStore()
      const held: { list: Uint32Array; expected: Uint32Array }[] = []
      all.forEach(([gives, length, which], n) => {
        const [back] = gives && held.length > 0 ? held.splice(which % held.length, 1) : []
        if (back !== undefined) store.release(back.list)
        const expected = Uint32Array.from({ length }, (_, i) => n * 1_000 + i)
        held.push({ list: store.keep(expected), expected })
      })
      for (const { list, expected } of held) expect(list).toEqual(expected)
    }),
    { numRuns: 40 },
  )
})

it('createNumberStore() uses a place again', () => {
  const store = createNumberStore()
  const first = store.keep(new Uint32Array(100))
  store.release(first)
  const second = store.keep(Uint32Array.of(...Array.from({ length: 120 }, (_, i) => i)))
  expect(second.byteOffset).toBe(first.byteOffset)
  expect(second.buffer).toBe(first.buffer)
})
