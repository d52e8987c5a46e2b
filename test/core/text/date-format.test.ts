import { expect, test } from 'vitest'
import { dateFormat } from '../../../src/core/text/date-format.ts'

test('dateFormat() gives each zone and form its own format, and the same one again', () => {
  const atMs = Date.UTC(2026, 2, 10, 23, 30)
  const berlin = dateFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' })
  expect(berlin.format(atMs)).toBe('00:30')
  expect(dateFormat('en-GB', { timeZone: 'UTC', timeStyle: 'short' }).format(atMs)).toBe('23:30')
  expect(dateFormat('en-GB', { timeZone: 'Europe/Berlin', day: 'numeric' }).format(atMs)).toBe('11')
  expect(dateFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' })).toBe(berlin)
  expect(() => dateFormat('en-GB', { timeZone: 'Moon/Sea' })).toThrow(RangeError)
})
