// What the furniture rules drop from lines that survive page extractors, and what they cost.
//
//   node bench/quality-furniture.ts [DATA_FOLDER]
//
// Lines are labelled keep 1 (of the article) or 0. Dropping must raise the body F1 (characters of kept lines), never lower it.
// Each page that it lowers is told with the rules that took something from lines of the article; --wrong shows the words.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { findFurniture } from '../src/core/text/furniture.ts'
import { staysInText } from '../src/core/text/kept-furniture.ts'
import { detectLanguage } from '../src/core/text/language.ts'

interface Line {
  readonly id: string
  readonly text: string
  readonly keep: 0 | 1
}

interface ReadLine {
  readonly line: Line
  /** Characters that stay. */
  readonly chars: number
  /** What was taken, in the words of the rules. */
  readonly taken: readonly { readonly why: string; readonly text: string }[]
}

const [dataFolder = '../shared/data', show] = process.argv.slice(2)
/** Pages that dropping lowers, read by hand: what the labels count as the article's own words there. None of it is news. */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  'aeb/16c30add7e': 'the labelled text opens with a cookie notice',
  'aeb/785affa2c3': 'the labelled text opens with a cookie notice',
  'aeb/abd9d6291b': 'a prompt to follow the outlet on networks is labelled as text',
  'aeb/f81c6c05d9': 'a link to the home page is labelled as text',
}
const BEFORE = 'Ein Absatz. A paragraph.\n'
const file = path.join(dataFolder, 'lines', 'residual.dev.jsonl.gz')
if (existsSync(file)) measure(readLines(file))
else console.log(`Cannot measure furniture: "${file}" is missing`)

function readLines(from: string): Line[] {
  const rows = gunzipSync(readFileSync(from)).toString().trim().split('\n')
  return rows.map((row) => JSON.parse(row) as Line)
}

function measure(lines: readonly Line[]): void {
  const pages = [...Map.groupBy(lines, ({ id }) => id)].map(([id, page]) => {
    const kept = readPage(page)
    const before = f1(page.map((line) => ({ line, chars: line.text.length })))
    return { id, kept, before, after: f1(kept) }
  })
  tellLines(pages.flatMap(({ kept }) => kept))
  const worse = pages.filter(({ before, after }) => after < before - 1e-9)
  const mean = (pick: (page: { before: number; after: number }) => number) =>
    pages.reduce((sum, page) => sum + pick(page), 0) / pages.length
  console.log(
    `body F1 of pages ${mean((page) => page.before).toFixed(4)} -> ${mean((page) => page.after).toFixed(4)}; pages made worse ${worse.length} of ${pages.length}`,
  )
  for (const page of worse) tellWorse(page)
  console.log(`time ${timePer3kB(lines).toFixed(3)} ms for 3 kB`)
}

function tellLines(read: readonly ReadLine[]): void {
  const dropped = read.filter(({ line, chars }) => chars < line.text.length / 2)
  const right = dropped.filter(({ line }) => line.keep === 0).length
  const furniture = read.filter(({ line }) => line.keep === 0).length
  console.log(
    `lines ${read.length}, furniture ${furniture}; dropped ${dropped.length}, right ${right}, wrong ${dropped.length - right}`,
  )
  console.log(`precision ${(right / dropped.length).toFixed(3)} recall ${(right / furniture).toFixed(3)}`)
  if (show !== '--wrong') return
  for (const { line } of dropped) if (line.keep === 1) console.log(`wrong: ${line.text}`)
}

function tellWorse(page: { id: string; kept: readonly ReadLine[]; before: number; after: number }): void {
  const taken = page.kept.filter(({ line }) => line.keep === 1).flatMap((one) => one.taken)
  const rules = taken.map(({ why, text }) => `${why} (${text.trim().length} characters)`)
  console.log(
    `  ${page.id.slice(0, 14)} ${page.before.toFixed(4)} -> ${page.after.toFixed(4)}: ${rules.join(', ')}`,
  )
  console.log(`    ${READ_BY_HAND[page.id.slice(0, 14)] ?? 'not read yet'}`)
  if (show === '--wrong') for (const { why, text } of taken) console.log(`    ${why}: ${text.trim()}`)
}

/** Each line stands alone, as a paragraph after others would: the labels are of lines, not of texts. */
function readPage(page: readonly Line[]): ReadLine[] {
  const start = page.map(({ text }) => text).join('\n')
  const lang = detectLanguage(start.slice(0, 2000))
  return page.map((line) => {
    const text = `${BEFORE}${line.text}`
    const taken = findFurniture(text, { lang })
      .filter(({ end, why }) => end > BEFORE.length && !staysInText(why))
      .map(({ start: from, end, why }) => ({ why, text: text.slice(Math.max(from, BEFORE.length), end) }))
    const chars = line.text.length - taken.reduce((sum, one) => sum + one.text.length, 0)
    return { line, chars, taken }
  })
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
