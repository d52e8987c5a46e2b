import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore, type Store } from '../../src/adapters/storage/open-store.ts'
import { collectFeeds } from '../../src/app/collect-feeds.ts'
import { keepHubLeases, noteHubOffer, wakePingedFeeds } from '../../src/app/keep-hub-leases.ts'
import type { HubAnswer, HubRequest } from '../../src/app/ports/hub-client.ts'
import type { FetchOutcome } from '../../src/core/feed/fetch-outcome.ts'
import { parseFeed } from '../../src/core/feed/parse-feed.ts'

const NOW_MS = Date.UTC(2026, 4, 4, 6)
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const FEED = 'https://harbour.example/feed'

let store: Store
let nowMs: number
let asked: HubRequest[]
let answer: HubAnswer
let keys: number
let logged: string[]

beforeEach(async () => {
  store = await openStore('sqlite::memory:')
  ;[nowMs, asked, answer, keys, logged] = [NOW_MS, [], { kind: 'accepted' }, 0, []]
  await store.feeds.saveFeeds([
    { id: 'harbour', url: FEED, name: 'Harbour Post', tags: [], tenant: null, addedAtMs: NOW_MS },
  ])
})
afterEach(() => store.close())

function ports() {
  return {
    hubs: store.hubs,
    client: {
      askHub: async (request: HubRequest) => {
        asked.push(request)
        return answer
      },
    },
    nowMs: () => nowMs,
    random01: () => 0,
    newKey: () => `key-${(keys += 1)}`,
    callbackBase: 'https://news.example',
    log: ({ what }: { readonly what: string }) => void logged.push(what),
  }
}

function fetched(hub: string | null, items = '') {
  const links = hub === null ? '' : `<link rel="hub" href="${hub}"/><link rel="self" href="${FEED}"/>`
  const body = new TextEncoder().encode(
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title>${links}${items}</feed>`,
  )
  const validators = { etag: null, lastModified: null, bodyHash: null }
  return {
    ...{ kind: 'fetched' as const, validators, movedTo: null, freshForMs: null, url: FEED },
    ...{ body, contentType: 'application/atom+xml' },
  }
}

async function note(hub: string | null): Promise<void> {
  const [lease] = await store.hubs.leasesOf(['harbour'])
  const outcome = fetched(hub)
  await noteHubOffer(ports(), 'harbour', lease ?? null, { fetched: outcome, parsed: parseFeed(outcome) })
}

describe('noteHubOffer()', () => {
  test('makes one lease of an offer, with new keys for another hub', async () => {
    await note('https://hub.example/')
    await note('https://hub.example/')
    expect(await store.hubs.leasesOf(['harbour'])).toMatchObject([
      { hub: 'https://hub.example/', topic: FEED, token: 'key-1', secret: 'key-2', leaseUntilMs: null },
    ])
    await note('https://other.example/')
    expect(await store.hubs.leasesOf(['harbour'])).toMatchObject([
      { hub: 'https://other.example/', token: 'key-3', secret: 'key-4' },
    ])
  })

  test('has a feed that names another hub with every poll asked for no more often', async () => {
    for (let poll = 0; poll < 20; poll += 1) {
      await note(`https://hub${poll}.example/`)
      await keepHubLeases(ports())
      nowMs += 15 * MINUTE_MS
    }
    expect(asked.length).toBeLessThan(7)
  })

  test('ends a lease whose feed names no hub any more, and takes it up again with new keys', async () => {
    await note('https://hub.example/')
    await note(null)
    expect(await store.hubs.leasesOf(['harbour'])).toMatchObject([{ isLeaving: true, token: 'key-1' }])
    await note('https://hub.example/')
    expect(await store.hubs.leasesOf(['harbour'])).toMatchObject([{ isLeaving: false, token: 'key-3' }])
  })
})

describe('keepHubLeases()', () => {
  test('asks once however many processes keep leases', async () => {
    await note('https://hub.example/')
    await Promise.all([keepHubLeases(ports()), keepHubLeases(ports()), keepHubLeases(ports())])
    expect(asked).toMatchObject([
      { mode: 'subscribe', topic: FEED, callback: 'https://news.example/websub/key-1', secret: 'key-2' },
    ])
  })

  test('asks a hub that refuses again after a week, one that fails after an hour', async () => {
    await note('https://hub.example/')
    answer = { kind: 'failed', problem: 'Cannot ask hub "https://hub.example/": status is 503' }
    await keepHubLeases(ports())
    nowMs += HOUR_MS
    answer = { kind: 'refused', problem: 'Cannot ask hub "https://hub.example/": status is 403' }
    await keepHubLeases(ports())
    expect(logged).toEqual(['hub-trouble', 'hub-trouble'])
    nowMs += 6 * 24 * HOUR_MS
    await keepHubLeases(ports())
    expect(asked).toHaveLength(2)
    nowMs += 25 * HOUR_MS
    await keepHubLeases(ports())
    expect(asked).toHaveLength(3)
  })

  test('gives up to end a lease after three tries', async () => {
    await note('https://hub.example/')
    await store.feeds.removeFeed('harbour')
    for (let hour = 0; hour < 30; hour += 1) {
      await keepHubLeases(ports())
      nowMs += HOUR_MS
    }
    expect(asked.map(({ mode }) => mode)).toEqual(['unsubscribe', 'unsubscribe', 'unsubscribe'])
    expect(await store.hubs.leasesOf(['harbour'])).toEqual([])
  })
})

describe('collectFeeds() with hubs', () => {
  const entry = (n: number) =>
    `<entry><id>urn:${n}</id><title>Ferry ${n}</title><content>Text.</content></entry>`

  async function collect(outcome: FetchOutcome, secrets?: { cookies: string }) {
    await collectFeeds(
      {
        ...{ feeds: store.feeds, articles: store.articles, nowMs: () => nowMs, random01: () => 0 },
        web: { fetchFeed: async () => outcome },
        push: ports(),
        ...(secrets === undefined ? {} : { secretsOf: () => secrets }),
      },
      { claimant: 'test' },
    )
    const [feed] = await store.feeds.feedsById(['harbour'])
    return ((feed?.nextPollAtMs ?? 0) - nowMs) / HOUR_MS
  }

  test('tells no hub of a feed behind a door', async () => {
    await collect(fetched('https://hub.example/'), { cookies: 'a=1' })
    expect(await store.hubs.leasesOf(['harbour'])).toEqual([])
    nowMs += 24 * HOUR_MS
    await collect(fetched('https://hub.example/'))
    expect(await store.hubs.leasesOf(['harbour'])).toHaveLength(1)
  })

  test('polls seldom once the hub has told of news, and often again when it misses some', async () => {
    const hub = 'https://hub.example/'
    expect(await collect(fetched(hub, entry(1)))).toBe(0.5)
    await store.hubs.changeLease('key-1', { leaseUntilMs: nowMs + 240 * HOUR_MS, asks: 0 })
    await store.hubs.notePing('key-1', nowMs)
    nowMs += 2 * MINUTE_MS
    expect(await wakePingedFeeds(ports())).toBe(1)
    expect(await collect(fetched(hub, entry(1) + entry(2)))).toBe(1)
    nowMs += 5 * HOUR_MS
    // Nothing was told, yet there is something new.
    expect(await collect(fetched(hub, entry(1) + entry(2) + entry(3)))).toBe(2.5)
    await store.hubs.notePing('key-1', nowMs + 1)
    nowMs += 2 * HOUR_MS
    await wakePingedFeeds(ports())
    expect(await collect(fetched(hub, entry(1) + entry(2) + entry(3) + entry(4)))).toBe(4)
  })
})
