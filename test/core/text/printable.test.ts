import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printable, shorten } from '../../../src/core/text/printable.ts'

describe('printable()', () => {
  it('takes out what a terminal would obey', () => {
    expect(printable('a\u001b[31mred\u0007 b')).toBe('a[31mred b')
  })

  it('takes out what reorders or hides text', () => {
    expect(printable('abc\u202etxt.exe\u2066 \u200bx')).toBe('abctxt.exe x')
  })

  it('keeps joined emoji and right-to-left text', () => {
    expect(printable('👨‍👩‍👧 مرحبا')).toBe('👨‍👩‍👧 مرحبا')
  })

  it('gives one line', () => {
    expect(printable(' a\n\tb\u2028c ')).toBe('a b c')
  })

  it('leaves no control character of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(/\p{Cc}/u)
      }),
    )
  })
})

describe('shorten()', () => {
  it('keeps a text that fits', () => {
    expect(shorten('abc', 3)).toBe('abc')
  })

  it('counts characters as people do', () => {
    expect(shorten('👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 3)).toBe('👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧')
    expect(shorten('👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 2)).toBe('👨‍👩‍👧…')
  })

  it('ends with an ellipsis', () => {
    expect(shorten('a long title', 7)).toBe('a long…')
  })
})
