import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { WebSocketServer, type WebSocket } from 'ws'

/** One request that reached the fake. */
export interface FakeRequest {
  readonly method: string
  readonly path: string
  readonly raw: string
  readonly authorization: string | undefined
}

/** What the fake does to the next requests whose method and path match, instead of its work or after it. */
export interface FakeTrouble {
  readonly match: RegExp
  readonly status?: number
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
  /** Does the work, then loses the answer. */
  readonly dropsAfter?: boolean
  times: number
}

/** A Discord of one server with a text channel, a forum and a thread; just as much of it as the tests need. */
export interface FakeDiscord {
  readonly api: string
  readonly requests: FakeRequest[]
  readonly troubles: FakeTrouble[]
  /** Messages by channel, oldest first. */
  readonly messages: Map<string, Record<string, unknown>[]>
  commands: unknown[]
  /** Answers to interactions by their id. */
  readonly answers: Map<string, { type: number; data?: Record<string, unknown> }>
  readonly sockets: Set<WebSocket>
  /** Frames that clients sent over the gateway. */
  readonly frames: { op: number; d: unknown }[]
  /** Sends an event to every connection. */
  dispatch(event: string, data: unknown): void
  close(): Promise<void>
}

export const BOT = '1100000000000000001'
export const TOKEN = `${Buffer.from(BOT).toString('base64')}.fake.token`
export const GUILD = '1100000000000001100'
export const CHANNEL = '1100000000000001110'
export const FORUM = '1100000000000001111'

/** The server as the gateway tells it; the bot may do all that it needs in `CHANNEL` unless `deny` says else. */
export function fakeGuild(deny = '0'): Record<string, unknown> {
  const channel = (id: string, type: number, name: string) => ({
    ...{ id, type, name, guild_id: GUILD, parent_id: null },
    permission_overwrites: [{ id: BOT, type: 1, allow: '0', deny }],
  })
  return {
    ...{ id: GUILD, name: 'Harbour readers', owner_id: '1', system_channel_id: CHANNEL, unavailable: false },
    roles: [
      { id: GUILD, permissions: String((1n << 10n) | (1n << 11n) | (1n << 16n) | (1n << 35n) | (1n << 38n)) },
    ],
    members: [{ user: { id: BOT }, roles: [] }],
    channels: [channel(CHANNEL, 0, 'news'), channel(FORUM, 15, 'forum')],
    threads: [],
  }
}

/** Opens the fake on a free port of loopback. */
export async function openFakeDiscord(): Promise<FakeDiscord> {
  const state = {
    requests: [] as FakeRequest[],
    troubles: [] as FakeTrouble[],
    messages: new Map<string, Record<string, unknown>[]>(),
    commands: [] as unknown[],
    answers: new Map<string, { type: number; data?: Record<string, unknown> }>(),
    sockets: new Set<WebSocket>(),
    frames: [] as { op: number; d: unknown }[],
    nonces: new Map<string, Record<string, unknown>>(),
    ids: 1_600_000_000_000_000_000n,
    seq: 0,
    api: '',
  }
  const server = createServer((request, response) => {
    // A client that goes away in the middle of its request is no failure of a test.
    handle(state, request, response).catch(() => response.destroy())
  })
  const gateway = new WebSocketServer({ server })
  gateway.on('connection', (socket) => {
    greet(state, socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  state.api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
  return Object.assign(state, {
    dispatch(event: string, data: unknown) {
      state.seq += 1
      for (const socket of state.sockets) {
        socket.send(JSON.stringify({ op: 0, t: event, s: state.seq, d: data }))
      }
    },
    async close() {
      for (const socket of state.sockets) socket.terminate()
      gateway.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
}

type State = Omit<FakeDiscord, 'dispatch' | 'close'> & {
  nonces: Map<string, Record<string, unknown>>
  ids: bigint
  seq: number
}

function greet(state: State, socket: WebSocket): void {
  state.sockets.add(socket)
  socket.on('close', () => state.sockets.delete(socket))
  socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 60_000 }, s: null, t: null }))
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString('utf8')) as { op: number; d: { token?: string } }
    state.frames.push(frame)
    if (frame.op === 2 && frame.d.token !== TOKEN) socket.close(4004)
    else if (frame.op === 2) welcome(state, socket)
    else if (frame.op === 6) say(state, socket, 'RESUMED', {})
  })
}

function welcome(state: State, socket: WebSocket): void {
  const url = state.api.replace('http', 'ws')
  say(state, socket, 'READY', {
    ...{ v: 10, session_id: 'session', resume_gateway_url: url, shard: [0, 1] },
    ...{ user: { id: BOT }, application: { id: BOT }, guilds: [{ id: GUILD, unavailable: true }] },
  })
  say(state, socket, 'GUILD_CREATE', fakeGuild())
}

function say(state: State, socket: WebSocket, event: string, data: unknown): void {
  state.seq += 1
  socket.send(JSON.stringify({ op: 0, t: event, s: state.seq, d: data }))
}

async function handle(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '').replace('/api/v10', '')
  const method = request.method ?? ''
  const raw = await text(request)
  state.requests.push({ method, path, raw, authorization: request.headers.authorization })
  const trouble = state.troubles.find(({ match, times }) => times > 0 && match.test(`${method} ${path}`))
  if (trouble !== undefined) trouble.times -= 1
  const needsToken = !/^\/(?:interactions|webhooks|attachments)\//.test(path)
  const answer =
    trouble?.status !== undefined
      ? { status: trouble.status, body: trouble.body ?? {} }
      : needsToken && request.headers.authorization !== `Bot ${TOKEN}`
        ? { status: 401, body: { message: '401: Unauthorized', code: 0 } }
        : answerOf(state, method, path, raw)
  if (trouble?.dropsAfter === true) {
    request.socket.destroy()
    return
  }
  response.writeHead(answer.status, { 'content-type': 'application/json', ...trouble?.headers })
  response.end(JSON.stringify(answer.body))
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

function answerOf(state: State, method: string, path: string, raw: string): Answer {
  const [, root = '', id = '', below = '', message = '', deep = ''] = path.split(/[/?]/)
  const body = (raw.startsWith('{') ? JSON.parse(raw) : {}) as Record<string, unknown>
  if (root === 'gateway') return gatewayInformation(state)
  if (path === '/users/@me') return { status: 200, body: { id: BOT } }
  if (root === 'users') return { status: 200, body: { id: '1200000000000000001' } }
  if (root === 'applications') {
    if (method === 'PUT') state.commands = JSON.parse(raw) as unknown[]
    return { status: 200, body: state.commands }
  }
  if (root === 'interactions') {
    state.answers.set(id, body as { type: number })
    return { status: 204, body: null }
  }
  if (root === 'attachments') return { status: 200, body: '<opml/>' }
  if (root === 'webhooks') return { status: 200, body: { id: '1' } }
  if (root === 'guilds')
    return {
      status: 200,
      body: { threads: [...state.messages.keys()].map((one) => ({ id: one, parent_id: FORUM })) },
    }
  if (below === '') {
    if (id === CHANNEL || id === FORUM)
      return { status: 200, body: { id, type: id === FORUM ? 15 : 0, guild_id: GUILD } }
    return { status: 404, body: { message: 'Unknown Channel', code: 10003 } }
  }
  if (below === 'threads') return openPost(state, body)
  if (deep === 'threads') return { status: 201, body: { id: message } }
  if (method === 'GET' && /^\d+$/.test(message)) return { status: 200, body: state.messages.get(id)?.[0] }
  if (method === 'GET') return { status: 200, body: [...(state.messages.get(id) ?? [])].reverse() }
  if (method === 'PATCH') return { status: 200, body: { id: message } }
  return post(state, id, body)
}

function gatewayInformation({ api }: State): Answer {
  const limit = { total: 1_000, remaining: 1_000, reset_after: 60_000, max_concurrency: 1 }
  return { status: 200, body: { url: api.replace('http', 'ws'), shards: 1, session_start_limit: limit } }
}

function post(state: State, channel: string, body: Record<string, unknown>): Answer {
  const nonce = String(body['nonce'])
  const before = state.nonces.get(nonce)
  if (before !== undefined) return { status: 200, body: before }
  state.ids += 1n
  const message = { ...body, id: String(state.ids) }
  state.nonces.set(nonce, message)
  state.messages.set(channel, [...(state.messages.get(channel) ?? []), message])
  return { status: 200, body: message }
}

function openPost(state: State, { message }: Record<string, unknown>): Answer {
  state.ids += 1n
  const id = String(state.ids)
  state.messages.set(id, [{ ...(message as object), id }])
  return { status: 201, body: { id } }
}
