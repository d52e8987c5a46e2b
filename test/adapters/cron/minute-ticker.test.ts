import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { minuteTicker } from '../../../src/adapters/cron/minute-ticker.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 2, 29, 0, 58, 30) })
})
afterEach(() => {
  vi.useRealTimers()
})

it('minuteTicker() ticks once at the beginning of every minute, also while clocks change, until it is stopped', async () => {
  const ticks: string[] = []
  const ticker = minuteTicker()
  ticker.start(() => ticks.push(new Date().toISOString().slice(11, 16)))
  await vi.advanceTimersByTimeAsync(4 * 60_000)
  expect(ticks).toEqual(['00:59', '01:00', '01:01', '01:02'])
  ticker.stop()
  await vi.advanceTimersByTimeAsync(4 * 60_000)
  expect(ticks).toHaveLength(4)
})
