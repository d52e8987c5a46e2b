import { describe, expect, it } from 'vitest'
import { plainTitle, shownTitle } from '../../../src/core/story/plain-title.ts'
import { makeArticle } from '../../support/make-article.ts'

const NEWS = 'Ferry runs aground off Marholm'

const titled = (title: string, source = 'Harbour Post', id = 'a'): ReturnType<typeof makeArticle> =>
  makeArticle({ id, title, source, url: null })

describe('plainTitle()', () => {
  it.each([
    `${NEWS} | Harbour Post`,
    `${NEWS} - Harbour Post`,
    `${NEWS} — The Harbour Post`,
    `${NEWS} - Harbour Post Marholm`,
    `${NEWS} - Harbour Post - Marholm, Westland`,
    `${NEWS} | World news`,
    `${NEWS} « Marholm Live`,
    `${NEWS} : News`,
    `${NEWS} : Marholm Harbour Post`,
    `${NEWS} - Harbour Post: your local news authority`,
    `${NEWS} - Marholm, WI`,
    `${NEWS} |`,
    NEWS,
  ])('takes the outlet and its town off: %s', (title) => {
    expect(plainTitle(titled(title))).toBe(NEWS)
  })

  it.each([
    `${NEWS} - WQXZ Action News 5`,
    `${NEWS} - KQXZ FOX 54 - News Now`,
    `${NEWS} - wqxz.com | Marholm News, Weather & Sports`,
    `${NEWS} - WQXZ: Marholm, WI News, Weather, and Sports`,
    `${NEWS} - 19 Action News|Marholm, OH`,
    `${NEWS} - CBS 5 - KQXZ`,
    `${NEWS} - KQXZ-TV`,
    `${NEWS} - The Tolmere Gazette`,
    `${NEWS} - marholm-live.de`,
    `${NEWS} - Tolmere News-Journal`,
    `${NEWS} - 7News Marholm WQXZ-TV`,
    `${NEWS} - Marholm News, FOX19-WQXZ TV`,
    `${NEWS} - Marholm, NC | News | Weather | Sports - WQXZ.com`,
    `${NEWS} : Marholm News`,
  ])('takes the label of another site off: %s', (title) => {
    expect(plainTitle(titled(title))).toBe(NEWS)
  })

  it.each([
    `UPDATE: ${NEWS}`,
    `UPDATED: ${NEWS}`,
    `Exclusive: ${NEWS}`,
    `WATCH: ${NEWS}`,
    `BREAKING NEWS - ${NEWS}`,
    `UPDATE 2-${NEWS}`,
    `[VIDEO] ${NEWS}`,
    `(With two photos) ${NEWS}`,
    `+++ Eilmeldung +++ ${NEWS}`,
    `СРОЧНО: ${NEWS}`,
    `Última hora: ${NEWS}`,
    `CBS 12 - ${NEWS}`,
    `WQXZ News Channel 12 - ${NEWS}`,
    `Sports News | ${NEWS}`,
    `${NEWS} (updated)`,
    `${NEWS} [VIDEO]`,
    `${NEWS} Listen· 3:05`,
  ])('takes marks off: %s', (title) => {
    expect(plainTitle(titled(title))).toBe(NEWS)
  })

  it.each([
    'Ferry runs aground - again',
    'Mayor wants bridge - and knows who is to pay',
    'Ferry fire: 3 missing – report',
    'Police: Ferry ran aground in fog',
    'New ferry runs aground off Marholm',
    'Live music returns to Marholm harbour',
    'Captain blames harbour - News 4 hours later says more',
    'Marholm : la mairie ferme le port',
    'Клуб «Маяк» остался в лиге',
    'Der Kapitän sagt »nie wieder«',
    'Update',
    'One in eight wants a new ferry - Harbour Post/Tolmere poll',
  ])('leaves alone: %s', (title) => {
    expect(plainTitle(titled(title))).toBe(title)
  })

  it('drops a tail that another title of the publisher has too', () => {
    const one = titled(`${NEWS} - HP Extra`)
    const other = titled('Mayor of Tolmere resigns - HP Extra', 'Harbour Post', 'b')
    expect(plainTitle(one, [one, other])).toBe(NEWS)
    expect(plainTitle(one, [one])).toBe(one.title)
  })

  it('has nothing of a title that is the outlet alone', () => {
    expect(plainTitle(titled('| Harbour Post'))).toBe('')
    expect(plainTitle(titled(''))).toBe('')
  })

  it('stays quick on a long title of separators', () => {
    const title = ` - ${'| a - '.repeat(20_000)}`
    expect(plainTitle(titled(title)).length).toBeLessThan(title.length)
  })
})

describe('shownTitle()', () => {
  it('tells videos and live pages from news that is only marked as new', () => {
    expect(shownTitle(titled(`VIDEO: ${NEWS}`)).isLabelled).toBe(true)
    expect(shownTitle(titled(`UPDATE: Live: ${NEWS}`)).isLabelled).toBe(true)
    expect(shownTitle(titled(`UPDATE: ${NEWS}`)).isLabelled).toBe(false)
  })
})
