// How fast and how large pages are over a filled PostgreSQL, see bench/scale.ts:
//
//   node bench/scale.ts fill --url postgres://… --articles 1000000
//   node bench/web.ts        --url postgres://… [--requests 40]
//
// Pages are asked for over HTTP on this machine, one after the other: front page, stories that were not asked for before, stories again,
// searches by frequent and by rare words, an archive and a digest of it, the operator's pages. CPU milliseconds hold on a busy machine too.
import { parseArgs } from 'node:util'
import { openStore } from '../src/adapters/storage/open-store.ts'
import { serveWeb } from '../src/adapters/web/serve-web.ts'
import { createWebApp } from '../src/adapters/web/web-app.ts'
import { houseMeter, webRooms } from '../src/wire-web.ts'

const { values } = parseArgs({
  options: { url: { type: 'string', default: '' }, requests: { type: 'string', default: '40' } },
})
const requests = Number(values.requests)
if (values.url === '') {
  console.error('Cannot measure pages: --url names no database')
  process.exit(1)
}
const TOKEN = 'token-of-the-bench-only'
const EVERYBODY = { tenant: null }

const store = await openStore(values.url)
const [newest] = await store.articles.articlesSince(0, 1, EVERYBODY)
const nowMs = () => (newest?.ingestedAtMs ?? 0) + 60_000
const stop = new AbortController()
const limits = { requestsPerMinute: 1e9, searchesPerMinute: 1e9, loginsPerQuarterHour: 1e9 }
const app = createWebApp(
  webRooms({ store, log: () => undefined, meter: houseMeter(store, '0', nowMs), nowMs }),
  {
    ...{ adminToken: TOKEN, openMetrics: false, publicUrl: null, trustProxy: false, limits },
  },
)
let served: Promise<void> = Promise.resolve()
const port = await new Promise<number>((resolve) => {
  served = serveWeb(app, { host: '127.0.0.1', port: 0, stop: stop.signal, onListening: resolve })
})
const origin = `http://127.0.0.1:${port}`

async function cookieOf(): Promise<string> {
  const answer = await fetch(`${origin}/operator/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: origin, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token: TOKEN }),
  })
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

async function measure(name: string, paths: readonly string[], cookie = ''): Promise<void> {
  const wall: number[] = []
  let largest = 0
  let bad = 0
  const cpu = process.cpuUsage()
  for (const path of paths) {
    const startedAt = performance.now()
    const answer = await fetch(`${origin}${path}`, { headers: { Cookie: cookie } })
    const body = await answer.arrayBuffer()
    wall.push(performance.now() - startedAt)
    largest = Math.max(largest, body.byteLength)
    if (answer.status !== 200) bad += 1
  }
  const { user, system } = process.cpuUsage(cpu)
  wall.sort((a, b) => a - b)
  const at = (share: number) =>
    (wall[Math.min(wall.length - 1, Math.floor(wall.length * share))] ?? 0).toFixed(1)
  const cpuMs = ((user + system) / 1_000 / Math.max(1, paths.length)).toFixed(1)
  console.log(
    `${name.padEnd(22)} median ${at(0.5)} ms, p95 ${at(0.95)} ms, CPU ${cpuMs} ms a page, largest ${(largest / 1_000).toFixed(1)} kB${bad === 0 ? '' : `, ${bad} not 200`}`,
  )
}

const latest = await store.stories.stories({ limit: 200 }, EVERYBODY)
const large = latest.toSorted((a, b) => b.members.length - a.members.length)
const stories = large.slice(0, requests).map(({ id }) => `/story/${id}`)
const words = latest.flatMap(({ headline }) => headline.split(' ').slice(0, 2).join(' ')).slice(0, requests)
const often = latest.flatMap(({ headline }) => headline.split(' ')[0] ?? '').slice(0, requests)
const search = (list: readonly string[]) => list.map((text) => `/search?q=${encodeURIComponent(text)}`)
await fetch(`${origin}/`)
await measure(
  'front page',
  Array.from({ length: requests }, (_, n) => `/?page=${n % 5}`),
)
await measure('story, first time', stories)
await measure('story, again', stories)
await measure(
  'story, since a day',
  stories.map((path) => `${path}?since=24h`),
)
await measure('search, two words', search(words))
await measure('search, one word', search(often))
const [subscription] = await store.operator.subscriptions({ limit: 1, offset: 0 })
if (subscription !== undefined) {
  const { id } = subscription.destination
  const token = await store.links.linkOf(id, { token: `bench-${id}`.replace(/[^\w-]/g, '-'), atMs: 0 })
  const digests = await store.digests.digests(id, requests)
  await measure(
    'archive',
    Array.from({ length: requests }, () => `/digests/${token}`),
  )
  await measure(
    'digest',
    digests.map((digest) => `/digests/${token}/${digest.id}`),
  )
  await measure(
    'feed',
    Array.from({ length: requests }, () => `/digests/${token}/feed.atom`),
  )
}
const cookie = await cookieOf()
for (const page of ['', '/feeds', '/deliveries', '/schedules', '/corrections'])
  await measure(
    `operator${page}`,
    Array.from({ length: Math.ceil(requests / 4) }, () => `/operator${page}`),
    cookie,
  )
await measure(
  'operator/inspect',
  large.slice(0, Math.ceil(requests / 4)).map(({ id }) => `/operator/inspect?story=${id}`),
  cookie,
)
stop.abort()
await served
await store.close()
