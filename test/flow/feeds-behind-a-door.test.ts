import { writeFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runInProcess } from '../support/in-process.ts'
import { openLoopbackServer, type LoopbackServer } from '../support/loopback-server.ts'
import { startService, type TestService } from '../support/run-service.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const ENV = { TOWN_PASSWORD: 'harbour-gate', TOWN_COOKIES: 'session=abc', TOWN_BADGE: 'badge-4711' }
const LOGIN = `Basic ${Buffer.from('editor:harbour-gate').toString('base64')}`
const DOORS = `    headers: { X-Token: "env:TOWN_BADGE", Accept-Language: nl }
    cookies: env:TOWN_COOKIES
    basic_auth: { user: editor, password: env:TOWN_PASSWORD }
`

let server: LoopbackServer
let asked: IncomingHttpHeaders[]
let items: number
let folder: string
let service: TestService | null

beforeAll(async () => {
  server = await openLoopbackServer((request, response) => {
    asked.push(request.headers)
    const { authorization, cookie } = request.headers
    if (authorization !== LOGIN || cookie !== 'session=abc') response.writeHead(401).end()
    else response.setHeader('Content-Type', 'application/rss+xml').end(feed())
  })
})
afterAll(() => server.close())
beforeEach(() => {
  folder = scratchFolder()
  ;[asked, items, service] = [[], 1, null]
})
afterEach(() => service?.stop())

function feed(): string {
  const all = Array.from({ length: items }, (_, i) => {
    const day = new Date(Date.UTC(2026, 2, 1 + i)).toUTCString()
    return `<item><title>Tide table ${i}</title><link>https://town.example/${i}</link><pubDate>${day}</pubDate></item>`
  })
  return `<rss version="2.0"><channel><title>Town Post</title>${all.join('')}</channel></rss>`
}

function writeConfig(doors: string, fetch = ''): string {
  const path = join(folder, 'tidings.yaml')
  writeFileSync(
    path,
    `database: sqlite:${join(folder, 'tidings.db')}
fetch: { allow_addresses: ["127.0.0.0/8"]${fetch} }
feeds:
  - url: ${server.origin}/rss
${doors}`,
  )
  return path
}

describe('a feed behind a door', () => {
  it('is let in by tidings run with what the environment holds, and the log shows none of it', async () => {
    const config = writeConfig(DOORS, ', contact_url: "https://tidings.example/about"')
    service = await startService(config, '2026-03-09T05:50:00Z', ENV)
    expect(service.log().find(({ what }) => what === 'collected')).toMatchObject({ feeds: 1, added: 1 })
    expect(asked[0]).toMatchObject({ 'x-token': 'badge-4711', 'accept-language': 'nl' })
    expect(asked[0]?.['user-agent']).toMatch(/^tidings\/\S+ \(\+https:\/\/tidings\.example\/about\)$/)
    const log = JSON.stringify(service.log())
    for (const secret of Object.values(ENV)) expect(log).not.toContain(secret)
  })

  it('is let in by feeds test and check --online, and nobody else is', async () => {
    const config = writeConfig(DOORS)
    const test = await runInProcess(['feeds', 'test', `${server.origin}/rss`, '--config', config], {
      env: ENV,
    })
    expect(test).toMatchObject({ code: 0, out: expect.stringContaining('Tide table 0') as string })
    expect(await runInProcess(['check', '--online', '--config', config], { env: ENV })).toMatchObject({
      code: 0,
    })
    const other = await runInProcess(['feeds', 'test', `${server.origin}/other`, '--config', config], {
      env: ENV,
    })
    expect(other).toMatchObject({ code: 1, err: expect.stringContaining('status is 401') as string })
    expect(asked.at(-1)).not.toHaveProperty('cookie')
  })

  it('is wrong settings where the environment lacks what it needs', async () => {
    const { code, err } = await runInProcess(['check', '--config', writeConfig(DOORS)])
    expect(code).toBe(2)
    expect(err).toContain(
      'tidings.yaml:6:14: "feeds.0.cookies" names TOWN_COOKIES, which the environment does not have',
    )
    expect(err).toContain('"feeds.0.basic_auth.password" names TOWN_PASSWORD')
  })

  it('is asked through the proxy of the settings', async () => {
    const [password, cookies] = [ENV.TOWN_PASSWORD, ENV.TOWN_COOKIES]
    const proxied: string[] = []
    const proxy = await openLoopbackServer((request, response) => {
      proxied.push(
        `${request.method ?? ''} ${request.url ?? ''} ${request.headers['proxy-authorization'] ?? ''}`,
      )
      response.setHeader('Content-Type', 'application/rss+xml').end(feed())
    })
    const door = proxy.origin.replace('//', '//desk:pier@')
    const config = writeConfig('    tags: []\n', ', proxy_url: env:NEWS_PROXY')
    const env = { NEWS_PROXY: door, TOWN_PASSWORD: password, TOWN_COOKIES: cookies }
    const test = await runInProcess(['feeds', 'test', `${server.origin}/rss`, '--config', config], { env })
    await proxy.close()
    expect(test.err).toBe('')
    expect(test.out).toContain('Tide table 0')
    expect(proxied.join()).toContain(`Basic ${Buffer.from('desk:pier').toString('base64')}`)
    expect(asked).toEqual([])
  })

  it('gives no more articles of one poll than its limit, the newest', async () => {
    items = 6
    const config = writeConfig(`${DOORS}    max_articles: 2\n`)
    service = await startService(config, '2026-03-09T05:50:00Z', ENV)
    expect(service.log().find(({ what }) => what === 'collected')).toMatchObject({ added: 2 })
    expect(service.log().find(({ what }) => what === 'feed-trouble')).toMatchObject({
      problems: ['feed lists 6 articles; the newest 2 are taken'],
    })
    await service.stop()
    const found = await runInProcess(['search', 'tide', '--config', config], { env: ENV })
    expect(found.out).toContain('Tide table 5')
    expect(found.out).not.toContain('Tide table 3')
  })
})
