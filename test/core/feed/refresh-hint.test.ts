import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRefreshHint } from '../../../src/core/feed/refresh-hint.ts'

const HOUR_MS = 3_600_000

describe('readRefreshHint()', () => {
  it.each([
    [{ ttl: '60' }, HOUR_MS],
    [{ ttl: ' 5 ' }, HOUR_MS / 12],
    [{ ttl: '0' }, null],
    [{ ttl: '-5' }, null],
    [{ ttl: 'soon' }, null],
    [{ period: 'hourly' }, HOUR_MS],
    [{ period: ' Daily\n', frequency: '4' }, 6 * HOUR_MS],
    [{ period: 'hourly', frequency: '0' }, HOUR_MS],
    [{ period: 'sometimes', frequency: '2' }, null],
    [{ frequency: '2' }, null],
    [{ ttl: '30', period: 'hourly' }, HOUR_MS],
    [{ ttl: '90', period: 'hourly' }, 1.5 * HOUR_MS],
    [{}, null],
  ])('reads %j', (words, hintMs) => {
    expect(readRefreshHint({ ttl: null, period: null, frequency: null, ...words })).toBe(hintMs)
  })

  it('gives a time above nothing or none, whatever a feed writes', () => {
    const word = fc.option(fc.oneof(fc.string(), fc.constantFrom('hourly', '1', '999999')))
    fc.assert(
      fc.property(fc.record({ ttl: word, period: word, frequency: word }), (words) => {
        const hintMs = readRefreshHint(words)
        expect(hintMs === null || (Number.isSafeInteger(hintMs) && hintMs > 0)).toBe(true)
      }),
    )
  })
})
