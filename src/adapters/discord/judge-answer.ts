import type { SendOutcome } from '../../app/ports/publisher.ts'
import type { RestAnswer } from './discord-rest.ts'
import { numberAt, textAt } from './json-value.ts'

/** Error codes of Discord (topics/opcodes-and-status-codes) that we act on. */
export const CODE = {
  unknownChannel: 10003,
  unknownGuild: 10004,
  slowMode: 20016,
  tooManyDmOpens: 40003,
  missingAccess: 50001,
  cannotMessageUser: 50007,
  missingPermissions: 50013,
  wrongChannelType: 50024,
  notAText: 50008,
  archived: 50083,
  noMutualGuilds: 50278,
  threadExists: 160004,
  locked: 160005,
  tagRequired: 40067,
  unknownMessage: 10008,
  tooManyThreads: 160006,
} as const

/** Nothing can be sent there until somebody acts. */
const CLOSED: ReadonlyMap<number, string> = new Map([
  [CODE.unknownChannel, 'the channel does not exist any more'],
  [CODE.unknownGuild, 'the bot is not in the server any more'],
  [CODE.missingAccess, 'the bot cannot see the channel: allow it "View Channel" there'],
  [CODE.missingPermissions, 'the bot may not write there: allow it "View Channel" and "Send Messages"'],
  [CODE.notAText, 'the channel takes no messages: choose a text channel, a thread or a forum'],
  [CODE.tagRequired, 'the forum wants a tag on every post: switch that off, or choose another channel'],
  [CODE.locked, 'the thread is locked: unlock it, or choose another channel'],
])

/** Errors that are not in Discord's own form come of its front or a proxy: they are taken for passing trouble, tried again after this, ms. */
const FOREIGN_RETRY_MS = 300_000

/** Wait where a channel is slowed down, ms. */
const SLOW_RETRY_MS = 60_000

/** What an answer means for a message that was to be sent. `what` begins the problem: `Cannot send to channel "…"`. */
export function judgeAnswer(answer: RestAnswer, what: string, nowMs: number): SendOutcome {
  switch (answer.kind) {
    case 'not-sent':
      return { kind: 'not-sent', problem: `${what}: ${answer.problem}`, retryAtMs: answer.retryAtMs }
    case 'lost':
      return { kind: 'unclear', problem: `${what}: ${answer.problem}` }
    case 'locked-out':
      return { kind: 'locked-out', problem: `${what}: ${answer.problem}`, tenant: null }
    case 'answered':
      return judgeStatus(answer, what, nowMs)
  }
}

function judgeStatus(
  { status, body, isDiscord }: Extract<RestAnswer, { kind: 'answered' }>,
  what: string,
  nowMs: number,
): SendOutcome {
  const messageId = textAt(body, 'id')
  if (status < 300) {
    if (messageId !== '') return { kind: 'sent', messageId }
    return { kind: 'unclear', problem: `${what}: the answer names no message` }
  }
  const code = numberAt(body, 'code') ?? 0
  const said = textAt(body, 'message').slice(0, 200)
  const problem = `${what}: status is ${status}${code === 0 ? '' : `, code is ${code}`}${said === '' ? '' : ` (${said})`}`
  // A server that failed may have done the work before it did.
  if (status >= 500) return { kind: 'unclear', problem }
  const closed = CLOSED.get(code)
  if (closed !== undefined) {
    const gone = code === CODE.unknownChannel || code === CODE.unknownGuild
    return { kind: 'closed', problem: `${what}: ${closed}`, gone }
  }
  if (code === CODE.slowMode) return { kind: 'not-sent', problem, retryAtMs: nowMs + SLOW_RETRY_MS }
  if (!isDiscord || status < 400) return { kind: 'not-sent', problem, retryAtMs: nowMs + FOREIGN_RETRY_MS }
  if (status === 403 || status === 404) return { kind: 'closed', problem, gone: false }
  return { kind: 'refused', problem }
}

/** The error code of an answer, 0 where it has none. */
export function codeOfAnswer(answer: RestAnswer): number {
  return answer.kind === 'answered' && answer.status >= 400 ? (numberAt(answer.body, 'code') ?? 0) : 0
}
