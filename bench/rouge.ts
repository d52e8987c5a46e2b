import stemmers from 'natural/lib/natural/stemmers/index.js'

/** Recall and F1 of one summary against its references, 0..1. */
export interface RougeScore {
  readonly recall: number
  readonly f1: number
}

/** ROUGE-N after ROUGE-1.5.5: counts pooled over references, the summary cut at `maxWords` (0: not cut). */
export function rougeN(
  n: number,
  summary: string,
  references: readonly string[],
  options: RougeOptions,
): RougeScore {
  const own = gramsOf(cut(summary, options.maxWords), n, options)
  let hits = 0
  let wanted = 0
  let given = 0
  for (const reference of references) {
    const gold = gramsOf(cut(reference, options.maxWords), n, options)
    for (const [gram, times] of gold.counts) hits += Math.min(times, own.counts.get(gram) ?? 0)
    wanted += gold.total
    given += own.total
  }
  const recall = wanted === 0 ? 0 : hits / wanted
  const precision = given === 0 ? 0 : hits / given
  return { recall, f1: recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision) }
}

/** How words are read. */
export interface RougeOptions {
  readonly maxWords: number
  readonly stem?: boolean
  /** Letters of every script, not only `a-z`. */
  readonly unicode?: boolean
}

function cut(text: string, maxWords: number): string {
  const words = text
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '')
  return (maxWords > 0 ? words.slice(0, maxWords) : words).join(' ')
}

/** The word pairs of a text as ROUGE reads them. */
export function rougeTokens(text: string, options: Omit<RougeOptions, 'maxWords'>): string[] {
  const found =
    options.unicode === true
      ? (text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [])
      : (text.toLowerCase().match(/[a-z0-9]+/gu) ?? [])
  if (options.stem !== true) return found
  return found.map((word) => (word.length > 3 ? stemmers.PorterStemmer.stem(word) : word))
}

function gramsOf(
  text: string,
  n: number,
  options: RougeOptions,
): { counts: Map<string, number>; total: number } {
  const tokens = rougeTokens(text, options)
  const counts = new Map<string, number>()
  for (let i = 0; i + n <= tokens.length; i++) {
    const gram = tokens.slice(i, i + n).join(' ')
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return { counts, total: Math.max(0, tokens.length - n + 1) }
}
