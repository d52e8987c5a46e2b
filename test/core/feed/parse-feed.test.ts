import { describe, expect, it } from 'vitest'
import { MAX_FEED_BYTES, parseFeed } from '../../../src/core/feed/parse-feed.ts'
import { MAX_FEED_ITEMS, type FeedItem, type ParsedFeed } from '../../../src/core/feed/parsed-feed.ts'

const parse = (text: string, url: string | null = null): ParsedFeed =>
  parseFeed({ body: new TextEncoder().encode(text), url })

const item = (inner: string, attributes = ''): FeedItem =>
  parse(`<rss ${NAMESPACES} ${attributes}><channel><item>${inner}</item></channel></rss>`).items[0]!

const entry = (inner: string, attributes = ''): FeedItem =>
  parse(`<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}><entry>${inner}</entry></feed>`).items[0]!

const NAMESPACES =
  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ' +
  'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" ' +
  'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom" ' +
  'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'

describe('parseFeed() formats', () => {
  it('reads RSS 2.0', () => {
    const { format, feed, items, problems } = parse(`<?xml version="1.0"?>
      <rss version="2.0"><channel>
        <title>The Harbour Post</title><link>https://harbour.example/</link><language>en-gb</language>
        <description>News of the coast</description>
        <image><title>Logo</title><link>https://harbour.example/logo</link></image>
        <item>
          <title>Bridge opens</title><link>https://harbour.example/bridge</link><guid isPermaLink="false">b-1</guid>
          <description>&lt;p&gt;The bridge is open.&lt;/p&gt;</description>
          <pubDate>Wed, 05 Mar 2025 14:30:10 GMT</pubDate><author>Ann Reed</author>
        </item>
      </channel></rss>`)
    expect({ format, problems }).toEqual({ format: 'rss', problems: [] })
    expect(feed).toMatchObject({
      title: 'The Harbour Post',
      link: 'https://harbour.example/',
      language: 'en-gb',
      subtitle: 'News of the coast',
    })
    expect(items).toEqual([
      {
        id: 'b-1',
        title: 'Bridge opens',
        link: 'https://harbour.example/bridge',
        originalLink: null,
        published: '2025-03-05T14:30:10.000Z',
        updated: null,
        author: 'Ann Reed',
        summary: '<p>The bridge is open.</p>',
        content: '<p>The bridge is open.</p>',
        language: 'en-gb',
        source: null,
      },
    ])
  })

  it('reads RDF, whose items stand beside the channel', () => {
    const { format, feed, items } = parse(`
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://harbour.example/rdf"><title>Harbour</title><link>https://harbour.example/</link>
          <items><rdf:Seq><rdf:li rdf:resource="https://harbour.example/1"/></rdf:Seq></items></channel>
        <item rdf:about="https://harbour.example/1"><title>One</title><link>/one</link><dc:date>2025-03-05</dc:date></item>
      </rdf:RDF>`)
    expect({ format, id: feed.id, title: feed.title }).toEqual({
      format: 'rdf',
      id: 'https://harbour.example/rdf',
      title: 'Harbour',
    })
    expect(items).toMatchObject([
      {
        id: 'https://harbour.example/1',
        link: 'https://harbour.example/one',
        published: '2025-03-05T00:00:00.000Z',
      },
    ])
  })

  it('reads Atom 1.0', () => {
    const { format, feed, items } = parse(`
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><id>urn:feed:1</id><title>Hafenblatt</title>
        <link rel="self" href="https://hafen.example/atom"/><link rel="hub" href="https://hub.example/"/>
        <link href="https://hafen.example/"/><author><name>Eva Kai</name></author>
        <entry><id>urn:e:1</id><title type="html">Br&amp;uuml;cke &lt;b&gt;offen&lt;/b&gt;</title>
          <link rel="enclosure" href="https://hafen.example/a.mp3"/><link rel="alternate" href="https://hafen.example/1"/>
          <published>2025-03-05T14:30:10Z</published><updated>2025-03-06T14:30:10Z</updated>
          <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A &amp; <b>B</b></div></content></entry>
      </feed>`)
    expect({ format, feed }).toMatchObject({
      format: 'atom',
      feed: {
        id: 'urn:feed:1',
        title: 'Hafenblatt',
        link: 'https://hafen.example/',
        self: 'https://hafen.example/atom',
        hub: 'https://hub.example/',
        language: 'de',
        author: 'Eva Kai',
      },
    })
    expect(items).toMatchObject([
      {
        id: 'urn:e:1',
        title: 'Brücke offen',
        link: 'https://hafen.example/1',
        published: '2025-03-05T14:30:10.000Z',
        updated: '2025-03-06T14:30:10.000Z',
        author: 'Eva Kai',
        content: 'A &amp; <b>B</b>',
        language: 'de',
      },
    ])
  })

  it('reads Atom 0.3', () => {
    const { items } = parse(`
      <feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Harbour</title><entry>
        <title mode="escaped" type="text/html">A &amp;amp; B</title><issued>2025-03-05T14:30:10Z</issued>
        <modified>2025-03-06T14:30:10Z</modified>
        <content mode="base64" type="text/html">PHA+VGhlIGJyaWRnZTwvcD4=</content></entry></feed>`)
    expect(items).toMatchObject([
      {
        title: 'A & B',
        published: '2025-03-05T14:30:10.000Z',
        updated: '2025-03-06T14:30:10.000Z',
        content: '<p>The bridge</p>',
      },
    ])
  })

  it('reads CDF', () => {
    const { format, feed, items } = parse(
      '<CHANNEL HREF="https://harbour.example/"><TITLE>Harbour</TITLE><ITEM HREF="https://harbour.example/1" ' +
        'LASTMOD="2025-03-05T14:30"><TITLE>One</TITLE><ABSTRACT>Text</ABSTRACT></ITEM></CHANNEL>',
    )
    expect({ format, title: feed.title, link: feed.link }).toEqual({
      format: 'cdf',
      title: 'Harbour',
      link: 'https://harbour.example/',
    })
    expect(items).toMatchObject([
      {
        title: 'One',
        link: 'https://harbour.example/1',
        summary: 'Text',
        updated: '2025-03-05T14:30:00.000Z',
      },
    ])
  })

  it('reads a news sitemap', () => {
    const { format, feed, items } = parse(`
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://harbour.example/1</loc>
        <n:news><n:publication><n:name>The Harbour Post</n:name><n:language>en</n:language></n:publication>
        <n:publication_date>2025-03-05</n:publication_date><n:title>Bridge &amp; pier</n:title></n:news></url></urlset>`)
    expect({ format, language: feed.language }).toEqual({ format: 'sitemap', language: 'en' })
    expect(items).toMatchObject([
      {
        title: 'Bridge & pier',
        link: 'https://harbour.example/1',
        published: '2025-03-05T00:00:00.000Z',
        language: 'en',
        source: 'The Harbour Post',
      },
    ])
  })

  it('tells how often a feed asks to be read, under any prefix', () => {
    expect(parse('<rss><channel><title>A</title><ttl>45</ttl></channel></rss>').refreshMs).toBe(45 * 60_000)
    const syndication = 'xmlns:s="http://purl.org/rss/1.0/modules/syndication/"'
    const words = '<s:updatePeriod>daily</s:updatePeriod><s:updateFrequency>2</s:updateFrequency>'
    const rss = `<rss ${syndication}><channel>${words}</channel></rss>`
    expect(parse(rss).refreshMs).toBe(12 * 3_600_000)
    expect(parse('<rss><channel><title>A</title></channel></rss>').refreshMs).toBeNull()
    expect(parse('{"version":"https://jsonfeed.org/version/1.1","items":[]}').refreshMs).toBeNull()
  })

  it('tells the sitemaps of a sitemap index', () => {
    const { format, items, sitemaps } = parse(
      '<sitemapindex><sitemap><loc>/s1.xml</loc><lastmod>2026-03-01</lastmod></sitemap><sitemap><loc/></sitemap></sitemapindex>',
      'https://harbour.example/sitemap.xml',
    )
    expect({ format, items, sitemaps }).toEqual({
      format: 'sitemap-index',
      items: [],
      sitemaps: [{ url: 'https://harbour.example/s1.xml', changed: '2026-03-01T00:00:00.000Z' }],
    })
  })

  it('reads JSON Feed', () => {
    const { format, feed, items } = parse(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'Harbour &amp; coast',
        home_page_url: 'https://harbour.example/',
        language: 'en',
        items: [
          {
            id: 1,
            url: 'a.html',
            title: 'One',
            content_text: 'A < B\n\nC',
            date_published: '2025-03-05T14:30:10+01:00',
            authors: [{ name: 'Zoe' }, { name: 'Ann' }, { name: 'Zoe' }],
          },
          'no item',
          { id: '2', summary: 'The bridge is open', external_url: 'https://bridge.example/' },
        ],
      }),
      'https://harbour.example/feed.json',
    )
    expect({ format, title: feed.title }).toEqual({ format: 'json', title: 'Harbour & coast' })
    expect(items).toMatchObject([
      {
        id: '1',
        title: 'One',
        link: 'https://harbour.example/a.html',
        author: 'Ann, Zoe',
        content: 'A &lt; B<br><br>\nC',
        published: '2025-03-05T13:30:10.000Z',
      },
      { id: '2', title: 'The bridge is open', link: 'https://bridge.example/' },
    ])
  })

  it('knows elements by their namespace, not by their prefix', () => {
    const { items } = parse(
      '<r:rss xmlns:r="http://backend.userland.com/rss2" xmlns:x="http://purl.org/dc/elements/1.1/" ' +
        'xmlns:y="http://other.example/"><r:channel><r:item><y:title>wrong</y:title><r:title>right</r:title>' +
        '<x:creator>Ann</x:creator></r:item></r:channel></r:rss>',
    )
    expect(items).toMatchObject([{ title: 'right', author: 'Ann' }])
  })

  it('knows the usual prefixes without a declaration', () => {
    expect(
      parse('<rss><channel><item><dc:creator>Ann</dc:creator></item></channel></rss>').items[0]?.author,
    ).toBe('Ann')
  })
})

describe('parseFeed() titles', () => {
  it.each([
    ['<title>1 &lt; 2</title>', '1 < 2'],
    ['<title>AT&amp;amp;T</title>', 'AT&T'],
    ['<title>&amp;#39;Pier&amp;#39;</title>', "'Pier'"],
    ['<title>Pier &nbsp;&eacute;t&eacute; &#8220;x&#8221;</title>', 'Pier été “x”'],
    ['<title><![CDATA[ The <em>bridge</em> &amp; pier ]]></title>', 'The bridge & pier'],
    ['<title>The <b>bridge</b></title>', 'The bridge'],
    ['<title>\n The\n  bridge </title>', 'The bridge'],
    ['<title>&lt;![CDATA[The bridge]]&gt;</title>', 'The bridge'],
    ['<title/><media:title>Media</media:title>', 'Media'],
    ['<dc:title>Core</dc:title>', 'Core'],
    ['<title>Bridge</title><dc:title/>', 'Bridge'],
    ['<description>&lt;p&gt;No title here&lt;/p&gt;</description>', 'No title here'],
    ['<title> </title><link>https://harbour.example/1</link>', 'https://harbour.example/1'],
  ])('reads %s', (inner, title) => {
    expect(item(inner).title).toBe(title)
  })

  it.each([
    ['<title type="text">The &lt;blink&gt; tag</title>', 'The <blink> tag'],
    ['<title type="html">The &amp;lt;blink&amp;gt; tag</title>', 'The <blink> tag'],
    ['<title type="html">O&amp;rsquo;Hara</title>', 'O’Hara'],
    [
      '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">The &lt;blink&gt; <i>tag</i></div></title>',
      'The <blink> tag',
    ],
    ['<title>&amp;#39;AT&amp;amp;T&amp;#39;</title>', "'AT&T'"],
    ['<title type="">Bridge</title>', 'Bridge'],
  ])('reads Atom %s', (inner, title) => {
    expect(entry(inner).title).toBe(title)
  })

  it('shortens the text that stands for a title at a word', () => {
    const { title } = item(`<description>${'harbour '.repeat(40)}</description>`)
    expect(title).toMatch(/^(?:harbour )+harbour…$/)
    expect(title.length).toBeLessThanOrEqual(101)
  })

  it('takes the entities that the document type declares, once', () => {
    const { feed } = parse(
      '<!DOCTYPE rss [<!ENTITY post "Harbour Post"><!ENTITY euro2 "&#8364;"><!ENTITY bomb "&post;&post;">]>' +
        '<rss><channel><title>&post; &euro2; &bomb; &unknown; a&b</title></channel></rss>',
    )
    expect(feed.title).toBe('Harbour Post € &bomb; &unknown; a&b')
  })
})

describe('parseFeed() texts', () => {
  it.each([
    ['<description>short</description><content:encoded>long</content:encoded>', 'short', 'long'],
    ['<content:encoded>long</content:encoded><description>short</description>', 'short', 'long'],
    ['<description>first</description><summary>second</summary>', 'first', 'second'],
    ['<summary>first</summary><description>second</description>', 'first', 'second'],
    ['<description>only</description>', 'only', 'only'],
    ['<content:encoded>only</content:encoded>', 'only', 'only'],
    ['<itunes:subtitle>sub</itunes:subtitle><itunes:summary>sum</itunes:summary>', 'sum', 'sum'],
    ['<description>text</description><media:description>picture</media:description>', 'text', 'text'],
    ['<body xmlns="http://www.w3.org/1999/xhtml"><p>a</p></body>', '<p>a</p>', '<p>a</p>'],
    ['<description>a<script>x()</script>b</description>', 'ab', 'ab'],
    ["<description>&lt;!' &lt;a&gt;</description>", "&lt;!' <a>", "&lt;!' <a>"],
  ])('finds summary and content of %s', (inner, summary, content) => {
    expect(item(inner)).toMatchObject({ summary, content })
  })

  it.each([
    ['<content type="text">1 &lt; 2</content>', '1 &lt; 2'],
    ['<content type="html">1 &amp;lt; 2 &lt;b&gt;x&lt;/b&gt;</content>', '1 &lt; 2 <b>x</b>'],
    ['<content type="application/octet-stream">PGI+eDwvYj4=</content>', '<b>x</b>'],
    ['<content type="application/octet-stream">not base64!</content>', 'not base64!'],
    [
      '<content type="image/svg+xml"><svg><title>Map</title></svg></content>',
      '<svg><title>Map</title></svg>',
    ],
    ['<summary>&lt;p&gt;undeclared&lt;/p&gt;</summary>', '<p>undeclared</p>'],
    ['<content src="https://harbour.example/1"/>', null],
  ])('reads Atom %s', (inner, content) => {
    expect(entry(inner).content).toBe(content)
  })

  it('makes links inside texts absolute', () => {
    const { content } = entry(
      '<content type="html" xml:base="deep/">&lt;a href="1?a=1&amp;amp;b=2"&gt;x&lt;/a&gt; &lt;img src="//cdn.example/p"&gt;</content>',
      'xml:base="https://harbour.example/news/"',
    )
    expect(content).toBe(
      '<a href="https://harbour.example/news/deep/1?a=1&amp;b=2">x</a> <img src="https://cdn.example/p">',
    )
  })
})

describe('parseFeed() links and ids', () => {
  it.each([
    ['<link>https://a.example/1</link><guid>https://b.example/</guid>', 'https://a.example/1'],
    ['<guid isPermaLink="true">https://b.example/</guid>', 'https://b.example/'],
    ['<guid>https://b.example/</guid>', 'https://b.example/'],
    ['<guid isPermaLink="false">https://b.example/</guid>', null],
    ['<guid>b-1</guid>', null],
    ['<link>https://a.example/?x=1&y=2</link>', 'https://a.example/?x=1&y=2'],
    ['<link><![CDATA[ https://a.example/1 ]]></link>', 'https://a.example/1'],
    [
      '<link/><atom:link rel="payment" href="https://p.example/"/><atom:link href="https://a.example/2"/>',
      'https://a.example/2',
    ],
    ['<image><link>https://i.example/</link></image>', null],
    [
      '<link>https://proxy.example/1</link><feedburner:origLink>https://a.example/o</feedburner:origLink>',
      'https://a.example/o',
    ],
    ['<link>javascript:alert(1)</link>', null],
  ])('links %s', (inner, link) => {
    expect(item(inner).link).toBe(link)
  })

  it('counts relative links from xml:base, else from the site, else from the feed', () => {
    const feed = (head: string, attributes: string): string =>
      `<rss ${attributes}><channel>${head}<item><link>1.html</link></item></channel></rss>`
    const url = 'https://feeds.example/rss'
    const link = (text: string): string | null | undefined => parse(text, url).items[0]?.link
    expect(link(feed('', ''))).toBe('https://feeds.example/1.html')
    expect(link(feed('<link>https://harbour.example/news/</link>', ''))).toBe(
      'https://harbour.example/news/1.html',
    )
    expect(link(feed('<link>https://harbour.example/news/</link>', 'xml:base="sub/"'))).toBe(
      'https://feeds.example/sub/1.html',
    )
  })

  it('keeps ids as written, but for paths', () => {
    expect(entry('<id>http://www.EXAMPLE.org/%7Ebob</id>').id).toBe('http://www.EXAMPLE.org/%7Ebob')
    expect(entry('<id xml:base="https://harbour.example/x">/e/1</id>').id).toBe('https://harbour.example/e/1')
  })

  it('takes the URL of the feed for its link, and the link for its title', () => {
    expect(parse('<rss><channel/></rss>', 'https://harbour.example/rss').feed).toMatchObject({
      link: 'https://harbour.example/rss',
      title: 'https://harbour.example/rss',
    })
  })
})

describe('parseFeed() people and dates', () => {
  it.each([
    ['<author>ann@harbour.example (Ann Reed)</author>', 'ann@harbour.example (Ann Reed)'],
    ['<author>by <a href="/ann">Ann Reed</a></author>', 'by Ann Reed'],
    ['<dc:creator>Ann</dc:creator><dc:creator>Bo</dc:creator><dc:creator>Ann</dc:creator>', 'Ann, Bo'],
    ['<author>desk@harbour.example</author><dc:creator>Ann</dc:creator>', 'Ann'],
    ['<author><name>Ann</name><email>a@harbour.example</email></author>', 'Ann (a@harbour.example)'],
    ['<author><name/><email>a@harbour.example</email></author>', 'a@harbour.example'],
    ['<author><name/></author>', null],
  ])('names the author of %s', (inner, author) => {
    expect(item(inner).author).toBe(author)
  })

  it.each([
    ['<managingEditor>Ed</managingEditor><webMaster>Web</webMaster>', 'Ed'],
    ['<webMaster>Web</webMaster>', 'Web'],
    ['<itunes:author>Host</itunes:author><managingEditor>Ed</managingEditor>', 'Host'],
    [
      '<itunes:owner><itunes:name>Owner</itunes:name><itunes:email>o@x.example</itunes:email></itunes:owner>',
      'Owner',
    ],
  ])('takes the author of the feed %s', (head, author) => {
    const { items } = parse(
      `<rss ${NAMESPACES}><channel>${head}<item><title>x</title></item></channel></rss>`,
    )
    expect(items[0]?.author).toBe(author)
  })

  it.each([
    ['<pubDate>2025-03-05</pubDate><dc:date>2024-01-01</dc:date>', '2025-03-05', null],
    ['<dc:date>2025-03-05</dc:date>', '2025-03-05', null],
    [
      '<dcterms:issued>2025-03-05</dcterms:issued><dcterms:modified>2025-03-06</dcterms:modified>',
      '2025-03-05',
      '2025-03-06',
    ],
    ['<atom:updated>2025-03-05</atom:updated>', null, '2025-03-05'],
    ['<updated>2025-03-05</updated><updated>2025-03-06</updated>', null, '2025-03-06'],
    ['<updated>2025-03-05</updated><updated>soon</updated>', null, '2025-03-05'],
  ])('dates %s', (inner, published, updated) => {
    const iso = (day: string | null): string | null => (day === null ? null : `${day}T00:00:00.000Z`)
    expect(item(inner)).toMatchObject({ published: iso(published), updated: iso(updated) })
  })

  it('tells of a date that cannot be read', () => {
    const { problems } = parse('<rss><channel><item><pubDate>some day</pubDate></item></channel></rss>')
    expect(problems).toEqual([{ kind: 'date', problem: 'date "some day" cannot be read' }])
  })
})

describe('parseFeed() repairs', () => {
  it('reads what came before a cut', () => {
    const { items, problems } = parse(
      '<rss><channel><title>H</title><item><title>One</title></item><item><title>Two</title><description><![CDATA[<p>be',
    )
    expect(items.map(({ title, summary }) => [title, summary])).toEqual([
      ['One', null],
      ['Two', '<p>be'],
    ])
    expect(problems.map(({ kind }) => kind)).toEqual(['truncated'])
  })

  it('goes on where end tags are missing', () => {
    const { feed, items } = parse(
      '<rss><channel><title>H<link>https://h.example/</link><item><title>A<link>https://h.example/1</link>' +
        '<description>a <b>bold<pubDate>2025-03-05</pubDate><item><title>B</title></channel>',
    )
    expect(feed).toMatchObject({ title: 'H', link: 'https://h.example/' })
    expect(items).toMatchObject([
      {
        title: 'A',
        link: 'https://h.example/1',
        published: '2025-03-05T00:00:00.000Z',
        summary: 'a <b>bold</b>',
      },
      { title: 'B' },
    ])
  })

  it('passes over junk around the feed, stray end tags and a document type of HTML', () => {
    const { feed, problems } = parse(
      'Warning: disk full\n<!DOCTYPE html><p></b><rss><channel><title>H</title></foo></channel></rss>\n<!-- x',
    )
    expect(feed.title).toBe('H')
    expect(problems.map(({ kind }) => kind)).toContain('malformed')
  })

  it('reads a JSON feed that was cut, and one with raw line breaks', () => {
    const cut = parse('{"title":"H","items":[{"id":"1","title":"One }"},{"id":"2","tit')
    expect(cut.items).toMatchObject([{ id: '1', title: 'One }' }])
    expect(cut.problems).toMatchObject([{ kind: 'malformed' }])
    expect(parse('{"title":"H","items":[{"id":"1","title":"One\nline"}]}').items).toMatchObject([
      { title: 'One line' },
    ])
  })

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['just words', 'not-a-feed'],
    ['<html><body><p>Page</p></body></html>', 'not-a-feed'],
    ['{"a":1}', 'not-a-feed'],
    ['[1]', 'not-a-feed'],
  ])('tells that %j is no feed', (text, kind) => {
    const { format, items, problems } = parse(text)
    expect({ format, items }).toEqual({ format: 'unknown', items: [] })
    expect(problems.map((problem) => problem.kind)).toContain(kind)
  })
})

describe('parseFeed() limits', () => {
  it('reads the first items of a feed that has too many', () => {
    const { items, problems } = parse(
      `<rss><channel>${'<item><title>x</title></item>'.repeat(MAX_FEED_ITEMS + 1)}</channel></rss>`,
    )
    expect(items).toHaveLength(MAX_FEED_ITEMS)
    expect(problems.map(({ kind }) => kind)).toEqual(['limit'])
  })

  it('reads the first bytes of a feed that is too long', () => {
    const body = new Uint8Array(MAX_FEED_BYTES + 1).fill(0x20)
    body.set(new TextEncoder().encode('<rss><channel><title>H</title>'))
    const { feed, problems } = parseFeed({ body })
    expect(feed.title).toBe('H')
    expect(problems.map(({ kind }) => kind)).toContain('limit')
  })

  it('stops expanding entities where they make a long text', () => {
    const { items } = parse(
      `<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(100)}">]><rss><channel><item><title>&a;</title>` +
        `<description>${'&a;'.repeat(20_000)}</description></item><item><title>&a;</title></item></channel></rss>`,
    )
    expect(items.map(({ title }) => title)).toEqual(['x'.repeat(100), '&a;'])
  })

  it.each([
    ['deep nesting', '<a>'.repeat(300_000)],
    ['stray end tags', '<a>'.repeat(100_000) + '</b>'.repeat(100_000)],
    ['nested items', `<rss>${'<item>'.repeat(100_000)}`],
    ['one tag of many attributes', `<a ${'b=1 '.repeat(200_000)}>`],
    ['namespaces', Array.from({ length: 30_000 }, (_, i) => `<a xmlns:p${i}="u${i}">`).join('')],
    ['brackets', '<'.repeat(1_000_000)],
    ['ampersands', `<rss><channel><title>${'&'.repeat(1_000_000)}`],
    ['open scripts', `<rss><channel><item><description>${'&lt;script'.repeat(100_000)}`],
    ['escaped quotes of cut JSON', `{"a":"${'\\"'.repeat(500_000)}`],
    ['nested JSON', '{"a":'.repeat(200_000)],
    ['spaces', `<rss><channel><item><pubDate>${' '.repeat(1_000_000)}`],
  ])('comes back from %s', (_name, text) => {
    expect(parse(text).items.length).toBeLessThanOrEqual(MAX_FEED_ITEMS)
  })
})

describe('parseFeed() pictures', () => {
  it.each([
    ['a thumbnail', '<media:thumbnail url="/a.jpg"/>'],
    ['an image of Media RSS', '<media:content medium="image" url="/a.jpg"/>'],
    ['an image by its type', '<media:content type="image/jpeg" url="/a.jpg"/>'],
    ['an image by its name', '<media:content width="140" url="/a.jpg"/>'],
    ['an image of a group', '<media:group><media:content medium="image" url="/a.jpg"/></media:group>'],
    [
      'the thumbnail of a video',
      '<media:content medium="video" url="/v.mp4"><media:thumbnail url="/a.jpg"/></media:content>',
    ],
    ['an enclosure', '<enclosure type="image/jpeg" length="9" url="/a.jpg"/>'],
    ['an enclosure of Atom', '<atom:link rel="enclosure" type="image/jpeg" href="/a.jpg"/>'],
    [
      'the thumbnail before other images',
      '<enclosure type="image/png" url="/b.png"/><media:thumbnail url="/a.jpg"/>',
    ],
    [
      'the first that can be read',
      '<media:thumbnail url="javascript:alert(1)"/><media:thumbnail url="/a.jpg"/>',
    ],
  ])('takes %s', (_, inner) => {
    expect(item(inner, 'xml:base="https://harbour.example/"').imageUrl).toBe('https://harbour.example/a.jpg')
  })

  it.each([
    ["a podcast's own", '<itunes:image href="https://harbour.example/a.jpg"/>'],
    ['a video', '<media:content medium="video" type="image/gif" url="https://harbour.example/v.gif"/>'],
    ['a sound', '<enclosure type="audio/mpeg" url="https://harbour.example/a.mp3"/>'],
    ['a script', '<media:thumbnail url="javascript:alert(1)"/>'],
    ['data', '<media:thumbnail url="data:image/png;base64,AAAA"/>'],
    ['a very long link', `<media:thumbnail url="https://harbour.example/${'x'.repeat(2_048)}"/>`],
    ['nothing', '<media:thumbnail/>'],
  ])('takes no %s', (_, inner) => {
    expect(item(inner)).not.toHaveProperty('imageUrl')
  })

  it('takes image, else banner, of a JSON Feed', () => {
    const feed = (fields: object) =>
      parse(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [{ id: '1', ...fields }] }))
        .items[0]
    const image = 'https://harbour.example/a.jpg'
    const banner = 'https://harbour.example/b.jpg'
    expect(feed({ image, banner_image: banner })?.imageUrl).toBe(image)
    expect(feed({ image: 'data:,x', banner_image: banner })?.imageUrl).toBe(banner)
    expect(feed({ image: 7 })).not.toHaveProperty('imageUrl')
  })
})
