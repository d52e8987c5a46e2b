import { isBackground } from './readability.ts'
import type { Candidate } from './select-sentences.ts'
import { wordCosine } from './similarity.ts'
import { titleWords } from './story-core.ts'
import type { StoryText } from './story-text.ts'

/** In a summary of few sentences the lead that agrees best with the other first sentences opens. */
export function rankLeads(story: StoryText, candidates: readonly Candidate[]): Candidate[] {
  const openings = story.sentences.flatMap(({ position }, i) => (position === 0 ? [i] : []))
  const titles = titleWords(story)
  return candidates.map((candidate) => {
    if (!candidate.leads) return candidate
    const { sentence } = candidate
    const { position, text } = story.sentences[sentence] ?? { position: 0, text: '' }
    const share = position === 0 && !isBackground(text, story.lang) ? 1 : LATER_LEAD_SHARE
    return { ...candidate, agreement: share * agreementOf(story, sentence, openings, titles) }
  })
}

/** What the agreement of a lead counts for that is not the first sentence of its article, or tells what had been (0..1). */
const LATER_LEAD_SHARE = 0.7
/**
 * Articles up to which the titles count beside the first sentences: then the opening says what the headline says. First sentences of
 * references, R-1 on MultiLing: with 3 articles of a topic 26.4 with titles and 25.8 without, with 5 articles 26.2 and 27.5, with 10 fewer.
 */
const MAX_TITLED_VOICES = 6

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
