import { createHash } from 'node:crypto'
import { parseSince } from '../../core/digest/digest-window.ts'
import type { StoryToTell } from '../../core/digest/digest.ts'
import { disagreementWords } from '../../core/digest/disagreement-words.ts'
import type { Summary, SummarySentence } from '../../core/summary/summary.ts'
import { printable } from '../../core/text/printable.ts'
import { countEntries, outletWords, summaryOf } from '../commands/story-card.ts'
import type { SeenStory } from '../commands/story-reader.ts'
import { CUT_STORY_PREFIX } from '../../core/subscription/overlay-corrections.ts'
import type { Membership } from '../ports/story-store.ts'
import type {
  CitedSentence,
  CitedSource,
  StoryAnswer,
  StoryCard,
  StoryNews,
  StoryPage,
  StoryTarget,
} from '../ports/news-pages.ts'
import type { PageEyes, PagesPorts } from './page-eyes.ts'
import { printedTexts, publisherShares, storyDays, timeBars, withinBytes } from './printed-texts.ts'
import { sourceExcerpts } from './source-excerpts.ts'

/** Texts of one story that its summary reads: more cost time and say little that is new. Range 10-60. */
const PAGE_TEXTS = 24

/** Sentences of a page. */
const PAGE_SENTENCES = 8

/** Originals of one page, each with its copies. */
const PAGE_ORIGINALS = 20

/** Bytes of the tree of one page, about: the page stays under 100 kB whatever feeds bring. */
const TREE_BYTES = 40_000

const MAX_PUBLISHERS = 40
const MAX_DAYS = 31

/** Stretches of the picture: bars of about a finger's width on a phone. */
const TIME_STRETCHES = 40

/** Summaries kept in memory: pages of the day are asked for again and again. Range 0-5,000. */
const MAX_SUMMARIES = 500

/** How far back a destination's digests are looked through for the last one that told a story, ms. */
const TOLD_BACK_MS = 21 * 86_400_000

/** A story as cards of lists show it. */
export function storyCard(story: SeenStory): StoryCard {
  const { id, headline, lang, members, lastAtMs } = story
  const outlets = new Set(members.filter(({ copyOf }) => copyOf === null).map(outletWords))
  return { id, headline, lang, lastAtMs, counts: countEntries(members), outlets: [...outlets].slice(0, 4) }
}

/** Loads pages of stories; remembers summaries while it lives. */
export class StoryPages {
  readonly #ports: PagesPorts
  readonly #summaries = new Map<string, Summary>()

  constructor(ports: PagesPorts) {
    this.#ports = ports
  }

  async load(target: StoryTarget, eyes: PageEyes): Promise<StoryAnswer> {
    const found = await eyes.reader.find(target.id)
    if (found.kind === 'none') return found
    if (found.kind === 'several')
      return { kind: 'several', view: eyes.page, stories: found.stories.map(storyCard) }
    const { story } = found
    // A cut off story is found by where its first article is, so its own id stays in the address.
    if (story.id !== target.id && !target.id.startsWith(CUT_STORY_PREFIX))
      return { kind: 'moved', id: story.id }
    return { kind: 'story', story: await this.#page(story, target, eyes) }
  }

  async #page(story: SeenStory, target: StoryTarget, eyes: PageEyes): Promise<StoryPage> {
    const [told, lastToldAtMs] = await Promise.all([
      eyes.reader.withTexts(story, PAGE_TEXTS),
      this.#lastTold(story.id, eyes),
    ])
    const sinceMs = this.#since(target.since, lastToldAtMs)
    const history = sinceMs === null ? [] : await this.#history(story.id, eyes)
    const newIds = new Set(sinceMs === null ? [] : joinedSince(story, history, sinceMs))
    const summary = this.#summarize(told)
    const cited = citedSentences(summary, told, newIds)
    const dates = story.members.flatMap(({ publishedAtMs }) => publishedAtMs ?? [])
    const texts = printedTexts(story.members, newIds)
    const shares = publisherShares(story.members)
    const from = target.page * PAGE_ORIGINALS
    return {
      ...{ view: eyes.page, id: story.id, headline: story.headline, lang: story.lang },
      counts: countEntries(story.members),
      firstAtMs: dates.length === 0 ? null : dates.reduce((a, b) => Math.min(a, b)),
      lastAtMs: dates.length === 0 ? null : dates.reduce((a, b) => Math.max(a, b)),
      ...{ sentences: cited.sentences, sources: cited.sources },
      note: cited.sentences.length > 0 ? (summary.note ?? null) : noteOf(summary, told),
      disagreements: summary.disagreements.map(disagreementWords),
      days: storyDays(story.members).slice(-MAX_DAYS),
      bars: timeBars(story.members, TIME_STRETCHES),
      ...{
        publishers: shares.slice(0, MAX_PUBLISHERS),
        morePublishers: Math.max(0, shares.length - MAX_PUBLISHERS),
      },
      ...{
        texts: withinBytes(texts.slice(from, from + PAGE_ORIGINALS), TREE_BYTES),
        page: target.page,
        more: texts.length > from + PAGE_ORIGINALS,
      },
      news: sinceMs === null ? null : newsOf(story, history, { sinceMs, newIds }),
      hasTold: lastToldAtMs !== null,
    }
  }

  #since(since: string, lastToldAtMs: number | null): number | null {
    if (since === '') return null
    if (since === 'last') return lastToldAtMs
    const parsed = parseSince(since.slice(0, 40), this.#ports.nowMs())
    return parsed.kind === 'since' ? parsed.atMs : null
  }

  async #lastTold(storyId: string, { destination }: PageEyes): Promise<number | null> {
    if (destination === null) return null
    const told = await this.#ports.digests.toldSince(destination.id, this.#ports.nowMs() - TOLD_BACK_MS)
    return told.filter((one) => one.storyId === storyId).at(-1)?.toldAtMs ?? null
  }

  async #history(storyId: string, { view }: PageEyes): Promise<readonly Membership[]> {
    const answer = await this.#ports.stories.story(storyId, view)
    return answer.kind === 'story' ? answer.history : []
  }

  #summarize(told: StoryToTell): Summary {
    const hash = createHash('sha256')
    for (const { article, copyOf } of told.members)
      hash.update(`${article.id}\n${copyOf ?? ''}\n${article.title}\n`).update(article.text)
    const key = hash.digest('base64url')
    const known = this.#summaries.get(key)
    if (known !== undefined) return known
    const summary = summaryOf(told, { form: 'long', sentences: PAGE_SENTENCES })
    const oldest = this.#summaries.size >= MAX_SUMMARIES ? this.#summaries.keys().next().value : undefined
    if (oldest !== undefined) this.#summaries.delete(oldest)
    this.#summaries.set(key, summary)
    return summary
  }
}

/** Sentences that stand word for word in their articles, numbered, and the articles around them (guarantee 1). */
function citedSentences(
  summary: Summary,
  { members }: StoryToTell,
  newIds: ReadonlySet<string>,
): { sentences: CitedSentence[]; sources: CitedSource[] } {
  const articles = new Map(members.map(({ article }) => [article.id, article]))
  const isTrue = ({ articleId, start, end, text }: SummarySentence) =>
    articles.get(articleId)?.text.slice(start, end) === text
  const numbered = summary.sentences.filter(isTrue).map((sentence, i) => ({ ...sentence, number: i + 1 }))
  const sources = [...Map.groupBy(numbered, ({ articleId }) => articleId)].flatMap(([articleId, ranges]) => {
    const article = articles.get(articleId)
    if (article === undefined) return []
    const { url, lang, publishedAtMs, text } = article
    const shown = { title: printable(article.title), outlet: outletWords(article) }
    return [{ articleId, url, lang, publishedAtMs, ...shown, excerpts: sourceExcerpts(text, ranges) }]
  })
  const sentences = numbered.map(({ number, text, articleId, alsoIn, dateNote }) => ({
    ...{ number, text, articleId, alsoIn },
    lang: summary.lang,
    outlet: sources.find((one) => one.articleId === articleId)?.outlet ?? '',
    dateNote: dateNote === undefined ? null : `${dateNote.words}: ${dateNote.date}`,
    isNew: newIds.has(articleId),
  }))
  return { sentences, sources }
}

function noteOf(summary: Summary, { members }: StoryToTell): string {
  if (members.every(({ article }) => article.text === ''))
    return 'The texts of these articles are not kept any more, so no sentence can be shown.'
  return summary.problem ?? 'Its articles have no text that could be quoted.'
}

/** Members whose first stay in the story began later. */
function joinedSince({ members }: SeenStory, history: readonly Membership[], sinceMs: number): string[] {
  const first = new Map<string, number>()
  for (const { articleId, joinedAtMs } of history)
    first.set(articleId, Math.min(first.get(articleId) ?? Infinity, joinedAtMs))
  return members.filter(({ id }) => (first.get(id) ?? 0) > sinceMs).map(({ id }) => id)
}

function newsOf(
  { members }: SeenStory,
  history: readonly Membership[],
  { sinceMs, newIds }: { readonly sinceMs: number; readonly newIds: ReadonlySet<string> },
): StoryNews {
  const fresh = members.filter(({ id }) => newIds.has(id))
  const known = new Set(members.filter(({ id }) => !newIds.has(id)).map(({ publisher }) => publisher))
  const present = new Set(members.map(({ id }) => id))
  const left = new Set(
    history.flatMap(({ articleId, leftAtMs }) =>
      leftAtMs !== null && leftAtMs > sinceMs && !present.has(articleId) ? [articleId] : [],
    ),
  )
  return {
    sinceMs,
    articles: fresh.length,
    copies: fresh.filter(({ copyOf }) => copyOf !== null).length,
    publishers: publisherShares(fresh.filter(({ publisher }) => !known.has(publisher)))
      .map(({ name }) => name)
      .slice(0, 20),
    left: left.size,
  }
}
