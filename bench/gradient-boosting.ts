import type { StoredTrees } from '../src/core/story/tree-ensemble.ts'

/** Rows to learn from: `count` rows of `width` features, labels 0/1 and weights. */
export interface TrainingRows {
  readonly count: number
  readonly width: number
  readonly values: Float32Array
  readonly labels: Uint8Array
  readonly weights: Float32Array
}

export interface BoostingOptions {
  readonly trees: number
  readonly leaves: number
  readonly rate: number
  readonly l2: number
  /** Least sum of row weights in a leaf. */
  readonly minLeafWeight: number
  readonly bins: number
  /** Features that may be asked; all where not given. */
  readonly features?: readonly number[]
}

interface Leaf {
  node: number
  start: number
  end: number
  histogram: Float64Array
  gain: number
  feature: number
  bin: number
}

/**
 * Gradient-boosted trees by histograms, grown leaf by leaf, for log loss. Deterministic: no sampling, ties to the lower feature and bin.
 * @returns trees in the stored form, without feature names
 */
export function boostTrees(rows: TrainingRows, options: BoostingOptions): Omit<StoredTrees, 'features'> {
  const { count, width } = rows
  const used = options.features ?? Array.from({ length: width }, (_, i) => i)
  const { codes, edges } = binned(rows, options.bins, used)
  const scores = new Float64Array(count)
  let positive = 0
  let total = 0
  for (let i = 0; i < count; i++) {
    total += rows.weights[i]!
    if (rows.labels[i] === 1) positive += rows.weights[i]!
  }
  const bias = Math.log(positive / (total - positive))
  scores.fill(bias)
  const gradient = new Float32Array(count)
  const hessian = new Float32Array(count)
  const order = new Int32Array(count)
  const spare = new Int32Array(count)
  const roots: number[] = []
  const feature: number[] = []
  const value: number[] = []
  const left: number[] = []
  const B = options.bins
  const size = used.length * B * 2

  function histogramOf(start: number, end: number): Float64Array {
    const h = new Float64Array(size)
    for (let u = 0; u < used.length; u++) {
      const column = codes[u]!
      const base = u * B * 2
      for (let i = start; i < end; i++) {
        const row = order[i]!
        const at = base + column[row]! * 2
        h[at] = h[at]! + gradient[row]!
        h[at + 1] = h[at + 1]! + hessian[row]!
      }
    }
    return h
  }
  function bestSplit(leaf: Leaf): void {
    leaf.gain = 0
    const h = leaf.histogram
    let G = 0
    let H = 0
    for (let b = 0; b < B; b++) {
      G += h[b * 2]!
      H += h[b * 2 + 1]!
    }
    const parent = (G * G) / (H + options.l2)
    for (let u = 0; u < used.length; u++) {
      let g = 0
      let w = 0
      const base = u * B * 2
      for (let b = 0; b < B - 1; b++) {
        g += h[base + b * 2]!
        w += h[base + b * 2 + 1]!
        if (w < options.minLeafWeight || H - w < options.minLeafWeight) continue
        const gain = (g * g) / (w + options.l2) + ((G - g) * (G - g)) / (H - w + options.l2) - parent
        if (gain > leaf.gain + 1e-9) {
          leaf.gain = gain
          leaf.feature = u
          leaf.bin = b
        }
      }
    }
  }
  for (let tree = 0; tree < options.trees; tree++) {
    for (let i = 0; i < count; i++) {
      const p = 1 / (1 + Math.exp(-scores[i]!))
      gradient[i] = rows.weights[i]! * (rows.labels[i]! - p)
      hessian[i] = rows.weights[i]! * Math.max(1e-6, p * (1 - p))
      order[i] = i
    }
    roots.push(feature.length)
    feature.push(-1)
    value.push(0)
    left.push(0)
    const first: Leaf = {
      node: feature.length - 1,
      start: 0,
      end: count,
      histogram: histogramOf(0, count),
      gain: 0,
      feature: -1,
      bin: 0,
    }
    bestSplit(first)
    const leaves = [first]
    while (leaves.length < options.leaves) {
      let chosen: Leaf | null = null
      for (const leaf of leaves)
        if (leaf.gain > 0 && (chosen === null || leaf.gain > chosen.gain)) chosen = leaf
      if (chosen === null) break
      const column = codes[chosen.feature]!
      let l = chosen.start
      let r = 0
      for (let i = chosen.start; i < chosen.end; i++) {
        const row = order[i]!
        if (column[row]! <= chosen.bin) order[l++] = row
        else spare[r++] = row
      }
      for (let i = 0; i < r; i++) order[l + i] = spare[i]!
      const a: Leaf = {
        node: feature.length,
        start: chosen.start,
        end: l,
        histogram: chosen.histogram,
        gain: 0,
        feature: -1,
        bin: 0,
      }
      const b: Leaf = {
        node: feature.length + 1,
        start: l,
        end: chosen.end,
        histogram: chosen.histogram,
        gain: 0,
        feature: -1,
        bin: 0,
      }
      feature.push(-1, -1)
      value.push(0, 0)
      left.push(0, 0)
      const small = a.end - a.start <= b.end - b.start ? a : b
      const large = small === a ? b : a
      small.histogram = histogramOf(small.start, small.end)
      const rest = chosen.histogram
      for (let i = 0; i < size; i++) rest[i] = rest[i]! - small.histogram[i]!
      large.histogram = rest
      feature[chosen.node] = used[chosen.feature]!
      value[chosen.node] = edges[chosen.feature]![chosen.bin]!
      left[chosen.node] = a.node
      leaves.splice(leaves.indexOf(chosen), 1, a, b)
      bestSplit(a)
      bestSplit(b)
    }
    for (const leaf of leaves) {
      let g = 0
      let h = 0
      for (let i = leaf.start; i < leaf.end; i++) {
        g += gradient[order[i]!]!
        h += hessian[order[i]!]!
      }
      const step = Number(((options.rate * g) / (h + options.l2)).toPrecision(4))
      value[leaf.node] = step
      for (let i = leaf.start; i < leaf.end; i++) scores[order[i]!] = scores[order[i]!]! + step
    }
  }
  return { bias: Number(bias.toPrecision(5)), roots, feature, value, left }
}

/** Bin codes per used feature, and the upper edge of each bin (quantiles of a fixed sample). */
function binned(
  rows: TrainingRows,
  bins: number,
  used: readonly number[],
): { codes: Uint8Array[]; edges: Float32Array[] } {
  const stride = Math.max(1, Math.floor(rows.count / 200_000))
  const codes: Uint8Array[] = []
  const edges: Float32Array[] = []
  for (const f of used) {
    const sample: number[] = []
    for (let i = 0; i < rows.count; i += stride) sample.push(rows.values[i * rows.width + f]!)
    const sorted = Float32Array.from(sample).sort()
    const cut: number[] = []
    for (let b = 1; b < bins; b++) {
      const edge = Math.fround(
        Number(sorted[Math.min(sorted.length - 1, Math.floor((b * sorted.length) / bins))]!.toPrecision(4)),
      )
      if (cut.length === 0 || edge > cut.at(-1)!) cut.push(edge)
    }
    const edge = Float32Array.from({ length: bins }, (_, b) => cut[b] ?? Number.POSITIVE_INFINITY)
    const code = new Uint8Array(rows.count)
    for (let i = 0; i < rows.count; i++) {
      const v = rows.values[i * rows.width + f]!
      let low = 0
      let high = cut.length
      while (low < high) {
        const mid = (low + high) >> 1
        if (v <= edge[mid]!) high = mid
        else low = mid + 1
      }
      code[i] = low
    }
    codes.push(code)
    edges.push(edge)
  }
  return { codes, edges }
}
