/**
 * Times summaries on one core: `node bench/speed-summary.ts [DATA_FOLDER]`.
 *
 * Prints processor time, which other programs disturb little, and time by the clock; each the least of three runs.
 * Stories of 10 articles are the gold topics at 100 words; the story of 200 articles is made of 20 of them.
 */
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { join } from 'node:path'
import { createArticle, type Article } from '../src/core/feed/article.ts'
import type { SummaryOptions } from '../src/core/summary/summary.ts'
import { summarizeStory } from '../src/core/summary/summarize-story.ts'

interface Row {
  readonly lang: string
  readonly docs: readonly { id: string; title: string; text: string }[]
}

const file = join(process.argv[2] ?? '../shared/data', 'summaries/multiling2011.dev.jsonl.gz')
if (!existsSync(file)) {
  console.log(`No data: "${file}" is missing`)
} else {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n')
  const rows = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row)
  const stories = rows.map((row) => row.docs.map((doc) => createArticle({ ...doc, lang: row.lang })))
  time('10 articles, 100 words', stories, { maxWords: 100 })
  time('10 articles, 250 words', stories, { maxWords: 250 })
  const english = stories.slice(0, 10).flat()
  const many = [...english, ...english.map(reversed)]
  time('200 articles, 100 words', [many, many, many, many, many], { maxWords: 100 })
  time('10 articles, long form', stories, { form: 'long' })
  time('200 articles, long form', [many, many, many, many, many], { form: 'long' })
}

/** Another article with the same words, so that it is no copy. */
function reversed(article: Article): Article {
  const text = article.text
    .split('\n')
    .map((line) => line.split(' ').reverse().join(' '))
    .join('\n')
  return { ...article, id: `${article.id} reversed`, text }
}

function time(name: string, stories: readonly (readonly Article[])[], limit: SummaryOptions): void {
  for (const docs of stories.slice(0, 20)) summarizeStory(docs, limit)
  const runs = stories.map((docs) => [1, 2, 3].map(() => once(docs, limit)))
  const [cpu, clock] = (['cpuMs', 'clockMs'] as const).map((key) =>
    runs.map((three) => Math.min(...three.map((run) => run[key]))).sort((a, b) => a - b),
  )
  const at = (times: readonly number[] = [], share: number): string =>
    (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(1)
  console.log(
    `${name}: processor median ${at(cpu, 0.5)} ms, 90 % ${at(cpu, 0.9)} ms; clock median ${at(clock, 0.5)} ms, 90 % ${at(clock, 0.9)} ms`,
  )
}

function once(docs: readonly Article[], limit: SummaryOptions): { cpuMs: number; clockMs: number } {
  const [start, used] = [performance.now(), process.cpuUsage()]
  summarizeStory(docs, limit)
  const { user, system } = process.cpuUsage(used)
  return { cpuMs: (user + system) / 1000, clockMs: performance.now() - start }
}
