import { softLimit, type LengthLimit } from './length-limit.ts'
import { isWhole, standingOf, type Standing } from './readability.ts'
import { selectSentences, type Candidate } from './select-sentences.ts'
import { wordCosine } from './similarity.ts'
import type { StorySentence } from './story-sentence.ts'
import type { StoryText } from './story-text.ts'

/** What {@link chooseSentences} may use of a story. */
export interface Choice {
  readonly weights: Float64Array
  readonly limit: LengthLimit
  /** Whether a sentence (by index) may be shown at all: it is new, and no other rule forbids it. */
  readonly isAllowed: (sentence: number) => boolean
}

/** Candidates that selection looks at: more cost time and change nothing (those with the largest own weight stay). */
const MAX_CANDIDATES = 250

/**
 * Cosine of content words above which two sentences repeat each other and are never shown together (0..1).
 *
 * At .4 long summaries lose .1 to .3 R-2; above .5 facts are told twice.
 */
export const MAX_REPETITION = 0.5
/** The same where only a number of sentences is asked for: in three sentences a half repetition stands out. */
const MAX_SHORT_REPETITION = 0.4

/**
 * The sentences that tell most of a story within a limit, by index, the opening one first.
 *
 * Only sentences that stand alone; where a story has none that fits, whole sentences; where it has none of those either, any that fits:
 * a short notice of one odd sentence is still told.
 */
export function chooseSentences(story: StoryText, choice: Choice): number[] {
  const soft = softLimit(choice.limit)
  const limits = soft === null ? [choice.limit] : [soft, choice.limit]
  const standings = story.sentences.map((sentence) => standingOf(sentence, story.lang))
  for (const level of [isFit, isWholeSentence, isAnything]) {
    for (const limit of limits) {
      const chosen = chooseAt(story, { ...choice, limit, isShort: soft !== null }, (i) =>
        level(story.sentences[i], standings[i]),
      )
      if (chosen.length > 0) return chosen
    }
  }
  return []
}

function isFit(_sentence: StorySentence | undefined, standing: Standing | undefined): boolean {
  return standing !== undefined && standing !== 'unfit'
}

function isWholeSentence(sentence: StorySentence | undefined): boolean {
  return sentence !== undefined && isWhole(sentence.text)
}

function isAnything(): boolean {
  return true
}

function chooseAt(
  story: StoryText,
  choice: Choice & { readonly isShort: boolean },
  isUsable: (sentence: number) => boolean,
): number[] {
  const candidates: Candidate[] = []
  story.sentences.forEach(({ length, position }, i) => {
    const { words, bytes, chars } = choice.limit
    if (length.words > words || length.bytes > bytes || length.chars > chars) return
    if (!choice.isAllowed(i) || !isUsable(i)) return
    const { needs = [], gives = [] } = story.names[i] ?? {}
    const concepts = conceptsOf(story, choice.weights, i)
    candidates.push({
      sentence: i,
      concepts,
      length,
      leads: position === 0,
      needs: position === 0 ? [] : needs,
      gives,
    })
  })
  const best = richest(candidates, choice.weights)
  const most = choice.isShort ? MAX_SHORT_REPETITION : MAX_REPETITION
  const repeats = (a: number, b: number): boolean =>
    likeness(story, best[a]?.sentence, best[b]?.sentence) > most
  return selectSentences(best, choice.weights, choice.limit, repeats).chosen.map(
    (i) => best[i]?.sentence ?? 0,
  )
}

const NONE = new Int32Array(0)

/** The word pairs of a sentence, and its content words where they have weights too: those stand behind the pairs. */
export function conceptsOf(story: StoryText, weights: Float64Array, sentence: number): Int32Array {
  const pairs = story.index.ofSentence[sentence] ?? NONE
  if (weights.length === story.index.size) return pairs
  const words = story.content[sentence] ?? NONE
  const all = new Int32Array(pairs.length + words.length)
  all.set(pairs)
  words.forEach((word, k) => {
    all[pairs.length + k] = story.index.size + word
  })
  return all
}

function likeness(story: StoryText, a: number | undefined, b: number | undefined): number {
  return wordCosine(story.content[a ?? -1] ?? NONE, story.content[b ?? -1] ?? NONE)
}

function richest(candidates: readonly Candidate[], weights: Float64Array): Candidate[] {
  if (candidates.length <= MAX_CANDIDATES) return [...candidates]
  const own = candidates.map(({ concepts }) =>
    concepts.reduce((sum, concept) => sum + (weights[concept] ?? 0), 0),
  )
  const order = candidates.map((_, i) => i).sort((a, b) => (own[b] ?? 0) - (own[a] ?? 0) || a - b)
  return order.slice(0, MAX_CANDIDATES).flatMap((i) => candidates[i] ?? [])
}
