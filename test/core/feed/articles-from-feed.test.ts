import { describe, expect, it } from 'vitest'
import { createArticle, type ArticleDraft } from '../../../src/core/feed/article.ts'
import { articlesFromFeed } from '../../../src/core/feed/articles-from-feed.ts'
import { parseFeed } from '../../../src/core/feed/parse-feed.ts'

const FEED_URL = 'https://harbour.example/rss'

function articles(items: string, head = '', feedUrl = FEED_URL): ArticleDraft[] {
  const xml = `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">
    <channel><title>The Harbour Post - RSS</title><link>https://harbour.example/</link><language>en</language>${head}${items}</channel></rss>`
  return articlesFromFeed(parseFeed({ body: new TextEncoder().encode(xml), url: feedUrl }), { feedUrl })
}

const only = (items: string, feedUrl = FEED_URL): ArticleDraft => articles(items, '', feedUrl)[0]!

describe('articlesFromFeed()', () => {
  it('hands on the picture of an item, which has no part in its id', () => {
    const item = (more: string) => only(`<item><title>Bridge opens</title>${more}</item>`)
    const draft = item('<enclosure type="image/png" url="https://harbour.example/a.png"/>')
    expect(draft.imageUrl).toBe('https://harbour.example/a.png')
    expect(draft.id).toBe(item('').id)
    expect(createArticle(draft).imageUrl).toBe('https://harbour.example/a.png')
  })

  it('makes an article of an item', () => {
    const item =
      '<item><title>Bridge opens</title><link>https://harbour.example/1</link><description>Short.</description>' +
      '<content:encoded>&lt;p&gt;The bridge opened.&lt;/p&gt;&lt;p&gt;Many came.&lt;/p&gt;</content:encoded>' +
      '<pubDate>2025-03-05T14:30:10Z</pubDate></item>'
    expect(only(item)).toEqual({
      id: expect.stringMatching(/^[\da-f]{20}$/) as string,
      url: 'https://harbour.example/1',
      title: 'Bridge opens',
      text: 'The bridge opened.\n\nMany came.',
      source: 'The Harbour Post',
      published: '2025-03-05T14:30:10.000Z',
      lang: 'en',
    })
  })

  it('keeps the id when title, text and date change', () => {
    const before =
      '<item><title>Bridge opens</title><link>https://harbour.example/1</link><pubDate>2025-03-05</pubDate></item>'
    const after =
      '<item><title>Bridge opens at last</title><link>https://harbour.example/1?utm_source=rss</link>' +
      '<description>News</description><pubDate>2025-03-06</pubDate></item>'
    expect(only(after).id).toBe(only(before).id)
    expect(only(before.replace('<link>', '<guid>b-1</guid><link>')).id).toBe(
      only(after.replace('<link>', '<guid>b-1</guid><link>')).id,
    )
  })

  it.each([
    ['https://harbour.example/?p=1', true],
    ['tag:harbour.example,2025:1', true],
    ['urn:uuid:7d8b4f9c-4f57-4f3a-9f7e-0b7f7c1d2e3f', true],
    ['7d8b4f9c-4f57-4f3a-9f7e-0b7f7c1d2e3f', true],
    ['1', false],
    ['bridge-opens', false],
  ])('takes the GUID %j for unique in the world: %s', (guid, isUnique) => {
    const item = `<item><title>x</title><guid isPermaLink="false">${guid}</guid></item>`
    expect(only(item).id === only(item, 'https://other.example/rss').id).toBe(isUnique)
  })

  it('takes the link where several items share one GUID', () => {
    const two = ['1', '2'].map(
      (n) => `<item><title>t${n}</title><guid>same</guid><link>https://harbour.example/${n}</link></item>`,
    )
    const ids = articles(two.join('')).map(({ id }) => id)
    expect(new Set(ids).size).toBe(2)
    expect(ids[0]).toBe(only('<item><title>t1</title><link>https://harbour.example/1</link></item>').id)
  })

  it('tells items apart that have neither GUID nor link', () => {
    expect(
      articles('<item><title>a</title></item><item><title>b</title></item><item><title>a</title></item>'),
    ).toHaveLength(2)
  })

  it('never takes the page of the site for that of an article', () => {
    expect(only('<item><title>a</title></item>').url).toBeNull()
    expect(only('<item><title>a</title><link>https://harbour.example/</link></item>').url).toBeNull()
  })

  it('takes the identifier of an RDF item for its page where it names no other', () => {
    const xml =
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">' +
      '<item rdf:about="https://harbour.example/1"><title>a</title></item></rdf:RDF>'
    const parsed = parseFeed({ body: new TextEncoder().encode(xml) })
    expect(articlesFromFeed(parsed, { feedUrl: FEED_URL })[0]?.url).toBe('https://harbour.example/1')
  })

  it('leaves out items without any text, and addresses as titles', () => {
    expect(articles('<item><link>https://harbour.example/1</link></item><item/>')).toEqual([])
  })

  it('prefers the own URL of the publisher to that of a feed service', () => {
    const item =
      '<item><title>a</title><link>https://proxy.example/1</link><feedburner:origLink>https://harbour.example/1</feedburner:origLink></item>'
    expect(only(item).url).toBe('https://harbour.example/1')
  })

  it('names the outlet by the operator, by the item, by the feed', () => {
    const item = '<item><title>a</title><source url="https://pier.example/rss">The Pier</source></item>'
    expect(only(item).source).toBe('The Pier')
    const parsed = parseFeed({
      body: new TextEncoder().encode(
        '<rss><channel><title>News</title><item><title>a</title></item></channel></rss>',
      ),
    })
    expect(articlesFromFeed(parsed, { feedUrl: FEED_URL, feedName: 'Pier Times' })[0]?.source).toBe(
      'Pier Times',
    )
    expect(articlesFromFeed(parsed, { feedUrl: FEED_URL })[0]?.source).toBe('News')
  })

  it('takes the date of the update where there is no other', () => {
    expect(only('<item><title>a</title><updated>2025-03-05</updated></item>').published).toBe(
      '2025-03-05T00:00:00.000Z',
    )
  })
})
