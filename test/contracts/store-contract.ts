import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest'
import type { Store } from '../../src/adapters/storage/open-store.ts'
import { articleStoreContract } from './article-store-contract.ts'
import { digestStoreContract } from './digest-store-contract.ts'
import { feedStoreContract } from './feed-store-contract.ts'
import { storyStoreContract } from './story-store-contract.ts'
import { subscriptionStoreContract } from './subscription-store-contract.ts'
import { tenantContract } from './tenant-contract.ts'
import type { TestDatabase } from './test-database.ts'
import { windowContract } from './window-contract.ts'

/** What a store must do on any database. */
export function storeContract(name: string, start: () => Promise<TestDatabase>): void {
  describe(`store on ${name}`, () => {
    let database: TestDatabase
    let store: Store
    beforeAll(async () => {
      database = await start()
    }, 60_000)
    afterAll(() => database.stop())
    beforeEach(async () => {
      store = (await database.fresh()).store
    })
    afterEach(() => store.close())
    const current = () => store
    articleStoreContract(current)
    storyStoreContract(current)
    tenantContract(current)
    feedStoreContract(current)
    digestStoreContract(current)
    subscriptionStoreContract(current)
    windowContract(current)
  })
}
