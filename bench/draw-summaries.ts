/**
 * Draws stories and prints their summaries to be read by a person: `node bench/draw-summaries.ts --seed N [--count 30] [--long] [--sources] [--data DIR]`.
 *
 * The same seed draws the same stories, in turn from each set, every third one in the long form and the others in three sentences; all of them in
 * the long form with `--long`.
 * `--sources` prints the top of each article as well. What was found by reading is in docs/quality-summaries.md.
 */
import type { Article } from '../src/core/feed/article.ts'
import { summarizeStory } from '../src/core/summary/summarize-story.ts'
import { dataFolder } from './data-folder.ts'
import { seededRandom } from './seeded-random.ts'
import { readStorySet } from './story-data.ts'

/** Sets of whole articles; headlines alone have no sentences. */
const SETS = ['gva', 'allsides_full_all', 'giveme5w1h', 'ecbplus'] as const
/** A story of fewer articles is hardly summarised. */
const MIN_ARTICLES = 2
/** Characters of each article that `--sources` prints. */
const SOURCE_CHARS = 1200

const isLong = process.argv.includes('--long')
const seed = numberOf('--seed', 1)
const random = seededRandom(seed)
const folder = dataFolder()
const pools = SETS.map((set) => storiesOf(set))
for (let i = 0; i < numberOf('--count', 30); i++) {
  const pool = pools[i % pools.length] ?? []
  const [drawn] = pool.splice(Math.floor(random() * pool.length), 1)
  if (drawn !== undefined) print(i + 1, drawn, isLong || i % 3 === 2 ? 'long' : 'short')
}

interface Story {
  readonly id: string
  readonly docs: readonly Article[]
}

function numberOf(name: string, usual: number): number {
  const at = process.argv.indexOf(name)
  return at < 0 ? usual : Number(process.argv[at + 1])
}

function storiesOf(set: string): Story[] {
  const byStory = new Map<string, Article[]>()
  for (const { article, story } of readStorySet(folder, set)) {
    if (story !== null) byStory.set(story, [...(byStory.get(story) ?? []), article])
  }
  return [...byStory].map(([id, docs]) => ({ id, docs })).filter(({ docs }) => docs.length >= MIN_ARTICLES)
}

function print(number: number, { id, docs }: Story, form: 'short' | 'long'): void {
  const { headline, sentences } = summarizeStory(docs, { form })
  console.log(`\n=== ${number} ${id}, ${form}, ${docs.length} articles: ${headline}`)
  for (const { doc, start, text, publisher } of sentences)
    console.log(`  [${doc} ${publisher} @${start}] ${text}`)
  if (!process.argv.includes('--sources')) return
  for (const [doc, { title, text }] of docs.entries())
    console.log(`    ${doc}: ${title}: ${text.slice(0, SOURCE_CHARS).replaceAll(/\s+/gu, ' ')}`)
}
