import { setTimeout as delay } from 'node:timers/promises'
import type { App, Receiver } from '@slack/bolt'
import { SocketModeClient } from '@slack/socket-mode'
import type { OutcomeLog } from '../../app/ports/outcome-log.ts'
import { textAt } from './json-value.ts'
import { silentLogger } from './silent-logger.ts'
import { webOptions } from './slack-web.ts'

/** How to connect. */
export interface SocketReceiverOptions {
  readonly appToken: string
  readonly apiUrl: string | null
  readonly log: OutcomeLog
}

/**
 * Connections held at the same time: Slack renews each every few hours and sends over any of them, so commands find one while the other
 * is renewed. Slack takes 10.
 */
const CONNECTIONS = 2

/** Between the first connection and the next, ms: those made together are renewed together. */
const STAGGER_MS = 20_000

/** Longest wait for a connection to stand, ms. */
const MAX_OPEN_MS = 15_000

/** A connection that stood so long ended for Slack's reasons, not for trouble, ms: the next follows at once. */
const STABLE_MS = 1_000

/** How long an old connection stays beside its successor, ms: Slack itself closes it some ten seconds after it said so. */
const LINGER_MS = 8_000

/** First wait after trouble, ms; doubled each time … */
const RETRY_MS = 500
/** … up to this. Range 10,000-120,000. */
const MAX_RETRY_MS = 30_000

/** Codes with which Slack says that the app token will never do. */
const HOPELESS = new Set([
  'invalid_auth',
  'not_authed',
  'not_allowed_token_type',
  'account_inactive',
  'missing_scope',
])

/**
 * Socket Mode for Bolt, with connections of our own keeping: the SDK's own reconnecting pauses five seconds at each renewal, and ends the
 * process where Slack answers with an error meanwhile.
 */
export class SocketReceiver implements Receiver {
  readonly #options: SocketReceiverOptions
  readonly #stop = new AbortController()
  #app: App | null = null
  #lanes: readonly Promise<void>[] = []

  constructor(options: SocketReceiverOptions) {
    this.#options = options
  }

  init(app: App): void {
    this.#app = app
  }

  /** Resolves with the first connection; rejects where Slack says that the app token will never do. Later trouble is retried for ever. */
  async start(): Promise<undefined> {
    const first = Promise.withResolvers<undefined>()
    this.#lanes = Array.from({ length: CONNECTIONS }, (_, lane) => this.#keep(lane, first))
    return first.promise
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await Promise.allSettled(this.#lanes)
  }

  async #keep(lane: number, first: PromiseWithResolvers<undefined>): Promise<void> {
    const stop = this.#stop.signal
    if (lane > 0) {
      await first.promise.catch(() => undefined)
      await this.#pause(lane * STAGGER_MS)
    }
    let troubles = 0
    let everStood = lane > 0
    while (!stop.aborted) {
      const trip = await this.#connect(() => {
        everStood = true
        first.resolve(undefined)
      })
      if (trip.problem !== null && !everStood && HOPELESS.has(trip.problem)) {
        first.reject(new Error(`Cannot connect to Slack: SLACK_APP_TOKEN is refused: ${trip.problem}`))
        return
      }
      troubles = trip.stoodMs >= STABLE_MS ? 0 : troubles + 1
      if (trip.problem !== null) this.#log(lane, trip.problem)
      if (troubles > 0) await this.#pause(Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** (troubles - 1)))
    }
    first.resolve(undefined)
  }

  #log(lane: number, problem: string): void {
    this.#options.log({ level: 'warn', what: 'slack-connection-lost', facts: { connection: lane, problem } })
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined)
  }

  /** One connection from its beginning to its end. Never rejects. */
  async #connect(onOpen: () => void): Promise<{ readonly stoodMs: number; readonly problem: string | null }> {
    const ended = Promise.withResolvers<undefined>()
    const client = this.#client(() => {
      ended.resolve(undefined)
    })
    const stop = () => {
      ended.resolve(undefined)
    }
    this.#stop.signal.addEventListener('abort', stop, { once: true })
    let openedAtMs: number | null = null
    let problem: string | null = null
    try {
      await within(client.start(), MAX_OPEN_MS, this.#stop.signal)
      openedAtMs = performance.now()
      onOpen()
      await ended.promise
    } catch (error) {
      problem = problemOf(error)
    } finally {
      this.#stop.signal.removeEventListener('abort', stop)
    }
    this.#leave(client, problem === null && openedAtMs !== null)
    return { stoodMs: openedAtMs === null ? 0 : performance.now() - openedAtMs, problem }
  }

  /** An old socket is left open for a while where its service ended well: commands on their way still come over it. */
  #leave(client: SocketModeClient, isOpen: boolean): void {
    const close = () => {
      client.disconnect().catch(() => undefined)
    }
    if (!isOpen || this.#stop.signal.aborted) {
      close()
      return
    }
    const timer = setTimeout(close, LINGER_MS)
    this.#stop.signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        close()
      },
      { once: true },
    )
  }

  #client(onEnd: () => void): SocketModeClient {
    const { appToken, apiUrl } = this.#options
    const client = new SocketModeClient({
      ...{ appToken, autoReconnectEnabled: false, logger: silentLogger, clientOptions: webOptions(apiUrl) },
    })
    client.on('disconnected', onEnd)
    const [read] = client.listeners('ws_message') as ((...args: unknown[]) => unknown)[]
    client.removeAllListeners('ws_message')
    // Slack announces that it will close this one. The SDK would close it at once; it stays until the next stands, for what still comes.
    client.on('ws_message', (data: unknown, isBinary: unknown) => {
      if (isFarewell(data)) onEnd()
      else read?.(data, isBinary)
    })
    client.on('slack_event', (event: SocketEvent) => {
      void this.#deliver(event)
    })
    return client
  }

  async #deliver({ body, ack, retry_num: retryNum, retry_reason: retryReason }: SocketEvent): Promise<void> {
    try {
      await this.#app?.processEvent({
        body,
        ack,
        ...(retryNum === undefined ? {} : { retryNum }),
        ...(retryReason === undefined ? {} : { retryReason }),
      })
    } catch (error) {
      const problem = problemOf(error)
      this.#options.log({ level: 'error', what: 'slack-event-failed', facts: { problem } })
    }
  }
}

/** What the SDK emits for each envelope. */
interface SocketEvent {
  readonly body: Record<string, unknown>
  readonly ack: (response?: unknown) => Promise<void>
  readonly retry_num?: number
  readonly retry_reason?: string
}

function isFarewell(data: unknown): boolean {
  if (typeof data !== 'string' || !data.includes('"disconnect"')) return false
  try {
    return textAt(JSON.parse(data), 'type') === 'disconnect'
  } catch {
    return false
  }
}

async function within<T>(work: Promise<T>, ms: number, signal: AbortSignal): Promise<T> {
  const late = Promise.withResolvers<never>()
  const stop = () => {
    late.reject(new Error('stopped'))
  }
  const timer = setTimeout(() => {
    late.reject(new Error(`no connection within ${ms / 1_000} s`))
  }, ms)
  signal.addEventListener('abort', stop, { once: true })
  work.catch(() => undefined)
  late.promise.catch(() => undefined)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

function problemOf(error: unknown): string {
  if (error === undefined) return 'closed before it stood'
  const code = textAt(error, 'data', 'error')
  if (code !== '') return code
  return error instanceof Error ? error.message : 'unknown error'
}
