import { setTimeout as delay } from 'node:timers/promises'
import { at, numberAt } from './json-value.ts'

/** Leave to ask now; `leave` must follow. */
export interface Turn {
  readonly kind: 'turn'
  /** Learns from the headers of the answer. */
  readonly learn: (status: number, headers: Headers, body: unknown) => void
  /** How long the next in this bucket would have to wait, ms. */
  readonly blockedMs: () => number
  readonly leave: () => void
}

/** What asking for a turn gives. */
export type TurnAnswer =
  Turn | { readonly kind: 'too-long'; readonly waitMs: number } | { readonly kind: 'stopped' }

/** Ms between requests of one process: Discord takes 50 a second of one bot, and they arrive less evenly than they leave. Range 20-100. */
const SPACING_MS = 25

/** Buckets kept; idle ones beyond are forgotten. */
const MAX_BUCKETS = 5_000

/** Wait where Discord asks for patience but names no time, ms. */
const UNNAMED_WAIT_MS = 5_000

interface Bucket {
  /** Ends when everybody before has left. */
  queue: Promise<void>
  waiting: number
  /** Nobody may ask before; on the clock of `performance.now()`. */
  freeAtMs: number
}

/** Turns under Discord's rate limits, as its headers tell them: one at a time in a bucket, all together under the global limit. */
export class RateGate {
  readonly #buckets = new Map<string, Bucket>()
  #last: Promise<void> = Promise.resolve()
  #lastAtMs = 0
  #globalFreeAtMs = 0

  /** Waits for a turn; gives up at once where it would take longer than `maxWaitMs`. */
  async enter(name: string, maxWaitMs: number, signal: AbortSignal): Promise<TurnAnswer> {
    const bucket = this.#bucket(name)
    const before = bucket.queue
    const { promise, resolve: leave } = Promise.withResolvers<undefined>()
    bucket.queue = before.then(() => promise)
    bucket.waiting += 1
    const done = () => {
      bucket.waiting -= 1
      leave(undefined)
    }
    await before
    const waitMs = Math.max(this.#blockedMs(bucket), 0)
    const isTooLong = waitMs > maxWaitMs
    if (!isTooLong) await this.#wait(bucket, signal)
    if (isTooLong || signal.aborted) {
      done()
      return signal.aborted ? { kind: 'stopped' } : { kind: 'too-long', waitMs }
    }
    return {
      kind: 'turn',
      learn: (status, headers, body) => {
        this.#learn(bucket, status, headers, body)
      },
      blockedMs: () => this.#blockedMs(bucket),
      leave: done,
    }
  }

  #bucket(name: string): Bucket {
    const known = this.#buckets.get(name)
    if (known !== undefined) return known
    if (this.#buckets.size >= MAX_BUCKETS) this.#forgetIdle()
    const fresh: Bucket = { queue: Promise.resolve(), waiting: 0, freeAtMs: 0 }
    this.#buckets.set(name, fresh)
    return fresh
  }

  #forgetIdle(): void {
    const nowMs = performance.now()
    for (const [name, { waiting, freeAtMs }] of this.#buckets) {
      if (waiting === 0 && freeAtMs < nowMs) this.#buckets.delete(name)
    }
  }

  #blockedMs({ freeAtMs }: Bucket): number {
    return Math.max(freeAtMs, this.#globalFreeAtMs) - performance.now()
  }

  async #wait(bucket: Bucket, signal: AbortSignal): Promise<void> {
    // Others may have been told of a new limit while we waited.
    for (
      let waitMs = this.#blockedMs(bucket);
      waitMs > 0 && !signal.aborted;
      waitMs = this.#blockedMs(bucket)
    ) {
      await delay(Math.ceil(waitMs), undefined, { signal }).catch(() => undefined)
    }
    this.#last = this.#last.then(() => this.#space(signal))
    await this.#last
  }

  /** Counted from when the one before really went: a busy process must not let those through together that waited. */
  async #space(signal: AbortSignal): Promise<void> {
    const restMs = Math.max(this.#lastAtMs + SPACING_MS, this.#globalFreeAtMs) - performance.now()
    if (restMs > 0) await delay(Math.ceil(restMs), undefined, { signal }).catch(() => undefined)
    this.#lastAtMs = performance.now()
  }

  #learn(bucket: Bucket, status: number, headers: Headers, body: unknown): void {
    const nowMs = performance.now()
    const resetMs = secondsOf(headers.get('x-ratelimit-reset-after'))
    if (status !== 429) {
      if (headers.get('x-ratelimit-remaining') === '0' && resetMs !== null) bucket.freeAtMs = nowMs + resetMs
      return
    }
    const named = numberAt(body, 'retry_after')
    const waitMs = named !== null && named >= 0 ? named * 1_000 : secondsOf(headers.get('retry-after'))
    const freeAtMs = nowMs + (waitMs ?? resetMs ?? UNNAMED_WAIT_MS)
    const isGlobal = at(body, 'global') === true || headers.get('x-ratelimit-scope') === 'global'
    if (isGlobal) this.#globalFreeAtMs = Math.max(this.#globalFreeAtMs, freeAtMs)
    bucket.freeAtMs = Math.max(bucket.freeAtMs, freeAtMs)
  }
}

function secondsOf(header: string | null): number | null {
  const seconds = Number(header ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null
}
