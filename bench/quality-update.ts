/**
 * Measures what is new and short limits on gold topics: `node bench/quality-update.ts [DATA_FOLDER]`.
 *
 * No set with labels of updates may be used here, so they are made: the first five articles of a topic, by time, are told, then all ten
 * come with those sentences as `told`. Counts sentences of the second summary that repeat the first one or an article's copy of it, the
 * share of word pairs of content words that come again, the part of the budget used, and R-2 recall of both together. Prints the same
 * for a limit of 665 bytes, and for each limit how often it was passed (always 0).
 */
import type { Article } from '../src/core/feed/article.ts'
import type { SummaryOptions, SummarySentence } from '../src/core/summary/summary.ts'
import { summarizeStory } from '../src/core/summary/summarize-story.ts'
import { stopWords } from '../src/core/text/stop-words.ts'
import { words } from '../src/core/text/words.ts'
import { mean, readGoldStories, type GoldStory } from './gold-summaries.ts'
import { rougeN } from './rouge.ts'

/** Words of each of the two summaries. */
const UPDATE_WORDS = 100
/** The short form of DUC-2004, in bytes. */
const SHORT_BYTES = 665
/** Share of its content words in one told sentence from which a sentence repeats it; cosine, 0..1. */
const NEAR_REPEAT = 0.5

const gold = readGoldStories(process.argv[2] ?? '../shared/data')
if (gold !== null) {
  const langs = [...new Set(gold.map(({ lang }) => lang))]
  for (const lang of langs)
    printUpdate(
      lang,
      gold.filter((story) => story.lang === lang),
    )
  printUpdate('all', gold)
  for (const lang of langs)
    printShort(
      lang,
      gold.filter((story) => story.lang === lang),
    )
}

function printUpdate(name: string, stories: readonly GoldStory[]): void {
  const rows = stories.map(updateOf)
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  console.log(
    `${name.padEnd(4)} what is new, ${UPDATE_WORDS} words: ${sum(rows.map(({ sentences }) => sentences))} sentences, ` +
      `${sum(rows.map(({ repeated }) => repeated))} repeated, pairs again ${percent(mean(rows.map(({ again }) => again)))} % ` +
      `(not told of the first ${percent(mean(rows.map(({ blindAgain }) => blindAgain)))} %), words used ${percent(mean(rows.map(({ used }) => used)))} %, ` +
      `R-2 of both ${percent(mean(rows.map(({ r2 }) => r2)))} (one summary of ${2 * UPDATE_WORDS} words ${percent(mean(rows.map(({ wholeR2 }) => wholeR2)))})`,
  )
}

interface UpdateRow {
  readonly sentences: number
  readonly repeated: number
  readonly again: number
  readonly blindAgain: number
  readonly used: number
  readonly r2: number
  readonly wholeR2: number
}

function updateOf({ docs, references, lang }: GoldStory): UpdateRow {
  const inTime = docs.toSorted((a, b) => (a.publishedAtMs ?? 0) - (b.publishedAtMs ?? 0))
  const early = inTime.slice(0, Math.ceil(inTime.length / 2))
  const limit = { maxWords: UPDATE_WORDS }
  const first = summarizeStory(early, limit).sentences
  const told = first.map(({ text }) => text)
  const second = summarizeStory(withCopy(inTime, first), { ...limit, told }).sentences
  const blind = summarizeStory(inTime.slice(early.length), limit).sentences
  const whole = summarizeStory(docs, { maxWords: 2 * UPDATE_WORDS }).sentences
  const r2 = (sentences: readonly SummarySentence[]): number =>
    rougeN(2, textOf(sentences), references, { maxWords: 0, unicode: lang !== 'en' }).recall
  return {
    sentences: second.length,
    repeated: second.filter(({ text }) => told.some((old) => likeness(text, old, lang) > NEAR_REPEAT)).length,
    again: shareAgain(textOf(second), textOf(first), lang),
    blindAgain: shareAgain(textOf(blind), textOf(first), lang),
    used: wordCount(textOf(second)) / UPDATE_WORDS,
    r2: r2([...first, ...second]),
    wholeR2: r2(whole),
  }
}

/** One more outlet prints what was told first. */
function withCopy(docs: readonly Article[], [sentence]: readonly SummarySentence[]): Article[] {
  const copied = docs.find(({ id }) => id === sentence?.articleId)
  return copied === undefined ? [...docs] : [...docs, { ...copied, id: `${copied.id} copy` }]
}

function printShort(lang: string, stories: readonly GoldStory[]): void {
  const rows = stories.map(({ docs, references }) => {
    const options: SummaryOptions = { maxBytes: SHORT_BYTES }
    const text = summarizeStory(docs, options)
      .sentences.map((sentence) => sentence.text)
      .join(' ')
    const { recall } = rougeN(2, text, references, { maxWords: 0, unicode: lang !== 'en' })
    return { bytes: Buffer.byteLength(text), recall }
  })
  console.log(
    `${lang.padEnd(4)} ${SHORT_BYTES} bytes: used ${percent(mean(rows.map(({ bytes }) => bytes / SHORT_BYTES)))} %, ` +
      `least ${percent(Math.min(...rows.map(({ bytes }) => bytes / SHORT_BYTES)))} %, passed ${rows.filter(({ bytes }) => bytes > SHORT_BYTES).length}, ` +
      `R-2 ${percent(mean(rows.map(({ recall }) => recall)))}`,
  )
}

function textOf(sentences: readonly SummarySentence[]): string {
  return sentences.map(({ text }) => text).join('\n')
}

function contentOf(text: string, lang: string): string[] {
  const stops = stopWords(lang)
  return words(text).filter((word) => !stops.has(word))
}

function likeness(a: string, b: string, lang: string): number {
  const [x, y] = [new Set(contentOf(a, lang)), new Set(contentOf(b, lang))]
  return [...x].filter((word) => y.has(word)).length / Math.sqrt(Math.max(1, x.size * y.size))
}

function shareAgain(text: string, before: string, lang: string): number {
  const pairs = (of: string): string[] => {
    const list = contentOf(of, lang)
    return list.slice(1).map((word, i) => `${list[i] ?? ''} ${word}`)
  }
  const old = new Set(pairs(before))
  const own = pairs(text)
  return own.filter((pair) => old.has(pair)).length / Math.max(1, own.length)
}

function wordCount(text: string): number {
  return text.split(/\s+/u).filter((word) => word !== '').length
}

function percent(value: number): string {
  return (100 * value).toFixed(1)
}
