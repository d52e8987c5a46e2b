import { describe, expect, it } from 'vitest'
import { FEATURE_COUNT, PAIR_FEATURES } from '../../../src/core/story/pair-features.ts'
import { shippedModel, treesByDates } from '../../../src/core/story/story-model.ts'
import { readTrees } from '../../../src/core/story/tree-ensemble.ts'

/** An ensemble of one leaf. */
function constant(value: number): ReturnType<typeof readTrees> {
  return readTrees({
    features: PAIR_FEATURES,
    bias: 0,
    roots: [0],
    feature: [-1],
    value: [value],
    left: [0],
  })
}

function row(values: Partial<Record<(typeof PAIR_FEATURES)[number], number>>): Float32Array {
  return Float32Array.from(PAIR_FEATURES, (name) => values[name] ?? -1)
}

describe('treesByDates()', () => {
  it.each([
    [2, 1],
    [1, -1],
    [0, -1],
  ])('scores a pair with %i dates by the trees for it', (dated, expected) => {
    const trees = treesByDates(constant(1), constant(-1))
    expect(trees.score(row({ dated }), 0)).toBe(expected)
    expect(trees.contributions(row({ dated }), 0).base).toBe(expected)
  })

  it('reads the row at the offset', () => {
    const rows = new Float32Array(2 * FEATURE_COUNT)
    rows.set(row({ dated: 0 }), 0)
    rows.set(row({ dated: 2 }), FEATURE_COUNT)
    expect(treesByDates(constant(1), constant(-1)).score(rows, FEATURE_COUNT)).toBe(1)
  })
})

describe('shippedModel()', () => {
  it('takes nothing from publishers where a date is missing', () => {
    const { trees } = shippedModel()
    for (const dated of [0, 1]) {
      const same = trees.score(row({ dated, words: 0.5, samePublisher: 1 }), 0)
      expect(trees.score(row({ dated, words: 0.5, samePublisher: 0 }), 0)).toBe(same)
      expect(trees.score(row({ dated, words: 0.5 }), 0)).toBe(same)
    }
  })

  it('has word counts of English alone', () => {
    expect(shippedModel().backgroundOf('en')).not.toBeNull()
    expect(shippedModel().backgroundOf('de')).toBeNull()
  })
})
