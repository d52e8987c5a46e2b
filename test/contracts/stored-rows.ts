import { createHash } from 'node:crypto'
import type { AcceptedArticle, IngestBatch } from '../../src/app/ports/article-store.ts'
import type { NewFeed } from '../../src/app/ports/feed-store.ts'
import type { Destination } from '../../src/app/ports/publisher.ts'
import type { StoryRecord, StoryStep } from '../../src/app/ports/story-store.ts'
import type { SubscriptionChange } from '../../src/app/ports/subscription-store.ts'
import type { Article } from '../../src/core/feed/article.ts'

/** Noon of a day in spring, epoch ms: tests count from here. */
export const NOON = Date.UTC(2026, 2, 10, 12)

export const MINUTE = 60_000

/** What the operator's readers see. */
export const PUBLIC = { tenant: null }

/** An article of the fictional Harbour Courier, published a minute after the one numbered before. */
export function article(n: number, fields: Partial<Article> = {}): AcceptedArticle {
  const text = `The harbour council met for the ${n}th time. Ferries stay in port until the storm has passed.`
  return {
    article: {
      id: `article-${n}`,
      url: `https://courier.example/${n}`,
      title: `Ferries stay in port, part ${n}`,
      text,
      furniture: [],
      outlet: 'Harbour Courier',
      publisher: 'courier',
      publishedAtMs: NOON + n * MINUTE,
      lang: 'en',
      ...fields,
    },
    key: `https://courier.example/${n}`,
    contentHash: createHash('sha256')
      .update(`${fields.title ?? n} ${fields.text ?? ''}`)
      .digest('hex'),
  }
}

/** A batch that adds articles an hour after noon, without a feed where none is named. */
export function batch(added: readonly AcceptedArticle[], fields: Partial<IngestBatch> = {}): IngestBatch {
  return { feedId: null, atMs: NOON + 60 * MINUTE, added, revised: [], unchanged: [], ...fields }
}

/** A feed of a tenant, or of the operator where `tenant` is `null`. */
export function feed(id: string, tenant: string | null = null): NewFeed {
  return {
    id,
    url: `https://${id}.example/rss`,
    name: `Feed ${id}`,
    tags: ['harbour'],
    tenant,
    addedAtMs: NOON,
  }
}

/** A story as a step records it. */
export function story(id: string, fields: Partial<StoryRecord> = {}): StoryRecord {
  return {
    id,
    lang: 'en',
    headline: `Headline of ${id}`,
    headlineArticleId: null,
    firstAtMs: NOON,
    lastAtMs: NOON + 60 * MINUTE,
    articleCount: 1,
    publisherCount: 1,
    copyCount: 0,
    state: 'open',
    ...fields,
  }
}

/** A step that places articles: `{ 'article-1': 'story-a' }`. The stories are recorded too. */
export function step(id: string, placed: Record<string, string>, fields: Partial<StoryStep> = {}): StoryStep {
  const placements = Object.entries(placed).map(([articleId, storyId]) => ({
    articleId,
    storyId,
    reason: `put there by ${id}`,
  }))
  return {
    id,
    atMs: NOON + 61 * MINUTE,
    stories: [...new Set(Object.values(placed))].map((storyId) => story(storyId)),
    placements,
    copies: [],
    redirects: [],
    ...fields,
  }
}

/** A channel of a tenant, or of the operator where `tenant` is `null`. */
export function destination(id: string, tenant: string | null = null): Destination {
  return { id, platform: 'discord', address: `channel-${id}`, tenant, name: `Channel ${id}` }
}

/** A subscription, without a time where none is given. */
export function subscription(
  id: string,
  destinationId: string,
  fields: Partial<SubscriptionChange> = {},
): SubscriptionChange {
  return {
    id,
    destinationId,
    name: `Digest ${id}`,
    settings: {},
    paused: false,
    nextRunAtMs: null,
    atMs: NOON,
    ...fields,
  }
}
