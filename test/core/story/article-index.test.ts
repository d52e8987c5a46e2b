import { expect, it } from 'vitest'
import { createArticleIndex, type ArticleIndex } from '../../../src/core/story/article-index.ts'
import { FEATURE_COUNT } from '../../../src/core/story/pair-features.ts'
import { makeArticle } from '../../support/make-article.ts'

const TOWNS = ['Tolmere', 'Kesten', 'Marholm', 'Brevik', 'Estmark']
const article = (n: number): ReturnType<typeof makeArticle> =>
  makeArticle({
    id: `a${String(n)}`,
    title: `${TOWNS[n % 5] ?? ''} council votes on harbour ${String(n % 7)}`,
    text: `The council of ${TOWNS[n % 5] ?? ''} voted on plan ${String(n % 7)} for the harbour and the ferry of ward ${String(n % 3)}.`,
  })

/** The candidates of a last article after some were added in one way or the other. */
function candidatesAfter(addOne: (index: ArticleIndex, n: number) => void): readonly number[] {
  const index = createArticleIndex('en', null)
  for (let n = 0; n < 60; n++) addOne(index, n)
  index.add(article(60), null)
  const { pairs } = index
  const rows = pairs.features.subarray(0, pairs.count * FEATURE_COUNT)
  expect(rows.every((value) => Number.isFinite(value))).toBe(true)
  return [...pairs.candidates.subarray(0, pairs.count)]
}

it('createArticleIndex() finds the same candidates among articles that were added unmeasured', () => {
  const measured = candidatesAfter((index, n) => index.add(article(n), null))
  const unmeasured = candidatesAfter((index, n) => index.addUnmeasured(article(n), null))
  expect(unmeasured).toEqual(measured)
  expect(measured).toHaveLength(40)
})

it('createArticleIndex() looks for the neighbours of an unmeasured article when it is met', () => {
  const index = createArticleIndex('en', null)
  for (let n = 0; n < 60; n++) index.addUnmeasured(article(n), null)
  index.add(article(60), null)
  const met = index.pairs.candidates[0] ?? -1
  index.measureAgain(met)
  expect(index.pairs.count).toBe(40)
  expect([...index.pairs.candidates.subarray(0, 40)]).not.toContain(met)
  const never = Array.from({ length: 60 }, (_, n) => n).filter((n) => {
    index.measureAgain(n)
    return index.pairs.count === 0
  })
  expect(never).toHaveLength(20)
})
