import { createCopyIndex } from '../dedup/copy-index.ts'
import type { Copy } from '../dedup/copy.ts'
import type { Article } from '../feed/article.ts'
import type { PlacementReason } from './placement-reason.ts'
import type { StoryCorrection } from './story-correction.ts'
import { shippedModel, type StoryModel } from './story-model.ts'
import { timeOrder } from './time-order.ts'
import { createStoryPartition, type PairScorer, type StoryPartition, type Ties } from './story-partition.ts'

/** Settings of {@link createStoryEngine}; the defaults are one setting for every kind of news. */
export interface StoryEngineOptions {
  /** Articles stay live for this long in stream time. Default {@link WINDOW_MS}. */
  readonly windowMs?: number
  /** Articles of one language that stay live whatever their age. Default {@link MIN_LIVE}. */
  readonly minLive?: number
  /** Most live articles of one language. Default {@link MAX_LIVE}. */
  readonly maxLive?: number
  /** Log-odds from which two groups are one story. Default {@link JOIN_LOG_ODDS}. */
  readonly threshold?: number
  readonly model?: StoryModel
  /** Replaces the model's trees when models are measured. */
  readonly scorer?: PairScorer
}

/** Where a step put an article. */
export interface StoryPlacement {
  readonly articleId: string
  readonly story: string
}

/** That an article changed its story after it was first placed; its own or a manager's late insight. */
export interface StoryMove {
  readonly articleId: string
  readonly from: string
  readonly to: string
  /** One plain sentence. */
  readonly reason: string
}

/** Everything that one step decided. */
export interface StoryStepResult {
  /** Every article of the step, in input order, where it stands at the step's end. */
  readonly placements: readonly StoryPlacement[]
  /** Changes of articles of this and earlier steps, in order. */
  readonly moves: readonly StoryMove[]
  /** Verdicts on copies that this step found or changed. */
  readonly copies: readonly Copy[]
  /** Stories that ended because all their live articles went elsewhere: who asks for `from` gets `to`. */
  readonly redirects: readonly { readonly from: string; readonly to: string }[]
}

/** Groups a stream of articles into stories, step by step. */
export interface StoryEngine {
  /**
   * Places articles, those of one step in order of time; an id that is live already stays where it is. Of articles that come in
   * order of time the cut into steps changes nothing but when results are told. About 1 ms an article at 10,000 live articles.
   * @param corrections new ones, which hold from now on
   * @param arrival number of the first article in order of arrival, where steps are not taken in it; for the direction of copies
   */
  readonly step: (
    articles: readonly Article[],
    corrections?: readonly StoryCorrection[],
    arrival?: number,
  ) => StoryStepResult
  /** Takes a correction back: later steps are free again; what it moved stays until then. */
  readonly forgetCorrection: (correction: StoryCorrection) => void
  /**
   * Puts back an article of an earlier run in its story and under the verdict on its text, in order of arrival, before any `step`.
   * About 0.5 ms. Of up to {@link MAX_REVISED} articles all is as it was; of older ones the likeness to others is estimated.
   */
  readonly restore: (article: Article, story: string, copy: Copy | null) => void
  /**
   * After the last `restore`: measures up to so many of the articles of each language that may still move, 2 to 4 ms each; `true` where more
   * wait. The next `step` takes what is left: this only lets others have their turn.
   */
  readonly settleRestored: (maxArticles: number) => boolean
  /** The story of a live article, or `null`. */
  readonly storyOf: (articleId: string) => string | null
  /** Why a live article is in its story, or `null`; also for one that some thousand others of its language came after. */
  readonly explain: (articleId: string) => PlacementReason | null
  /** Live articles of all languages. */
  readonly size: () => number
}

const DAY_MS = 86_400_000

/** Articles stay live this long. 14 days are enough for most stories; follow-ups of trials and inquiries need 60 (dev sets). */
export const WINDOW_MS = 60 * DAY_MS

/** A quiet stream keeps this many: a story may go on after months (giveme5w1h, gva). 5,000 loses a point on allsides. */
export const MIN_LIVE = 1_500

/** Most live articles of one language: about 5 kB each. */
export const MAX_LIVE = 100_000

/**
 * Mean log-odds from which two groups are one story. Useful from -3 (joins freely) to 0 (splits); on the dev sets, cross-validated,
 * -2.25 to -1.5 are within a point of each other. All rules below: docs/decisions/011-stories-by-learned-pairs.md.
 */
export const JOIN_LOG_ODDS = -2

/** Weight (0 to 1) and log-odds of a pair that was never measured in the mean of two groups. Flat from .15 to .6. */
const UNSEEN_WEIGHT = 0.3
const UNSEEN_LOG_ODDS = -4

/** Pairs for each article of two groups, up to which unmeasured ones count. Without it stories of hundreds of headlines stay in pieces; below 6 headlines of look-alikes join. */
const MEASURABLE_PER_ARTICLE = 8

/** Log-odds asked in addition for each doubling of the smaller of two groups of dated texts, and the doublings that count. 0 joins chains of follow-ups, 1.5 splits long stories. */
const SIZE_PENALTY = 1
const MAX_DOUBLINGS = 2

/** Share (0 to 1) of the drop below the tighter group that is taken off: dated texts, undated texts, headlines. */
const GAP_PENALTY = 0.1
const UNDATED_GAP_PENALTY = 0.5
const HEADLINE_GAP_PENALTY = 0.2

/** Log-odds asked in addition of texts without dates among dated ones. Below 2 the seeds join in some orders, above 2.5 ecbplus loses two points. */
const UNDATED_PENALTY = 2.25

/**
 * As UNDATED_GAP_PENALTY, in a stream where no article has a date. Of 240 tries 3 go wrong at 1.1, of 40 three
 * at .9 (bench/quality-story.ts --seeds); above, undated stories that are told widely come in pieces.
 */
const UNDATED_STREAM_GAP_PENALTY = 1.1

/** Log-odds asked in addition of two lone articles without dates. From 1 to 1.75 ecbplus is within half a point; without it a seed takes a stranger at times. */
const UNDATED_LONE_PENALTY = 1

/** An article may still change its story for this long, while at most so many came after it. */
const REVISION_MS = 4 * DAY_MS
const MAX_REVISED = 1_500

/** The partition of articles whose language is not known. */
const NO_LANGUAGE = 'und'

/** An engine without articles. Its result depends on the articles and their order alone. */
export function createStoryEngine(options: StoryEngineOptions = {}): StoryEngine {
  const partitions = new Map<string, StoryPartition>()
  const langOf = new Map<string, string>()
  const copies = createCopyIndex()
  let arrived = 0
  const corrections: StoryCorrection[] = []
  const model = options.model ?? shippedModel()

  function partitionOf(lang: string | null): StoryPartition {
    const key = lang ?? NO_LANGUAGE
    let partition = partitions.get(key)
    if (partition === undefined) {
      partition = createStoryPartition(key, {
        windowMs: options.windowMs ?? WINDOW_MS,
        minLive: options.minLive ?? MIN_LIVE,
        maxLive: options.maxLive ?? MAX_LIVE,
        threshold: options.threshold ?? JOIN_LOG_ODDS,
        unseenWeight: UNSEEN_WEIGHT,
        unseenLogOdds: UNSEEN_LOG_ODDS,
        measurablePerArticle: MEASURABLE_PER_ARTICLE,
        sizePenalty: SIZE_PENALTY,
        maxDoublings: MAX_DOUBLINGS,
        gapPenalty: GAP_PENALTY,
        undatedGapPenalty: UNDATED_GAP_PENALTY,
        headlineGapPenalty: HEADLINE_GAP_PENALTY,
        undatedPenalty: UNDATED_PENALTY,
        undatedLonePenalty: UNDATED_LONE_PENALTY,
        undatedStreamGapPenalty: UNDATED_STREAM_GAP_PENALTY,
        revisionMs: REVISION_MS,
        maxRevised: MAX_REVISED,
        model,
        ...(options.scorer === undefined ? {} : { scorer: options.scorer }),
      })
      partitions.set(key, partition)
    }
    return partition
  }
  function homeOf(articleId: string): StoryPartition | null {
    const lang = langOf.get(articleId)
    return lang === undefined ? null : (partitions.get(lang) ?? null)
  }

  function place(article: Article, arrival: number, step: Step): void {
    const found = copies.add(article, arrival)
    step.copies.push(...found)
    if (homeOf(article.id)?.has(article.id) === true) return
    const partition = partitionOf(article.lang)
    langOf.set(article.id, article.lang ?? NO_LANGUAGE)
    const { moves } = partition.add(article, tiesOf(article.id, found, corrections))
    const reason = 'Newer articles showed that it tells another story.'
    for (const move of moves) record(step, { ...move, reason })
    for (const id of partition.takeForgotten()) {
      langOf.delete(id)
      copies.forget(id)
    }
    for (const correction of corrections)
      if (correction.articleA === article.id || correction.articleB === article.id) apply(correction, step)
  }

  function apply(correction: StoryCorrection, step: Step): void {
    const { articleA, articleB, kind } = correction
    const home = homeOf(articleA)
    if (home === null || home !== homeOf(articleB) || !home.has(articleA) || !home.has(articleB)) return
    const moves = kind === 'must' ? home.merge(articleA, articleB) : home.part(articleA, articleB)
    const reason = kind === 'must' ? 'A manager made one story of two.' : 'A manager parted two stories.'
    for (const move of moves) record(step, { ...move, reason })
  }

  function record(step: Step, move: StoryMove): void {
    step.moves.push(move)
    if ((homeOf(move.articleId)?.membersOf(move.from).length ?? 0) === 0) {
      step.redirects.set(move.from, move.to)
    }
  }

  return {
    step(articles, added = [], arrival = arrived) {
      arrived = Math.max(arrived, arrival + articles.length)
      const step: Step = { moves: [], copies: [], redirects: new Map() }
      for (const correction of added) {
        corrections.push(correction)
        apply(correction, step)
      }
      for (const at of timeOrder(articles)) {
        const article = articles[at]
        if (article !== undefined) place(article, arrival + at, step)
      }
      return {
        placements: articles.map(({ id }) => ({ articleId: id, story: homeOf(id)?.storyOf(id) ?? '' })),
        moves: step.moves,
        copies: step.copies,
        redirects: [...step.redirects].map(([from, to]) => ({ from, to })),
      }
    },
    forgetCorrection({ kind, articleA, articleB }) {
      const at = corrections.findIndex(
        (one) => one.kind === kind && one.articleA === articleA && one.articleB === articleB,
      )
      if (at < 0) return
      corrections.splice(at, 1)
      homeOf(articleA)?.untie(articleA, articleB)
    },
    restore(article, story, copy) {
      arrived++
      const found = copies.restore(article, copy)
      langOf.set(article.id, article.lang ?? NO_LANGUAGE)
      const partition = partitionOf(article.lang)
      partition.restore(article, story, tiesOf(article.id, found, corrections))
      for (const id of partition.takeForgotten()) {
        langOf.delete(id)
        copies.forget(id)
      }
    },
    settleRestored: (maxArticles) =>
      [...partitions.values()].some((partition) => partition.settleRestored(maxArticles)),
    storyOf: (articleId) => homeOf(articleId)?.storyOf(articleId) ?? null,
    explain: (articleId) => homeOf(articleId)?.explain(articleId) ?? null,
    size: () => [...partitions.values()].reduce((sum, partition) => sum + partition.size(), 0),
  }
}

interface Step {
  readonly moves: StoryMove[]
  readonly copies: Copy[]
  readonly redirects: Map<string, string>
}

/** What a copy of each kind does with its source. */
const SAME_TEXT: Readonly<Record<Copy['kind'], string>> = {
  exact: 'Has the same text as',
  near: 'Has the same text as',
  syndicated: 'Holds the text of',
  rewrite: 'Tells in other words what stands in',
}

/**
 * Share (0 to 1) of the shorter text from which shared wire text settles the story. Below, it may be background that two events
 * have in common: with all shared text ecbplus loses half a point.
 */
const WHOLE_CONTAINMENT = 0.8

/** Whether a copy tells the event of its source, and not only some of it. */
function isWhole({ kind, scores }: Copy): boolean {
  return kind !== 'syndicated' || (scores['containment'] ?? 0) >= WHOLE_CONTAINMENT
}

/** Whole copies belong with their source; a manager's word comes first. */
function tiesOf(id: string, found: readonly Copy[], corrections: readonly StoryCorrection[]): Ties {
  const without = partnersOf(id, corrections, 'cannot')
  const must = partnersOf(id, corrections, 'must')
  const whole = found.filter(isWhole)
  const sources = whole
    .map((copy) => (copy.articleId === id ? copy.copyOf : copy.copyOf === id ? copy.articleId : null))
    .filter((other): other is string => other !== null && !without.includes(other))
  const [first] = whole
  const because =
    must.length > 0
      ? 'A manager said so.'
      : sources.length > 0 && first !== undefined
        ? `${SAME_TEXT[first.kind]} another article of its story (${first.kind} copy).`
        : null
  return { with: [...must, ...sources], without, because }
}

function partnersOf(
  id: string,
  corrections: readonly StoryCorrection[],
  kind: StoryCorrection['kind'],
): string[] {
  return corrections
    .filter((one) => one.kind === kind && (one.articleA === id || one.articleB === id))
    .map((one) => (one.articleA === id ? one.articleB : one.articleA))
}
