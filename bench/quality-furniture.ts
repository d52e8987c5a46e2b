// What the furniture rules drop from lines that survive page extractors, and what they cost.
//
//   node bench/quality-furniture.ts [DATA_FOLDER]
//
// Lines are labelled keep 1 (of the article) or 0. Dropping must raise the body F1 (tokens of kept lines), never lower it.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { findFurniture } from '../src/core/text/furniture.ts'
import { detectLanguage } from '../src/core/text/language.ts'

interface Line {
  readonly id: string
  readonly text: string
  readonly keep: 0 | 1
}

const [dataFolder = '../shared/data', show] = process.argv.slice(2)
const file = path.join(dataFolder, 'lines', 'residual.dev.jsonl.gz')
if (existsSync(file)) measure(readLines(file))
else console.log(`Cannot measure furniture: "${file}" is missing`)

function readLines(from: string): Line[] {
  const rows = gunzipSync(readFileSync(from)).toString().trim().split('\n')
  return rows.map((row) => JSON.parse(row) as Line)
}

function measure(lines: readonly Line[]): void {
  let [dropped, right, wrong, furniture] = [0, 0, 0, 0]
  const shares: { before: number; after: number }[] = []
  let worse = 0
  for (const page of Map.groupBy(lines, ({ id }) => id).values()) {
    const kept = page.map((line) => ({ line, chars: keptChars(line, page) }))
    for (const { line, chars } of kept) {
      if (line.keep === 0) furniture += 1
      if (chars >= line.text.length / 2) continue
      dropped += 1
      if (line.keep === 0) right += 1
      else {
        wrong += 1
        if (show === '--wrong') console.log(`wrong: ${line.text}`)
      }
    }
    const before = f1(page.map((line) => ({ line, chars: line.text.length })))
    const after = f1(kept)
    shares.push({ before, after })
    if (after < before - 1e-9) worse += 1
  }
  console.log(
    `lines ${lines.length}, furniture ${furniture}; dropped ${dropped}, right ${right}, wrong ${wrong}`,
  )
  console.log(`precision ${(right / dropped).toFixed(3)} recall ${(right / furniture).toFixed(3)}`)
  const mean = (pick: (share: { before: number; after: number }) => number) =>
    shares.reduce((sum, share) => sum + pick(share), 0) / shares.length
  console.log(
    `body F1 of pages ${mean((s) => s.before).toFixed(4)} -> ${mean((s) => s.after).toFixed(4)}; pages made worse ${worse} of ${shares.length}`,
  )
  console.log(`time ${timePer3kB(lines).toFixed(3)} ms for 3 kB`)
}

/** Each line stands alone, as a paragraph after others would: the labels are of lines, not of texts. */
function keptChars(line: Line, page: readonly Line[]): number {
  const before = 'Ein Absatz. A paragraph.\n'.repeat(1)
  const text = `${before}${line.text}`
  const lang = detectLanguage(
    page
      .map(({ text: other }) => other)
      .join('\n')
      .slice(0, 2000),
  )
  const dropped = findFurniture(text, { lang }).reduce(
    (sum, { start, end }) => sum + Math.max(0, end - Math.max(start, before.length)),
    0,
  )
  return line.text.length - dropped
}

function f1(lines: readonly { readonly line: Line; readonly chars: number }[]): number {
  const kept = lines.reduce((sum, { chars }) => sum + chars, 0)
  const right = lines.reduce((sum, { line, chars }) => sum + (line.keep === 1 ? chars : 0), 0)
  const wanted = lines.reduce((sum, { line }) => sum + (line.keep === 1 ? line.text.length : 0), 0)
  return right === 0 ? 0 : (2 * right) / (kept + wanted)
}

function timePer3kB(lines: readonly Line[]): number {
  const text = lines
    .filter(({ keep }) => keep === 1)
    .map((line) => line.text)
    .join('\n')
  const articles = Array.from({ length: Math.floor(text.length / 3000) }, (_, i) =>
    text.slice(i * 3000, (i + 1) * 3000),
  )
  for (const article of articles) findFurniture(article, { lang: 'en' })
  const start = performance.now()
  for (const article of articles) findFurniture(article, { lang: 'en' })
  return (performance.now() - start) / articles.length
}
