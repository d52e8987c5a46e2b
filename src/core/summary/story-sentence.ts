import type { Article } from '../feed/article.ts'
import { isQuoteClosed, splitSentences } from '../text/sentences.ts'
import type { TextRange } from '../text/text-range.ts'
import { cleanRange } from './clean-range.ts'
import { hasGluedWord } from './glued-words.ts'
import { measureLength, type TextLength } from './length-limit.ts'

/** A sentence of one of a story's articles. `docs[doc].text.slice(start, end) === text`. */
export interface StorySentence extends TextRange {
  readonly text: string
  readonly doc: number
  /** Place among the real sentences of its article, from 0; date lines, sub-heads and furniture are not counted. */
  readonly position: number
  readonly length: TextLength
  /** Whether it stands inside a quotation that opened before it: nothing of it names the speaker. */
  readonly isSpoken?: boolean
  /** Whether two texts were glued together in it. */
  readonly isGlued?: boolean
  /** Whether it is no news by itself: it stands word for word twice, one close to the other, in a list of other events, or only says who speaks next. */
  readonly isTeaser?: boolean
}

/** Sentences of one article that are read at most; what a longer one says late is not its news. */
export const MAX_ARTICLE_SENTENCES = 400
/** UTF-16 units of one article that are read at most. */
export const MAX_ARTICLE_CHARS = 200_000
/** UTF-16 units that are read for each sentence wanted; long sentences have 300. */
const READ_CHARS_PER_SENTENCE = 600
/** A piece of fewer words without an end mark is a date line, sub-head, caption or byline. */
const MIN_OPEN_WORDS = 12

/** A line of so few words that opens an article and has a year and a day is its date. */
const MAX_DATE_WORDS = 6

/** `Saturday, 13 March 2010.`, in any language; `PORT ASH, N.J.`, which a dash parts from the news. */
function isDateLine(text: string): boolean {
  if (/^\p{Lu}{2}[\p{Lu}.'’ -]*,\s(?:\p{Lu}[\p{L}]*\.){1,3}$/u.test(text)) return true
  return /(?<!\d)(?:19|20)\d\d(?!\d)/u.test(text) && /(?<!\d)\d{1,2}(?!\d)/u.test(text)
}

const ENDS = /[.!?…。．！？｡؟۔।॥։](?:["'”’“»›」』）)\]]|\s»|\s'')*$/u

/**
 * The first real sentences of an article, in order, cleaned of furniture, datelines and tails. Linear in its text.
 *
 * Paragraphs that name a photographer are captions, unless the article has nothing else.
 */
export function readSentences(
  article: Article,
  doc: number,
  maxSentences = MAX_ARTICLE_SENTENCES,
): StorySentence[] {
  const sentences = sentencesOf(article, doc, maxSentences, isInCaption)
  const all = sentences.length > 0 ? sentences : sentencesOf(article, doc, maxSentences, () => false)
  return markSpoken(
    markTeasers(all).map((one, i, list) => (introduces(one, list[i + 1]) ? { ...one, isTeaser: true } : one)),
  )
}

function sentencesOf(
  article: Article,
  doc: number,
  maxSentences: number,
  isCaption: (text: string, end: number) => boolean,
): StorySentence[] {
  const maxChars = Math.min(MAX_ARTICLE_CHARS, maxSentences * READ_CHARS_PER_SENTENCE)
  const isCut = article.text.length > maxChars
  const text = isCut ? article.text.slice(0, maxChars) : article.text
  const pieces = splitSentences(text, { lang: article.lang, keepQuotations: true })
  if (isCut) pieces.pop()
  const sentences: StorySentence[] = []
  const isInQuotation = quotationFinder(text)
  const listAt = startOfList(text)
  const isWritten = (word: string): boolean => text.indexOf(word, text.indexOf(word) + 1) >= 0
  let index = 0
  for (const piece of pieces) {
    if (sentences.length >= maxSentences) break
    const isSpoken = isInQuotation(piece)
    const news = outsideFurniture(article, piece)
    if (news === null || isBesideText(text, news) || isCaption(text, news.end)) continue
    if (sentences.length >= DATED_SENTENCES && isBelowStamp(text, news.start)) continue
    const { start, end } = cleanRange(text, afterTitles(article, news, index++), sentences.length)
    const content = text.slice(start, end)
    const length = measureLength(content)
    if (sentences.length === 0 && length.words <= MAX_DATE_WORDS && isDateLine(content)) continue
    if (length.words === 0 || (length.words < MIN_OPEN_WORDS && !hasEndMark(content))) continue
    sentences.push({
      ...{ text: content, doc, start, end, position: sentences.length, length },
      ...(isSpoken ? { isSpoken } : {}),
      ...(hasGluedWord(content, isWritten) ? { isGlued: true } : {}),
      ...(start > listAt ? { isTeaser: true } : {}),
    })
  }
  return sentences
}

/** `Attorney Ada Quill is an expert in shipping law.`: whose quotation stands behind it. */
const INTRODUCES =
  /^(?:\p{L}[\p{L}-]*\s){0,4}(?:\p{Lu}[\p{L}.’'-]+\s){2,3}(?:is|was|has\sbeen)\s(?:an?\s(?!suspect)|one\sof\s|among\s)(?!.*(?:\d|\b(?:said|says|after|killed|shot|dead|charged|arrested|injured)\b))/u

function introduces({ text, position }: StorySentence, next: StorySentence | undefined): boolean {
  return position > 0 && /^(?:["“]|``)/u.test(next?.text ?? '') && INTRODUCES.test(text)
}

/** `Marholm mine: 12 dead`: the label of an entry in a list of what happened elsewhere. */
const LIST_LABEL =
  /(?:^|\n)[^\n.!?]{3,60}:\s[\d,]+\s(?:people\s)?(?:killed|dead|deaths|injured|wounded)[ \t]*(?=\n)/giu
/** One such line is a sub-head. */
const MIN_LIST_LABELS = 2

/** Where a list of other events begins; `Infinity` where a text has none. */
function startOfList(text: string): number {
  const labels = [...text.matchAll(LIST_LABEL)]
  return labels.length < MIN_LIST_LABELS ? Infinity : (labels[0]?.index ?? Infinity)
}

/** Fewer words come twice by chance. */
const MIN_REPEATED_WORDS = 8
/** A teaser and what it is taken from stand so many sentences apart at most; farther apart an article repeats itself (dev pages: 3 to 20). */
const TEASER_DISTANCE = 2
/** Where more of an article stands twice, it was printed twice as a whole. */
const MAX_REPEATED_SHARE = 1 / 3

/** Marks the sentences that an article prints word for word twice, one close to the other; its first sentence never. */
function markTeasers(sentences: StorySentence[]): StorySentence[] {
  const isTwice = (text: string, position: number): boolean => sentences[position]?.text === text
  const isTeaser = ({ text, position, length }: StorySentence): boolean => {
    if (position === 0 || length.words < MIN_REPEATED_WORDS) return false
    for (let gap = 1; gap <= TEASER_DISTANCE; gap++)
      if (isTwice(text, position - gap) || isTwice(text, position + gap)) return true
    return false
  }
  const count = sentences.filter(isTeaser).length
  if (count === 0 || count > sentences.length * MAX_REPEATED_SHARE) return sentences
  return sentences.map((sentence) => (isTeaser(sentence) ? { ...sentence, isTeaser: true } : sentence))
}

/** Sentences that a quotation with a line for each may have between its first and its last. */
const MAX_SPOKEN_LINES = 3
/** A quotation that a sentence opens and does not close, and one that it closes and did not open. */
const OPENS_QUOTE = /^"[^"]*$|(?:^|\s)``(?:(?!``|'').)*$/u
const CLOSES_QUOTE = /^[^"`]*?\S\s?(?:"|'')(?:[,.]?$|\s)/u

/** Somebody tells who speaks: no part of a quotation. */
const NARRATED = /\b(?:said|says|told|according)\b/u

/**
 * Marks the sentences between one that leaves a quotation open and one that closes what it did not open. Round marks do not tell: each
 * paragraph of a long quotation repeats them, and where one was lost all that follows would be taken for it.
 */
function markSpoken(sentences: StorySentence[]): StorySentence[] {
  const marks = sentences.map(({ text }) => countOf(text, /"|``|''/gu))
  const spoken = new Set<number>()
  sentences.forEach(({ text }, i) => {
    if (marks[i] === 0 || (marks[i] ?? 0) % 2 === 0 || !OPENS_QUOTE.test(text)) return
    const closing = marks.findIndex((own, j) => j > i && own !== 0)
    if (closing < 0 || closing - i - 1 > MAX_SPOKEN_LINES) return
    if ((marks[closing] ?? 0) % 2 === 0 || !CLOSES_QUOTE.test(sentences[closing]?.text ?? '')) return
    const between = sentences.slice(i + 1, closing)
    if (!between.some((one) => NARRATED.test(one.text))) for (const one of between) spoken.add(one.position)
  })
  return spoken.size === 0
    ? sentences
    : sentences.map((one, i) => (spoken.has(i) ? { ...one, isSpoken: true } : one))
}

function countOf(text: string, marks: RegExp): number {
  return text.match(marks)?.length ?? 0
}

/** A quotation that is longer lost its closing mark (UTF-16 units). */
const MAX_QUOTATION_CHARS = 1500

/** Tells of each piece, asked in order, whether it begins inside a quotation that its line opened before. Linear in the text. */
function quotationFinder(text: string): (piece: TextRange) => boolean {
  let from = 0
  let at = 0
  return ({ start, end }) => {
    const isNewLine = text.slice(at, start).includes('\n')
    if (isNewLine || start - from > MAX_QUOTATION_CHARS || isQuoteClosed(text.slice(from, start)))
      from = start
    at = end
    return from < start
  }
}

/** Characters around a piece that show what kind of line it stands in. */
const NEAR_CHARS = 120
/** Behind a caption: who took the picture, or its number in a gallery. */
const CREDIT_BEHIND =
  /^\s*(?:\((?:\p{Lu}[\p{L}.'’-]+\s){0,4}[\p{L}.'’ -]{0,40}(?:\/|Getty|AP Photo|AFP|Reuters|via AP)[^()]{0,60}\)|Hide Caption|Image \d+ of \d+|Photo(?:graph)?:|Credit:)/u
/** `— Ada Quill (@adaquill) May 3, 2018`: a post, whose speaker is named only at its end. */
const POST_BEHIND = /^[^\n]*?[—–-]\s?[^\n@]{1,60}\(@\w{2,30}\)/u

/** A line that is only a date or a time: what stands below it is an entry of a time line, and needs it. */
const STAMP_ABOVE =
  /(?:^|\n)[ \t]*(?:\d{1,2}[:.]\d{2}(?:[ \t]?[ap]\.?m\.?)?|(?:\d{1,2}[ \t])?(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?(?:[ \t]\d{1,2})?(?:,?[ \t](?:19|20)\d\d)?|(?:19|20)\d\d)[ \t]*[:–—-]?\s*\n\s*$/iu
/** Sentences at the top of an article that its date may stand above. */
const DATED_SENTENCES = 2

/** Whether a piece is a caption, or a post shown between the paragraphs: no sentence of the article itself. */
function isBesideText(text: string, { end }: TextRange): boolean {
  const behind = text.slice(Math.max(0, end - 1), end + MAX_POST_CHARS)
  if (behind.includes('(@') && POST_BEHIND.test(behind)) return true
  return CREDIT_BEHIND.test(text.slice(end, end + NEAR_CHARS))
}

/** A paragraph that names its photographer, or when its video was published, is a caption (UTF-16 units); a longer one is the article in one line. */
const MAX_CAPTION_CHARS = 600
const PHOTOGRAPHER =
  /\((?:Photo|Photograph)s?(?::|\sby\s)|\b(?:Photo|Photograph)s?\s(?:by|courtesy(?:\sof)?)\s\p{Lu}|\(Published\s\p{Lu}\p{Ll}+day,|\bhas\s(?:all\s)?the\s(?:details|story)\.\s(?:Buzz60|Veuer|Wochit)/u

/** Whether the short line that a piece ends in names, behind it, who took the picture. */
function isInCaption(text: string, end: number): boolean {
  const [behind = ''] = text.slice(end, end + MAX_CAPTION_CHARS).split('\n', 1)
  const before =
    text
      .slice(Math.max(0, end - MAX_CAPTION_CHARS), end)
      .split('\n')
      .at(-1) ?? ''
  return before.length + behind.length < MAX_CAPTION_CHARS && PHOTOGRAPHER.test(behind)
}

function isBelowStamp(text: string, start: number): boolean {
  if (text.charAt(start - 1) !== '\n') return false
  return STAMP_ABOVE.test(text.slice(Math.max(0, start - NEAR_CHARS), start))
}

/** A post of several sentences is named behind the last one. */
const MAX_POST_CHARS = 500

/** Whether a text ends as a sentence does, quotes and brackets aside. */
export function hasEndMark(text: string): boolean {
  return ENDS.test(text.length > 12 ? text.slice(-12) : text)
}

/** Pieces of an article that may begin with its title. */
const TITLED_PIECES = 3
/** A shorter title is a name that a sentence may begin with. */
const MIN_TITLE_CHARS = 20

/** A piece without the titles before it: a page may print one for people and one for machines. */
function afterTitles(article: Article, piece: TextRange, index: number): TextRange {
  return afterTitle(article, afterTitle(article, piece, index), index)
}

/** A piece without the article's title where that was glued before it: a capital follows, so it is no part of the sentence. */
function afterTitle({ title, text }: Article, { start, end }: TextRange, index: number): TextRange {
  const label =
    index < TITLED_PIECES && title.length >= MIN_TITLE_CHARS ? labelBefore(title, text, start) : null
  const behind = start + (label ?? 0) + title.length
  const isGlued = label !== null && behind < end
  const next = isGlued ? /^\s+(?=["“‘']?\p{Lu})/u.exec(text.slice(behind, Math.min(end, behind + 8))) : null
  return next === null ? { start, end } : { start: behind + next[0].length, end }
}

/** How many UTF-16 units a site's name takes between a place and the title behind it; `null` where there is no title. */
function labelBefore(title: string, text: string, start: number): number | null {
  const head = text.slice(start, start + MAX_LABEL_CHARS + title.length)
  const at = head.toLowerCase().indexOf(title.toLowerCase())
  return at >= 0 && /^(?:\p{Lu}[\p{L}\p{N}.]*\s){0,4}$/u.test(head.slice(0, at)) ? at : null
}

/** `Harbour News`, `KBAY 9 News`. */
const MAX_LABEL_CHARS = 30

/** What a piece leaves outside furniture: a stamp before it and an appeal behind it are cut off; `null` where nothing whole is left. */
function outsideFurniture({ furniture, text }: Article, piece: TextRange): TextRange | null {
  let { start, end } = piece
  for (const span of furniture) {
    if (span.end <= start || span.start >= end) continue
    if (span.start <= start) start = span.end
    else if (span.end >= end) end = span.start
    else return null
  }
  while (start < end && isSpace(text, start)) start++
  while (end > start && isSpace(text, end - 1)) end--
  return start < end ? { start, end } : null
}

function isSpace(text: string, at: number): boolean {
  return /\s/u.test(text.charAt(at))
}
