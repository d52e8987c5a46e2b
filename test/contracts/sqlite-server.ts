import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { openStore } from '../../src/adapters/storage/open-store.ts'
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
