// Started by speed-story.ts: writes the articles of the largest dev set to a file, prints CPU microseconds an article.
//   node bench/story-growth-rows.ts DATA_DIR FILE
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseArticleRow } from '../src/core/feed/article-row.ts'
import { writeArticles } from './story-growth.ts'

const [folder = '', file = ''] = process.argv.slice(2)
const rows = gunzipSync(readFileSync(join(folder, 'stories', 'allsides_full_all.dev.jsonl.gz')))
  .toString('utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Record<string, unknown>)
const start = process.cpuUsage()
const articles = rows.map((row) => {
  const read = parseArticleRow(row)
  if (read.kind === 'problem') throw new Error(read.problem)
  return read.article
})
const { user, system } = process.cpuUsage(start)
writeArticles(file, articles)
console.log(Math.round((user + system) / articles.length))
