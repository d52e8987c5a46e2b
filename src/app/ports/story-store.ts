import type { Copy, CopyKind } from '../../core/dedup/copy.ts'
import type { Article } from '../../core/feed/article.ts'
import type { ArticleEntry, StoredArticle } from './article-store.ts'
import type { LanguageShare } from './language-share.ts'
import type { TenantView } from './tenant-view.ts'

/** A closed story takes no more articles; it can still be read. */
export type StoryState = 'open' | 'closed'

/** What a step says about a story that it touched. */
export interface StoryRecord {
  readonly id: string
  readonly lang: string | null
  readonly headline: string
  /** Article whose title the headline is: a view that may not see it gets another headline. */
  readonly headlineArticleId: string | null
  readonly firstAtMs: number
  /** Not before the date of any member. */
  readonly lastAtMs: number
  readonly articleCount: number
  readonly publisherCount: number
  readonly copyCount: number
  readonly state: StoryState
}

/** An article that a step put into a story. */
export interface StoryPlacement {
  readonly articleId: string
  readonly storyId: string
  /** Why, in plain words for people; shown in every view, so it never quotes another article. */
  readonly reason: string
}

/** Everything that one grouping step decided; saved whole or not at all. */
export interface StoryStep {
  /** Names the step; a step that was saved before changes nothing. */
  readonly id: string
  readonly atMs: number
  /** New state of each touched story. */
  readonly stories: readonly StoryRecord[]
  /** An article that stood in another story moves; the old membership stays as history. */
  readonly placements: readonly StoryPlacement[]
  readonly copies: readonly Copy[]
  /** Articles that were copies and are none any more. */
  readonly notCopies?: readonly string[]
  /** Merged stories: who asks for `from` gets `to`. */
  readonly redirects: readonly { readonly from: string; readonly to: string }[]
}

/** A story as lists show it: only members that the view may see. */
export interface StoryEntry {
  readonly id: string
  readonly lang: string | null
  readonly headline: string
  /** Of the members that the view may see. */
  readonly firstAtMs: number
  readonly lastAtMs: number
  readonly state: StoryState
  /** In order of date. Copies point at members that the view may see. */
  readonly members: readonly ArticleEntry[]
}

/** One stay of an article in a story. */
export interface Membership {
  readonly articleId: string
  readonly storyId: string
  readonly reason: string
  readonly joinedAtMs: number
  readonly joinedStep: string
  /** `null` while it stands there. */
  readonly leftAtMs: number | null
  readonly leftStep: string | null
}

/** What an id or its beginning leads to. */
export type StoryAnswer =
  | { readonly kind: 'story'; readonly story: StoryEntry; readonly history: readonly Membership[] }
  | { readonly kind: 'ambiguous'; readonly ids: readonly string[] }
  | { readonly kind: 'unknown' }

/** Which stories to list, latest first. */
export interface StoryList {
  /** Stories with an article dated then or later. */
  readonly sinceMs?: number
  readonly untilMs?: number
  readonly lang?: string
  readonly limit: number
  readonly offset?: number
}

/** A stretch of time for a digest: what was accepted after `fromMs` and not after `toMs`. */
export interface Window {
  readonly fromMs: number
  readonly toMs: number
}

/** A member of a story with all that composing a digest asks for. */
export interface ComposableMember {
  readonly article: Article
  readonly copyOf: string | null
  readonly copyKind: CopyKind | null
  /** Why it is in the story. */
  readonly why: string
  readonly acceptedAtMs: number
  /** The feeds that listed it, as far as the view may see them. */
  readonly feeds: readonly { readonly id: string; readonly name: string; readonly tags: readonly string[] }[]
}

/** A story with its members in order of acceptance. */
export interface ComposableStory {
  readonly id: string
  readonly members: readonly ComposableMember[]
}

/** A summary as kept: sentences with the ranges that they quote. */
export interface StoredSummary {
  readonly storyId: string
  /** Length and kind, such as `digest` or `long`. */
  readonly form: string
  /** Hash of everything that it was made from, so another view or a new article is another summary. */
  readonly inputHash: string
  readonly headline: string
  readonly sentences: readonly SummaryQuote[]
  readonly atMs: number
}

/** A sentence and where it stands: `text` is `articleText.slice(start, end)`. */
export interface SummaryQuote {
  readonly articleId: string
  readonly start: number
  readonly end: number
  readonly text: string
}

/** An article of an open story, as the index is rebuilt from it. */
export interface LiveArticle {
  readonly stored: StoredArticle
  readonly copy: Copy | null
}

/** Keeps stories, who was in them when and why, copies, merged ids and summaries. */
export interface StoryStore {
  /** Saves one step in one transaction; the answer is `false` where it had been saved before and nothing changed. */
  saveStep(step: StoryStep): Promise<boolean>
  /**
   * Placed articles of all owners whose story has an article dated at `sinceMs` or later, in order of arrival, in pages so that a
   * million fit. For rebuilding the index of open stories; not for showing.
   */
  liveArticles(sinceMs: number, share?: LanguageShare): AsyncIterable<LiveArticle>
  /** Open and closed stories as last recorded, of all owners; for rebuilding, not for showing. */
  storyRecords(ids: readonly string[]): Promise<StoryRecord[]>
  /** One story by its id, the id of one merged into it, or the beginning of either (at least 4 characters). */
  story(idOrPrefix: string, view: TenantView): Promise<StoryAnswer>
  /** Stories by id with the members that the view may see, in the order of `ids`; redirects are followed. */
  storiesById(ids: readonly string[], view: TenantView): Promise<StoryEntry[]>
  /** Latest first; stories without a member that the view may see are left out. */
  stories(list: StoryList, view: TenantView): Promise<StoryEntry[]>
  /**
   * Closes the time up to `toMs`: every article placed from now on is accepted later than that, also by a step under way elsewhere, so no
   * article falls between two windows. To be called before {@link storiesOfWindow}, never with a time that lies ahead.
   */
  closeWindow(toMs: number): Promise<void>
  /**
   * Stories with an article that the view may see accepted in the window, each with all members that it may see, earlier ones too.
   * @param shared the window as everybody sees it, where it was loaded just now: of a tenant's window only what is its own is read then, and the
   *   answer is `shared` itself where there is nothing of its own
   */
  storiesOfWindow(
    window: Window,
    view: TenantView,
    shared?: readonly ComposableStory[],
  ): Promise<readonly ComposableStory[]>
  /** Tenants that may see a window otherwise than everybody does: with feeds, also former ones, or corrections of their own. */
  tenantsWithOwnEyes(): Promise<string[]>
  summary(storyId: string, form: string, inputHash: string): Promise<StoredSummary | null>
  /** Keeps a summary; the first one kept for the same input stays. */
  saveSummary(summary: StoredSummary): Promise<void>
}
