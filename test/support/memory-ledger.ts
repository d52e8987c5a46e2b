import type { SendPorts } from '../../src/app/send-digests.ts'
import type { Delivery, NewDigest } from '../../src/app/ports/digest-store.ts'
import type { ComposableStory } from '../../src/app/ports/story-store.ts'
import type { StoredSubscription } from '../../src/app/ports/subscription-store.ts'

/** A ledger in plain maps: as exact as the stored one for one process, and quick enough for a year. */
export interface MemoryLedger {
  readonly ports: Pick<SendPorts, 'digests' | 'subscriptions' | 'stories' | 'articles'>
  readonly subscriptions: Map<string, StoredSubscription>
  /** Every digest, in the order in which they were stored. */
  readonly digests: NewDigest[]
}

/** @param storiesOf what came in a window */
export function memoryLedger(storiesOf: (fromMs: number, toMs: number) => ComposableStory[]): MemoryLedger {
  const subscriptions = new Map<string, StoredSubscription>()
  const digests: NewDigest[] = []
  const parts = new Map<string, Delivery[]>()
  const open = new Set<Delivery>()
  const shown = new Map<string, ComposableStory['members'][number]['article']>()
  const set = (
    { digestId, part }: { digestId: string; part: number },
    change: Partial<Delivery>,
  ): boolean => {
    const all = parts.get(digestId) ?? []
    const before = all[part]
    if (before === undefined) return false
    const after = { ...before, ...change }
    all[part] = after
    open.delete(before)
    if (after.state !== 'sent') open.add(after)
    return true
  }
  const store = (digest: NewDigest) => {
    digests.push(digest)
    const planned = digest.parts.map(({ message, nonce }, part): Delivery => ({
      ...{ digestId: digest.id, part, destinationId: digest.destinationId, state: 'planned', message, nonce },
      ...{ attempts: 0, messageId: null, problem: null, retryAtMs: null },
      ...{ plannedAtMs: digest.composedAtMs, changedAtMs: digest.composedAtMs },
    }))
    parts.set(digest.id, planned)
    for (const part of planned) open.add(part)
  }
  return {
    subscriptions,
    digests,
    ports: {
      stories: {
        closeWindow: () => Promise.resolve(),
        storiesOfWindow: ({ fromMs, toMs }) => {
          const stories = storiesOf(fromMs, toMs)
          for (const { members } of stories) for (const { article } of members) shown.set(article.id, article)
          return Promise.resolve(stories)
        },
        storiesById: () => Promise.resolve([]),
        tenantsWithOwnEyes: () => Promise.resolve([]),
      },
      articles: {
        articles: (ids) =>
          Promise.resolve(
            ids.flatMap((id) => {
              const article = shown.get(id)
              const rest = { key: id, contentHash: id, revision: 1, ingestedAtMs: 0, acceptedAtMs: 0 }
              return article === undefined ? [] : [{ article, ...rest, storyId: null, bodyDropped: false }]
            }),
          ),
      },
      subscriptions: {
        corrections: () => Promise.resolve([]),
        destinations: () => Promise.resolve([]),
        subscription: (id) => Promise.resolve(subscriptions.get(id) ?? null),
        destination: (id) =>
          Promise.resolve(
            [...subscriptions.values()].find(({ destination }) => destination.id === id)?.destination ?? null,
          ),
        closeDestination: () => Promise.resolve(),
        audit: () => Promise.resolve(),
      },
      digests: {
        claimDueRuns: ({ nowMs, limit }) =>
          Promise.resolve(
            [...subscriptions.values()]
              .filter(({ nextRunAtMs }) => nextRunAtMs !== null && nextRunAtMs <= nowMs)
              .slice(0, limit),
          ),
        claimRun: (id) => Promise.resolve(subscriptions.get(id) ?? null),
        finishRun: ({ subscriptionId, windowEndMs, nextRunAtMs, digest }) => {
          const stored = subscriptions.get(subscriptionId)
          if (stored === undefined) return Promise.resolve(false)
          subscriptions.set(subscriptionId, { ...stored, windowEndMs, nextRunAtMs })
          if (digest !== null) store(digest)
          return Promise.resolve(true)
        },
        toldSince: () => Promise.resolve([]),
        digest: () => Promise.resolve(null),
        replaceMessage: () => Promise.resolve(),
        digests: () => Promise.resolve([]),
        deliveries: (digestId) => Promise.resolve([...(parts.get(digestId) ?? [])]),
        openParts: () => Promise.resolve([...open]),
        startDelivery: (ref) => Promise.resolve(set(ref, { state: 'sending' })),
        takeOverDelivery: () => Promise.resolve(false),
        finishDelivery: (ref, { state }) => Promise.resolve(set(ref, { state })),
        giveUpDeliveries: () => Promise.resolve(0),
        replanDelivery: () => Promise.resolve(false),
      },
    },
  }
}
