/** What a destination wants to get, and how long; when it gets it stands in its schedule. */
export interface Subscription {
  /** Only stories with an article of one of these feeds (by id) or tags; both empty: every feed that it may see. */
  readonly feeds: { readonly ids: readonly string[]; readonly tags: readonly string[] }
  /**
   * Word queries as in topic-query.ts. A story comes in by any of `include` (none: all do), is kept out by any of `exclude`; an
   * article that meets `mute` is never shown, its story stays.
   */
  readonly topics: {
    readonly include: readonly string[]
    readonly exclude: readonly string[]
    readonly mute: readonly string[]
  }
  /** Publisher keys. With `only`, a story needs one of them; the text of a `muted` one is never shown, the story stays. */
  readonly publishers: { readonly only: readonly string[]; readonly muted: readonly string[] }
  /** ISO 639-1; empty: all. */
  readonly languages: readonly string[]
  /** Regular expressions over title and text, run by a linear-time engine: one must match; empty: all do. */
  readonly patterns: readonly string[]
  /** A story needs so many publishers; 1 takes all. */
  readonly minPublishers: number
  readonly maxStories: number
  readonly maxSentences: number
  /** With fewer stories there is no digest. */
  readonly skipBelow: number
  /** What becomes of stories that find no room in the first message; `post`: each story has a message of its own, a post in a forum. */
  readonly overflow: 'thread' | 'next-message' | 'post' | 'drop'
  /** Language of the reader, ISO 639-1, or `null` for each story's own. */
  readonly lang: string | null
  /** Platform id of a role that a manager wants mentioned, or `null`. */
  readonly mentionRole: string | null
  /** Whether stories are shown with a picture, where the platform can (Discord) and a feed names one. */
  readonly pictures: boolean
}

/** A subscription that takes everything, with the lengths of DESIGN.md section 4. */
export const DEFAULT_SUBSCRIPTION: Subscription = {
  feeds: { ids: [], tags: [] },
  topics: { include: [], exclude: [], mute: [] },
  publishers: { only: [], muted: [] },
  languages: [],
  patterns: [],
  minPublishers: 1,
  maxStories: 10,
  maxSentences: 3,
  skipBelow: 0,
  overflow: 'thread',
  lang: null,
  mentionRole: null,
  pictures: false,
}
