import { Hono, type Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { HttpBindings } from '@hono/node-server'
import { createHash, timingSafeEqual } from 'node:crypto'
import { storyPageUrl } from '../../core/digest/page-address.ts'
import type { NewsPages } from '../../app/ports/news-pages.ts'
import type { OperatorAction, OperatorDesk } from '../../app/ports/operator-desk.ts'
import type { OutcomeLog } from '../../app/ports/outcome-log.ts'
import type { MetricsText, Readiness } from '../../app/ports/service-health.ts'
import { digestFeed, type FeedForm } from './digest-feeds.ts'
import {
  correctionsMain,
  deliveriesMain,
  feedsMain,
  inspectMain,
  loginMain,
  noticeLine,
  offMain,
  overviewMain,
  schedulesMain,
  type FormSeal,
} from './operator-pages.ts'
import { MIN_TOKEN_CHARS, OperatorSessions, type OperatorSession } from './operator-session.ts'
import { pageFrame, type Frame, type Markup } from './page-frame.ts'
import { archiveMain, digestMain, frontMain, plainMain, searchMain, severalMain } from './reader-pages.ts'
import { storyMain } from './story-page.ts'
import { ICON, STYLE, STYLE_PATH } from './style.ts'
import { DEFAULT_WEB_LIMITS, VisitorLimits, type Counted, type WebLimits } from './visitor-limits.ts'
import { html } from 'hono/html'

/** What the web server is made of. */
export interface WebRooms {
  readonly pages: NewsPages
  readonly desk: OperatorDesk
  readonly readiness: () => Promise<Readiness>
  /** `null`: there is no such page. */
  readonly metrics: (() => Promise<MetricsText>) | null
  readonly nowMs: () => number
  readonly log: OutcomeLog
  /** Hears of every answer; `page` is the kind of page, never an address. */
  readonly onAnswer?: (answer: {
    readonly page: string
    readonly status: number
    readonly ms: number
  }) => void
}

/** How to serve. */
export interface WebOptions {
  /** Opens the operator's page and the metrics; `null`: both are shut. */
  readonly adminToken: string | null
  /** Metrics without the token. */
  readonly openMetrics: boolean
  /** Where people reach the pages, without a slash at the end; `null`: as they asked. */
  readonly publicUrl: string | null
  /** A proxy in front tells the address of the visitor in X-Forwarded-For. */
  readonly trustProxy: boolean
  readonly limits?: Partial<WebLimits>
}

type Env = { Bindings: Partial<HttpBindings>; Variables: { page: string } }
type Ask = Context<Env>

/** Longest address and query that is looked at. */
const MAX_URL_CHARS = 2_048

/** Longest form. */
const MAX_FORM_BYTES = 8_192

const COOKIE = 'tidings_operator'

/** Nothing but our own stylesheet, our own icon, and forms that go to us. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Addresses of archives are keys: they are told to nobody else. "no-referrer" would hide where a form comes from, too.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), interest-cohort=()',
}

/** All pages as one application. It keeps no state but counts of visitors; any number of processes may serve it. */
export function createWebApp(rooms: WebRooms, options: WebOptions): Hono<Env> {
  return new WebApp(rooms, options, 'all').app
}

/** Health and metrics alone, for processes that serve no pages. */
export function createHealthApp(rooms: WebRooms, options: WebOptions): Hono<Env> {
  return new WebApp(rooms, options, 'health').app
}

class WebApp {
  readonly app = new Hono<Env>()
  readonly #rooms: WebRooms
  readonly #options: WebOptions
  readonly #limits: VisitorLimits
  readonly #sessions: OperatorSessions | null
  readonly #off: string

  constructor(rooms: WebRooms, options: WebOptions, scope: 'all' | 'health') {
    this.#rooms = rooms
    this.#options = options
    this.#limits = new VisitorLimits({ ...DEFAULT_WEB_LIMITS, ...options.limits })
    const token = options.adminToken ?? ''
    this.#sessions = token.length < MIN_TOKEN_CHARS ? null : new OperatorSessions(token, rooms.nowMs)
    this.#off =
      token === ''
        ? 'Set TIDINGS_ADMIN_TOKEN in the environment of the service to a long random value, and start it again.'
        : `TIDINGS_ADMIN_TOKEN is shorter than ${MIN_TOKEN_CHARS} characters: set a long random value, and start the service again.`
    this.#guard()
    this.#serveHealth()
    if (scope === 'all') {
      this.#serveReaders()
      this.#serveArchives()
      this.#serveOperator()
    }
    this.app.notFound((c) => this.#plain(c, 404, 'Not found', 'There is no such page.'))
    this.app.onError((error, c) => {
      const facts = { page: c.get('page'), problem: error.message }
      rooms.log({ level: 'error', what: 'page-failed', facts })
      return this.#plain(
        c,
        500,
        'Something broke',
        'The page could not be made. The operator finds the reason in the log.',
      )
    })
  }

  /** What holds for every request: limits, headers, and a note of how it went. */
  #guard(): void {
    this.app.use(async (c, next) => {
      const startedAt = performance.now()
      c.set('page', 'other')
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.header(name, value)
      const refused = await this.#refuse(c)
      if (refused === null) await next()
      else c.res = refused
      // Before the answer, what it is about may have been set anew.
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.res.headers.set(name, value)
      this.#rooms.onAnswer?.({ page: c.get('page'), status: c.res.status, ms: performance.now() - startedAt })
    })
  }

  async #refuse(c: Ask): Promise<Response | null> {
    if (c.req.raw.url.length > MAX_URL_CHARS + 200)
      return this.#plain(c, 414, 'Too long', 'The address is too long.')
    if (!['GET', 'HEAD', 'POST'].includes(c.req.method)) {
      c.header('Allow', 'GET, HEAD, POST')
      return this.#plain(c, 405, 'Not allowed', 'Pages are read, and forms are sent.')
    }
    // Whoever watches over the service asks often and costs nothing.
    if (c.req.path === '/healthz' || c.req.path === '/readyz') return null
    return this.#tooMany(c, 'request')
  }

  async #tooMany(c: Ask, counted: Counted): Promise<Response | null> {
    const waitS = await this.#limits.take(counted, this.#addressOf(c))
    if (waitS === null) return null
    c.header('Retry-After', String(waitS))
    return this.#plain(c, 429, 'Too many requests', `Wait ${waitS} seconds, please.`)
  }

  #addressOf(c: Ask): string {
    const peer = c.env.incoming?.socket.remoteAddress ?? 'unknown'
    if (!this.#options.trustProxy) return peer
    // The last one is what the proxy in front saw itself; those before it anybody can make up.
    return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim().slice(0, 64) || peer
  }

  #serveHealth(): void {
    const { readiness, metrics } = this.#rooms
    this.app.get('/healthz', (c) => {
      c.set('page', 'health')
      return c.text('ok\n')
    })
    this.app.get('/readyz', async (c) => {
      c.set('page', 'health')
      const { ready, checks } = await readiness()
      const lines = checks.map(({ name, ok }) => `${name}: ${ok ? 'ok' : 'not ok'}\n`)
      return c.text(lines.join('') + (ready ? 'ready\n' : 'not ready\n'), ready ? 200 : 503)
    })
    this.app.get('/metrics', async (c) => {
      c.set('page', 'metrics')
      if (metrics === null) return this.#plain(c, 404, 'Not found', 'There is no such page.')
      if (!this.#options.openMetrics && !this.#isBearer(c)) {
        c.header('WWW-Authenticate', 'Bearer')
        return c.text(
          'Give the operator\'s token as "Authorization: Bearer …", or set web.metrics to open\n',
          401,
        )
      }
      const { contentType, text } = await metrics()
      return c.body(text, 200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' })
    })
    const kept = { 'Cache-Control': 'public, max-age=31536000, immutable' }
    this.app.get(STYLE_PATH, (c) => {
      c.set('page', 'asset')
      return c.body(STYLE, 200, { ...kept, 'Content-Type': 'text/css; charset=utf-8' })
    })
    this.app.get('/assets/icon.svg', (c) => {
      c.set('page', 'asset')
      return c.body(ICON, 200, { 'Cache-Control': 'public, max-age=86400', 'Content-Type': 'image/svg+xml' })
    })
    this.app.get('/robots.txt', (c) =>
      c.text('User-agent: *\nDisallow: /operator\nDisallow: /digests\nDisallow: /search\n'),
    )
  }

  #isBearer(c: Ask): boolean {
    const token = this.#options.adminToken ?? ''
    const given = /^Bearer (.{1,500})$/.exec(c.req.header('authorization') ?? '')?.[1]
    if (given === undefined || token.length < MIN_TOKEN_CHARS) return false
    const hash = (text: string) => createHash('sha256').update(text).digest()
    return timingSafeEqual(hash(given), hash(token))
  }

  #serveReaders(): void {
    const { pages, nowMs } = this.#rooms
    this.app.get('/', async (c) => {
      c.set('page', 'front')
      const front = await pages.front(viaOf(c), pageOf(c))
      if (front === null) return this.#noArchive(c)
      return this.#page(c, { title: 'Latest stories', view: front.view }, frontMain(front, nowMs()))
    })
    this.app.get('/story/:id', async (c) => {
      c.set('page', 'story')
      const via = viaOf(c)
      const answer = await pages.story({
        id: c.req.param('id').slice(0, 300),
        via,
        since: queryOf(c, 'since'),
        page: pageOf(c),
      })
      switch (answer.kind) {
        case 'moved':
          return c.redirect(storyPageUrl('', answer.id, via), 302)
        case 'several':
          return this.#page(
            c,
            { title: 'Several stories', view: answer.view },
            severalMain(answer.view, answer.stories, nowMs()),
          )
        case 'none':
          return this.#plain(
            c,
            404,
            'No such story',
            'There is no story here that you may see. Stories of private feeds open by the archive of their channel.',
          )
        case 'story':
          return this.#page(
            c,
            { title: answer.story.headline, view: answer.story.view },
            storyMain(answer.story),
          )
      }
    })
    this.app.get('/search', async (c) => {
      c.set('page', 'search')
      const tooMany = await this.#tooMany(c, 'search')
      if (tooMany !== null) return tooMany
      const words = queryOf(c, 'q')
      const found = await pages.search({
        ...{ words, since: queryOf(c, 'since'), outlet: queryOf(c, 'outlet') },
        ...{ via: viaOf(c), page: pageOf(c) },
      })
      if (found === null) return this.#noArchive(c)
      const title = words === '' ? 'Search' : `Search: ${words}`
      return this.#page(
        c,
        { title, view: found.view, words },
        searchMain(found, nowMs()),
        found.problem === null ? 200 : 400,
      )
    })
  }

  #serveArchives(): void {
    const { pages } = this.#rooms
    this.app.get('/digests/:token', async (c) => {
      c.set('page', 'archive')
      const archive = await pages.archive(c.req.param('token'), pageOf(c))
      if (archive === null) return this.#noArchive(c)
      const { token, name } = archive.view
      const path = `/digests/${encodeURIComponent(token)}`
      const feeds = [
        { href: `${path}/feed.atom`, type: 'application/atom+xml', title: 'Atom' },
        { href: `${path}/feed.rss`, type: 'application/rss+xml', title: 'RSS' },
        { href: `${path}/feed.json`, type: 'application/feed+json', title: 'JSON Feed' },
      ]
      return this.#page(c, { title: `Digests of ${name}`, view: archive.view, feeds }, archiveMain(archive))
    })
    const forms: Readonly<Record<string, FeedForm>> = {
      'feed.atom': 'atom',
      'feed.rss': 'rss',
      'feed.json': 'json',
      'calendar.ics': 'ics',
    }
    for (const [file, form] of Object.entries(forms))
      this.app.get(`/digests/:token/${file}`, async (c) => {
        c.set('page', 'feed')
        const latest = await pages.latest(c.req.param('token'))
        if (latest === null) return this.#noArchive(c)
        const { contentType, text } = await digestFeed(form, latest, this.#publicUrl(c))
        return c.body(text, 200, { 'Content-Type': contentType, 'Cache-Control': 'private, max-age=300' })
      })
    this.app.get('/digests/:token/:digest', async (c) => {
      c.set('page', 'digest')
      const digest = await pages.digest(c.req.param('token'), c.req.param('digest'), pageOf(c))
      if (digest === null) return this.#noArchive(c)
      return this.#page(c, { title: digest.digest.name, view: digest.view }, digestMain(digest))
    })
  }

  #publicUrl(c: Ask): string {
    return this.#options.publicUrl ?? new URL(c.req.url).origin
  }

  #noArchive(c: Ask): Response | Promise<Response> {
    return this.#plain(
      c,
      404,
      'No such archive',
      'This address leads nowhere, or not any more. Ask for a new one where you had it from.',
    )
  }

  #serveOperator(): void {
    const { desk, nowMs } = this.#rooms
    this.#operatorPage('/operator', 'Operator', async (_c, seal) => overviewMain(await desk.overview(), seal))
    this.#operatorPage('/operator/feeds', 'Feeds', async (c) =>
      feedsMain(await desk.feeds(pageOf(c)), nowMs()),
    )
    this.#operatorPage('/operator/deliveries', 'Deliveries', async (_c, seal) =>
      deliveriesMain(await desk.deliveries(), seal, nowMs()),
    )
    this.#operatorPage('/operator/schedules', 'Schedules', async (c, seal) =>
      schedulesMain(await desk.schedules(pageOf(c)), seal, this.#publicUrl(c)),
    )
    this.#operatorPage('/operator/corrections', 'Corrections', async (_c, seal) =>
      correctionsMain(await desk.corrections(), seal, nowMs()),
    )
    this.#operatorPage('/operator/inspect', 'Inspector', async (c) => {
      const words = queryOf(c, 'story')
      return inspectMain(words, words === '' ? null : await desk.inspect(words))
    })
    this.app.post('/operator/login', (c) => this.#login(c))
    this.app.post('/operator/logout', async (c) => {
      const form = await this.#form(c)
      if (form instanceof Response) return form
      deleteCookie(c, COOKIE, { path: '/operator' })
      return c.redirect('/operator', 303)
    })
    this.app.post('/operator/act', async (c) => {
      const form = await this.#form(c)
      if (form instanceof Response) return form
      const action = actionOf(form.fields)
      if (action === null)
        return this.#plain(c, 400, 'Not understood', 'That is nothing that can be done here.')
      const { words } = await desk.act(action)
      this.#rooms.log({ level: 'info', what: 'operator-acted', facts: { action: action.kind } })
      const back = BACK.find((path) => path === form.fields.get('back')) ?? '/operator'
      return c.redirect(`${back}?note=${encodeURIComponent(form.sessions.sealNote(words))}`, 303)
    })
  }

  /** A page that only the operator sees; others get the form for the token. */
  #operatorPage(path: string, title: string, main: (c: Ask, seal: FormSeal) => Promise<Markup>): void {
    this.app.get(path, async (c) => {
      c.set('page', 'operator')
      c.header('Cache-Control', 'no-store')
      const frame = { title, isOperator: true }
      const sessions = this.#sessions
      if (sessions === null) return this.#page(c, { title }, offMain(this.#off), 403)
      const session = sessions.read(getCookie(c, COOKIE))
      if (session === null) return this.#page(c, { title }, loginMain(null), 401)
      const notice = noticeLine(sessions.openNote(c.req.query('note')))
      return this.#page(c, frame, html`${notice}${await main(c, { csrf: session.csrf, back: path })}`)
    })
  }

  async #login(c: Ask): Promise<Response> {
    c.set('page', 'operator')
    const sessions = this.#sessions
    if (sessions === null) return this.#page(c, { title: 'Operator' }, offMain(this.#off), 403)
    const tooMany = await this.#tooMany(c, 'login')
    if (tooMany !== null) return tooMany
    const fields = await this.#fields(c)
    if (fields instanceof Response) return fields
    if (!sessions.isToken(fields.get('token') ?? '')) {
      this.#rooms.log({ level: 'warn', what: 'operator-refused', facts: {} })
      return this.#page(c, { title: 'Operator' }, loginMain('That is not the token.'), 401)
    }
    const { value, maxAgeS } = sessions.open()
    const secure = this.#options.publicUrl?.startsWith('https:') ?? false
    setCookie(c, COOKIE, value, {
      path: '/operator',
      httpOnly: true,
      sameSite: 'Strict',
      secure,
      maxAge: maxAgeS,
    })
    this.#rooms.log({ level: 'info', what: 'operator-logged-in', facts: {} })
    return c.redirect('/operator', 303)
  }

  /** The fields of a form of a page of ours, sent in a session; else the answer that refuses it. */
  async #form(
    c: Ask,
  ): Promise<Response | { fields: URLSearchParams; session: OperatorSession; sessions: OperatorSessions }> {
    c.set('page', 'operator')
    const sessions = this.#sessions
    if (sessions === null) return this.#page(c, { title: 'Operator' }, offMain(this.#off), 403)
    const session = sessions.read(getCookie(c, COOKIE))
    if (session === null) return this.#page(c, { title: 'Operator' }, loginMain('Log in again, please.'), 401)
    const fields = await this.#fields(c)
    if (fields instanceof Response) return fields
    if (!sessions.isCsrf(session, fields.get('csrf') ?? ''))
      return this.#plain(c, 403, 'Refused', 'The form is not of this session. Open the page again.')
    return { fields, session, sessions }
  }

  async #fields(c: Ask): Promise<Response | URLSearchParams> {
    if (!this.#isOwnForm(c)) return this.#plain(c, 403, 'Refused', 'The form was sent from another site.')
    if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? ''))
      return this.#plain(c, 415, 'Not a form', 'Send it as a form.')
    const text = await boundedText(c.req.raw, MAX_FORM_BYTES)
    return text === null
      ? this.#plain(c, 413, 'Too large', 'The form is too large.')
      : new URLSearchParams(text)
  }

  /** Browsers tell where a form comes from; one that does not is no browser that may send it. */
  #isOwnForm(c: Ask): boolean {
    const site = c.req.header('sec-fetch-site')
    if (site !== undefined && site !== 'same-origin') return false
    const origin = c.req.header('origin')
    if (origin === undefined) return site === 'same-origin'
    return origin === new URL(c.req.url).origin || origin === originOf(this.#options.publicUrl)
  }

  #plain(
    c: Ask,
    status: 400 | 403 | 404 | 405 | 413 | 414 | 415 | 429 | 500,
    title: string,
    words: string,
  ): Response | Promise<Response> {
    return this.#page(c, { title }, plainMain(title, words), status)
  }

  async #page(
    c: Ask,
    frame: Omit<Frame, 'stylePath'>,
    main: Markup,
    status: 200 | 400 | 401 | 403 | 404 | 405 | 413 | 414 | 415 | 429 | 500 = 200,
  ): Promise<Response> {
    const isPrivate = frame.isOperator === true || frame.view != null || status !== 200
    if (isPrivate)
      c.header(
        'Cache-Control',
        frame.isOperator === true || status !== 200 ? 'no-store' : 'private, max-age=60',
      )
    else c.header('Cache-Control', 'public, max-age=60')
    if (frame.view != null) c.header('X-Robots-Tag', 'noindex')
    return c.html(await pageFrame({ ...frame, stylePath: STYLE_PATH }, main), status)
  }
}

/** Pages that the operator comes back to. */
const BACK = ['/operator', '/operator/deliveries', '/operator/schedules', '/operator/corrections'] as const

function viaOf(c: Ask): string | null {
  return c.req.query('via') ?? null
}

function queryOf(c: Ask, name: string): string {
  return (c.req.query(name) ?? '').slice(0, 400)
}

function pageOf(c: Ask): number {
  const page = c.req.query('page') ?? '0'
  return /^\d{1,3}$/.test(page) ? Number(page) : 0
}

function originOf(url: string | null): string | null {
  return url === null ? null : new URL(url).origin
}

function actionOf(fields: URLSearchParams): OperatorAction | null {
  const id = (name: string) => (fields.get(name) ?? '').slice(0, 300)
  const part = Number(fields.get('part') ?? Number.NaN)
  const kind = fields.get('kind') ?? ''
  switch (kind) {
    case 'mark-sent':
    case 'send-again':
      return Number.isInteger(part) && part >= 0 ? { kind, digestId: id('digestId'), part } : null
    case 'pause':
    case 'resume':
      return { kind, subscriptionId: id('subscriptionId') }
    case 'renew-link':
      return { kind, destinationId: id('destinationId') }
    case 'undo-correction':
      return { kind, correctionId: id('correctionId') }
    default:
      return null
  }
}

/** A body as text; `null` where it is larger than allowed, which is noticed while it comes. */
async function boundedText(request: Request, maxBytes: number): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? '0') > maxBytes) return null
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length
    if (bytes > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
