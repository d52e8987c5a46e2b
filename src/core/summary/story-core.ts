import { isDescription } from './readability.ts'
import { contentWords } from './similarity.ts'
import type { StoryText } from './story-text.ts'
import { tokenIds } from './tokens.ts'

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

/** Of them so many stand in titles and tops of other articles: an article may be in a story by mistake, or tell of more. */
const MIN_OTHERS_WORDS = 1
/**
 * From so many articles on all of them do; with fewer each tells too much of its own. MultiLing, 3 sentences, R-2 of references: with 10
 * articles 7.1 without and 7.2 (English 7.1 and 7.7), with 5 articles 6.8 and 6.6.
 */
const MANY_VOICES = 6

/** The words that say what a story is about, those of its titles and of the tops of its articles: where each stands. */
export type StoryCore = ReadonlyMap<number, CoreWord>

/** Where a word of a {@link StoryCore} stands. */
interface CoreWord {
  /** How many titles and sentences of tops have it. */
  readonly times: number
  /** The articles in whose title or top it stands. */
  readonly docs: ReadonlySet<number>
}

/** The core of a story; linear in its titles and tops. */
export function coreOf({ sentences, content, docs, index, lang, vocabulary }: StoryText): StoryCore {
  const core = new Map<number, { times: number; docs: Set<number> }>()
  const add = (doc: number, words: Int32Array): void => {
    for (const word of words) {
      const known = core.get(word) ?? { times: 0, docs: new Set<number>() }
      known.times++
      known.docs.add(doc)
      core.set(word, known)
    }
  }
  for (const doc of new Set(sentences.map((sentence) => sentence.doc)))
    add(doc, contentWords(tokenIds(docs[doc]?.title ?? '', lang, vocabulary), index.isFunction))
  sentences.forEach(({ doc, position }, i) => {
    if (position < TOP_SENTENCES) add(doc, content[i] ?? NONE)
  })
  return core
}

/** Whether a sentence is fit for a summary of few sentences: long enough to tell a fact, and about what others tell too. */
export function carries(
  { sentences, index, content, lang }: StoryText,
  i: number,
  core: StoryCore,
  maxPosition: number,
): boolean {
  const { doc, length, position, text } = sentences[i] ?? NO_SENTENCE
  if (length.words < MIN_SHORT_WORDS || position > maxPosition || isDescription(text, lang)) return false
  // A top stands in the core itself.
  const least = position < TOP_SENTENCES ? 2 : 1
  const about = Array.from(content[i] ?? NONE)
    .flatMap((word) => core.get(word) ?? [])
    .filter(({ times }) => times >= least)
  if (about.length < MIN_CORE_WORDS) return false
  if (index.docs < MIN_VOICES) return true
  const ofOthers = about.filter(({ docs }) => docs.size > (docs.has(doc) ? 1 : 0))
  if (ofOthers.length < (index.docs < MANY_VOICES ? MIN_OTHERS_WORDS : MIN_CORE_WORDS)) return false
  if (position <= TOP_SENTENCES) return true
  let shared = 0
  for (const id of index.ofSentence[i] ?? NONE) {
    const isNews =
      index.isFunction[index.firstWord[id] ?? 0] !== 1 || index.isFunction[index.secondWord[id] ?? 0] !== 1
    if (isNews && (index.docCount[id] ?? 0) > 1) shared++
  }
  return shared >= MIN_SHARED_PAIRS
}

const NO_SENTENCE = { doc: -1, length: { words: 0 }, position: 0, text: '' }

/** Sentences of an article that say what happened. */
export const TOP_SENTENCES = 2

const NONE = new Int32Array(0)

/** The content words of each title of a story. */
export function titleWords({ titles, index }: StoryText): Int32Array[] {
  return titles.map((title) => contentWords(title, index.isFunction))
}
