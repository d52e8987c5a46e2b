import { BODIES, DEEDS, PLACES, THINGS } from './town-words.ts'
import { createHash } from 'node:crypto'
import { channel } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server, Socket } from 'node:net'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** How a simulated feed behaves besides publishing. Troubles come and go with the hours of the simulated day. */
export type Temper =
  | 'etag'
  | 'last-modified'
  | 'plain-gzip'
  | 'brotli'
  | 'server-errors'
  | 'too-many-requests'
  | 'hangs'
  | 'resets'
  | 'bombs'
  | 'redirect-loops'
  | 'moves'
  | 'truncates'
  | 'maintenance-page'
  | 'bad-tls'
  | 'goes'

/** Of 20 feeds in a row one half is well-behaved. */
const TEMPERS: readonly Temper[] = [
  'etag',
  'server-errors',
  'etag',
  'too-many-requests',
  'etag',
  'hangs',
  'last-modified',
  'resets',
  'plain-gzip',
  'bombs',
  'etag',
  'redirect-loops',
  'brotli',
  'moves',
  'etag',
  'truncates',
  'last-modified',
  'maintenance-page',
  'bad-tls',
  'goes',
]

const HOUR_MS = 3_600_000
/** Minutes between two articles of a feed, by its number. */
const RHYTHMS_MINUTES = [20, 45, 90, 180, 400, 1_200]
/** What a feed lists: all articles of this time, ms, longer than any feed here is broken, and at least so many. */
const LISTED_MS = 30 * HOUR_MS
/** What it lists once all is healed: two days of rest, so that a feed has a second try. */
const LISTED_AFTER_MS = 80 * HOUR_MS
const LISTED_ARTICLES = 15
/** When a corrected article changes its text, ms after it came. */
const CORRECTED_AFTER_MS = 2 * HOUR_MS
/** Every so many-th article is corrected. */
const CORRECTED_EVERY = 9
const GONE_AFTER_HOURS = 18
const RETRY_AFTER_S = 1_800
/** Requests that are made while the refusal is being read do not count against the rest, ms. */
const IN_FLIGHT_MS = 250

/** One article that a simulated feed publishes. */
export interface SimulatedArticle {
  readonly url: string
  readonly text: string
}

/** What a simulated newsroom saw of its readers. */
export interface Manners {
  readonly requests: number
  /** Most requests on the wire to one host at the same time. */
  readonly mostPerHost: number
  /** Shortest time between two requests to one host, ms of the simulated clock. */
  readonly leastGapMs: number
  /** Requests to a host within the time that it had asked for by `Retry-After`. */
  readonly whileResting: number
}

/** Many feeds on many loopback hosts that replay a day of fictional news, with the troubles of the street. */
export interface Newsroom {
  readonly feedUrls: readonly string[]
  readonly temperOf: (feed: number) => Temper
  /** What a patient reader has at `atMs`: each article with the text that it has by then. Feeds that go or cannot be trusted promise nothing. */
  readonly publishedBy: (atMs: number) => SimulatedArticle[]
  readonly manners: () => Manners
  /** From now on nothing fails but what is gone or has a bad certificate. */
  heal(): void
  close(): Promise<void>
}

interface State {
  readonly startMs: number
  readonly hosts: number
  /** Hours of trouble that pass in one hour. */
  readonly haste: number
  readonly nowMs: () => number
  readonly rhythmMinutes: number | null
  readonly requests: Map<number, number>
  port: number
  tlsPort: number
  healed: boolean
}

/**
 * Opens a newsroom of `feeds` feeds on `hosts` hosts. Time is what `nowMs` says: articles appear as it goes on.
 * The articles depend on nothing but the number of their feed and the start.
 */
export async function openNewsroom(options: {
  readonly feeds: number
  readonly hosts: number
  /** All troubles of the day take place within so many hours. */
  readonly hours: number
  readonly startMs: number
  readonly nowMs: () => number
  /** Minutes between two articles, for all feeds; without it each has its own. */
  readonly rhythmMinutes?: number
}): Promise<Newsroom> {
  const state: State = {
    ...{ startMs: options.startMs, hosts: options.hosts, nowMs: options.nowMs, haste: 24 / options.hours },
    rhythmMinutes: options.rhythmMinutes ?? null,
    requests: new Map(),
    ...{ port: 0, tlsPort: 0, healed: false },
  }
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    answerRequest(request, response, state)
  }
  const pem = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8')
  const plain = await listen(createServer(answer))
  const tls = await listen(createTlsServer({ key: pem('host.key'), cert: pem('expired.pem') }, answer))
  state.port = plain.port
  state.tlsPort = tls.port
  const meter = measureManners(options.nowMs)
  return {
    feedUrls: Array.from({ length: options.feeds }, (_, feed) => feedUrl(feed, state)),
    temperOf,
    publishedBy: (atMs) =>
      Array.from({ length: options.feeds }, (_, feed) => readableArticles(feed, atMs, state)).flat(),
    manners: meter.read,
    heal: () => {
      state.healed = true
    },
    close: async () => {
      meter.stop()
      await plain.close()
      await tls.close()
    },
  }
}

function temperOf(feed: number): Temper {
  return TEMPERS[feed % TEMPERS.length]!
}

function hostName(host: number): string {
  return `127.0.${Math.floor(host / 250) + 1}.${(host % 250) + 1}`
}

function feedUrl(feed: number, { hosts, port, tlsPort }: State): string {
  const isBad = temperOf(feed) === 'bad-tls'
  const host = hostName(feed % hosts)
  return isBad ? `https://${host}:${tlsPort}/feed/${feed}` : `http://${host}:${port}/feed/${feed}`
}

function answerRequest(request: IncomingMessage, response: ServerResponse, state: State): void {
  const [, moved, number] = /^\/(moved-)?feed\/(\d+)(?:\?.*)?$/.exec(request.url ?? '') ?? []
  if (number === undefined) {
    response.writeHead(404).end()
    return
  }
  const feed = Number(number)
  const nth = (state.requests.get(feed) ?? 0) + 1
  state.requests.set(feed, nth)
  if (moved === undefined && makeTrouble({ feed, nth }, response, state)) return
  sendFeed(feed, request, response, state)
}

/** Misbehaves if it is this feed's hour to do so; whether it did. */
function makeTrouble(
  { feed, nth }: { feed: number; nth: number },
  response: ServerResponse,
  state: State,
): boolean {
  const temper = temperOf(feed)
  const hour = ((state.nowMs() - state.startMs) / HOUR_MS) * state.haste
  const during = (from: number, to: number) => !state.healed && hour >= from && hour < to
  switch (temper) {
    case 'server-errors':
      return during(6, 9) || (!state.healed && nth % 5 === 0)
        ? end(response, nth % 2 === 0 ? 500 : 503)
        : false
    case 'too-many-requests':
      return during(4, 6) ? end(response, 429, { 'retry-after': String(RETRY_AFTER_S) }) : false
    case 'hangs':
      return during(3, 5)
    case 'resets': {
      if (state.healed || nth % 4 !== 0) return false
      const { socket } = response
      if (nth % 8 === 0) socket?.destroy()
      else socket?.resetAndDestroy()
      return true
    }
    case 'bombs':
      if (!during(10, 12)) return false
      response.writeHead(200, { 'content-encoding': 'gzip', etag: '"bomb"' }).end(BOMB)
      return true
    case 'redirect-loops':
      return during(12, 14) ? end(response, 302, { location: `/feed/${feed}?turn=${nth % 2}` }) : false
    case 'moves': {
      if (hour < 5) return false
      const place = `http://${hostName((feed + 1) % state.hosts)}:${state.port}/moved-feed/${feed}`
      return end(response, 301, { location: place })
    }
    case 'truncates':
      if (state.healed || nth % 5 !== 0) return false
      response.writeHead(200, { 'content-length': '100000' })
      response.write('<rss version="2.0"><channel>', () => response.socket?.destroy())
      return true
    case 'maintenance-page':
      if (!during(9, 21)) return false
      response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><title>Back soon</title><p>We are back soon.')
      return true
    case 'goes':
      return hour >= GONE_AFTER_HOURS ? end(response, 410) : false
    case 'etag':
    case 'last-modified':
    case 'plain-gzip':
    case 'brotli':
    case 'bad-tls':
      return false
  }
}

const BOMB = gzipSync(Buffer.alloc(32 * 1024 * 1024))

function end(response: ServerResponse, status: number, headers: Record<string, string> = {}): true {
  response.writeHead(status, headers).end()
  return true
}

function sendFeed(feed: number, request: IncomingMessage, response: ServerResponse, state: State): void {
  const temper = temperOf(feed)
  const body = renderFeed(feed, state)
  const changedAt = new Date(lastChangeMs(feed, state)).toUTCString()
  const etag = `"${createHash('sha1').update(body).digest('base64url')}"`
  const known =
    temper === 'last-modified' || temper === 'resets'
      ? request.headers['if-modified-since'] === changedAt
      : temper !== 'plain-gzip' && request.headers['if-none-match'] === etag
  if (temper === 'last-modified' || temper === 'resets') response.setHeader('last-modified', changedAt)
  else if (temper !== 'plain-gzip') response.setHeader('etag', etag)
  if (known) {
    response.writeHead(304).end()
    return
  }
  response.setHeader('content-type', 'application/rss+xml; charset=utf-8')
  if (temper === 'plain-gzip')
    response.setHeader('content-encoding', 'gzip').end(gzipSync(body, { level: 1 }))
  else if (temper === 'brotli')
    response.setHeader('content-encoding', 'br').end(brotliCompressSync(body, FAST_BROTLI))
  else response.end(body)
}

const FAST_BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }

function renderFeed(feed: number, state: State): string {
  const nowMs = state.nowMs()
  const newest = newestArticle(feed, nowMs, state)
  const listedMs = state.healed ? LISTED_AFTER_MS : LISTED_MS
  const items: string[] = []
  for (let n = newest; n >= 0; n--) {
    const atMs = articleAtMs(feed, n, state)
    if (items.length >= LISTED_ARTICLES && atMs < nowMs - listedMs) break
    items.push(
      `<item><title>${titleOf(feed, n)}</title><link>${articleUrl(feed, n)}</link>` +
        `<guid isPermaLink="false">tag:newsroom.test,2026:${feed}/${n}</guid>` +
        `<pubDate>${new Date(atMs).toUTCString()}</pubDate>` +
        `<description>${articleText(feed, n, nowMs >= atMs + CORRECTED_AFTER_MS)}</description></item>`,
    )
  }
  return (
    `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Gazette ${feed}</title>` +
    `<link>https://gazette-${feed}.test/</link><description>Fictional news</description>${items.join('')}</channel></rss>`
  )
}

function rhythmMs(feed: number, { rhythmMinutes }: State): number {
  if (rhythmMinutes !== null) return rhythmMinutes * 60_000
  return RHYTHMS_MINUTES[Math.floor(feed / TEMPERS.length + feed) % RHYTHMS_MINUTES.length]! * 60_000
}

/** Every feed starts with ten old articles; numbers go on from there. */
const OLD_ARTICLES = 10

function articleAtMs(feed: number, n: number, state: State): number {
  return state.startMs + Math.round((n - OLD_ARTICLES + (feed % 97) / 97) * rhythmMs(feed, state))
}

function newestArticle(feed: number, nowMs: number, state: State): number {
  return Math.floor((nowMs - state.startMs) / rhythmMs(feed, state) - (feed % 97) / 97) + OLD_ARTICLES
}

function lastChangeMs(feed: number, state: State): number {
  const nowMs = state.nowMs()
  const newestMs = articleAtMs(feed, newestArticle(feed, nowMs, state), state)
  const corrected = newestArticle(feed, nowMs - CORRECTED_AFTER_MS, state)
  const correctedMs = articleAtMs(feed, corrected, state) + CORRECTED_AFTER_MS
  return Math.floor(Math.max(newestMs, correctedMs) / 1000) * 1000
}

function readableArticles(feed: number, atMs: number, state: State): SimulatedArticle[] {
  const temper = temperOf(feed)
  if (temper === 'bad-tls' || temper === 'goes') return []
  return Array.from({ length: newestArticle(feed, atMs, state) + 1 }, (_, n) => ({
    url: articleUrl(feed, n),
    text: articleText(feed, n, atMs >= articleAtMs(feed, n, state) + CORRECTED_AFTER_MS),
  }))
}

function articleUrl(feed: number, n: number): string {
  return `https://gazette-${feed}.test/news/${n}`
}

function pick(list: readonly string[], ...numbers: readonly number[]): string {
  return list[numbers.reduce((sum, one) => (sum * 31 + one * 7 + 3) % 100_003, 1) % list.length]!
}

function titleOf(feed: number, n: number): string {
  return `${pick(PLACES, feed, n)} ${pick(BODIES, n, feed)} ${pick(DEEDS, feed, n, 1)} ${pick(THINGS, n, feed, 2)} (${feed}.${n})`
}

function articleText(feed: number, n: number, isLate: boolean): string {
  const sentences = Array.from({ length: 5 }, (_, i) => {
    const [place, body, deed, thing] = [PLACES, BODIES, DEEDS, THINGS].map((list, j) =>
      pick(list, feed, n, i, j),
    )
    return `The ${body} of ${place} ${deed} the ${thing} after ${((feed + n * 3 + i) % 40) + 2} residents had written in.`
  })
  const correction =
    isLate && n % CORRECTED_EVERY === 0 ? ' Correction: an earlier version gave the wrong day.' : ''
  return `${sentences.join(' ')} Report ${feed}.${n}.${correction}`
}

async function listen(server: Server): Promise<{ port: number; close: () => Promise<void> }> {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => undefined)
  })
  server.on('tlsClientError', () => undefined)
  // All of 127.0.0.0/8 leads here: one server is every host.
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', 1_024, resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve()
      })
      for (const socket of open) socket.destroy()
    })
  return { port: (server.address() as AddressInfo).port, close }
}

interface UndiciRequest {
  readonly origin: string | URL
}

interface HostSeen {
  open: number
  lastMs: number
  restsFromMs: number
  restsUntilMs: number
}

/** Listens to undici as it sends and hears: there the times are the fetcher's own, before any queue of the system. */
function measureManners(nowMs: () => number): { read: () => Manners; stop: () => void } {
  const hosts = new Map<string, HostSeen>()
  const seen = { requests: 0, mostPerHost: 0, leastGapMs: Infinity, whileResting: 0 }
  const open = new WeakSet<UndiciRequest>()
  const hostOf = ({ origin }: UndiciRequest) => {
    const host = hosts.get(String(origin)) ?? { open: 0, lastMs: -Infinity, restsFromMs: 0, restsUntilMs: 0 }
    hosts.set(String(origin), host)
    return host
  }
  const onCreate = (request: UndiciRequest) => {
    const host = hostOf(request)
    const atMs = nowMs()
    open.add(request)
    seen.requests++
    seen.mostPerHost = Math.max(seen.mostPerHost, ++host.open)
    seen.leastGapMs = Math.min(seen.leastGapMs, atMs - host.lastMs)
    if (atMs > host.restsFromMs && atMs < host.restsUntilMs) seen.whileResting++
    host.lastMs = atMs
  }
  const onHeaders = (request: UndiciRequest, status: number | undefined) => {
    if (status !== 429) return
    const host = hostOf(request)
    host.restsFromMs = nowMs() + IN_FLIGHT_MS
    host.restsUntilMs = nowMs() + RETRY_AFTER_S * 1000
  }
  const onEnd = (request: UndiciRequest) => {
    if (open.delete(request)) hostOf(request).open--
  }
  const stops = [
    listenTo('undici:request:create', onCreate),
    listenTo('undici:request:headers', onHeaders),
    listenTo('undici:request:trailers', onEnd),
    listenTo('undici:request:error', onEnd),
  ]
  return {
    read: () => ({ ...seen }),
    stop: () => {
      for (const stop of stops) stop()
    },
  }
}

function listenTo(
  name: string,
  hear: (request: UndiciRequest, status: number | undefined) => void,
): () => void {
  const listener = (message: unknown) => {
    const { request, response } = message as { request: UndiciRequest; response?: { statusCode: number } }
    hear(request, response?.statusCode)
  }
  channel(name).subscribe(listener)
  return () => {
    channel(name).unsubscribe(listener)
  }
}
