import type { Article } from '../feed/article.ts'

/**
 * The articles that speak for themselves: one for each group of copies, by index, in input order.
 *
 * Of a group the known source stays, else the article that holds most of the others. Copies are those of `known`, and articles
 * whose 5-word runs lie mostly in another's. O(total words + pairs that share a run).
 *
 * @see /docs/summary-model.md: four extra copies of one article cost 2.6 points of R-2 when they are counted as voices
 */
export function foldCopies(
  docs: readonly Article[],
  known: ReadonlyMap<string, string> = new Map(),
): number[] {
  const groups = docs.map((_, i) => i)
  joinKnown(docs, known, groups)
  joinContained(docs, groups)
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

function joinKnown(docs: readonly Article[], known: ReadonlyMap<string, string>, groups: number[]): void {
  if (known.size === 0) return
  const byId = new Map(docs.map((doc, i) => [doc.id, i]))
  docs.forEach((doc, i) => {
    const sourceId = known.get(doc.id)
    const source = sourceId === undefined ? undefined : byId.get(sourceId)
    if (source !== undefined) join(groups, i, source)
  })
}

function joinContained(docs: readonly Article[], groups: number[]): void {
  const runs = docs.map((doc) => runsOf(doc.text))
  const holders = new Map<number, number[]>()
  runs.forEach((set, i) => {
    for (const run of set) {
      const list = holders.get(run)
      if (list === undefined) holders.set(run, [i])
      else if (list.length < MAX_HOLDERS) list.push(i)
    }
  })
  const shared = sharedRuns(holders, docs.length)
  for (const [pair, count] of shared) {
    const a = Math.floor(pair / docs.length)
    const b = pair % docs.length
    const smaller = Math.min(runs[a]?.size ?? 0, runs[b]?.size ?? 0)
    if (smaller >= MIN_RUNS && count >= smaller * MIN_COPY_CONTAINMENT) join(groups, a, b)
  }
  joinIdentical(docs, groups)
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

function joinIdentical(docs: readonly Article[], groups: number[]): void {
  const firstOf = new Map<string, number>()
  docs.forEach((doc, i) => {
    const text = doc.text.trim()
    const first = firstOf.get(text)
    if (first === undefined) firstOf.set(text, i)
    else join(groups, first, i)
  })
}

/** Hashes of the runs of {@link RUN_WORDS} words; words of scripts without spaces are single characters. */
function runsOf(text: string): Set<number> {
  const found =
    text
      .slice(0, MAX_WORDS * 12)
      .toLowerCase()
      .match(RUN_WORD) ?? []
  const hashes = found.slice(0, MAX_WORDS).map(hashOf)
  const runs = new Set<number>()
  for (let i = 0; i + RUN_WORDS <= hashes.length; i++) {
    let run = 0
    for (let k = 0; k < RUN_WORDS; k++) run = (Math.imul(run, 31) + (hashes[i + k] ?? 0)) | 0
    runs.add(run)
  }
  return runs
}

const RUN_WORD = /[a-z0-9]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}]+/gu

function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193)
  return hash
}

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
  return false
}
