import { expect, it } from 'vitest'
import { column, createRing } from '../../../src/core/story/ring.ts'

it('createRing() keeps the newest stretch when it grows', () => {
  const one = column((length) => new Int32Array(length))
  const two = column((length) => new Float32Array(length), 2)
  const ring = createRing([one, two], 4)
  for (let position = 0; position < 50; position++) {
    ring.reserve(Math.max(0, position - 9), position + 1)
    one.data[position & ring.mask()] = position
    two.data[(position & ring.mask()) * 2 + 1] = position / 2
  }
  expect(ring.mask()).toBe(15)
  for (let position = 40; position < 50; position++) {
    expect(one.data[position & ring.mask()]).toBe(position)
    expect(two.data[(position & ring.mask()) * 2 + 1]).toBe(position / 2)
  }
})
