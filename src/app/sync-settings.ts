import { createHash } from 'node:crypto'
import { nextRun } from '../core/schedule/next-run.ts'
import { parseDigestSettings, schedulesOf, type DigestSettings } from './digest-settings.ts'
import type { FeedStore, StoredFeed } from './ports/feed-store.ts'
import type { Destination } from './ports/publisher.ts'
import type { StoredSubscription, SubscriptionStore } from './ports/subscription-store.ts'

/** A feed of the settings file. */
export interface FileFeed {
  readonly url: string
  /** `null`: as the feed calls itself. */
  readonly name: string | null
  readonly tags: readonly string[]
}

/** A digest of the settings file, for one of its destinations. */
export interface FileDigest {
  readonly name: string
  readonly platform: string
  readonly address: string
  readonly settings: Omit<DigestSettings, 'setBy'>
}

/** What the settings file wants to be there. */
export interface FileWishes {
  readonly feeds: readonly FileFeed[]
  readonly digests: readonly FileDigest[]
}

/** What was brought in line with the file. */
export interface SyncReport {
  readonly feeds: number
  readonly feedsRemoved: number
  readonly digests: number
  readonly digestsRemoved: number
  /** Digests of the file whose destination managers set up from chat: theirs holds. */
  readonly leftToManagers: readonly string[]
}

/** What the sync needs from the street. */
export interface SyncPorts {
  readonly feeds: Pick<FeedStore, 'feeds' | 'saveFeeds' | 'removeFeed'>
  readonly subscriptions: Pick<
    SubscriptionStore,
    'tenants' | 'subscriptions' | 'saveDestination' | 'saveSubscription' | 'removeSubscription'
  >
  readonly nowMs: () => number
}

/** How the ids begin of what the file brought: only that is taken away with it. */
const FROM_FILE = 'file-'

/** Hex digits of an id after its beginning: 80 bits. */
const ID_DIGITS = 20

/**
 * Brings the operator's feeds and digests in line with the settings file: adds, changes, and takes away what an earlier file had
 * brought. What managers changed from chat stays. A run that was missed stays due, and a digest that was paused because nothing could be
 * sent to its destination is tried again. Doing it twice changes nothing.
 */
export async function syncSettings(ports: SyncPorts, wishes: FileWishes): Promise<SyncReport> {
  const feeds = await syncFeeds(ports, wishes.feeds)
  const digests = await syncDigests(ports, wishes.digests)
  return { ...feeds, ...digests }
}

async function syncFeeds(
  { feeds, nowMs }: SyncPorts,
  wanted: readonly FileFeed[],
): Promise<Pick<SyncReport, 'feeds' | 'feedsRemoved'>> {
  const stored = await feeds.feeds({ tenant: null })
  const own = new Map(stored.flatMap((feed) => (feed.tenant === null ? [[feed.url, feed] as const] : [])))
  const changed = wanted.filter((feed) => !isSame(own.get(feed.url), feed))
  await feeds.saveFeeds(
    changed.map(({ url, name, tags }) => ({
      ...{ id: fileId(url), url, tags, tenant: null, addedAtMs: nowMs() },
      name: name ?? own.get(url)?.name ?? '',
    })),
  )
  const urls = new Set(wanted.map(({ url }) => url))
  const left = [...own.values()].filter(({ id, url }) => id.startsWith(FROM_FILE) && !urls.has(url))
  for (const { id } of left) await feeds.removeFeed(id)
  return { feeds: wanted.length, feedsRemoved: left.length }
}

function isSame(stored: StoredFeed | undefined, { name, tags }: FileFeed): boolean {
  return (
    stored !== undefined &&
    (name === null || stored.name === name) &&
    JSON.stringify(stored.tags) === JSON.stringify(tags)
  )
}

async function syncDigests(
  ports: SyncPorts,
  wanted: readonly FileDigest[],
): Promise<Pick<SyncReport, 'digests' | 'digestsRemoved' | 'leftToManagers'>> {
  const { subscriptions } = ports
  const taken = await takenByManagers(ports, wanted)
  const isFree = (one: FileDigest) => !taken.has(placeOf(one.platform, one.address, one.name))
  const kept = new Set<string>()
  for (const digest of wanted.filter(isFree)) kept.add(await syncDigest(ports, digest))
  const stored = await subscriptions.subscriptions(null)
  const left = stored.filter(({ id, settings }) => isFromFile(id, settings) && !kept.has(id))
  for (const { id } of left) await subscriptions.removeSubscription(id)
  const leftToManagers = wanted.filter((one) => !isFree(one)).map(({ name }) => name)
  return { digests: kept.size, digestsRemoved: left.length, leftToManagers }
}

function isFromFile(id: string, settings: unknown): boolean {
  return id.startsWith(FROM_FILE) && parseDigestSettings(settings).setBy === 'file'
}

/** Digests that managers set up by themselves in channels that the file names too. */
async function takenByManagers(
  { subscriptions }: SyncPorts,
  wanted: readonly FileDigest[],
): Promise<Set<string>> {
  const platforms = new Set(wanted.map(({ platform }) => platform))
  const taken = new Set<string>()
  for (const tenant of await subscriptions.tenants()) {
    if (!platforms.has(tenant.platform)) continue
    for (const { destination, name } of await subscriptions.subscriptions(tenant.id)) {
      taken.add(placeOf(destination.platform, destination.address, name))
    }
  }
  return taken
}

function placeOf(platform: string, address: string, name: string): string {
  return JSON.stringify([platform, address, name.toLowerCase()])
}

/** The answer is the id under which the digest is stored. */
async function syncDigest({ subscriptions, nowMs }: SyncPorts, digest: FileDigest): Promise<string> {
  const { platform, address, name } = digest
  const given: Destination = {
    id: fileDestinationId(platform, address),
    platform,
    address,
    tenant: null,
    name: '',
  }
  const { id: destinationId } = await subscriptions.saveDestination(given, nowMs())
  const id = fileId(destinationId, name)
  const stored = (await subscriptions.subscriptions(null)).find((one) => one.id === id)
  if (stored !== undefined && !isFromFile(id, stored.settings)) return id
  const settings: DigestSettings = { ...digest.settings, setBy: 'file' }
  const nextRunAtMs = nextRunOf(stored, settings, nowMs())
  const isKept =
    stored?.paused === false &&
    nextRunAtMs === stored.nextRunAtMs &&
    JSON.stringify(settings) === JSON.stringify(parseDigestSettings(stored.settings))
  if (!isKept) {
    const change = { id, destinationId, name, settings, paused: false, nextRunAtMs }
    await subscriptions.saveSubscription({ ...change, atMs: nowMs() })
  }
  return id
}

/** A run that is due already stays due, whatever the times are now: it was missed. */
function nextRunOf(
  stored: StoredSubscription | undefined,
  settings: DigestSettings,
  nowMs: number,
): number | null {
  const before = stored?.nextRunAtMs ?? null
  if (stored !== undefined && before !== null) {
    const known = parseDigestSettings(stored.settings)
    const isSameTimes = JSON.stringify(schedulesOf(known)) === JSON.stringify(schedulesOf(settings))
    if (isSameTimes || before <= nowMs) return before
  }
  return nextRun(schedulesOf(settings), nowMs)
}

/** Whether a feed came from the settings file. */
export function isOfFile(id: string): boolean {
  return id.startsWith(FROM_FILE)
}

/** Stable id of a destination of the settings file: what a platform says of it later finds it again. */
export function fileDestinationId(platform: string, address: string): string {
  return fileId(platform, address)
}

function fileId(...words: readonly string[]): string {
  return FROM_FILE + createHash('sha256').update(words.join('\n')).digest('hex').slice(0, ID_DIGITS)
}
