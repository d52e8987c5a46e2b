import { createHash } from 'node:crypto'
import { setTimeout as sleepFor } from 'node:timers/promises'
import { Agent, ProxyAgent, type Dispatcher } from 'undici'
import type { FeedRequest, FeedSecrets, FeedSource } from '../../app/ports/feed-source.ts'
import type { HubAnswer, HubClient, HubRequest } from '../../app/ports/hub-client.ts'
import type { PageSource } from '../../app/ports/page-source.ts'
import type { FetchOutcome, Validators } from '../../core/feed/fetch-outcome.ts'
import { createAddressGuard, type AddressGuard } from './address-guard.ts'
import { ACCEPT_ENCODING } from './decode-body.ts'
import { exchange, type Answer } from './exchange.ts'
import { failedOutcome, problemText, shownUrl, type Trouble } from './fetch-problem.ts'
import { guardedConnector, type ResolveAll } from './guarded-connector.ts'
import { HostGate } from './host-gate.ts'
import { freshForMs, headerOf, joinedHeader, retryAtMs } from './response-headers.ts'
import { RobotsCache, type RobotsAnswer } from './robots-cache.ts'
import { MAX_ROBOTS_BYTES } from './robots-rules.ts'
import { createTimeBudget, type TimeBudget } from './time-budget.ts'

/** How to fetch. Everything has a default but who we are. */
export interface FetcherOptions {
  /** Version of tidings, for the User-Agent. */
  readonly version: string
  /** Where a site's owner can read who we are. */
  readonly contactUrl?: string
  /** CIDRs, addresses and hosts of private networks that feeds may use. None by default. */
  readonly allowAddresses?: readonly string[]
  /** `http://…` or `socks5://…`; the guard then judges targets by their spelling, as the proxy resolves names. */
  readonly proxyUrl?: string
  readonly maxFeedBytes?: number
  readonly maxPageBytes?: number
  /** For one fetch with all its redirects, without the wait for its turn. */
  readonly maxMs?: number
  readonly maxConcurrent?: number
  readonly maxPerHost?: number
  readonly minGapMs?: number
  /** PEM certificates trusted besides those of the system. */
  readonly ca?: string
  readonly nowMs?: () => number
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>
  readonly resolve?: ResolveAll
}

/** Feeds and pages over HTTP, and their hubs. `close` ends all connections. */
export interface Fetcher extends FeedSource, PageSource, HubClient {
  close(): Promise<void>
}

/** Largest feed, bytes, as sent and decompressed: the largest well-meant feeds are some 5 MB. */
const MAX_FEED_BYTES = 10 * 1024 * 1024
/** Largest page, bytes, as sent and decompressed. */
const MAX_PAGE_BYTES = 5 * 1024 * 1024
/** Longest fetch, ms. Below 10 s slow shared hosts fail; above a minute a hanging host costs too much. */
const MAX_MS = 30_000
/** Requests on the wire at once: 10,000 feeds in 15 minutes are 11 a second, of 1 s or so each. */
const MAX_CONCURRENT = 64
/** Requests at once to one host; browsers use six. */
const MAX_PER_HOST = 2
/** Least time between two requests to one host, ms. */
const MIN_GAP_MS = 1_000
/** Redirects followed; browsers follow 20, honest feeds need three. */
const MAX_REDIRECTS = 8
/** Bytes of response headers, all together. */
const MAX_HEADER_BYTES = 32 * 1024
/** Largest answer of a hub, bytes; nobody reads it. */
const MAX_HUB_BYTES = 64 * 1024
const CONNECT_TIMEOUT_MS = 10_000
/** Longest URL asked for, characters (the longest that all browsers take). */
const MAX_URL_CHARS = 2_048
/** How long an unused connection stays open, ms: long enough for the next request to the same host. */
const KEEP_ALIVE_MS = 4_000
/** How long a host rests after a 429 that names no time, ms. */
const UNNAMED_REST_MS = 60_000
const PRODUCT = 'tidings'

const ACCEPT_FEED =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1'
const ACCEPT_PAGE = 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1'
const NO_VALIDATORS: Validators = { etag: null, lastModified: null, bodyHash: null }

/** A fetcher that keeps the guard, the limits and the manners of this room (see docs/decisions/004-fetching.md). */
export function createFetcher(options: FetcherOptions): Fetcher {
  const fetcher = new HttpFetcher(options)
  return {
    fetchFeed: (request) => fetcher.fetchFeed(request),
    fetchPage: (request) => fetcher.fetchPage(request),
    askHub: (request) => fetcher.askHub(request),
    close: () => fetcher.close(),
  }
}

interface Trip {
  readonly start: string
  readonly accept: string
  readonly maxBytes: number
  readonly isPage: boolean
  readonly validators: Validators
  /** Where secrets may go, and as which headers. */
  readonly secretUrl: URL | null
  readonly secretHeaders: Readonly<Record<string, string>>
  readonly signal: AbortSignal | undefined
  /** Sent with every request of the trip, which is a POST then. */
  readonly form?: URLSearchParams
}

type Step = { readonly outcome: FetchOutcome } | { readonly answer: Answer }

class HttpFetcher {
  readonly #guard: AddressGuard
  readonly #dispatcher: Dispatcher
  readonly #gate: HostGate
  readonly #robots: RobotsCache
  readonly #userAgent: string
  readonly #nowMs: () => number
  readonly #maxMs: number
  readonly #maxFeedBytes: number
  readonly #maxPageBytes: number

  constructor(options: FetcherOptions) {
    const { nowMs = Date.now, sleep = sleepUnlessAborted } = options
    this.#nowMs = nowMs
    this.#maxMs = options.maxMs ?? MAX_MS
    this.#maxFeedBytes = options.maxFeedBytes ?? MAX_FEED_BYTES
    this.#maxPageBytes = options.maxPageBytes ?? MAX_PAGE_BYTES
    this.#userAgent = `${PRODUCT}/${options.version}${options.contactUrl ? ` (+${options.contactUrl})` : ''}`
    this.#guard = createAddressGuard(options.allowAddresses)
    this.#dispatcher = createDispatcher(this.#guard, options)
    this.#robots = new RobotsCache((url) => this.#loadRobots(url), PRODUCT, nowMs)
    this.#gate = new HostGate({
      maxConcurrent: options.maxConcurrent ?? MAX_CONCURRENT,
      maxPerHost: options.maxPerHost ?? MAX_PER_HOST,
      minGapMs: options.minGapMs ?? MIN_GAP_MS,
      nowMs,
      sleep: async (ms, signal) => {
        await sleep(ms, signal)
      },
    })
  }

  async fetchFeed(request: FeedRequest): Promise<FetchOutcome> {
    return this.#follow({
      start: request.movedTo ?? request.url,
      accept: ACCEPT_FEED,
      maxBytes: this.#maxFeedBytes,
      isPage: false,
      validators: request.validators ?? NO_VALIDATORS,
      secretUrl: URL.parse(request.url),
      secretHeaders: secretHeaders(request.secrets),
      signal: request.signal,
    })
  }

  async fetchPage(request: { readonly url: string; readonly signal?: AbortSignal }): Promise<FetchOutcome> {
    return this.#follow({
      start: request.url,
      accept: ACCEPT_PAGE,
      maxBytes: this.#maxPageBytes,
      isPage: true,
      validators: NO_VALIDATORS,
      secretUrl: null,
      secretHeaders: {},
      signal: request.signal,
    })
  }

  async askHub(request: HubRequest): Promise<HubAnswer> {
    const { hub, mode, topic, callback, secret, leaseSeconds, signal } = request
    const outcome = await this.#follow({
      ...{ start: hub, accept: '*/*', maxBytes: MAX_HUB_BYTES, isPage: false, validators: NO_VALIDATORS },
      ...{ secretUrl: null, secretHeaders: {}, signal },
      form: new URLSearchParams({
        ...{ 'hub.mode': mode, 'hub.topic': topic, 'hub.callback': callback, 'hub.secret': secret },
        'hub.lease_seconds': String(leaseSeconds),
      }),
    })
    return hubAnswer(hub, outcome)
  }

  close(): Promise<void> {
    return this.#dispatcher.destroy()
  }

  async #follow(trip: Trip): Promise<FetchOutcome> {
    let url = trip.start.length <= MAX_URL_CHARS ? URL.parse(trip.start) : null
    if (url === null) return failedOutcome(trip.start, { failure: 'refused', why: 'URL is not valid' })
    const budget = createTimeBudget(this.#maxMs)
    let movedTo: string | null = null
    let isPermanent = true
    const seen = new Set<string>()
    while (!seen.has(url.href) && seen.size <= MAX_REDIRECTS) {
      seen.add(url.href)
      const step = await this.#ask(url, trip, budget)
      if ('outcome' in step) return step.outcome
      const { answer } = step
      if (answer.kind === 'trouble') return failedOutcome(url.href, answer)
      const next = redirectTarget(answer, url, trip.form === undefined ? REDIRECTS : POST_REDIRECTS)
      if (next === null) return this.#conclude(answer, url, movedTo, trip.validators)
      isPermanent &&= answer.status === 301 || answer.status === 308
      if (isPermanent) movedTo = next.href
      url = next
    }
    const why = seen.has(url.href) ? 'redirects go in a circle' : `more than ${MAX_REDIRECTS} redirects`
    return failedOutcome(trip.start, { failure: 'redirects', why })
  }

  /** One request of a trip, at its turn: either an answer, or the outcome where the request may not be made. */
  async #ask(url: URL, trip: Trip, budget: TimeBudget): Promise<Step> {
    url.hash = ''
    const refusal = this.#guard.refuseUrl(url)
    if (refusal !== null) return { outcome: failedOutcome(url.href, { failure: 'refused', why: refusal }) }
    const rules = trip.isPage ? await this.#robots.rulesFor(url) : null
    if (rules?.allows(url.href) === false) {
      return { outcome: failedOutcome(url.href, { failure: 'robots', why: 'robots.txt does not allow it' }) }
    }
    return this.#exchangeAtTurn(url, trip, budget, rules?.crawlDelayMs)
  }

  async #exchangeAtTurn(
    url: URL,
    trip: Trip,
    budget: TimeBudget,
    crawlDelayMs?: number | null,
  ): Promise<Step> {
    const headers = this.#headersFor(url, trip)
    return this.#gate.run(
      url.host,
      async () => {
        const restsUntilMs = this.#gate.admit(url.host)
        if (restsUntilMs !== null) return { outcome: failedOutcome(url.href, HOST_RESTS, restsUntilMs) }
        const limits = { budget, maxBytes: trip.maxBytes }
        const answer = await exchange(this.#dispatcher, url, headers, limits, trip.signal, trip.form)
        this.#noteHost(url.host, answer)
        return { answer }
      },
      trip.signal,
      crawlDelayMs ?? undefined,
    )
  }

  #noteHost(host: string, answer: Answer): void {
    if (answer.kind === 'trouble') {
      if (answer.failure !== 'aborted' && answer.failure !== 'refused') {
        this.#gate.noteAnswer(host, !SILENT.has(answer.failure))
      }
      return
    }
    this.#gate.noteAnswer(host, true)
    if (answer.status === 429) {
      const nowMs = this.#nowMs()
      this.#gate.rest(host, retryAtMs(answer.headers, nowMs) ?? nowMs + UNNAMED_REST_MS)
    }
  }

  #headersFor(url: URL, trip: Trip): Record<string, string> {
    const { etag, lastModified } = trip.validators
    return {
      'user-agent': this.#userAgent,
      accept: trip.accept,
      'accept-encoding': ACCEPT_ENCODING,
      ...(etag === null ? {} : { 'if-none-match': etag }),
      ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
      ...(trip.secretUrl !== null && mayKnowSecrets(url, trip.secretUrl) ? trip.secretHeaders : {}),
    }
  }

  #conclude(
    answer: Extract<Answer, { kind: 'answer' }>,
    url: URL,
    movedTo: string | null,
    known: Validators,
  ): FetchOutcome {
    const { status, headers, body } = answer
    const nowMs = this.#nowMs()
    const isConditional = known.etag !== null || known.lastModified !== null
    if (status === 410)
      return { kind: 'gone', problem: problemText(url.href, 'status is 410, gone for good') }
    const isGood = (status >= 200 && status <= 299) || (status === 304 && isConditional)
    if (!isGood) {
      return failedOutcome(
        url.href,
        { failure: 'status', why: `status is ${status}`, status },
        retryAtMs(headers, nowMs),
      )
    }
    const bodyHash = status === 304 ? known.bodyHash : createHash('sha256').update(body).digest('hex')
    const validators = {
      etag: headerOf(headers, 'etag') ?? (status === 304 ? known.etag : null),
      lastModified: headerOf(headers, 'last-modified') ?? (status === 304 ? known.lastModified : null),
      bodyHash,
    }
    const facts = { validators, movedTo, freshForMs: freshForMs(headers, nowMs) }
    // Servers without validators send the same body again and again; a hash spares the reading.
    if (status === 304 || bodyHash === known.bodyHash) return { kind: 'not-modified', ...facts }
    const links = joinedHeader(headers, 'link')
    return {
      ...{ kind: 'fetched', ...facts, url: url.href, body, contentType: headerOf(headers, 'content-type') },
      ...(links === '' ? {} : { links }),
    }
  }

  async #loadRobots(robotsUrl: string): Promise<RobotsAnswer> {
    const outcome = await this.#follow({
      start: robotsUrl,
      accept: 'text/plain, */*;q=0.1',
      maxBytes: MAX_ROBOTS_BYTES,
      isPage: false,
      validators: NO_VALIDATORS,
      secretUrl: null,
      secretHeaders: {},
      signal: undefined,
    })
    if (outcome.kind === 'fetched') return { kind: 'text', text: new TextDecoder().decode(outcome.body) }
    const status = outcome.kind === 'failed' ? (outcome.status ?? 500) : 404
    return { kind: status < 500 && status !== 429 ? 'none' : 'unknown' }
  }
}

/** Failures after which a host counts as not there. */
const SILENT: ReadonlySet<string> = new Set(['dns', 'connect', 'tls', 'timeout', 'protocol'])
const HOST_RESTS: Trouble = { failure: 'host-rests', why: 'host is left alone for a while' }

/** Statuses that are no final word of a hub. */
const PASSING_STATUS: ReadonlySet<number> = new Set([408, 425, 429])

function hubAnswer(hub: string, outcome: FetchOutcome): HubAnswer {
  if (outcome.kind === 'fetched' || outcome.kind === 'not-modified') return { kind: 'accepted' }
  const why = outcome.problem.replace(/^Cannot fetch "[^"]*": /, '')
  const problem = `Cannot ask hub "${shownUrl(hub)}": ${why}`
  if (outcome.kind === 'gone') return { kind: 'refused', problem }
  const { failure, status } = outcome
  const isFinal = status !== null && status >= 400 && status < 500 && !PASSING_STATUS.has(status)
  return { kind: isFinal || failure === 'refused' ? 'refused' : 'failed', problem }
}

async function sleepUnlessAborted(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleepFor(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
}

function createDispatcher(guard: AddressGuard, options: FetcherOptions): Dispatcher {
  const shared = {
    maxHeaderSize: MAX_HEADER_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    // The time budget of the trip covers both.
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
  }
  const tls = { timeout: CONNECT_TIMEOUT_MS, allowH2: false, ...(options.ca ? { ca: options.ca } : {}) }
  if (options.proxyUrl) return new ProxyAgent({ ...shared, uri: options.proxyUrl, requestTls: tls })
  return new Agent({ ...shared, connect: guardedConnector(guard, tls, options.resolve) })
}

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308]
/** The redirects after which a form is sent again; the others would make a GET of it. */
const POST_REDIRECTS: readonly number[] = [307, 308]

function redirectTarget(
  answer: Extract<Answer, { kind: 'answer' }>,
  from: URL,
  followed: readonly number[],
): URL | null {
  if (!followed.includes(answer.status)) return null
  const location = headerOf(answer.headers, 'location')
  return location === null || location.length > MAX_URL_CHARS ? null : URL.parse(location, from.href)
}

/** Secrets go to the origin they were given for, and to the same host once it speaks TLS. */
function mayKnowSecrets(url: URL, given: URL): boolean {
  if (url.origin === given.origin) return true
  const isUpgrade =
    given.protocol === 'http:' && url.protocol === 'https:' && given.port === '' && url.port === ''
  return isUpgrade && url.hostname === given.hostname
}

function secretHeaders(secrets: FeedSecrets | undefined): Record<string, string> {
  if (secrets === undefined) return {}
  const { headers = {}, cookies, basicAuth } = secrets
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  return {
    ...Object.fromEntries(lower),
    ...(cookies === undefined ? {} : { cookie: cookies }),
    ...(basicAuth === undefined
      ? {}
      : { authorization: `Basic ${base64(`${basicAuth.user}:${basicAuth.password}`)}` }),
  }
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}
