import { expect, it } from 'vitest'
import { readTrees, type StoredTrees } from '../../../src/core/story/tree-ensemble.ts'

const STORED: StoredTrees = {
  features: ['warm', 'wet'],
  bias: 0.5,
  roots: [0, 3],
  feature: [0, -1, -1, 1, -1, 0, -1, -1],
  value: [10, -1, 2, 5, 0.25, 20, 1, 3],
  left: [1, 0, 0, 4, 0, 6, 0, 0],
}

it('readTrees() scores a row by the sum of its leaves', () => {
  const trees = readTrees(STORED)
  expect(trees.score(Float32Array.of(10, 5), 0)).toBe(0.5 - 1 + 0.25)
  expect(trees.score(Float32Array.of(0, 0, 21, 6), 2)).toBe(0.5 + 2 + 3)
})

it('readTrees() splits the score into what each feature adds', () => {
  const trees = readTrees(STORED)
  for (const row of [Float32Array.of(3, 9), Float32Array.of(15, 9), Float32Array.of(30, 1)]) {
    const { base, byFeature } = trees.contributions(row, 0)
    expect(base + byFeature[0]! + byFeature[1]!).toBeCloseTo(trees.score(row, 0))
  }
})
