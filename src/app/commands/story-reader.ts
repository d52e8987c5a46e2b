import type { StoryMember, StoryToTell } from '../../core/digest/digest.ts'
import { keepMembers } from '../../core/digest/keep-members.ts'
import {
  CUT_STORY_PREFIX,
  overlayCorrections,
  type OverlayStory,
} from '../../core/subscription/overlay-corrections.ts'
import { printable } from '../../core/text/printable.ts'
import type { ArticleEntry } from '../ports/article-store.ts'
import type { StoryEntry, StoryList } from '../ports/story-store.ts'
import type { Correction } from '../ports/subscription-store.ts'
import type { ReaderAsk } from './command-family.ts'
import { digestsOf, isHere } from './digest-lookup.ts'

/** A story as somebody may see it: visible members, the tenant's corrections applied, publishers muted here left out. */
export interface SeenStory {
  readonly id: string
  readonly lang: string | null
  readonly headline: string
  /** By date; at least one. */
  readonly members: readonly ArticleEntry[]
  readonly lastAtMs: number
}

/** What words or an id lead to. */
export type FoundStories =
  | { readonly kind: 'story'; readonly story: SeenStory }
  | { readonly kind: 'several'; readonly stories: readonly SeenStory[] }
  | { readonly kind: 'none' }

/** Articles of one story whose texts are read for a summary; more say the same again. */
const MAX_TEXTS = 60

/** Stories that are offered where words lead to several. */
const MAX_OFFERED = 10

/** Articles that a search by words looks through for stories. */
const MAX_SEARCHED = 40

/** Looks stories up with the eyes of one asker. Make one for each question: it remembers corrections and mutes while it lives. */
export class StoryReader {
  readonly #ask: ReaderAsk
  #rules: Promise<SeenRules> | null = null

  constructor(ask: ReaderAsk) {
    this.#ask = ask
  }

  /** Stories, latest first. */
  async list(list: StoryList): Promise<SeenStory[]> {
    const { ports, view } = this.#ask
    const entries = await ports.stories.stories(list, view)
    const ids = new Set(entries.map(({ id }) => id))
    return (await this.#overlay(entries)).filter((story) => newestStoryIn(story, ids)).sort(latestFirst)
  }

  /** Stories by id, in that order; unknown and hidden ones are left out. */
  async byIds(ids: readonly string[]): Promise<SeenStory[]> {
    const { ports, view } = this.#ask
    const entries = await ports.stories.storiesById([...new Set(ids)], view)
    return this.#overlay(entries)
  }

  /** A story by its id, the beginning of it, the id of one merged into it, or words that stand in one article of it. */
  async find(target: string): Promise<FoundStories> {
    const asked = target.trim()
    if (asked.startsWith(CUT_STORY_PREFIX)) return this.#findCut(asked)
    if (/^[\w-]{4,80}$/.test(asked)) {
      const found = await this.#findById(asked)
      if (found.kind !== 'none') return found
    }
    return this.#findByWords(asked)
  }

  /** The story of an article in this view. */
  async ofArticle(articleId: string): Promise<SeenStory | null> {
    const { ports, view } = this.#ask
    const [article] = await ports.articles.articles([articleId], view)
    if (article?.storyId == null) return null
    const stories = await this.byIds([article.storyId])
    return stories.find(({ members }) => members.some(({ id }) => id === articleId)) ?? null
  }

  /** A story with the texts of its articles, originals before copies where there are too many. */
  async withTexts(story: SeenStory, maxTexts = MAX_TEXTS): Promise<StoryToTell> {
    const { ports, view } = this.#ask
    const originals = story.members.filter(({ copyOf }) => copyOf === null)
    const wanted = [...originals, ...story.members.filter(({ copyOf }) => copyOf !== null)].slice(0, maxTexts)
    const stored = await ports.articles.articles(
      wanted.map(({ id }) => id),
      view,
    )
    const articles = new Map(stored.map(({ article }) => [article.id, article]))
    const members = story.members.flatMap((entry): StoryMember[] => {
      const article = articles.get(entry.id)
      return article === undefined
        ? []
        : [{ article, copyOf: entry.copyOf, copyKind: entry.copyKind, why: '' }]
    })
    return { id: story.id, members }
  }

  /** Publishers whose texts are never shown here. */
  async mutedPublishers(): Promise<ReadonlySet<string>> {
    return (await this.#seenRules()).muted
  }

  async #findById(id: string): Promise<FoundStories> {
    const { ports, view } = this.#ask
    const answer = await ports.stories.story(id, view)
    switch (answer.kind) {
      case 'unknown':
        return { kind: 'none' }
      case 'ambiguous':
        return several(await this.byIds(answer.ids.slice(0, MAX_OFFERED)))
      case 'story': {
        const stories = await this.#overlay([answer.story])
        const own = stories.find((story) => story.id === answer.story.id) ?? stories[0]
        return own === undefined ? { kind: 'none' } : { kind: 'story', story: own }
      }
    }
  }

  /** A story that a correction cut off has no id in the store: it is where its first article is. */
  async #findCut(id: string): Promise<FoundStories> {
    const { corrections } = await this.#seenRules()
    const correction = corrections.find((one) => `${CUT_STORY_PREFIX}${one.id}` === id)
    for (const articleId of correction?.articleIds.slice(1) ?? []) {
      const story = await this.ofArticle(articleId)
      if (story !== null) return { kind: 'story', story }
    }
    return { kind: 'none' }
  }

  async #findByWords(words: string): Promise<FoundStories> {
    const { ports, view } = this.#ask
    if (!/[\p{L}\p{N}]/u.test(words)) return { kind: 'none' }
    const page = await ports.articles.search({ words: words.slice(0, 300), limit: MAX_SEARCHED }, view)
    const ids = page.entries.flatMap(({ storyId }) => storyId ?? [])
    const found = new Set(page.entries.map(({ id }) => id))
    const stories = await this.byIds(ids)
    return several(
      stories.filter(({ members }) => members.some(({ id }) => found.has(id))).slice(0, MAX_OFFERED),
    )
  }

  async #overlay(entries: readonly StoryEntry[]): Promise<SeenStory[]> {
    const { corrections, muted } = await this.#seenRules()
    const partners = await this.#partners(entries, corrections)
    const known = new Map([...entries, ...partners].map((entry) => [entry.id, entry]))
    const parts = overlayCorrections<ArticleEntry>([...known.values()], corrections, (entry) => entry, byDate)
    const asked = new Set(entries.flatMap(({ members }) => members.map(({ id }) => id)))
    return parts
      .filter(({ members }) => members.some(({ id }) => asked.has(id)))
      .flatMap((part) => seen(part, known.get(part.id), muted))
  }

  /** Stories that a correction joins to these. */
  async #partners(entries: readonly StoryEntry[], corrections: readonly Correction[]): Promise<StoryEntry[]> {
    const present = new Set(entries.flatMap(({ members }) => members.map(({ id }) => id)))
    const joining = corrections.filter(
      ({ kind, articleIds }) => kind === 'must-link' && articleIds.some((id) => present.has(id)),
    )
    const missing = joining.flatMap(({ articleIds }) => articleIds).filter((id) => !present.has(id))
    if (missing.length === 0) return []
    const { ports, view } = this.#ask
    const articles = await ports.articles.articles([...new Set(missing)], view)
    const ids = articles.flatMap(({ storyId }) => storyId ?? [])
    return ports.stories.storiesById([...new Set(ids)], view)
  }

  #seenRules(): Promise<SeenRules> {
    return (this.#rules ??= loadRules(this.#ask))
  }
}

interface SeenRules {
  readonly corrections: readonly Correction[]
  readonly muted: ReadonlySet<string>
}

/** The operator's corrections are in the stories already; a publisher is muted here where every digest of the channel mutes it. */
async function loadRules(ask: ReaderAsk): Promise<SeenRules> {
  const { asker, view, ports } = ask
  if (view.tenant === null) return { corrections: [], muted: new Set() }
  const [corrections, digests] = await Promise.all([
    ports.subscriptions.corrections(view.tenant),
    digestsOf(ask),
  ])
  const muted = digests
    .filter(({ stored }) => isHere(stored.destination, asker))
    .map(({ settings }) => new Set(settings.subscription.publishers.muted))
  const [first = new Set<string>(), ...others] = muted
  return {
    corrections: corrections.filter(
      ({ tenant, undoneAtMs }) => tenant === view.tenant && undoneAtMs === null,
    ),
    muted: new Set([...first].filter((publisher) => others.every((one) => one.has(publisher)))),
  }
}

function seen(
  { id, members }: OverlayStory<ArticleEntry>,
  entry: StoryEntry | undefined,
  muted: ReadonlySet<string>,
): SeenStory[] {
  const shown = keepEntries(
    members,
    members.filter(({ publisher }) => !muted.has(publisher)),
  )
  const [first] = shown
  if (first === undefined) return []
  const titles = shown.filter(({ title }) => title !== '').map(({ title }) => title)
  const headline = titles.find((title) => title === entry?.headline) ?? titles[0] ?? first.url ?? first.id
  return [
    {
      id,
      lang: entry?.lang ?? first.lang,
      headline: printable(headline),
      members: shown,
      lastAtMs:
        Math.max(...shown.map(({ publishedAtMs }) => publishedAtMs ?? 0), 0) || (entry?.lastAtMs ?? 0),
    },
  ]
}

/** As {@link keepMembers}, for entries. */
function keepEntries(members: readonly ArticleEntry[], kept: readonly ArticleEntry[]): ArticleEntry[] {
  const wrap = (entry: ArticleEntry) => ({
    entry,
    article: entry,
    copyOf: entry.copyOf,
    copyKind: entry.copyKind,
  })
  const wrapped = members.map(wrap)
  const ids = new Set(kept.map(({ id }) => id))
  return keepMembers(
    wrapped,
    wrapped.filter(({ entry }) => ids.has(entry.id)),
  ).map(({ entry, copyOf, copyKind }) => ({ ...entry, copyOf, copyKind }))
}

/** A joined story stands on the page of its newest part, once. */
function newestStoryIn({ members }: SeenStory, ids: ReadonlySet<string>): boolean {
  const newest = members.reduce<ArticleEntry | null>(
    (best, entry) => (best === null || (entry.publishedAtMs ?? 0) > (best.publishedAtMs ?? 0) ? entry : best),
    null,
  )
  return newest?.storyId == null || ids.has(newest.storyId)
}

function several(stories: readonly SeenStory[]): FoundStories {
  const [only] = stories
  if (only === undefined) return { kind: 'none' }
  return stories.length === 1 ? { kind: 'story', story: only } : { kind: 'several', stories }
}

function byDate(a: ArticleEntry, b: ArticleEntry): number {
  return (a.publishedAtMs ?? 0) - (b.publishedAtMs ?? 0) || (a.id < b.id ? -1 : 1)
}

function latestFirst(a: SeenStory, b: SeenStory): number {
  return b.lastAtMs - a.lastAtMs || (a.id < b.id ? -1 : 1)
}
