import { afterEach, describe, expect, test } from 'vitest'
import { createFetcher, type Fetcher, type FetcherOptions } from '../../../src/adapters/fetch/http-fetcher.ts'
import type { ResolveAll } from '../../../src/adapters/fetch/guarded-connector.ts'
import { openLoopbackServer, type LoopbackServer } from '../../support/loopback-server.ts'

const open: (Fetcher | LoopbackServer)[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

/** DNS whose answers to a name come one after the other; the last one stays. */
function dns(answers: Readonly<Record<string, readonly (readonly string[])[]>>): ResolveAll {
  const asked = new Map<string, number>()
  return (hostname, done) => {
    const turns = answers[hostname] ?? []
    const turn = asked.get(hostname) ?? 0
    asked.set(hostname, turn + 1)
    const addresses = turns[Math.min(turn, turns.length - 1)] ?? []
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
}

async function serve(host: string, port = 0, location?: (port: number) => string): Promise<LoopbackServer> {
  const server = await openLoopbackServer(
    (request, response) => {
      const isMoving = location !== undefined && request.url === '/move'
      if (isMoving) response.writeHead(302, { location: location(server.port) })
      response.end('<rss/>')
    },
    { host, port },
  )
  open.push(server)
  return server
}

function fetcherWith(options: Partial<FetcherOptions>): Fetcher {
  const fetcher = createFetcher({ version: '0.0.0', minGapMs: 0, maxMs: 2_000, ...options })
  open.push(fetcher)
  return fetcher
}

describe('guardedConnector()', () => {
  test('refuses a name that leads to a private address, without saying which', async () => {
    const server = await serve('127.0.0.1')
    const fetcher = fetcherWith({ resolve: dns({ 'rebind.test': [['127.0.0.1']] }) })
    expect(await fetcher.fetchFeed({ url: `http://rebind.test:${server.port}/` })).toMatchObject({
      failure: 'refused',
      problem: `Cannot fetch "http://rebind.test:${server.port}/": "rebind.test" leads to a private network; fetch.allow_addresses in the settings can allow it`,
    })
    expect(server.connections()).toBe(0)
  })

  test.each([
    ['127.0.0.1'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['169.254.169.254'],
    ['fe80::1%lo'],
    ['64:ff9b::7f00:1'],
  ])('refuses a name that leads to %s', async (address) => {
    const server = await serve('127.0.0.1')
    const fetcher = fetcherWith({ resolve: dns({ 'rebind.test': [[address]] }) })
    expect(await fetcher.fetchFeed({ url: `http://rebind.test:${server.port}/` })).toMatchObject({
      failure: 'refused',
    })
    expect(server.connections()).toBe(0)
  })

  test('dials only the permitted ones of many addresses', async () => {
    const [closed, allowed] = [await serve('127.0.0.1'), await serve('127.0.0.2')]
    const fetcher = fetcherWith({
      allowAddresses: ['127.0.0.2'],
      resolve: dns({ 'both.test': [['127.0.0.1', '127.0.0.2']] }),
    })
    expect(await fetcher.fetchFeed({ url: `http://both.test:${allowed.port}/` })).toMatchObject({
      kind: 'fetched',
    })
    expect(closed.connections()).toBe(0)
  })

  test('judges every new connection again when DNS changes its mind', async () => {
    const closed = await serve('127.0.0.1')
    const allowed = await openLoopbackServer(
      (_, response) => {
        response.writeHead(200, { connection: 'close' }).end('<rss/>')
      },
      { host: '127.0.0.2', port: closed.port },
    )
    open.push(allowed)
    const fetcher = fetcherWith({
      allowAddresses: ['127.0.0.2'],
      resolve: dns({ 'rebind.test': [['127.0.0.2'], ['127.0.0.1']] }),
    })
    const url = `http://rebind.test:${closed.port}/`
    expect(await fetcher.fetchFeed({ url })).toMatchObject({ kind: 'fetched' })
    expect(await fetcher.fetchFeed({ url })).toMatchObject({ failure: 'refused' })
    expect([allowed.connections(), closed.connections()]).toEqual([1, 0])
  })

  test.each([
    ['an address', (port: number) => `http://127.0.0.1:${port}/secret`],
    ['a mapped address', (port: number) => `http://[::ffff:127.0.0.1]:${port}/secret`],
    ['one number', (port: number) => `http://2130706433:${port}/secret`],
    ['localhost', (port: number) => `http://localhost:${port}/secret`],
    ['a name that rebinds', (port: number) => `http://rebind.test:${port}/secret`],
    ['credentials', (port: number) => `http://a:b@127.0.0.2:${port}/secret`],
    ['a file', () => 'file:///etc/passwd'],
    ['a closed port', () => 'http://127.0.0.2:22/'],
  ])('refuses a redirect to %s', async (_what, location) => {
    const door = await serve('127.0.0.2', 0, location)
    const closed = await serve('127.0.0.1', door.port)
    const fetcher = fetcherWith({
      allowAddresses: ['127.0.0.2'],
      resolve: dns({ 'rebind.test': [['127.0.0.1']], localhost: [['127.0.0.1']] }),
    })
    expect(await fetcher.fetchFeed({ url: `${door.origin}/move` })).toMatchObject({ failure: 'refused' })
    expect(door.hits).toEqual(['/move'])
    expect(closed.connections()).toBe(0)
  })

  test('refuses private targets before a proxy hears of them', async () => {
    const proxy = await serve('127.0.0.1')
    const fetcher = fetcherWith({ proxyUrl: proxy.origin })
    expect(await fetcher.fetchFeed({ url: 'http://10.0.0.1/' })).toMatchObject({ failure: 'refused' })
    expect(proxy.connections()).toBe(0)
    expect(await fetcher.fetchFeed({ url: 'http://feeds.test/rss' })).toMatchObject({ kind: 'fetched' })
    expect(proxy.hits).toEqual(['http://feeds.test/rss'])
  })
})
