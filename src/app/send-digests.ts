import { dueWindow } from '../core/schedule/due-window.ts'
import { nextRun } from '../core/schedule/next-run.ts'
import type { DigestSender as OutOfTurnSender, SendReport } from './commands/command-family.ts'
import { correctDigest } from './correct-digest.ts'
import { correctTold, type CorrectToldPorts } from './correct-told.ts'
import { PartDeliverer, type DeliverOptions, type DeliverPorts, type StopSignals } from './deliver-parts.ts'
import { parseDigestSettings, schedulesOf, type DigestSettings } from './digest-settings.ts'
import {
  DigestComposer,
  planDigest,
  type CheckedDigest,
  type ComposePorts,
  pagesOf,
  type PageOptions,
} from './plan-digest.ts'
import type { Delivery, DeliveryRef, DigestStore, NewDigest } from './ports/digest-store.ts'
import type { Outcome } from './ports/outcome-log.ts'
import type { Window } from './ports/story-store.ts'
import type { StoredSubscription } from './ports/subscription-store.ts'
import { Turns } from './turns.ts'

/** What sending digests needs from the street. */
export interface SendPorts extends ComposePorts, DeliverPorts {
  readonly digests: DeliverPorts['digests'] &
    CorrectToldPorts['digests'] &
    Pick<DigestStore, 'claimDueRuns' | 'claimRun' | 'finishRun' | 'replanDelivery'>
  /** Stands back for what somebody waits for: digests that are due can wait a moment, those that are asked for cannot. */
  readonly giveWay?: () => Promise<void>
  readonly subscriptions: DeliverPorts['subscriptions'] & CorrectToldPorts['subscriptions']
}

/** How to send. */
export interface SendOptions extends DeliverOptions, PageOptions {
  /** Names this process in the store. */
  readonly claimant: string
  /** Subscriptions taken at once; a crash holds twice so many up for the lease. */
  readonly maxClaimed?: number
}

/** One round of sending. */
export interface SendRound {
  readonly planned: number
  readonly skipped: number
  readonly failed: number
}

/**
 * Subscriptions taken at once, and planned side by side: they ask the database together, see gather.ts; no two are worked out at once. The
 * next are taken while these are under way. Small claims let other processes have their share. Range 1-200.
 */
const MAX_CLAIMED = 50

/** How long a claim holds should its process die, ms: composing a claim takes seconds. */
const LEASE_MS = 120_000

/** Shortest limit of a catch-up, ms; schedules with longer pauses have {@link CATCH_UP_RUNS} of their own. */
const CATCH_UP_MS = 7 * 86_400_000
const CATCH_UP_RUNS = 2

/** How long a digest that cannot be composed waits, ms. */
const BROKEN_RETRY_MS = 900_000

/** When the digests of somebody's words are asked for out of turn, nothing stops them but the caller. */
const NEVER = new AbortController().signal

/**
 * Sends digests: composes those that are due, each once, and walks the ledger. Any number of processes may do it at once on one
 * store: runs and parts are taken by compare-and-set.
 */
export class DigestSender implements OutOfTurnSender {
  readonly #ports: SendPorts
  readonly #options: SendOptions
  readonly #deliverer: PartDeliverer

  constructor(ports: SendPorts, options: SendOptions) {
    this.#ports = ports
    this.#options = options
    this.#deliverer = new PartDeliverer(ports, options)
  }

  /**
   * One round: plans every digest that is due, then sends every part whose time has come.
   *
   * @param onMore called where more runs may be due than this process took at once: others can help
   * @throws only what the store throws when work cannot be claimed
   */
  async sendDue(signals: StopSignals, onMore?: () => void): Promise<SendRound> {
    const tally = { planned: 0, skipped: 0, failed: 0 }
    const composer = new DigestComposer(this.#ports, this.#ports.giveWay)
    const limit = this.#options.maxClaimed ?? MAX_CLAIMED
    const turns = new Turns()
    const plan = async (stored: StoredSubscription, nowMs: number) => {
      await this.#ports.giveWay?.()
      tally[await this.#planOrPostpone(stored, nowMs, composer)] += 1
    }
    let before: Promise<unknown> = Promise.resolve()
    try {
      for (let more = true; more && !signals.stop.aborted;) {
        const claim = { ...this.#claim(), limit }
        const due = await this.#ports.digests.claimDueRuns(claim)
        more = due.length === limit
        if (more) onMore?.()
        const planned = Promise.all(
          // Digests of one destination know of each other: what one tells the next leaves out.
          due.map((stored) => turns.take(stored.destination.id, () => plan(stored, claim.nowMs))),
        )
        planned.catch(() => undefined)
        // The database stores the last of these while the first of the next are composed.
        await before
        before = planned
      }
    } finally {
      await before
    }
    await this.#deliverer.deliverDue(signals)
    return tally
  }

  async sendNow(subscription: StoredSubscription, signal: AbortSignal): Promise<SendReport> {
    const claim = this.#claim()
    const stored = await this.#ports.digests.claimRun(subscription.id, claim)
    if (stored === null) return failed('It is being made right now. Look again in a minute.')
    const settings = parseDigestSettings(stored.settings)
    const window = { fromMs: stored.windowEndMs, toMs: claim.nowMs }
    const nextRunAtMs =
      stored.nextRunAtMs !== null && stored.nextRunAtMs <= claim.nowMs
        ? nextRun(schedulesOf(settings), claim.nowMs)
        : stored.nextRunAtMs
    const digest = window.fromMs < window.toMs ? await this.#composeNow(stored, settings, window) : null
    const windowEndMs = Math.max(window.fromMs, window.toMs)
    const run = { subscriptionId: stored.id, claimant: claim.claimant, windowEndMs, nextRunAtMs }
    if (!(await this.#ports.digests.finishRun({ ...run, digest }))) {
      return failed('Another process has made it meanwhile.')
    }
    if (digest === null) return { kind: 'nothing', words: 'Nothing new has come since the last digest.' }
    return this.#deliverNow(digest.id, 0, signal)
  }

  async resend(part: DeliveryRef, signal: AbortSignal): Promise<SendReport> {
    if (!(await this.#ports.digests.replanDelivery(part, this.#ports.nowMs()))) {
      return failed('That part is on its way or has arrived: it is not sent again.')
    }
    return this.#deliverNow(part.digestId, part.part, signal)
  }

  /** Changes the messages of a sent digest to what its stories are now, see {@link correctDigest}. */
  correct(digestId: string, signal: AbortSignal): Promise<number> {
    return correctDigest(this.#ports, digestId, { ...this.#options, signal })
  }

  correctTold(tenant: string | null, articleIds: readonly string[], signal: AbortSignal): Promise<number> {
    return correctTold(this.#ports, tenant, articleIds, { ...this.#options, signal })
  }

  #claim() {
    return { nowMs: this.#ports.nowMs(), claimant: this.#options.claimant, leaseMs: LEASE_MS }
  }

  async #planOrPostpone(
    stored: StoredSubscription,
    nowMs: number,
    composer: DigestComposer,
  ): Promise<keyof SendRound> {
    try {
      return await this.#plan(stored, nowMs, composer)
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      this.#log('error', 'digest-broken', stored, { problem })
      await this.#postpone(stored)
      return 'failed'
    }
  }

  /** If the store is lost, this fails too, and the claim runs out by itself. */
  async #postpone({ id, windowEndMs }: StoredSubscription): Promise<void> {
    const { claimant } = this.#options
    const nextRunAtMs = this.#ports.nowMs() + BROKEN_RETRY_MS
    await this.#ports.digests
      .finishRun({ subscriptionId: id, claimant, windowEndMs, nextRunAtMs, digest: null })
      .catch(() => undefined)
  }

  async #plan(
    stored: StoredSubscription,
    nowMs: number,
    composer: DigestComposer,
  ): Promise<'planned' | 'skipped'> {
    const publisher = this.#ports.publishers.get(stored.destination.platform)
    if (publisher === undefined || this.#deliverer.isLockedOut(stored.destination)) {
      // The claim runs out by itself; the run stays due and is caught up when the platform is back.
      this.#log('warn', 'digest-waits', stored, {
        problem: `platform "${stored.destination.platform}" is away`,
      })
      return 'skipped'
    }
    const settings = parseDigestSettings(stored.settings)
    const window = windowOf(stored, settings, nowMs)
    const composed = await composer.compose(stored, settings, window)
    this.#tellProblems(stored, composed)
    const isQuiet = composed.skip !== null || composed.digest.entries.length === 0
    const digest = isQuiet
      ? null
      : planDigest({ stored, settings, window, composed, publisher, ...(await this.#planOptions(stored)) })
    const isDone = await this.#ports.digests.finishRun({
      subscriptionId: stored.id,
      claimant: this.#options.claimant,
      // Too few stories wait for more: they are in the next window again, so none is lost.
      // A clock that was set back must not open a window again.
      windowEndMs:
        isQuiet && composed.digest.entries.length > 0
          ? window.fromMs
          : Math.max(window.toMs, stored.windowEndMs),
      nextRunAtMs: window.nextRunAtMs,
      digest,
    })
    if (!isDone) return 'skipped'
    this.#tellPlan(stored, window, composed, digest)
    return isQuiet ? 'skipped' : 'planned'
  }

  async #planOptions({ destination }: StoredSubscription) {
    return { ...(await pagesOf(this.#options, destination.id)), nowMs: this.#ports.nowMs() }
  }

  async #composeNow(
    stored: StoredSubscription,
    settings: DigestSettings,
    window: Window,
  ): Promise<NewDigest | null> {
    const publisher = this.#ports.publishers.get(stored.destination.platform)
    if (publisher === undefined) return null
    const composed = await new DigestComposer(this.#ports).compose(stored, settings, window)
    if (composed.digest.entries.length === 0) return null
    return planDigest({ stored, settings, window, composed, publisher, ...(await this.#planOptions(stored)) })
  }

  async #deliverNow(digestId: string, part: number, signal: AbortSignal): Promise<SendReport> {
    const [first] = (await this.#ports.digests.deliveries(digestId)).slice(part)
    if (first !== undefined) await this.#deliverer.deliverDigest(first, { stop: NEVER, abort: signal })
    const parts = await this.#ports.digests.deliveries(digestId)
    return reportOf(part === 0 ? parts : parts.filter((one) => one.part === part))
  }

  #tellProblems(stored: StoredSubscription, { problems, refused }: CheckedDigest): void {
    if (problems.length > 0) this.#log('warn', 'digest-rules', stored, { problems })
    if (refused > 0) this.#log('error', 'quotes-refused', stored, { sentences: refused })
  }

  #tellPlan(
    stored: StoredSubscription,
    window: RunWindow,
    composed: CheckedDigest,
    digest: NewDigest | null,
  ) {
    const { folded, cut, fromMs, toMs } = window
    const from = new Date(fromMs).toISOString()
    const span = { from, to: new Date(toMs).toISOString(), folded, cut }
    if (digest === null) this.#log('info', 'digest-skipped', stored, { ...span, why: composed.skip })
    else {
      const stories = composed.digest.entries.length
      this.#log('info', 'digest-planned', stored, {
        digest: digest.id,
        ...span,
        stories,
        parts: digest.parts.length,
      })
    }
  }

  #log(level: Outcome['level'], what: string, stored: StoredSubscription, facts: Outcome['facts']): void {
    const { destination } = stored
    const { platform } = destination
    const head = { subscription: stored.id, name: stored.name, destination: destination.id, platform }
    this.#ports.log({ level, what, facts: { ...head, ...facts } })
  }
}

interface RunWindow extends Window {
  readonly folded: number
  readonly cut: boolean
  readonly nextRunAtMs: number | null
}

function windowOf(stored: StoredSubscription, settings: DigestSettings, nowMs: number): RunWindow {
  const runAfter = rememberRuns(settings)
  const runAtMs = Math.min(stored.nextRunAtMs ?? nowMs, nowMs)
  const periodMs = (runAfter(runAtMs) ?? runAtMs) - runAtMs
  const window = dueWindow({
    ...{ lastToMs: stored.windowEndMs, runAtMs, nowMs, runAfter },
    maxCatchUpMs: Math.max(CATCH_UP_MS, CATCH_UP_RUNS * periodMs),
  }) ?? { fromMs: stored.windowEndMs, toMs: nowMs, folded: 1, cut: false }
  const following = runAfter(window.toMs)
  const isAhead = following === null || following > nowMs
  return { ...window, nextRunAtMs: isAhead ? following : runAfter(nowMs) }
}

/** The run after a time; each is found once, as expressions and zones are dear to work out (0.1 ms). */
function rememberRuns(settings: DigestSettings): (afterMs: number) => number | null {
  const schedules = schedulesOf(settings)
  const known = new Map<number, number | null>()
  return (afterMs) => {
    const run = known.has(afterMs) ? (known.get(afterMs) ?? null) : nextRun(schedules, afterMs)
    known.set(afterMs, run)
    return run
  }
}

function failed(words: string): SendReport {
  return { kind: 'failed', words }
}

const LOST_ANSWER =
  'The platform did not tell whether it arrived. It is looked for within minutes, and sent again only if it is not there.'

function reportOf(parts: readonly Delivery[]): SendReport {
  const bad = parts.find(({ state }) => state !== 'sent')
  if (bad === undefined)
    return { kind: 'sent', words: parts.length > 1 ? `Sent in ${parts.length} messages.` : 'Sent.' }
  if (bad.state === 'unknown') return failed('Nobody knows whether it arrived: have a look there.')
  if (bad.state === 'sending') return failed(LOST_ANSWER)
  const why = bad.problem ?? 'its turn has not come'
  return failed(bad.retryAtMs === null && bad.state === 'failed' ? why : `${why}; it is tried again.`)
}
