import { describe, expect, it } from 'vitest'
import { chooseHeadline, plainTitle, storyHeadline } from '../../../src/core/story/headline.ts'
import { makeArticle } from '../../support/make-article.ts'

const titled = (id: string, title: string, source = id): ReturnType<typeof makeArticle> =>
  makeArticle({ id, title, source, url: null })

describe('storyHeadline()', () => {
  it('takes the title that the other articles say too', () => {
    const articles = [
      titled('a', 'A day to remember for all of us'),
      titled('b', 'Ferry aground off Marholm, passengers ashore'),
      titled('c', 'Marholm ferry aground: all passengers safe'),
    ]
    expect(storyHeadline(articles).articleId).not.toBe('a')
  })

  it('puts questions and labelled pieces behind plain reports', () => {
    const articles = [
      titled('a', 'Opinion: ferry aground off Marholm again'),
      titled('b', 'Why did the ferry run aground off Marholm?'),
      titled('c', 'Ferry runs aground off Marholm in fog'),
    ]
    expect(storyHeadline(articles).articleId).toBe('c')
  })

  it('keeps the headline shown before while it is nearly as good', () => {
    const first = [titled('a', 'Ferry runs aground off Marholm in fog')]
    const shown = storyHeadline(first)
    const grown = [...first, titled('b', 'Ferry runs aground off Marholm, passengers safe')]
    expect(storyHeadline(grown, null, shown)).toEqual(shown)
  })

  it('prefers titles of the wanted language', () => {
    const articles = [
      titled('a', 'Ferry runs aground off Marholm'),
      { ...titled('b', 'Fähre vor Marholm auf Grund gelaufen'), lang: 'de' },
    ]
    expect(chooseHeadline(articles, 'de')).toBe('Fähre vor Marholm auf Grund gelaufen')
    expect(chooseHeadline(articles, 'fr')).toBe('Ferry runs aground off Marholm')
  })

  it('falls back to the first sentence where no article has a title', () => {
    const article = makeArticle({
      id: 'a',
      title: '',
      text: 'A ferry ran aground off Marholm. Nobody was hurt.',
    })
    expect(storyHeadline([article])).toEqual({ text: 'A ferry ran aground off Marholm.', articleId: 'a' })
  })

  it('has no words for articles without any', () => {
    expect(storyHeadline([])).toEqual({ text: '', articleId: null })
    expect(storyHeadline([makeArticle({ id: 'a', title: '', text: '' })]).text).toBe('')
  })
})

describe('plainTitle()', () => {
  it.each([
    ['Ferry runs aground off Marholm | Harbour Post', 'Ferry runs aground off Marholm'],
    ['Ferry runs aground off Marholm - Harbour Post', 'Ferry runs aground off Marholm'],
    ['Ferry runs aground off Marholm — The Harbour Post', 'Ferry runs aground off Marholm'],
    ['Ferry runs aground off Marholm | World news', 'Ferry runs aground off Marholm'],
    ['Ferry runs aground - again', 'Ferry runs aground - again'],
    ['Ferry runs aground off Marholm', 'Ferry runs aground off Marholm'],
  ])('%s', (title, plain) => {
    expect(plainTitle(titled('a', title, 'Harbour Post'))).toBe(plain)
  })

  it('drops a tail that another title of the publisher has too', () => {
    const one = titled('a', 'Ferry runs aground off Marholm - HP Online', 'Harbour Post')
    const other = titled('b', 'Mayor of Tolmere resigns - HP Online', 'Harbour Post')
    expect(plainTitle(one, [one, other])).toBe('Ferry runs aground off Marholm')
  })
})
