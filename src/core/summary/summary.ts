/** How a summary is told: one line, 2-3 sentences, 6 to 8 where the sources allow, or a sentence a day. */
export type SummaryForm = 'line' | 'short' | 'long' | 'timeline'

/** What {@link Summary} is wanted. Every limit that is given holds at once; none: that of the form. */
export interface SummaryOptions {
  /** Words parted by white space; a character of a script without spaces counts as half a word. */
  readonly maxWords?: number
  /** UTF-8 bytes of the sentences joined by one space. */
  readonly maxBytes?: number
  /** UTF-16 units of the sentences joined by one space. */
  readonly maxChars?: number
  readonly sentences?: number
  /** Default `short`. */
  readonly form?: SummaryForm
  /** ISO 639-1 of the reader; used where the story has sources in it. */
  readonly lang?: string | null
  /** Copies that are known already: article id to the id of the article whose text was first. */
  readonly copies?: ReadonlyMap<string, string>
  /** Only what articles published at or after this time say (epoch ms UTC). */
  readonly sinceMs?: number
  /** Texts the reader has been told: nothing like them is said again. */
  readonly told?: readonly string[]
}

/** One sentence of a summary: `docs[doc].text.slice(start, end) === text`, always. */
export interface SummarySentence {
  readonly text: string
  /** Index in the articles that were summarised. */
  readonly doc: number
  readonly articleId: string
  readonly start: number
  readonly end: number
  /** Name of the outlet, else key of the publisher; `''` where unknown. */
  readonly publisher: string
  readonly publishedAtMs: number | null
  /** Other publishers that say the same in their own words, by name. */
  readonly alsoIn: readonly string[]
  /** What a relative day of the sentence means, as `YYYY-MM-DD`; the first one where there are several. */
  readonly dateNote?: DateNote
}

/** A relative day as a sentence has it (`on Tuesday`) and the day it means, counted from the article's date in UTC. */
export interface DateNote {
  readonly words: string
  readonly date: string
}

/** Different numbers for the same thing, with who says which. */
export interface Disagreement {
  /** What is counted, as the sources have it (`killed`, `million dollars`). */
  readonly what: string
  /** Each number as written, least first, with its publishers and the sentence it stands in. */
  readonly claims: readonly DisagreementClaim[]
}

/** One side of a {@link Disagreement}. */
export interface DisagreementClaim {
  readonly value: number
  readonly publishers: readonly string[]
  readonly doc: number
  readonly start: number
  readonly end: number
  /** Said most of a day before the newest number: an earlier state rather than another opinion. */
  readonly isEarlier?: boolean
}

/** A story told in sentences of its articles. */
export interface Summary {
  readonly headline: string
  /** Language of the sentences, or `null` where unknown. */
  readonly lang: string | null
  readonly sentences: readonly SummarySentence[]
  readonly disagreements: readonly Disagreement[]
  /** What the reader should know: the language differs from the one asked for, or nothing is new. */
  readonly note?: string
  /** Why there is no sentence. */
  readonly problem?: string
}
