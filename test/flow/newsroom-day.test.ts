import { expect, test } from 'vitest'
import { openStore } from '../../src/adapters/storage/open-store.ts'
import { liveThroughDay } from '../support/newsroom-day.ts'

test('a day of twenty feeds with every trouble of the street loses nothing and takes nothing twice', async () => {
  const store = await openStore('sqlite::memory:')
  const minGapMs = 8
  const day = await liveThroughDay(store, {
    ...{ feeds: 20, hosts: 6, hours: 24, minGapMs, maxMs: 2_000, tickMs: 15 * 60_000 },
  })
  await store.close()
  expect({ lost: day.lost, doubled: day.doubled, stale: day.stale }).toEqual({
    lost: [],
    doubled: [],
    stale: [],
  })
  expect(day.added).toBeGreaterThan(800)
  expect(day.revised).toBeGreaterThan(20)
  expect(day.kinds).toMatchObject({ gone: 1 })
  for (const kind of ['fetched', 'not-modified', 'failed', 'unreadable']) {
    expect(day.kinds[kind], kind).toBeGreaterThan(1)
  }
  expect(day.manners.mostPerHost).toBeLessThanOrEqual(2)
  expect(day.manners.leastGapMs).toBeGreaterThanOrEqual(minGapMs)
  expect(day.manners.whileResting).toBe(0)
}, 120_000)
