import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sourceExcerpts } from '../../../src/app/pages/source-excerpts.ts'

const FILLER = 'Nothing happened in the long street of Oldport. '.repeat(20)
const SENTENCE = 'The tram stopped at noon.'

describe('sourceExcerpts()', () => {
  it('shows a sentence with words around it, and says where the text goes on', () => {
    const text = `${FILLER}${SENTENCE} ${FILLER}`
    const start = text.indexOf(SENTENCE)
    const [excerpt, ...others] = sourceExcerpts(text, [{ start, end: start + SENTENCE.length, number: 1 }])
    expect(others).toEqual([])
    expect(excerpt).toMatchObject({ cutBefore: true, cutAfter: true })
    const shown = excerpt?.pieces.map((piece) => piece.text).join('') ?? ''
    expect(shown.length).toBeLessThan(600)
    expect(text).toContain(shown)
    expect(excerpt?.pieces.filter(({ number }) => number === 1)).toEqual([{ text: SENTENCE, number: 1 }])
  })

  it('puts near sentences into one stretch, far ones into two', () => {
    const text = `${SENTENCE} ${SENTENCE} ${FILLER}${SENTENCE}`
    const starts = [0, SENTENCE.length + 1, text.length - SENTENCE.length]
    const ranges = starts.map((start, i) => ({ start, end: start + SENTENCE.length, number: i + 1 }))
    const numbers = sourceExcerpts(text, ranges).map(({ pieces }) =>
      pieces.flatMap(({ number }) => number ?? []),
    )
    expect(numbers).toEqual([[1, 2], [3]])
  })

  it('gives pieces that are ranges of the text, whatever is asked for', () => {
    const range = fc.record({ start: fc.nat(400), end: fc.nat(400), number: fc.nat(9) })
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), fc.array(range, { maxLength: 6 }), (text, ranges) => {
        for (const { pieces } of sourceExcerpts(text, ranges)) {
          expect(text).toContain(pieces.map((piece) => piece.text).join(''))
          for (const piece of pieces.filter(({ number }) => number !== null))
            expect(
              ranges.some(
                ({ start, end, number }) => number === piece.number && text.slice(start, end) === piece.text,
              ),
            ).toBe(true)
        }
      }),
    )
  })
})
