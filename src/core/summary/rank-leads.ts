import { factsOf, factWords } from './fact-words.ts'
import { isBackground } from './readability.ts'
import type { Candidate } from './select-sentences.ts'
import { contentWords, wordCosine } from './similarity.ts'
import { titleWords } from './story-core.ts'
import type { StoryText } from './story-text.ts'
import { tokenIds } from './tokens.ts'

/** What {@link rankLeads} goes by. */
export interface LeadRules {
  readonly headline: string
  /** Articles (by index) whose leads stand back ({@link weakDocs}). */
  readonly weakDocs?: ReadonlySet<number>
}

/** Sentences of an article that show what it is. */
const SHOWING_SENTENCES = 6

/** The articles (by index) of which a sentence near the top is weak: it tells a state that has ended, or what the writer thinks. */
export function weakDocs(
  { sentences }: StoryText,
  isWeak: (sentence: number) => boolean,
): ReadonlySet<number> {
  const weak = sentences.filter(({ position }, i) => position < SHOWING_SENTENCES && isWeak(i))
  return new Set(weak.map(({ doc }) => doc))
}

/**
 * In a summary of few sentences the lead opens that agrees best with the headline above it and with the other first sentences.
 *
 * Leads of older articles stand back, for they tell how things stood, and those of weak ones.
 */
export function rankLeads(
  story: StoryText,
  candidates: readonly Candidate[],
  { headline, weakDocs: weak = NO_DOCS }: LeadRules,
): Candidate[] {
  const openings = story.sentences.flatMap(({ position }, i) => (position === 0 ? [i] : []))
  const titles = titleWords(story)
  const tellsHeadline = headlineLikeness(story, headline)
  const leads = candidates.filter((candidate) => candidate.leads)
  const newestMs = Math.max(...leads.map(({ doc }) => timeOf(story, doc) ?? -Infinity))
  return candidates.map((candidate) => {
    if (!candidate.leads) return candidate
    const { sentence, doc } = candidate
    const { position, text } = story.sentences[sentence] ?? { position: 0, text: '' }
    const share = position === 0 && !isBackground(text, story.lang) ? 1 : LATER_LEAD_SHARE
    const isOld = (timeOf(story, doc) ?? Infinity) < newestMs - OLD_LEAD_MS
    const ageShare = weak.has(doc) ? WEAK_LEAD_SHARE : isOld ? OLD_LEAD_SHARE : 1
    const agreement =
      agreementOf(story, sentence, openings, titles) + HEADLINE_VOICES * tellsHeadline(sentence)
    return { ...candidate, agreement: share * ageShare * agreement }
  })
}

/** What the agreement of a lead counts for that is not the first sentence of its article, or tells what had been (0..1). */
const LATER_LEAD_SHARE = 0.7
/** The same for one whose article is so much older than the newest one that has a lead (0..1); at .65 it opens with what is beside the story. */
const OLD_LEAD_SHARE = 0.8
/** The same for one of a weak article (0..1). */
const WEAK_LEAD_SHARE = 0.6
/** Less may be the same news of the same day: many articles are dated by the day only. */
const OLD_LEAD_MS = 12 * 3_600_000
/**
 * What the headline counts for, where the first sentences of all others count for 1: under a headline one expects its news.
 *
 * MultiLing, 3 sentences of 10 articles, R-2 of references: 6.7 at 0, 7.0 at 1, 7.1 at 2 and at 4; English 6.1, 6.4, 7.1 and 7.4.
 */
const HEADLINE_VOICES = 2
/**
 * Articles up to which the titles count beside the first sentences: then the opening says what the headline says. First sentences of
 * references, R-1 on MultiLing: with 3 articles of a topic 26.4 with titles and 25.8 without, with 5 articles 26.2 and 27.5, with 10 fewer.
 */
const MAX_TITLED_VOICES = 6

function timeOf({ docs }: StoryText, doc: number): number | null {
  return docs[doc]?.publishedAtMs ?? null
}

/** How near a sentence's facts are to those of the headline (0..1). */
function headlineLikeness(
  { content, index, lang, vocabulary }: StoryText,
  headline: string,
): (sentence: number) => number {
  const told = contentWords(tokenIds(headline, lang, vocabulary), index.isFunction)
  const words = factWords(vocabulary, lang)
  const facts = factsOf(told, words)
  return (sentence) => wordCosine(factsOf(content[sentence] ?? NONE, words), facts)
}

/** How near a sentence is to the first sentences of a story, on average, and to the titles of a small one: what happened, not what else is told. */
function agreementOf(
  { content }: StoryText,
  sentence: number,
  openings: readonly number[],
  titles: readonly Int32Array[],
): number {
  const own = content[sentence] ?? NONE
  const others = openings.filter((i) => i !== sentence).map((i) => content[i] ?? NONE)
  const withOthers = meanCosine(own, others)
  if (openings.length > MAX_TITLED_VOICES) return withOthers
  return withOthers + meanCosine(own, titles)
}

function meanCosine(own: Int32Array, others: readonly Int32Array[]): number {
  return others.reduce((sum, other) => sum + wordCosine(own, other), 0) / Math.max(1, others.length)
}

const NONE = new Int32Array(0)
const NO_DOCS: ReadonlySet<number> = new Set()
