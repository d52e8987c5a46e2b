// What is still found of the articles of real pages when their markup is made as poor as that of the old web.
//
//   node bench/degraded-pages.ts [DATA_FOLDER] [--show FORM]
//
// Each page is read as it is and in each poor form. Body F1: 4-word shingles, precision and recall averaged over pages; Parts F1:
// must-have and must-not segments, micro. --show tells the pages that a form costs most.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { readPage } from '../src/adapters/extract/read-page.ts'
import { decodePage } from '../src/adapters/extract/decode-page.ts'
import { degradedForms } from './degrade-page.ts'
import { f1, fold, mean, shingles, total } from './page-score.ts'

interface PageRow {
  readonly id: string
  readonly url?: string
  readonly html_base64: string
  readonly text?: string
  readonly with?: readonly string[]
  readonly without?: readonly string[]
}

interface Scored {
  readonly id: string
  readonly precision: number
  readonly recall: number
  readonly isEmpty: boolean
  /** Of CPU time. */
  readonly ms: number
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { show: { type: 'string' } } })
const [dataFolder = '../shared/data'] = positionals
for (const set of ['article_bodies', 'segments']) {
  const file = path.join(dataFolder, 'pages', `${set}.dev.jsonl.gz`)
  if (existsSync(file)) measure(set, rowsOf(file))
  else console.log(`Cannot measure ${set}: "${file}" is missing`)
}

function rowsOf(file: string): PageRow[] {
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n')
  return lines.map((line) => JSON.parse(line) as PageRow)
}

function measure(set: string, rows: readonly PageRow[]): void {
  const base = rows.map((row) => score(row, Buffer.from(row.html_base64, 'base64')))
  console.log(`${set}, ${rows.length} pages, as they are: ${sumUp(base)}`)
  for (const [name, degrade] of Object.entries(degradedForms)) {
    const poor = rows.map((row) => {
      const html = decodePage(Buffer.from(row.html_base64, 'base64'), null)
      return score(row, degrade(html))
    })
    console.log(`  ${name}: ${sumUp(poor)}`)
    if (values.show === name) tellWorst(base, poor)
  }
}

function score(row: PageRow, html: Uint8Array): Scored {
  const before = process.cpuUsage()
  const { text } = readPage({ html, url: row.url ?? null })
  const { user, system } = process.cpuUsage(before)
  const ms = (user + system) / 1000
  const isEmpty = text === ''
  if (row.text !== undefined) return { id: row.id, ...shingleScore(row.text, text), isEmpty, ms }
  return { id: row.id, ...partScore(row, text), isEmpty, ms }
}

function shingleScore(wanted: string, got: string): { precision: number; recall: number } {
  const [want, have] = [shingles(wanted), shingles(got)]
  let both = 0
  for (const [key, count] of want) both += Math.min(count, have.get(key) ?? 0)
  return { precision: both / Math.max(1, total(have)), recall: both / Math.max(1, total(want)) }
}

/** Parts found of those wanted, and wanted ones of those found. */
function partScore({ with: wanted = [], without = [] }: PageRow, text: string) {
  const folded = fold(text)
  const found = wanted.filter((part) => folded.includes(fold(part))).length
  const wrong = without.filter((part) => folded.includes(fold(part))).length
  return {
    precision: found + wrong === 0 ? 0 : found / (found + wrong),
    recall: wanted.length === 0 ? 1 : found / wanted.length,
  }
}

function sumUp(all: readonly Scored[]): string {
  const precision = mean(all.map((one) => one.precision))
  const recall = mean(all.map((one) => one.recall))
  const sorted = all.map(({ ms }) => ms).sort((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  return (
    `F1 ${f1(precision, recall).toFixed(3)} P ${precision.toFixed(3)} R ${recall.toFixed(3)}, ` +
    `without text ${all.filter(({ isEmpty }) => isEmpty).length}, CPU ms median ${median.toFixed(1)}`
  )
}

function tellWorst(base: readonly Scored[], poor: readonly Scored[]): void {
  const lost = poor.map((one, at) => {
    const before = base[at]
    const was = before === undefined ? 0 : f1(before.precision, before.recall)
    return { one, was, loss: was - f1(one.precision, one.recall) }
  })
  for (const { one, was } of lost.sort((a, b) => b.loss - a.loss).slice(0, 20))
    console.log(
      `    ${one.id.slice(0, 40)} ${was.toFixed(3)} -> P ${one.precision.toFixed(3)} R ${one.recall.toFixed(3)}`,
    )
}
