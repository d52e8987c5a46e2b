import type { Article } from '../feed/article.ts'

/**
 * The articles that speak for themselves: one for each group of copies, by index, in input order.
 *
 * Copies are those that `known` names (article id to source id), and articles whose 5-word runs lie mostly in another's; `tokens` are
 * the words of each article. Of a group stays its source, else the earliest that is no mere extract of another. O(total words).
 *
 * @see /docs/summary-model.md: four extra copies of one article cost 2.6 points of R-2 when they are counted as voices
 */
export function foldCopies(
  docs: readonly Article[],
  tokens: readonly Int32Array[],
  known: ReadonlyMap<string, string> = new Map(),
): number[] {
  const groups = docs.map((_, i) => i)
  joinKnown(docs, known, groups)
  joinContained(tokens, groups)
  const kept = new Map<number, number>()
  docs.forEach((_, i) => {
    const root = rootOf(groups, i)
    const other = kept.get(root)
    if (other === undefined || isBetter(docs, known, i, other)) kept.set(root, i)
  })
  return [...kept.values()].sort((a, b) => a - b)
}

/**
 * Share of the shorter article's 5-word runs that the longer one holds, from which both are one voice (0..1).
 *
 * Lower folds reports that only quote the same statement; higher lets edited wire copy count twice.
 */
export const MIN_COPY_CONTAINMENT = 0.6
const RUN_WORDS = 5
/** Fewer runs say nothing about copying; such articles are copies only of an identical text. */
const MIN_RUNS = 8
/** Words of an article that are compared at most. */
const MAX_WORDS = 3000

function rootOf(groups: number[], i: number): number {
  let root = i
  for (let up = groups[root] ?? root; up !== root; up = groups[root] ?? root) root = up
  return root
}

function join(groups: number[], a: number, b: number): void {
  const [low, high] = [rootOf(groups, a), rootOf(groups, b)].sort((x, y) => x - y)
  if (low !== undefined && high !== undefined) groups[high] = low
}

/** Articles with the same source are copies of each other, also where the source itself is not here. */
function joinKnown(docs: readonly Article[], known: ReadonlyMap<string, string>, groups: number[]): void {
  const firstOf = new Map<string, number>()
  docs.forEach((doc, i) => {
    const source = known.get(doc.id) ?? doc.id
    const first = firstOf.get(source)
    if (first === undefined) firstOf.set(source, i)
    else join(groups, first, i)
  })
}

function joinContained(tokens: readonly Int32Array[], groups: number[]): void {
  const runs = tokens.map(runsOf)
  const holders = new Map<number, number[]>()
  runs.forEach((set, i) => {
    for (const run of set) {
      const list = holders.get(run)
      if (list === undefined) holders.set(run, [i])
      else if (list.length < MAX_HOLDERS) list.push(i)
    }
  })
  for (const [pair, count] of sharedRuns(holders, tokens.length)) {
    const a = Math.floor(pair / tokens.length)
    const b = pair % tokens.length
    const smaller = Math.min(runs[a]?.size ?? 0, runs[b]?.size ?? 0)
    if (smaller >= MIN_RUNS && count >= smaller * MIN_COPY_CONTAINMENT) join(groups, a, b)
  }
  joinIdentical(tokens, groups)
}

/** A run that more articles than this hold is compared among the first of them only. */
const MAX_HOLDERS = 40

function sharedRuns(holders: ReadonlyMap<number, readonly number[]>, size: number): Map<number, number> {
  const shared = new Map<number, number>()
  for (const list of holders.values()) {
    for (let x = 0; x < list.length; x++) {
      for (let y = x + 1; y < list.length; y++) {
        const pair = (list[x] ?? 0) * size + (list[y] ?? 0)
        shared.set(pair, (shared.get(pair) ?? 0) + 1)
      }
    }
  }
  return shared
}

function joinIdentical(tokens: readonly Int32Array[], groups: number[]): void {
  const firstOf = new Map<string, number>()
  tokens.forEach((words, i) => {
    if (words.length > MIN_RUNS + RUN_WORDS) return
    const key = words.join(' ')
    const first = firstOf.get(key)
    if (first === undefined) firstOf.set(key, i)
    else join(groups, first, i)
  })
}

/** Hashes of the runs of {@link RUN_WORDS} words. */
function runsOf(tokens: Int32Array): Set<number> {
  const runs = new Set<number>()
  const size = Math.min(tokens.length, MAX_WORDS)
  for (let i = 0; i + RUN_WORDS <= size; i++) {
    let run = 0
    for (let k = 0; k < RUN_WORDS; k++) run = (Math.imul(run, 0x01000193) ^ (tokens[i + k] ?? 0)) | 0
    runs.add(run)
  }
  return runs
}

/** An article this much shorter than another of its group is an extract of it (0..1). */
const EXTRACT_SHARE = 0.6

function isBetter(
  docs: readonly Article[],
  known: ReadonlyMap<string, string>,
  i: number,
  other: number,
): boolean {
  const a = docs[i]
  const b = docs[other]
  if (a === undefined || b === undefined) return false
  if (known.has(a.id) !== known.has(b.id)) return known.has(b.id)
  const [longA, longB] = [a.text.length, b.text.length]
  if (Math.min(longA, longB) < Math.max(longA, longB) * EXTRACT_SHARE) return longA > longB
  return (a.publishedAtMs ?? Infinity) < (b.publishedAtMs ?? Infinity)
}
