import type { Article } from '../feed/article.ts'
import { splitSentences } from '../text/sentences.ts'
import type { TextRange } from '../text/text-range.ts'
import { cleanRange } from './clean-range.ts'
import { measureLength, type TextLength } from './length-limit.ts'

/** A sentence of one of a story's articles. `docs[doc].text.slice(start, end) === text`. */
export interface StorySentence extends TextRange {
  readonly text: string
  readonly doc: number
  /** Place among the real sentences of its article, from 0; date lines, sub-heads and furniture are not counted. */
  readonly position: number
  readonly length: TextLength
}

/** Sentences of one article that are read at most; what a longer one says late is not its news. */
export const MAX_ARTICLE_SENTENCES = 400
/** UTF-16 units of one article that are read at most. */
export const MAX_ARTICLE_CHARS = 200_000
/** A piece of fewer words without an end mark is a date line, sub-head, caption or byline. */
const MIN_OPEN_WORDS = 12

const ENDS = /[.!?…。．！？｡؟۔।॥։](?:["'”’“»›」』）)\]]|\s»)*$/u

/** The first real sentences of an article, in order, cleaned of datelines and tails. Linear in its text. */
export function readSentences(
  article: Article,
  doc: number,
  maxSentences = MAX_ARTICLE_SENTENCES,
): StorySentence[] {
  const text =
    article.text.length > MAX_ARTICLE_CHARS ? article.text.slice(0, MAX_ARTICLE_CHARS) : article.text
  const sentences: StorySentence[] = []
  let index = 0
  for (const piece of splitSentences(text, { lang: article.lang, keepQuotations: true })) {
    if (sentences.length >= maxSentences) break
    if (isFurniture(article, piece)) continue
    const { start, end } = cleanRange(text, piece, index++)
    const content = text.slice(start, end)
    const length = measureLength(content)
    if (length.words === 0 || (length.words < MIN_OPEN_WORDS && !hasEndMark(content))) continue
    sentences.push({ text: content, doc, start, end, position: sentences.length, length })
  }
  return sentences
}

/** Whether a text ends as a sentence does, quotes and brackets aside. */
export function hasEndMark(text: string): boolean {
  return ENDS.test(text.length > 12 ? text.slice(-12) : text)
}

function isFurniture(article: Article, piece: TextRange): boolean {
  return article.furniture.some((span) => span.start < piece.end && piece.start < span.end)
}
