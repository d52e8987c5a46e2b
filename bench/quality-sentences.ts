/**
 * Scores sentence splitting on the hand-labelled texts: `node bench/quality-sentences.ts [FOLDER]`.
 *
 * A sentence is found when both its ends are right. Prints precision, recall and F1 per language beside `Intl.Segmenter` alone and the
 * sentence tokenizer of `natural`.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SentenceTokenizer } from 'natural/lib/natural/tokenizers/index.js'
import { splitSentences } from '../src/core/text/sentences.ts'

interface Labelled {
  readonly text: string
  /** `start-end` of each sentence. */
  readonly ranges: ReadonlySet<string>
}

type Splitter = (text: string, lang: string) => string[]

const folder = process.argv.slice(2).find((arg) => !arg.startsWith('-')) ?? 'test/fixtures/sentences'
const splitters: Readonly<Record<string, Splitter>> = { ours: bySentences, Intl: byIntl, natural: byNatural }
const totals = new Map<string, number[]>()
for (const name of readdirSync(folder).sort())
  report(name.replace('.txt', ''), readLabelled(join(folder, name)))
for (const [name, [hits = 0, found = 0, wanted = 0]] of totals)
  console.log(`all ${name.padEnd(8)} ${score(hits, found, wanted)}`)

function report(lang: string, gold: Labelled): void {
  for (const [name, split] of Object.entries(splitters)) {
    const found = split(gold.text, lang)
    const hits = found.filter((range) => gold.ranges.has(range)).length
    const total = totals.get(name) ?? [0, 0, 0]
    totals.set(name, [total[0]! + hits, total[1]! + found.length, total[2]! + gold.ranges.size])
    console.log(`${lang}  ${name.padEnd(8)} ${score(hits, found.length, gold.ranges.size)}`)
    if (name !== 'ours' || !process.argv.includes('--misses')) continue
    for (const range of found.filter((other) => !gold.ranges.has(other))) {
      const [start = 0, end = 0] = range.split('-').map(Number)
      console.log(`    wrong: ${gold.text.slice(start, end)}`)
    }
  }
}

function score(hits: number, found: number, wanted: number): string {
  const precision = hits / Math.max(1, found)
  const recall = hits / Math.max(1, wanted)
  const f1 = (2 * precision * recall) / Math.max(1e-9, precision + recall)
  return `P ${precision.toFixed(3)} R ${recall.toFixed(3)} F1 ${f1.toFixed(3)} (${wanted} sentences)`
}

/** One sentence a line, paragraphs parted by an empty line; sentences are put together with a blank, in ja and zh with none. */
function readLabelled(file: string): Labelled {
  const gap = /(?:ja|zh)\.txt$/u.test(file) ? '' : ' '
  let text = ''
  const ranges = new Set<string>()
  for (const paragraph of readFileSync(file, 'utf8').trim().split(/\n\n+/u)) {
    if (text !== '') text += '\n\n'
    paragraph.split('\n').forEach((line, i) => {
      if (i > 0) text += gap
      const sentence = line.trim()
      ranges.add(`${text.length}-${text.length + sentence.length}`)
      text += sentence
    })
  }
  return { text, ranges }
}

function bySentences(text: string, lang: string): string[] {
  return splitSentences(text, { lang }).map(({ start, end }) => `${start}-${end}`)
}

function byIntl(text: string, lang: string): string[] {
  const ranges: string[] = []
  for (const { segment, index } of new Intl.Segmenter(lang, { granularity: 'sentence' }).segment(text)) {
    const start = index + segment.length - segment.trimStart().length
    if (segment.trim() !== '') ranges.push(`${start}-${start + segment.trim().length}`)
  }
  return ranges
}

/** `natural` gives strings, so their places are looked up in order. */
function byNatural(text: string): string[] {
  let at = 0
  return new SentenceTokenizer([]).tokenize(text).flatMap((sentence) => {
    const start = text.indexOf(sentence.trim(), at)
    if (start < 0) return []
    at = start + sentence.trim().length
    return [`${start}-${at}`]
  })
}
