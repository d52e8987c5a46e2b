import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src/adapters/storage/open-store.ts'
import type { NewDigest } from '../../src/app/ports/digest-store.ts'
import {
  article,
  batch,
  destination,
  feed,
  MINUTE,
  NOON,
  step,
  subscription,
} from '../contracts/stored-rows.ts'

/** Two tenants; their marks stand in every text and id of theirs, and in nothing of the other's. */
const TENANTS = ['ash', 'birch'] as const
type Tenant = (typeof TENANTS)[number]

const markOf = (tenant: Tenant) => `only-${tenant}`

/** A tenant that asks, with the ids of everything that is stored, its own and the other's. */
interface Ask {
  readonly view: { readonly tenant: string }
  readonly tenant: Tenant
  readonly allArticles: readonly string[]
  readonly allStories: readonly string[]
  /** Of its own destination. */
  readonly destinationId: string
  readonly digestId: string
}

type Query = (store: Store, ask: Ask) => Promise<unknown>

const EVER = { fromMs: 0, toMs: NOON + 1_000 * MINUTE }
const MANY = 500

/** Every query that is asked on behalf of a tenant, or by an id that is one tenant's own. */
const BY_TENANT: Readonly<Record<string, Query>> = {
  'articles.knownArticles': (store, { tenant, allArticles }) =>
    store.articles.knownArticles(
      allArticles.map((id) => `key of ${id}`),
      tenant,
    ),
  'articles.articles': (store, { view, allArticles }) => store.articles.articles(allArticles, view),
  'articles.articlesSince': (store, { view }) => store.articles.articlesSince(0, MANY, view),
  'articles.revisions': (store, { view, allArticles }) =>
    Promise.all(allArticles.map((id) => store.articles.revisions(id, view))),
  'articles.search': (store, { view }) =>
    Promise.all(
      ['', 'ferries', ...TENANTS.map(markOf)].map((words) =>
        store.articles.search({ words, limit: MANY }, view),
      ),
    ),
  'stories.story': (store, { view, allStories }) =>
    Promise.all([...allStories, 'stor'].map((id) => store.stories.story(id, view))),
  'stories.storiesById': (store, { view, allStories }) => store.stories.storiesById(allStories, view),
  'stories.stories': (store, { view }) => store.stories.stories({ limit: MANY }, view),
  'stories.storiesOfWindow': async (store, { view }) => [
    await store.stories.storiesOfWindow(EVER, view),
    await store.stories.storiesOfWindow(
      EVER,
      view,
      await store.stories.storiesOfWindow(EVER, { tenant: null }),
    ),
  ],
  'feeds.feeds': (store, { view }) => store.feeds.feeds(view),
  'digests.digest': (store, { digestId }) => store.digests.digest(digestId),
  'digests.digests': (store, { destinationId }) => store.digests.digests(destinationId, MANY),
  'digests.toldSince': (store, { destinationId }) => store.digests.toldSince(destinationId, 0),
  'digests.deliveries': (store, { digestId }) => store.digests.deliveries(digestId),
  'digests.troubledDeliveries': (store, { destinationId }) =>
    store.digests.troubledDeliveries(destinationId, 0, MANY),
  'subscriptions.tenant': (store, { tenant }) => store.subscriptions.tenant(tenant),
  'subscriptions.destination': (store, { destinationId }) => store.subscriptions.destination(destinationId),
  'subscriptions.destinations': (store, { tenant }) => store.subscriptions.destinations(tenant),
  'subscriptions.subscription': (store, { tenant }) =>
    store.subscriptions.subscription(`${markOf(tenant)}-sub`),
  'subscriptions.subscriptions': (store, { tenant }) => store.subscriptions.subscriptions(tenant),
  'subscriptions.corrections': (store, { tenant }) => store.subscriptions.corrections(tenant),
  // Both tenants have a person of this id: ids of people are the platform's.
  'subscriptions.following': (store, { tenant }) => store.subscriptions.following(tenant, 'slack', 'U1'),
  'subscriptions.installation': (store, { tenant }) => store.subscriptions.installation('slack', tenant),
  'subscriptions.auditTrail': (store, { tenant }) => store.subscriptions.auditTrail(tenant, MANY),
  'links.destinationOf': (store, { tenant }) => store.links.destinationOf(`${markOf(tenant)}-key`),
}

/** What is asked for all tenants at once by the program itself, is the operator's, or changes something; with what keeps tenants apart there. */
const NOT_BY_TENANT: Readonly<Record<string, string>> = {
  'articles.saveIngest': 'writes',
  'articles.unplacedArticles': 'grouping sees all owners; nothing of it is shown',
  'articles.dropBodiesBefore': 'writes',
  'articles.dropBodiesOfFeed': 'writes',
  'stories.saveStep': 'writes',
  'stories.liveArticles': 'grouping sees all owners; nothing of it is shown',
  'stories.storyRecords': 'grouping sees all owners; nothing of it is shown',
  'stories.closeWindow': 'writes',
  'stories.tenantsWithOwnEyes': 'tells which tenants have feeds of their own; for the sender',
  'stories.summary': 'asked by the hash of what it was made from, which another view does not have',
  'stories.saveSummary': 'writes',
  'feeds.saveFeeds': 'writes',
  'feeds.removeFeed': 'writes; the desk looks first whose it is',
  'feeds.feedsById': 'the collector serves all owners',
  'feeds.publishFeed': 'writes',
  'feeds.claimDueFeeds': 'the collector serves all owners',
  'feeds.saveFeedState': 'writes',
  'digests.claimDueRuns': 'the sender serves all tenants',
  'digests.claimRun': 'the sender serves all tenants',
  'digests.finishRun': 'writes',
  'digests.saveDigest': 'writes',
  'digests.openParts': 'the sender serves all tenants',
  'digests.startDelivery': 'writes',
  'digests.takeOverDelivery': 'writes',
  'digests.finishDelivery': 'writes',
  'digests.replanDelivery': 'writes; the desk looks first whose it is',
  'digests.replaceMessage': 'writes',
  'digests.giveUpDeliveries': 'writes',
  'subscriptions.saveTenant': 'writes',
  'subscriptions.saveTenantSettings': 'writes',
  'subscriptions.tenants': 'the operator and the program themselves',
  'subscriptions.removeTenant': 'writes',
  'subscriptions.forgetTenant': 'writes: see below',
  'subscriptions.saveDestination': 'writes',
  'subscriptions.closeDestination': 'writes',
  'subscriptions.saveSubscription': 'writes',
  'subscriptions.removeSubscription': 'writes',
  'subscriptions.addCorrection': 'writes',
  'subscriptions.undoCorrection': 'writes: see below',
  'subscriptions.forgetPerson': 'writes: see below',
  'subscriptions.follow': 'writes',
  'subscriptions.unfollow': 'writes: see below',
  'subscriptions.follows': 'the teller of followers serves all tenants',
  'subscriptions.markFollowTold': 'writes',
  'subscriptions.saveInstallation': 'writes',
  'subscriptions.removeInstallation': 'writes',
  'subscriptions.audit': 'writes',
  'operator.feeds': 'the operator sees all tenants',
  'operator.feedCounts': 'the operator sees all tenants',
  'operator.feedDays': 'the operator sees all tenants',
  'operator.queueDepth': 'the operator sees all tenants',
  'operator.troubledParts': 'the operator sees all tenants',
  'operator.settleDelivery': 'writes',
  'operator.subscriptions': 'the operator sees all tenants',
  'operator.corrections': 'the operator sees all tenants',
  'operator.copies': 'the operator sees all tenants',
  'links.linkOf': 'writes',
  'links.renewLink': 'writes',
  'requests.isNew': 'asked by the random id of a request',
}

/** Parts of a store that hold rows. */
const ROOMS = [
  'articles',
  'stories',
  'feeds',
  'digests',
  'subscriptions',
  'operator',
  'links',
  'requests',
] as const

/** An article of somebody in some story, perhaps the copy of one before it, perhaps revised. */
const ARTICLE = fc.record({
  owner: fc.constantFrom<Tenant | null>(...TENANTS, null),
  story: fc.nat(3),
  copyOf: fc.option(fc.nat(20)),
  revised: fc.boolean(),
})

type Drafts = readonly (typeof ARTICLE extends fc.Arbitrary<infer T> ? T : never)[]

async function fill(
  store: Store,
  drafts: Drafts,
): Promise<Omit<Ask, 'view' | 'tenant' | 'destinationId' | 'digestId'>> {
  await store.feeds.saveFeeds([
    feed('open'),
    ...TENANTS.map((tenant) => feed(`${markOf(tenant)}-feed`, tenant)),
  ])
  const ids = drafts.map(({ owner }, at) => `${owner === null ? 'shared' : markOf(owner)}-article-${at}`)
  for (const [at, { owner, revised }] of drafts.entries()) {
    const id = ids[at] ?? ''
    const words = `${id}. Ferries stay in port.`
    const made = { ...article(at + 1, { id, title: words, text: words, outlet: id }), key: `key of ${id}` }
    const feedId = owner === null ? 'open' : `${markOf(owner)}-feed`
    await store.articles.saveIngest(batch([made], { feedId }))
    const again = {
      ...made,
      article: { ...made.article, text: `${words} Again.` },
      contentHash: 'h2',
      revision: 2,
    }
    if (revised) await store.articles.saveIngest(batch([], { feedId, revised: [again] }))
  }
  const placed = Object.fromEntries(ids.map((id, at) => [id, `story-${drafts[at]?.story ?? 0}`]))
  const copies = drafts.flatMap(({ copyOf }, at) => {
    const original = copyOf === null || at === 0 ? undefined : ids[copyOf % at]
    return original === undefined
      ? []
      : [{ articleId: ids[at] ?? '', copyOf: original, kind: 'near' as const, scores: {} }]
  })
  const told = step('step-1', placed, { copies })
  const stories = told.stories.map((one) => {
    const headlineArticleId = ids.find((id) => placed[id] === one.id) ?? null
    return { ...one, headline: `${headlineArticleId ?? ''}. Ferries stay in port.`, headlineArticleId }
  })
  await store.stories.saveStep({ ...told, stories })
  return { allArticles: ids, allStories: [...new Set(Object.values(placed))] }
}

async function settle(store: Store, tenant: Tenant): Promise<{ destinationId: string; digestId: string }> {
  const mark = markOf(tenant)
  const [destinationId, digestId] = [`${mark}-place`, `${mark}-digest`]
  const { subscriptions, digests, links } = store
  await subscriptions.saveTenant({ id: tenant, platform: 'slack', name: mark, atMs: NOON })
  await subscriptions.saveTenantSettings(tenant, { mark })
  await subscriptions.saveDestination(destination(destinationId, tenant), NOON)
  await subscriptions.saveSubscription(
    subscription(`${mark}-sub`, destinationId, { name: mark, settings: { mark } }),
  )
  const digest: NewDigest = {
    ...{ id: digestId, destinationId, subscriptionId: `${mark}-sub`, fromMs: 1, toMs: NOON, inputHash: mark },
    ...{ body: { mark }, composedAtMs: NOON },
    told: [{ storyId: 'story-0', toldAtMs: NOON, articleIds: [mark], sentences: [mark] }],
    parts: [{ message: { mark }, nonce: mark }],
  }
  await digests.saveDigest(digest)
  await digests.startDelivery({ digestId, part: 0 }, NOON)
  await digests.finishDelivery({ digestId, part: 0 }, { state: 'unknown', problem: mark }, NOON)
  await subscriptions.addCorrection({
    ...{ id: `${mark}-fix`, tenant, kind: 'must-link', articleIds: [`${mark}-1`, `${mark}-2`] },
    ...{ madeBy: 'U1', madeAtMs: NOON },
  })
  const words = { kind: 'words', words: mark } as const
  await subscriptions.follow({
    tenant,
    platform: 'slack',
    person: 'U1',
    target: words,
    sinceMs: 1,
    toldAtMs: 1,
  })
  await subscriptions.saveInstallation({
    platform: 'slack',
    id: tenant,
    tenant,
    sealed: mark,
    changedAtMs: NOON,
  })
  await subscriptions.audit({ tenant, atMs: NOON, actor: 'U1', action: mark, details: { mark } })
  await links.linkOf(destinationId, { token: `${mark}-key`, atMs: NOON })
  return { destinationId, digestId }
}

/** Everything that a tenant gets to see, as one text a query. */
async function seenBy(store: Store, ask: Ask): Promise<Map<string, string>> {
  const seen = new Map<string, string>()
  for (const [name, query] of Object.entries(BY_TENANT)) {
    seen.set(name, JSON.stringify(await query(store, ask)))
  }
  return seen
}

async function openWith(drafts: Drafts): Promise<{ store: Store; asks: Readonly<Record<Tenant, Ask>> }> {
  const store = await openStore('sqlite::memory:')
  const all = await fill(store, drafts)
  const askOf = async (tenant: Tenant): Promise<Ask> => ({
    ...all,
    ...{ tenant, view: { tenant } },
    ...(await settle(store, tenant)),
  })
  return { store, asks: { ash: await askOf('ash'), birch: await askOf('birch') } }
}

const EVERYBODYS: Drafts = TENANTS.map((owner, at) => ({ owner, story: at, copyOf: null, revised: true }))

describe('queries of the store', () => {
  it('have each a case here, or a reason why tenants do not matter to them', async () => {
    const store = await openStore('sqlite::memory:')
    const names = ROOMS.flatMap((room) => Object.keys(store[room]).map((name) => `${room}.${name}`))
    await store.close()
    expect(names.toSorted()).toEqual([...Object.keys(BY_TENANT), ...Object.keys(NOT_BY_TENANT)].toSorted())
  })

  it('that a tenant asks find what is its own: a case that finds nothing would prove nothing', async () => {
    const { store, asks } = await openWith(EVERYBODYS)
    const seen = await seenBy(store, asks.ash)
    await store.close()
    for (const [name, shown] of seen) expect([name, shown.includes(markOf('ash'))]).toEqual([name, true])
  })

  it('never tell one tenant what is another’s, whatever is stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(ARTICLE, { maxLength: 14 }), async (drafts) => {
        const { store, asks } = await openWith(drafts)
        try {
          for (const [tenant, other] of [TENANTS, TENANTS.toReversed()] as [Tenant, Tenant][]) {
            for (const [name, shown] of await seenBy(store, asks[tenant])) {
              expect([name, tenant, shown.includes(markOf(other))]).toEqual([name, tenant, false])
            }
          }
        } finally {
          await store.close()
        }
      }),
      { numRuns: 12 },
    )
  })

  it('that change something by tenant leave the other’s as it is, and forgetting one leaves the other whole', async () => {
    const { store, asks } = await openWith(EVERYBODYS)
    const { subscriptions } = store
    const before = await seenBy(store, asks.birch)
    const target = { kind: 'words', words: markOf('birch') } as const
    expect(await subscriptions.undoCorrection('only-birch-fix', 'ash', { by: 'U1', atMs: NOON })).toBe(false)
    expect(await subscriptions.unfollow({ tenant: 'ash', platform: 'slack', person: 'U1', target })).toBe(
      false,
    )
    await subscriptions.forgetPerson('ash', 'slack', 'U1')
    await subscriptions.removeTenant('ash', NOON)
    expect(await seenBy(store, asks.birch)).toEqual(before)
    await subscriptions.forgetTenant('ash')
    expect(await seenBy(store, asks.birch)).toEqual(before)
    for (const [name, shown] of await seenBy(store, asks.ash)) {
      expect([name, shown.includes(markOf('ash'))]).toEqual([name, false])
    }
    await store.close()
  })
})
