// Measures the story engine on a synthetic growth of the dev stream (analysis of the text, copies and grouping together):
//   node --expose-gc bench/speed-story.ts [--data DIR] [--articles 40000] [--live 10000] [--restore | --restore-only] [--rooms]
// Articles of the sets are repeated with other words and days, so that the live window fills as in a busy newsroom.
// --restore times a rebuild of the live articles and compares what comes after it with a run without it; --restore-only
// takes each article for a story of its own, so that nothing need be grouped before. --rooms tells what the time is spent on (by the profiler, which costs some).
import { Session } from 'node:inspector/promises'
import type { Copy } from '../src/core/dedup/copy.ts'
import { createStoryEngine } from '../src/core/story/story-engine.ts'
import { dataFolder } from './data-folder.ts'
import { openGrowingStream } from './story-growth.ts'

const total = numberAfter('--articles', 30_000)
const maxLive = numberAfter('--live', 10_000)
const DAY_MS = 86_400_000
/** A live window of 14 days is full at all times. */
const stream = openGrowingStream(dataFolder(), (14 * DAY_MS) / maxLive)
const settings = { maxLive, windowMs: 14 * DAY_MS, minLive: maxLive }
const engine = createStoryEngine(settings)
console.log(
  `${total} articles, at most ${maxLive} live; ${memory()} before; making an article of a row took ${stream.createdInUs} µs`,
)
const part = Math.max(1_000, Math.floor(total / 10))
const BLOCK = 100
const onlyRestore = process.argv.includes('--restore-only')
const withRestore = process.argv.includes('--restore')
const verdictOf = new Map<string, Copy>()
const rooms = process.argv.includes('--rooms') ? await startRooms() : null
for (let done = onlyRestore ? total : 0; done < total;) {
  let spent = 0
  const first = done
  for (const end = Math.min(total, done + part); done < end;) {
    const block = Array.from({ length: Math.min(BLOCK, end - done) }, (_, i) => stream.article(done + i))
    const start = process.cpuUsage()
    const { copies } = engine.step(block)
    const used = process.cpuUsage(start)
    spent += used.user + used.system
    done += block.length
    if (withRestore) remember(copies)
  }
  const speed = Math.round(((done - first) * 1e6) / spent)
  const withMaking = Math.round(1e6 / (1e6 / speed + stream.createdInUs))
  console.log(
    `${done}: ${speed} articles a CPU second, ${withMaking} with making them, ${engine.size()} live, ${memory()}`,
  )
}
if (rooms !== null) await rooms(total)
if (withRestore || onlyRestore) measureRestore()
stream.close()

function measureRestore(): void {
  const again = createStoryEngine(settings)
  let spent = 0
  for (let from = Math.max(0, total - maxLive); from < total; from += BLOCK) {
    const block = Array.from({ length: Math.min(BLOCK, total - from) }, (_, i) => stream.article(from + i))
    const start = process.cpuUsage()
    block.forEach((article) => {
      again.restore(article, engine.storyOf(article.id) ?? article.id, verdictOf.get(article.id) ?? null)
    })
    const used = process.cpuUsage(start)
    spent += used.user + used.system
  }
  const start = process.cpuUsage()
  const live = again.size()
  const used = process.cpuUsage(start)
  const seconds = (spent + used.user + used.system) / 1e6
  console.log(`restored ${live} live articles in ${seconds.toFixed(1)} CPU seconds; ${memory()}`)
  if (withRestore) compareFurther(again)
}

/** Streams on through the engine that was never stopped and the one that was rebuilt. */
function compareFurther(again: ReturnType<typeof createStoryEngine>): void {
  const FURTHER = 2_000
  const ids: string[] = []
  let others = 0
  let otherCopies = 0
  for (let n = total; n < total + FURTHER; n++) {
    const article = stream.article(n)
    const [one, two] = [engine.step([article]), again.step([article])]
    ids.push(article.id)
    if (one.placements[0]?.story !== two.placements[0]?.story) others++
    if (JSON.stringify(one.copies) !== JSON.stringify(two.copies)) otherCopies++
  }
  console.log(
    `of ${FURTHER} further articles ${others} in another story at arrival, ${otherCopies} with another verdict on copies; pairs in one story agree to F1 ${agreement(ids, again)}`,
  )
}

/** Pairwise F1 of the stories of two engines. */
function agreement(ids: readonly string[], again: ReturnType<typeof createStoryEngine>): string {
  let both = 0
  let either = 0
  for (const [i, a] of ids.entries()) {
    for (const b of ids.slice(0, i)) {
      const together = [engine, again].filter((one) => one.storyOf(a) === one.storyOf(b)).length
      if (together === 2) both++
      either += together
    }
  }
  return ((200 * both) / either).toFixed(1)
}

/** Keeps the verdicts as they stand. */
function remember(copies: readonly Copy[]): void {
  for (const copy of copies) {
    verdictOf.set(copy.articleId, copy)
    if (verdictOf.get(copy.copyOf)?.copyOf === copy.articleId) verdictOf.delete(copy.copyOf)
  }
}

/** Of the process, and what of it is in use: objects and flat arrays. */
function memory(): string {
  globalThis.gc?.()
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
  const [all, objects, arrays] = [rss, heapUsed, arrayBuffers].map((bytes) => Math.round(bytes / 1e6))
  return `${String(all)} MB (objects ${String(objects)}, arrays ${String(arrays)})`
}

/** Rooms by file and function: what the profiler finds in a function counts for the first line that names it. */
async function startRooms(): Promise<(articles: number) => Promise<void>> {
  const ROOMS: readonly (readonly [string, RegExp])[] = [
    ['reading words', /text-scanner|article-terms|word-facts|term-table|stems|natural|hash-text/],
    ['candidates', /posting-lists|(findCandidates|keepBest|post|pickHeaviest) .*article-index/],
    ['pair measures', /article-index|probe-table|ring\.ts/],
    ['trees', /tree-ensemble|scorePairs/],
    ['grouping', /core\/story/],
    ['copies', /core\/(dedup|text|feed)/],
    ['garbage collection', /garbage collector/],
  ]
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 500 })
  await session.post('Profiler.start')
  return async (articles) => {
    const { profile } = await session.post('Profiler.stop')
    const names = new Map(
      profile.nodes.map(({ id, callFrame }) => [id, `${callFrame.functionName} ${callFrame.url}`]),
    )
    const spent = new Map<string, number>()
    profile.samples?.forEach((id, i) => {
      const name = names.get(id) ?? ''
      const room = ROOMS.find(([, pattern]) => pattern.test(name))?.[0]
      if (room !== undefined) spent.set(room, (spent.get(room) ?? 0) + (profile.timeDeltas?.[i] ?? 0))
    })
    const line = ROOMS.map(([room]) => `${room} ${Math.round((spent.get(room) ?? 0) / articles)}`)
    console.log(`µs an article: ${line.join(', ')}`)
  }
}

function numberAfter(flag: string, fallback: number): number {
  const at = process.argv.indexOf(flag)
  return at > 0 ? Number(process.argv[at + 1]) : fallback
}
