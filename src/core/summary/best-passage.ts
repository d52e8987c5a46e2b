import { conceptsOf } from './concept-weights.ts'
import type { LengthLimit } from './length-limit.ts'
import { newDetailsIn } from './new-details.ts'
import { onceEach } from './once-each.ts'
import { standsApart, type Standing } from './readability.ts'
import { isClear, type References } from './references.ts'
import { MIN_NEW_SHARE, repetitionIn } from './repetition.ts'
import type { StoryText } from './story-text.ts'

/** What {@link bestPassage} keeps to. */
export interface PassageRules {
  readonly weights: Float64Array
  readonly limit: LengthLimit
  readonly isAllowed: (sentence: number) => boolean
  readonly references: References
  /** The headline that stands above the sentences. */
  readonly headline: string
  /** How each sentence of the story stands. */
  readonly standings: readonly Standing[]
}

/** A sentence that a passage may begin with, and how well it agrees with the headline and the other articles (more is better). */
export interface PassageLead {
  readonly sentence: number
  readonly agreement?: number
}

/** Sentences that a passage has at most. Range 4..8: at 6 the long form has .1 to .4 sentences less, at 8 nothing is left for others (250 stories of each dev set). */
const MAX_PASSAGE_SENTENCES = 7
/** Where a passage ends (0-based): later an article tells what had been, and what others think of it. */
const MAX_PASSAGE_POSITION = 11
/**
 * Names and numbers from which a sentence of the same article is new, though its event was told: `It happened about 3 a.m. in Mill Street.`
 * Range 1..3; at 1 the age of a known man suffices.
 */
const MIN_NEW_DETAILS = 2
/** Leads that are tried, those that agree best; each costs a passage. */
const MAX_LEADS = 12
/** Share of the most that a passage tells from which a lead that agrees better is preferred (0..1); at 1 the richest is taken, often that of an older day (40 stories read). */
const MIN_PASSAGE_SHARE = 0.8

/**
 * The passage of one article (sentences by index, in its order) that tells a story best: from the lead on, without what does not read.
 *
 * An article was written to be read from its top. A sentence behind the one before it may lean on it; behind a gap it must stand alone,
 * and all that it points at must be told. Of passages that tell about as much the one whose lead agrees best is taken.
 */
export function bestPassage(
  story: StoryText,
  rules: PassageRules,
  leads: readonly PassageLead[],
): readonly number[] {
  const passageFrom = passagesIn(story, rules)
  const found = [...leads]
    .sort((a, b) => (b.agreement ?? 0) - (a.agreement ?? 0))
    .slice(0, MAX_LEADS)
    .map(({ sentence }) => passageFrom(sentence))
    .map((sentences) => ({ sentences, value: valueOf(story, rules.weights, sentences) }))
  const most = Math.max(...found.map(({ value }) => value))
  return found.find(({ value }) => value >= most * MIN_PASSAGE_SHARE)?.sentences ?? []
}

function passagesIn(
  story: StoryText,
  { limit, isAllowed, references, headline, standings }: PassageRules,
): (lead: number) => readonly number[] {
  const { sentences } = story
  const { repeats, newShare } = repetitionIn(story, 'own', headline)
  const isApart = onceEach((i: number) => standsApart(sentences[i]?.text ?? '', story.lang))
  const newDetails = newDetailsIn(story, headline)
  const most = Math.min(limit.sentences, MAX_PASSAGE_SENTENCES)
  const goesOn = (i: number, passage: readonly number[]): boolean => {
    if (!isAllowed(i) || standings[i] === 'unfit') return false
    if (!passage.includes(i - 1) && (standings[i] === 'follows' || !isApart(i))) return false
    if (passage.some((j) => repeats(j, i))) return false
    if (newShare(i, passage) < MIN_NEW_SHARE && (newDetails(i, passage) ?? 0) < MIN_NEW_DETAILS) return false
    return isClear(references, i, passage)
  }
  const endOf = (lead: number): number => lead + MAX_PASSAGE_POSITION - (sentences[lead]?.position ?? 0)
  return (lead) => {
    const passage: number[] = []
    let words = 0
    for (let i = lead; i <= endOf(lead) && sentences[i]?.doc === sentences[lead]?.doc; i++) {
      const own = sentences[i]?.length.words ?? 0
      if (words + own > limit.words || !(i === lead || goesOn(i, passage))) continue
      passage.push(i)
      words += own
      if (passage.length === most) break
    }
    return passage
  }
}

/** What sentences tell: the weight of their concepts, each counted once. */
function valueOf(story: StoryText, weights: Float64Array, sentences: readonly number[]): number {
  const concepts = new Set(sentences.flatMap((i) => Array.from(conceptsOf(story, weights, i))))
  return [...concepts].reduce((sum, concept) => sum + (weights[concept] ?? 0), 0)
}
