import type { CopyKind } from '../dedup/copy.ts'
import type { Article } from '../feed/article.ts'

/** How widely something was reported. Printed everywhere as `articles · publishers · copies`. */
export interface Counts {
  readonly articles: number
  /** Distinct publishers; all articles of unknown publishers together count as one, since no more can be vouched for. */
  readonly publishers: number
  readonly copies: number
}

/** An article as a part of a story, with what was decided about it. */
export interface StoryMember {
  readonly article: Article
  /** Id of the article whose text this one repeats, or `null`. */
  readonly copyOf: string | null
  readonly copyKind: CopyKind | null
  /** Why it is in the story, as one plain sentence. */
  readonly why: string
}

/** A story as a digest takes it: its members in order of arrival, at least one. */
export interface StoryToTell {
  readonly id: string
  readonly members: readonly StoryMember[]
}

/** One verbatim sentence of a digest; `article.text.slice(start, end) === text`. */
export interface DigestSentence {
  readonly text: string
  readonly articleId: string
  readonly start: number
  readonly end: number
  readonly url: string | null
  readonly outlet: string
  /** Names of other publishers that say the same independently. */
  readonly alsoIn: readonly string[]
  /** A relative day in the sentence resolved to its date (`on Tuesday` to `10 March`), or `null`. */
  readonly dateNote: string | null
}

/** What is new in a story that the destination was told before. */
export interface StoryUpdate {
  /** When it was told last, epoch ms UTC. */
  readonly sinceMs: number
  readonly articles: number
  /** Publishers that had not told it then. */
  readonly publishers: number
  readonly sentences: number
  /** Of the whole story, with what was told before. */
  readonly inAll: Counts
}

/** One story of a digest. */
export interface DigestEntry {
  readonly storyId: string
  readonly headline: string
  readonly counts: Counts
  readonly members: readonly StoryMember[]
  readonly sentences: readonly DigestSentence[]
  /** Picture to show with it; absent where none is wanted or none can be shown. */
  readonly pictureUrl?: string
  /** Figures for the same thing that differ between sources, each as one line for people. */
  readonly disagreements: readonly string[]
  /** What the reader should know of the sentences: they are not in the language asked for. */
  readonly note?: string
  /** Why there is no sentence, where some were asked for. */
  readonly problem?: string
  /** Earliest and latest dated article, epoch ms UTC; `null` where none is dated. */
  readonly firstAtMs: number | null
  readonly lastAtMs: number | null
  /** Why it stands at this place, as one plain sentence. */
  readonly why: string
  /** Present where it was told before: counts, members and sentences are then only what is new. */
  readonly update?: StoryUpdate
  /** Further stories of the same affair, which stand under this heading; they have none of their own. */
  readonly related?: readonly DigestEntry[]
}

/** What one destination gets for one window of time. */
export interface Digest {
  /** SHA-256 of the input and the options, hex: the same hash means the same digest. */
  readonly hash: string
  /** Window in epoch ms UTC: as asked for, else from the first to the last dated article; `null` where none is dated. */
  readonly fromMs: number | null
  readonly toMs: number | null
  /** Over the whole window, with the stories that found no room. */
  readonly counts: Counts
  readonly storiesInWindow: number
  readonly entries: readonly DigestEntry[]
}

/** The counts of a set of articles. */
export function countMembers(members: readonly StoryMember[]): Counts {
  const publishers = new Set<string>()
  let copies = 0
  for (const { article, copyOf } of members) {
    publishers.add(article.publisher)
    if (copyOf !== null) copies += 1
  }
  return { articles: members.length, publishers: publishers.size, copies }
}

/** How many stories are told: those with an entry of their own and those under their headings. */
export function countTold(entries: readonly DigestEntry[]): number {
  return entries.reduce((sum, { related = [] }) => sum + 1 + related.length, 0)
}

/** First and last time of the dated articles in epoch ms UTC, or `null` twice. */
export function timeSpan(members: readonly StoryMember[]): {
  firstAtMs: number | null
  lastAtMs: number | null
} {
  let firstAtMs: number | null = null
  let lastAtMs: number | null = null
  for (const { article } of members) {
    const atMs = article.publishedAtMs
    if (atMs === null) continue
    if (firstAtMs === null || atMs < firstAtMs) firstAtMs = atMs
    if (lastAtMs === null || atMs > lastAtMs) lastAtMs = atMs
  }
  return { firstAtMs, lastAtMs }
}
