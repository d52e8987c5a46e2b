import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

/** A call that arrived. */
export interface SlackCallSeen {
  readonly method: string
  readonly args: Readonly<Record<string, unknown>>
}

/** What a method answers instead of its usual: JSON, a status, or nothing (`'lost'`: it was done, the connection ends). */
export type SlackTrouble =
  | { readonly status: number; readonly retryAfter?: number }
  | { readonly error: string; readonly needed?: string }
  | 'lost'

/** A small Slack on loopback: enough of the Web API, `response_url`s and Socket Mode for one workspace `T1` with the channel `C1`. */
export interface FakeSlackServer {
  readonly api: string
  readonly calls: SlackCallSeen[]
  /** Messages that were taken, in order. */
  readonly posted: Record<string, unknown>[]
  /** Answers to `response_url`s, in order. */
  readonly responses: Record<string, unknown>[]
  /** The next answers of a method, one trouble each. */
  readonly troubles: Map<string, SlackTrouble[]>
  readonly responseUrl: string
  /** Live connections of Socket Mode. */
  sockets(): number
  /** Sends a command over one of them; `true` when it was acknowledged. */
  socketCommand(body: Readonly<Record<string, unknown>>): Promise<boolean>
  /** Slack announces that it renews all connections. */
  refresh(): void
  /** All connections break. */
  drop(): void
  close(): Promise<void>
}

const OK: Readonly<Record<string, (args: Record<string, unknown>) => Record<string, unknown>>> = {
  'auth.test': () => ({ team_id: 'T1', team: 'One', user_id: 'U0BOT', bot_id: 'B1' }),
  'users.info': ({ user }) => ({ user: { id: user, is_admin: user === 'U0ADMIN', locale: 'de-DE' } }),
  'conversations.info': ({ channel }) => ({
    channel: { id: channel, is_member: channel === 'C1', is_archived: false },
  }),
  'views.open': () => ({ view: { id: 'V1' } }),
  'oauth.v2.access': () => ({
    ...{
      access_token: 'xoxb-new',
      token_type: 'bot',
      scope: 'chat:write,commands',
      bot_user_id: 'U0BOT',
      app_id: 'A1',
    },
    ...{
      team: { id: 'T1', name: 'One' },
      enterprise: null,
      is_enterprise_install: false,
      authed_user: { id: 'U0ADMIN' },
    },
  }),
}

/** Opens the server. */
export async function openFakeSlack(): Promise<FakeSlackServer> {
  const calls: SlackCallSeen[] = []
  const responses: Record<string, unknown>[] = []
  const troubles = new Map<string, SlackTrouble[]>()
  const posted: Record<string, unknown>[] = []
  const links = new Links()
  const server = createServer((request, response) => {
    void readText(request).then((text) => {
      const path = request.url ?? ''
      if (path === '/response') {
        responses.push(JSON.parse(text) as Record<string, unknown>)
        json(response, 200, { ok: true })
        return
      }
      const method = path.replace('/api/', '')
      const args = argsOf(text)
      calls.push({ method, args })
      const trouble = troubles.get(method)?.shift()
      const done = () => answerOf(method, args, posted, base)
      if (trouble === undefined) json(response, 200, { ok: true, ...done() })
      else if (trouble === 'lost') {
        done()
        response.destroy()
      } else if ('error' in trouble) json(response, 200, { ok: false, ...trouble })
      else {
        json(response, trouble.status, {}, trouble.retryAfter)
      }
    })
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    links.open(request, socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...{
      api: `http://${base}/api/`,
      calls,
      posted,
      responses,
      troubles,
      responseUrl: `http://${base}/response`,
    },
    sockets: () => links.size,
    socketCommand: (body) =>
      links.send({ type: 'slash_commands', accepts_response_payload: true, payload: body }),
    refresh: () => {
      links.refresh()
    },
    drop: () => {
      links.drop()
    },
    close: () =>
      new Promise((resolve) => {
        links.drop()
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

function answerOf(
  method: string,
  args: Record<string, unknown>,
  posted: Record<string, unknown>[],
  base: string,
): Record<string, unknown> {
  if (method === 'apps.connections.open') return { url: `ws://${base}/link` }
  if (method === 'chat.postMessage') {
    const ts = `1700000000.${String(posted.length).padStart(6, '0')}`
    posted.push({ ...args, ts })
    return { ts }
  }
  if (method === 'conversations.history') return { messages: posted.toReversed() }
  return OK[method]?.(args) ?? {}
}

function argsOf(text: string): Record<string, unknown> {
  const args: Record<string, unknown> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    args[name] = /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value
  }
  return args
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function json(response: ServerResponse, status: number, body: unknown, retryAfter?: number): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'X-OAuth-Scopes': 'commands,users:read',
    ...(retryAfter === undefined ? {} : { 'Retry-After': retryAfter }),
  })
  response.end(JSON.stringify(body))
}

/** The server's side of WebSockets, as far as Socket Mode goes: short text frames, and closing. */
class Links {
  readonly #open = new Map<Duplex, boolean>()
  readonly #waiting = new Map<string, () => void>()
  #envelopes = 0

  get size(): number {
    return this.#open.size
  }

  open(request: IncomingMessage, socket: Duplex): void {
    const key = `${String(request.headers['sec-websocket-key'])}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
    const accept = createHash('sha1').update(key).digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
    this.#open.set(socket, true)
    socket.on('data', (bytes: Buffer) => {
      this.#read(socket, bytes)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => this.#open.delete(socket))
    socket.write(
      frame(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } })),
    )
  }

  async send(envelope: Readonly<Record<string, unknown>>): Promise<boolean> {
    const id = `e${++this.#envelopes}`
    const acknowledged = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => {
        resolve(false)
      }, 3_000)
      this.#waiting.set(id, () => {
        clearTimeout(timer)
        resolve(true)
      })
    })
    const [socket] = this.#open.keys()
    socket?.write(frame(JSON.stringify({ envelope_id: id, ...envelope })))
    return acknowledged
  }

  refresh(): void {
    for (const socket of this.#open.keys()) {
      socket.write(frame(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' })))
    }
  }

  drop(): void {
    for (const socket of this.#open.keys()) socket.destroy()
    this.#open.clear()
  }

  #read(socket: Duplex, bytes: Buffer): void {
    for (let at = 0; at + 6 <= bytes.length;) {
      const code = (bytes[at] ?? 0) & 15
      let size = (bytes[at + 1] ?? 0) & 127
      at += 2
      if (size === 126) {
        size = bytes.readUInt16BE(at)
        at += 2
      }
      const mask = bytes.subarray(at, at + 4)
      const body = bytes.subarray(at + 4, at + 4 + size).map((byte, index) => byte ^ (mask[index % 4] ?? 0))
      at += 4 + size
      if (code === 1) this.#acknowledge(Buffer.from(body).toString())
      if (code === 8) socket.end(Buffer.from([0x88, 0]))
      if (code === 9) socket.write(Buffer.concat([Buffer.from([0x8a, size]), Buffer.from(body)]))
    }
  }

  #acknowledge(text: string): void {
    const { envelope_id: id } = JSON.parse(text) as { envelope_id: string }
    this.#waiting.get(id)?.()
  }
}

function frame(text: string): Buffer {
  const body = Buffer.from(text)
  const head =
    body.length < 126
      ? Buffer.from([0x81, body.length])
      : Buffer.from([0x81, 126, body.length >> 8, body.length & 255])
  return Buffer.concat([head, body])
}

/** Headers of a request as Slack signs it. */
export function signedHeaders(body: string, secret: string, atMs: number): Record<string, string> {
  const seconds = String(Math.floor(atMs / 1_000))
  const signature = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')
  return {
    'Content-Type': body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded',
    'X-Slack-Request-Timestamp': seconds,
    'X-Slack-Signature': `v0=${signature}`,
  }
}
