/**
 * Counts what makes summaries hard to read: `node bench/quality-readability.ts [DATA_FOLDER] [--show]`.
 *
 * Its rules are written apart from those of the summary itself, and are plainer: what both miss stays unseen here, so summaries are
 * also read by people (docs/quality-summaries.md). Prints the share of summaries with each fault.
 */
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { join } from 'node:path'
import { createArticle, type Article } from '../src/core/feed/article.ts'
import type { Summary, SummaryOptions } from '../src/core/summary/summary.ts'
import { summarizeStory } from '../src/core/summary/summarize-story.ts'
import { readGoldStories } from './gold-summaries.ts'

interface Fault {
  readonly name: string
  readonly isIn: (summary: Summary, docs: readonly Article[]) => boolean
}

const OPENERS = new RegExp(
  '^(?:he|she|it|they|his|her|its|their|this|that|these|those|however|meanwhile|but|and|so|also|moreover|therefore|then|yet|' +
    'er|sie|es|diese[rs]?|aber|doch|und|jedoch|il|elle|ils|elles|cette?|ces|mais|et|cependant|toutefois)\\b',
  'iu',
)
const FURNITURE =
  /\b(?:read more|also read|sign up|subscribe|click here|getty images|all rights reserved|contributed to this report|follow us|file photo|donate|cookie)\b|©|&[A-Z]{2};|^\S+ \([A-Z]{2,4}\) ?[-–—_]|https?:/iu

const FAULTS: readonly Fault[] = [
  {
    name: 'dangling opener',
    isIn: (summary) => summary.sentences.some((one, i) => OPENERS.test(one.text) && !followsOn(summary, i)),
  },
  { name: 'broken quote', isIn: (summary) => summary.sentences.some(({ text }) => isBroken(text)) },
  { name: 'furniture', isIn: (summary) => summary.sentences.some(({ text }) => FURNITURE.test(text)) },
  { name: 'duplicate fact', isIn: hasDuplicate },
  {
    name: 'question',
    isIn: (summary) => summary.sentences.some(({ text }) => /[?？؟]["'”’»)]*$/u.test(text)),
  },
  {
    name: 'fragment',
    isIn: (summary) => summary.sentences.some(({ text }) => !/[.!…。।؟۔]["'”’»)\]]*$|\s»$/u.test(text)),
  },
  { name: 'line break', isIn: (summary) => summary.sentences.some(({ text }) => /\n\s*\n/u.test(text)) },
  {
    name: 'false quote',
    isIn: (summary, docs) =>
      summary.sentences.some((one) => docs[one.doc]?.text.slice(one.start, one.end) !== one.text),
  },
  { name: 'no sentence', isIn: (summary) => summary.sentences.length === 0 },
]

/** Right behind the sentence that stands before it in its article. */
function followsOn(summary: Summary, i: number): boolean {
  const [before, own] = [summary.sentences[i - 1], summary.sentences[i]]
  return (
    before !== undefined &&
    own !== undefined &&
    before.doc === own.doc &&
    own.start - before.end >= 0 &&
    own.start - before.end < 40
  )
}

function isBroken(quoted: string): boolean {
  // Hebrew short forms have a mark inside the word.
  const text = quoted.replaceAll(/(\p{L})"(?=\p{L}(?!\p{L}))/gu, '$1')
  const count = (mark: RegExp): number => text.match(mark)?.length ?? 0
  return (
    count(/"/gu) % 2 !== 0 ||
    (count(/„/gu) === 0 && count(/“/gu) !== count(/”/gu)) ||
    count(/«/gu) !== count(/»/gu)
  )
}

/** Two sentences, one with most of its long words in the other, or ten words in a row in both. */
function hasDuplicate({ sentences }: Summary): boolean {
  const words = sentences.map(({ text }) => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
  return words.some((a, i) => words.slice(i + 1).some((b) => overlap(a, b) > 0.7 || shareRun(a, b, 10)))
}

/** Fewer long words are a name that both sentences have. */
const MIN_LONG_WORDS = 5

function overlap(a: readonly string[], b: readonly string[]): number {
  const [x, y] = [a, b].map((list) => new Set(list.filter((word) => word.length > 3)))
  if (x === undefined || y === undefined || x.size < MIN_LONG_WORDS || y.size < MIN_LONG_WORDS) return 0
  return [...x].filter((word) => y.has(word)).length / Math.min(x.size, y.size)
}

function shareRun(a: readonly string[], b: readonly string[], size: number): boolean {
  const runs = new Set(a.slice(size - 1).map((_, i) => a.slice(i, i + size).join(' ')))
  return b.slice(size - 1).some((_, i) => runs.has(b.slice(i, i + size).join(' ')))
}

const args = process.argv.slice(2)
const folder = args.find((arg) => !arg.startsWith('--')) ?? '../shared/data'
const gold = readGoldStories(folder)
if (gold !== null) {
  for (const maxWords of [100, 250])
    report(
      `gold topics, ${maxWords} words`,
      gold.map(({ docs }) => docs),
      { maxWords },
    )
  for (const name of ['giveme5w1h', 'gva', 'allsides_full_all']) {
    const stories = readStories(join(folder, `stories/${name}.dev.jsonl.gz`))
    report(`${name}, 3 sentences`, stories, { sentences: 3 })
    report(`${name}, long form`, stories, { form: 'long' })
    report(`${name}, 100 words`, stories, { maxWords: 100 })
  }
}

/** Stories of three or more long articles. */
function readStories(file: string): Article[][] {
  if (!existsSync(file)) return []
  const lines = gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
  const byStory = new Map<string, Article[]>()
  for (const line of lines) {
    const row = JSON.parse(line) as { id: string; story?: string | null; title: string; text: string }
    if (row.story === undefined || row.story === null || row.text.length < 800) continue
    byStory.set(row.story, [...(byStory.get(row.story) ?? []), createArticle(row)])
  }
  return [...byStory.values()].filter((docs) => docs.length >= 3).slice(0, 150)
}

function report(name: string, stories: readonly (readonly Article[])[], options: SummaryOptions): void {
  const summaries = stories.map((docs) => ({ docs, summary: summarizeStory(docs, options) }))
  const counts = FAULTS.map(({ name: fault, isIn }) => {
    const faulty = summaries.filter(({ summary, docs }) => isIn(summary, docs))
    if (args.includes('--show')) for (const { summary } of faulty) show(fault, summary)
    return `${fault} ${faulty.length}`
  })
  const bad = summaries.filter(({ summary, docs }) => FAULTS.some(({ isIn }) => isIn(summary, docs))).length
  console.log(
    `${name}: ${summaries.length} summaries, ${bad} with a fault (${((100 * bad) / Math.max(1, summaries.length)).toFixed(1)} %): ${counts.join(', ')}`,
  )
}

function show(fault: string, summary: Summary): void {
  console.log(`--- ${fault}`)
  for (const { text } of summary.sentences) console.log(`  ${text}`)
}
