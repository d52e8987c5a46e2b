import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { openStore } from '../../src/adapters/storage/open-store.ts'
import { article, batch, PUBLIC, step } from './stored-rows.ts'
import type { StoreUnderTest } from './test-database.ts'

/** What was accepted survives `kill -9`, whole and once. */
export function survivalContract(current: () => StoreUnderTest): void {
  describe('survival', () => {
    test('a process killed at any point loses nothing that was saved, and doubles nothing', async () => {
      const { url } = current()
      const saved = new Set<number>()
      const placed = new Set<number>()
      for (const [round, lines] of [1, 4, 7].entries()) {
        const promises = await runAndKill(url, 1_000 * round, lines)
        for (const { kind, numbers } of promises)
          for (const n of numbers) (kind === 'saved' ? saved : placed).add(n)
        await checkStore(url, saved, placed)
      }
      expect(saved.size).toBeGreaterThanOrEqual(30)
    }, 120_000)
  })
}

interface KeptPromise {
  readonly kind: string
  readonly numbers: readonly number[]
}

/** Starts the process and kills it as soon as it has written so many lines: it is somewhere in the next write by then. */
async function runAndKill(url: string, first: number, lines: number): Promise<KeptPromise[]> {
  const script = fileURLToPath(new URL('./ingest-until-killed.ts', import.meta.url))
  const child = spawn(process.execPath, [script, url, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const promises: KeptPromise[] = []
  for await (const line of createInterface(child.stdout)) {
    const [kind = '', ...numbers] = line.split(' ')
    promises.push({ kind, numbers: numbers.map(Number) })
    if (promises.length === lines) child.kill('SIGKILL')
  }
  await ended
  return promises
}

async function checkStore(
  url: string,
  saved: ReadonlySet<number>,
  placed: ReadonlySet<number>,
): Promise<void> {
  const store = await openStore(url)
  try {
    const numbers = [...saved]
    const stored = await store.articles.articles(
      numbers.map((n) => `article-${n}`),
      PUBLIC,
    )
    expect(stored).toHaveLength(saved.size)
    for (const n of placed) {
      expect(stored.find(({ article: { id } }) => id === `article-${n}`)?.storyId).toBe(`story-${n % 9}`)
    }
    // Whole batches only, whatever the process was doing when it fell.
    const all = await store.articles.articlesSince(0, 1_000, PUBLIC)
    expect(all.length % 30).toBe(0)
    const again = await store.articles.saveIngest(
      batch(all.map(({ article: { id } }) => article(Number(id.slice(8))))),
    )
    expect(again).toEqual({ added: 0, revised: 0 })
    const found = await store.articles.search({ words: 'ferries', limit: 1_000 }, PUBLIC)
    expect(found.entries.map(({ id }) => id).toSorted()).toEqual(
      all.map(({ article: { id } }) => id).toSorted(),
    )
    const waiting = await store.articles.unplacedArticles(1_000)
    await store.stories.saveStep(
      step(
        `after-${all.length}`,
        Object.fromEntries(waiting.map(({ article: { id } }) => [id, 'story-rest'])),
      ),
    )
  } finally {
    await store.close()
  }
}
