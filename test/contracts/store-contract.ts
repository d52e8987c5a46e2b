import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest'
import { articleStoreContract } from './article-store-contract.ts'
import { copyContract } from './copy-contract.ts'
import { digestStoreContract } from './digest-store-contract.ts'
import { feedStoreContract } from './feed-store-contract.ts'
import { hubStoreContract } from './hub-store-contract.ts'
import { operatorStoreContract } from './operator-store-contract.ts'
import { pageLinkContract } from './page-link-contract.ts'
import { requestMemoryContract } from './request-memory-contract.ts'
import { storyStoreContract } from './story-store-contract.ts'
import { subscriptionStoreContract } from './subscription-store-contract.ts'
import { tenantContract } from './tenant-contract.ts'
import { survivalContract } from './survival-contract.ts'
import type { StoreUnderTest, TestDatabase } from './test-database.ts'
import { windowContract } from './window-contract.ts'

/** What a store must do on any database. */
export function storeContract(name: string, start: () => Promise<TestDatabase>): void {
  describe(`store on ${name}`, () => {
    let database: TestDatabase
    let now: StoreUnderTest
    let copies = 0
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidings-copies-'))
    beforeAll(async () => {
      database = await start()
    }, 60_000)
    afterAll(async () => {
      fs.rmSync(folder, { recursive: true, force: true })
      await database.stop()
    })
    beforeEach(async () => {
      now = await database.fresh()
    })
    afterEach(() => now.store.close())
    const current = () => now.store
    articleStoreContract(current)
    storyStoreContract(current)
    tenantContract(current)
    feedStoreContract(current)
    digestStoreContract(current)
    subscriptionStoreContract(current)
    windowContract(current)
    pageLinkContract(current)
    requestMemoryContract(current)
    hubStoreContract(current)
    operatorStoreContract(current)
    survivalContract(() => now)
    copyContract(
      () => now,
      () => `sqlite:${path.join(folder, `${++copies}.db`)}`,
      () => database.another(),
    )
  })
}
