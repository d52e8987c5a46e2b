import type { StoryCorrection } from '../core/story/story-correction.ts'
import type { StoryEngine, StoryStepResult } from '../core/story/story-engine.ts'
import type { StoryStore } from './ports/story-store.ts'
import type { Correction, SubscriptionStore } from './ports/subscription-store.ts'

/** What the operator's corrections are read from. */
export interface CorrectionPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'corrections'>
  readonly stories: Pick<StoryStore, 'story'>
}

/** What a look at the corrections changed. */
export interface CorrectionRound {
  /** Ids of the corrections that were applied or taken back. */
  readonly corrections: readonly string[]
  readonly result: StoryStepResult
}

/** The engine's words for what a correction moved; memberships with them tell what to put back. */
const MOVED_BY: Readonly<Record<StoryCorrection['kind'], string>> = {
  must: 'A manager made one story of two.',
  cannot: 'A manager parted two stories.',
}

/** The operator's corrections in a story engine: they hold for all tenants and for later articles, until they are taken back. */
export class OperatorCorrections {
  readonly #ports: CorrectionPorts
  readonly #engine: StoryEngine
  readonly #held = new Map<string, Correction>()

  constructor(ports: CorrectionPorts, engine: StoryEngine) {
    this.#ports = ports
    this.#engine = engine
  }

  /**
   * Brings the engine to what the store says now; `null` where nothing changed. What a correction moved goes back when it is taken back, as far
   * as the other corrections allow.
   */
  async refresh(): Promise<CorrectionRound | null> {
    const all = await this.#ports.subscriptions.corrections(null)
    const holding = new Map(all.filter(({ tenant }) => tenant === null).map((one) => [one.id, one]))
    const added = [...holding.values()].filter(({ id }) => !this.#held.has(id))
    const undone = [...this.#held.values()].filter(({ id }) => !holding.has(id))
    if (added.length === 0 && undone.length === 0) return null
    const results: StoryStepResult[] = []
    for (const correction of undone) results.push(await this.#takeBack(correction))
    // What was put back must not break a correction that still holds.
    const again = undone.length === 0 ? [] : [...this.#held.values()].flatMap(pairsOf)
    for (const pair of again) this.#engine.forgetCorrection(pair)
    results.push(this.#engine.step([], [...again, ...added.flatMap(pairsOf)]))
    for (const correction of added) this.#held.set(correction.id, correction)
    return { corrections: [...undone, ...added].map(({ id }) => id), result: joined(results) }
  }

  async #takeBack(correction: Correction): Promise<StoryStepResult> {
    this.#held.delete(correction.id)
    const results: StoryStepResult[] = []
    for (const pair of pairsOf(correction)) {
      this.#engine.forgetCorrection(pair)
      if (!(await this.#didMove(pair))) continue
      const opposite = { ...pair, kind: pair.kind === 'must' ? 'cannot' : 'must' } as const
      results.push(this.#engine.step([], [opposite]))
      this.#engine.forgetCorrection(opposite)
    }
    return joined(results)
  }

  /** Whether the two stand where a correction of this kind brought one of them. */
  async #didMove({ kind, articleA, articleB }: StoryCorrection): Promise<boolean> {
    const together = this.#engine.storyOf(articleA) === this.#engine.storyOf(articleB)
    if (together !== (kind === 'must')) return false
    for (const articleId of [articleA, articleB]) {
      const story = this.#engine.storyOf(articleId)
      const answer = story === null ? null : await this.#ports.stories.story(story, { tenant: null })
      if (answer?.kind !== 'story') continue
      if (answer.history.some(({ reason, leftAtMs }) => leftAtMs === null && reason === MOVED_BY[kind]))
        return true
    }
    return false
  }
}

/** The pairs that the engine knows: all belong with the first, or the others leave it together. */
function pairsOf({ kind, articleIds }: Correction): StoryCorrection[] {
  const [first = '', ...others] = articleIds
  const [second, ...rest] = others
  if (kind === 'must-link') return others.map((other) => ({ kind: 'must', articleA: first, articleB: other }))
  const apart = others.map((other): StoryCorrection => ({ kind: 'cannot', articleA: first, articleB: other }))
  if (second === undefined) return apart
  return [
    ...apart,
    ...rest.map((other): StoryCorrection => ({ kind: 'must', articleA: second, articleB: other })),
  ]
}

function joined(results: readonly StoryStepResult[]): StoryStepResult {
  return {
    placements: results.flatMap(({ placements }) => placements),
    moves: results.flatMap(({ moves }) => moves),
    copies: results.flatMap(({ copies }) => copies),
    redirects: results.flatMap(({ redirects }) => redirects),
  }
}
