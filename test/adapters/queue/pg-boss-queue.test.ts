import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPgBossQueue } from '../../../src/adapters/queue/pg-boss-queue.ts'
import { openPostgres } from '../../../src/adapters/storage/postgres.ts'
import { openOwnerLocks } from '../../../src/adapters/storage/owner-lock.ts'
import type { OwnerLock } from '../../../src/app/ports/owner-lock.ts'
import { startPostgres } from '../../contracts/postgres-server.ts'
import type { TestDatabase } from '../../contracts/test-database.ts'
import { queueContract } from './queue-contract.ts'

let database: TestDatabase
let url: string

beforeAll(async () => {
  database = await startPostgres()
  const fresh = await database.fresh()
  url = fresh.url
  await fresh.store.close()
}, 120_000)
afterAll(() => database.stop(), 60_000)

const problems: string[] = []
const open = () => openPgBossQueue({ url, onProblem: (problem) => problems.push(problem) })

describe('openPgBossQueue()', () => {
  queueContract(open)

  it('gives each request to one of many processes', async () => {
    const queues = await Promise.all([open(), open(), open()])
    let rounds = 0
    for (const queue of queues) await queue.serve('collect', () => Promise.resolve(void (rounds += 1)))
    await queues[0].ask('collect')
    while (rounds === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await Promise.all(queues.map((queue) => queue.close()))
    expect(rounds).toBe(1)
    expect(problems).toEqual([])
  })

  it('tells a server that cannot be reached', async () => {
    await expect(
      openPgBossQueue({ url: 'postgres://x@127.0.0.1:9/x', onProblem: () => undefined }),
    ).rejects.toThrow(/ECONNREFUSED/)
  })
})

describe('openPostgres()', () => {
  it('outlives a connection that breaks in a transaction between two queries', async () => {
    const database = openPostgres(url)
    const broken = database.writer.transaction().execute(async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
      await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0})`.execute(database.reader)
      // Time for the news to come; without a listener it would end this process.
      await new Promise((resolve) => setTimeout(resolve, 100))
      await sql`select 1`.execute(trx)
    })
    await expect(broken).rejects.toThrow()
    expect((await sql`select 1 as one`.execute(database.reader)).rows).toEqual([{ one: 1 }])
    await database.close()
  })
})

describe('openOwnerLocks()', () => {
  const hold = async (locks: readonly OwnerLock[]) => {
    const held: boolean[] = []
    for (const lock of locks) held.push(await lock.hold())
    return held
  }
  const release = (locks: readonly OwnerLock[]) => Promise.all(locks.map((lock) => lock.release()))

  it('lets one process own a name on PostgreSQL, and another when it lets go', async () => {
    const [one, two] = [openOwnerLocks(url, ['all']), openOwnerLocks(url, ['all'])]
    expect([await hold(one), await hold(two), await hold(one)]).toEqual([[true], [false], [true]])
    await release(one)
    expect([await hold(two), await hold(one)]).toEqual([[true], [false]])
    await release(two)
    await release(one)
    expect(await hold(one)).toEqual([true])
    await release(one)
  })

  it('shares several names out among the processes that come and go, each name with one owner', async () => {
    const names = ['en', 'de', 'fr', 'others']
    const [one, two] = [openOwnerLocks(url, names), openOwnerLocks(url, names)]
    expect(await hold(one)).toEqual([true, true, true, true])
    expect(await hold(two)).toEqual([false, false, false, false])
    // The first sees that there are two now: it gives back what is more than its half.
    expect(await hold(one)).toEqual([true, true, false, false])
    expect(await hold(two)).toEqual([false, false, true, true])
    expect(await hold(one)).toEqual([true, true, false, false])
    await release(two)
    expect(await hold(one)).toEqual([true, true, true, true])
    await release(one)
  })

  it('gives the names of a process whose connection broke to another', async () => {
    const names = ['en', 'others']
    const [one, two] = [openOwnerLocks(url, names), openOwnerLocks(url, names)]
    expect(await hold(one)).toEqual([true, true])
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tidings owner'`,
    )
    await client.end()
    expect(await hold(two)).toEqual([true, true])
    await expect(one[0]?.hold()).rejects.toThrow()
    expect(await one[0]?.hold()).toBe(false)
    await release(two)
    await release(one)
  })

  it('keeps a process that groups everything and those that share apart', async () => {
    const [whole, shared] = [openOwnerLocks(url, ['all']), openOwnerLocks(url, ['en', 'others'])]
    expect([await hold(shared), await hold(whole)]).toEqual([[true, true], [false]])
    await release(shared)
    expect([await hold(whole), await hold(shared)]).toEqual([[true], [false, false]])
    await release(whole)
    await release(shared)
  })
})
