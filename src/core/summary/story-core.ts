import { isDescription } from './readability.ts'
import { contentWords } from './similarity.ts'
import type { StoryText } from './story-text.ts'

/** In a short summary a sentence of fewer words only fills what is left. */
const MIN_SHORT_WORDS = 11
/** Later sentences of an article are background (MultiLing, 3 sentences of 3 articles: 24.2 % of their pairs in references, 22.2 % without this). */
export const MAX_SHORT_POSITION = 5
/** Pairs of words that a sentence of a short summary shares with other articles; with fewer it is beside the story. */
const MIN_SHARED_PAIRS = 2
/** With fewer articles, what only one says may be the story too. */
const MIN_VOICES = 3

/** Words of titles and tops that a sentence of a short summary has at least: else it tells of something else. */
const MIN_CORE_WORDS = 3

/** The words that say what a story is about: those of its titles and of the tops of its articles. */
export function coreOf(story: StoryText): ReadonlyMap<number, number> {
  const { sentences, content } = story
  const tops = content.filter((_, i) => (sentences[i]?.position ?? 0) < TOP_SENTENCES)
  const counts = new Map<number, number>()
  for (const words of [...tops, ...titleWords(story)])
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** Whether a sentence is fit for a summary of few sentences: long enough to tell a fact, and about what others tell too. */
export function carries(
  { sentences, index, content, lang }: StoryText,
  i: number,
  core: ReadonlyMap<number, number>,
  maxPosition: number,
): boolean {
  const { length, position, text } = sentences[i] ?? { length: { words: 0 }, position: 0, text: '' }
  if (length.words < MIN_SHORT_WORDS || position > maxPosition || isDescription(text, lang)) return false
  // A top stands in the core itself.
  const least = position < TOP_SENTENCES ? 2 : 1
  const about = (content[i] ?? NONE).filter((word) => (core.get(word) ?? 0) >= least)
  if (about.length < MIN_CORE_WORDS) return false
  if (index.docs < MIN_VOICES || position <= TOP_SENTENCES) return true
  let shared = 0
  for (const id of index.ofSentence[i] ?? NONE) {
    const isNews =
      index.isFunction[index.firstWord[id] ?? 0] !== 1 || index.isFunction[index.secondWord[id] ?? 0] !== 1
    if (isNews && (index.docCount[id] ?? 0) > 1) shared++
  }
  return shared >= MIN_SHARED_PAIRS
}

/** Sentences of an article that say what happened. */
export const TOP_SENTENCES = 2

const NONE = new Int32Array(0)

/** The content words of each title of a story. */
export function titleWords({ titles, index }: StoryText): Int32Array[] {
  return titles.map((title) => contentWords(title, index.isFunction))
}
