import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import SqliteFile from 'better-sqlite3'
import { openStore, type Store } from '../../src/adapters/storage/open-store.ts'
import { openStoreInThread } from '../../src/adapters/storage/store-thread.ts'
import type { StoreUnderTest, TestDatabase } from './test-database.ts'

/** SQLite files in a folder of their own, gone with `stop`. */
export function startSqlite(): TestDatabase {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidings-sqlite-'))
  let count = 0
  return {
    name: 'SQLite',
    async fresh(): Promise<StoreUnderTest> {
      const url = `sqlite:${path.join(folder, `${++count}.db`)}`
      return { url, store: await openStore(url) }
    },
    async another() {
      return `sqlite:${path.join(folder, `${++count}.db`)}`
    },
    async stop() {
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** One SQLite file with its thread, emptied for each test: a thread takes longer to start than a test. */
export function startSqliteThread(): TestDatabase {
  const files = startSqlite()
  let opened: { url: string; store: Store } | null = null
  return {
    name: 'SQLite in a thread',
    another: () => files.another(),
    async fresh(): Promise<StoreUnderTest> {
      if (opened === null) {
        const url = await files.another()
        opened = { url, store: await openStoreInThread(url) }
      }
      const { url, store } = opened
      emptyTables(url.replace('sqlite:', ''))
      return { url, store: { ...store, close: async () => undefined } }
    },
    async stop() {
      await opened?.store.close()
      await files.stop()
    },
  }
}

function emptyTables(file: string): void {
  const database = new SqliteFile(file)
  const tables = database
    .prepare(
      "select name from sqlite_schema where type = 'table' and name not glob 'kysely*' and name not glob 'article_words_*' and name not glob 'sqlite_*' and name <> 'window_fences'",
    )
    .pluck()
    .all() as string[]
  database.pragma('foreign_keys = OFF')
  database.transaction(() => {
    for (const table of tables) database.prepare(`delete from "${table}"`).run()
    database.prepare('update window_fences set at_ms = 0').run()
  })()
  database.close()
}
