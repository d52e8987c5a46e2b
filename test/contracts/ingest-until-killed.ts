import fs from 'node:fs'
import { openStore } from '../../src/adapters/storage/open-store.ts'
import { article, batch, step } from './stored-rows.ts'

// A process that ingests and groups until it is killed. Arguments: URL of the store, number of the first article.
// Writes a line for each promise that the store has kept: what stands there must be there after the kill.

const [url = '', first = '0'] = process.argv.slice(2)
const store = await openStore(url)
for (let n = Number(first); ; n += 30) {
  const numbers = Array.from({ length: 30 }, (_, i) => n + i)
  await store.articles.saveIngest(batch(numbers.map((number) => article(number))))
  fs.writeSync(1, `saved ${numbers.join(' ')}\n`)
  const placed = Object.fromEntries(numbers.map((number) => [`article-${number}`, `story-${number % 9}`]))
  await store.stories.saveStep(step(`step-${n}`, placed))
  fs.writeSync(1, `placed ${numbers.join(' ')}\n`)
}
