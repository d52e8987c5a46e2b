import type { PassageRules } from './best-passage.ts'
import { conceptsOf } from './concept-weights.ts'
import { newDetailsIn } from './new-details.ts'
import { onceEach } from './once-each.ts'
import { standsApart } from './readability.ts'
import { isClear } from './references.ts'
import { MIN_NEW_SHARE, repetitionIn } from './repetition.ts'
import { carries, type StoryCore } from './story-core.ts'
import type { StoryText } from './story-text.ts'

/** What {@link goOn} keeps to: what a passage does, and how far it goes. */
export interface Continuation extends PassageRules {
  readonly core: StoryCore
  /** Sentences wanted; a choice that has them stays as it is. */
  readonly atLeast: number
}

/** Where a summary of more sentences looks (0-based): what stands later in an article leans on the middle of it, which nobody shows. */
export const MAX_LONG_POSITION = 9

/** The same in an article that is not told yet: of sentences from further down one in some 35 leaned on what stood above (decision 041). */
const MAX_OTHERS_POSITION = 4

/** With so many sentences a story is told; what others say must then be more than the same in other words, as first sentences always must. */
const FULL_SENTENCES = 6
/** Names and numbers that it has then which nobody told; without them one sentence in four said the same again, or only how it felt. Range 0..3. */
const MIN_OTHERS_DETAILS = 2

/**
 * A choice of sentences (by index) and, while it has fewer than wanted, those with which the articles that it tells go on.
 *
 * An article reads well from its top: what a sentence leans on stands right before it, and its writer knew what was said. So a
 * sentence is taken behind the one before it, or later in an article that is told, or in another where it is about the story; always
 * only where all that it points at is told and most of it is new.
 */
export function goOn(
  story: StoryText,
  continuation: Continuation,
  chosen: readonly number[],
): readonly number[] {
  const all = [...chosen]
  const next = continuationOf(story, continuation)
  while (all.length > 0 && all.length < continuation.atLeast) {
    const found = next(all)
    if (found === undefined) break
    all.push(found)
  }
  return all
}

function continuationOf(
  story: StoryText,
  { weights, limit, isAllowed, references, headline, standings, core }: Continuation,
): (told: readonly number[]) => number | undefined {
  const { sentences } = story
  const { repeats, newShare } = repetitionIn(story, 'own', headline)
  const wordsOf = (i: number): number => sentences[i]?.length.words ?? 0
  const isBehind = (i: number, j: number): boolean => j < i && sentences[j]?.doc === sentences[i]?.doc
  const isTold = (i: number, told: readonly number[]): boolean => told.some((j) => isBehind(i, j))
  const isCarrying = onceEach((i: number) => carries(story, i, core, MAX_OTHERS_POSITION))
  const newDetails = newDetailsIn(story, headline)
  const isApart = onceEach((i: number) => standsApart(sentences[i]?.text ?? '', story.lang))
  const isUseful = (i: number): boolean =>
    isAllowed(i) && standings[i] !== 'unfit' && (sentences[i]?.position ?? 0) <= MAX_LONG_POSITION
  const fits = (i: number, told: readonly number[]): boolean => {
    const isNext = told.some((j) => j === i - 1 && isBehind(i, j))
    const leans = standings[i] === 'follows'
    if (!isNext && (leans || !(isTold(i, told) || isCarrying(i)) || !isApart(i))) return false
    const isOthers = sentences[i]?.doc !== sentences[told[0] ?? i]?.doc
    const isFull = told.length >= FULL_SENTENCES || sentences[i]?.position === 0
    if (isOthers && (leans || (isFull && (newDetails(i, told) ?? MIN_OTHERS_DETAILS) < MIN_OTHERS_DETAILS)))
      return false
    // What its own article says below it is read behind it.
    const before = told.filter((j) => j < i || sentences[j]?.doc !== sentences[i]?.doc)
    return (
      !told.some((j) => repeats(j, i)) && newShare(i, told) >= MIN_NEW_SHARE && isClear(references, i, before)
    )
  }
  const useful = Array.from(sentences.keys()).filter(isUseful)
  return (told) => {
    const words = told.reduce((sum, i) => sum + wordsOf(i), 0)
    const covered = new Set(told.flatMap((i) => Array.from(conceptsOf(story, weights, i))))
    const gainOf = (i: number): number =>
      conceptsOf(story, weights, i).reduce(
        (sum, concept) => sum + (covered.has(concept) ? 0 : (weights[concept] ?? 0)),
        0,
      ) / Math.sqrt(wordsOf(i))
    const rankOf = (i: number): number =>
      (isTold(i, told) ? 4 : 0) + (isCarrying(i) ? 2 : 0) + (told.includes(i - 1) ? 1 : 0)
    return useful
      .filter((i) => !told.includes(i) && words + wordsOf(i) <= limit.words)
      .map((i) => ({ i, rank: rankOf(i), gain: gainOf(i) }))
      .sort((a, b) => b.rank - a.rank || b.gain - a.gain || a.i - b.i)
      .find(({ i }) => fits(i, told))?.i
  }
}
