import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { createFetcher, type Fetcher, type FetcherOptions } from '../../../src/adapters/fetch/http-fetcher.ts'
import { openLoopbackServer, type LoopbackServer } from '../../support/loopback-server.ts'

const NOW_MS = Date.UTC(2026, 4, 4, 6, 0, 0)
const FEED = '<rss version="2.0"><channel><title>The Harbour Post</title></channel></rss>'
const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function serve(answer: RequestListener, options?: Parameters<typeof openLoopbackServer>[1]) {
  const server = await openLoopbackServer(answer, options)
  open.push(server)
  return server
}

function fetcherWith(options: Partial<FetcherOptions> = {}): Fetcher {
  const fetcher = createFetcher({
    version: '1.2.3',
    allowAddresses: ['127.0.0.0/8'],
    minGapMs: 0,
    maxMs: 5_000,
    nowMs: () => NOW_MS,
    sleep: () => Promise.resolve(),
    ...options,
  })
  open.push(fetcher)
  return fetcher
}

async function fetchOf(answer: RequestListener, options: Partial<FetcherOptions> = {}) {
  const server = await serve(answer)
  return fetcherWith(options).fetchFeed({ url: `${server.origin}/feed` })
}

function textOf(outcome: { kind: string }): string {
  if (!('body' in outcome)) throw new Error(`no body: ${JSON.stringify(outcome)}`)
  return new TextDecoder().decode(outcome.body as Uint8Array)
}

describe('fetchFeed()', () => {
  test('gives body, type, validators and final URL', async () => {
    const server = await serve((_, response) => {
      response.setHeader('etag', '"v1"').setHeader('last-modified', 'Mon, 04 May 2026 05:00:00 GMT')
      response.setHeader('content-type', 'application/rss+xml; charset=utf-8').end(FEED)
    })
    const outcome = await fetcherWith().fetchFeed({ url: `${server.origin}/feed#top` })
    expect(outcome).toMatchObject({
      kind: 'fetched',
      url: `${server.origin}/feed`,
      contentType: 'application/rss+xml; charset=utf-8',
      movedTo: null,
      freshForMs: null,
      validators: {
        etag: '"v1"',
        lastModified: 'Mon, 04 May 2026 05:00:00 GMT',
        bodyHash: createHash('sha256').update(FEED).digest('hex'),
      },
    })
    expect(textOf(outcome)).toBe(FEED)
  })

  test('says honestly who asks', async () => {
    const seen: IncomingMessage['headers'][] = []
    const answer: RequestListener = (request, response) => {
      seen.push(request.headers)
      response.end(FEED)
    }
    await fetchOf(answer)
    await fetchOf(answer, { contactUrl: 'https://tidings.example/about' })
    expect(seen.map((headers) => headers['user-agent'])).toEqual([
      'tidings/1.2.3',
      'tidings/1.2.3 (+https://tidings.example/about)',
    ])
    expect(seen[0]).toMatchObject({ 'accept-encoding': 'gzip, deflate, br, zstd' })
  })

  test('asks with validators and takes 304 as not modified', async () => {
    const server = await serve((request, response) => {
      const isKnown =
        request.headers['if-none-match'] === '"v1"' && request.headers['if-modified-since'] === 'then'
      response.writeHead(isKnown ? 304 : 500, { 'cache-control': 'max-age=600' }).end()
    })
    const validators = { etag: '"v1"', lastModified: 'then', bodyHash: 'h' }
    expect(await fetcherWith().fetchFeed({ url: server.origin, validators })).toEqual({
      kind: 'not-modified',
      validators,
      movedTo: null,
      freshForMs: 600_000,
    })
  })

  test('takes the same body again as not modified, and 304 without validators as a failure', async () => {
    const server = await serve((request, response) => {
      response.writeHead(request.url === '/odd' ? 304 : 200).end(request.url === '/odd' ? '' : FEED)
    })
    const bodyHash = createHash('sha256').update(FEED).digest('hex')
    const validators = { etag: null, lastModified: null, bodyHash }
    const fetcher = fetcherWith()
    expect(await fetcher.fetchFeed({ url: server.origin, validators })).toMatchObject({
      kind: 'not-modified',
    })
    expect(await fetcher.fetchFeed({ url: `${server.origin}/odd`, validators })).toMatchObject({
      failure: 'status',
      status: 304,
    })
  })

  test('tells 410 as gone', async () => {
    expect(await fetchOf((_, response) => response.writeHead(410).end())).toMatchObject({
      kind: 'gone',
      problem: expect.stringMatching(
        /^Cannot fetch "http:\/\/127.*\/feed": status is 410, gone for good$/,
      ) as string,
    })
  })

  test.each([
    [404, {}, null],
    [503, { 'retry-after': '120' }, NOW_MS + 120_000],
    [429, { 'retry-after': 'Mon, 04 May 2026 07:00:00 GMT' }, NOW_MS + 3_600_000],
    [503, { 'retry-after': 'Mon, 04 May 2020 07:00:00 GMT' }, NOW_MS],
    [503, { 'retry-after': 'soon' }, null],
    [503, { 'retry-after': '99999999999' }, NOW_MS + 365 * 86_400_000],
  ])('tells status %i with %j as a failure to retry at %s', async (status, headers, retryAtMs) => {
    const outcome = await fetchOf((_, response) => response.writeHead(status, headers).end('sorry'))
    expect(outcome).toMatchObject({ kind: 'failed', failure: 'status', status, retryAtMs })
  })

  test.each([
    [{ 'cache-control': 'public, max-age=900' }, 900_000],
    [{ 'cache-control': 'max-age=900', age: '300' }, 600_000],
    [{ 'cache-control': 'max-age=100', age: '300' }, 0],
    [{ 'cache-control': 'no-cache, max-age=900' }, 0],
    [{ 'cache-control': 's-maxage=50' }, null],
    [{ expires: 'Mon, 04 May 2026 06:30:00 GMT', date: 'Mon, 04 May 2026 06:00:00 GMT' }, 1_800_000],
    [{ expires: '0' }, 0],
    [{ 'cache-control': 'max-age=900', expires: '0' }, 900_000],
  ])('reads freshness from %j', async (headers, freshForMs) => {
    expect(await fetchOf((_, response) => response.writeHead(200, headers).end(FEED))).toMatchObject({
      freshForMs,
    })
  })
})

describe('fetchFeed() and content codings', () => {
  test.each([
    ['gzip', gzipSync(FEED), 'gzip'],
    ['gzip by its old name', gzipSync(FEED), 'x-gzip'],
    ['deflate', deflateSync(FEED), 'deflate'],
    ['deflate without its header', deflateRawSync(FEED), 'deflate'],
    ['brotli', brotliCompressSync(FEED), 'br'],
    ['zstd', zstdCompressSync(FEED), 'zstd'],
    ['two codings', brotliCompressSync(gzipSync(FEED)), 'gzip, br'],
    ['identity', Buffer.from(FEED), 'identity'],
    ['gzip that is none', Buffer.from(FEED), 'gzip'],
    ['a gzip file without a coding', gzipSync(FEED), ''],
  ])('undoes %s', async (_what, body, coding) => {
    const outcome = await fetchOf((_, response) => {
      if (coding !== '') response.setHeader('content-encoding', coding)
      response.end(body)
    })
    expect(textOf(outcome)).toBe(FEED)
  })

  test.each([
    ['broken gzip', gzipSync(FEED).subarray(0, 30), 'gzip'],
    ['broken brotli', Buffer.from('nonsense'), 'br'],
    ['an unknown coding', Buffer.from(FEED), 'compress'],
    ['too many codings', gzipSync(FEED), 'gzip, gzip, gzip'],
  ])('tells %s', async (_what, body, coding) => {
    const outcome = await fetchOf((_, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(body),
    )
    expect(outcome).toMatchObject({ kind: 'failed', failure: 'encoding' })
  })

  const BOMB = Buffer.alloc(64 * 1024 * 1024)
  test.each([
    ['gzip', gzipSync(BOMB)],
    ['deflate', deflateSync(BOMB)],
    ['br', brotliCompressSync(BOMB, { params: { 1: 2 } })],
    ['zstd', zstdCompressSync(BOMB)],
    ['gzip, gzip', gzipSync(gzipSync(BOMB))],
  ])('cuts off a %s bomb', async (coding, body) => {
    const before = process.memoryUsage().arrayBuffers
    const outcome = await fetchOf(
      (_, response) => response.writeHead(200, { 'content-encoding': coding }).end(body),
      {
        maxFeedBytes: 256 * 1024,
      },
    )
    expect(outcome).toMatchObject({
      failure: 'too-large',
      problem: expect.stringMatching(/larger than 256 KB$/) as string,
    })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024)
  })
})

describe('fetchFeed() and limits', () => {
  test('refuses a body that is announced too large without reading it', async () => {
    const outcome = await fetchOf(
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000000' }).write('x')
      },
      { maxFeedBytes: 1_000 },
    )
    expect(outcome).toMatchObject({ failure: 'too-large' })
  })

  test('stops a body that never ends', async () => {
    const outcome = await fetchOf(
      (_, response) => {
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(10_000)));
        }
        response.on('drain', more)
        more()
      },
      { maxFeedBytes: 100_000 },
    )
    expect(outcome).toMatchObject({ failure: 'too-large' })
  })

  test('stops a server that says nothing', async () => {
    expect(await fetchOf(() => undefined, { maxMs: 100 })).toMatchObject({ failure: 'timeout' })
  })

  test('stops a body that drips for ever: the limit is for the whole fetch', async () => {
    let timer: NodeJS.Timeout | undefined
    const outcome = await fetchOf(
      (_, response) => {
        timer = setInterval(() => response.write('.'), 10)
      },
      { maxMs: 200 },
    )
    clearInterval(timer)
    expect(outcome).toMatchObject({ failure: 'timeout' })
  })

  test('stops redirects that drip: the limit is for all of them together', async () => {
    let step = 0
    const outcome = await fetchOf(
      (_, response) => {
        setTimeout(() => response.writeHead(302, { location: `/${step++}` }).end(), 60)
      },
      { maxMs: 150 },
    )
    expect(outcome).toMatchObject({ failure: 'timeout' })
  })

  test('does not hold against a server the time in which this process was busy', async () => {
    const server = await serve((_, response) => response.end(FEED))
    const fetcher = fetcherWith({ maxMs: 250 })
    const answered = fetcher.fetchFeed({ url: server.origin })
    await new Promise((resolve) => setImmediate(resolve))
    const untilMs = performance.now() + 600
    while (performance.now() < untilMs);
    expect(await answered).toMatchObject({ kind: 'fetched' })
  })

  test('stops headers that are too large', async () => {
    const outcome = await fetchOf((_, response) => {
      for (let i = 0; i < 100; i++) response.setHeader(`x-filler-${i}`, 'y'.repeat(1_000))
      response.end(FEED)
    })
    expect(outcome).toMatchObject({
      failure: 'too-large',
      problem: expect.stringMatching(/headers/) as string,
    })
  })

  test('stops when the caller does', async () => {
    const stop = new AbortController()
    const server = await serve(() => {
      stop.abort()
    })
    const request = { url: server.origin, signal: stop.signal }
    const fetcher = fetcherWith()
    expect(await fetcher.fetchFeed(request)).toMatchObject({ failure: 'aborted' })
    expect(await fetcher.fetchFeed(request)).toMatchObject({ failure: 'aborted' })
    expect(server.hits).toHaveLength(1)
  })
})

describe('fetchFeed() and broken servers', () => {
  test.each<readonly [string, (response: ServerResponse) => unknown, string]>([
    [
      'a reset',
      (response) => {
        response.socket?.resetAndDestroy()
      },
      'protocol',
    ],
    ['a hang-up', (response) => response.socket?.destroy(), 'protocol'],
    ['no HTTP', (response) => response.socket?.end('220 mail.example ESMTP\r\n'), 'protocol'],
    [
      'a body that ends early',
      (response) => {
        response.writeHead(200, { 'content-length': '1000' })
        response.write('short', () => response.socket?.destroy())
      },
      'protocol',
    ],
    [
      'a chunk of no length',
      (response) => response.socket?.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nx'),
      'protocol',
    ],
  ])('tells %s', async (_what, misbehave, failure) => {
    const outcome = await fetchOf((_, response) => {
      misbehave(response)
    })
    expect(outcome).toMatchObject({ kind: 'failed', failure })
  })

  test('tells a port where nobody listens', async () => {
    const server = await openLoopbackServer(() => undefined)
    await server.close()
    expect(await fetcherWith().fetchFeed({ url: server.origin })).toMatchObject({
      failure: 'connect',
      problem: `Cannot fetch "${server.origin}/": connection is refused`,
    })
  })

  test('tells a name that does not exist', async () => {
    const fetcher = fetcherWith({
      resolve: (_, done) => {
        done(Object.assign(new Error('none'), { code: 'ENOTFOUND' }), [])
      },
    })
    expect(await fetcher.fetchFeed({ url: 'http://nowhere.test/' })).toMatchObject({
      failure: 'dns',
      problem: 'Cannot fetch "http://nowhere.test/": host name does not exist',
    })
  })

  test.each(['', 'no url', 'http://', `http://news.example.org/${'x'.repeat(3_000)}`])(
    'tells the URL "%s"',
    async (url) => {
      expect(await fetcherWith().fetchFeed({ url })).toMatchObject({ failure: 'refused' })
    },
  )
})

describe('fetchFeed() and TLS', () => {
  const pem = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8')
  const secure = async (cert: string) =>
    serve((_, response) => void response.end(FEED), { tls: { key: pem('host.key'), cert: pem(cert) } })

  test('reads a feed over TLS that can be trusted', async () => {
    const server = await secure('good.pem')
    expect(await fetcherWith({ ca: pem('ca.pem') }).fetchFeed({ url: server.origin })).toMatchObject({
      kind: 'fetched',
    })
  })

  test.each([
    ['expired.pem', 'certificate has expired'],
    ['other.pem', 'certificate is for another host'],
    ['self-signed.pem', 'certificate is self-signed'],
  ])('tells what is wrong with %s', async (cert, why) => {
    const server = await secure(cert)
    const outcome = await fetcherWith({ ca: pem('ca.pem') }).fetchFeed({ url: server.origin })
    expect(outcome).toMatchObject({ failure: 'tls', problem: `Cannot fetch "${server.origin}/": ${why}` })
  })

  test('tells an unknown issuer and a server without TLS', async () => {
    const server = await secure('good.pem')
    expect(await fetcherWith().fetchFeed({ url: server.origin })).toMatchObject({ failure: 'tls' })
    const plain = await serve((_, response) => response.end(FEED))
    expect(await fetcherWith().fetchFeed({ url: plain.origin.replace('http:', 'https:') })).toMatchObject({
      failure: 'tls',
    })
  })
})

describe('fetchFeed() and redirects', () => {
  /** Answers `/<status>/<rest>` with a redirect to `/<rest>`, and everything else with a feed. */
  const redirecting: RequestListener = (request, response) => {
    const [, status, rest] = /^\/(\d{3})(\/.*)$/.exec(request.url ?? '') ?? []
    if (status === undefined) response.end(FEED)
    else response.writeHead(Number(status), { location: rest }).end('moved')
  }

  test.each([
    ['/301/feed', '/feed'],
    ['/308/feed', '/feed'],
    ['/301/308/feed', '/feed'],
    ['/301/302/feed', '/302/feed'],
    ['/302/301/feed', null],
    ['/307/feed', null],
    ['/303/feed', null],
    ['/feed', null],
  ])('follows %s and reports the permanent move %s', async (path, movedTo) => {
    const server = await serve(redirecting)
    expect(await fetcherWith().fetchFeed({ url: `${server.origin}${path}` })).toMatchObject({
      kind: 'fetched',
      url: `${server.origin}/feed`,
      movedTo: movedTo === null ? null : `${server.origin}${movedTo}`,
    })
  })

  test('asks where the feed has moved to, not where it was', async () => {
    const server = await serve(redirecting)
    await fetcherWith().fetchFeed({ url: `${server.origin}/old`, movedTo: `${server.origin}/new` })
    expect(server.hits).toEqual(['/new'])
  })

  test('stops in a circle and after eight redirects', async () => {
    const circle = await serve((request, response) => {
      response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a' }).end()
    })
    const fetcher = fetcherWith()
    expect(await fetcher.fetchFeed({ url: `${circle.origin}/a` })).toMatchObject({
      failure: 'redirects',
      problem: `Cannot fetch "${circle.origin}/a": redirects go in a circle`,
    })
    expect(circle.hits).toEqual(['/a', '/b'])
    let step = 0
    const endless = await serve((_, response) => response.writeHead(302, { location: `/${step++}` }).end())
    expect(await fetcher.fetchFeed({ url: endless.origin })).toMatchObject({ failure: 'redirects' })
    expect(endless.hits).toHaveLength(9)
  })

  test.each([[undefined], ['http://'], [`/${'x'.repeat(3_000)}`]])(
    'fails on the location %s',
    async (location) => {
      const outcome = await fetchOf((_, response) =>
        response.writeHead(302, location === undefined ? {} : { location }).end(),
      )
      expect(outcome).toMatchObject({ failure: 'status', status: 302 })
    },
  )
})

describe('fetchFeed() and secrets', () => {
  const secrets = {
    headers: { 'X-Api-Key': 'key-of-nobody' },
    cookies: 'session=crumb-of-nobody',
    basicAuth: { user: 'reader', password: 'pass-of-nobody' },
  }

  test('sends them to the feed and to no other origin', async () => {
    const seen: Record<string, IncomingMessage['headers']> = {}
    const other = await serve((request, response) => {
      seen['other'] = request.headers
      response.end(FEED)
    })
    const own = await serve((request, response) => {
      seen['own'] = request.headers
      response.writeHead(302, { location: other.origin }).end()
    })
    await fetcherWith().fetchFeed({ url: own.origin, secrets })
    expect(seen['own']).toMatchObject({
      'x-api-key': 'key-of-nobody',
      cookie: 'session=crumb-of-nobody',
      authorization: `Basic ${Buffer.from('reader:pass-of-nobody').toString('base64')}`,
    })
    expect(JSON.stringify(seen['other'])).not.toMatch(/nobody|authorization/)
  })

  test('keeps them back where the feed has moved to another origin', async () => {
    let seen = ''
    const other = await serve((request, response) => {
      seen = JSON.stringify(request.headers)
      response.end(FEED)
    })
    await fetcherWith().fetchFeed({ url: 'http://127.0.0.9/feed', movedTo: other.origin, secrets })
    expect(seen).toContain('user-agent')
    expect(seen).not.toMatch(/nobody|authorization/)
  })

  test('never tells them', async () => {
    const server = await serve((_, response) => response.writeHead(403).end())
    const fetcher = fetcherWith()
    const url = `${server.origin}/feed?page=2&api_key=key-of-nobody`
    const outcomes = [
      await fetcher.fetchFeed({ url, secrets }),
      await fetcher.fetchFeed({ url: 'http://reader:pass-of-nobody@news.example.org/' }),
      await fetcher.fetchFeed({ url: 'http://reader:pass-of-nobody@:bad' }),
      await fetcher.fetchFeed({ url, secrets: { headers: { 'x-key': 'nobody\r\nx: y' } } }),
    ]
    expect(JSON.stringify(outcomes)).not.toContain('nobody')
    expect(outcomes[0]).toMatchObject({ problem: expect.stringContaining('page=2') as string })
    expect(outcomes[3]).toMatchObject({ failure: 'protocol' })
  })
})

describe('fetchFeed() and manners', () => {
  test('keeps the limits for one host, and hosts do not wait for each other', async () => {
    let nowMs = NOW_MS
    const starts: number[] = []
    const busy = { now: 0, most: 0 }
    const server = await serve((_, response) => {
      starts.push(nowMs)
      busy.most = Math.max(busy.most, ++busy.now)
      setTimeout(() => {
        busy.now--
        response.end(FEED)
      }, 5)
    })
    const fetcher = fetcherWith({
      minGapMs: 1_000,
      maxPerHost: 2,
      nowMs: () => nowMs,
      sleep: async (ms) => {
        nowMs += ms
      },
    })
    await Promise.all(
      Array.from({ length: 6 }, (_, i) => fetcher.fetchFeed({ url: `${server.origin}/${i}` })),
    )
    expect(busy.most).toBeLessThanOrEqual(2)
    const gaps = starts.slice(1).map((start, i) => start - starts[i]!)
    expect(starts.at(-1)! - starts[0]!).toBeGreaterThanOrEqual(5_000 - 1_000)
    expect(gaps).toHaveLength(5)
  })

  test('ends the wait for a turn when the caller stops', async () => {
    const server = await serve((_, response) => response.end(FEED))
    const fetcher = createFetcher({ version: '1.2.3', allowAddresses: ['127.0.0.1'], minGapMs: 600_000 })
    open.push(fetcher)
    const stop = new AbortController()
    await fetcher.fetchFeed({ url: server.origin })
    const waiting = [1, 2, 3].map((i) =>
      fetcher.fetchFeed({ url: `${server.origin}/${i}`, signal: stop.signal }),
    )
    setImmediate(() => {
      stop.abort()
    })
    expect(await Promise.all(waiting)).toMatchObject([{}, {}, {}].map(() => ({ failure: 'aborted' })))
    expect(server.hits).toEqual(['/'])
  })

  test('does not wait for ever on a clock that stands still', async () => {
    const server = await serve((_, response) => response.end(FEED))
    const fetcher = fetcherWith({ minGapMs: 1_000 })
    await fetcher.fetchFeed({ url: server.origin })
    expect(await fetcher.fetchFeed({ url: server.origin })).toMatchObject({ kind: 'fetched' })
  })

  test('leaves a host alone after five silent failures, then tries it once', async () => {
    let nowMs = NOW_MS
    let isUp = false
    const server = await serve((_, response) => {
      if (isUp) response.end(FEED)
      else response.socket?.destroy()
    })
    const fetcher = fetcherWith({ nowMs: () => nowMs })
    const ask = () => fetcher.fetchFeed({ url: server.origin })
    for (let i = 0; i < 5; i++) expect(await ask()).toMatchObject({ failure: 'protocol' })
    expect(await ask()).toMatchObject({ failure: 'host-rests', retryAtMs: NOW_MS + 60_000 })
    expect(server.hits).toHaveLength(5)
    nowMs += 60_000
    expect(await ask()).toMatchObject({ failure: 'protocol' })
    expect(await ask()).toMatchObject({ failure: 'host-rests', retryAtMs: nowMs + 120_000 })
    nowMs += 120_000
    isUp = true
    expect(await ask()).toMatchObject({ kind: 'fetched' })
    expect(await ask()).toMatchObject({ kind: 'fetched' })
  })

  test('leaves a host alone for as long as a 429 asks', async () => {
    let nowMs = NOW_MS
    const server = await serve((_, response) => response.writeHead(429, { 'retry-after': '300' }).end())
    const fetcher = fetcherWith({ nowMs: () => nowMs })
    await fetcher.fetchFeed({ url: `${server.origin}/one` })
    expect(await fetcher.fetchFeed({ url: `${server.origin}/two` })).toMatchObject({
      failure: 'host-rests',
      retryAtMs: NOW_MS + 300_000,
    })
    nowMs += 300_000
    await fetcher.fetchFeed({ url: `${server.origin}/two` })
    expect(server.hits).toEqual(['/one', '/two'])
  })
})

describe('fetchPage()', () => {
  /** A site with a robots.txt of this text, or answered with this status. */
  async function site(robots: string | number): Promise<LoopbackServer> {
    return serve((request, response) => {
      if (request.url !== '/robots.txt') response.end('<p>News')
      else if (typeof robots === 'number') response.writeHead(robots).end()
      else response.end(robots)
    })
  }

  test('keeps robots.txt, asked once a host', async () => {
    const server = await site(
      'User-agent: *\nDisallow: /\n\nUser-agent: tidings\nDisallow: /private/\nAllow: /private/open',
    )
    const fetcher = fetcherWith()
    const pages = ['/news', '/private/x', '/private/open']
    const outcomes = await Promise.all(
      pages.map((page) => fetcher.fetchPage({ url: `${server.origin}${page}` })),
    )
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['fetched', 'failed', 'fetched'])
    expect(outcomes[1]).toMatchObject({
      failure: 'robots',
      problem: `Cannot fetch "${server.origin}/private/x": robots.txt does not allow it`,
    })
    expect(server.hits.filter((hit) => hit === '/robots.txt')).toHaveLength(1)
  })

  test.each([
    [404, 'fetched'],
    [403, 'fetched'],
    [410, 'fetched'],
    [429, 'failed'],
    [500, 'failed'],
  ])('with robots.txt status %i is %s', async (status, kind) => {
    const server = await site(status)
    expect(await fetcherWith().fetchPage({ url: `${server.origin}/news` })).toMatchObject({ kind })
  })

  test('asks the robots.txt of the host that a redirect leads to', async () => {
    const closed = await site('User-agent: *\nDisallow: /')
    const door = await serve((request, response) => {
      if (request.url === '/robots.txt') response.writeHead(404).end()
      else response.writeHead(302, { location: `${closed.origin}/news` }).end()
    })
    expect(await fetcherWith().fetchPage({ url: `${door.origin}/news` })).toMatchObject({ failure: 'robots' })
    expect(closed.hits).toEqual(['/robots.txt'])
  })

  test('does not ask robots.txt for feeds', async () => {
    const server = await site('User-agent: *\nDisallow: /')
    expect(await fetcherWith().fetchFeed({ url: `${server.origin}/feed` })).toMatchObject({ kind: 'fetched' })
    expect(server.hits).toEqual(['/feed'])
  })

  test('waits between pages as long as the site asks, at most a minute', async () => {
    const waits: number[] = []
    const server = await site('User-agent: *\nCrawl-delay: 3600')
    let nowMs = NOW_MS
    const fetcher = fetcherWith({
      nowMs: () => nowMs,
      sleep: async (ms) => {
        waits.push(ms)
        nowMs += ms
      },
    })
    for (const page of ['a', 'b', 'c']) await fetcher.fetchPage({ url: `${server.origin}/${page}` })
    expect(waits).toEqual([60_000, 60_000])
  })

  test('is not kept busy by a hostile robots.txt', async () => {
    const server = await site(`User-agent: *\n${`Disallow: /${'*a'.repeat(500)}b\n`.repeat(400)}`)
    const startMs = performance.now()
    const url = `${server.origin}/${'a'.repeat(2_000)}`
    expect(await fetcherWith().fetchPage({ url })).toMatchObject({ kind: 'fetched' })
    expect(performance.now() - startMs).toBeLessThan(1_500)
  })
})

describe('askHub()', () => {
  const QUESTION = {
    mode: 'subscribe' as const,
    topic: 'https://harbour.example/feed',
    secret: 'hush',
    leaseSeconds: 60,
    callback: 'https://news.example/websub/key',
  }

  async function askOf(answer: RequestListener, options: Partial<FetcherOptions> = {}) {
    const server = await serve(answer)
    return fetcherWith(options).askHub({ ...QUESTION, hub: `${server.origin}/hub` })
  }

  test('sends a form, also after redirects that keep it, and takes 202 as accepted', async () => {
    const forms: string[] = []
    const answer = await askOf((request, response) => {
      if (request.url === '/hub') {
        response.writeHead(307, { location: '/moved' }).end()
        return
      }
      request.setEncoding('utf8').on('data', (part: string) => forms.push(`${request.method ?? ''} ${part}`))
      request.on('end', () => response.writeHead(202).end('accepted'))
    })
    expect(answer).toEqual({ kind: 'accepted' })
    expect(forms).toHaveLength(1)
    expect(Object.fromEntries(new URLSearchParams(forms[0]?.replace('POST ', '')))).toEqual({
      ...{ 'hub.mode': 'subscribe', 'hub.topic': QUESTION.topic, 'hub.secret': 'hush' },
      ...{ 'hub.callback': QUESTION.callback, 'hub.lease_seconds': '60' },
    })
  })

  test.each([
    [400, 'refused'],
    [410, 'refused'],
    [429, 'failed'],
    [503, 'failed'],
    [302, 'failed'],
  ])('takes status %i as %s, in words', async (status, kind) => {
    const answer = await askOf((_, response) => response.writeHead(status, { location: '/elsewhere' }).end())
    expect(answer).toMatchObject({
      kind,
      problem: expect.stringMatching(/^Cannot ask hub "http:.*": status is/) as string,
    })
  })

  test('asks no hub in a private network', async () => {
    const server = await serve((_, response) => response.writeHead(202).end())
    const fetcher = fetcherWith({ allowAddresses: [] })
    for (const hub of [`${server.origin}/hub`, 'http://169.254.169.254/hub', 'ftp://hub.example/'])
      expect(await fetcher.askHub({ ...QUESTION, hub })).toMatchObject({ kind: 'refused' })
    expect(server.hits).toEqual([])
  })
})
