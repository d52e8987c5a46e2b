import type { Store } from '../../src/adapters/storage/open-store.ts'
import { DEFAULT_DIGEST_SETTINGS, type DigestSettings } from '../../src/app/digest-settings.ts'
import { DEFAULT_SUBSCRIPTION, type Subscription } from '../../src/core/subscription/subscription.ts'
import { makeArticle } from './make-article.ts'

const PLACES = [
  'Marholm',
  'Lissane',
  'Brackwater',
  'Oldport',
  'Tarn',
  'Venmouth',
  'Gull Bay',
  'Corrie',
] as const
const THINGS = ['bridge', 'ferry', 'school', 'market', 'tram', 'library', 'dam', 'theatre'] as const

/** Stores one new story of one article, accepted at `atMs`. The text of each `n` tells something of its own. */
export async function shelveStory(store: Store, n: number, atMs: number): Promise<void> {
  const place = PLACES[n % 8] ?? 'Marholm'
  const thing = THINGS[Math.floor(n / 8) % 8] ?? 'bridge'
  const id = `article-${n}`
  const article = makeArticle({
    id,
    title: `The ${thing} of ${place} opens again, part ${n}`,
    text: `The ${thing} of ${place} opened again for visitor number ${n} after a long repair. The mayor cut the ribbon and thanked ${n} workers.`,
    source: `${place} Post`,
    url: `https://post.example/${n}`,
    published: new Date(atMs).toISOString(),
  })
  const key = `https://post.example/${n}`
  const added = [{ article, key, contentHash: `hash-${n}` }]
  await store.articles.saveIngest({ feedId: null, atMs, added, revised: [], unchanged: [] })
  const story = {
    ...{ id: `story-${n}`, lang: 'en', headline: article.title, headlineArticleId: id },
    ...{ firstAtMs: atMs, lastAtMs: atMs, articleCount: 1, publisherCount: 1, copyCount: 0 },
    state: 'open' as const,
  }
  await store.stories.saveStep({
    ...{ id: `step-${n}`, atMs, stories: [story], copies: [], redirects: [] },
    placements: [{ articleId: id, storyId: story.id, reason: 'It opened the story.' }],
  })
}

/** What a test sets of a subscription. */
export interface ShelvedSubscription {
  readonly id: string
  readonly destinationId?: string
  readonly platform?: string
  readonly tenant?: string | null
  readonly cron?: readonly string[]
  readonly timeZone?: string
  readonly quiet?: DigestSettings['quiet']
  readonly subscription?: Partial<Subscription>
  readonly nextRunAtMs: number | null
  readonly atMs: number
}

/** Stores a subscription with its destination, of the operator where no tenant is named. */
export async function shelveSubscription(store: Store, given: ShelvedSubscription): Promise<void> {
  const { id, destinationId = `to-${id}`, platform = 'discord', tenant = null, atMs } = given
  const destination = { id: destinationId, platform, address: `address-${destinationId}`, tenant, name: '' }
  await store.subscriptions.saveDestination(destination, atMs)
  const settings: DigestSettings = {
    ...DEFAULT_DIGEST_SETTINGS,
    subscription: { ...DEFAULT_SUBSCRIPTION, ...given.subscription },
    cron: given.cron ?? ['0 8 * * *'],
    timeZone: given.timeZone ?? 'UTC',
    quiet: given.quiet ?? null,
  }
  const change = {
    id,
    destinationId,
    name: id,
    settings,
    paused: false,
    nextRunAtMs: given.nextRunAtMs,
    atMs,
  }
  await store.subscriptions.saveSubscription(change)
}
