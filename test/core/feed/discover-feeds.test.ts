import { describe, expect, it } from 'vitest'
import { discoverFeeds, MAX_FEED_LINKS } from '../../../src/core/feed/discover-feeds.ts'

const PAGE = 'https://harbour.example/news/'

describe('discoverFeeds()', () => {
  it('finds the feeds that a page declares, comments last', () => {
    const html = `<html><head>
      <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
      <LINK REL='alternate' TYPE="application/atom+xml; charset=utf-8" TITLE="The Harbour &amp; Pier" HREF="atom.xml?a=1&amp;b=2" />
      <link rel="alternate" type="application/feed+json" href="//cdn.example/feed.json">
      <link rel="alternate" hreflang="de" href="/de/"><link rel="alternate stylesheet" type="text/xml" href="/x.xsl">
      <link rel="stylesheet" type="text/css" href="/feed.css">`
    expect(discoverFeeds(html, PAGE)).toEqual([
      {
        url: 'https://harbour.example/news/atom.xml?a=1&b=2',
        title: 'The Harbour & Pier',
        found: 'declared',
      },
      { url: 'https://cdn.example/feed.json', title: null, found: 'declared' },
      { url: 'https://harbour.example/comments/feed/', title: 'Comments', found: 'declared' },
    ])
  })

  it.each([
    '/rss',
    '/feed/',
    '/rss/world.xml',
    '/news/world.rss',
    '/atom.xml',
    '/index.php?format=feed',
    'https://feeds.harbour.example/world',
  ])('takes a link to %s for a feed', (href) => {
    expect(discoverFeeds(`<a href="${href}">x</a>`, PAGE)).toMatchObject([{ found: 'linked' }])
  })

  it.each([
    '/about-rss.html',
    '/feedback',
    '/press',
    '/rss.png',
    'https://feedly.com/i/subscription/feed',
    'mailto:feed@x.example',
  ])('takes no link to %s for a feed', (href) => {
    expect(discoverFeeds(`<a href="${href}">x</a>`, PAGE).map(({ found }) => found)).not.toContain('linked')
  })

  it('counts relative addresses from the base element', () => {
    const html = '<base href="https://pier.example/x/"><a href="rss.xml">RSS</a>'
    expect(discoverFeeds(html, PAGE)).toMatchObject([{ url: 'https://pier.example/x/rss.xml' }])
  })

  it('guesses the usual places where a page tells nothing', () => {
    const found = discoverFeeds('<p>Hello</p>', PAGE)
    expect(found[0]).toEqual({ url: 'https://harbour.example/feed', title: null, found: 'usual' })
    expect(new Set(found.map((link) => link.found))).toEqual(new Set(['usual']))
  })

  it('tells each feed once, and not too many', () => {
    const links = Array.from(
      { length: 100 },
      (_, i) => `<a href="/${i}/feed">x</a><a href="/${i}/feed">y</a>`,
    )
    const found = discoverFeeds(links.join(''), PAGE)
    expect(found).toHaveLength(MAX_FEED_LINKS)
    expect(new Set(found.map(({ url }) => url)).size).toBe(MAX_FEED_LINKS)
  })
})
