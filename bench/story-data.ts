import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseArticleRow } from '../src/core/feed/article-row.ts'
import type { Article } from '../src/core/feed/article.ts'

/** An article with the story that people gave it, or `null`. */
export interface LabelledArticle {
  readonly article: Article
  readonly story: string | null
  /** When it was published, where the article itself was made undated. */
  readonly realMs?: number | null
}

export const STORY_SETS = ['allsides_full_all', 'gva', 'giveme5w1h', 'og2021', 'ecbplus'] as const

export function readStorySet(folder: string, set: string): LabelledArticle[] {
  const path = join(folder, 'stories', `${set}.dev.jsonl.gz`)
  return gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const row = JSON.parse(line) as Record<string, unknown>
      const read = parseArticleRow(row)
      if (read.kind === 'problem') throw new Error(read.problem)
      const story = row['story']
      return {
        article: read.article,
        story: typeof story === 'string' && story !== '' ? `${set}/${story}` : null,
      }
    })
}

/** The five seed articles, in order of their names. */
export function readSeeds(folder: string): Article[] {
  return readdirSync(join(folder, 'seeds'))
    .sort()
    .map((name) => {
      const read = parseArticleRow({
        id: name.slice(0, 3),
        text: readFileSync(join(folder, 'seeds', name), 'utf8'),
      })
      if (read.kind === 'problem') throw new Error(read.problem)
      return read.article
    })
}
