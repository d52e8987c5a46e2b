import { describe, expect, it } from 'vitest'
import { createStoryClock } from '../../../src/core/story/story-clock.ts'

const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 2, 1)

describe('createStoryClock()', () => {
  it('has no time before the first date', () => {
    expect(createStoryClock()(null)).toEqual({ publishedAtMs: null, clockMs: 0 })
  })

  it('follows the stream', () => {
    const tell = createStoryClock()
    let last = 0
    for (let day = 0; day < 40; day++) last = tell(START_MS + day * DAY_MS).clockMs
    expect(last).toBeGreaterThan(START_MS + 30 * DAY_MS)
    expect(last).toBeLessThanOrEqual(START_MS + 39 * DAY_MS)
  })

  it.each([Date.UTC(1970, 0, 1), Date.UTC(2099, 0, 1)])('does not believe %i', (wrong) => {
    const tell = createStoryClock()
    for (let n = 0; n < 10; n++) tell(START_MS)
    expect(tell(wrong)).toEqual({ publishedAtMs: null, clockMs: START_MS })
  })

  it('does not believe a single date years away, but moves when the stream does', () => {
    const tell = createStoryClock()
    for (let n = 0; n < 10; n++) tell(START_MS)
    const far = START_MS + 3_000 * DAY_MS
    expect(tell(far).publishedAtMs).toBeNull()
    for (let n = 0; n < 12; n++) tell(far)
    expect(tell(far)).toEqual({ publishedAtMs: far, clockMs: far })
  })
})
