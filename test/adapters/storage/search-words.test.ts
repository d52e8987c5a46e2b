import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { searchWords } from '../../../src/adapters/storage/search-words.ts'

describe('searchWords()', () => {
  test('searchWords() folds case, accents and signs', () => {
    expect(searchWords("Don't STOP: Straße, Ångström & naïve café! don")).toEqual([
      'don',
      't',
      'stop',
      'strasse',
      'angstrom',
      'naive',
      'cafe',
    ])
    expect(searchWords('1,200.5 km/h \t"NEAR"* -x')).toEqual(['1', '200', '5', 'km', 'h', 'near', 'x'])
    expect(searchWords(' \n …!? ')).toEqual([])
  })

  test('searchWords() cuts scripts without spaces into pairs', () => {
    expect(searchWords('東京湾 湾')).toEqual(['東京', '京湾', '湾'])
    expect(searchWords('हिन्दी समाचार')).toEqual(['हिन्दी', 'समाचार'])
  })

  test('searchWords() of any text is bounded, without repeats, and made of plain words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const found = searchWords(text)
        expect(new Set(found).size).toBe(found.length)
        for (const word of found) expect(word).toMatch(/^[\p{L}\p{M}\p{N}]+$/u)
        expect(searchWords(found.join(' '))).toEqual(found)
      }),
    )
    expect(searchWords('x'.repeat(10_000))[0]).toHaveLength(40)
    expect(searchWords(Array.from({ length: 20_000 }, (_, n) => `w${n}`).join(' '))).toHaveLength(8_000)
  })
})
