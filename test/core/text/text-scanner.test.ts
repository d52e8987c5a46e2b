import { describe, expect, it } from 'vitest'
import { scanWords } from '../../../src/core/text/text-scanner.ts'

function scanned(text: string, start = 0, end = text.length): string[] {
  const found: string[] = []
  scanWords(text, start, end, (surface, capital, opens) => {
    found.push(`${surface}${capital ? '^' : ''}${opens ? '.' : ''}`)
    return true
  })
  return found
}

describe('scanWords()', () => {
  it.each([
    [
      'The ferry left Marholm. Nobody saw it.',
      ['The^.', 'ferry', 'left', 'Marholm^', 'Nobody^.', 'saw', 'it'],
    ],
    ['1,200.5 tonnes', ['1,200.5.', 'tonnes']],
    ['the U.N. council', ['the.', 'UN^', 'council']],
    ['l’état, 20-year-old', ['l.', 'état', '20', 'year', 'old']],
    ['Straße Ωμέγα ёлка', ['Straße^.', 'Ωμέγα^', 'ёлка']],
    ['東京都', ['東京.', '京都']],
    ['🚢 …', []],
    ['', []],
  ])('%s', (text, words) => {
    expect(scanned(text)).toEqual(words)
  })

  it('stays in its stretch and stops when told', () => {
    expect(scanned('one two three', 4, 7)).toEqual(['two.'])
    let count = 0
    expect(scanWords('a b c d', 0, 7, () => ++count < 2)).toBe(false)
    expect(count).toBe(2)
  })

  it('cuts endless words', () => {
    expect(scanned('x'.repeat(100)).map(({ length }) => length)).toEqual([41, 40, 20])
  })
})
