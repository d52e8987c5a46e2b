import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueWindow } from '../../../src/core/schedule/due-window.ts'

const HOUR = 3_600_000
const every = (periodMs: number) => (afterMs: number) => (Math.floor(afterMs / periodMs) + 1) * periodMs
const input = { lastToMs: 0, runAtMs: 24 * HOUR, runAfter: every(24 * HOUR), maxCatchUpMs: 7 * 24 * HOUR }

describe('dueWindow()', () => {
  it('is null while the run lies ahead', () => {
    expect(dueWindow({ ...input, nowMs: 24 * HOUR - 1 })).toBeNull()
  })

  it('reaches from the last window to the run', () => {
    expect(dueWindow({ ...input, nowMs: 24 * HOUR + 59_000 })).toEqual({
      fromMs: 0,
      toMs: 24 * HOUR,
      folded: 1,
      cut: false,
    })
  })

  it('folds missed runs into one window that ends with the last of them', () => {
    expect(dueWindow({ ...input, nowMs: 75 * HOUR })).toEqual({
      fromMs: 0,
      toMs: 72 * HOUR,
      folded: 3,
      cut: false,
    })
  })

  it('cuts the beginning of a window that is too long, and says so', () => {
    expect(dueWindow({ ...input, nowMs: 240 * HOUR })).toEqual({
      fromMs: 72 * HOUR,
      toMs: 240 * HOUR,
      folded: 10,
      cut: true,
    })
  })

  it('takes what the last window ended with, even where a clock was set back', () => {
    expect(dueWindow({ ...input, lastToMs: 30 * HOUR, nowMs: 25 * HOUR })).toMatchObject({
      fromMs: 24 * HOUR,
      toMs: 24 * HOUR,
    })
  })

  it('gives windows that touch and never overlap, whenever it is asked', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 50 }), (steps) => {
        let lastToMs = 0
        let nowMs = 0
        for (const step of steps) {
          nowMs += step * HOUR
          const runAtMs = input.runAfter(lastToMs)
          const window = dueWindow({ ...input, lastToMs, runAtMs, nowMs })
          if (window === null) continue
          expect(window.fromMs).toBe(lastToMs)
          expect(window.toMs).toBeGreaterThan(lastToMs)
          expect(window.toMs).toBeLessThanOrEqual(nowMs)
          lastToMs = window.toMs
        }
      }),
    )
  })
})
