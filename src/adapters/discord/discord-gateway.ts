import type { SessionInfo, WebSocketManager } from '@discordjs/ws'
import type { OutcomeLog } from '../../app/ports/outcome-log.ts'
import { pause } from './discord-rest.ts'

/** Which of the bot's shards a process serves. */
export interface Shard {
  /** From 0 on. */
  readonly index: number
  readonly count: number
}

/** What the gateway needs. */
export interface GatewayOptions {
  readonly token: string
  readonly apiUrl: string
  /** `null`: as many as Discord advises, all in this process. */
  readonly shard: Shard | null
  readonly log: OutcomeLog
  /** Takes an event. Must not throw. */
  readonly onEvent: (event: string, data: unknown) => void
}

/** What to do where Discord refuses the token. */
export const TOKEN_REFUSED = 'it does not take the token: check DISCORD_TOKEN'

/** Closes after which no connection can ever stand again (topics/opcodes-and-status-codes), and what to do. */
const FATAL: ReadonlyMap<number, string> = new Map([
  [4004, TOKEN_REFUSED],
  [4010, 'the shard does not exist: check --shard'],
  [4011, 'the bot is in too many servers for one shard: use --shard'],
  [4012, 'it does not know this version of its gateway any more: update tidings'],
  [4013, 'it does not know the intents: update tidings'],
  [4014, 'it does not allow the intents: update tidings'],
])

/** Waits between tries to reach Discord at the start, ms. */
const FIRST_RETRY_MS = 2_000
const MAX_RETRY_MS = 60_000

/** Longest wait for an answer of Discord, ms. */
const MAX_ANSWER_MS = 15_000

/**
 * Holds the connection to Discord's gateway until the signal: resumes what was lost, replaces dead connections, begins anew where a
 * session is over (all by the library of discord.js). Rejects with the reason where Discord will never take us.
 */
export async function runGateway(options: GatewayOptions, signal: AbortSignal): Promise<void> {
  const { token, apiUrl, shard, log } = options
  // Only who serves pays for the libraries.
  const { GatewayIntentBits } = await import('discord-api-types/v10')
  const { REST } = await import('@discordjs/rest')
  const { WebSocketManager } = await import('@discordjs/ws')
  const rest = new REST({ api: apiUrl, version: '10', timeout: MAX_ANSWER_MS }).setToken(token)
  const sessions = new Map<number, SessionInfo>()
  const manager = new WebSocketManager({
    // Servers, channels, roles, threads; interactions need no intent.
    ...{ token, rest, intents: GatewayIntentBits.Guilds },
    ...(shard === null ? {} : { shardCount: shard.count, shardIds: [shard.index] }),
    // A shard that is about to connect again while we stop waits here for ever.
    retrieveSessionInfo: (id) =>
      signal.aborted ? new Promise<SessionInfo | null>(() => undefined) : (sessions.get(id) ?? null),
    updateSessionInfo: (id, session) => {
      if (session === null) sessions.delete(id)
      else sessions.set(id, session)
    },
  })
  const ended = Promise.withResolvers<undefined>()
  ended.promise.catch(() => undefined)
  listen(manager, options, (reason) => {
    ended.reject(new Error(reason))
  })
  const onAbort = () => {
    ended.resolve(undefined)
  }
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort)
  try {
    await Promise.race([ended.promise, connect(manager, log, signal)])
    await ended.promise
  } finally {
    signal.removeEventListener('abort', onAbort)
    await manager.destroy({ reason: 'the service stops' })
    rest.clearHandlerSweeper()
    rest.clearHashSweeper()
  }
}

function listen(
  manager: WebSocketManager,
  { log, onEvent }: GatewayOptions,
  onFatal: (reason: string) => void,
): void {
  // The names of its events, as text: importing them would load the library for its types.
  const on = manager.on.bind(manager) as (event: string, take: (facts: GatewayFacts) => void) => unknown
  on('dispatch', ({ data }) => {
    onEvent(data?.t ?? '', data?.d)
  })
  on('closed', ({ code = 0, shardId }) => {
    const why = FATAL.get(code)
    if (why !== undefined) onFatal(`Cannot serve Discord: ${why}`)
    log({ level: 'warn', what: 'gateway-closed', facts: { code, shard: shardId } })
  })
  on('resumed', ({ shardId }) => {
    log({ level: 'info', what: 'gateway-resumed', facts: { shard: shardId } })
  })
  on('ready', ({ shardId }) => {
    log({ level: 'info', what: 'gateway-ready', facts: { shard: shardId } })
  })
  on('error', ({ error, shardId }) => {
    log({ level: 'warn', what: 'gateway-error', facts: { problem: error?.message ?? '', shard: shardId } })
  })
}

interface GatewayFacts {
  readonly shardId: number
  readonly code?: number
  readonly error?: Error
  readonly data?: { readonly t?: string; readonly d?: unknown }
}

/** Connects once Discord can be reached; from then on the shards look after themselves. */
async function connect(manager: WebSocketManager, log: OutcomeLog, signal: AbortSignal): Promise<void> {
  for (let waitMs = FIRST_RETRY_MS; !signal.aborted; waitMs = Math.min(waitMs * 2, MAX_RETRY_MS)) {
    try {
      const { session_start_limit: limit } = await manager.fetchGatewayInformation(true)
      if (limit.remaining > 0) break
      log({ level: 'error', what: 'gateway-sessions-used-up', facts: { resetAfterMs: limit.reset_after } })
    } catch (error) {
      if (isUnauthorized(error)) {
        throw new Error(`Cannot serve Discord: ${TOKEN_REFUSED}`, { cause: error })
      }
      const problem = error instanceof Error ? error.message : String(error)
      log({ level: 'warn', what: 'gateway-unreachable', facts: { problem } })
    }
    await pause(waitMs, signal)
  }
  if (signal.aborted) return
  try {
    await manager.connect()
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    log({ level: 'warn', what: 'gateway-slow', facts: { problem } })
  }
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 401
}
