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

/** Leaves of one tree: as many as an integer has bits. */
export const MAX_LEAVES = 32

/** Trees ready to score, from their stored form. @throws where a tree has more than {@link MAX_LEAVES} leaves */
export function readTrees(stored: StoredTrees): TreeEnsemble {
  const roots = Int32Array.from(stored.roots)
  const feature = Int8Array.from(stored.feature)
  const value = Float32Array.from(stored.value)
  const left = Int32Array.from(stored.left)
  const tests = testsByFeature({ roots, feature, value, left })
  const reach = new Int32Array(roots.length)
  let expected: Float64Array | null = null
  return {
    score(row, offset) {
      const { start, threshold, tree, passes, leaves } = tests
      reach.fill(-1)
      for (let asked = 0; asked + 1 < start.length; asked++) {
        const x = row[offset + asked] ?? 0
        const end = start[asked + 1] ?? 0
        for (let i = start[asked] ?? 0; i < end && !(x <= (threshold[i] ?? 0)); i++) {
          const at = tree[i] ?? 0
          reach[at] = (reach[at] ?? 0) & (passes[i] ?? 0)
        }
      }
      let sum = stored.bias
      for (let at = 0; at < reach.length; at++) {
        const open = reach[at] ?? 0
        sum += leaves[at * MAX_LEAVES + 31 - Math.clz32(open & -open)] ?? 0
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

interface Nodes {
  readonly roots: Int32Array
  readonly feature: Int8Array
  readonly value: Float32Array
  readonly left: Int32Array
}

/** All questions of all trees, those of one feature together, by rising threshold. */
interface Tests {
  /** Where the questions of a feature start; one more entry ends the last. */
  readonly start: Int32Array
  readonly threshold: Float32Array
  readonly tree: Int32Array
  /** Leaves of the tree, as bits, that stay within reach where the answer is "more than the threshold". */
  readonly passes: Int32Array
  /** Values of the leaves of each tree from left to right, {@link MAX_LEAVES} places a tree. */
  readonly leaves: Float32Array
}

/**
 * A row is scored without walking: of each feature only the questions that it exceeds are visited, each of which rules out the
 * leaves on its left; the first leaf that is left is the row's. No branch that the processor cannot foresee, three times faster
 * than walking. Source: QuickScorer (Lucchese and others 2015).
 */
function testsByFeature({ roots, feature, value, left }: Nodes): Tests {
  const found: { asked: number; threshold: number; tree: number; passes: number }[] = []
  const leaves = new Float32Array(roots.length * MAX_LEAVES)
  const visit = (node: number, tree: number, firstLeaf: number): number => {
    const asked = feature[node] ?? -1
    if (asked < 0) {
      if (firstLeaf >= MAX_LEAVES)
        throw new Error(`Cannot read trees: tree ${tree} has over ${MAX_LEAVES} leaves`)
      leaves[tree * MAX_LEAVES + firstLeaf] = value[node] ?? 0
      return firstLeaf + 1
    }
    const next = left[node] ?? 0
    const middle = visit(next, tree, firstLeaf)
    let ruledOut = 0
    for (let leaf = firstLeaf; leaf < middle; leaf++) ruledOut |= 1 << leaf
    found.push({ asked, threshold: value[node] ?? 0, tree, passes: ~ruledOut })
    return visit(next + 1, tree, middle)
  }
  roots.forEach((root, tree) => visit(root, tree, 0))
  found.sort((a, b) => a.asked - b.asked || a.threshold - b.threshold || a.tree - b.tree)
  const features = found.reduce((most, { asked }) => Math.max(most, asked + 1), 0)
  const start = new Int32Array(features + 1)
  for (const { asked } of found) start[asked + 1] = (start[asked + 1] ?? 0) + 1
  for (let i = 1; i <= features; i++) start[i] = (start[i] ?? 0) + (start[i - 1] ?? 0)
  return {
    start,
    threshold: Float32Array.from(found, ({ threshold }) => threshold),
    tree: Int32Array.from(found, ({ tree }) => tree),
    passes: Int32Array.from(found, ({ passes }) => passes),
    leaves,
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
