import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src/adapters/storage/open-store.ts'
import { DEFAULT_DIGEST_SETTINGS } from '../../src/app/digest-settings.ts'
import { syncSettings, type FileDigest, type FileFeed } from '../../src/app/sync-settings.ts'
import { DEFAULT_SUBSCRIPTION } from '../../src/core/subscription/subscription.ts'

const HOUR = 3_600_000
const NOON = Date.UTC(2026, 2, 9, 12)
const EIGHT = NOON + 20 * HOUR

let store: Store
let nowMs: number
beforeEach(async () => {
  store = await openStore('sqlite::memory:')
  nowMs = NOON
})
afterEach(() => store.close())

const sync = (feeds: readonly FileFeed[], digests: readonly FileDigest[] = []) =>
  syncSettings({ ...store, nowMs: () => nowMs }, { feeds, digests })
const feed = (url: string, name: string | null = null): FileFeed => ({ url, name, tags: ['sea'] })
const digest = (more: Partial<FileDigest['settings']> = {}, name = 'morning'): FileDigest => ({
  name,
  platform: 'discord',
  address: '123',
  settings: {
    subscription: DEFAULT_SUBSCRIPTION,
    cron: ['0 8 * * *'],
    timeZone: 'UTC',
    quiet: null,
    ...more,
  },
})
const feeds = async () => (await store.feeds.feeds({ tenant: null })).map(({ url, name }) => [url, name])
const only = async () => (await store.subscriptions.subscriptions(null))[0]

describe('syncSettings()', () => {
  it('adds feeds, and takes away only those that came from the file', async () => {
    const added = {
      id: 'feed-1',
      url: 'https://a.example/rss',
      name: 'A',
      tags: [],
      tenant: null,
      addedAtMs: NOON,
    }
    await store.feeds.saveFeeds([added])
    await sync([feed('https://a.example/rss'), feed('https://b.example/rss', 'B')])
    expect(await feeds()).toEqual([
      ['https://a.example/rss', 'A'],
      ['https://b.example/rss', 'B'],
    ])
    expect(await sync([])).toMatchObject({ feedsRemoved: 1 })
    expect(await feeds()).toEqual([['https://a.example/rss', 'A']])
    await sync([feed('https://b.example/rss')])
    expect(await feeds()).toHaveLength(2)
  })

  it('sets a digest up with its next run, and changes nothing the second time', async () => {
    await sync([], [digest()])
    const stored = await only()
    expect(stored).toMatchObject({ name: 'morning', nextRunAtMs: EIGHT, windowEndMs: NOON, paused: false })
    nowMs += HOUR
    expect(await sync([], [digest()])).toMatchObject({ digests: 1, digestsRemoved: 0 })
    expect(await only()).toEqual(stored)
  })

  it('moves the next run with the times, but keeps one that was missed', async () => {
    await sync([], [digest()])
    await sync([], [digest({ cron: ['0 18 * * *'] })])
    expect(await only()).toMatchObject({ nextRunAtMs: NOON + 6 * HOUR })
    nowMs = NOON + 7 * HOUR
    await sync([], [digest({ cron: ['0 20 * * *'] })])
    expect(await only()).toMatchObject({ nextRunAtMs: NOON + 6 * HOUR, windowEndMs: NOON })
  })

  it('removes a digest that the file has no more', async () => {
    await sync([], [digest(), digest({}, 'evening')])
    expect(await sync([], [digest({}, 'evening')])).toMatchObject({ digests: 1, digestsRemoved: 1 })
    expect(await only()).toMatchObject({ name: 'evening' })
  })

  it('opens a destination again that was closed', async () => {
    await sync([], [digest()])
    await store.subscriptions.closeDestination((await only())?.destination.id ?? '', NOON)
    expect(await only()).toBeUndefined()
    await sync([], [digest()])
    expect(await only()).toMatchObject({ name: 'morning' })
  })

  it('leaves what was changed from chat', async () => {
    await sync([], [digest()])
    const stored = await only()
    const settings = { ...DEFAULT_DIGEST_SETTINGS, cron: ['0 6 * * *'], setBy: 'chat' }
    const change = {
      id: stored?.id ?? '',
      destinationId: stored?.destination.id ?? '',
      name: 'morning',
      settings,
    }
    await store.subscriptions.saveSubscription({ ...change, paused: true, nextRunAtMs: null, atMs: NOON })
    await sync([], [digest({ cron: ['0 9 * * *'] })])
    expect(await only()).toMatchObject({ paused: true, settings: { cron: ['0 6 * * *'] } })
    await sync([])
    expect(await only()).toBeDefined()
  })

  it('leaves a channel to the managers who set up a digest of the same name in it', async () => {
    await store.subscriptions.saveTenant({ id: 'guild', platform: 'discord', name: 'Guild', atMs: NOON })
    const place = { id: 'd', platform: 'discord', address: '123', tenant: 'guild', name: '' }
    await store.subscriptions.saveDestination(place, NOON)
    const change = {
      id: 's',
      destinationId: 'd',
      name: 'Morning',
      settings: {},
      paused: false,
      nextRunAtMs: null,
    }
    await store.subscriptions.saveSubscription({ ...change, atMs: NOON })
    expect(await sync([], [digest(), digest({}, 'evening')])).toMatchObject({
      ...{ digests: 1, leftToManagers: ['morning'] },
    })
  })
})
