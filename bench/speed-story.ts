// Measures the story engine on a synthetic growth of the dev stream (copies and grouping together):
//   node --expose-gc bench/speed-story.ts [--data DIR] [--articles 40000] [--live 10000] [--restore]
// Articles of the sets are repeated with other names and days, so that the live window fills as in a busy newsroom.
import type { Article } from '../src/core/feed/article.ts'
import { createStoryEngine } from '../src/core/story/story-engine.ts'
import { dataFolder, readStorySet, seededRandom } from './story-data.ts'

const total = numberAfter('--articles', 30_000)
const maxLive = numberAfter('--live', 10_000)
const sample = readStorySet(dataFolder(), 'allsides_full_all').map(({ article }) => article)
const DAY_MS = 86_400_000
/** A live window of 14 days is full at all times. */
const stepMs = (14 * DAY_MS) / maxLive
const engine = createStoryEngine({ maxLive, windowMs: 14 * DAY_MS, minLive: maxLive })
const before = memory()
console.log(`${total} articles, at most ${maxLive} live; ${before} MB before`)
const part = Math.max(1_000, Math.floor(total / 10))
const placed: { article: Article; story: string }[] = []
let spent = 0
for (let n = 0; n < total; n++) {
  const article = variant(n)
  const start = process.cpuUsage()
  const { placements } = engine.step([article])
  const used = process.cpuUsage(start)
  spent += used.user + used.system
  if (process.argv.includes('--restore')) placed.push({ article, story: placements[0]!.story })
  if ((n + 1) % part !== 0) continue
  console.log(
    `${n + 1}: ${Math.round((part * 1e6) / spent)} articles a CPU second, ${engine.size()} live, ${memory()} MB`,
  )
  spent = 0
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
  const round = Math.floor(n / sample.length)
  const article = sample[n % sample.length]!
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

function memory(): number {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().rss / 1e6)
}

function numberAfter(flag: string, fallback: number): number {
  const at = process.argv.indexOf(flag)
  return at > 0 ? Number(process.argv[at + 1]) : fallback
}
