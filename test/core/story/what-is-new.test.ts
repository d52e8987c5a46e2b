import { expect, it } from 'vitest'
import { whatIsNew } from '../../../src/core/story/what-is-new.ts'
import { makeArticle } from '../../support/make-article.ts'

const member = (id: string, acceptedAtMs: number, publisher: string, copyOf: string | null = null) => ({
  article: { ...makeArticle({ id }), publisher },
  acceptedAtMs,
  copyOf,
})

it('whatIsNew() counts articles, copies and first-time publishers after a point in time', () => {
  const members = [
    member('a', 1, 'post'),
    member('b', 2, ''),
    member('c', 3, 'post'),
    member('d', 4, 'herald', 'a'),
    member('e', 5, 'herald'),
    member('f', 6, ''),
  ]
  const news = whatIsNew(members, 2)
  expect(news.articles.map(({ id }) => id)).toEqual(['c', 'd', 'e', 'f'])
  expect(news.copies).toBe(1)
  expect(news.publishers).toEqual(['herald'])
})

it('whatIsNew() is empty where nothing came', () => {
  expect(whatIsNew([member('a', 1, 'post')], 1)).toEqual({ articles: [], copies: 0, publishers: [] })
})
