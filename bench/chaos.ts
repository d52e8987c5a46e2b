// Kills processes of the service at random points while they collect, group and send, and counts what got lost, came twice or
// is missing at the end. Feeds and the webhook that receives digests are servers of this process.
//
//   node bench/chaos.ts [--kills 40] [--processes 1] [--postgres] [--seed 1] [--speed 120]
//
// SQLite has one process; with --postgres (a server of its own is started) any number share the work, and one of them is killed
// at a time. Exits with 1 where anything was lost, sent twice or missing.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import SqliteFile from 'better-sqlite3'
import pg from 'pg'
import { openStore, type Store } from '../src/adapters/storage/open-store.ts'
import type { Delivery, StoredDigest } from '../src/app/ports/digest-store.ts'
import { startPostgres } from '../test/contracts/postgres-server.ts'
import { openLoopbackServer } from '../test/support/loopback-server.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '40' },
    processes: { type: 'string', default: '1' },
    postgres: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    speed: { type: 'string', default: '120' },
  },
})
const kills = Number(values.kills)
const speed = Number(values.speed)
const processes = values.postgres ? Math.max(1, Number(values.processes)) : 1

const FEEDS = 6
/** A new article of each feed, ms of the service's time. */
const ARTICLE_EVERY_MS = 8 * 60_000
const DIGEST_EVERY_MIN = 5
const DESTINATIONS = 12
/** Longest wait of the webhook before it answers, ms: a kill shall often fall between a post and its answer. */
const MAX_ANSWER_MS = 400
/** A process dies after at most so many logged things, and a moment later, ms. */
const MAX_THINGS = 30
const MAX_MOMENT_MS = 400
/** … or after so long, where it has nothing to do, ms. */
const MAX_LIFE_MS = 15_000
/** Copies that are killed in the end, and when, ms after they begin: a start takes some 500. */
const COPY_KILLS = 10
const MIN_COPY_MS = 300
const MAX_COPY_MS = 1_200
/** Longest wait for the work that is left at the end, ms. */
const MAX_END_MS = 300_000

let state = Number(values.seed)
const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647

const startMs = Date.UTC(2026, 2, 9, 6)
const startRealMs = Date.now()
const nowMs = () => startMs + (Date.now() - startRealMs) * speed
let publishUntilMs = Number.POSITIVE_INFINITY

const WORDS =
  'harbour council ferry bridge school storm market pilot theatre river strike mayor island road engine orchard winter signal clinic garden'.split(
    ' ',
  )

/** Articles of a feed so far. Every third one is told by all feeds, in the same words. */
function listed(feed: number): { id: string; title: string; text: string }[] {
  const count = Math.floor((Math.min(nowMs(), publishUntilMs) - startMs) / ARTICLE_EVERY_MS)
  return Array.from({ length: count }, (_, n) => {
    const told = n % 3 === 0 ? 0 : feed + 1
    const word = (at: number) => WORDS[(n * 7 + told * 5 + at * (told + 3)) % WORDS.length] ?? ''
    const title = `The ${word(1)} of the ${word(2)} and the ${word(3)}, part ${n} of ${told}`
    const body = `On that day the ${word(4)} met the ${word(5)} near the ${word(6)} for the ${n}th time. Nobody had seen a ${word(7)} with ${n + told} ${word(8)}s before, said the ${word(9)}.`
    return { id: `${feed}-${n}`, title, text: body }
  })
}

const posts = new Map<string, number>()
const server = await openLoopbackServer((request, response) => {
  const feed = /^\/feed\/(\d+)$/.exec(request.url ?? '')?.[1]
  if (request.method === 'POST') {
    void text(request).then(async () => {
      const nonce = String(request.headers['idempotency-key'])
      posts.set(nonce, (posts.get(nonce) ?? 0) + 1)
      await sleep(random() * MAX_ANSWER_MS)
      response.end()
    })
  } else if (feed !== undefined) {
    const items = listed(Number(feed)).map(
      ({ id, title, text: body }) =>
        `<item><title>${title}</title><link>https://paper${feed}.example/${id}</link><description>${body}</description></item>`,
    )
    response.setHeader('Content-Type', 'application/rss+xml')
    response.end(`<rss version="2.0"><channel><title>Paper ${feed}</title>${items.join('')}</channel></rss>`)
  } else response.writeHead(404).end()
})

const folder = mkdtempSync(join(tmpdir(), 'tidings-chaos-'))
const postgres = values.postgres ? await startPostgres() : null
const fresh = postgres === null ? null : await postgres.fresh()
await fresh?.store.close()
const url = fresh?.url ?? `sqlite:${join(folder, 'chaos.db')}`
const config = join(folder, 'tidings.yaml')
const to = Array.from({ length: DESTINATIONS }, (_, n) =>
  n % 2 === 0 ? `{ webhook: "${server.origin}/hook/${n}" }` : `{ file: "${join(folder, `out${n}`)}" }`,
)
const feeds = Array.from({ length: FEEDS }, (_, n) => `  - { url: "${server.origin}/feed/${n}" }`)
writeFileSync(
  config,
  `database: ${url}
feeds:
${feeds.join('\n')}
fetch: { allow_addresses: ["127.0.0.0/8"], max_articles: 10000 } # its feeds list everything that ever was
web: { port: 0 }
digests:
  - { name: chaos, to: [${to.join(', ')}], cron: "*/${DIGEST_EVERY_MIN} * * * *", stories: 50, sentences: 1 }
`,
)

interface Running {
  readonly child: ChildProcess
  readonly started: Promise<unknown>
  /** Resolves with the so many-th thing that the process logged after its start, or its end. */
  readonly logged: (things: number) => Promise<unknown>
}

function start(): Running {
  const args = [join(import.meta.dirname, 'chaos-child.ts'), config, startMs, startRealMs, speed].map(String)
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let lines = 0
  const lookouts = new Set<() => void>()
  const until = (isThere: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!isThere() && child.exitCode === null && child.signalCode === null) return
        lookouts.delete(look)
        resolve()
      }
      lookouts.add(look)
      look()
    })
  let isStarted = false
  const lookAll = () => {
    for (const look of lookouts) look()
  }
  child.stderr.on('data', (chunk: Buffer) => {
    appendFileSync(join(folder, 'log'), chunk)
    if (isStarted) lines += chunk.toString().split('\n').length - 1
    isStarted ||= chunk.includes('"started"')
    lookAll()
  })
  child.once('close', lookAll)
  return { child, started: until(() => isStarted), logged: (things) => until(() => lines >= things) }
}

/** Some die while they start, most in the middle of their work: after so many things that they did, however slow the machine is. */
async function killOne(running: Running[]): Promise<void> {
  const at = Math.floor(random() * running.length)
  const one = running[at]
  if (one === undefined) return
  if (random() > 0.15) {
    await one.started
    await Promise.race([one.logged(Math.floor(random() * MAX_THINGS)), sleep(MAX_LIFE_MS)])
  }
  await sleep(random() * MAX_MOMENT_MS)
  one.child.kill('SIGKILL')
  if (one.child.exitCode === null && one.child.signalCode === null) await once(one.child, 'close')
  running[at] = start()
}

interface Findings {
  readonly articles: number
  readonly lost: number
  readonly articlesTwice: number
  readonly notGrouped: number
  readonly digests: number
  readonly parts: number
  readonly open: number
  readonly sentTwice: number
  readonly notArrived: number
  readonly unknown: number
  /** Article and destination without the digest that should have looked at it. */
  readonly missing: number
  readonly overlapping: number
}

/** Every story that each article ever stood in, and every article of each story: where a story went since its window was judged. */
async function everStood(): Promise<{
  stories: Map<string, Set<string>>
  articles: Map<string, Set<string>>
}> {
  const rows = await memberships()
  const sets = (pairs: readonly (readonly [string, string])[]) => {
    const found = new Map<string, Set<string>>()
    for (const [key, value] of pairs) found.set(key, (found.get(key) ?? new Set()).add(value))
    return found
  }
  return {
    stories: sets(rows.map(({ article_id, story_id }) => [article_id, story_id] as const)),
    articles: sets(rows.map(({ article_id, story_id }) => [story_id, article_id] as const)),
  }
}

interface MembershipRow {
  readonly article_id: string
  readonly story_id: string
}

async function memberships(): Promise<readonly MembershipRow[]> {
  const sql = 'select article_id, story_id from story_members'
  if (fresh === null) {
    const file = new SqliteFile(join(folder, 'chaos.db'), { readonly: true })
    try {
      return file.prepare<[], MembershipRow>(sql).all()
    } finally {
      file.close()
    }
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<MembershipRow>(sql)).rows
  } finally {
    await client.end()
  }
}

async function examine(store: Store): Promise<Findings> {
  const expected = new Set(
    Array.from({ length: FEEDS }, (_, feed) =>
      listed(feed).map(({ id }) => `https://paper${feed}.example/${id}`),
    ).flat(),
  )
  // The store gives a thousand at most; a run of a hundred kills publishes some 600.
  const stored = await store.articles.articlesSince(0, 1_000, { tenant: null })
  const urls = stored.map(({ article }) => article.url ?? '')
  const ever = await everStood()
  const subscriptions = await store.subscriptions.subscriptions(null)
  const digests: StoredDigest[] = []
  const parts: Delivery[] = []
  let missing = 0
  let overlapping = 0
  for (const { destination, windowEndMs } of subscriptions) {
    const own = (await store.digests.digests(destination.id, 1_000)).toSorted((a, b) => a.fromMs - b.fromMs)
    digests.push(...own)
    for (const { id } of own) parts.push(...(await store.digests.deliveries(id)))
    overlapping += own.filter(({ fromMs }, at) => fromMs < (own[at - 1]?.toMs ?? 0)).length
    // A window with nothing but old news of stories told before gives no digest. What was told is known by its story or its articles, and
    // by those that stood there when the window was judged: a newer article may have moved them since.
    const told = await store.digests.toldSince(destination.id, 0)
    const toldStories = new Set(told.map(({ storyId }) => storyId))
    const toldArticles = new Set(told.flatMap(({ articleIds }) => articleIds))
    const isTold = (storyId: string) =>
      toldStories.has(storyId) || [...(ever.articles.get(storyId) ?? [])].some((id) => toldArticles.has(id))
    const unseen = stored.filter(
      ({ acceptedAtMs }) =>
        acceptedAtMs !== null &&
        acceptedAtMs <= windowEndMs &&
        !own.some(({ fromMs, toMs }) => acceptedAtMs > fromMs && acceptedAtMs <= toMs),
    )
    const lost = unseen.filter(({ article }) => ![...(ever.stories.get(article.id) ?? [])].some(isTold))
    missing += lost.length
    for (const { article, acceptedAtMs, storyId } of lost.slice(0, 3)) {
      const accepted = new Date(acceptedAtMs ?? 0).toISOString()
      console.error(`missing: ${article.url ?? ''}, accepted ${accepted}, story ${storyId ?? ''}`)
    }
  }
  const webhooks = new Set(
    subscriptions.flatMap(({ destination }) => (destination.platform === 'webhook' ? [destination.id] : [])),
  )
  return {
    articles: expected.size,
    lost: [...expected].filter((one) => !urls.includes(one)).length,
    articlesTwice: urls.length - new Set(urls).size,
    notGrouped: stored.filter(({ storyId }) => storyId === null).length,
    ...{ digests: digests.length, parts: parts.length },
    open: parts.filter(
      ({ state: one, retryAtMs }) =>
        one !== 'sent' && one !== 'unknown' && !(one === 'failed' && retryAtMs === null),
    ).length,
    sentTwice: [...posts.values()].filter((times) => times > 1).length,
    notArrived: parts.filter(
      ({ state: one, destinationId, nonce }) =>
        one === 'sent' && webhooks.has(destinationId) && !posts.has(nonce),
    ).length,
    unknown: parts.filter(({ state: one }) => one === 'unknown').length,
    ...{ missing, overlapping },
  }
}

/** Whether all that was published is stored, grouped, told and sent. */
async function isDone(store: Store, { lost, notGrouped, open }: Findings): Promise<boolean> {
  const [latest] = (await store.articles.articlesSince(0, 1_000_000, { tenant: null }))
    .map(({ acceptedAtMs }) => acceptedAtMs ?? 0)
    .toSorted((a, b) => b - a)
  const ends = (await store.subscriptions.subscriptions(null)).map(({ windowEndMs }) => windowEndMs)
  return lost === 0 && notGrouped === 0 && open === 0 && Math.min(...ends) > (latest ?? 0)
}

/** Kills copies of the database into another one at random points; the last is let through and must find the counts the same. */
async function killCopies(): Promise<{ copyKills: number; isCopied: boolean }> {
  const args = ['db', 'copy', '--from', url, '--to', `sqlite:${join(folder, 'copy.db')}`]
  const copy = () =>
    spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts'), ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  let copyKills = 0
  for (let n = 0; n < COPY_KILLS; n += 1) {
    const child = copy()
    const end = once(child, 'close')
    await Promise.race([end, sleep(MIN_COPY_MS + random() * MAX_COPY_MS)])
    if (child.exitCode !== null) continue
    child.kill('SIGKILL')
    await end
    copyKills += 1
  }
  const last = copy()
  const [said] = await Promise.all([text(last.stderr), once(last, 'close')])
  if (last.exitCode !== 0) console.error(said)
  return { copyKills, isCopied: last.exitCode === 0 }
}

const running = Array.from({ length: processes }, start)
for (let kill = 1; kill <= kills; kill += 1) {
  await killOne(running)
  if (kill % 10 === 0)
    console.error(`${kill} kills, ${posts.size} posts, ${((Date.now() - startRealMs) / 1_000).toFixed(0)} s`)
}
publishUntilMs = nowMs()
const endMs = Date.now() + MAX_END_MS
const store = await openStore(url)
let findings = await examine(store)
while (!(await isDone(store, findings)) && Date.now() < endMs) {
  await sleep(1_000)
  findings = await examine(store)
}
const stopMs = Date.now()
await Promise.all(
  running.map(async ({ child, started }) => {
    await started
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'close')
  }),
)
const stoppedMs = Date.now()
const copied = await killCopies()
console.log(
  JSON.stringify({
    database: postgres?.name ?? 'SQLite',
    processes,
    kills,
    ...findings,
    stopMs: stoppedMs - stopMs,
    ...copied,
  }),
)
await store.close()
await postgres?.stop()
await server.close()
const { lost, articlesTwice, notGrouped, sentTwice, notArrived, missing, overlapping, open } = findings
const isClean =
  copied.isCopied &&
  lost + articlesTwice + notGrouped + sentTwice + notArrived + missing + overlapping + open === 0
if (isClean) rmSync(folder, { recursive: true })
else console.error(`Look at ${folder}`)
process.exitCode = isClean ? 0 : 1
