import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openStore, type Store } from '../src/adapters/storage/open-store.ts'
import { openStoreInThread } from '../src/adapters/storage/store-thread.ts'
import { StoryGrouper } from '../src/app/group-stories.ts'
import type { AcceptedArticle } from '../src/app/ports/article-store.ts'

// How fast the store takes articles and answers while it grows, and while a service collects and groups beside it.
// node bench/storage.ts --url sqlite:/tmp/bench.db --articles 200000 [--no-thread] [--beside 60]
// --no-thread: statements of SQLite run in the process itself, as in a command line. A store that has articles is only asked.
// Articles are made up: 480 words each out of 120,000, the n-th word n times rarer than the first, as in real text.

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'sqlite::memory:' },
    articles: { type: 'string', default: '20000' },
    batch: { type: 'string', default: '50' },
    beside: { type: 'string', default: '60' },
    thread: { type: 'boolean', default: true },
  },
  allowNegative: true,
})
const VOCABULARY = 120_000
const WORDS = 480
const START_MS = Date.UTC(2026, 0, 1)
/** 180 articles a day: 11,000 are live. */
const SPACING_MS = 480_000
const PUBLIC = { tenant: null }

let seed = 1
function random(): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed / 2 ** 32
}

const word = (rank: number) => `w${rank.toString(36)}`

function madeUp(n: number): AcceptedArticle {
  const text = Array.from({ length: WORDS }, () => word(Math.floor(VOCABULARY ** random())))
  return {
    key: `https://bench.example/${n}`,
    contentHash: String(n),
    article: {
      id: `bench-${n}`,
      url: `https://bench.example/${n}`,
      title: text.slice(0, 9).join(' '),
      text: text.join(' '),
      furniture: [],
      outlet: `Outlet ${n % 300}`,
      publisher: `publisher-${n % 200}`,
      publishedAtMs: START_MS + n * SPACING_MS - Math.floor(random() * 3_600_000),
      lang: 'en',
    },
  }
}

async function fill(store: Store, from: number, to: number, batch: number): Promise<void> {
  for (let n = from; n < to; n += batch) {
    const added = Array.from({ length: Math.min(batch, to - n) }, (_, i) => madeUp(n + i))
    const atMs = START_MS + (n + batch) * SPACING_MS
    await store.articles.saveIngest({ feedId: null, atMs, added, revised: [], unchanged: [] })
    const stories = new Map(added.map(({ article }, i) => [article.id, `story-${Math.floor((n + i) / 12)}`]))
    await store.stories.saveStep({
      id: `step-${n}`,
      atMs,
      stories: [...new Set(stories.values())].map((id) => ({
        id,
        lang: 'en',
        headline: `Headline of ${id}`,
        headlineArticleId: null,
        firstAtMs: atMs,
        lastAtMs: atMs,
        articleCount: 12,
        publisherCount: 12,
        copyCount: 0,
        state: 'open',
      })),
      placements: [...stories].map(([articleId, storyId]) => ({ articleId, storyId, reason: 'bench' })),
      copies: [],
      redirects: [],
    })
  }
}

async function time(name: string, runs: number, work: (run: number) => Promise<unknown>): Promise<void> {
  const taken: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const startMs = performance.now()
    await work(run)
    taken.push(performance.now() - startMs)
  }
  taken.sort((a, b) => a - b)
  const at = (share: number) =>
    (taken[Math.min(taken.length - 1, Math.floor(share * taken.length))] ?? 0).toFixed(1)
  console.log(`  ${name.padEnd(44)} p50 ${at(0.5).padStart(7)} ms   p99 ${at(0.99).padStart(7)} ms`)
}

async function look(store: Store, stored: number): Promise<void> {
  const nowMs = START_MS + stored * SPACING_MS
  const search = (words: string, more = {}) => store.articles.search({ words, limit: 20, ...more }, PUBLIC)
  await time('search, the commonest word', 50, () => search(word(1)))
  await time('search, a word of every 100th article', 50, (n) => search(word(5_000 + n)))
  await time('search, a rare word', 50, (n) => search(word(100_000 + n)))
  await time('search, three common words', 50, (n) => search(`${word(2 + n)} ${word(60)} ${word(90)}`))
  await time('search, two rare words that never meet', 50, (n) =>
    search(`${word(90_000 + n)} ${word(80_000 + n)}`),
  )
  await time('search, a common word in one outlet', 50, (n) => search(word(3), { outlet: `outlet ${n}` }))
  await time('search, a common word a month ago', 50, () =>
    search(word(3), { untilMs: nowMs - 30 * 86_400_000 }),
  )
  await time('story by the beginning of its id', 100, (n) => store.stories.story(`story-${n + 1000}`, PUBLIC))
  await time('20 latest stories', 50, () => store.stories.stories({ limit: 20 }, PUBLIC))
  await time('100 articles by id', 50, (n) =>
    store.articles.articles(
      Array.from({ length: 100 }, (_, i) => `bench-${i * 97 + n}`),
      PUBLIC,
    ),
  )
  await time('knownArticles() of 100 keys', 50, (n) =>
    store.articles.knownArticles(
      Array.from({ length: 100 }, (_, i) => `https://bench.example/${i * 89 + n}`),
      null,
    ),
  )
}

/** A service's life for a while: an article every 100 ms comes in and is grouped for real, somebody asks every 100 ms. */
async function beside(store: Store, stored: number, seconds: number): Promise<void> {
  const nowMs = () => START_MS + (stored + 10_000) * SPACING_MS
  const grouper = await StoryGrouper.open({ ...store, nowMs })
  const endMs = performance.now() + seconds * 1_000
  // The first step after a start measures the latest articles in one go.
  await store.articles.saveIngest({
    ...{ feedId: null, atMs: nowMs(), revised: [], unchanged: [] },
    added: [madeUp(stored + 20_000 + (Date.now() % 100_000))],
  })
  const firstMs = performance.now()
  await grouper.step()
  console.log(`the first step of grouping took ${((performance.now() - firstMs) / 1_000).toFixed(1)} s`)
  let next = stored + (Math.floor(Date.now() / 100) % 10_000)
  delay.reset()
  delay.enable()
  const cpu = process.cpuUsage()
  let placed = 0
  const collect = async () => {
    while (performance.now() < endMs) {
      const startMs = performance.now()
      const added = Array.from({ length: COLLECTED }, () => madeUp((next += 1)))
      await store.articles.saveIngest({ feedId: null, atMs: nowMs(), added, revised: [], unchanged: [] })
      placed += (await grouper.step()).placed
      await sleep(Math.max(0, COLLECTED * 100 - (performance.now() - startMs)))
    }
  }
  const ask = async () => {
    const taken: number[] = []
    const questions = [
      (n: number) => store.articles.search({ words: word(1 + n), limit: 20 }, PUBLIC),
      (n: number) => store.articles.search({ words: `${word(2 + n)} ${word(60)}`, limit: 20 }, PUBLIC),
      () => store.stories.stories({ limit: 20 }, PUBLIC),
      (n: number) => store.stories.story(`story-${n + 1000}`, PUBLIC),
    ]
    for (let n = 0; performance.now() < endMs; n += 1) {
      const startMs = performance.now()
      await questions[n % questions.length]?.(n)
      taken.push(performance.now() - startMs)
      await sleep(100)
    }
    return taken
  }
  const [taken] = await Promise.all([ask(), collect()])
  delay.disable()
  const { user, system } = process.cpuUsage(cpu)
  taken.sort((a, b) => a - b)
  const p99 = (taken[Math.floor(0.99 * taken.length)] ?? 0).toFixed(1)
  console.log(
    `beside ${placed} articles collected and grouped in ${seconds} s, ${taken.length} commands: p99 ${p99} ms, max ${(taken.at(-1) ?? 0).toFixed(1)} ms; ` +
      `${loopWords()}; ${((user + system) / 1e4 / seconds).toFixed(0)} % of a core`,
  )
}

function loopWords(): string {
  return `event loop delay p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms, max ${(delay.max / 1e6).toFixed(0)} ms`
}

/** Articles that come in at once. */
const COLLECTED = 20

const total = Number(values.articles)
const store = await (values.thread ? openStoreInThread : openStore)(values.url)
const delay = monitorEventLoopDelay({ resolution: 5 })
let stored = (await store.articles.articlesSince(0, 1, PUBLIC)).length === 0 ? 0 : Number.NaN
if (Number.isNaN(stored)) console.log('The store is not empty: only look-ups are measured.')
for (const until of [total / 20, total]) {
  if (Number.isNaN(stored)) break
  delay.enable()
  const startMs = performance.now()
  await fill(store, stored, until, Number(values.batch))
  const seconds = (performance.now() - startMs) / 1000
  delay.disable()
  const rate = Math.round((until - stored) / seconds)
  console.log(`${stored} to ${until} articles: ${rate} a second, saved and grouped; ${loopWords()}`)
  stored = until
  await look(store, stored)
}
if (Number.isNaN(stored)) await look(store, total)
await beside(store, total, Number(values.beside))
console.log(`memory: ${Math.round(process.memoryUsage.rss() / 1e6)} MB`)
await store.close()
