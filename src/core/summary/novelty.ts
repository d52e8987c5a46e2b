import { splitSentences } from '../text/sentences.ts'
import { factsOf, factWords } from './fact-words.ts'
import { factLikeness } from './repetition.ts'
import { contentWords } from './similarity.ts'
import type { StoryText } from './story-text.ts'
import type { SummaryOptions } from './summary.ts'
import { tokenIds } from './tokens.ts'

/** What a reader knows of a story already. */
export interface Known {
  /** Whether a sentence (by index) is from the time asked for and repeats nothing that is known. */
  readonly isNew: (sentence: number) => boolean
  readonly hasNew: boolean
  /** Lowers the weights of concepts that are known, in place. */
  readonly fade: (weights: Float64Array) => void
}

/** What `told` and `sinceMs` make known: the texts told, else all that was published before. Nothing where neither is given. */
export function knownSentences(story: StoryText, options: SummaryOptions): Known {
  const { told, sinceMs } = options
  if (told === undefined && sinceMs === undefined)
    return { isNew: () => true, hasNew: true, fade: () => undefined }
  const isOld = story.sentences.map(({ doc }) => isBefore(story.docs[doc]?.publishedAtMs ?? null, sinceMs))
  const known = told === undefined ? tokensOfOld(story, isOld) : tokensOfTold(story, told)
  const words = factWords(story.vocabulary, story.lang)
  const facts = known.map((tokens) => factsOf(contentWords(tokens, story.index.isFunction), words))
  const isTold = (own: Int32Array): boolean => facts.some((old) => factLikeness(own, old) > MAX_TOLD_LIKENESS)
  const verdicts = story.content.map((own, i) => isOld[i] !== true && !isTold(factsOf(own, words)))
  return {
    isNew: (sentence) => verdicts[sentence] === true,
    hasNew: verdicts.includes(true),
    fade: (weights) => {
      fadeKnown(story, known, weights)
    },
  }
}

/**
 * Likeness of facts to a sentence that was told above which a sentence tells it again (0..1).
 *
 * On halves of MultiLing topics nothing is repeated up to .5; at .4 facts in other words go too, and R-2 stays.
 */
const MAX_TOLD_LIKENESS = 0.4

/** What is left of the weight of a concept that was told (0..1). At 0 a summary misses what goes on; at 1 it repeats itself. */
const KNOWN_WEIGHT = 0.5

function isBefore(publishedAtMs: number | null, sinceMs: number | undefined): boolean {
  return sinceMs !== undefined && publishedAtMs !== null && publishedAtMs < sinceMs
}

function tokensOfOld(story: StoryText, isOld: readonly boolean[]): Int32Array[] {
  return story.index.tokens.filter((_, i) => isOld[i] === true)
}

/** Words that the story has not are new numbers of its vocabulary: they match nothing, and lengthen what was told. */
function tokensOfTold(story: StoryText, told: readonly string[]): Int32Array[] {
  return told.flatMap((text) =>
    splitSentences(text, { lang: story.lang }).map(({ start, end }) =>
      tokenIds(text.slice(start, end), story.lang, story.vocabulary),
    ),
  )
}

function fadeKnown({ index }: StoryText, known: readonly Int32Array[], weights: Float64Array): void {
  const pairs = new Set<string>()
  const words = new Set<number>()
  for (const tokens of known) {
    tokens.forEach((token, k) => {
      words.add(token)
      if (k > 0) pairs.add(`${tokens[k - 1] ?? 0} ${token}`)
    })
  }
  for (let id = 0; id < index.size; id++) {
    const pair = `${index.firstWord[id] ?? 0} ${index.secondWord[id] ?? 0}`
    if (pairs.has(pair)) weights[id] = (weights[id] ?? 0) * KNOWN_WEIGHT
  }
  for (let id = index.size; id < weights.length; id++) {
    if (words.has(id - index.size)) weights[id] = (weights[id] ?? 0) * KNOWN_WEIGHT
  }
}
