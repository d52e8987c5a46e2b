import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lengthLimit, measureLength } from '../../../src/core/summary/length-limit.ts'

describe('measureLength()', () => {
  it('counts bytes as UTF-8 does, lone surrogates too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '\ud83d', '\ude42'), (text, lone) => {
        const whole = `${lone}${text}`
        expect(measureLength(whole).bytes).toBe(new TextEncoder().encode(whole).length)
      }),
    )
  })

  it('counts two characters of a script without spaces as a word', () => {
    expect(measureLength('市政府宣布关闭').words).toBe(4)
    expect(measureLength('The city closed it.').words).toBe(4)
    expect(measureLength('').words).toBe(0)
  })
})

describe('lengthLimit()', () => {
  it('takes the limit of the form where no other is given', () => {
    expect(lengthLimit({}).sentences).toBe(3)
    expect(lengthLimit({ form: 'line' }).sentences).toBe(1)
    expect(lengthLimit({ maxWords: 100 })).toEqual({
      words: 100,
      bytes: Infinity,
      chars: Infinity,
      sentences: Infinity,
    })
    expect(lengthLimit({ form: 'long', sentences: 4 }).sentences).toBe(4)
  })
})
