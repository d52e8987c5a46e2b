import { setTimeout as delay } from 'node:timers/promises'
import { NEVER_CONNECTED } from '../../app/ports/publisher.ts'
import { numberAt, textAt } from './json-value.ts'
import { RateGate } from './rate-gate.ts'

/** How to reach Discord. */
export interface RestOptions {
  readonly token: string
  /** Base such as `https://discord.com/api`, without version and slash. */
  readonly apiUrl: string
  readonly nowMs: () => number
}

/** One request. */
export interface RestRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path behind the version, ids already in it. */
  readonly path: string
  /** What Discord counts together: the route, and the channel, guild or token of its path. */
  readonly bucket: string
  readonly body?: unknown
  readonly file?: { readonly name: string; readonly content: string }
  readonly signal: AbortSignal
  /** Interactions carry their own token, have no share in the global limit and must not wait for anybody. */
  readonly asInteraction?: boolean
  readonly maxAnswerMs?: number
}

/** How a request ended. */
export type RestAnswer =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly body: unknown
      readonly isDiscord: boolean
    }
  /** Surely not carried out: no connection, no turn under the limits in time, or told to stop before. */
  | { readonly kind: 'not-sent'; readonly problem: string; readonly retryAtMs: number | null }
  /** May have been carried out. */
  | { readonly kind: 'lost'; readonly problem: string }
  /** The token is no good (or was not a moment ago): nothing is asked for now. */
  | { readonly kind: 'locked-out'; readonly problem: string }

/** Longest wait for an answer, ms. */
const MAX_ANSWER_MS = 15_000

/** Longest wait for a turn under the limits, ms; who would wait longer is told when to come again. */
const MAX_TURN_MS = 20_000

/** Tries of a request that Discord says it did not carry out for its limits. */
const MAX_TRIES = 4

/** Bytes of an answer; a hundred messages are about 1 MB. */
const MAX_ANSWER_BYTES = 8_000_000

/** How long nothing is asked after a 401, ms: requests with a bad token count towards a ban of the address. */
const LOCK_OUT_MS = 600_000

/** Wait before a connection is tried again that did not come about, ms. */
const RETRY_MS = 30_000

/** Discord bans addresses for 10,000 answers of 401, 403 or 429 within ten minutes; we rest at a fifth of that. */
const MAX_INVALID = 2_000
const INVALID_WINDOW_MS = 600_000

const AGENT = 'DiscordBot (https://github.com/tidings/tidings, 1)'

/** Discord's REST interface: waits for its turn under the rate limits, and tells exactly what is known of each request. Never throws. */
export class DiscordRest {
  readonly #options: RestOptions
  readonly #gate = new RateGate()
  readonly #invalidAtMs: number[] = []
  #lockedUntilMs = 0

  constructor(options: RestOptions) {
    this.#options = options
  }

  /** Asks once, or again where Discord says that its limits kept it from carrying the request out. */
  async request(request: RestRequest): Promise<RestAnswer> {
    if (request.asInteraction === true) return this.#ask(request)
    for (let tries = 1; ; tries++) {
      const refused = this.#mayAsk()
      if (refused !== null) return refused
      const turn = await this.#gate.enter(request.bucket, MAX_TURN_MS, request.signal)
      if (turn.kind === 'too-long') return this.#later('its rate limits', turn.waitMs)
      if (turn.kind === 'stopped') return { kind: 'not-sent', problem: 'the service stops', retryAtMs: null }
      try {
        const answer = await this.#ask(request, turn.learn)
        if (answer.kind !== 'answered' || answer.status !== 429) return answer
        const waitMs = turn.blockedMs()
        if (tries === MAX_TRIES || waitMs > MAX_TURN_MS) return this.#later('status is 429', waitMs)
      } finally {
        turn.leave()
      }
    }
  }

  /** Whether nothing is asked for now because Discord refused the token. */
  get isLockedOut(): boolean {
    return performance.now() < this.#lockedUntilMs
  }

  /**
   * Asks whether Discord takes the token after all: a single 401 can come of a front of Discord. Where it does, requests go out again at once;
   * `null` where Discord does not say.
   */
  async isTokenGood(signal: AbortSignal): Promise<boolean | null> {
    const answer = await this.#ask({ method: 'GET', path: '/users/@me', bucket: 'GET me', signal })
    if (answer.kind === 'locked-out') return false
    if (answer.kind !== 'answered' || answer.status >= 300) return null
    this.#lockedUntilMs = 0
    return true
  }

  #later(problem: string, waitMs: number): RestAnswer {
    return { kind: 'not-sent', problem, retryAtMs: this.#options.nowMs() + Math.ceil(waitMs) }
  }

  #mayAsk(): RestAnswer | null {
    const nowMs = performance.now()
    if (this.isLockedOut) {
      return { kind: 'locked-out', problem: 'Discord does not take the token (status is 401)' }
    }
    while ((this.#invalidAtMs[0] ?? nowMs) < nowMs - INVALID_WINDOW_MS) this.#invalidAtMs.shift()
    if (this.#invalidAtMs.length < MAX_INVALID) return null
    return this.#later(`${MAX_INVALID} requests of the last ten minutes were refused`, INVALID_WINDOW_MS / 4)
  }

  async #ask(
    request: RestRequest,
    learn: (status: number, headers: Headers, body: unknown) => void = () => undefined,
  ): Promise<RestAnswer> {
    const { signal, maxAnswerMs = MAX_ANSWER_MS } = request
    try {
      const response = await fetch(`${this.#options.apiUrl}/v10${request.path}`, {
        method: request.method,
        ...(await this.#payload(request)),
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(maxAnswerMs)]),
      })
      const body = await readJson(response)
      learn(response.status, response.headers, body)
      return this.#judge(request, response, body)
    } catch (error) {
      return this.#judgeFailure(error, maxAnswerMs)
    }
  }

  async #payload({ body, file, asInteraction }: RestRequest): Promise<Payload> {
    const headers: Record<string, string> = { 'User-Agent': AGENT }
    if (asInteraction !== true) headers['Authorization'] = `Bot ${this.#options.token}`
    if (file !== undefined) {
      const form = new FormData()
      form.set('payload_json', JSON.stringify(body))
      form.set('files[0]', new Blob([file.content], { type: 'text/plain' }), file.name)
      // As bytes: a form that is still being read when the connection ends fails where nobody can catch it (Node 24).
      const encoded = new Response(form)
      const type = encoded.headers.get('content-type') ?? ''
      return { headers: { ...headers, 'Content-Type': type }, body: await encoded.arrayBuffer() }
    }
    if (body === undefined) return { headers }
    return { headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
  }

  #judge({ asInteraction }: RestRequest, { status, headers }: Response, body: unknown): RestAnswer {
    const isShared = headers.get('x-ratelimit-scope') === 'shared'
    if (status === 401 || status === 403 || (status === 429 && !isShared)) {
      this.#invalidAtMs.push(performance.now())
    }
    if (status === 401 && asInteraction !== true) {
      this.#lockedUntilMs = performance.now() + LOCK_OUT_MS
      return { kind: 'locked-out', problem: 'Discord does not take the token (status is 401)' }
    }
    return { kind: 'answered', status, body, isDiscord: numberAt(body, 'code') !== null || status < 400 }
  }

  #judgeFailure(error: unknown, maxAnswerMs: number): RestAnswer {
    const code = codeOf(error)
    if (NEVER_CONNECTED.has(code)) {
      return { kind: 'not-sent', problem: code, retryAtMs: this.#options.nowMs() + RETRY_MS }
    }
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    return { kind: 'lost', problem: isLate ? `no answer within ${maxAnswerMs / 1_000} s` : code }
  }
}

interface Payload {
  readonly headers: Record<string, string>
  readonly body?: string | ArrayBuffer
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  return textAt(error.cause, 'code') || (error.cause instanceof Error ? codeOfCause(error.cause) : error.name)
}

function codeOfCause(cause: Error): string {
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
}

/** The body as JSON, `null` where it is none. */
async function readJson(response: Response): Promise<unknown> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    size += piece.byteLength
    if (size > MAX_ANSWER_BYTES) return null
    pieces.push(piece)
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'))
  } catch {
    return null
  }
}

/** Waits, or not any longer once the signal fires. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}
