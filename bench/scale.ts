// What one machine carries with PostgreSQL: a million articles, ten thousand destinations in a thousand tenants.
//
//   node bench/scale.ts fill     --url postgres://… [--articles 1000000]   (an empty database)
//   node bench/scale.ts digests  --url postgres://… [--due 5000] [--processes 1]
//   node bench/scale.ts group    --url postgres://… [--arrivals 1000]
//   node bench/scale.ts commands --url postgres://…
//
// `digests` runs two days after each other: on the second every destination has a memory. CPU seconds hold on a busy machine too.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { cutForDiscord } from '../src/adapters/discord/render-digest.ts'
import { cutForSlack } from '../src/adapters/slack/render-digest.ts'
import { openStore, type Store } from '../src/adapters/storage/open-store.ts'
import { StoryGrouper } from '../src/app/group-stories.ts'
import type { Publisher } from '../src/app/ports/publisher.ts'
import { DigestSender } from '../src/app/send-digests.ts'
import { fillAudience, fillNewsroom, madeUp, random, SPACING_MS, START_MS, word } from './scale-data.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: '' },
    articles: { type: 'string', default: '1000000' },
    tenants: { type: 'string', default: '1000' },
    destinations: { type: 'string', default: '10000' },
    due: { type: 'string', default: '5000' },
    processes: { type: 'string', default: '1' },
    arrivals: { type: 'string', default: '1000' },
    due_at: { type: 'string', default: '0' },
  },
})
const [task = ''] = positionals
const DAY_MS = 86_400_000
const { url } = values

/** The minute after the newest article, as the service's clock. */
async function presentMs(store: Store): Promise<number> {
  const [newest] = await store.articles.articlesSince(0, 1, { tenant: null })
  return Math.ceil(((newest?.ingestedAtMs ?? START_MS) + 1) / 60_000) * 60_000
}

const quiet = () => undefined

/** Cuts as the platform's own, sends nowhere. */
function publisher(platform: string, cut: Publisher['cut']): Publisher {
  return {
    ...{ platform, cut },
    send: ({ nonce }) => Promise.resolve({ kind: 'sent', messageId: nonce }),
    resolve: () => Promise.resolve({ kind: 'unknown' }),
    edit: () => Promise.resolve({ kind: 'refused', problem: 'no edits' }),
  }
}

const publishers = new Map([
  ['discord', publisher('discord', cutForDiscord)],
  ['slack', publisher('slack', cutForSlack)],
])

interface Worked {
  readonly planned: number
  readonly planS: number
  readonly allS: number
  /** Of this process: until all was planned, and until all was sent. */
  readonly planCpuS: number
  readonly cpuS: number
  readonly rssMb: number
}

/** Composes and delivers what is due, as the role `send` does it. */
async function work(store: Store, nowMs: number): Promise<Worked> {
  const fromMs = performance.now()
  const cpu = process.cpuUsage()
  let planS = 0
  let planCpuS = 0
  const cpuS = () => {
    const { user, system } = process.cpuUsage(cpu)
    return (user + system) / 1e6
  }
  const digests = {
    ...store.digests,
    openParts: (which: Parameters<typeof store.digests.openParts>[0]) => {
      planS ||= (performance.now() - fromMs) / 1_000
      planCpuS ||= cpuS()
      return store.digests.openParts(which)
    },
  }
  const sender = new DigestSender(
    { ...store, digests, publishers, nowMs: () => nowMs, log: quiet },
    { claimant: `scale ${process.pid}`, publicUrl: null },
  )
  const never = new AbortController().signal
  const { planned } = await sender.sendDue({ stop: never, abort: never })
  return {
    ...{ planned, planS, allS: (performance.now() - fromMs) / 1_000, planCpuS, cpuS: cpuS() },
    rssMb: process.memoryUsage.rss() / 1e6,
  }
}

async function digests(): Promise<void> {
  const store = await openStore(url)
  const dueMs = await presentMs(store)
  const audience = { tenants: Number(values.tenants), destinations: Number(values.destinations) }
  const due = Number(values.due)
  // Two days after each other: on the second every destination has a memory.
  await fillAudience(url, { ...audience, due, dueMs: dueMs - DAY_MS })
  for (const nowMs of [dueMs - DAY_MS, dueMs]) {
    const startMs = performance.now()
    const serverFromS = await serverCpuS()
    const done = await inProcesses(Number(values.processes), nowMs)
    const planned = done.reduce((sum, one) => sum + one.planned, 0)
    const planS = Math.max(...done.map((one) => one.planS))
    const allS = Math.max(...done.map((one) => one.allS))
    console.log(
      JSON.stringify({
        ...{ day: nowMs === dueMs ? 2 : 1, processes: done.length, planned },
        ...{ composedPerS: Math.round(planned / planS), sentPerS: Math.round(planned / allS) },
        ...{ planS: round(planS), allS: round(allS), wallS: round((performance.now() - startMs) / 1_000) },
        ...{ cpuS: round(done.reduce((sum, one) => sum + one.cpuS, 0)) },
        ...{ planCpuS: round(done.reduce((sum, one) => sum + one.planCpuS, 0)) },
        serverCpuS: round((await serverCpuS()) - serverFromS),
        rssMb: done.map(({ rssMb }) => Math.round(rssMb)),
      }),
    )
  }
  await store.close()
}

/** Seconds of CPU that the server took so far, where it runs on this Linux machine; else 0. */
async function serverCpuS(): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  // The fields after the name in brackets, which may hold anything: state, parent, …, the times from the 12th on.
  const stat = (pid: string | number) => {
    try {
      return readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
    } catch {
      return []
    }
  }
  const ticks = (fields: readonly string[], from: number, to: number) =>
    fields.slice(from, to).reduce((sum, field) => sum + Number(field), 0)
  const server = stat(rows[0]?.pid ?? 0)[1]
  await client.end()
  if (server === undefined) return 0
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(stat)
    .filter(([, parent]) => parent === server)
  return (
    [...children.map((fields) => ticks(fields, 11, 13)), ticks(stat(server), 11, 15)].reduce(
      (a, b) => a + b,
      0,
    ) / 100
  )
}

const round = (seconds: number) => Math.round(seconds * 10) / 10

async function inProcesses(processes: number, nowMs: number): Promise<Worked[]> {
  return Promise.all(
    Array.from({ length: processes }, async () => {
      const child = fork(import.meta.filename, ['worker', '--url', url, '--due_at', String(nowMs)])
      const [message] = (await once(child, 'message')) as [Worked]
      return message
    }),
  )
}

async function worker(): Promise<void> {
  const store = await openStore(url)
  const done = await work(store, Number(values.due_at))
  process.send?.(done)
  await store.close()
}

async function time(name: string, runs: number, run: (n: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = []
  for (let n = 0; n < runs; n += 1) {
    const startMs = performance.now()
    await run(n)
    taken.push(performance.now() - startMs)
  }
  console.log(`  ${name.padEnd(48)} ${percentiles(taken)}`)
  return taken
}

function percentiles(taken: readonly number[]): string {
  const sorted = taken.toSorted((a, b) => a - b)
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1).padStart(7)
  return `p50 ${at(0.5)} ms   p99 ${at(0.99)} ms   max ${at(1)} ms`
}

async function commands(): Promise<void> {
  const store = await openStore(url)
  const nowMs = await presentMs(store)
  const view = { tenant: 'tenant-1' }
  const find = (words: string, more = {}) => store.articles.search({ words, limit: 40, ...more }, view)
  const all = [
    await time('search: the commonest word', 60, () => find(word(1))),
    await time('search: words of every 100th article', 60, (n) => find(word(200 + n))),
    await time('search: words of every 10,000th article', 60, (n) => find(word(20_000 + n))),
    await time('search: words that never meet', 60, (n) => find(`${word(30_000 + n)} ${word(9_000 + n)}`)),
    await time('search: three common words', 60, (n) => find(`${word(3 + n)} ${word(50)} ${word(70)}`)),
    await time('search: a common word, one outlet', 60, (n) => find(word(5), { outlet: `outlet ${n}` })),
    await time('search: an outlet that is not there', 60, (n) => find(word(5), { outlet: `no ${n}` })),
    await time('search: a common word, a year ago', 60, () =>
      find(word(5), { untilMs: nowMs - 365 * DAY_MS }),
    ),
    await time('search: page 50 of a common word', 60, () => find(word(5), { offset: 400 })),
    await time('latest 60 stories', 60, () => store.stories.stories({ limit: 60 }, view)),
    await time('stories of a day a year ago', 60, () =>
      store.stories.stories(
        { limit: 20, sinceMs: nowMs - 366 * DAY_MS, untilMs: nowMs - 365 * DAY_MS },
        view,
      ),
    ),
    await time('a story by its id', 60, (n) => store.stories.story(`scalestory-${n * 13}`, view)),
    await time('a story by the beginning of its id', 60, (n) => store.stories.story(`scalestory-${n}`, view)),
    await time('60 articles with texts', 60, (n) =>
      store.articles.articles(
        Array.from({ length: 60 }, (_, at) => `scale-${n * 97 + at}`),
        view,
      ),
    ),
    await time('newest 200 articles', 60, () => store.articles.search({ words: '', limit: 200 }, view)),
    await time('digests and ledger of a destination', 60, async (n) => {
      const [latest] = await store.digests.digests(`destination-${n}`, 5)
      if (latest !== undefined) await store.digests.deliveries(latest.id)
      await store.digests.troubledDeliveries(`destination-${n}`, 0, 5)
    }),
  ]
  console.log(`  ${'all'.padEnd(48)} ${percentiles(all.flat())}`)
  await store.close()
}

async function group(): Promise<void> {
  const store = await openStore(url)
  const nowMs = await presentMs(store)
  const stored = Math.round((nowMs - START_MS) / SPACING_MS)
  const openMs = performance.now()
  const grouper = await StoryGrouper.open({ ...store, nowMs: () => nowMs })
  console.log(`opened in ${round((performance.now() - openMs) / 1_000)} s, ${rss()}`)
  const arrivals = Number(values.arrivals)
  const name = `late${Math.floor(random() * 1e9)}-${process.pid}-${Date.now()}`
  const startMs = performance.now()
  const cpu = process.cpuUsage()
  const serverFromS = await serverCpuS()
  let saveMs = 0
  for (let n = 0; n < arrivals; n += 20) {
    const added = Array.from({ length: 20 }, (_, at) => {
      const article = madeUp(stored + n + at, `${name}-${n + at}`)
      return { article, key: article.url ?? '', contentHash: article.id }
    })
    const atMs = nowMs + n * SPACING_MS
    const fromMs = performance.now()
    await store.articles.saveIngest({ feedId: null, atMs, added, revised: [], unchanged: [] })
    saveMs += performance.now() - fromMs
    while ((await grouper.step()).more);
  }
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - startMs) / 1_000
  const cpuS = (user + system) / 1e6
  const serverS = (await serverCpuS()) - serverFromS
  console.log(
    `${arrivals} articles saved and grouped: ${Math.round(arrivals / seconds)} a second ` +
      `(saving alone ${Math.round((1_000 * arrivals) / saveMs)}), ${round(cpuS)} s of CPU here, ${round(serverS)} s of PostgreSQL: ` +
      `${Math.round(arrivals / (cpuS + serverS))} a second of CPU, ${rss()}`,
  )
  await store.close()
}

const rss = () => `${Math.round(process.memoryUsage.rss() / 1e6)} MB`

async function fill(): Promise<void> {
  await (await openStore(url)).close()
  const startMs = performance.now()
  await fillNewsroom(url, Number(values.articles), (done) => {
    if (done % 100_000 === 0)
      console.error(`${done} articles, ${round((performance.now() - startMs) / 1_000)} s`)
  })
}

const tasks: Readonly<Record<string, () => Promise<void>>> = { fill, digests, worker, commands, group }
const run = tasks[task]
if (url === '' || run === undefined)
  console.error('Usage: node bench/scale.ts fill|digests|group|commands --url postgres://…')
else await run()
