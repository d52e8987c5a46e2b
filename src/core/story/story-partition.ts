import type { Article } from '../feed/article.ts'
import { createArticleIndex, MAX_CANDIDATES } from './article-index.ts'
import { FEATURE_COUNT } from './pair-features.ts'
import { strongestFeatures, whySentence, type PlacementReason } from './placement-reason.ts'
import { column, createRing } from './ring.ts'
import { createStoryClock } from './story-clock.ts'
import { createStoryGroups, type Arrival, type GroupMove, type StoryGroupOptions } from './story-groups.ts'
import { storyIdOf } from './story-id.ts'
import type { StoryModel } from './story-model.ts'
import { MAX_UNORDERED } from './time-order.ts'

/** Scores one measured pair; for measuring models on articles that they did not learn from. */
export type PairScorer = (row: Float32Array, offset: number, articleA: string, articleB: string) => number

/** Settings of a partition. */
export interface PartitionOptions extends StoryGroupOptions {
  readonly windowMs: number
  /** Articles that stay live whatever their age. */
  readonly minLive: number
  readonly maxLive: number
  readonly model: StoryModel
  readonly scorer?: PairScorer
}

/** An article's place after it was added, and what moved because of it. */
export interface PartitionChange {
  readonly story: string
  readonly moves: readonly { readonly articleId: string; readonly from: string; readonly to: string }[]
}

/** The live articles and stories of one language. */
export interface StoryPartition {
  readonly add: (article: Article, ties: Ties) => PartitionChange
  readonly restore: (article: Article, story: string, ties: Ties) => void
  /** Measures up to so many of the restored articles that may still move; `true` where more wait. `add` takes what is left. */
  readonly settleRestored: (maxArticles: number) => boolean
  readonly has: (articleId: string) => boolean
  readonly storyOf: (articleId: string) => string | null
  readonly membersOf: (story: string) => readonly string[]
  readonly merge: (articleA: string, articleB: string) => PartitionChange['moves']
  readonly part: (articleA: string, articleB: string) => PartitionChange['moves']
  readonly untie: (articleA: string, articleB: string) => void
  /** `null` for what is not among the latest {@link MAX_EXPLAINED} articles. */
  readonly explain: (articleId: string) => PlacementReason | null
  /** Ids that left the window since the last call. */
  readonly takeForgotten: () => readonly string[]
  readonly size: () => number
}

/** Live articles that an arrival belongs with or may not be with, by id. */
export interface Ties {
  readonly with: readonly string[]
  readonly without: readonly string[]
  /** Why it belongs with them, in plain words. */
  readonly because: string | null
}

/** Fewer distinct words tell no event: `Live`, `Sports news`. */
const MIN_WORDS = 3

/** While so few articles are live, all pairs are measured anew at each arrival, so that the order of the first ones says little. */
const SMALL_POOL = 24

/** Likely partners of an undated arrival that are measured anew with it: 0.5 ms each. */
const MAX_PARTNERS = 24

/** Names a pair of positions, in either order. */
function pairKey(a: number, b: number): number {
  return Math.max(a, b) * 2 ** 24 + Math.min(a, b)
}

interface Restored {
  readonly article: Article
  readonly story: string
  readonly ties: Ties
}

/** Log-odds of a pair that is no longer among the nearest. */
const UNSCORED = -4

const NO_EDGES: { edges: number[]; logOdds: number[] } = { edges: [], logOdds: [] }

/** Nearest articles whose measures are kept to explain. */
const KEPT_REASONS = 3
const TOLD_FEATURES = 6

/** Latest articles that can be explained with what was measured of them: 0.5 kB each. */
export const MAX_EXPLAINED = 4_096

/** Ids that left the window are let go in bulk. */
const MIN_DROPPED_IDS = 1_024

/** An empty partition. Articles of other languages must not be given to it. */
export function createStoryPartition(lang: string, options: PartitionOptions): StoryPartition {
  const { model } = options
  const index = createArticleIndex(lang, model.backgroundOf(lang))
  const tell = createStoryClock()
  const clock = column((n) => new Float64Array(n))
  const wordy = column((n) => new Uint8Array(n))
  const nearCount = column((n) => new Uint8Array(n))
  const nearArticle = column((n) => new Int32Array(n), KEPT_REASONS)
  const nearOdds = column((n) => new Float64Array(n), KEPT_REASONS)
  const nearRows = column((n) => new Float32Array(n), KEPT_REASONS * FEATURE_COUNT)
  const live = createRing([clock, wordy, nearCount, nearArticle, nearOdds], 1 << 8)
  const explained = createRing([nearRows], 1 << 8)
  let ids: string[] = []
  /** Position of the first of `ids`. */
  let idsFrom = 0
  const vetoes = new Map<number, string>()
  const positions = new Map<string, number>()
  const idOf = (position: number): string => ids[position - idsFrom] ?? ''
  const groups = createStoryGroups(options, (position, again) => storyIdOf(idOf(position), again))
  const { pairs } = index
  let forgotten: string[] = []
  /** Articles of an earlier run that may still move, and so are measured when all are there; from `restoredFrom` on. */
  let restored: Restored[] = []
  let restoredFrom = 0

  function measure(article: Article, ties: Ties, inFull = true): Arrival {
    const { publishedAtMs, clockMs } = tell(article.publishedAtMs)
    const position = inFull ? index.add(article, publishedAtMs) : index.addUnmeasured(article, publishedAtMs)
    const hasWords = index.wordsOf(position) >= MIN_WORDS
    live.reserve(index.oldest(), position + 1)
    explained.reserve(Math.max(index.oldest(), position + 1 - MAX_EXPLAINED), position + 1)
    const row = position & live.mask()
    clock.data[row] = clockMs
    wordy.data[row] = hasWords ? 1 : 0
    ids.push(article.id)
    if (ties.because !== null) vetoes.set(position, ties.because)
    const { edges, logOdds } = hasWords && inFull ? scorePairs(article.id) : NO_EDGES
    keepNearest(position, edges, logOdds)
    positions.set(article.id, position)
    return {
      position,
      clockMs,
      edges,
      logOdds,
      hasBody: index.hasBody(position),
      isDated: publishedAtMs !== null,
      settleAll: false,
      with: known(ties.with),
      without: known(ties.without),
    }
  }
  function scorePairs(articleId: string): { edges: number[]; logOdds: number[] } {
    const edges: number[] = []
    const logOdds: number[] = []
    for (let i = 0; i < pairs.count; i++) {
      const other = pairs.candidates[i] ?? 0
      if (wordy.data[other & live.mask()] === 0) continue
      measuredRow[edges.length] = i * FEATURE_COUNT
      edges.push(other)
      logOdds.push(
        options.scorer === undefined
          ? model.trees.score(pairs.features, i * FEATURE_COUNT)
          : options.scorer(pairs.features, i * FEATURE_COUNT, articleId, idOf(other)),
      )
    }
    return { edges, logOdds }
  }
  /** Keeps the measures of the most likely members of one story, to explain. */
  function keepNearest(position: number, edges: readonly number[], logOdds: readonly number[]): void {
    const row = position & live.mask()
    const told = position & explained.mask()
    let kept = 0
    for (; kept < KEPT_REASONS; kept++) {
      let best = -1
      for (let i = 0; i < edges.length; i++) {
        const isTaken = takenReasons.subarray(0, kept).includes(i)
        if (!isTaken && (best < 0 || (logOdds[i] ?? 0) > (logOdds[best] ?? 0))) best = i
      }
      if (best < 0) break
      takenReasons[kept] = best
      const at = row * KEPT_REASONS + kept
      nearArticle.data[at] = edges[best] ?? 0
      nearOdds.data[at] = logOdds[best] ?? 0
      const from = measuredRow[best] ?? 0
      nearRows.data.set(
        pairs.features.subarray(from, from + FEATURE_COUNT),
        (told * KEPT_REASONS + kept) * FEATURE_COUNT,
      )
    }
    nearCount.data[row] = kept
  }
  const takenReasons = new Int32Array(KEPT_REASONS)
  /** Where the features of each scored pair start. */
  const measuredRow = new Int32Array(MAX_CANDIDATES)
  /** Measures articles anew: of each pair the mean of what either of the two gives. */
  function scoresFrom(positions: Iterable<number>): Map<number, number> {
    const scores = new Map<number, number>()
    for (const position of positions) {
      index.measureAgain(position)
      const { edges, logOdds } = scorePairs(idOf(position))
      edges.forEach((edge, i) => {
        const key = pairKey(position, edge)
        const before = scores.get(key)
        const now = logOdds[i] ?? 0
        scores.set(key, before === undefined ? now : 0.5 * (before + now))
      })
    }
    return scores
  }
  /** Measures all pairs of a small pool anew: its first pairs were measured before anything was known of their surroundings. */
  function rescored(arrival: Arrival): Arrival {
    const wordyOnes: number[] = []
    for (let position = index.oldest(); position < index.next(); position++)
      if (wordy.data[position & live.mask()] !== 0) wordyOnes.push(position)
    const scores = scoresFrom(wordyOnes)
    const logOddsOf = (position: number, edge: number): number =>
      scores.get(pairKey(position, edge)) ?? UNSCORED
    groups.rescore(logOddsOf)
    const logOdds = arrival.edges.map((edge) => logOddsOf(arrival.position, edge))
    return { ...arrival, logOdds, settleAll: true }
  }
  /** Measures an arrival without a date and its likely partners anew: which articles came before tells nothing about them. */
  function rescoredAround(arrival: Arrival): Arrival {
    const { position, edges, logOdds } = arrival
    const likely = edges.filter((_, i) => (logOdds[i] ?? 0) >= options.threshold).slice(0, MAX_PARTNERS)
    if (likely.length === 0) return arrival
    const scores = scoresFrom([position, ...likely])
    groups.rescoreSome(likely, (from, edge, before) => scores.get(pairKey(from, edge)) ?? before)
    return {
      ...arrival,
      logOdds: edges.map((edge, i) => scores.get(pairKey(position, edge)) ?? logOdds[i] ?? UNSCORED),
    }
  }
  function inItsPool(arrival: Arrival): Arrival {
    if (isSmallPool()) return rescored(arrival)
    const isAgain = !arrival.isDated && index.next() - index.oldest() <= MAX_UNORDERED
    return isAgain ? rescoredAround(arrival) : arrival
  }
  /** Takes in articles of an earlier run that wait, measured in full since they may still move; `true` where more wait. */
  function settleRestored(maxArticles: number): boolean {
    const until = Math.min(restored.length, restoredFrom + maxArticles)
    while (restoredFrom < until) {
      const one = restored[restoredFrom++]
      if (one !== undefined) takeBack(one, true)
    }
    if (restoredFrom < restored.length) return true
    restored = []
    restoredFrom = 0
    return false
  }
  function takeRestored(): void {
    settleRestored(Number.POSITIVE_INFINITY)
  }
  function takeBack({ article, story, ties }: Restored, inFull: boolean): void {
    const arrival = measure(article, ties, inFull)
    groups.restore(inFull ? inItsPool(arrival) : arrival, story)
    shrink(arrival.clockMs)
  }
  /** Lets the oldest that waits in: so many came after it that it may not move. */
  function takeOldestBack(): void {
    const one = restored[restoredFrom++]
    if (one !== undefined) takeBack(one, false)
    if (restoredFrom < options.maxRevised) return
    restored = restored.slice(restoredFrom)
    restoredFrom = 0
  }
  function known(ids: readonly string[]): number[] {
    return ids.map((id) => positions.get(id)).filter((position) => position !== undefined)
  }

  function shrink(clockMs: number): void {
    let from = index.oldest()
    const next = index.next()
    const isOld = (position: number): boolean => {
      const count = next - position
      if (count <= options.minLive) return false
      const cameMs = clock.data[position & live.mask()] ?? 0
      return count > options.maxLive || (cameMs > 0 && clockMs - cameMs > options.windowMs)
    }
    while (from < next - 1 && isOld(from)) {
      const id = idOf(from)
      forgotten.push(id)
      if (positions.get(id) === from) positions.delete(id)
      vetoes.delete(from)
      from++
    }
    if (from === index.oldest()) return
    groups.dropBefore(from)
    index.dropBefore(from)
    if (from - idsFrom < MIN_DROPPED_IDS || (from - idsFrom) * 2 < ids.length) return
    ids = ids.slice(from - idsFrom)
    idsFrom = from
  }

  const named = (moves: readonly GroupMove[]): PartitionChange['moves'] =>
    moves.map(({ position, from, to }) => ({ articleId: idOf(position), from, to }))
  const storyOf = (articleId: string): string | null => groups.groupOf(positions.get(articleId) ?? -1) || null
  const tie =
    (change: (a: number, b: number) => GroupMove[]) =>
    (articleA: string, articleB: string): PartitionChange['moves'] =>
      named(change(positions.get(articleA) ?? -1, positions.get(articleB) ?? -1))

  return {
    add(article, ties) {
      takeRestored()
      const arrival = measure(article, ties)
      const moves = named(groups.add(inItsPool(arrival)))
      const story = groups.groupOf(arrival.position)
      shrink(arrival.clockMs)
      return { story, moves }
    },
    restore(article, story, ties) {
      restored.push({ article, story, ties })
      if (restored.length - restoredFrom > options.maxRevised) takeOldestBack()
    },
    settleRestored,
    has(articleId) {
      takeRestored()
      return positions.has(articleId)
    },
    storyOf(articleId) {
      takeRestored()
      return storyOf(articleId)
    },
    membersOf: (story) => groups.membersOf(story).map(idOf),
    merge: tie(groups.merge),
    part: tie(groups.part),
    untie(articleA, articleB) {
      groups.untie(positions.get(articleA) ?? -1, positions.get(articleB) ?? -1)
    },
    explain(articleId) {
      takeRestored()
      const position = positions.get(articleId)
      const story = storyOf(articleId)
      if (position === undefined || story === null || position < index.next() - MAX_EXPLAINED) return null
      const row = position & live.mask()
      const nearest = Array.from({ length: nearCount.data[row] ?? 0 }, (_, i) => i)
        .filter((i) => (nearArticle.data[row * KEPT_REASONS + i] ?? 0) >= index.oldest())
        .map((i) => memberOf(position, i, story))
      const reason = { story, threshold: options.threshold, nearest, veto: vetoes.get(position) ?? null }
      return { why: whySentence(reason, wordy.data[row] === 1), ...reason }
    },
    takeForgotten() {
      const taken = forgotten
      forgotten = []
      return taken
    },
    size() {
      takeRestored()
      return index.next() - index.oldest()
    },
  }

  function isSmallPool(): boolean {
    return index.next() - index.oldest() <= SMALL_POOL
  }

  function memberOf(position: number, i: number, story: string): PlacementReason['nearest'][number] {
    const at = (position & live.mask()) * KEPT_REASONS + i
    const other = nearArticle.data[at] ?? 0
    const from = ((position & explained.mask()) * KEPT_REASONS + i) * FEATURE_COUNT
    const row = nearRows.data.subarray(from, from + FEATURE_COUNT)
    const { byFeature } = model.trees.contributions(row, 0)
    return {
      articleId: idOf(other),
      logOdds: Math.round((nearOdds.data[at] ?? 0) * 1000) / 1000,
      features: strongestFeatures(row, byFeature, TOLD_FEATURES),
      inStory: groups.groupOf(other) === story,
    }
  }
}
