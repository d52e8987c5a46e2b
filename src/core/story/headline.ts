import type { Article } from '../feed/article.ts'
import { splitSentences } from '../text/sentences.ts'
import { stem } from '../text/stems.ts'
import { stopWords } from '../text/stop-words.ts'
import { words } from '../text/words.ts'

/** The headline of a story: the title of one of its articles without the outlet's name, or the start of a text. */
export interface StoryHeadline {
  readonly text: string
  /** Article that it is taken from; `null` where the story has no words at all. */
  readonly articleId: string | null
}

/** A growing story keeps its headline until another one is this much more representative (0..1). */
const MIN_GAIN = 0.12

/** Titles that are compared; a bigger story has enough in its first ones. */
const MAX_COMPARED = 60

/** Headlines of this length say what happened and fit a line. */
const MIN_CHARS = 25
const MAX_CHARS = 130

const MAX_LEAD_CHARS = 160

/** Labels of pieces that are no plain report. */
const NOT_PLAIN =
  /^(?:opinion|editorial|analysis|column|live|watch|video|photos?|quiz|podcast|kommentar|opini[oó]n|vidéo|live-?ticker)\b\s*[:|–-]/i

/**
 * The most representative real headline of some articles of one story, in order of arrival.
 *
 * Each title is compared with the others by the share of its stems that they tell and of theirs that it tells; questions, shouting and labelled pieces stand
 * back; ties go to the first. O(articles²) up to 60 articles.
 * @param lang titles of this language come first where there are any; `null`: all
 * @param current the headline that was shown before: kept while it is nearly as good
 */
export function storyHeadline(
  articles: readonly Article[],
  lang: string | null = null,
  current: StoryHeadline | null = null,
): StoryHeadline {
  const wanted = articles.filter((article) => article.lang === lang && article.title !== '')
  if (wanted.length > 0 && wanted.length < articles.length) return storyHeadline(wanted, lang, current)
  const compared = articles.slice(0, MAX_COMPARED)
  const titles = compared.map((article) => ({ article, text: plainTitle(article, articles) }))
  const real = titles.filter(({ text }) => text !== '')
  if (real.length === 0) return fromLead(articles)
  const bags = new Map(
    compared.map((article) => [article.id, stemsOf(`${article.title} ${openingOf(article)}`, article.lang)]),
  )
  const titleStems = new Map(titles.map(({ article, text }) => [article.id, stemsOf(text, article.lang)]))
  const scored = real.map(({ article, text }) => {
    const stems = stemsOf(text, article.lang)
    const others = compared.filter((other) => other.id !== article.id)
    const told = others.map(
      (other) =>
        0.5 * shareFound(stems, bags.get(other.id) ?? NO_STEMS) +
        0.5 * shareFound(titleStems.get(other.id) ?? NO_STEMS, stems),
    )
    const mean = told.length === 0 ? 0 : told.reduce((sum, share) => sum + share, 0) / told.length
    return { article, text, score: mean - faultsOf(text) }
  })
  const best = scored.reduce((top, one) => (one.score > top.score ? one : top))
  const kept = current === null ? undefined : scored.find(({ article }) => article.id === current.articleId)
  const chosen = kept !== undefined && best.score - kept.score < MIN_GAIN ? kept : best
  return { text: chosen.text, articleId: chosen.article.id }
}

/** The text of {@link storyHeadline}. */
export function chooseHeadline(articles: readonly Article[], lang: string | null): string {
  return storyHeadline(articles, lang).text
}

/**
 * A title without the outlet's name at its end: `Mayor resigns | The Example` gives `Mayor resigns`.
 *
 * A part after a bar is dropped where it is the outlet, or short; after a dash only where it is the outlet or stands at the end of
 * another title of the same publisher too.
 */
export function plainTitle(article: Article, others: readonly Article[] = []): string {
  const match = /^(.{12,}?)\s*(\s[-–—]\s|[|»]|::)\s*([^|»]{2,50})$/u.exec(article.title)
  if (match === null) return article.title
  const [, head = '', mark = '', tail = ''] = match
  const deeper = / [-–—] |[|»]/u.test(tail) ? (tail.split(/ [-–—] |[|»]/u).at(-1) ?? tail) : tail
  if (isOutlet(deeper, article)) return cutTail(article.title, deeper)
  if (mark.trim() === '|' || mark.trim() === '»' || mark.trim() === '::')
    return tail.split(' ').length <= 4 ? head : article.title
  const repeated = others.some(
    (other) =>
      other.id !== article.id &&
      other.publisher === article.publisher &&
      other.title !== article.title &&
      other.title.endsWith(`${mark.trim()} ${deeper}`),
  )
  return repeated ? cutTail(article.title, deeper) : article.title
}

function cutTail(title: string, tail: string): string {
  return title.slice(0, title.lastIndexOf(tail)).replace(/[\s|»:–—-]+$/u, '')
}

function isOutlet(tail: string, article: Article): boolean {
  const folded = fold(tail)
  if (folded.length < 2) return false
  const outlet = fold(article.outlet)
  return (
    folded === outlet ||
    folded === fold(article.publisher) ||
    (outlet.length > 3 && folded.startsWith(outlet)) ||
    (folded.length > 4 && outlet.startsWith(folded))
  )
}

function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/^(?:the|www\.) ?/, '')
    .replace(/\.(?:com|org|net|co\.uk|[a-z]{2})$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

function faultsOf(title: string): number {
  let faults = 0
  if (title.length < MIN_CHARS || title.length > MAX_CHARS) faults += 0.15
  if (title.endsWith('?') || title.endsWith('…') || title.endsWith('...')) faults += 0.3
  if (NOT_PLAIN.test(title)) faults += 0.3
  if (title === title.toUpperCase() && title !== title.toLowerCase()) faults += 0.1
  return faults
}

function stemsOf(text: string, lang: string | null): Set<string> {
  const stops = stopWords(lang ?? 'en')
  return new Set(
    words(text)
      .filter((word) => !stops.has(word))
      .map((word) => stem(word, lang ?? 'en')),
  )
}

const NO_STEMS: ReadonlySet<string> = new Set()

/** Share of the stems that another text has too. */
function shareFound(stems: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (stems.size === 0) return 0
  let found = 0
  for (const one of stems) if (other.has(one)) found++
  return found / stems.size
}

const OPENING_CHARS = 500

function openingOf(article: Article): string {
  const start = newsStart(article)
  return article.text.slice(start, start + OPENING_CHARS)
}

/** Where the news starts: behind furniture at the very beginning. */
function newsStart(article: Article): number {
  let start = 0
  for (const span of article.furniture)
    if (article.text.slice(start, span.start).trim() === '') start = span.end
  return start
}

/** The first sentence of the first article that has one, cut at a word. */
function fromLead(articles: readonly Article[]): StoryHeadline {
  for (const article of articles) {
    const opening = openingOf(article)
    const first = splitSentences(opening, { lang: article.lang })[0]
    if (first === undefined) continue
    const text = opening.slice(first.start, first.end).replace(/\s+/g, ' ')
    if (text.length <= MAX_LEAD_CHARS) return { text, articleId: article.id }
    const cut = text.slice(0, MAX_LEAD_CHARS)
    const words = cut.slice(0, Math.max(cut.lastIndexOf(' '), MAX_LEAD_CHARS - 40))
    return { text: `${words.toWellFormed()}…`, articleId: article.id }
  }
  return { text: '', articleId: articles[0]?.id ?? null }
}
