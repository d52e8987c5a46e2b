import { createHash } from 'node:crypto'
import { digestDocument } from '../core/digest/digest-document.ts'
import type { Article } from '../core/feed/article.ts'
import type { Summary, SummaryOptions } from '../core/summary/summary.ts'
import { summarizeStory } from '../core/summary/summarize-story.ts'
import { composeForSubscription, type ComposedDigest } from './compose-for-subscription.ts'
import { digestIdOf, nonceOf } from './delivery-names.ts'
import type { DigestSettings } from './digest-settings.ts'
import { keepTrueQuotes, quotedArticles } from './keep-true-quotes.ts'
import { loadWindow, type WindowPorts } from './load-window.ts'
import type { DigestStore, NewDigest } from './ports/digest-store.ts'
import type { FeedStore } from './ports/feed-store.ts'
import type { Publisher } from './ports/publisher.ts'
import type { ComposableStory, StoryStore, Window } from './ports/story-store.ts'
import type { StoredSubscription } from './ports/subscription-store.ts'

/** What composing needs from the store. */
export interface ComposePorts extends WindowPorts {
  readonly stories: Pick<StoryStore, 'closeWindow' | 'storiesOfWindow' | 'storiesById'>
  readonly feeds: Pick<FeedStore, 'feeds'>
  readonly digests: Pick<DigestStore, 'toldSince'>
}

/** A digest that is composed and checked. */
export interface CheckedDigest extends ComposedDigest {
  /** Sentences that did not stand in their articles and were taken out. */
  readonly refused: number
}

/** How far back a destination's memory reaches, ms: longer than stories live. */
export const MEMORY_MS = 21 * 86_400_000

/** Summaries that a round remembers; a story of a window is summarised in a few lengths at most. */
const MAX_SUMMARIES = 5_000

/** Windows that a round remembers: each holds all its articles. Range 1-20. */
const MAX_WINDOWS = 6

/**
 * Composes digests for many subscriptions at one time: windows are loaded once for all tenants that see the same, and a story is summarised
 * once. Lives for one round, as a story may grow after it.
 */
export class DigestComposer {
  readonly #ports: ComposePorts
  readonly #windows = new Map<string, Promise<ComposableStory[]>>()
  readonly #eyes = new Map<string, Promise<string | null>>()
  readonly #summaries = new Map<string, Summary>()
  readonly #closed = new Map<number, Promise<void>>()

  constructor(ports: ComposePorts) {
    this.#ports = ports
  }

  /**
   * The digest of a subscription for a window, every quote looked up in the store once more.
   *
   * @param window must not reach past the present: what is accepted from now on comes after it
   * @param options `isCorrection`: a digest of this window was sent; what it told counts as not told
   */
  async compose(
    { destination }: Pick<StoredSubscription, 'destination'>,
    { subscription }: DigestSettings,
    window: Window,
    { isCorrection = false }: { readonly isCorrection?: boolean } = {},
  ): Promise<CheckedDigest> {
    const { tenant } = destination
    const [stories, told] = await Promise.all([
      this.#storiesOf(window, tenant),
      this.#ports.digests.toldSince(destination.id, window.toMs - MEMORY_MS),
    ])
    const composed = composeForSubscription({
      ...{ subscription, stories, fromMs: window.fromMs, toMs: window.toMs },
      told: told.filter(({ toldAtMs }) => (isCorrection ? toldAtMs < window.toMs : toldAtMs <= window.toMs)),
      summarize: (articles, options) => this.#summarize(articles, options),
    })
    const stored = await this.#ports.articles.articles(quotedArticles(composed.digest), { tenant })
    const texts = new Map(stored.map(({ article }) => [article.id, article.text]))
    const { digest, refused } = keepTrueQuotes(composed.digest, (id) => texts.get(id))
    return { ...composed, digest, refused: refused.length }
  }

  async #storiesOf(window: Window, tenant: string | null): Promise<ComposableStory[]> {
    const closed = this.#closed.get(window.toMs) ?? this.#ports.stories.closeWindow(window.toMs)
    this.#closed.set(window.toMs, closed)
    await closed
    const eyes = await this.#eyesOf(tenant)
    const key = `${window.fromMs} ${window.toMs} ${eyes ?? ''}`
    const known = this.#windows.get(key)
    if (known !== undefined) return known
    const oldest = this.#windows.size >= MAX_WINDOWS ? this.#windows.keys().next().value : undefined
    if (oldest !== undefined) this.#windows.delete(oldest)
    const loading = loadWindow(this.#ports, window, { tenant: eyes })
    this.#windows.set(key, loading)
    loading.catch(() => this.#windows.delete(key))
    return loading
  }

  /** A tenant without feeds and corrections of its own sees what everybody sees. */
  #eyesOf(tenant: string | null): Promise<string | null> {
    if (tenant === null) return Promise.resolve(null)
    const known = this.#eyes.get(tenant) ?? this.#lookInto(tenant)
    this.#eyes.set(tenant, known)
    return known
  }

  async #lookInto(tenant: string): Promise<string | null> {
    const [feeds, corrections] = await Promise.all([
      this.#ports.feeds.feeds({ tenant }),
      this.#ports.subscriptions.corrections(tenant),
    ])
    const isOwn = (one: { readonly tenant: string | null }) => one.tenant === tenant
    return feeds.some(isOwn) || corrections.some(isOwn) ? tenant : null
  }

  #summarize(articles: readonly Article[], options: SummaryOptions): Summary {
    const key = summaryKey(articles, options)
    const known = this.#summaries.get(key)
    if (known !== undefined) return known
    const summary = summarizeStory(articles, options)
    if (this.#summaries.size < MAX_SUMMARIES) this.#summaries.set(key, summary)
    return summary
  }
}

/** By content: two loads of one window may hold different versions of an article. */
function summaryKey(articles: readonly Article[], options: SummaryOptions): string {
  const hash = createHash('sha256')
  const { copies, ...plain } = options
  hash.update(JSON.stringify([plain, copies === undefined ? [] : [...copies]]))
  for (const { id, title, text } of articles) hash.update(`\n${id}\n${title}\n`).update(text)
  return hash.digest('base64url')
}

/** Where a digest comes from and goes to. */
export interface DigestToPlan {
  readonly stored: StoredSubscription
  readonly settings: DigestSettings
  readonly window: Window
  readonly composed: CheckedDigest
  readonly publisher: Pick<Publisher, 'cut'>
  readonly publicUrl: string | null
  readonly nowMs: number
}

/** Cuts a composed digest into parts, ready to be stored: nothing of it is decided again later. */
export function planDigest(plan: DigestToPlan): NewDigest {
  const { stored, settings, window, composed, publisher, publicUrl } = plan
  const { destination, name } = stored
  const { subscription, timeZone } = settings
  const { digest } = composed
  const digestId = digestIdOf(stored.id, window.fromMs, window.toMs)
  const parts = publisher.cut({ digestId, name, digest, timeZone, subscription, publicUrl })
  return {
    id: digestId,
    destinationId: destination.id,
    subscriptionId: stored.id,
    fromMs: window.fromMs,
    toMs: window.toMs,
    inputHash: digest.hash,
    body: { name, settings, document: digestDocument(digest) },
    composedAtMs: plan.nowMs,
    told: composed.told,
    parts: parts.map((message, part) => ({ message, nonce: nonceOf(destination.id, digestId, part) })),
  }
}
