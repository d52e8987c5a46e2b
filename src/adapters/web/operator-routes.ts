import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import type { OperatorAction } from '../../app/ports/operator-desk.ts'
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
import { pageOf, queryOf, type Ask, type PageAnswers, type Web } from './page-answers.ts'
import type { Markup } from './page-frame.ts'
import type { WebOptions, WebRooms } from './web-rooms.ts'

const COOKIE = 'tidings_operator'

/** The operator's pages and forms, behind the token; without one they say how to open them. */
export function serveOperator(web: Web, answers: PageAnswers, rooms: WebRooms, options: WebOptions): void {
  new OperatorRoutes(answers, rooms, options).serve(web)
}

class OperatorRoutes {
  readonly #answers: PageAnswers
  readonly #rooms: WebRooms
  readonly #options: WebOptions
  readonly #sessions: OperatorSessions | null
  readonly #off: string

  constructor(answers: PageAnswers, rooms: WebRooms, options: WebOptions) {
    this.#answers = answers
    this.#rooms = rooms
    this.#options = options
    const token = options.adminToken ?? ''
    this.#sessions = token.length < MIN_TOKEN_CHARS ? null : new OperatorSessions(token, rooms.nowMs)
    this.#off =
      token === ''
        ? 'Set TIDINGS_ADMIN_TOKEN in the environment of the service to a long random value, and start it again.'
        : `TIDINGS_ADMIN_TOKEN is shorter than ${MIN_TOKEN_CHARS} characters: set a long random value, and start the service again.`
  }

  serve(web: Web): void {
    const { desk, nowMs } = this.#rooms
    this.#page(web, '/operator', 'Operator', async (_c, seal) => overviewMain(await desk.overview(), seal))
    this.#page(web, '/operator/feeds', 'Feeds', async (c) => feedsMain(await desk.feeds(pageOf(c)), nowMs()))
    this.#page(web, '/operator/deliveries', 'Deliveries', async (_c, seal) =>
      deliveriesMain(await desk.deliveries(), seal, nowMs()),
    )
    this.#page(web, '/operator/schedules', 'Schedules', async (c, seal) =>
      schedulesMain(await desk.schedules(pageOf(c)), seal, this.#answers.publicUrl(c)),
    )
    this.#page(web, '/operator/corrections', 'Corrections', async (_c, seal) =>
      correctionsMain(await desk.corrections(), seal, nowMs()),
    )
    this.#page(web, '/operator/inspect', 'Inspector', async (c) => {
      const words = queryOf(c, 'story')
      return inspectMain(words, words === '' ? null : await desk.inspect(words))
    })
    web.post('/operator/login', (c) => this.#login(c))
    web.post('/operator/logout', async (c) => {
      const form = await this.#form(c)
      if (form instanceof Response) return form
      deleteCookie(c, COOKIE, { path: '/operator' })
      return c.redirect('/operator', 303)
    })
    web.post('/operator/act', async (c) => {
      const form = await this.#form(c)
      if (form instanceof Response) return form
      const action = actionOf(form.fields)
      if (action === null)
        return this.#answers.plain(c, 400, 'Not understood', 'That is nothing that can be done here.')
      const { words } = await desk.act(action)
      this.#rooms.log({ level: 'info', what: 'operator-acted', facts: { action: action.kind } })
      const back = BACK.find((path) => path === form.fields.get('back')) ?? '/operator'
      return c.redirect(`${back}?note=${encodeURIComponent(form.sessions.sealNote(words))}`, 303)
    })
  }

  /** A page that only the operator sees; others get the form for the token. */
  #page(web: Web, path: string, title: string, main: (c: Ask, seal: FormSeal) => Promise<Markup>): void {
    web.get(path, async (c) => {
      c.set('page', 'operator')
      c.header('Cache-Control', 'no-store')
      const frame = { title, isOperator: true }
      const sessions = this.#sessions
      if (sessions === null) return this.#answers.page(c, { title }, offMain(this.#off), 403)
      const session = sessions.read(getCookie(c, COOKIE))
      if (session === null) return this.#answers.page(c, { title }, loginMain(null), 401)
      const notice = noticeLine(sessions.openNote(c.req.query('note')))
      return this.#answers.page(c, frame, html`${notice}${await main(c, { csrf: session.csrf, back: path })}`)
    })
  }

  async #login(c: Ask): Promise<Response> {
    c.set('page', 'operator')
    const sessions = this.#sessions
    if (sessions === null) return this.#answers.page(c, { title: 'Operator' }, offMain(this.#off), 403)
    const tooMany = await this.#answers.tooMany(c, 'login')
    if (tooMany !== null) return tooMany
    const fields = await this.#answers.fields(c)
    if (fields instanceof Response) return fields
    if (!sessions.isToken(fields.get('token') ?? '')) {
      this.#rooms.log({ level: 'warn', what: 'operator-refused', facts: {} })
      return this.#answers.page(c, { title: 'Operator' }, loginMain('That is not the token.'), 401)
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
    if (sessions === null) return this.#answers.page(c, { title: 'Operator' }, offMain(this.#off), 403)
    const session = sessions.read(getCookie(c, COOKIE))
    if (session === null)
      return this.#answers.page(c, { title: 'Operator' }, loginMain('Log in again, please.'), 401)
    const fields = await this.#answers.fields(c)
    if (fields instanceof Response) return fields
    if (!sessions.isCsrf(session, fields.get('csrf') ?? ''))
      return this.#answers.plain(c, 403, 'Refused', 'The form is not of this session. Open the page again.')
    return { fields, session, sessions }
  }
}

/** Pages that the operator comes back to. */
const BACK = ['/operator', '/operator/deliveries', '/operator/schedules', '/operator/corrections'] as const

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
