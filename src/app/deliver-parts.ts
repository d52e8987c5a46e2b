import { inLanes } from './in-lanes.ts'
import type { Delivery, DeliveryRef, DeliveryResult, DigestStore } from './ports/digest-store.ts'
import type { Outcome, OutcomeLog } from './ports/outcome-log.ts'
import type {
  Destination,
  MessagePart,
  PartToSend,
  Publisher,
  ResolveOutcome,
  SendOutcome,
} from './ports/publisher.ts'
import type { SubscriptionStore } from './ports/subscription-store.ts'

/** What delivering needs from the street. */
export interface DeliverPorts {
  readonly digests: Pick<
    DigestStore,
    | 'openParts'
    | 'digests'
    | 'deliveries'
    | 'startDelivery'
    | 'takeOverDelivery'
    | 'finishDelivery'
    | 'giveUpDeliveries'
  >
  readonly subscriptions: Pick<SubscriptionStore, 'destination' | 'closeDestination' | 'audit'>
  /** By the platform of their destinations. */
  readonly publishers: ReadonlyMap<string, Publisher>
  readonly nowMs: () => number
  readonly log: OutcomeLog
  /** Hears of parts that wait for processes of another bot. */
  readonly onElsewhere?: () => void
  /** Tells the managers of a destination that nothing can be sent there, before it is closed; never throws. */
  readonly onClosed?: (destination: Destination, problem: string, gone: boolean) => Promise<void>
}

/** When to stop. */
export interface StopSignals {
  /** Begin nothing new; what is under way ends. */
  readonly stop: AbortSignal
  /** Let go of what is under way too. */
  readonly abort: AbortSignal
}

/** How to deliver. */
export interface DeliverOptions {
  /** Nobody else sends from this store: a try begun before this time is dead (its process was the one before). */
  readonly aloneSinceMs?: number
}

/** Parts asked for at once. */
const MAX_OPEN = 1_000

/** Destinations sent to at the same time. Platforms have their own limits below this. Range 1-200. */
const MAX_DESTINATIONS = 32

/** Longest try, ms, its wait for a turn included. */
const MAX_SEND_MS = 60_000

/** A try begun so long ago is dead, ms: well beyond {@link MAX_SEND_MS}, or a live one would be doubled. */
const STUCK_MS = 180_000

/** A part that could not be sent for so long is given up, ms: news of yesterday; the next digest comes. */
const MAX_AGE_MS = 86_400_000

/** First wait after a failure, ms; doubled with every try … */
const RETRY_MS = 60_000
/** … up to this. */
const MAX_RETRY_MS = 3_600_000

/** How long a platform or tenant rests that does not know us any more, ms. */
const LOCK_OUT_MS = 900_000

/** Digests of a destination that are looked through for one that must come first. */
const EARLIER_DIGESTS = 3

/** Whether the next part of the digest may follow now. */
type Brought = 'done' | 'waits'

/**
 * Walks the ledger: sends the parts that are open, each at most once. What goes on is written before a try and after it, so
 * whoever comes after a crash begins at the first part that is not done, and looks before it sends where a try had begun.
 *
 * Lives as long as the service: it remembers results that the store did not take yet, and platforms that shut us out.
 */
export class PartDeliverer {
  readonly #ports: DeliverPorts
  readonly #options: DeliverOptions
  readonly #lockedUntilMs = new Map<string, number>()
  readonly #unsaved = new Map<string, { readonly ref: DeliveryRef; readonly result: DeliveryResult }>()

  constructor(ports: DeliverPorts, options: DeliverOptions = {}) {
    this.#ports = ports
    this.#options = options
  }

  /** Sends everything whose time has come. One destination's trouble is its own; throws only where the ledger cannot be read. */
  async deliverDue(signals: StopSignals): Promise<void> {
    await this.#saveLate()
    const seen = new Set<string>()
    while (!signals.stop.aborted) {
      const open = await this.#openParts()
      const fresh = open.filter(({ digestId }) => !seen.has(digestId))
      if (fresh.length === 0) return
      for (const { digestId } of fresh) seen.add(digestId)
      const lanes = {
        laneOf: ({ destinationId }: Delivery) => destinationId,
        maxLanes: MAX_DESTINATIONS,
        maxPerLane: 1,
      }
      await inLanes(fresh, lanes, (first) => this.deliverDigest(first, signals))
    }
  }

  /** Whether nothing may be sent there for now. */
  isLockedOut({ platform, tenant }: Destination): boolean {
    const untilMs = Math.max(
      this.#lockedUntilMs.get(platform) ?? 0,
      this.#lockedUntilMs.get(`${platform} ${tenant ?? ''}`) ?? 0,
    )
    return untilMs > this.#ports.nowMs()
  }

  /** Sends a digest from `first` on, as far as it goes now. Never throws. */
  async deliverDigest(first: Delivery, signals: StopSignals): Promise<void> {
    try {
      await this.#deliverFrom(first, signals)
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      this.#log('error', 'delivery-broken', first, { problem })
    }
  }

  #openParts(): Promise<Delivery[]> {
    return this.#ports.digests.openParts({
      nowMs: this.#ports.nowMs(),
      stuckBeforeMs: this.#stuckBeforeMs(),
      limit: MAX_OPEN,
    })
  }

  #stuckBeforeMs(): number {
    return Math.max(this.#ports.nowMs() - STUCK_MS, this.#options.aloneSinceMs ?? 0)
  }

  async #deliverFrom(first: Delivery, signals: StopSignals): Promise<void> {
    const destination = await this.#ports.subscriptions.destination(first.destinationId)
    const publisher = destination === null ? undefined : this.#ports.publishers.get(destination.platform)
    if (destination === null || publisher === undefined || (await this.#mustWait(first))) return
    if ((await publisher.isElsewhere?.(destination)) === true) return this.#leave(first)
    const parts = await this.#ports.digests.deliveries(first.digestId)
    let parentId = parts[0]?.messageId ?? null
    for (const part of parts.slice(first.part)) {
      if (signals.stop.aborted) return
      const message = part.message as MessagePart
      const toSend: PartToSend = {
        ...{ destination, digestId: part.digestId, part: part.part, message, nonce: part.nonce },
        parentId: message.inThread ? parentId : null,
      }
      const trip = openTrip(part, toSend, publisher, signals.abort)
      if ((await this.#bring(trip)) === 'waits') return
      if (part.part === 0) parentId = trip.messageId
    }
  }

  /** A bot that has not sent for a day has no processes any more. */
  async #leave(part: Delivery): Promise<void> {
    const nowMs = this.#ports.nowMs()
    if (nowMs - part.plannedAtMs <= MAX_AGE_MS) return this.#ports.onElsewhere?.()
    const problem = 'no process of the bot of that server has sent it'
    const givenUp = await this.#ports.digests.giveUpDeliveries(part.destinationId, problem, nowMs)
    this.#log('error', 'part-given-up', part, { problem, givenUp })
  }

  /** Digests of a destination come in their order: a new one does not overtake one that is still on its way. */
  async #mustWait({ destinationId, digestId, part, plannedAtMs }: Delivery): Promise<boolean> {
    if (part > 0) return false
    const latest = await this.#ports.digests.digests(destinationId, EARLIER_DIGESTS)
    for (const { id, composedAtMs } of latest) {
      if (id === digestId || composedAtMs >= plannedAtMs) continue
      if ((await this.#ports.digests.deliveries(id)).some(isOpen)) return true
    }
    return false
  }

  async #bring(trip: PartTrip): Promise<Brought> {
    const { part } = trip
    if (!isOpen(part)) return 'done'
    const nowMs = this.#ports.nowMs()
    if (part.state === 'sending') {
      if (!(await this.#ports.digests.takeOverDelivery(part, this.#stuckBeforeMs(), nowMs))) return 'waits'
      const found = await trip.resolve()
      if (found.kind === 'sent') return this.#sent(trip, found.messageId)
      if (found.kind === 'unknown') return this.#unknown(trip)
      await this.#note(part, { state: 'failed', problem: 'its process ended before it', retryAtMs: nowMs })
    }
    if (!(await this.#ports.digests.startDelivery(part, nowMs))) return 'waits'
    return this.#judge(trip, await this.#try(trip))
  }

  async #try(trip: PartTrip): Promise<SendOutcome> {
    const { destination } = trip.toSend
    if (!this.isLockedOut(destination)) return trip.send()
    return {
      kind: 'not-sent',
      problem: 'the platform does not let us in',
      retryAtMs: this.#inMs(LOCK_OUT_MS),
    }
  }

  async #judge(trip: PartTrip, outcome: SendOutcome): Promise<Brought> {
    switch (outcome.kind) {
      case 'sent':
        return this.#sent(trip, outcome.messageId)
      case 'not-sent':
        return this.#later(trip, outcome.problem, outcome.retryAtMs)
      case 'unclear':
        return this.#lookAfter(trip, outcome.problem)
      case 'refused':
        return this.#giveUp(trip, outcome.problem)
      case 'closed':
        await this.#giveUp(trip, outcome.problem)
        await this.#close(trip.toSend.destination, outcome.problem, outcome.gone)
        return 'waits'
      case 'locked-out':
        this.#lockOut(trip.toSend.destination, outcome)
        return this.#later(trip, outcome.problem, this.#inMs(LOCK_OUT_MS))
    }
  }

  async #sent(trip: PartTrip, messageId: string): Promise<Brought> {
    trip.messageId = messageId
    await this.#note(trip.part, { state: 'sent', messageId })
    this.#log('info', 'part-sent', trip.part, { platform: trip.toSend.destination.platform })
    return 'done'
  }

  async #later(trip: PartTrip, problem: string, retryAtMs: number | null): Promise<Brought> {
    const { part } = trip
    const nowMs = this.#ports.nowMs()
    const waitMs = Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** Math.min(part.attempts, 10))
    const atMs = Math.max(retryAtMs ?? nowMs + waitMs, nowMs + 1)
    if (atMs > part.plannedAtMs + MAX_AGE_MS) return this.#giveUp(trip, problem)
    await this.#note(part, { state: 'failed', problem, retryAtMs: atMs })
    this.#log('warn', 'part-delayed', part, { problem, retryAt: new Date(atMs).toISOString() })
    return 'waits'
  }

  async #giveUp({ part }: PartTrip, problem: string): Promise<Brought> {
    await this.#note(part, { state: 'failed', problem, retryAtMs: null })
    this.#log('error', 'part-given-up', part, { problem })
    return 'done'
  }

  async #unknown({ part }: PartTrip): Promise<Brought> {
    const problem = 'the answer was lost, and the platform cannot tell whether it arrived'
    await this.#note(part, { state: 'unknown', problem })
    this.#log('error', 'part-unknown', part, { problem })
    return 'done'
  }

  /** Right after a lost answer the platform may be out of reach too: where it cannot tell, somebody looks again before giving up. */
  async #lookAfter(trip: PartTrip, problem: string): Promise<Brought> {
    const found = await trip.resolve()
    if (found.kind === 'sent') return this.#sent(trip, found.messageId)
    if (found.kind === 'not-sent') return this.#later(trip, problem, null)
    this.#log('warn', 'part-unclear', trip.part, { problem })
    return 'waits'
  }

  #lockOut(
    { platform }: Destination,
    { tenant, problem }: Extract<SendOutcome, { kind: 'locked-out' }>,
  ): void {
    const key = tenant === null ? platform : `${platform} ${tenant}`
    this.#lockedUntilMs.set(key, this.#inMs(LOCK_OUT_MS))
    this.#ports.log({ level: 'error', what: 'locked-out', facts: { platform, tenant, problem } })
  }

  /** Nothing runs there until somebody opens it again: a manager, the platform, or the operator with a restart. */
  async #close(destination: Destination, problem: string, gone: boolean): Promise<void> {
    const { digests, subscriptions, nowMs, onClosed } = this.#ports
    const { id, tenant, platform } = destination
    const givenUp = await digests.giveUpDeliveries(id, problem, nowMs())
    const facts = { destination: id, platform, tenant, problem, gone, givenUp }
    this.#ports.log({ level: 'error', what: 'destination-closed', facts })
    await onClosed?.(destination, problem, gone)
    await subscriptions.closeDestination(id, nowMs())
    const details = { destination: id, problem, gone }
    await subscriptions.audit({
      tenant,
      atMs: nowMs(),
      actor: 'sender',
      action: 'destination closed',
      details,
    })
  }

  /** What is known of a try must not get lost with a database that is away for a moment: it is noted in a later round. */
  async #note(ref: DeliveryRef, result: DeliveryResult): Promise<void> {
    try {
      await this.#ports.digests.finishDelivery(ref, result, this.#ports.nowMs())
    } catch (error) {
      this.#unsaved.set(`${ref.digestId} ${ref.part}`, { ref, result })
      throw error
    }
  }

  async #saveLate(): Promise<void> {
    for (const [key, { ref, result }] of this.#unsaved) {
      await this.#ports.digests.finishDelivery(ref, result, this.#ports.nowMs())
      this.#unsaved.delete(key)
    }
  }

  #inMs(ms: number): number {
    return this.#ports.nowMs() + ms
  }

  #log(level: Outcome['level'], what: string, part: Delivery, facts: Outcome['facts']): void {
    const { digestId, destinationId } = part
    this.#ports.log({
      level,
      what,
      facts: { digest: digestId, part: part.part, destination: destinationId, ...facts },
    })
  }
}

/** Neither sent nor unknown nor given up. */
function isOpen({ state, retryAtMs }: Delivery): boolean {
  return state === 'planned' || state === 'sending' || (state === 'failed' && retryAtMs !== null)
}

/** One try of a part. Publishers never throw; one that does all the same leaves open what it did. */
interface PartTrip {
  readonly part: Delivery
  readonly toSend: PartToSend
  messageId: string | null
  send(): Promise<SendOutcome>
  resolve(): Promise<ResolveOutcome>
}

function openTrip(part: Delivery, toSend: PartToSend, publisher: Publisher, abort: AbortSignal): PartTrip {
  const within = () => AbortSignal.any([abort, AbortSignal.timeout(MAX_SEND_MS)])
  return {
    part,
    toSend,
    messageId: part.messageId,
    async send() {
      try {
        return await publisher.send(toSend, within())
      } catch (error) {
        return { kind: 'unclear', problem: error instanceof Error ? error.message : String(error) }
      }
    },
    async resolve() {
      try {
        return await publisher.resolve(toSend, within())
      } catch {
        return { kind: 'unknown' }
      }
    },
  }
}
