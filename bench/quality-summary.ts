/**
 * Scores summaries of gold topics: `node bench/quality-summary.ts [DATA_FOLDER] [--out FILE]`.
 *
 * Prints per language ROUGE recall beside a lead that goes round the articles and a formula without training, share of the word budget used, what four extra copies of
 * an article change, and sentences that are not a range of their text. `--out` writes rows as `tidings summarize` does.
 */
import { writeFileSync } from 'node:fs'
import type { Article } from '../src/core/feed/article.ts'
import { readSentences } from '../src/core/summary/story-sentence.ts'
import { summarizeStory } from '../src/core/summary/summarize-story.ts'
import { handWeights } from './hand-weights.ts'
import { mean, readGoldStories, type GoldStory } from './gold-summaries.ts'
import { rougeN } from './rouge.ts'

interface Row {
  readonly lang: string
  readonly r1: number
  readonly r2: number
  readonly leadR2: number
  readonly handR2: number
  readonly copiedR2: number
  readonly used: number
}

const args = process.argv.slice(2)
const outAt = args.indexOf('--out')
const folder = args.find((arg, i) => !arg.startsWith('--') && i !== outAt + 1) ?? '../shared/data'
const gold = readGoldStories(folder)
if (gold !== null) report(gold)

function report(stories: readonly GoldStory[]): void {
  const out: string[] = []
  let falseQuotes = 0
  const rows = stories.map((story): Row => {
    const { docs, maxWords, lang } = story
    const { sentences, headline } = summarizeStory(docs, { maxWords })
    falseQuotes += sentences.filter((s) => docs[s.doc]?.text.slice(s.start, s.end) !== s.text).length
    out.push(JSON.stringify({ id: story.id, headline, sentences }))
    const text = sentences.map((s) => s.text).join('\n')
    const byHand = summarizeStory(docs, { maxWords }, ({ index }) => handWeights(index))
    const copied = summarizeStory(withCopies(docs), { maxWords })
    return {
      lang,
      r1: recall(1, text, story),
      r2: recall(2, text, story),
      leadR2: recall(2, roundRobinLead(docs, maxWords), story),
      handR2: recall(2, byHand.sentences.map((s) => s.text).join('\n'), story),
      copiedR2: recall(2, copied.sentences.map((s) => s.text).join('\n'), story),
      used: text.split(/\s+/u).length / maxWords,
    }
  })
  if (outAt >= 0) writeFileSync(args[outAt + 1] ?? 'summaries.jsonl', `${out.join('\n')}\n`)
  const langs = [...new Set(rows.map(({ lang }) => lang))]
  const means = langs.map((lang) =>
    meansOf(
      lang,
      rows.filter((row) => row.lang === lang),
    ),
  )
  for (const row of [...means, meansOf('all', means)]) print(row)
  console.log(`false quotes ${falseQuotes}`)
}

function recall(n: number, text: string, { references, maxWords, lang }: GoldStory): number {
  return rougeN(n, text, references, { maxWords, unicode: lang !== 'en' }).recall
}

function meansOf(lang: string, rows: readonly Row[]): Row {
  const of = (key: Exclude<keyof Row, 'lang'>): number => mean(rows.map((row) => row[key]))
  return {
    lang,
    r1: of('r1'),
    r2: of('r2'),
    leadR2: of('leadR2'),
    handR2: of('handR2'),
    copiedR2: of('copiedR2'),
    used: of('used'),
  }
}

function print({ lang, r1, r2, leadR2, handR2, copiedR2, used }: Row): void {
  const percent = (value: number): string => (100 * value).toFixed(2)
  console.log(
    `${lang.padEnd(4)} R-1 ${percent(r1)}  R-2 ${percent(r2)}  lead ${percent(leadR2)}  untrained ${percent(handR2)}  ` +
      `with 4 copies ${percent(copiedR2)}  words used ${(100 * used).toFixed(0)} %`,
  )
}

/** The first sentences of all articles, then the second ones, until the words are used up. */
function roundRobinLead(docs: readonly Article[], maxWords: number): string {
  const read = docs.map((doc, i) => readSentences(doc, i).map(({ text }) => text))
  const lead: string[] = []
  let words = 0
  for (let position = 0; words < maxWords && position < 50; position++) {
    for (const sentences of read) {
      const text = sentences[position]
      if (text === undefined || words >= maxWords) continue
      lead.push(text)
      words += text.split(/\s+/u).length
    }
  }
  return lead.join('\n')
}

/** Four more outlets print the third article. */
function withCopies(docs: readonly Article[]): Article[] {
  const copied = docs[2]
  return copied === undefined
    ? [...docs]
    : [...docs, ...[1, 2, 3, 4].map((n) => ({ ...copied, id: `${copied.id} copy ${n}` }))]
}
