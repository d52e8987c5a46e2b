/** The content words of a sentence given as tokens (function words left out), each once, ascending. */
export function contentWords(tokens: Int32Array, isFunction: Uint8Array): Int32Array {
  const content = new Set<number>()
  for (const token of tokens) if (isFunction[token] !== 1) content.add(token)
  return Int32Array.from(content).sort()
}

/** Cosine of two sets of words given ascending: 0 nothing in common, 1 the same. */
export function wordCosine(a: Int32Array, b: Int32Array): number {
  return a.length === 0 || b.length === 0 ? 0 : sharedCount(a, b) / Math.sqrt(a.length * b.length)
}

/** How many words two ascending sets share. */
export function sharedCount(a: Int32Array, b: Int32Array): number {
  let shared = 0
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const x = a[i] ?? 0
    const y = b[j] ?? 0
    if (x === y) shared++
    if (x <= y) i++
    if (y <= x) j++
  }
  return shared
}
