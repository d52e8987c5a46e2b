import type { Article } from '../feed/article.ts'
import { splitSentences } from '../text/sentences.ts'
import { stem } from '../text/stems.ts'
import { stopWords } from '../text/stop-words.ts'
import { words } from '../text/words.ts'
import { bearsOut, titleCounts, type TitleCounts } from './count-agreement.ts'
import { cutTitle } from './cut-title.ts'
import { shownTitle, type ShownTitle } from './plain-title.ts'
import { titleFaults } from './title-faults.ts'

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

const MAX_LEAD_CHARS = 160

/** What a title loses that was cut off in the middle (0..1): nearly any other is better. */
const CUT_OFF = 0.4

/** What the title of a video, a live page or the like loses (0..1). */
const LABELLED = 0.3

/** From this share on of the articles that count the same a title's numbers are doubtful (0.3-0.7). */
const MIN_DENIED = 0.5

/** A title whose counts others bear out better takes the place of one that is this much more representative at most (0..1). */
const MAX_LOSS = 0.2

/**
 * The most representative real headline of some articles of one story, in order of arrival.
 *
 * Each title is compared with the others by the share of its stems that they tell and of theirs that it tells; questions, lists, opinion,
 * shouting, labelled pieces, titles that were cut off and those whose counts the newer articles do not bear out stand back; ties go to
 * the first. A title that was cut off ends in `…`. O(articles²) up to 60 articles.
 * @param lang titles of this language come first where there are any; `null`: those of the commonest one
 * @param current the headline that was shown before: kept while it is nearly as good
 */
export function storyHeadline(
  articles: readonly Article[],
  lang: string | null = null,
  current: StoryHeadline | null = null,
): StoryHeadline {
  const told = lang ?? mainLanguage(articles)
  const wanted = articles.filter((article) => article.lang === told && article.title !== '')
  if (wanted.length > 0 && wanted.length < articles.length) return storyHeadline(wanted, told, current)
  const titles = articles.slice(0, MAX_COMPARED).map((article) => readTitle(article, articles))
  const scored = titles.filter(({ text }) => text !== '').map((title) => scoreTitle(title, titles))
  const [first] = scored
  if (first === undefined) return fromLead(articles)
  const best = scored.reduce((top, one) => (one.score > top.score ? one : top), first)
  const kept =
    current === null ? undefined : scored.find(({ title }) => title.article.id === current.articleId)
  const shown = kept !== undefined && best.score - kept.score < MIN_GAIN ? kept : best
  const { title, cut } = betterCounted(shown, scored)
  return { text: cut === null || cut === '' ? title.text : `${cut}…`, articleId: title.article.id }
}

/** The language of most titles, the earlier one where it is even. */
function mainLanguage(articles: readonly Article[]): string | null {
  const groups = [...Map.groupBy(articles, ({ lang }) => lang)]
  return groups.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? null
}

interface ReadTitle extends ShownTitle {
  readonly article: Article
  readonly stems: ReadonlySet<string>
  /** The top of the text. */
  readonly opening: string
  /** Of the title and the top of the text. */
  readonly toldStems: ReadonlySet<string>
}

function readTitle(article: Article, others: readonly Article[]): ReadTitle {
  const shown = shownTitle(article, others)
  const opening = openingOf(article)
  const stems = stemsOf(shown.text, article.lang)
  const toldStems = opening === '' ? stems : stemsOf(`${shown.text}\n${opening}`, article.lang)
  return { ...shown, article, stems, opening, toldStems }
}

interface ScoredTitle {
  readonly title: ReadTitle
  /** What is left of a title that was cut off. */
  readonly cut: string | null
  readonly score: number
}

function scoreTitle(title: ReadTitle, titles: readonly ReadTitle[]): ScoredTitle {
  const others = titles.filter(({ article }) => article.id !== title.article.id)
  const shares = others.map(
    (other) => 0.5 * shareFound(title.stems, other.toldStems) + 0.5 * shareFound(other.stems, title.stems),
  )
  const mean = shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + share, 0) / shares.length
  const cut = cutTitle(title.text, title.article, (word) =>
    others.some(({ opening }) => words(opening).includes(word)),
  )
  const faults =
    titleFaults(title.text, title.article.lang) +
    (title.isLabelled ? LABELLED : 0) +
    (cut === null ? 0 : CUT_OFF)
  return { title, cut, score: mean - faults }
}

/** A title that gives another number for the same, which more of the articles or the newer one bear out; else the title itself. */
function betterCounted(shown: ScoredTitle, scored: readonly ScoredTitle[]): ScoredTitle {
  const counts = titleCounts(shown.title.text, shown.title.article.lang)
  if (counts.byKind.size === 0) return shown
  const counted = scored.map((one) => countTitle(one))
  const denied = shareDenied({ one: shown, counts }, counted)
  if (denied < MIN_DENIED) return shown
  const better = counted
    .filter(({ one }) => one.score >= shown.score - MAX_LOSS)
    .filter((other) => bearsOut(counts, other.counts) === false)
    .map((other) => ({ ...other, denied: shareDenied(other, counted) }))
    .filter((other) => {
      const isNewer = isOlder(shown.title.article, other.one.title.article)
      return other.denied < denied || (other.denied === denied && isNewer)
    })
    .toSorted((a, b) => a.denied - b.denied || b.one.score - a.one.score)[0]
  return better?.one ?? shown
}

interface CountedTitle {
  readonly one: ScoredTitle
  readonly counts: TitleCounts
  /** Of the title and the top of the text. */
  readonly told: TitleCounts
}

function countTitle(one: ScoredTitle): CountedTitle {
  const { text, opening, article } = one.title
  const counts = titleCounts(text, article.lang)
  const told = opening === '' ? counts : titleCounts(`${text}\n${opening}`, article.lang)
  return { one, counts, told }
}

/** Share of the other articles that count the same things and tell other numbers; those that are newer count twice. */
function shareDenied(
  { one, counts }: Pick<CountedTitle, 'one' | 'counts'>,
  counted: readonly CountedTitle[],
): number {
  let denied = 0
  let compared = 0
  for (const other of counted) {
    const isBorne = other.one === one ? null : bearsOut(counts, other.told)
    if (isBorne === null) continue
    const weight = isOlder(one.title.article, other.one.title.article) ? 2 : 1
    compared += weight
    if (!isBorne) denied += weight
  }
  return compared === 0 ? 0 : denied / compared
}

function isOlder(a: Article, b: Article): boolean {
  return a.publishedAtMs !== null && b.publishedAtMs !== null && a.publishedAtMs < b.publishedAtMs
}

/** Whether a title is the one that a headline was taken from: the headline is a range of it, but for the `…` of a cut. */
export function bearsHeadline(title: string, headline: string): boolean {
  const told = headline.replace(/…$/u, '')
  return told !== '' && title.includes(told)
}

/** The text of {@link storyHeadline}. */
export function chooseHeadline(articles: readonly Article[], lang: string | null): string {
  return storyHeadline(articles, lang).text
}

function stemsOf(text: string, lang: string | null): Set<string> {
  const stops = stopWords(lang ?? 'en')
  return new Set(
    words(text)
      .filter((word) => !stops.has(word))
      .map((word) => stem(word, lang ?? 'en')),
  )
}

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
