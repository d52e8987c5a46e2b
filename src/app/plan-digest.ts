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
import type { Publisher } from './ports/publisher.ts'
import type { ComposableStory, StoryStore, Window } from './ports/story-store.ts'
import type { StoredSubscription } from './ports/subscription-store.ts'
import { Remembered } from './remembered.ts'

/** What composing needs from the store. */
export interface ComposePorts extends WindowPorts {
  readonly stories: Pick<StoryStore, 'closeWindow' | 'storiesOfWindow' | 'storiesById' | 'tenantsWithOwnEyes'>
  readonly digests: Pick<DigestStore, 'toldSince'>
}

/** A digest that is composed and checked, without the words on each story of the window. */
export interface CheckedDigest extends Omit<ComposedDigest, 'verdicts'> {
  /** Sentences that did not stand in their articles and were taken out. */
  readonly refused: number
}

/** The stories of a window, and who sees them so: everybody (`null`), also a tenant of which nothing stands in it, or one tenant. */
interface SeenWindow {
  readonly stories: readonly ComposableStory[]
  readonly eyes: string | null
}

/** How far back a destination's memory reaches, ms: longer than stories live. */
export const MEMORY_MS = 21 * 86_400_000

/** Summaries that a round remembers; a story of a window is summarised in a few lengths at most. */
const MAX_SUMMARIES = 5_000

/** Windows as everybody sees them that a round remembers: each holds all its articles. Range 1-20. */
const MAX_WINDOWS = 6

/** Windows of tenants with feeds of their own that a round remembers: each holds what only the tenant sees. Range 10-1,000. */
const MAX_OWN_WINDOWS = 300

/**
 * Digests that a round remembers for destinations with the same wishes and the same memory: some 20 kB each, and one that is forgotten too early
 * costs some 5 ms of CPU again. With 5,000 destinations of 400 different wishes (bench/scale.ts) 400 made 2,840 compositions of 560. Range
 * 10-5,000.
 */
const MAX_COMPOSED = 1_500

/**
 * Composes digests for many subscriptions at one time: windows are loaded once for all tenants that see the same, a story is summarised
 * once, and who wishes for the same and was told the same gets the same. Lives for one round, as a story may grow after it.
 */
export class DigestComposer {
  readonly #ports: ComposePorts
  readonly #windows = new Remembered<SeenWindow>(MAX_WINDOWS)
  readonly #ownWindows = new Remembered<SeenWindow>(MAX_OWN_WINDOWS)
  readonly #composed = new Remembered<CheckedDigest>(MAX_COMPOSED)
  readonly #ownEyes = new Remembered<ReadonlySet<string>>(1)
  readonly #summaries = new Map<string, Summary>()
  readonly #closed = new Remembered<void>(MAX_WINDOWS)
  readonly #giveWay: () => Promise<unknown>
  #turn: Promise<unknown> = Promise.resolve()

  /** @param giveWay stands back before each composition; by default for what came in meanwhile alone */
  constructor(ports: ComposePorts, giveWay: () => Promise<unknown> = aTurn) {
    this.#ports = ports
    this.#giveWay = giveWay
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
    const [{ stories, eyes }, memory] = await Promise.all([
      this.#storiesOf(window, await this.#eyesOf(tenant)),
      this.#ports.digests.toldSince(destination.id, window.toMs - MEMORY_MS),
    ])
    const told = memory.filter(({ toldAtMs }) =>
      isCorrection ? toldAtMs < window.toMs : toldAtMs <= window.toMs,
    )
    const { fromMs, toMs } = window
    const alike = hashOf([eyes, fromMs, toMs, subscription, told])
    return this.#composed.get(alike, () => this.#compose({ subscription, stories, fromMs, toMs, told }, eyes))
  }

  async #compose(
    input: Omit<Parameters<typeof composeForSubscription>[0], 'summarize'>,
    tenant: string | null,
  ): Promise<CheckedDigest> {
    const { told, skip, problems, ...composed } = await this.#inTurn(() =>
      composeForSubscription({
        ...input,
        summarize: (articles, options) => this.#summarize(articles, options),
      }),
    )
    const stored = await this.#ports.articles.articles(quotedArticles(composed.digest), { tenant })
    const texts = new Map(stored.map(({ article }) => [article.id, article.text]))
    const { digest, refused } = keepTrueQuotes(composed.digest, (id) => texts.get(id))
    return { digest, told, skip, problems, refused: refused.length }
  }

  /** One composition after the other, and other work of the process between them. */
  #inTurn<Result>(work: () => Result): Promise<Result> {
    const done = this.#turn.then(this.#giveWay).then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }

  async #storiesOf(window: Window, eyes: string | null): Promise<SeenWindow> {
    const { fromMs, toMs } = window
    await this.#closed.get(String(toMs), () => this.#ports.stories.closeWindow(toMs))
    const key = `${fromMs} ${toMs}`
    const shared = this.#windows.get(key, async () => {
      return { stories: await loadWindow(this.#ports, window, { tenant: null }), eyes: null }
    })
    if (eyes === null) return shared
    return this.#ownWindows.get(`${key} ${eyes}`, async () => {
      const all = await shared
      const stories = await loadWindow(this.#ports, window, { tenant: eyes }, all.stories)
      return stories === all.stories ? all : { stories, eyes }
    })
  }

  /** A tenant without feeds and corrections of its own sees what everybody sees. */
  async #eyesOf(tenant: string | null): Promise<string | null> {
    if (tenant === null) return null
    const own = await this.#ownEyes.get(
      '',
      async () => new Set(await this.#ports.stories.tenantsWithOwnEyes()),
    )
    return own.has(tenant) ? tenant : null
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

function aTurn(): Promise<unknown> {
  return new Promise((resolve) => setImmediate(resolve))
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url')
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
  /** Key of the destination's archive: pages are shown with its eyes. */
  readonly archiveToken: string | null
  readonly nowMs: number
}

/** Where pages for browsers are. */
export interface PageOptions {
  /** Without a slash at the end; `null`: there are none. */
  readonly publicUrl: string | null
  /** Gives the key of a destination's archive; without it links show what everybody may see. */
  readonly archiveKey?: (destinationId: string) => Promise<string>
}

/** What the messages for a destination link to. */
export async function pagesOf(
  { publicUrl, archiveKey }: PageOptions,
  destinationId: string,
): Promise<Pick<DigestToPlan, 'publicUrl' | 'archiveToken'>> {
  const archiveToken = publicUrl === null ? null : ((await archiveKey?.(destinationId)) ?? null)
  return { publicUrl, archiveToken }
}

/** Cuts a composed digest into parts, ready to be stored: nothing of it is decided again later. */
export function planDigest(plan: DigestToPlan): NewDigest {
  const { stored, settings, window, composed, publisher, publicUrl, archiveToken } = plan
  const { destination, name } = stored
  const { subscription, timeZone } = settings
  const { digest } = composed
  const digestId = digestIdOf(stored.id, window.fromMs, window.toMs)
  const parts = publisher.cut({ digestId, name, digest, timeZone, subscription, publicUrl, archiveToken })
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
