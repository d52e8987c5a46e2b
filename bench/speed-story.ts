// Measures the story engine on a synthetic growth of the dev stream (copies and grouping together):
//   node --expose-gc bench/speed-story.ts [--data DIR] [--articles 40000] [--live 10000] [--restore]
// Articles of the sets are repeated with other names and days, so that the live window fills as in a busy newsroom.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseArticleRow } from '../src/core/feed/article-row.ts'
import type { Article } from '../src/core/feed/article.ts'
import { createStoryEngine } from '../src/core/story/story-engine.ts'
import { dataFolder, seededRandom } from './story-data.ts'

const total = numberAfter('--articles', 30_000)
const maxLive = numberAfter('--live', 10_000)
const raw = gunzipSync(readFileSync(join(dataFolder(), 'stories', 'allsides_full_all.dev.jsonl.gz')))
const starts = lineStarts()
const DAY_MS = 86_400_000
/** A live window of 14 days is full at all times. */
const stepMs = (14 * DAY_MS) / maxLive
const engine = createStoryEngine({ maxLive, windowMs: 14 * DAY_MS, minLive: maxLive })
const before = memory()
console.log(`${total} articles, at most ${maxLive} live; ${before} MB before`)
const part = Math.max(1_000, Math.floor(total / 10))
const placed: { article: Article; story: string }[] = []
const BLOCK = 100
for (let done = 0; done < total;) {
  let spent = 0
  for (const end = Math.min(total, done + part); done < end;) {
    const block = Array.from({ length: Math.min(BLOCK, end - done) }, (_, i) => variant(done + i))
    const start = process.cpuUsage()
    const { placements } = engine.step(block)
    const used = process.cpuUsage(start)
    spent += used.user + used.system
    done += block.length
    if (process.argv.includes('--restore'))
      block.forEach((article, i) => placed.push({ article, story: placements[i]!.story }))
  }
  console.log(
    `${done}: ${Math.round((part * 1e6) / spent)} articles a CPU second, ${engine.size()} live, ${memory()} MB`,
  )
}
if (process.argv.includes('--restore')) measureRestore()

function measureRestore(): void {
  const start = performance.now()
  const again = createStoryEngine({ maxLive, windowMs: 14 * DAY_MS, minLive: maxLive })
  for (const { article, story } of placed.slice(-maxLive)) again.restore(article, story)
  console.log(
    `restored ${again.size()} live articles in ${((performance.now() - start) / 1000).toFixed(1)} s`,
  )
}

/** The n-th article: one of the sample, with every ninth word changed on later rounds so that it is news again. */
function variant(n: number): Article {
  const round = Math.floor(n / starts.length)
  const article = sampled(n % starts.length)
  const publishedAtMs = Date.UTC(2026, 0, 1) + n * stepMs
  if (round === 0) return { ...article, publishedAtMs }
  const random = seededRandom(n)
  const change = (text: string): string =>
    text.replace(/\p{L}{5,}/gu, (word) =>
      random() < 0.12 ? `${word}${String.fromCharCode(97 + (round % 26))}` : word,
    )
  return {
    ...article,
    id: `${article.id} ${round}`,
    title: change(article.title),
    text: change(article.text.slice(0, 4_000)),
    furniture: [],
    publishedAtMs,
  }
}

/** Offsets of the sample's lines: the articles are parsed one by one, so that memory is the engine's. */
function lineStarts(): number[] {
  const found: number[] = []
  for (let at = 0; at < raw.length; at = raw.indexOf(10, at) + 1) found.push(at)
  return found
}

function sampled(i: number): Article {
  const row = parseArticleRow(JSON.parse(raw.toString('utf8', starts[i], raw.indexOf(10, starts[i]))))
  if (row.kind === 'problem') throw new Error(row.problem)
  return row.article
}

function memory(): number {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().rss / 1e6)
}

function numberAfter(flag: string, fallback: number): number {
  const at = process.argv.indexOf(flag)
  return at > 0 ? Number(process.argv[at + 1]) : fallback
}
