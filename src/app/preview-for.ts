import { nextRun } from '../core/schedule/next-run.ts'
import { composeForSubscription, type ComposedDigest } from './compose-for-subscription.ts'
import { parseDigestSettings, schedulesOf } from './digest-settings.ts'
import { loadWindow, type WindowPorts } from './load-window.ts'
import { MEMORY_MS } from './plan-digest.ts'
import type { DigestStore } from './ports/digest-store.ts'
import type { StoredSubscription, SubscriptionStore } from './ports/subscription-store.ts'
import type { FileWishes } from './sync-settings.ts'

/** A digest that is not sent. */
export interface DigestPreview {
  readonly stored: StoredSubscription
  readonly composed: ComposedDigest
  readonly nextRunAtMs: number | null
}

/** What a preview needs from the store. */
export interface PreviewPorts extends WindowPorts {
  readonly digests: Pick<DigestStore, 'toldSince'>
}

/** Window of a digest that no service has run yet, ms. */
const FIRST_WINDOW_MS = 86_400_000

/** The digests that a name or an id means: stored ones, else those of the settings file as if they had been set up a day ago. */
export async function wantedDigests(
  subscriptions: Pick<SubscriptionStore, 'subscription' | 'subscriptions'>,
  { digests }: FileWishes,
  name: string,
  nowMs: number,
): Promise<StoredSubscription[]> {
  const byId = await subscriptions.subscription(name)
  if (byId !== null) return [byId]
  const stored = (await subscriptions.subscriptions(null)).filter((one) => one.name === name)
  if (stored.length > 0) return stored
  return digests
    .filter((one) => one.name === name)
    .map(({ platform, address, settings }) => ({
      ...{ id: name, name, settings, paused: false, changedAtMs: nowMs },
      destination: { id: `${platform} ${address}`, platform, address, tenant: null, name: '' },
      nextRunAtMs: nextRun(schedulesOf({ ...settings, setBy: 'file' }), nowMs),
      windowEndMs: nowMs - FIRST_WINDOW_MS,
    }))
}

/** What the digest would be if it were due now: made by the code that sends it. Closes no window and stores nothing. */
export async function previewFor(
  ports: PreviewPorts,
  stored: StoredSubscription,
  nowMs: number,
): Promise<DigestPreview> {
  const { destination, windowEndMs, nextRunAtMs } = stored
  const window = { fromMs: Math.min(windowEndMs, nowMs), toMs: nowMs }
  const [stories, told] = await Promise.all([
    loadWindow(ports, window, { tenant: destination.tenant }),
    ports.digests.toldSince(destination.id, nowMs - MEMORY_MS),
  ])
  const { subscription } = parseDigestSettings(stored.settings)
  return { stored, composed: composeForSubscription({ subscription, stories, told, ...window }), nextRunAtMs }
}
