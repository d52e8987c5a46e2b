import { nextRun } from '../../core/schedule/next-run.ts'
import { schedulesOf, type DigestSettings } from '../digest-settings.ts'
import type { StoredSubscription } from '../ports/subscription-store.ts'
import type { Destination } from '../ports/publisher.ts'
import type { Ask } from './command-family.ts'
import { echo } from './reply-words.ts'

/** Digests of one tenant. */
export const MAX_DIGESTS = 100

/** A channel ready to be sent to, or why it cannot be. */
export type CheckedChannel =
  | { readonly kind: 'channel'; readonly destination: Destination }
  | { readonly kind: 'problem'; readonly problem: string }

/** Stable id of a tenant's channel: what a platform says of it later finds it again. */
export function destinationId(platform: string, tenant: string, address: string): string {
  return `${platform}:${tenant}:${address}`
}

/**
 * The channel that somebody means, as a destination that is not saved yet; without one the channel that they are in. A channel elsewhere
 * must be vouched for by the platform: ids of other tenants' channels can be guessed.
 */
export async function checkChannel(ask: Ask, given: string | undefined): Promise<CheckedChannel> {
  const { asker, ports, view } = ask
  const named = given === undefined ? asker.channel : channelId(given)
  if (view.tenant === null || asker.channel === '') {
    return {
      kind: 'problem',
      problem: 'a digest needs a channel: run this in the channel that should get it',
    }
  }
  if (named === null)
    return { kind: 'problem', problem: `${echo(given ?? '')} is not a channel: choose one, or give its id` }
  const elsewhere = named !== asker.channel
  if (elsewhere && ports.channelProblem === undefined) {
    return {
      kind: 'problem',
      problem:
        'another channel cannot be checked from here: run this in the channel that should get the digest',
    }
  }
  const trouble = (await ports.channelProblem?.(asker.platform, view.tenant, named)) ?? null
  if (trouble !== null) return { kind: 'problem', problem: trouble }
  const id = destinationId(asker.platform, view.tenant, named)
  const name = (elsewhere ? undefined : asker.channelName) ?? (await nameOf(ask, id, view.tenant, named))
  return {
    kind: 'channel',
    destination: { id, platform: asker.platform, address: named, tenant: view.tenant, name },
  }
}

/** The name that the platform tells, else the one that is known, else the address. */
async function nameOf({ asker, ports }: Ask, id: string, tenant: string, channel: string): Promise<string> {
  const told = (await ports.channelName?.(asker.platform, tenant, channel)) ?? null
  return told ?? (await ports.subscriptions.destination(id))?.name ?? channel
}

/** `<#123>`, `<#C123|name>`, `#123` and `123` are all the id. */
function channelId(given: string): string | null {
  return /^(?:<#|#)?([A-Za-z0-9_-]{1,60})(?:\|[^>]*)?>?$/.exec(given.trim())?.[1] ?? null
}

/** Saves a digest with the time of its next run; a new one starts its first window now. */
export async function saveDigest(
  { ports, nowMs }: Ask,
  digest: {
    readonly id: string
    readonly destination: Destination
    readonly name: string
    readonly settings: DigestSettings
    readonly paused: boolean
  },
): Promise<StoredSubscription> {
  const { id, destination, name, settings, paused } = digest
  const held = await ports.subscriptions.saveDestination(destination, nowMs)
  return ports.subscriptions.saveSubscription({
    id,
    destinationId: held.id,
    name,
    settings,
    paused,
    nextRunAtMs: paused ? null : nextRun(schedulesOf(settings), nowMs),
    atMs: nowMs,
  })
}
