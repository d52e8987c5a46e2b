import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { join } from 'node:path'
import { createArticle, type Article } from '../src/core/feed/article.ts'

/** A story with summaries that people wrote of it. */
export interface GoldStory {
  readonly id: string
  readonly lang: string
  readonly maxWords: number
  readonly docs: readonly Article[]
  readonly references: readonly string[]
  /** Number of the topic; the same topic comes in every language. */
  readonly topic: number
}

interface GoldRow {
  readonly id: string
  readonly lang: string
  readonly limit_words: number
  readonly docs: readonly { id: string; title: string; text: string; source: string; published: string }[]
  readonly references: readonly string[]
}

/** The gold stories of a data folder; says so and gives `null` where they are missing. */
export function readGoldStories(folder: string): GoldStory[] | null {
  const file = join(folder, 'summaries/multiling2011.dev.jsonl.gz')
  if (!existsSync(file)) {
    console.log(`No data: "${file}" is missing`)
    return null
  }
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => goldStory(JSON.parse(line) as GoldRow))
}

function goldStory(row: GoldRow): GoldStory {
  return {
    id: row.id,
    lang: row.lang,
    maxWords: row.limit_words,
    docs: row.docs.map((doc) => createArticle({ ...doc, lang: row.lang })),
    references: row.references,
    topic: Number(/\d+$/u.exec(row.id)?.[0] ?? 0),
  }
}

/** The mean of some numbers; 0 of none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
