/** Gradient-boosted trees in their stored form: numbers in flat lists, all trees one after another. */
export interface StoredTrees {
  /** Names of the features in the order of a row; must equal those that the code measures. */
  readonly features: readonly string[]
  /** Added to the sum of the leaves. */
  readonly bias: number
  /** Where each tree starts in the lists below. */
  readonly roots: readonly number[]
  /** Feature that a node asks, or −1 for a leaf. */
  readonly feature: readonly number[]
  /** A node's threshold: left where `value <= threshold`. A leaf's value. */
  readonly value: readonly number[]
  /** A node's left child; its right child is the next one. */
  readonly left: readonly number[]
}

/** Scores rows of features: the log-odds that a pair tells one event. */
export interface TreeEnsemble {
  /** Log-odds of the row that starts at `offset`. About 1 µs a hundred trees. */
  readonly score: (row: Float32Array, offset: number) => number
  /** What each feature adds to the log-odds of one row, along the paths taken; with `base` they sum to the score. */
  readonly contributions: (
    row: Float32Array,
    offset: number,
  ) => { readonly base: number; readonly byFeature: Float64Array }
}

/** Trees ready to score, from their stored form. */
export function readTrees(stored: StoredTrees): TreeEnsemble {
  const roots = Int32Array.from(stored.roots)
  const feature = Int8Array.from(stored.feature)
  const value = Float32Array.from(stored.value)
  const left = Int32Array.from(stored.left)
  let expected: Float64Array | null = null
  return {
    score(row, offset) {
      let sum = stored.bias
      for (let tree = 0; tree < roots.length; tree++) {
        let node = roots[tree] ?? 0
        let asked = feature[node] ?? -1
        while (asked >= 0) {
          const next = left[node] ?? 0
          node = (row[offset + asked] ?? 0) <= (value[node] ?? 0) ? next : next + 1
          asked = feature[node] ?? -1
        }
        sum += value[node] ?? 0
      }
      return sum
    },
    contributions(row, offset) {
      expected ??= expectations(feature, value, left)
      const byFeature = new Float64Array(stored.features.length)
      let base = stored.bias
      for (const root of roots) {
        let node = root
        base += expected[node] ?? 0
        for (let asked = feature[node] ?? -1; asked >= 0; asked = feature[node] ?? -1) {
          const next = (left[node] ?? 0) + ((row[offset + asked] ?? 0) <= (value[node] ?? 0) ? 0 : 1)
          byFeature[asked] = (byFeature[asked] ?? 0) + (expected[next] ?? 0) - (expected[node] ?? 0)
          node = next
        }
      }
      return { base, byFeature }
    },
  }
}

/** The mean leaf below each node, both sides counted alike. Children always come after their parent. */
function expectations(feature: Int8Array, value: Float32Array, left: Int32Array): Float64Array {
  const expected = new Float64Array(feature.length)
  for (let node = feature.length - 1; node >= 0; node--) {
    const next = left[node] ?? 0
    const isLeaf = (feature[node] ?? -1) < 0
    expected[node] = isLeaf ? (value[node] ?? 0) : 0.5 * ((expected[next] ?? 0) + (expected[next + 1] ?? 0))
  }
  return expected
}
