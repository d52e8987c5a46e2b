import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPgBossQueue } from '../../../src/adapters/queue/pg-boss-queue.ts'
import { openOwnerLock } from '../../../src/adapters/storage/owner-lock.ts'
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
afterAll(() => database.stop())

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

describe('openOwnerLock()', () => {
  it('lets one process own a name on PostgreSQL, and another when it lets go', async () => {
    const [one, two] = [openOwnerLock(url, 'grouping'), openOwnerLock(url, 'grouping')]
    expect([await one.hold(), await two.hold(), await one.hold()]).toEqual([true, false, true])
    expect(await openOwnerLock(url, 'other').hold()).toBe(true)
    await one.release()
    expect([await two.hold(), await one.hold()]).toEqual([true, false])
    await two.release()
    await one.release()
  })
})
