import { describe, expect, it } from 'vitest'
import { keepAnswering, packsOf, setupFeeds, type FeedPack } from '../../src/app/plan-setup.ts'

const WORLD: FeedPack = {
  topic: 'world',
  lang: 'en',
  feeds: [
    { name: 'Harbour Post', url: 'https://harbour.example/rss' },
    { name: 'Tradewind', url: 'https://tradewind.example/rss' },
  ],
}
const SCIENCE: FeedPack = {
  topic: 'science',
  lang: 'de',
  feeds: [{ name: 'Tradewind', url: 'https://tradewind.example/rss' }],
}
const OPML =
  '<opml version="2.0"><body><outline text="Local"><outline type="rss" text="Quay" xmlUrl="https://quay.example/rss"/></outline></body></opml>'

describe('setupFeeds()', () => {
  it('names each address once, those that somebody named first, with the tags of all packs', () => {
    const feeds = setupFeeds({ packs: [WORLD, SCIENCE], opml: OPML, urls: ['https://harbour.example/rss'] })
    expect(feeds).toEqual([
      { url: 'https://harbour.example/rss', name: '', tags: ['world'], isNamed: true },
      { url: 'https://quay.example/rss', name: 'Quay', tags: ['Local'], isNamed: true },
      { url: 'https://tradewind.example/rss', name: 'Tradewind', tags: ['world', 'science'], isNamed: false },
    ])
  })
})

describe('keepAnswering()', () => {
  const feeds = setupFeeds({ packs: [WORLD], opml: null, urls: ['https://quay.example/rss'] })
  const silent = (...urls: string[]) => new Map(urls.map((url) => [url, `Cannot fetch "${url}"`]))

  it('leaves out offers that do not answer and keeps what somebody named, each told', () => {
    const tried = keepAnswering(feeds, silent('https://quay.example/rss', 'https://tradewind.example/rss'))
    expect(tried.feeds.map(({ url }) => url)).toEqual([
      'https://quay.example/rss',
      'https://harbour.example/rss',
    ])
    expect(tried.problems).toEqual([
      'Cannot fetch "https://quay.example/rss"; it is kept',
      'Cannot fetch "https://tradewind.example/rss"; it is left out',
    ])
  })

  it('keeps all of them where the network is away', () => {
    const tried = keepAnswering(feeds, silent(...feeds.map(({ url }) => url)))
    expect(tried.feeds).toEqual(feeds)
    expect(tried.problems).toEqual([
      'Cannot fetch "https://quay.example/rss"',
      'No feed could be read; all are kept: tidings check --online tries again',
    ])
  })

  it('has nothing to say where all answer', () => {
    expect(keepAnswering(feeds, new Map())).toEqual({ feeds, problems: [] })
  })
})

describe('packsOf()', () => {
  it('takes the topics in the languages', () => {
    const both = { topics: ['world', 'science'], languages: ['de'] }
    expect(packsOf([WORLD, SCIENCE], both)).toEqual({ packs: [SCIENCE] })
  })

  it('tells what there is instead of an unknown topic or language', () => {
    expect(packsOf([WORLD, SCIENCE], { topics: ['gardens'], languages: ['en'] })).toEqual({
      problem: 'topic "gardens" has no feeds; there are world, science',
    })
    expect(packsOf([WORLD, SCIENCE], { topics: ['world'], languages: ['xx'] })).toEqual({
      problem: 'language "xx" has no feeds; there are en, de',
    })
  })
})
