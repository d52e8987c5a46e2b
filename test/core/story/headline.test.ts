import { describe, expect, it } from 'vitest'
import { bearsHeadline, chooseHeadline, storyHeadline } from '../../../src/core/story/headline.ts'
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

  it.each([
    'Ferry off Marholm: here is what you need to know',
    'We should not let the ferry off Marholm be forgotten',
    'Marholm has no ferry in fog. Nobody cares for it.',
    'Marholm Ferry Queen Ada',
    'VIDEO: Ferry runs aground off Marholm in fog',
    'Ferry off Marholm runs aground in fog, passengers …',
  ])('puts a plain report before: %s', (title) => {
    const articles = [titled('a', title), titled('b', 'Ferry hits rocks off Marholm in fog')]
    expect(storyHeadline(articles).articleId).toBe('b')
  })

  it('takes the count that most of the articles tell', () => {
    const articles = [
      titled('a', '9 injured as ferry runs aground off Marholm in fog'),
      titled('b', '4 injured as ferry runs aground off Marholm'),
      titled('c', 'Ferry aground off Marholm: 4 injured'),
    ]
    expect(storyHeadline(articles).text).toContain('4 injured')
  })

  it('takes the newer of two counts', () => {
    const at = (id: string, title: string, published: string) =>
      makeArticle({ id, title, published, source: id, url: null })
    const articles = [
      at('a', 'Ferry fire off Marholm kills 11 people', '2026-03-09T08:00:00Z'),
      at('b', 'Ferry fire off Marholm kills 17 people', '2026-03-10T08:00:00Z'),
    ]
    expect(storyHeadline(articles).text).toBe('Ferry fire off Marholm kills 17 people')
  })

  it('marks a title that was cut off, where there is no other', () => {
    const article = makeArticle({
      id: 'a',
      title: 'Passengers of the ferry aground off Marholm taken ashore by fish',
      text: 'The passengers were taken ashore by fisherman Odo Quill.',
    })
    expect(storyHeadline([article]).text).toBe('Passengers of the ferry aground off Marholm taken ashore by…')
  })

  it('keeps the headline shown before while it is nearly as good', () => {
    const first = [titled('a', 'Ferry runs aground off Marholm in fog')]
    const shown = storyHeadline(first)
    const grown = [...first, titled('b', 'Ferry runs aground off Marholm, passengers safe')]
    expect(storyHeadline(grown, null, shown)).toEqual(shown)
  })

  it('gives up the headline shown before where its count is overtaken', () => {
    const first = [titled('a', 'Ferry fire off Marholm kills 11 people')]
    const shown = storyHeadline(first)
    const grown = ['b', 'c'].map((id) => titled(id, 'Ferry fire off Marholm kills 17 people'))
    expect(storyHeadline([...first, ...grown], null, shown).text).toContain('17')
  })

  it('prefers titles of the wanted language', () => {
    const articles = [
      titled('a', 'Ferry runs aground off Marholm'),
      { ...titled('b', 'Fähre vor Marholm auf Grund gelaufen'), lang: 'de' },
    ]
    expect(chooseHeadline(articles, 'de')).toBe('Fähre vor Marholm auf Grund gelaufen')
    expect(chooseHeadline(articles, 'fr')).toBe('Ferry runs aground off Marholm')
  })

  it('takes the commonest language where none is asked for', () => {
    const articles = [
      { ...titled('a', 'Fähre vor Marholm auf Grund gelaufen'), lang: 'de' },
      titled('b', 'Five things to know about the ferry off Marholm'),
      titled('c', 'Is the ferry off Marholm safe to travel on?'),
    ]
    expect(storyHeadline(articles).articleId).toBe('b')
  })

  it('falls back to the first sentence where no article has a title', () => {
    const article = makeArticle({
      id: 'a',
      title: '',
      text: 'A ferry ran aground off Marholm. Nobody was hurt.',
    })
    expect(storyHeadline([article])).toEqual({ text: 'A ferry ran aground off Marholm.', articleId: 'a' })
  })

  it('takes the first sentence where a title is the outlet alone', () => {
    const article = makeArticle({ id: 'a', title: ' - Harbour Post' })
    expect(storyHeadline([article]).text).toBe('A ferry ran aground off Marholm on Monday.')
  })

  it('has no words for articles without any', () => {
    expect(storyHeadline([])).toEqual({ text: '', articleId: null })
    expect(storyHeadline([makeArticle({ id: 'a', title: '', text: '' })]).text).toBe('')
  })
})

describe('bearsHeadline()', () => {
  it('knows the title that a headline was taken from', () => {
    const article = makeArticle({ id: 'a', title: 'UPDATE: Ferry runs aground off … - Harbour Post' })
    const { text } = storyHeadline([article])
    expect(text).toBe('Ferry runs aground off…')
    expect(bearsHeadline(article.title, text)).toBe(true)
    expect(bearsHeadline('Mayor of Tolmere resigns', text)).toBe(false)
    expect(bearsHeadline('Mayor of Tolmere resigns', '')).toBe(false)
  })
})
