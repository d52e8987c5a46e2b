import { correctDigest, type CorrectOptions, type CorrectPorts } from './correct-digest.ts'
import type { DigestStore, StoredDigest } from './ports/digest-store.ts'
import type { SubscriptionStore } from './ports/subscription-store.ts'

/** What correcting everything that was told of some articles needs from the street. */
export interface CorrectToldPorts extends CorrectPorts {
  readonly digests: CorrectPorts['digests'] & Pick<DigestStore, 'digests'>
  readonly subscriptions: CorrectPorts['subscriptions'] & Pick<SubscriptionStore, 'destinations'>
}

/** How far back sent digests are corrected, ms: nobody looks at older ones. */
export const CORRECTED_BACK_MS = 2 * 86_400_000

/** Digests of one destination that are corrected. */
const MAX_DIGESTS = 6

/**
 * Changes the messages of all digests of a tenant that told some articles lately, as a correction of theirs wants it. A digest that cannot
 * be made again stops no other.
 *
 * @returns how many messages were changed
 */
export async function correctTold(
  ports: CorrectToldPorts,
  tenant: string | null,
  articleIds: readonly string[],
  options: CorrectOptions,
): Promise<number> {
  const sinceMs = ports.nowMs() - CORRECTED_BACK_MS
  let changed = 0
  for (const { id } of await ports.subscriptions.destinations(tenant)) {
    const digests = await ports.digests.digests(id, MAX_DIGESTS)
    for (const digest of digests.filter((one) => one.composedAtMs >= sinceMs && tells(one, articleIds))) {
      if (options.signal.aborted) return changed
      try {
        changed += await correctDigest(ports, digest.id, options)
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error)
        ports.log({ level: 'error', what: 'correction-broken', facts: { digest: digest.id, problem } })
      }
    }
  }
  return changed
}

/** Ids of articles stand in the kept digest as they are. */
function tells({ body }: StoredDigest, articleIds: readonly string[]): boolean {
  const text = JSON.stringify(body)
  return articleIds.some((id) => text.includes(JSON.stringify(id)))
}
