import { describe, expect, it } from 'vitest'
import { parseSince } from '../../../src/core/digest/digest-window.ts'

const NOW = Date.parse('2026-03-10T12:00:00Z')
const iso = (text: string) => {
  const since = parseSince(text, NOW)
  return since.kind === 'since' ? new Date(since.atMs).toISOString() : since.problem
}

describe('parseSince()', () => {
  it.each([
    ['24h', '2026-03-09T12:00:00.000Z'],
    ['90m', '2026-03-10T10:30:00.000Z'],
    ['3 d', '2026-03-07T12:00:00.000Z'],
    ['1W', '2026-03-03T12:00:00.000Z'],
    ['2026-03-08', '2026-03-08T00:00:00.000Z'],
    ['2026-03-08T06:30', '2026-03-08T06:30:00.000Z'],
    ['2026-03-08 06:30', '2026-03-08T06:30:00.000Z'],
    ['2026-03-08T06:30:15+01:00', '2026-03-08T05:30:15.000Z'],
  ])('reads %s', (text, expected) => {
    expect(iso(text)).toBe(expected)
  })

  it.each(['', 'yesterday', '24', '-3d', '2026-13-40', '2026-03-08T25:00'])(
    'tells what is wrong with %j',
    (text) => {
      expect(iso(text)).toBe(`"${text}" is neither a span such as 24h or 3d nor a date such as 2026-03-10`)
    },
  )
})
