// How much of the articles of real pages is found, and how long it takes.
//
//   node bench/quality-pages.ts [DATA_FOLDER] [OUT_FOLDER]
//
// Body F1: 4-word shingles, precision and recall averaged over pages. Parts F1: must-have and must-not segments, micro.
// With OUT_FOLDER the rows are written as `tidings extract` would, for other scorers.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { ExtractedPage } from '../src/app/ports/page-reader.ts'
import { openPageReader } from '../src/adapters/extract/open-page-reader.ts'
import { oldPages } from '../test/support/old-pages.ts'
import { f1, fold, mean, shingles, total } from './page-score.ts'

interface PageRow {
  readonly id: string
  readonly url?: string
  readonly html_base64: string
  readonly text?: string
  readonly with?: readonly string[]
  readonly without?: readonly string[]
}

interface Read {
  readonly row: PageRow
  readonly page: ExtractedPage
  readonly ms: number
}

const [dataFolder = '../shared/data', outFolder] = process.argv.slice(2)
const reader = openPageReader({ maxWorkers: 1 })
for (const set of ['article_bodies', 'segments']) {
  const file = path.join(dataFolder, 'pages', `${set}.dev.jsonl.gz`)
  if (!existsSync(file)) {
    console.log(`Cannot measure ${set}: "${file}" is missing`)
    continue
  }
  const reads = await readAll(file)
  console.log(
    `${set}: ${score(reads)}; ${times(reads)}; without text ${reads.filter((r) => r.page.text === '').length}`,
  )
  console.log(`  ${fields(reads)}`)
  if (outFolder !== undefined) writeFileSync(path.join(outFolder, `pages-${set}.jsonl`), toRows(reads))
}
await tellOldPages()
await reader.close()

/** Pages of the old web as we write them ourselves: they are in the tests too. */
async function tellOldPages(): Promise<void> {
  const reads: Read[] = []
  for (const { name, html, body, contentType } of oldPages()) {
    const bytes = Buffer.from(html)
    const row = { id: name, html_base64: bytes.toString('base64'), text: body.join('\n') }
    const start = performance.now()
    const page = await reader.extract({ html: bytes, url: null, contentType: contentType ?? null })
    reads.push({ row, page, ms: performance.now() - start })
  }
  console.log(
    `old pages of our own, ${reads.length}: ${score(reads)}; ${times(reads)}; without text ${reads.filter((r) => r.page.text === '').length}`,
  )
}

async function readAll(file: string): Promise<Read[]> {
  const rows = gunzipSync(readFileSync(file)).toString().trim().split('\n')
  const reads: Read[] = []
  for (const line of rows) {
    const row = JSON.parse(line) as PageRow
    const html = Buffer.from(row.html_base64, 'base64')
    const start = performance.now()
    const page = await reader.extract({ html, url: row.url ?? null })
    reads.push({ row, page, ms: performance.now() - start })
  }
  return reads
}

function score(reads: readonly Read[]): string {
  return reads.some(({ row }) => row.with !== undefined) ? scoreParts(reads) : scoreBodies(reads)
}

function scoreBodies(reads: readonly Read[]): string {
  const precisions: number[] = []
  const recalls: number[] = []
  for (const { row, page } of reads) {
    const wanted = shingles(row.text ?? '')
    const got = shingles(page.text)
    let both = 0
    for (const [key, count] of wanted) both += Math.min(count, got.get(key) ?? 0)
    if (total(got) > 0) precisions.push(both / total(got))
    if (total(wanted) > 0) recalls.push(both / total(wanted))
  }
  return `body ${told(mean(precisions), mean(recalls))}`
}

function scoreParts(reads: readonly Read[]): string {
  let [found, wrong, missed] = [0, 0, 0]
  for (const { row, page } of reads) {
    const text = fold(page.text)
    for (const part of row.with ?? []) {
      if (text.includes(fold(part))) found += 1
      else missed += 1
    }
    for (const part of row.without ?? []) if (text.includes(fold(part))) wrong += 1
  }
  return `parts ${told(found / (found + wrong), found / (found + missed))}`
}

function told(precision: number, recall: number): string {
  return `F1 ${f1(precision, recall).toFixed(3)} P ${precision.toFixed(3)} R ${recall.toFixed(3)}`
}

function times(reads: readonly Read[]): string {
  const sorted = reads.map(({ ms }) => ms).sort((a, b) => a - b)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(1)
  return `ms median ${at(0.5)} p95 ${at(0.95)} max ${at(1)}`
}

function fields(reads: readonly Read[]): string {
  const names = ['title', 'byline', 'published', 'lang', 'outlet', 'url'] as const
  const told = names.map((name) => `${name} ${reads.filter(({ page }) => page[name] !== null).length}`)
  const access = Map.groupBy(reads, ({ page }) => page.access)
  return `${told.join(', ')} of ${reads.length}; ${[...access].map(([name, pages]) => `${name} ${pages.length}`).join(', ')}`
}

function toRows(reads: readonly Read[]): string {
  return reads.map(({ row, page }) => `${JSON.stringify({ id: row.id, ...page })}\n`).join('')
}
