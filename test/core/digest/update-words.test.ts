import { describe, expect, it } from 'vitest'
import { updateWords } from '../../../src/core/digest/update-words.ts'

const NOW = Date.parse('2026-03-10T06:00:00Z')

describe('updateWords()', () => {
  it.each([
    [4, 2, '2026-03-09T06:00:00Z', 'UTC', '+4 articles, 2 new sentences since yesterday'],
    [1, 1, '2026-03-10T05:00:00Z', 'UTC', '+1 article, 1 new sentence since 05:00'],
    [1, 0, '2026-03-08T23:30:00Z', 'UTC', '+1 article since 8 March'],
    [1, 0, '2026-03-08T23:30:00Z', 'Europe/Berlin', '+1 article since yesterday'],
    [2, 3, '2026-03-09T23:30:00Z', 'Asia/Tokyo', '+2 articles, 3 new sentences since 08:30'],
  ])('tells %i articles and %i sentences since %s in %s', (articles, sentences, since, zone, words) => {
    expect(updateWords({ articles, sentences, sinceMs: Date.parse(since) }, NOW, zone)).toBe(words)
  })
})
