import { setTimeout as delay } from 'node:timers/promises'
import { webApi } from '@slack/bolt'
import { NEVER_CONNECTED } from '../../app/ports/publisher.ts'
import { at, listAt, textAt } from './json-value.ts'
import { silentLogger } from './silent-logger.ts'
import type { SlackTokens } from './slack-tokens.ts'

/** How a call ended. */
export type SlackAnswer =
  | { readonly kind: 'done'; readonly data: unknown; readonly scopes: readonly string[] }
  /** Slack refused and did nothing; `needed` names the scope that is missing. */
  | { readonly kind: 'error'; readonly code: string; readonly needed: string; readonly details: string }
  | { readonly kind: 'busy'; readonly retryAtMs: number }
  /** Nothing arrived at Slack. */
  | { readonly kind: 'unreached'; readonly problem: string }
  /** It may have been carried out. */
  | { readonly kind: 'unclear'; readonly problem: string }
  | { readonly kind: 'no-token' }

/** How to reach Slack. */
export interface SlackWebOptions {
  /** Ends in `/api/`; `null` for slack.com. */
  readonly apiUrl: string | null
  readonly tokens: SlackTokens
  readonly nowMs: () => number
}

/** A call to Slack's Web API; `tenant` is the workspace, `null` for the only one. */
export interface SlackCall {
  readonly tenant: string | null
  readonly method: string
  readonly args: Readonly<Record<string, unknown>>
}

/** Longest wait for an answer, ms: the SDK's default is to wait for ever. */
const MAX_ANSWER_MS = 10_000

/** A wait that Slack asks for is waited here where it is so short, ms; longer ones are the caller's. */
const MAX_WAIT_MS = 5_000

/** Clients kept, one a token. */
const MAX_CLIENTS = 2_000

/**
 * The one way to Slack's Web API. Every call is tried once: the SDK repeats lost ones by itself, and two copies come of it. A method that Slack
 * asked to rest in a workspace rests there, and there alone.
 */
export class SlackWeb {
  readonly #options: SlackWebOptions
  readonly #clients = new Map<string, webApi.WebClient>()
  readonly #restUntilMs = new Map<string, number>()

  constructor(options: SlackWebOptions) {
    this.#options = options
  }

  /** Never throws. */
  async call({ tenant, method, args }: SlackCall, signal?: AbortSignal): Promise<SlackAnswer> {
    const key = `${tenant ?? ''} ${method}`
    let token: string | null
    try {
      token = await this.#options.tokens.tokenOf(tenant)
    } catch (error) {
      // A lost database says nothing about the token: the workspace must not be taken for locked out.
      return { kind: 'unreached', problem: error instanceof Error ? error.message : String(error) }
    }
    if (token === null) return { kind: 'no-token' }
    const waitMs = (this.#restUntilMs.get(key) ?? 0) - this.#options.nowMs()
    if (waitMs > MAX_WAIT_MS) return { kind: 'busy', retryAtMs: this.#options.nowMs() + waitMs }
    if (waitMs > 0)
      await delay(waitMs, undefined, { ...(signal === undefined ? {} : { signal }) }).catch(() => undefined)
    if (signal?.aborted === true) return { kind: 'unreached', problem: 'stopped before it was sent' }
    return this.#ask(key, this.#client(token), method, args, signal)
  }

  async #ask(
    key: string,
    client: webApi.WebClient,
    method: string,
    args: Readonly<Record<string, unknown>>,
    signal: AbortSignal | undefined,
  ): Promise<SlackAnswer> {
    try {
      const data = await untilAborted(client.apiCall(method, { ...args }), signal)
      return { kind: 'done', data, scopes: listAt(data, 'response_metadata', 'scopes').map(String) }
    } catch (error) {
      const answer = this.#judge(error)
      if (answer.kind === 'busy') this.#rest(key, answer.retryAtMs)
      return answer
    }
  }

  #rest(key: string, untilMs: number): void {
    const nowMs = this.#options.nowMs()
    for (const [one, atMs] of this.#restUntilMs) if (atMs <= nowMs) this.#restUntilMs.delete(one)
    this.#restUntilMs.set(key, untilMs)
  }

  #judge(error: unknown): SlackAnswer {
    if (error instanceof webApi.WebAPIRateLimitedError) {
      const seconds = Number.isFinite(error.retryAfter) ? Math.min(Math.max(error.retryAfter, 1), 3_600) : 30
      return { kind: 'busy', retryAtMs: this.#options.nowMs() + seconds * 1_000 }
    }
    if (error instanceof webApi.WebAPIPlatformError) {
      const { error: code } = error.data
      // The SDK makes an error of any answer, be it the page of a proxy.
      if (!/^[a-z][a-z0-9_]*$/.test(code))
        return { kind: 'unclear', problem: 'the answer is not one of Slack' }
      const details = listAt(error.data, 'response_metadata', 'messages').map(String).join('; ').slice(0, 300)
      return { kind: 'error', code, needed: textAt(error.data, 'needed'), details }
    }
    if (error instanceof webApi.WebAPIHTTPError) return judgeStatus(error.statusCode)
    return judgeFailure(error)
  }

  #client(token: string): webApi.WebClient {
    const known = this.#clients.get(token)
    if (known !== undefined) return known
    const [oldest] = this.#clients.keys()
    if (this.#clients.size >= MAX_CLIENTS && oldest !== undefined) this.#clients.delete(oldest)
    const client = new webApi.WebClient(token, webOptions(this.#options.apiUrl))
    this.#clients.set(token, client)
    return client
  }
}

/** Options of every client of the SDK: no retries, a time limit, no log of its own. */
export function webOptions(apiUrl: string | null): webApi.WebClientOptions {
  return {
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: MAX_ANSWER_MS,
    allowAbsoluteUrls: false,
    logger: silentLogger,
  }
}

/** A server that failed may have done the work before it did. */
function judgeStatus(status: number): SlackAnswer {
  const problem = `status is ${status}`
  return status >= 500 ? { kind: 'unclear', problem } : { kind: 'unreached', problem }
}

function judgeFailure(error: unknown): SlackAnswer {
  const code = codeOf(error)
  return NEVER_CONNECTED.has(code) ? { kind: 'unreached', problem: code } : { kind: 'unclear', problem: code }
}

/** The innermost code that tells what happened. */
function codeOf(error: unknown): string {
  let found = error instanceof Error ? error.name : 'unknown error'
  let one: unknown = error
  for (let depth = 0; depth < 5 && one instanceof Error; depth += 1) {
    const code = at(one, 'code')
    if (typeof code === 'string' && !code.startsWith('slack_')) found = code
    else if (depth > 0) found = one.name === 'Error' ? found : one.name
    one = at(one, 'original') ?? one.cause
  }
  return found
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  const stopped = Promise.withResolvers<never>()
  const stop = () => {
    stopped.reject(new Error('stopped while Slack had not answered'))
  }
  signal.addEventListener('abort', stop, { once: true })
  // Whichever loses the race must not count as unhandled.
  work.catch(() => undefined)
  stopped.promise.catch(() => undefined)
  try {
    return await Promise.race([work, stopped.promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
