import type { Article } from '../feed/article.ts'
import { createArticleIndex } from './article-index.ts'
import { FEATURE_COUNT } from './pair-features.ts'
import {
  strongestFeatures,
  whySentence,
  type MeasuredMember,
  type PlacementReason,
} from './placement-reason.ts'
import { createStoryClock } from './story-clock.ts'
import { createStoryGroups, type Arrival, type GroupMove, type StoryGroupOptions } from './story-groups.ts'
import { storyIdOf } from './story-id.ts'
import type { StoryModel } from './story-model.ts'

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
  readonly restore: (article: Article, story: string) => void
  readonly has: (articleId: string) => boolean
  readonly storyOf: (articleId: string) => string | null
  readonly membersOf: (story: string) => readonly string[]
  readonly merge: (articleA: string, articleB: string) => PartitionChange['moves']
  readonly part: (articleA: string, articleB: string) => PartitionChange['moves']
  readonly untie: (articleA: string, articleB: string) => void
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

/** Log-odds of a pair that is no longer among the nearest. */
const UNSCORED = -4

const NO_TIES: Ties = { with: [], without: [], because: null }

const NO_EDGES: { edges: number[]; logOdds: number[] } = { edges: [], logOdds: [] }

/** Nearest articles whose measures are kept to explain. */
const KEPT_REASONS = 3
const TOLD_FEATURES = 6

interface LiveArticle {
  readonly id: string
  readonly clockMs: number
  readonly veto: string | null
  readonly hasWords: boolean
  readonly nearest: readonly { readonly position: number; readonly logOdds: number }[]
  /** Features of the nearest, one row after another. */
  readonly rows: Float32Array
}

/** An empty partition. Articles of other languages must not be given to it. */
export function createStoryPartition(lang: string, options: PartitionOptions): StoryPartition {
  const { model } = options
  const index = createArticleIndex(lang, model.backgroundOf(lang))
  const tell = createStoryClock()
  const live = new Map<number, LiveArticle>()
  const positions = new Map<string, number>()
  const groups = createStoryGroups(options, (position, again) =>
    storyIdOf(live.get(position)?.id ?? '', again),
  )
  const { pairs } = index
  let forgotten: string[] = []
  const restored: { readonly article: Article; readonly story: string }[] = []

  function measure(article: Article, ties: Ties, inFull = true): Arrival {
    const { publishedAtMs, clockMs } = tell(article.publishedAtMs)
    const position = inFull ? index.add(article, publishedAtMs) : index.addUnmeasured(article, publishedAtMs)
    const hasWords = index.wordsOf(position) >= MIN_WORDS
    const { edges, logOdds } = hasWords && inFull ? scorePairs(article.id) : NO_EDGES
    live.set(position, {
      id: article.id,
      clockMs,
      veto: ties.because,
      hasWords,
      ...nearestOf(edges, logOdds, pairs.features),
    })
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
      edges.push(other)
      logOdds.push(
        options.scorer === undefined
          ? model.trees.score(pairs.features, i * FEATURE_COUNT)
          : options.scorer(pairs.features, i * FEATURE_COUNT, articleId, live.get(other)?.id ?? ''),
      )
    }
    return { edges, logOdds }
  }
  /** Measures all pairs of a small pool anew: its first pairs were measured before anything was known of their surroundings. */
  function rescored(arrival: Arrival): Arrival {
    const scores = new Map<number, number>()
    for (const [position, { id, hasWords }] of live) {
      if (!hasWords) continue
      index.measureAgain(position)
      const { edges, logOdds } = scorePairs(id)
      edges.forEach((edge, i) => {
        const key = Math.max(position, edge) * 2 ** 24 + Math.min(position, edge)
        const before = scores.get(key)
        const now = logOdds[i] ?? 0
        scores.set(key, before === undefined ? now : 0.5 * (before + now))
      })
    }
    const logOddsOf = (position: number, edge: number): number =>
      scores.get(position * 2 ** 24 + edge) ?? UNSCORED
    groups.rescore(logOddsOf)
    const logOdds = arrival.edges.map((edge) => logOddsOf(arrival.position, edge))
    return { ...arrival, logOdds, settleAll: true }
  }
  /** Takes in the articles of an earlier run; only those that may still move are measured. */
  function takeRestored(): void {
    if (restored.length === 0) return
    const waiting = restored.splice(0)
    const firstFree = waiting.length - options.maxRevised
    waiting.forEach(({ article, story }, i) => {
      const arrival = measure(article, NO_TIES, i >= firstFree)
      groups.restore(arrival, story)
      shrink(arrival.clockMs)
    })
  }
  function known(ids: readonly string[]): number[] {
    return ids.map((id) => positions.get(id)).filter((position) => position !== undefined)
  }

  function shrink(clockMs: number): void {
    let from = index.oldest()
    const next = index.next()
    const isOld = (one: LiveArticle | undefined): boolean => {
      const count = next - from
      if (one === undefined || count <= options.minLive) return false
      return count > options.maxLive || (one.clockMs > 0 && clockMs - one.clockMs > options.windowMs)
    }
    while (from < next - 1 && isOld(live.get(from))) {
      const id = live.get(from)?.id ?? ''
      forgotten.push(id)
      if (positions.get(id) === from) positions.delete(id)
      from++
    }
    if (from === index.oldest()) return
    groups.dropBefore(from)
    for (let position = index.oldest(); position < from; position++) live.delete(position)
    index.dropBefore(from)
  }

  const named = (moves: readonly GroupMove[]): PartitionChange['moves'] =>
    moves.map(({ position, from, to }) => ({ articleId: live.get(position)?.id ?? '', from, to }))
  const storyOf = (articleId: string): string | null => groups.groupOf(positions.get(articleId) ?? -1) || null
  const tie =
    (change: (a: number, b: number) => GroupMove[]) =>
    (articleA: string, articleB: string): PartitionChange['moves'] =>
      named(change(positions.get(articleA) ?? -1, positions.get(articleB) ?? -1))

  return {
    add(article, ties) {
      takeRestored()
      const arrival = measure(article, ties)
      const moves = named(groups.add(live.size <= SMALL_POOL ? rescored(arrival) : arrival))
      const story = groups.groupOf(arrival.position)
      shrink(arrival.clockMs)
      return { story, moves }
    },
    restore(article, story) {
      restored.push({ article, story })
    },
    has(articleId) {
      takeRestored()
      return positions.has(articleId)
    },
    storyOf(articleId) {
      takeRestored()
      return storyOf(articleId)
    },
    membersOf: (story) => groups.membersOf(story).map((position) => live.get(position)?.id ?? ''),
    merge: tie(groups.merge),
    part: tie(groups.part),
    untie(articleA, articleB) {
      groups.untie(positions.get(articleA) ?? -1, positions.get(articleB) ?? -1)
    },
    explain(articleId) {
      takeRestored()
      const position = positions.get(articleId)
      const one = position === undefined ? undefined : live.get(position)
      const story = storyOf(articleId)
      if (one === undefined || story === null) return null
      const nearest = one.nearest
        .map(({ position: other, logOdds }, i) => ({
          ...memberOf(
            live.get(other)?.id ?? null,
            logOdds,
            one.rows.subarray(i * FEATURE_COUNT, (i + 1) * FEATURE_COUNT),
          ),
          inStory: groups.groupOf(other) === story,
        }))
        .filter(({ articleId: id }) => id !== '')
      const reason = { story, threshold: options.threshold, nearest, veto: one.veto }
      return { why: whySentence(reason, one.hasWords), ...reason }
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

  function memberOf(articleId: string | null, logOdds: number, row: Float32Array): MeasuredMember {
    const { byFeature } = model.trees.contributions(row, 0)
    return {
      articleId: articleId ?? '',
      logOdds: Math.round(logOdds * 1000) / 1000,
      features: strongestFeatures(row, byFeature, TOLD_FEATURES),
    }
  }
}

function nearestOf(
  edges: readonly number[],
  logOdds: readonly number[],
  features: Float32Array,
): Pick<LiveArticle, 'nearest' | 'rows'> {
  const best = logOdds
    .map((value, i) => ({ position: edges[i] ?? 0, logOdds: value, i }))
    .sort((a, b) => b.logOdds - a.logOdds || a.position - b.position)
    .slice(0, KEPT_REASONS)
  const rows = new Float32Array(best.length * FEATURE_COUNT)
  best.forEach(({ i }, at) => {
    rows.set(features.subarray(i * FEATURE_COUNT, (i + 1) * FEATURE_COUNT), at * FEATURE_COUNT)
  })
  return { nearest: best.map(({ position, logOdds: value }) => ({ position, logOdds: value })), rows }
}
