import { parseDigestSettings } from './digest-settings.ts'
import { DigestComposer, pagesOf, planDigest, type ComposePorts, type PageOptions } from './plan-digest.ts'
import type { DigestStore } from './ports/digest-store.ts'
import type { OutcomeLog } from './ports/outcome-log.ts'
import type { MessagePart, PartToSend, Publisher } from './ports/publisher.ts'
import type { SubscriptionStore } from './ports/subscription-store.ts'

/** What correcting sent digests needs from the street. */
export interface CorrectPorts extends ComposePorts {
  readonly digests: Pick<DigestStore, 'digest' | 'deliveries' | 'replaceMessage' | 'toldSince'>
  readonly subscriptions: Pick<SubscriptionStore, 'corrections' | 'destination' | 'subscription'>
  readonly publishers: ReadonlyMap<string, Publisher>
  readonly nowMs: () => number
  readonly log: OutcomeLog
}

/** How to correct: pages as they were linked, and when to stop. */
export interface CorrectOptions extends PageOptions {
  readonly signal: AbortSignal
}

/**
 * Makes a digest that was sent again from the articles of its window as they stand now, with their corrections, and changes the
 * messages that differ, where the platform has edits; a message that is not needed any more is taken back. Nothing is sent anew: stories that
 * would need a further message stay out.
 *
 * @returns how many messages were changed
 */
export async function correctDigest(
  ports: CorrectPorts,
  digestId: string,
  options: CorrectOptions,
): Promise<number> {
  const sent = await ports.digests.digest(digestId)
  const stored = sent?.subscriptionId ? await ports.subscriptions.subscription(sent.subscriptionId) : null
  const publisher = stored === null ? undefined : ports.publishers.get(stored.destination.platform)
  if (sent === null || stored === null || publisher === undefined) return 0
  const settings = parseDigestSettings(settingsOf(sent.body))
  const composed = await new DigestComposer(ports).compose(stored, settings, sent, { isCorrection: true })
  const plan = planDigest({
    ...{ stored, settings, window: sent, composed, publisher },
    ...(await pagesOf(options, stored.destination.id)),
    nowMs: ports.nowMs(),
  })
  const parts = await ports.digests.deliveries(digestId)
  let changed = 0
  for (const part of parts) {
    const message = plan.parts[part.part]?.message ?? REMOVED
    if (part.state !== 'sent' || part.messageId === null) continue
    if (JSON.stringify(message) === JSON.stringify(part.message)) continue
    const isKept = message !== REMOVED
    const toSend: PartToSend = {
      ...{ destination: stored.destination, digestId, part: part.part, nonce: part.nonce },
      message: (isKept ? message : part.message) as MessagePart,
      parentId: part.part === 0 ? null : (parts[0]?.messageId ?? null),
    }
    const outcome = isKept
      ? await publisher.edit(toSend, part.messageId, options.signal)
      : await publisher.remove?.(toSend, part.messageId, options.signal)
    if (outcome === undefined) continue
    const facts = { digest: digestId, part: part.part, outcome: outcome.kind, removed: !isKept }
    ports.log({ level: outcome.kind === 'sent' ? 'info' : 'warn', what: 'part-corrected', facts })
    if (outcome.kind !== 'sent') break
    await ports.digests.replaceMessage(part, message, ports.nowMs())
    changed += 1
  }
  return changed
}

/** Stands for a message that a correction made needless, as its stories are in the ones before it. */
const REMOVED: MessagePart = { body: null, storyIds: [], inThread: false }

/** The settings that the digest was made with, as {@link planDigest} kept them. */
function settingsOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'settings' in body ? body.settings : null
}
