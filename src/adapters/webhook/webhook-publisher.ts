import { createHmac } from 'node:crypto'
import {
  NEVER_CONNECTED,
  type MessagePart,
  type PartToSend,
  type Publisher,
  type SendOutcome,
} from '../../app/ports/publisher.ts'
import { digestDocument, type StoryDocument } from '../../core/digest/digest-document.ts'

/** How to post to webhooks. */
export interface WebhookOptions {
  /** Signs each post; without it posts carry no signature. */
  readonly secret: string | null
  /** Sent as User-Agent. */
  readonly userAgent: string
  readonly nowMs: () => number
}

/** Bytes of one post; receivers commonly take 1 MB and some 256 kB. */
const MAX_BODY_BYTES = 250_000

/** Longest wait for an answer, ms. */
const MAX_ANSWER_MS = 10_000

/** Wait before a receiver that refused a connection or asked for patience is tried again, where it names no time, ms. */
const RETRY_MS = 60_000

/**
 * Posts digests as JSON to any URL that an operator names. `Idempotency-Key` is the same for every try of a part;
 * `X-Tidings-Signature` is `t=SECONDS,v1=HEX`, HMAC-SHA256 with the secret over `SECONDS.BODY`. Redirects are not followed.
 */
export function webhookPublisher(options: WebhookOptions): Publisher {
  return {
    platform: 'webhook',
    cut({ digestId, name, digest }) {
      const { stories, ...head } = digestDocument(digest)
      const parts = packStories(stories)
      return parts.map((told, part): MessagePart => ({
        body: { id: digestId, name, part: part + 1, parts: parts.length, ...head, stories: told },
        storyIds: told.map(({ id }) => id),
        inThread: false,
      }))
    },
    send: (part, signal) => post(part, 'POST', options, signal),
    resolve: () => Promise.resolve({ kind: 'unknown' }),
    edit: (part, _messageId, signal) => post(part, 'PUT', options, signal),
  }
}

/** Stories in order, as many a part as fit; one that alone is too large loses its list of articles, never its sentences. */
function packStories(stories: readonly StoryDocument[]): StoryDocument[][] {
  const parts: StoryDocument[][] = []
  let room = 0
  for (const story of stories) {
    const fitting =
      bytesOf(story) > MAX_BODY_BYTES
        ? { ...story, articles: [], why: { ...story.why, articles: {} } }
        : story
    const size = bytesOf(fitting)
    const last = parts.at(-1)
    if (last === undefined || size > room) {
      parts.push([fitting])
      room = MAX_BODY_BYTES - size
    } else {
      last.push(fitting)
      room -= size
    }
  }
  return parts.length === 0 ? [[]] : parts
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

async function post(
  { destination, message, nonce }: PartToSend,
  method: 'POST' | 'PUT',
  { secret, userAgent, nowMs }: WebhookOptions,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const body = JSON.stringify(message.body)
  const headers: Record<string, string> = {
    'Content-Type': 'application/json',
    'User-Agent': userAgent,
    'Idempotency-Key': nonce,
  }
  if (secret !== null) headers['X-Tidings-Signature'] = sign(body, secret, nowMs())
  const what = `Cannot post to webhook "${withoutSecrets(destination.address)}"`
  try {
    const answer = await fetch(destination.address, {
      method,
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(MAX_ANSWER_MS)]),
    })
    await answer.body?.cancel()
    return judge(answer, what, nonce, nowMs())
  } catch (error) {
    return judgeFailure(error, what, nowMs())
  }
}

function sign(body: string, secret: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1_000)
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}

function judge(answer: Response, what: string, nonce: string, nowMs: number): SendOutcome {
  const { status } = answer
  const problem = `${what}: status is ${status}`
  if (answer.ok) return { kind: 'sent', messageId: nonce }
  if (status === 429 || status === 503)
    return { kind: 'not-sent', problem, retryAtMs: nowMs + retryAfterMs(answer) }
  if (status === 401 || status === 403) return { kind: 'closed', problem, gone: false }
  if (status === 404 || status === 410) return { kind: 'closed', problem, gone: status === 410 }
  // A server that failed may have done the work before it did.
  if (status >= 500) return { kind: 'unclear', problem }
  return { kind: 'refused', problem }
}

function retryAfterMs(answer: Response): number {
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 86_400) * 1_000 : RETRY_MS
}

function judgeFailure(error: unknown, what: string, nowMs: number): SendOutcome {
  const code = codeOf(error)
  if (NEVER_CONNECTED.has(code))
    return { kind: 'not-sent', problem: `${what}: ${code}`, retryAtMs: nowMs + RETRY_MS }
  return { kind: 'unclear', problem: `${what}: ${code}` }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  if (error.cause instanceof Error && 'code' in error.cause) return String(error.cause.code)
  return error.name === 'TimeoutError' ? `no answer within ${MAX_ANSWER_MS / 1_000} s` : error.name
}

/** Webhook URLs are secrets themselves: what is told of one is its host. */
function withoutSecrets(address: string): string {
  return URL.canParse(address) ? `${new URL(address).origin}/…` : '(not a URL)'
}
