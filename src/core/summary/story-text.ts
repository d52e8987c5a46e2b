import type { Article } from '../feed/article.ts'
import { indexConcepts, type ConceptIndex } from './concepts.ts'
import { foldCopies } from './fold-copies.ts'
import { isFunctionWord } from './function-words.ts'
import { contentWords } from './similarity.ts'
import { MAX_ARTICLE_SENTENCES, readSentences, type StorySentence } from './story-sentence.ts'
import { createVocabulary, tokenIds, type Vocabulary } from './tokens.ts'

/** The text of a story, read once: sentences of the articles that are no copies, article by article. */
export interface StoryText {
  readonly docs: readonly Article[]
  readonly lang: string | null
  readonly sentences: readonly StorySentence[]
  /** Content words of each sentence, ascending; indexed as the sentences are. */
  readonly content: readonly Int32Array[]
  readonly index: ConceptIndex
  readonly vocabulary: Vocabulary
  /** Words of the titles of those articles; articles without a title are left out. */
  readonly titles: readonly Int32Array[]
  /** 1 for words with a digit; indexed by word. */
  readonly hasDigit: Uint8Array
}

/** Sentences of a whole story that are read at most: 200 long articles are read from their tops. At 2,000 those take some 300 ms, at 1,200 224 (bench/speed-summary.ts). */
const MAX_STORY_SENTENCES = 1200
/** Every article gives so many sentences at least. */
const MIN_ARTICLE_SENTENCES = 6

/** Reads the articles of a language: sentences, words, copies folded, concepts. Offsets are those of the articles' texts. */
export function readStory(
  docs: readonly Article[],
  lang: string | null,
  copies: ReadonlyMap<string, string> | undefined,
): StoryText {
  const spoken = docs.map((_, i) => i).filter((i) => isTold(docs[i], lang))
  const perArticle = Math.max(
    MIN_ARTICLE_SENTENCES,
    Math.floor(MAX_STORY_SENTENCES / Math.max(1, spoken.length)),
  )
  const vocabulary = createVocabulary()
  const read = spoken.map((doc) =>
    readArticle(docs, doc, lang, Math.min(perArticle, MAX_ARTICLE_SENTENCES), vocabulary),
  )
  const voices = foldCopies(
    spoken.flatMap((i) => docs[i] ?? []),
    read.map(({ tokens }) => concat(tokens)),
    copies,
  )
  const kept = voices.flatMap((i) => read[i] ?? [])
  const sentences = kept.flatMap((article) => article.sentences)
  const tokens = kept.flatMap((article) => article.tokens)
  const titles = titlesOf(
    docs,
    kept.map(({ doc }) => doc),
    lang,
    vocabulary,
  )
  const isFunction = Uint8Array.from(vocabulary.words, (word) => (isFunctionWord(word, lang) ? 1 : 0))
  return {
    docs,
    lang,
    sentences,
    content: tokens.map((words) => contentWords(words, isFunction)),
    index: indexConcepts(sentences, tokens, isFunction),
    vocabulary,
    titles,
    hasDigit: Uint8Array.from(vocabulary.words, (word) => (/\p{N}/u.test(word) ? 1 : 0)),
  }
}

function isTold(article: Article | undefined, lang: string | null): boolean {
  return article !== undefined && (lang === null || article.lang === null || article.lang === lang)
}

function readArticle(
  docs: readonly Article[],
  doc: number,
  lang: string | null,
  maxSentences: number,
  vocabulary: Vocabulary,
): { doc: number; sentences: StorySentence[]; tokens: Int32Array[] } {
  const article = docs[doc]
  const sentences = article === undefined ? [] : readSentences(article, doc, maxSentences)
  return { doc, sentences, tokens: sentences.map(({ text }) => tokenIds(text, lang, vocabulary)) }
}

function titlesOf(
  docs: readonly Article[],
  kept: readonly number[],
  lang: string | null,
  vocabulary: Vocabulary,
): Int32Array[] {
  return kept
    .map((doc) => tokenIds(docs[doc]?.title ?? '', lang, vocabulary))
    .filter((title) => title.length > 0)
}

function concat(parts: readonly Int32Array[]): Int32Array {
  const whole = new Int32Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
