import type { Store } from '../../src/adapters/storage/open-store.ts'

/** A store with nothing in it but its schema, and where it is. */
export interface StoreUnderTest {
  readonly url: string
  readonly store: Store
}

/** A kind of database that the contract runs on. */
export interface TestDatabase {
  readonly name: string
  /** The one given before is closed by the caller first. */
  fresh(): Promise<StoreUnderTest>
  /** Where a second store may be made while the fresh one is open. */
  another(): Promise<string>
  stop(): Promise<void>
}
