import { conceptsOf } from './concept-weights.ts'
import { chooseSentences, type Choice } from './choose-sentences.ts'
import type { LengthLimit } from './length-limit.ts'
import { inTimeOrder } from './reading-order.ts'
import { MAX_REPETITION } from './repetition.ts'
import { wordCosine } from './similarity.ts'
import type { StoryText } from './story-text.ts'

/**
 * One sentence a day, earliest day first, by index: what that day's articles say most that no earlier day said.
 *
 * Days are UTC days of publication; where there are more than the limit allows, those with most articles stay. Articles without a date
 * are left out, unless none has one: then the sentences are as in any summary.
 */
export function chooseTimeline(story: StoryText, choice: Choice): number[] {
  const days = daysOf(story, choice.limit.sentences)
  if (days.length === 0) return inTimeOrder(chooseSentences(story, choice), story)
  const weights = Float64Array.from(choice.weights)
  const chosen: number[] = []
  let left = choice.limit
  for (const day of days) {
    const isAllowed = (i: number): boolean =>
      choice.isAllowed(i) && dayOf(story, i) === day && !chosen.some((other) => repeats(story, i, other))
    const [found] = chooseSentences(story, {
      weights,
      isAllowed,
      references: choice.references,
      headline: choice.headline,
      told: chosen,
      limit: shareOf(left, days.length - chosen.length),
    })
    if (found === undefined) continue
    chosen.push(found)
    for (const concept of conceptsOf(story, weights, found)) weights[concept] = 0
    left = minus(left, story, found)
  }
  return chosen
}

const DAY_MS = 86_400_000
const NONE = new Int32Array(0)

function dayOf(story: StoryText, sentence: number): number | null {
  const publishedAtMs = story.docs[story.sentences[sentence]?.doc ?? -1]?.publishedAtMs ?? null
  return publishedAtMs === null ? null : Math.floor(publishedAtMs / DAY_MS)
}

function daysOf(story: StoryText, maxDays: number): number[] {
  const docs = new Map<number, Set<number>>()
  story.sentences.forEach(({ doc }, i) => {
    const day = dayOf(story, i)
    if (day !== null) docs.set(day, (docs.get(day) ?? new Set()).add(doc))
  })
  return [...docs]
    .sort((a, b) => b[1].size - a[1].size || a[0] - b[0])
    .slice(0, maxDays)
    .map(([day]) => day)
    .sort((a, b) => a - b)
}

function repeats(story: StoryText, a: number, b: number): boolean {
  return wordCosine(story.content[a] ?? NONE, story.content[b] ?? NONE) > MAX_REPETITION
}

/** One sentence, of at most twice its even share of what is left. */
function shareOf(left: LengthLimit, days: number): LengthLimit {
  const share = (value: number): number => Math.min(value, Math.ceil((2 * value) / Math.max(1, days)))
  return {
    sentences: Math.min(1, left.sentences),
    words: share(left.words),
    bytes: share(left.bytes),
    chars: share(left.chars),
  }
}

function minus(left: LengthLimit, story: StoryText, sentence: number): LengthLimit {
  const length = story.sentences[sentence]?.length
  if (length === undefined) return left
  return {
    sentences: left.sentences - 1,
    words: left.words - length.words,
    bytes: left.bytes - length.bytes - 1,
    chars: left.chars - length.chars - 1,
  }
}
