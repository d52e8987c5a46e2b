// What a channel gets on a plain feed bot, a message for each article, against one digest a day: messages and characters.
//   node bench/compare-feed-bot.ts [--data ../shared/data] [--days 3]
// The sample newsroom always; a labelled stream where the data folder is there, its first full days in English.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { cutForDiscord } from '../src/adapters/discord/render-digest.ts'
import { openPageReader } from '../src/adapters/extract/open-page-reader.ts'
import { fileInputs } from '../src/adapters/files/file-inputs.ts'
import { makeDigest } from '../src/app/make-digest.ts'
import { streamArticles } from '../src/app/stream-articles.ts'
import type { Article } from '../src/core/feed/article.ts'
import { readStorySet } from './story-data.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    days: { type: 'string', default: '3' },
  },
})
const DAY_MS = 86_400_000
const SET = 'og2021'

interface Compared {
  readonly articles: number
  /** Of the digest. */
  readonly messages: number
  readonly stories: number
  /** Articles of the stories that the digest tells. */
  readonly told: number
}

function compare(articles: readonly Article[]): Compared {
  const digest = makeDigest(articles, { maxStories: 10, maxSentences: 3, sinceMs: null, topic: null })
  const subscription = { overflow: 'next-message', mentionRole: null, lang: null } as const
  const parts = cutForDiscord({
    ...{ digestId: 'compare', name: 'Morning', digest, timeZone: 'UTC', subscription, publicUrl: null },
  })
  const told = digest.entries.reduce((sum, { counts }) => sum + counts.articles, 0)
  return { articles: digest.counts.articles, messages: parts.length, stories: digest.entries.length, told }
}

function print(name: string, { articles, messages, stories, told }: Compared): void {
  console.log(
    `${name.padEnd(34)} feed bot ${String(articles).padStart(5)} messages   digest ${messages} ` +
      `(${stories} stories, which ${told} of the articles tell)`,
  )
}

async function sampleNewsroom(): Promise<Article[]> {
  const pages = openPageReader()
  const folder = fileURLToPath(new URL('../config/newsroom', import.meta.url))
  const web = { fetchFeed: () => Promise.reject(new Error('the sample needs no network')) }
  const articles: Article[] = []
  for await (const read of streamArticles([folder], { inputs: fileInputs(), web, pages })) {
    if (read.kind === 'article') articles.push(read.article)
  }
  await pages.close()
  return articles
}

print('sample newsroom, all of it', compare(await sampleNewsroom()))
if (existsSync(`${values.data}/stories/${SET}.dev.jsonl.gz`)) {
  const english = readStorySet(values.data, SET).flatMap(({ article }) =>
    article.lang === 'en' ? article : [],
  )
  const byDay = Map.groupBy(english, ({ publishedAtMs }) => Math.floor((publishedAtMs ?? 0) / DAY_MS))
  const full = [...byDay].filter(([, day]) => day.length >= 50).sort(([a], [b]) => a - b)
  for (const [day, articles] of full.slice(0, Number(values.days))) {
    print(`${SET}.dev, English, ${new Date(day * DAY_MS).toISOString().slice(0, 10)}`, compare(articles))
  }
} else console.log(`No labelled stream at "${values.data}": give its folder with --data.`)
