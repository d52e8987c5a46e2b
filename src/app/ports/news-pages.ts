import type { CopyKind } from '../../core/dedup/copy.ts'
import type { Counts } from '../../core/digest/digest.ts'

/**
 * What pages for readers show, as plain data. All texts are foreign: whoever prints them escapes them.
 *
 * `via` is the key of a destination's archive: with it a page has that destination's eyes, without it those of everybody.
 */
export interface NewsPages {
  /** Latest stories. `null` where `via` leads nowhere. */
  front(via: string | null, page: number): Promise<FrontPage | null>
  /** @param since as in {@link StoryNews}, or `''` */
  story(target: StoryTarget): Promise<StoryAnswer>
  search(query: SearchQuery): Promise<SearchPage | null>
  /** The digests that a destination got, latest first; `null` where the key leads nowhere. */
  archive(token: string, page: number): Promise<ArchivePage | null>
  digest(token: string, digestId: string, page: number): Promise<DigestPage | null>
  /** Latest digests with their stories, for feeds and calendars. */
  latest(token: string): Promise<LatestDigests | null>
}

/** Whose eyes a page has; `null` are everybody's. */
export interface PageView {
  readonly token: string
  /** Name of the destination as shown. */
  readonly name: string
}

/** A story as lists show it. */
export interface StoryCard {
  readonly id: string
  readonly headline: string
  readonly lang: string | null
  readonly counts: Counts
  readonly lastAtMs: number
  /** Names of some publishers. */
  readonly outlets: readonly string[]
}

/** The front page. */
export interface FrontPage {
  readonly view: PageView | null
  readonly stories: readonly StoryCard[]
  readonly page: number
  readonly more: boolean
}

/** Which story, seen by whom, since when, and which stretch of its articles. */
export interface StoryTarget {
  readonly id: string
  readonly via: string | null
  /** `24h`, `3d`, a date, or `last` for the last digest of `via` that told it; `''` for none. */
  readonly since: string
  readonly page: number
}

/** What an id leads to. */
export type StoryAnswer =
  | { readonly kind: 'story'; readonly story: StoryPage }
  /** Known under another id now. */
  | { readonly kind: 'moved'; readonly id: string }
  | { readonly kind: 'several'; readonly view: PageView | null; readonly stories: readonly StoryCard[] }
  | { readonly kind: 'none' }

/** The page of a story. */
export interface StoryPage {
  readonly view: PageView | null
  readonly id: string
  readonly headline: string
  readonly lang: string | null
  readonly counts: Counts
  readonly firstAtMs: number | null
  readonly lastAtMs: number | null
  readonly sentences: readonly CitedSentence[]
  /** Why there is no sentence, or what the reader should know of them; `null` where there is nothing to say. */
  readonly note: string | null
  /** Figures that differ between sources, each a line. */
  readonly disagreements: readonly string[]
  /** Cited articles in the order of their first sentence. */
  readonly sources: readonly CitedSource[]
  /** Days with articles, in order; the undated are left out. */
  readonly days: readonly StoryDay[]
  /** For the picture: articles in stretches of equal length from first to last; `[]` where fewer than two are dated. */
  readonly bars: readonly TimeBar[]
  readonly publishers: readonly PublisherShare[]
  /** Publishers beyond those listed. */
  readonly morePublishers: number
  /** Who printed whose text: originals by date, each with its copies. One stretch of them. */
  readonly texts: readonly PrintedText[]
  readonly page: number
  readonly more: boolean
  readonly news: StoryNews | null
  /** Whether `last` can be asked for. */
  readonly hasTold: boolean
}

/** A sentence with its place; `number` counts from 1 and is that of the mark in the excerpt. */
export interface CitedSentence {
  readonly number: number
  readonly text: string
  readonly lang: string | null
  readonly articleId: string
  readonly outlet: string
  readonly alsoIn: readonly string[]
  /** A relative day resolved (`on Tuesday: 2026-03-10`), or `null`. */
  readonly dateNote: string | null
  readonly isNew: boolean
}

/** What is shown of an article that is cited: stretches around the sentences. */
export interface CitedSource {
  readonly articleId: string
  readonly title: string
  readonly outlet: string
  readonly url: string | null
  readonly lang: string | null
  readonly publishedAtMs: number | null
  readonly excerpts: readonly Excerpt[]
}

/** A stretch of an article's text, in pieces in order; a piece with a number is the sentence of that number. */
export interface Excerpt {
  /** Text of the article comes before it, after it. */
  readonly cutBefore: boolean
  readonly cutAfter: boolean
  readonly pieces: readonly { readonly text: string; readonly number: number | null }[]
}

/** One UTC day of a story. */
export interface StoryDay {
  readonly dayMs: number
  readonly counts: Counts
  readonly title: string
}

/** One stretch of the time line. */
export interface TimeBar {
  readonly fromMs: number
  readonly originals: number
  readonly copies: number
}

/** How much a publisher printed. */
export interface PublisherShare {
  readonly name: string
  readonly articles: number
  readonly copies: number
}

/** An article, and those that printed its text. */
export interface PrintedText {
  readonly articleId: string
  readonly title: string
  readonly outlet: string
  readonly url: string | null
  readonly publishedAtMs: number | null
  readonly kind: CopyKind | null
  readonly isNew: boolean
  readonly copies: readonly PrintedText[]
  /** Copies beyond those listed. */
  readonly moreCopies: number
}

/** What changed in a story since a time. */
export interface StoryNews {
  readonly sinceMs: number
  readonly articles: number
  readonly copies: number
  /** Names of publishers that had not told it before. */
  readonly publishers: readonly string[]
  /** Articles that left the story since. */
  readonly left: number
}

/** What to search for. */
export interface SearchQuery {
  readonly words: string
  /** As `since` of chat: `24h`, `3d`, a date; `''` for none. */
  readonly since: string
  readonly outlet: string
  readonly via: string | null
  readonly page: number
}

/** Answers of a search; none where nothing was asked or a problem is told. */
export interface SearchPage {
  readonly view: PageView | null
  readonly query: SearchQuery
  readonly problem: string | null
  readonly found: readonly FoundArticle[]
  readonly page: number
  readonly more: boolean
}

/** One answer of a search. */
export interface FoundArticle {
  readonly title: string
  readonly outlet: string
  readonly url: string | null
  readonly lang: string | null
  readonly publishedAtMs: number | null
  readonly storyId: string | null
}

/** What a destination got, and will get. */
export interface ArchivePage {
  readonly view: PageView
  readonly digests: readonly ArchivedDigest[]
  /** Next runs, soonest first. */
  readonly coming: readonly { readonly name: string; readonly atMs: number; readonly timeZone: string }[]
  readonly page: number
  readonly more: boolean
}

/** A digest as stored, for a list, a feed or a calendar. */
export interface ArchivedDigest {
  readonly id: string
  readonly name: string
  readonly timeZone: string
  readonly fromMs: number
  readonly toMs: number
  readonly composedAtMs: number
  readonly counts: Counts
  /** Stories in it. */
  readonly stories: number
  readonly headlines: readonly { readonly storyId: string; readonly headline: string }[]
}

/** Latest digests of a destination, and its next runs. */
export interface LatestDigests {
  readonly view: PageView
  readonly digests: readonly { readonly digest: ArchivedDigest; readonly stories: readonly DigestStory[] }[]
  readonly coming: ArchivePage['coming']
}

/** One digest, one stretch of its stories. */
export interface DigestPage {
  readonly view: PageView
  readonly digest: ArchivedDigest
  readonly stories: readonly DigestStory[]
  readonly page: number
  readonly more: boolean
}

/** A story of a digest as it was told. */
export interface DigestStory {
  readonly storyId: string
  readonly headline: string
  readonly counts: Counts
  readonly sentences: readonly {
    readonly text: string
    readonly url: string | null
    readonly outlet: string
    readonly alsoIn: readonly string[]
    readonly dateNote: string | null
  }[]
  readonly disagreements: readonly string[]
}
