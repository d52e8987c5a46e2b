/**
 * Scores summaries of gold sets: `node bench/quality-summary.ts [DATA_FOLDER] [--out FILE]`.
 *
 * Prints per language ROUGE recall, share of the word budget used, and sentences that are not a range of their text.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { join } from 'node:path'
import { createArticle, type Article } from '../src/core/feed/article.ts'
import { summarizeStory } from '../src/core/summary/summarize-story.ts'
import { rougeN } from './rouge.ts'

interface GoldRow {
  readonly id: string
  readonly lang: string
  readonly limit_words: number
  readonly docs: readonly { id: string; title: string; text: string; source: string; published: string }[]
  readonly references: readonly string[]
}

const args = process.argv.slice(2)
const folder = args.find((arg) => !arg.startsWith('--')) ?? '../shared/data'
const outFile = args.includes('--out') ? args[args.indexOf('--out') + 1] : undefined
const file = join(folder, 'summaries/multiling2011.dev.jsonl.gz')
if (!existsSync(file)) {
  console.log(`No data: "${file}" is missing`)
} else {
  const rows = gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
  report(rows.map((line) => JSON.parse(line) as GoldRow))
}

function report(rows: readonly GoldRow[]): void {
  const byLang = new Map<string, number[][]>()
  const out: string[] = []
  let falseQuotes = 0
  for (const row of rows) {
    const docs: Article[] = row.docs.map((doc) => createArticle({ ...doc, lang: row.lang }))
    const summary = summarizeStory(docs, { maxWords: row.limit_words })
    falseQuotes += summary.sentences.filter((s) => docs[s.doc]?.text.slice(s.start, s.end) !== s.text).length
    const text = summary.sentences.map((s) => s.text).join('\n')
    const options = { maxWords: row.limit_words, unicode: row.lang !== 'en' }
    const words = text.split(/\s+/u).length
    const scores = [1, 2].map((n) => rougeN(n, text, row.references, options).recall)
    byLang.set(row.lang, [...(byLang.get(row.lang) ?? []), [...scores, words / row.limit_words]])
    out.push(JSON.stringify({ id: row.id, headline: summary.headline, sentences: summary.sentences }))
  }
  if (outFile !== undefined) writeFileSync(outFile, `${out.join('\n')}\n`)
  const means = [...byLang].map(
    ([lang, list]) => [lang, ...[0, 1, 2].map((k) => mean(list.map((row) => row[k] ?? 0)))] as const,
  )
  for (const [lang, r1, r2, used] of means) print(lang, r1, r2, used)
  print(
    'all',
    mean(means.map((m) => m[1] ?? 0)),
    mean(means.map((m) => m[2] ?? 0)),
    mean(means.map((m) => m[3] ?? 0)),
  )
  console.log(`false quotes ${falseQuotes}`)
}

function print(lang: string, r1 = 0, r2 = 0, used = 0): void {
  console.log(
    `${lang.padEnd(4)} R-1 ${(100 * r1).toFixed(2)}  R-2 ${(100 * r2).toFixed(2)}  words used ${(100 * used).toFixed(0)} %`,
  )
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
