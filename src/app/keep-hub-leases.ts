import { parseFeedState } from '../core/feed/feed-state.ts'
import {
  hubOffer,
  LEASE_SECONDS,
  mayWake,
  newHubLease,
  planAsk,
  planNo,
  type HubLease,
} from '../core/feed/hub-lease.ts'
import { hubLinks } from '../core/feed/link-header.ts'
import type { ParsedFeed } from '../core/feed/parsed-feed.ts'
import { inLanes } from './in-lanes.ts'
import type { HubClient } from './ports/hub-client.ts'
import { HUB_PATH } from './ports/hub-door.ts'
import type { HubStore } from './ports/hub-store.ts'
import type { OutcomeLog } from './ports/outcome-log.ts'
import type { Fetched } from './read-listing.ts'

/** What keeping leases needs from the house. */
export interface HubPorts {
  readonly hubs: HubStore
  readonly client: HubClient
  readonly nowMs: () => number
  readonly random01: () => number
  /** A fresh key nobody can guess, at least 128 bits as text. */
  readonly newKey: () => string
  /** Where hubs reach us, without a slash at the end. */
  readonly callbackBase: string
  readonly log: OutcomeLog
}

/** Hubs asked in one round. 10,000 leases of ten days are renewed some 50 times an hour. */
const MAX_ASKS = 200
/** Time after which a round asks no more hubs, ms: one that hangs holds up no collecting. */
const MAX_ROUND_MS = 60_000
/** Hubs asked at the same time; the fetcher spaces the requests to each. */
const MAX_HUBS = 8
/** Least time between two polls of a feed that its hub asked for, ms: hubs tell of every comma. */
const MIN_WAKE_GAP_MS = 60_000
/** Feeds woken in one round. */
const MAX_WAKES = 1_000

/** Makes the feeds due whose hubs have told of news, those of failing servers aside. */
export async function wakePingedFeeds({ hubs, nowMs }: Pick<HubPorts, 'hubs' | 'nowMs'>): Promise<number> {
  const atMs = nowMs()
  const pinged = await hubs.pingedFeeds(atMs - MIN_WAKE_GAP_MS, atMs, MAX_WAKES)
  let woken = 0
  for (const { id, state, nextPollAtMs } of pinged) {
    const isDue = mayWake({ ...parseFeedState(state, atMs), nextPollAtMs }, atMs)
    await hubs.wakeFeed(id, isDue, atMs)
    if (isDue) woken += 1
  }
  return woken
}

/** Notes what a fetched feed says of its hub: a lease to ask for where it names a new one, one to end where it names none any more. */
export async function noteHubOffer(
  { hubs, newKey, nowMs }: Pick<HubPorts, 'hubs' | 'newKey' | 'nowMs'>,
  feedId: string,
  lease: HubLease | null,
  { fetched, parsed }: { readonly fetched: Fetched; readonly parsed: ParsedFeed },
): Promise<void> {
  const header = hubLinks(fetched.links ?? null, fetched.url)
  const offer = hubOffer(header.hub ?? parsed.feed.hub, header.self ?? parsed.feed.self)
  if (offer === null) {
    if (lease?.isLeaving === false)
      await hubs.changeLease(lease.token, { isLeaving: true, asks: 0, nextAskAtMs: nowMs() })
    return
  }
  const isKnown = lease?.hub === offer.hub && lease.topic === offer.topic && !lease.isLeaving
  if (isKnown) return
  const fresh = newHubLease(feedId, offer, { token: newKey(), secret: newKey() }, nowMs())
  // The wait of the old lease goes on: a feed that names a new hub with each poll must not make us ask at each poll.
  await hubs.saveLease(
    lease === null ? fresh : { ...fresh, nextAskAtMs: Math.max(fresh.nextAskAtMs, lease.nextAskAtMs) },
  )
}

/**
 * Asks the hubs whose time has come: for leases that are new or run out, and to end those of feeds that are gone. What they say at once is
 * logged; their yes or no comes to the callback.
 */
export async function keepHubLeases(ports: HubPorts, signal?: AbortSignal): Promise<number> {
  const startMs = ports.nowMs()
  const due = await ports.hubs.dueLeases(startMs, MAX_ASKS)
  let asked = 0
  await inLanes(
    due,
    { laneOf: ({ hub }) => URL.parse(hub)?.host ?? '', maxLanes: MAX_HUBS, maxPerLane: 2 },
    async (lease) => {
      if (signal?.aborted === true || ports.nowMs() >= startMs + MAX_ROUND_MS) return
      if (await askFor(lease, ports, signal)) asked += 1
    },
  )
  return asked
}

async function askFor(lease: HubLease, ports: HubPorts, signal: AbortSignal | undefined): Promise<boolean> {
  const { hubs, client, nowMs, random01, callbackBase, log } = ports
  const { hub, topic, token, secret, isLeaving, feedId } = lease
  const plan = planAsk(lease, nowMs(), random01())
  if (plan === null) {
    await hubs.dropLease(token)
    return false
  }
  if (!(await hubs.changeLease(token, plan, lease.nextAskAtMs))) return false
  const answer = await client.askHub({
    ...{ hub, topic, secret, callback: `${callbackBase}${HUB_PATH}${token}`, leaseSeconds: LEASE_SECONDS },
    mode: isLeaving ? 'unsubscribe' : 'subscribe',
    ...(signal === undefined ? {} : { signal }),
  })
  if (answer.kind === 'accepted') return true
  log({ level: 'warn', what: 'hub-trouble', facts: { feed: feedId, problem: answer.problem } })
  if (answer.kind === 'refused' && isLeaving) await hubs.dropLease(token)
  else if (answer.kind === 'refused') {
    // Only where the hub has not called back meanwhile.
    const { nextAskAtMs } = planNo(nowMs())
    await hubs.changeLease(token, nextAskAtMs === undefined ? {} : { nextAskAtMs }, plan.nextAskAtMs)
  }
  return true
}
