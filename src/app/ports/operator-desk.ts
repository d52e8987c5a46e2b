import type { CopyKind } from '../../core/dedup/copy.ts'
import type { QueueDepth } from './operator-store.ts'
import type { CitedSource } from './news-pages.ts'

/** What the operator's page shows and does. All texts are foreign: whoever prints them escapes them. */
export interface OperatorDesk {
  overview(): Promise<OperatorOverview>
  feeds(page: number): Promise<Listed<FeedLine>>
  /** Parts of digests that are unknown or were given up in the last weeks, latest first. */
  deliveries(): Promise<readonly DeliveryLine[]>
  schedules(page: number): Promise<Listed<ScheduleLine>>
  corrections(): Promise<readonly CorrectionLine[]>
  /** Why articles are in a story, by its id or words; with everybody's eyes. */
  inspect(target: string): Promise<Inspection>
  /** Carries one thing out; the answer is for the operator. */
  act(action: OperatorAction): Promise<ActionReport>
}

/** A stretch of a list. */
export interface Listed<T> {
  readonly lines: readonly T[]
  readonly total: number | null
  readonly page: number
  readonly more: boolean
}

/** All at a glance. */
export interface OperatorOverview {
  readonly queue: QueueDepth
  readonly feeds: number
  readonly pausedFeeds: number
  readonly failingFeeds: number
  readonly troubledParts: number
  readonly unknownParts: number
  readonly nowMs: number
}

/** A feed with its health and how much it brought. */
export interface FeedLine {
  readonly id: string
  readonly name: string
  readonly url: string
  /** `null` for the operator's own. */
  readonly tenant: string | null
  /** What is wrong with it; `null` where all is well. */
  readonly trouble: string | null
  readonly nextPollAtMs: number | null
  readonly lastGoodAtMs: number | null
  /** Expected time between two articles, ms. */
  readonly rhythmMs: number | null
  /** Articles on each of the last days, oldest first; the last one is today. */
  readonly days: readonly number[]
}

/** A part of a digest that somebody should look at. */
export interface DeliveryLine {
  readonly digestId: string
  readonly part: number
  readonly state: 'unknown' | 'failed'
  readonly place: string
  readonly tenant: string | null
  readonly problem: string
  readonly attempts: number
  readonly changedAtMs: number
}

/** A digest with its schedule, and the key to its archive. */
export interface ScheduleLine {
  readonly id: string
  readonly name: string
  readonly destinationId: string
  readonly place: string
  readonly tenant: string | null
  readonly when: string
  readonly timeZone: string
  readonly paused: boolean
  /** Runs ahead, soonest first. */
  readonly runs: readonly number[]
  readonly archiveToken: string
}

/** A correction that holds. */
export interface CorrectionLine {
  readonly id: string
  readonly tenant: string | null
  readonly what: string
  /** Titles of the articles, as far as everybody may see them. */
  readonly titles: readonly string[]
  readonly madeBy: string
  readonly madeAtMs: number
}

/** What the inspector found. */
export type Inspection =
  | { readonly kind: 'nothing'; readonly words: string }
  | {
      readonly kind: 'several'
      readonly stories: readonly { readonly id: string; readonly headline: string }[]
    }
  | { readonly kind: 'story'; readonly story: InspectedStory }

/** A story with the reasons behind it. */
export interface InspectedStory {
  readonly id: string
  readonly headline: string
  /** Articles beyond those shown. */
  readonly moreArticles: number
  readonly articles: readonly InspectedArticle[]
}

/** An article of a story, and what was measured. */
export interface InspectedArticle extends Pick<
  CitedSource,
  'articleId' | 'title' | 'outlet' | 'url' | 'publishedAtMs'
> {
  /** As noted when it was placed. */
  readonly reason: string
  readonly joinedAtMs: number | null
  /** Stories that it stood in before, with the reason for each. */
  readonly before: readonly {
    readonly storyId: string
    readonly reason: string
    readonly leftAtMs: number | null
  }[]
  readonly copy: {
    readonly of: string
    readonly kind: CopyKind
    readonly scores: readonly MeasuredScore[]
  } | null
  /** Members that it is most likely one story with, measured again among the articles shown. */
  readonly nearest: readonly {
    readonly title: string
    readonly logOdds: number
    readonly features: readonly MeasuredScore[]
  }[]
}

/** A measure by name. */
export interface MeasuredScore {
  readonly name: string
  readonly value: number
  /** What it adds to the log-odds; `null` where it is a plain score. */
  readonly adds: number | null
}

/** What the operator may do. */
export type OperatorAction =
  | { readonly kind: 'mark-sent'; readonly digestId: string; readonly part: number }
  | { readonly kind: 'send-again'; readonly digestId: string; readonly part: number }
  | { readonly kind: 'pause' | 'resume'; readonly subscriptionId: string }
  | { readonly kind: 'renew-link'; readonly destinationId: string }
  | { readonly kind: 'undo-correction'; readonly correctionId: string }

/** How it went. */
export interface ActionReport {
  readonly done: boolean
  readonly words: string
}
