import { Hono } from 'hono'
import { HUB_PATH } from '../../app/ports/hub-door.ts'
import { serveHealth } from './health-routes.ts'
import { serveHubs } from './hub-routes.ts'
import { serveOperator } from './operator-routes.ts'
import { PageAnswers, type Ask, type Web } from './page-answers.ts'
import { serveArchives, serveReaders } from './reader-routes.ts'
import type { WebOptions, WebRooms } from './web-rooms.ts'

/** Longest address and query that is looked at. */
const MAX_URL_CHARS = 2_048

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
export function createWebApp(rooms: WebRooms, options: WebOptions): Web {
  const answers = new PageAnswers(options)
  const web = guardedApp(rooms, answers)
  serveHealth(web, answers, rooms, options)
  serveReaders(web, answers, rooms)
  serveArchives(web, answers, rooms)
  serveOperator(web, answers, rooms, options)
  if (rooms.hubs !== undefined) serveHubs(web, answers, rooms.hubs)
  return web
}

/** Health and metrics alone, for processes that serve no pages. */
export function createHealthApp(rooms: WebRooms, options: WebOptions): Web {
  const answers = new PageAnswers(options)
  const web = guardedApp(rooms, answers)
  serveHealth(web, answers, rooms, options)
  return web
}

/** What holds for every request: limits, headers, a note of how it went, and what is said where nothing answers. */
function guardedApp({ log, onAnswer }: WebRooms, answers: PageAnswers): Web {
  const web: Web = new Hono()
  web.use(async (c, next) => {
    const startedAt = performance.now()
    c.set('page', 'other')
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.header(name, value)
    const refused = await refuse(c, answers)
    if (refused === null) await next()
    else c.res = refused
    // Before the answer, what it is about may have been set anew.
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.res.headers.set(name, value)
    onAnswer?.({ page: c.get('page'), status: c.res.status, ms: performance.now() - startedAt })
  })
  web.notFound((c) => answers.plain(c, 404, 'Not found', 'There is no such page.'))
  web.onError((error, c) => {
    log({ level: 'error', what: 'page-failed', facts: { page: c.get('page'), problem: error.message } })
    return answers.plain(
      c,
      500,
      'Something broke',
      'The page could not be made. The operator finds the reason in the log.',
    )
  })
  return web
}

async function refuse(c: Ask, answers: PageAnswers): Promise<Response | null> {
  if (c.req.raw.url.length > MAX_URL_CHARS + 200)
    return answers.plain(c, 414, 'Too long', 'The address is too long.')
  if (!['GET', 'HEAD', 'POST'].includes(c.req.method)) {
    c.header('Allow', 'GET, HEAD, POST')
    return answers.plain(c, 405, 'Not allowed', 'Pages are read, and forms are sent.')
  }
  // Whoever watches over the service asks often and costs nothing.
  if (c.req.path === '/healthz' || c.req.path === '/readyz') return null
  return answers.tooMany(c, c.req.path.startsWith(HUB_PATH) ? 'hub' : 'request')
}
