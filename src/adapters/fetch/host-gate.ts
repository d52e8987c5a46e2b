import PQueue from 'p-queue'

/** Limits of how a host, and all hosts together, are asked. */
export interface GateOptions {
  /** Requests on the wire at once, all hosts together. */
  readonly maxConcurrent: number
  /** Requests on the wire at once to one host. */
  readonly maxPerHost: number
  /** Least time between the starts of two requests to one host, ms. */
  readonly minGapMs: number
  readonly nowMs: () => number
  /** Ends early when the signal aborts, and never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>
}

/** Failures in a row after which a host is left alone. 1 would punish every hiccup; at 20 a dead host holds up its queue. */
const FAILURES_TO_REST = 5
/** First rest of a host, ms; doubled with each failed trial after it, up to the longest. */
const FIRST_REST_MS = 60_000
const LONGEST_REST_MS = 15 * 60_000
/** Longest time a host may make all its feeds wait by one 429, ms; the feed itself waits as long as asked. */
const LONGEST_ASKED_REST_MS = 60 * 60_000
/** Sleeps for one turn. Two or three are usual; on a clock that stands still there must be an end. */
const MAX_WAITS = 20
/** Hosts remembered before those with nothing to remember are dropped. */
const MAX_IDLE_HOSTS = 5_000

interface HostState {
  readonly queue: PQueue
  nextStartMs: number
  failures: number
  restUntilMs: number
}

/**
 * Keeps all requests polite: so many at once, so many to one host, and a gap between them; a host that fails in a row
 * is left alone for a while and then tried with one request (a circuit breaker, half open).
 */
export class HostGate {
  readonly #options: GateOptions
  readonly #wire: PQueue
  readonly #hosts = new Map<string, HostState>()

  constructor(options: GateOptions) {
    this.#options = options
    this.#wire = new PQueue({ concurrency: options.maxConcurrent })
  }

  /**
   * Runs `task` when its turn comes. A slot of the wire is taken only once the host's own turn has come, so that the
   * queue of one host does not hold up the others. Once `signal` aborts nothing waits any more: `task` must look at it.
   */
  async run<T>(host: string, task: () => Promise<T>, signal?: AbortSignal, gapMs?: number): Promise<T> {
    const state = this.#stateOf(host)
    return state.queue.add(async () => {
      await this.#sleepUntil(state.nextStartMs, signal)
      return this.#wire.add(async () => {
        // Look again after each sleep: a neighbour may have gone first, and timers wake early or late.
        for (let waits = 0; waits < MAX_WAITS && state.nextStartMs > this.#options.nowMs(); waits++) {
          await this.#sleepUntil(state.nextStartMs, signal)
        }
        const running = task()
        // Counted from when the request is out: making the first one to a host takes a while.
        state.nextStartMs = this.#options.nowMs() + (gapMs ?? this.#options.minGapMs)
        return running
      })
    })
  }

  /**
   * Asks to be let in: `null` is yes, else the epoch ms until which the host rests. After a rest for failures one caller
   * is let in as the trial, and the host rests on for the others.
   */
  admit(host: string): number | null {
    const state = this.#hosts.get(host)
    if (state === undefined) return null
    const nowMs = this.#options.nowMs()
    if (state.restUntilMs > nowMs) return state.restUntilMs
    if (state.failures >= FAILURES_TO_REST) state.restUntilMs = nowMs + restMs(state.failures)
    return null
  }

  /** Remembers whether a host could be talked to. */
  noteAnswer(host: string, isAlive: boolean): void {
    const state = this.#stateOf(host)
    // A rest that the host asked for stays, even if an earlier request of ours is answered meanwhile.
    if (isAlive && state.failures >= FAILURES_TO_REST) state.restUntilMs = 0
    state.failures = isAlive ? 0 : state.failures + 1
    if (state.failures >= FAILURES_TO_REST) {
      state.restUntilMs = Math.max(state.restUntilMs, this.#options.nowMs() + restMs(state.failures))
    }
  }

  /** Leaves a host alone because it asked for that. */
  rest(host: string, untilMs: number): void {
    const latestMs = this.#options.nowMs() + LONGEST_ASKED_REST_MS
    this.#stateOf(host).restUntilMs = Math.min(untilMs, latestMs)
  }

  #stateOf(host: string): HostState {
    const known = this.#hosts.get(host)
    if (known !== undefined) return known
    if (this.#hosts.size >= MAX_IDLE_HOSTS) this.#dropIdle()
    const queue = new PQueue({ concurrency: this.#options.maxPerHost })
    const state: HostState = { queue, nextStartMs: 0, failures: 0, restUntilMs: 0 }
    this.#hosts.set(host, state)
    return state
  }

  #dropIdle(): void {
    const nowMs = this.#options.nowMs()
    for (const [host, { queue, nextStartMs, failures, restUntilMs }] of this.#hosts) {
      const isIdle = queue.size === 0 && queue.pending === 0
      const isPast = Math.max(nextStartMs, restUntilMs) + (failures === 0 ? 0 : LONGEST_REST_MS) <= nowMs
      if (isIdle && isPast) this.#hosts.delete(host)
    }
  }

  async #sleepUntil(atMs: number, signal: AbortSignal | undefined): Promise<void> {
    const waitMs = atMs - this.#options.nowMs()
    if (waitMs > 0 && !signal?.aborted) await this.#options.sleep(waitMs, signal)
  }
}

function restMs(failures: number): number {
  return Math.min(FIRST_REST_MS * 2 ** Math.min(failures - FAILURES_TO_REST, 10), LONGEST_REST_MS)
}
