import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_PATTERN_CHARS, parsePattern } from '../../../src/core/subscription/text-pattern.ts'

function occurs(source: string, text: string): boolean {
  const parsed = parsePattern(source)
  if (parsed.kind === 'problem') throw new Error(parsed.problem)
  return parsed.pattern.occursIn(text)
}

describe('parsePattern()', () => {
  it.each([
    ['harbou?r', 'In the HARBOR', true],
    ['^ferry', 'The ferry', false],
    ['\\d{3} people', 'about 250 people', true],
    ['f(ä|ae)hre', 'Die Fähre', true],
  ])('finds %s in "%s": %s', (source, text, found) => {
    expect(occurs(source, text)).toBe(found)
  })

  it.each([['('], ['a(?=b)'], ['(a)\\1'], ['(a{900}){900}'], [''], ['x'.repeat(MAX_PATTERN_CHARS + 1)]])(
    'tells what is wrong with %s',
    (source) => {
      expect(parsePattern(source)).toMatchObject({
        kind: 'problem',
        problem: expect.stringMatching(/^pattern /) as string,
      })
    },
  )

  it('is linear where a backtracking engine is exponential', () => {
    expect(occurs('(a+)+$', `${'a'.repeat(40_000)}b`)).toBe(false)
    expect(occurs('(x+x+)+y', 'x'.repeat(40_000))).toBe(false)
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string(), (source, text) => {
        const parsed = parsePattern(source)
        if (parsed.kind === 'pattern') parsed.pattern.occursIn(text)
      }),
    )
  })
})
