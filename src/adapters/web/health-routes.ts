import { createHash, timingSafeEqual } from 'node:crypto'
import { MIN_TOKEN_CHARS } from './operator-session.ts'
import type { Ask, PageAnswers, Web } from './page-answers.ts'
import { ICON, STYLE, STYLE_PATH } from './style.ts'
import type { WebOptions, WebRooms } from './web-rooms.ts'

/** Health, readiness, metrics, and the files that every page asks for. */
export function serveHealth(
  web: Web,
  answers: PageAnswers,
  { readiness, metrics }: WebRooms,
  options: WebOptions,
): void {
  web.get('/healthz', (c) => {
    c.set('page', 'health')
    return c.text('ok\n')
  })
  web.get('/readyz', async (c) => {
    c.set('page', 'health')
    const { ready, checks } = await readiness()
    const lines = checks.map(({ name, ok }) => `${name}: ${ok ? 'ok' : 'not ok'}\n`)
    return c.text(lines.join('') + (ready ? 'ready\n' : 'not ready\n'), ready ? 200 : 503)
  })
  web.get('/metrics', async (c) => {
    c.set('page', 'metrics')
    if (metrics === null) return answers.plain(c, 404, 'Not found', 'There is no such page.')
    if (!options.openMetrics && !isBearer(c, options.adminToken)) {
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
  web.get(STYLE_PATH, (c) => {
    c.set('page', 'asset')
    return c.body(STYLE, 200, { ...kept, 'Content-Type': 'text/css; charset=utf-8' })
  })
  web.get('/assets/icon.svg', (c) => {
    c.set('page', 'asset')
    return c.body(ICON, 200, { 'Cache-Control': 'public, max-age=86400', 'Content-Type': 'image/svg+xml' })
  })
  web.get('/robots.txt', (c) =>
    c.text('User-agent: *\nDisallow: /operator\nDisallow: /digests\nDisallow: /search\n'),
  )
}

function isBearer(c: Ask, adminToken: string | null): boolean {
  const token = adminToken ?? ''
  const given = /^Bearer (.{1,500})$/.exec(c.req.header('authorization') ?? '')?.[1]
  if (given === undefined || token.length < MIN_TOKEN_CHARS) return false
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(token))
}
