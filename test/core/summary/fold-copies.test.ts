import { describe, expect, it } from 'vitest'
import { createArticle } from '../../../src/core/feed/article.ts'
import { foldCopies } from '../../../src/core/summary/fold-copies.ts'
import { createVocabulary, tokenIds } from '../../../src/core/summary/tokens.ts'

const WIRE = `The old harbour bridge of the town collapsed into the river late on Tuesday and the fire brigade pulled four drivers
  out of the cold water within an hour of the fall`
const OTHER = `Inspectors had warned the city of rust in the bridge two years ago and had asked for repairs that nobody wanted to pay
  for at that time because money was short`

function fold(
  texts: readonly string[],
  known: readonly (readonly [string, string])[] = [],
  published: readonly string[] = [],
): number[] {
  const docs = texts.map((text, i) =>
    createArticle({ id: `${i}`, text, lang: 'en', published: published[i] ?? null }),
  )
  const vocabulary = createVocabulary()
  return foldCopies(
    docs,
    docs.map(({ text }) => tokenIds(text, 'en', vocabulary)),
    new Map(known),
  )
}

describe('foldCopies()', () => {
  it('keeps articles that share no runs of words', () => {
    expect(fold([WIRE, OTHER])).toEqual([0, 1])
  })

  it('keeps one of identical and of mostly contained articles', () => {
    expect(fold([WIRE, OTHER, WIRE, `${WIRE} as the mayor saw`])).toEqual([0, 1])
  })

  it('keeps the earlier one, but not a mere extract', () => {
    expect(fold([WIRE, WIRE], [], ['2031-05-14', '2031-05-13'])).toEqual([1])
    expect(fold([WIRE.slice(0, 100), WIRE], [], ['2031-05-13', '2031-05-14'])).toEqual([1])
  })

  it('folds what is known to be a copy, also where the source is not here', () => {
    expect(fold([WIRE, OTHER], [['1', '0']])).toEqual([0])
    expect(
      fold(
        [WIRE, OTHER],
        [
          ['0', '9'],
          ['1', '9'],
        ],
      ),
    ).toEqual([0])
  })

  it('folds short articles only where they are the same', () => {
    expect(fold(['The bridge fell.', 'The bridge fell.', 'The bridge stands.'])).toEqual([0, 2])
  })
})
