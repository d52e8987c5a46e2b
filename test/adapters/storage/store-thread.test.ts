import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { StorageError } from '../../../src/adapters/storage/storage-error.ts'
import { openStoreInThread } from '../../../src/adapters/storage/store-thread.ts'
import { article, batch, PUBLIC, step } from '../../contracts/stored-rows.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidings-thread-'))
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true })
})

describe('openStoreInThread()', () => {
  test('openStoreInThread() says in one line what keeps the file from being opened', async () => {
    const file = path.join(folder, 'diary.db')
    fs.writeFileSync(file, 'Dear diary, '.repeat(100))
    const failed = await openStoreInThread(`sqlite:${file}`).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(StorageError)
    expect(failed).toMatchObject({ code: 'SQLITE_NOTADB' })
    expect(String(failed)).toContain('the file is not an SQLite database')
  })

  test('openStoreInThread() keeps what is in memory where it is', async () => {
    const store = await openStoreInThread('sqlite::memory:')
    await store.articles.saveIngest(batch([article(1)]))
    expect(await store.articles.articlesSince(0, 9, PUBLIC)).toHaveLength(1)
    await store.close()
  })

  test('a reader may leave a long answer, a worker may be told to stop, and close() waits for what runs', async () => {
    const store = await openStoreInThread(`sqlite:${path.join(folder, 'live.db')}`)
    const articles = Array.from({ length: 450 }, (_, n) => article(n))
    await store.articles.saveIngest(batch(articles))
    await store.stories.saveStep(
      step('s', Object.fromEntries(articles.map(({ article: { id } }) => [id, 'story']))),
    )
    const live: string[] = []
    for await (const { stored } of store.stories.liveArticles(0)) {
      live.push(stored.article.id)
      if (live.length === 250) break
    }
    expect(new Set(live).size).toBe(250)
    expect(await store.articles.dropBodiesBefore(Date.UTC(2100, 0), AbortSignal.abort())).toBe(0)
    const last = store.articles.saveIngest(batch([article(900)]))
    await store.close()
    expect(await last).toEqual({ added: 1, revised: 0 })
  })
})
