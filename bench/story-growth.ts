import { spawnSync } from 'node:child_process'
import { closeSync, fstatSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Article } from '../src/core/feed/article.ts'
import { seededRandom } from './seeded-random.ts'

/** A stream of any length grown from the dev set, read article by article, so that memory is the engine's alone. */
export interface GrowingStream {
  /** The n-th article: one of the set's, on later rounds with some of its words changed so that it is news again. */
  readonly article: (n: number) => Article
  /** CPU microseconds that making one article from its row took (language, furniture, publisher). */
  readonly createdInUs: number
  readonly close: () => void
}

/**
 * Opens the stream. The set is unpacked and read by a process of its own, which writes articles to a file of the temporary folder.
 * @param stepMs stream time between two articles
 */
export function openGrowingStream(dataFolder: string, stepMs: number): GrowingStream {
  const path = join(tmpdir(), `story-growth-${String(process.pid)}.jsonl`)
  const script = join(import.meta.dirname, 'story-growth-rows.ts')
  const made = spawnSync(process.execPath, [script, dataFolder, path], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`Cannot prepare the stream: ${made.stderr}`)
  const file = openSync(path, 'r')
  const starts = lineStarts(file)
  const count = starts.length - 1
  let longest = 0
  for (let i = 0; i < count; i++) longest = Math.max(longest, starts[i + 1]! - starts[i]!)
  const line = Buffer.alloc(longest)
  const read = (i: number): Article => {
    const length = starts[i + 1]! - starts[i]!
    readSync(file, line, 0, length, starts[i]!)
    return JSON.parse(line.toString('utf8', 0, length)) as Article
  }
  return {
    createdInUs: Number(made.stdout),
    article: (n) => grown(read(n % count), n, Math.floor(n / count), Date.UTC(2026, 0, 1) + n * stepMs),
    close() {
      closeSync(file)
      rmSync(path, { force: true })
    },
  }
}

/** Share of the longer words that a later round changes, and units of a text that it keeps. */
const CHANGED_SHARE = 0.12
const KEPT_UNITS = 4_000

function grown(article: Article, n: number, round: number, publishedAtMs: number): Article {
  if (round === 0) return { ...article, publishedAtMs }
  const random = seededRandom(n)
  // Two letters for the round, and one that any article may have: words of all ages, as names are.
  const ending = String.fromCharCode(97 + (round % 26), 97 + (Math.floor(round / 26) % 26))
  const change = (text: string): string =>
    text.replace(/[A-Za-z]{5,}/g, (word) => (random() < CHANGED_SHARE ? word + ending : word))
  return {
    ...article,
    id: `${article.id} ${String(round)}`,
    title: change(article.title),
    text: change(article.text.slice(0, KEPT_UNITS)),
    furniture: [],
    publishedAtMs,
  }
}

function lineStarts(file: number): Float64Array {
  const starts = [0]
  const block = Buffer.alloc(1 << 20)
  const size = fstatSync(file).size
  for (let at = 0; at < size; at += block.length) {
    const got = readSync(file, block, 0, block.length, at)
    for (let i = block.indexOf(10); i >= 0 && i < got; i = block.indexOf(10, i + 1)) starts.push(at + i + 1)
  }
  return Float64Array.from(starts)
}

/** Writes the articles of rows, one a line. */
export function writeArticles(path: string, articles: readonly Article[]): void {
  writeFileSync(path, articles.map((article) => `${JSON.stringify(article)}\n`).join(''))
}
