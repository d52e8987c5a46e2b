import { describe, expect, it } from 'vitest'
import { leftOutWords, messageStories, messageStory } from '../../../src/core/digest/message-story.ts'
import { makeArticle } from '../../support/make-article.ts'
import { makeDigestOf, makeEntry } from '../../support/make-digest-entry.ts'

const AT = { nowMs: Date.parse('2026-03-10T08:00:00Z'), timeZone: 'UTC', isRelated: false }

function linesOf(entry: ReturnType<typeof makeEntry>): string[] {
  return messageStory(entry, AT).lines.map((pieces) => pieces.map(({ text }) => text).join(''))
}

describe('messageStory()', () => {
  it('gives each sentence its date, source and who else says it', () => {
    const [sentence] = makeEntry('s').sentences
    const alsoIn = ['A', 'B', 'C', 'D', 'E']
    const entry = makeEntry('s', {
      sentences: [{ ...sentence!, dateNote: '9 March', alsoIn }],
      disagreements: ['3 or 4 injured'],
    })
    expect(linesOf(entry)).toEqual([
      'A ferry ran aground off Marholm on Monday. (9 March) — Harbour Post, also in A, B, C and 2 more',
      'Sources differ: 3 or 4 injured',
    ])
  })

  it('leads to the page of each story where there are pages, with the eyes of the destination', () => {
    const digest = makeDigestOf([makeEntry('s1', { related: [makeEntry('s2')] })])
    const pages = { publicUrl: 'https://news.example', archiveToken: 'key' }
    const urls = messageStories(digest, 'UTC', pages).flat()
    expect(urls.map(({ pageUrl }) => pageUrl)).toEqual([
      'https://news.example/story/s1?via=key',
      'https://news.example/story/s2?via=key',
    ])
    expect(messageStory(makeEntry('s'), AT).pageUrl).toBeNull()
  })

  it('marks what is foreign with its limit, and nothing else', () => {
    const [line = []] = messageStory(makeEntry('s'), AT).lines
    expect(line.map(({ maxChars }) => maxChars)).toEqual([900, null, 60])
    expect(line.map(({ url }) => url)).toEqual([null, null, 'https://harbourpost.example/s-a'])
  })

  it('names a source by its article where the outlet is unknown, and never by nothing', () => {
    const [sentence] = makeEntry('s').sentences
    const sources = (outlet: string, articleId: string) =>
      linesOf(makeEntry('s', { sentences: [{ ...sentence!, outlet, articleId }] }))[0]
    expect(sources('\u200b', 'a7')).toContain(' — a7')
    expect(sources('', ' ')).toContain(' — source')
  })

  it('leads from the headline to the article that bears it, else to any', () => {
    const [first, second] = [
      makeArticle({ id: 'a', title: 'Other words' }),
      makeArticle({ id: 'b', title: 'Ferry aground' }),
    ]
    const members = [first, second].map((article) => ({ article, copyOf: null, copyKind: null, why: '' }))
    const headline = (title: string) =>
      messageStory(makeEntry('s', { headline: title, members }), AT).headline
    expect(headline('Ferry aground').url).toBe(second.url)
    expect(headline('Nobody wrote this').url).toBe(first.url)
    expect(headline(' \u202e ').text).toBe('(no headline)')
  })

  it('tells what is new beside the counts of all', () => {
    const inAll = { articles: 9, publishers: 5, copies: 1 }
    const update = { sinceMs: AT.nowMs - 86_400_000, articles: 4, publishers: 1, sentences: 2, inAll }
    const story = messageStory(makeEntry('s', { update }), AT)
    expect(story.update).toBe('+4 articles, 2 new sentences since yesterday')
    expect(story.counts).toBe('in all 9 articles · 5 publishers · 1 copy')
  })
})

describe('messageStories()', () => {
  it('keeps stories of one affair together', () => {
    const groups = messageStories(
      makeDigestOf([makeEntry('s', { related: [makeEntry('r')] }), makeEntry('t')]),
      'UTC',
    )
    expect(groups.map((group) => group.map(({ storyId, isRelated }) => [storyId, isRelated]))).toEqual([
      [
        ['s', false],
        ['r', true],
      ],
      [['t', false]],
    ])
  })
})

describe('leftOutWords()', () => {
  it('counts', () => {
    expect(leftOutWords(1)).toBe('1 more sentence finds no room here: press More.')
    expect(leftOutWords(2)).toBe('2 more sentences find no room here: press More.')
  })
})
