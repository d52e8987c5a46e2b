import type { PageReader } from '../ports/page-reader.ts'
import type { ArticleStore } from '../ports/article-store.ts'
import type { Asker, CommandReply, CommandShape, Completion, PrivateNote } from '../ports/chat.ts'
import type { DeliveryRef, DigestStore } from '../ports/digest-store.ts'
import type { FeedSource } from '../ports/feed-source.ts'
import type { FeedStore } from '../ports/feed-store.ts'
import type { PageSource } from '../ports/page-source.ts'
import type { StoryStore } from '../ports/story-store.ts'
import type { StoredSubscription, SubscriptionStore } from '../ports/subscription-store.ts'
import type { TenantView } from '../ports/tenant-view.ts'

/** How a digest that a manager asked for went. `words` are for the manager. */
export interface SendReport {
  readonly kind: 'sent' | 'nothing' | 'failed'
  readonly words: string
}

/** Sends digests out of turn. */
export interface DigestSender {
  /** Composes and sends what has come since the last digest; its window moves on, so nothing is told twice. */
  sendNow(subscription: StoredSubscription, signal: AbortSignal): Promise<SendReport>
  /** Sends a part of which nobody knows whether it arrived once more: a manager looked and it is not there. */
  resend(part: DeliveryRef, signal: AbortSignal): Promise<SendReport>
  /** Changes the messages of the last days that told some articles, as a correction wants it; the answer is how many. */
  correctTold(tenant: string | null, articleIds: readonly string[], signal: AbortSignal): Promise<number>
}

/** What is kept of people besides what they follow. */
export interface PersonStore {
  /** Takes a person's id out of corrections and audit, where `someone` stands instead. The answer is in how many rows. */
  forgetPerson(tenant: string, platform: string, person: string): Promise<number>
}

/** What commands need from the street. */
export interface CommandPorts {
  readonly articles: Pick<ArticleStore, 'articles' | 'search' | 'articlesSince'>
  readonly stories: Pick<StoryStore, 'story' | 'storiesById' | 'stories' | 'storiesOfWindow'>
  readonly feeds: Pick<FeedStore, 'feeds' | 'saveFeeds' | 'removeFeed'>
  readonly subscriptions: Omit<SubscriptionStore, 'saveInstallation' | 'installation' | 'removeInstallation'>
  readonly digests: Pick<
    DigestStore,
    'digest' | 'digests' | 'deliveries' | 'replanDelivery' | 'toldSince' | 'troubledDeliveries'
  >
  readonly people: PersonStore
  readonly sender: DigestSender
  readonly web: FeedSource
  readonly pages: PageSource
  readonly reader: Pick<PageReader, 'extract'>
  readonly nowMs: () => number
  /** Where pages for browsers are, without a slash at the end; without it answers link to none. */
  readonly publicUrl?: string | null
  /** A fresh id of letters, digits and dashes, at most 40 characters. */
  readonly newId: () => string
  /** Tells one person something; without it nobody is told. */
  readonly tell?: (note: PrivateNote) => Promise<'told' | 'closed' | 'failed'>
  /** See {@link ChatPlatform.channelProblem}; without it only the channel that the asker is in can be chosen. */
  readonly channelProblem?: (platform: string, tenant: string, channel: string) => Promise<string | null>
  /** See {@link ChatPlatform.openThread}. */
  readonly openThread?: (
    platform: string,
    tenant: string,
    channel: string,
    title: string,
  ) => Promise<string | null>
  /** See {@link ChatPlatform.channelName}. */
  readonly channelName?: (platform: string, tenant: string, channel: string) => Promise<string | null>
  /** See {@link ChatPlatform.enterChannel}. */
  readonly enterChannel?: (platform: string, tenant: string, channel: string) => Promise<string | null>
  /** Hears of every command that failed by a bug or a lost database. */
  readonly onFailure?: (error: unknown, what: string) => void
}

/** One question with all that is needed to answer it. */
export interface Ask {
  readonly asker: Asker
  /** Whose eyes every look-up uses. */
  readonly view: TenantView
  readonly ports: CommandPorts
  readonly signal: AbortSignal
  readonly nowMs: number
}

/** What looking things up needs of a question. */
export interface ReaderAsk {
  readonly asker: Pick<Asker, 'platform' | 'channel'>
  readonly view: TenantView
  readonly ports: Pick<CommandPorts, 'articles' | 'stories' | 'subscriptions'>
}

/** Options or form fields by name; trimmed, empty ones left out. */
export type Given = Readonly<Record<string, string>>

/** A command: its shape, its answer, and offers for its options. */
export interface Command {
  readonly shape: CommandShape
  run(ask: Ask, given: Given): Promise<CommandReply>
  complete?(ask: Ask, option: string, typed: string): Promise<readonly Completion[]>
}

/** The answer to a button or a menu. */
export interface ActionAnswer {
  readonly verb: string
  readonly managersOnly: boolean
  /** @param args what followed the verb, parted at colons */
  run(ask: Ask, args: readonly string[], chosen: readonly string[]): Promise<CommandReply>
}

/** The answer to a form. */
export interface FormAnswer {
  readonly verb: string
  readonly managersOnly: boolean
  run(ask: Ask, args: readonly string[], fields: Given): Promise<CommandReply>
}

/** Commands that belong together. */
export interface CommandFamily {
  readonly commands: readonly Command[]
  readonly actions?: readonly ActionAnswer[]
  readonly forms?: readonly FormAnswer[]
}
