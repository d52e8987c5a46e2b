import { createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLoopbackServer, type LoopbackServer } from '../support/loopback-server.ts'
import { startService, type TestService } from '../support/run-service.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const START = '2026-03-09T06:00:00Z'

/** A publisher and its hub: `/rss` is the feed, `/hub` takes subscriptions, and asks back when told to. */
let server: LoopbackServer
let service: TestService
let items: number
let polls: number
let asked: Record<string, string>[]
let hubStatus: number
let config: string
let hubLinks: string

beforeEach(async () => {
  ;[items, polls, asked, hubStatus] = [1, 0, [], 202]
  server = await openLoopbackServer((request, response) => {
    if (request.url === '/rss') {
      polls += 1
      response.setHeader('Content-Type', 'application/rss+xml').setHeader('Link', hubLinks).end(feed())
    } else void take(request).then(() => response.writeHead(hubStatus).end())
  })
  hubLinks = `<${server.origin}/hub>; rel="hub", <${server.origin}/rss>; rel="self"`
  const folder = scratchFolder()
  config = join(folder, 'tidings.yaml')
  writeFileSync(
    config,
    `database: sqlite:${join(folder, 'tidings.db')}
web: { port: 0 }
fetch: { allow_addresses: ["127.0.0.0/8"], websub_url: "https://news.example/at/" }
feeds: [{ url: "${server.origin}/rss" }]
`,
  )
  service = await startService(config, START)
}, 60_000)
afterEach(async () => {
  await service.stop()
  await server.close()
})

async function take(request: IncomingMessage): Promise<void> {
  asked.push(Object.fromEntries(new URLSearchParams(await text(request))))
}

function feed(): string {
  const all = Array.from(
    { length: items },
    (_, i) =>
      `<item><title>Ferry notice ${i}</title><link>https://harbour.example/${i}</link>` +
      `<description>Ferry number ${i} stays in port until the storm has passed.</description></item>`,
  )
  return `<rss version="2.0"><channel><title>Harbour Post</title>${all.join('')}</channel></rss>`
}

/** The callback that the hub was given, as this machine reaches it. */
function callback(nth = 0): string {
  const port = service.log().find(({ what }) => what === 'pages-served')?.['port']
  const path = asked[nth]?.['hub.callback']?.replace('https://news.example/at', '')
  return `http://127.0.0.1:${String(port)}${path ?? '/none'}`
}

async function verify(
  fields: Record<string, string>,
  at = callback(),
): Promise<{ status: number; words: string }> {
  const query = new URLSearchParams({
    ...{ 'hub.mode': 'subscribe', 'hub.topic': `${server.origin}/rss`, 'hub.challenge': 'sail-4711' },
    ...{ 'hub.lease_seconds': '864000', ...fields },
  })
  const answer = await fetch(`${at}?${query.toString()}`)
  return { status: answer.status, words: await answer.text() }
}

async function deliver(body: string, signature: string | null, at = callback()): Promise<number> {
  const headers = { 'Content-Type': 'application/rss+xml' }
  const signed = signature === null ? headers : { ...headers, 'X-Hub-Signature': signature }
  return (await fetch(at, { method: 'POST', body, headers: signed })).status
}

function signatureOf(body: string): string {
  return `sha256=${createHmac('sha256', asked[0]?.['hub.secret'] ?? '')
    .update(body)
    .digest('hex')}`
}

function facts(what: string): Record<string, unknown>[] {
  return service.log().filter((line) => line['what'] === what)
}

describe('tidings run with WebSub', () => {
  it('asks the hub of a feed with a key that cannot be guessed, and says yes to what it asked for alone', async () => {
    await service.minuteAt('2026-03-09T06:01:00Z')
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({
      ...{ 'hub.mode': 'subscribe', 'hub.topic': `${server.origin}/rss`, 'hub.lease_seconds': '864000' },
      ...{
        'hub.callback': expect.stringMatching(/^https:\/\/news\.example\/at\/websub\/[\w-]{32}$/) as string,
      },
      ...{ 'hub.secret': expect.stringMatching(/^[\w-]{32}$/) as string },
    })
    const refused = [
      await verify({ 'hub.topic': 'https://other.example/feed' }),
      await verify({ 'hub.mode': 'unsubscribe' }),
      await verify({ 'hub.mode': 'publish' }),
      await verify({ 'hub.challenge': '' }),
      await verify({}, `${callback()}x`),
    ]
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
    expect(facts('hub-subscribed')).toEqual([])
    expect(await verify({})).toEqual({ status: 200, words: 'sail-4711' })
    expect(facts('hub-subscribed')).toHaveLength(1)
  })

  it('polls at once when the hub sends news that are signed right, and through the feed alone', async () => {
    await service.minuteAt('2026-03-09T06:01:00Z')
    await verify({})
    expect(polls).toBe(1)
    items = 3
    const body = '<rss><channel><item><title>Forged</title></item></channel></rss>'
    for (const signature of [null, 'sha256=00', signatureOf(`${body} `)]) {
      expect(await deliver(body, signature)).toBe(202)
      await service.minuteAt('2026-03-09T06:02:00Z')
    }
    expect(polls).toBe(1)
    expect(await deliver(body, signatureOf(body))).toBe(202)
    await service.minuteAt('2026-03-09T06:02:30Z')
    expect(polls).toBe(2)
    expect(facts('collected').at(-1)).toMatchObject({ added: 2, feeds: 1 })
    expect(await deliver(body, signatureOf(body), `${callback()}x`)).toBe(404)
    // More news within the minute wait for its end, and are not lost.
    items = 4
    await deliver(body, signatureOf(body))
    await service.minuteAt('2026-03-09T06:02:50Z')
    expect(polls).toBe(2)
    await service.minuteAt('2026-03-09T06:05:00Z')
    expect(polls).toBe(3)
    expect(facts('collected').at(-1)).toMatchObject({ added: 1 })
  })

  it('takes no message that is larger than a feed may be', async () => {
    await service.minuteAt('2026-03-09T06:01:00Z')
    const body = 'x'.repeat(11 * 1024 * 1024)
    expect(await deliver(body, signatureOf(body)).catch(() => 413)).toBe(413)
    await service.minuteAt('2026-03-09T06:02:00Z')
    expect(polls).toBe(1)
  })

  it('renews a lease before it ends, and polls as ever after a no', async () => {
    await service.minuteAt('2026-03-09T06:01:00Z')
    await verify({ 'hub.lease_seconds': '86400' })
    await service.minuteAt('2026-03-09T20:00:00Z')
    expect(asked).toHaveLength(1)
    await service.minuteAt('2026-03-10T04:00:00Z')
    expect(asked).toHaveLength(2)
    expect(asked[1]).toEqual(asked[0])
    expect(await verify({ 'hub.mode': 'denied', 'hub.reason': 'too many readers' })).toMatchObject({
      status: 200,
    })
    expect(facts('hub-denies')).toMatchObject([{ reason: 'too many readers' }])
    await service.minuteAt('2026-03-12T04:00:00Z')
    expect(asked).toHaveLength(2)
    await service.minuteAt('2026-03-18T04:00:00Z')
    expect(asked).toHaveLength(3)
  })

  it('asks a hub again later that refuses or does not call back, and collects all the same', async () => {
    hubStatus = 503
    await service.minuteAt('2026-03-09T06:01:00Z')
    expect(facts('hub-trouble')).toMatchObject([
      { problem: expect.stringContaining('status is 503') as string },
    ])
    hubStatus = 202
    await service.minuteAt('2026-03-09T07:30:00Z')
    expect(asked).toHaveLength(2)
    await service.minuteAt('2026-03-09T08:30:00Z')
    expect(asked).toHaveLength(2)
    expect(polls).toBeGreaterThan(1)
  })

  it('ends the subscription of a feed that is gone from the settings, or names no hub any more', async () => {
    await service.minuteAt('2026-03-09T06:01:00Z')
    await verify({})
    hubLinks = '<https://harbour.example/>; rel="alternate"'
    items = 2
    await service.minuteAt('2026-03-09T12:00:00Z')
    await service.minuteAt('2026-03-09T12:01:00Z')
    expect(asked.map((form) => form['hub.mode'])).toEqual(['subscribe', 'unsubscribe'])
    expect(await verify({})).toMatchObject({ status: 404 })
    expect(await deliver('x', signatureOf('x'))).toBe(404)
    expect(await verify({ 'hub.mode': 'unsubscribe' })).toEqual({ status: 200, words: 'sail-4711' })
    expect(await verify({ 'hub.mode': 'unsubscribe' })).toMatchObject({ status: 404 })
  })
})
