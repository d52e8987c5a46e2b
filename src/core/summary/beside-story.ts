import { factsOf, factWords } from './fact-words.ts'
import { contentWords } from './similarity.ts'
import { TOP_SENTENCES } from './story-core.ts'
import type { StoryText } from './story-text.ts'
import { tokenIds } from './tokens.ts'

/**
 * The sentences of a story (by index) with which an article begins before it comes to the story: an anecdote, or what a page shows of
 * other news.
 *
 * A run of first sentences, or a sentence that its page prints twice, that share no word, not even one for the same kind of event, with
 * any title and with the top of any other article. None where there is one article only. Linear in the sentences.
 */
export function besideStory(story: StoryText): ReadonlySet<number> {
  const { sentences, content, index, docs, lang, vocabulary } = story
  const beside = new Set<number>()
  const openings = new Set<number>()
  const twice = printedTwice(story)
  if (index.docs < 2) return beside
  // Titles may bring new words, whose numbers facts must not share: they are read first.
  const titles = docs.map(({ title }) => contentWords(tokenIds(title, lang, vocabulary), index.isFunction))
  const words = factWords(vocabulary, lang)
  const titled = new Set(titles.flatMap((title) => [...factsOf(title, words)]))
  const topsWith = articlesByFact(story, (i) => factsOf(content[i] ?? NONE, words))
  sentences.forEach(({ doc, position }, i) => {
    const isOpening = position === 0 || openings.has(i - 1)
    if (!isOpening && !twice.has(i)) return
    const isOfStory = factsOf(content[i] ?? NONE, words).some((fact) => {
      const articles = topsWith.get(fact)
      return titled.has(fact) || (articles?.size ?? 0) > (articles?.has(doc) === true ? 1 : 0)
    })
    if (isOfStory) return
    beside.add(i)
    if (isOpening) openings.add(i)
  })
  return beside
}

/** The sentences (by index) that stand word for word twice in their article. */
function printedTwice({ sentences }: StoryText): ReadonlySet<number> {
  const places = Map.groupBy(
    sentences.keys(),
    (i) => `${sentences[i]?.doc ?? -1} ${sentences[i]?.text ?? ''}`,
  )
  return new Set([...places.values()].filter((twice) => twice.length > 1).flat())
}

/** For each fact the articles (by index) that have it in their tops. */
function articlesByFact(
  { sentences }: StoryText,
  factsAt: (sentence: number) => Int32Array,
): ReadonlyMap<number, ReadonlySet<number>> {
  const articles = new Map<number, Set<number>>()
  sentences.forEach(({ doc, position }, i) => {
    if (position >= TOP_SENTENCES) return
    for (const fact of factsAt(i)) {
      const known = articles.get(fact)
      if (known === undefined) articles.set(fact, new Set([doc]))
      else known.add(doc)
    }
  })
  return articles
}

const NONE = new Int32Array(0)
