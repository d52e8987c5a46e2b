import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { isValidSlackRequest } from '@slack/bolt'
import type { SeenRequests } from './seen-requests.ts'
import { silentLogger } from './silent-logger.ts'

/** How to let requests in. */
export interface HttpFrontOptions {
  readonly signingSecret: string
  /** Path of the requests that Slack signs. */
  readonly signedPath: string
  readonly seen: SeenRequests
  readonly nowMs: () => number
  /** Takes what passed, with its body in `rawBody`. */
  readonly next: RequestHandler
}

/** A request whose body was read. */
interface ReadRequest extends IncomingMessage {
  rawBody?: Buffer
}

/** Slack's own requests are a few kilobytes; a form with a long list some more. */
const MAX_BODY_BYTES = 1_000_000

/** How far the time of a request may be off, to both sides, ms (docs.slack.dev/authentication/verifying-requests-from-slack). */
const MAX_SKEW_MS = 300_000

/** Longest time that a request may take to arrive, ms. */
const MAX_ARRIVAL_MS = 10_000

/** Answers one request. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void

/**
 * The door for Slack's requests: the signature must hold, its time be within five minutes to both sides (the SDK takes any time ahead), and
 * no signature is taken twice (the SDK runs an exact replay again). All else is 401 and does nothing.
 */
export function httpFront(options: HttpFrontOptions): RequestHandler {
  return (request, response) => {
    void receive(request, response, options)
  }
}

/** A server for it alone; nothing listens yet. */
export function frontServer(handler: RequestHandler): Server {
  const server = createServer(handler)
  server.requestTimeout = MAX_ARRIVAL_MS
  server.headersTimeout = MAX_ARRIVAL_MS
  return server
}

async function receive(
  request: ReadRequest,
  response: ServerResponse,
  options: HttpFrontOptions,
): Promise<void> {
  try {
    if (request.method === 'POST' && pathOf(request) === options.signedPath) {
      const body = await readBody(request)
      if (body === null || !(await isGenuine(request, body, options))) {
        answer(response, body === null ? 413 : 401)
        return
      }
      request.rawBody = body
    }
    options.next(request, response)
  } catch {
    answer(response, 404)
  }
}

function pathOf({ url }: IncomingMessage): string {
  return (url ?? '').split('?', 1).join('')
}

function answer(response: ServerResponse, status: number): void {
  if (response.headersSent) return
  response.writeHead(status).end()
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function isGenuine(
  { headers }: IncomingMessage,
  body: Buffer,
  { signingSecret, seen, nowMs }: HttpFrontOptions,
): Promise<boolean> {
  const signature = headers['x-slack-signature']
  const seconds = Number(headers['x-slack-request-timestamp'] ?? Number.NaN)
  if (typeof signature !== 'string' || !Number.isSafeInteger(seconds)) return false
  if (Math.abs(nowMs() - seconds * 1_000) > MAX_SKEW_MS) return false
  const isSigned = isValidSlackRequest({
    signingSecret,
    body: body.toString(),
    headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': seconds },
    nowMilliseconds: nowMs(),
    logger: silentLogger,
  })
  return isSigned && (await seen.isNew(`signature ${signature}`))
}
