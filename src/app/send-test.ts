import { randomUUID } from 'node:crypto'
import type { Digest } from '../core/digest/digest.ts'
import { DEFAULT_SUBSCRIPTION } from '../core/subscription/subscription.ts'
import { nonceOf } from './delivery-names.ts'
import type { Publisher, SendOutcome } from './ports/publisher.ts'

/** A place that a test goes to. */
export interface TestPlace {
  readonly platform: string
  readonly address: string
}

/** How the test of one place ended; `problem` is `null` where it arrived. */
export interface TestReport extends TestPlace {
  readonly problem: string | null
}

/** Longest wait for one place, ms. */
const MAX_SEND_MS = 30_000

/**
 * Sends the first part of a digest to each place once, outside the ledger: nothing remembers it, and it is never sent again. For the first
 * start and for people who look for a fault; never throws for what a platform answers.
 */
export async function sendTest(
  publishers: ReadonlyMap<string, Publisher>,
  places: readonly TestPlace[],
  digest: Digest,
): Promise<TestReport[]> {
  const reports: TestReport[] = []
  for (const place of places) {
    const publisher = publishers.get(place.platform)
    const problem =
      publisher === undefined
        ? `Cannot send a test to ${place.platform}: its token is missing`
        : problemOf(place, await sendOne(publisher, place, digest))
    reports.push({ ...place, problem })
  }
  return reports
}

function sendOne(
  publisher: Publisher,
  { platform, address }: TestPlace,
  digest: Digest,
): Promise<SendOutcome> {
  const digestId = `test-${randomUUID()}`
  const id = `test ${platform} ${address}`
  const subscription = { ...DEFAULT_SUBSCRIPTION, overflow: 'drop' } as const
  const [message] = publisher.cut({
    ...{ digestId, digest, subscription },
    name: 'test',
    timeZone: 'UTC',
    publicUrl: null,
  })
  if (message === undefined) return Promise.resolve({ kind: 'refused', problem: 'there is nothing to send' })
  const destination = { id, platform, address, tenant: null, name: '' }
  const part = {
    ...{ destination, digestId, message },
    part: 0,
    nonce: nonceOf(id, digestId, 0),
    parentId: null,
  }
  return publisher.send(part, AbortSignal.timeout(MAX_SEND_MS))
}

function problemOf({ platform, address }: TestPlace, outcome: SendOutcome): string | null {
  return outcome.kind === 'sent' ? null : `Cannot send a test to ${platform} "${address}": ${outcome.problem}`
}
