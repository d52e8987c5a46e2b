// A day of a simulated newsroom through the real fetcher, parser and SQLite store: what is lost, what comes twice, how
// polite we are, how fast, and whether memory stays flat. Servers and collector share this process and its one thread,
// so the speed told here is a lower bound.
//
//   node --expose-gc bench/collect.ts [--feeds 2000] [--hosts 250] [--hours 24] [--folder /tmp] [--rhythm MINUTES] [--rest 25]
//
// With --rhythm 20 every feed brings an article every 20 minutes, and so is polled every 15. A short --rest after the troubles
// keeps the last listings small; feeds that back off longer count as lost then, and the bench says which.
//
// Every poll is saved with a sync of the disk, which on a slow or busy disk is most of the time: a --folder in memory
// (/dev/shm) shows the rest.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openStore } from '../src/adapters/storage/open-store.ts'
import { liveThroughDay } from '../test/support/newsroom-day.ts'

const { values } = parseArgs({
  options: {
    feeds: { type: 'string', default: '2000' },
    hosts: { type: 'string', default: '250' },
    hours: { type: 'string', default: '24' },
    folder: { type: 'string', default: tmpdir() },
    rhythm: { type: 'string' },
    rest: { type: 'string', default: '25' },
  },
})
const [feeds, hosts, hours] = [Number(values.feeds), Number(values.hosts), Number(values.hours)]
const MIN_GAP_MS = 5
const TICK_MS = 5 * 60_000

const folder = await mkdtemp(join(values.folder, 'tidings-collect-'))
const store = await openStore(`sqlite:${join(folder, 'day.db')}`)
let told = 0
let liveMs = 0
let livePolls = 0
const startMs = performance.now()
const day = await liveThroughDay(store, {
  ...{ feeds, hosts, hours, minGapMs: MIN_GAP_MS, maxMs: 5_000, tickMs: TICK_MS },
  ...(values.rhythm === undefined ? {} : { rhythmMinutes: Number(values.rhythm) }),
  restHours: Number(values.rest),
  onRound: ({ hour, polls, articles }) => {
    liveMs = performance.now() - startMs
    livePolls = polls
    if (hour < told + hours / 8) return
    told = hour
    globalThis.gc?.()
    const { heapUsed, rss } = process.memoryUsage()
    const seconds = ((performance.now() - startMs) / 1000).toFixed(0)
    console.error(
      `hour ${hour.toFixed(0)}: ${polls} polls, ${articles} articles, heap ${megabytes(heapUsed)}, rss ${megabytes(rss)}, ${seconds} s`,
    )
  },
})
await store.close()
await rm(folder, { recursive: true })

console.log(`before the rests: ${livePolls} polls in ${(liveMs / 1000).toFixed(0)} s`)
const { user, system } = process.cpuUsage()
const cpuMsPerPoll = (user + system) / 1000 / day.polls
const perSecond = day.polls / (day.busyMs / 1000)
console.log(
  `feeds ${feeds} on ${hosts} hosts, ${hours} h and two rests of ${values.rest} h: ${day.polls} polls, ${kinds(day.kinds)}`,
)
console.log(`articles: ${day.added} saved, ${day.revised} revised`)
console.log(`lost ${day.lost.length}, twice ${day.doubled.length}, stale ${day.stale.length}`)
for (const url of [...day.lost, ...day.stale].slice(0, 20)) {
  console.error(`  ${url}, last poll of its feed: ${day.lastPollOf(url)}`)
}
console.log(
  `manners: ${day.manners.requests} requests, at most ${day.manners.mostPerHost} at once to a host, gap at least ` +
    `${day.manners.leastGapMs} ms (asked ${MIN_GAP_MS}), ${day.manners.whileResting} to a host at rest`,
)
console.log(
  `speed: ${perSecond.toFixed(0)} feeds a second on this machine as it is loaded now, ${cpuMsPerPoll.toFixed(1)} ms of CPU a ` +
    `poll, servers included; 10,000 feeds every 15 minutes need 11.1 a second, ${(cpuMsPerPoll * 1.11).toFixed(1)} % of one core`,
)
process.exitCode =
  day.lost.length + day.doubled.length + day.stale.length + day.manners.whileResting > 0 ? 1 : 0

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MB`
}

function kinds(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ')
}
