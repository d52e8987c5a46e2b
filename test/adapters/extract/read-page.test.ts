import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPage } from '../../../src/adapters/extract/read-page.ts'

const FIXTURES = new URL('../../fixtures/pages/', import.meta.url)

function fixture(name: string): string {
  return readFileSync(new URL(name, FIXTURES), 'utf8')
}

function paragraphs(text: string): string[] {
  return text.split('\n\n')
}

const PROSE =
  'The harbour board cut the ferry fare by a fifth on Tuesday, after a year of empty boats and letters.'

function page(body: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta property="og:type" content="article">${head}</head><body>${body}</body></html>`
}

describe('readPage() on a news page', () => {
  const news = readPage({
    html: fixture('news-article.html'),
    url: 'https://echo.example/news/ferry-fares?utm_source=x',
  })

  it('takes metadata from JSON-LD, meta and links', () => {
    expect(news).toMatchObject({
      url: 'https://echo.example/news/ferry-fares',
      title: 'Ferry fares to fall in spring',
      byline: 'Mara Quill, Tomas Reve',
      published: '2024-05-14T07:30:00.000Z',
      lang: 'en',
      outlet: 'The Arden Echo',
      access: 'open',
      problems: [],
    })
  })

  it('takes lead, paragraphs, headings, lists and embedded posts', () => {
    const texts = paragraphs(news.text)
    expect(texts[0]).toMatch(/^The harbour board cuts prices/)
    expect(texts[1]).toMatch(/^A single trip across the Lenn/)
    expect(texts).toContain('What changes for pupils')
    expect(texts).toContain('Pupils travel free before nine in the morning.')
    expect(texts).toContain('Four crowns! See you all on deck.')
    expect(texts.at(-2)).toMatch(/^The council has to agree/)
    // Who contributed is the newsroom's word on its article: marked later, not cut.
    expect(texts.at(-1)).toBe('With reporting by the Calder Press Agency')
  })

  it.each([
    'cookies',
    'Share on',
    'Photograph',
    'newsletter',
    'Read more',
    'More stories',
    'comments',
    'Most read',
    'Copyright',
    'By Mara',
  ])('leaves out "%s"', (words) => {
    expect(news.text).not.toContain(words)
  })

  it('tells what it took out of the article and why', () => {
    expect(news.removed).toContainEqual({
      text: 'Read more: Bridge repairs to last until autumn',
      why: 'box of links',
    })
  })
})

describe('readPage() on pages of the old web', () => {
  it('reads paragraphs parted by breaks in a layout table', () => {
    const texts = paragraphs(readPage({ html: fixture('old-table-layout.html') }).text)
    expect(texts).toContain(
      'The old stone bridge over the Lenn was closed on Thursday after the worst storm in twenty years tore two of its arches loose.',
    )
    expect(texts.at(-1)).toBe('The bridge was built in 1874 and repaired twice since, in 1921 and 1966.')
    expect(texts.join(' ')).not.toMatch(/Front page|Weather|Printer-friendly|Copyright/)
  })

  it('reads every post of a forum', () => {
    const { text } = readPage({ html: fixture('old-forum.html') })
    expect(text).toContain('Does anybody know when the winter timetable starts?')
    expect(text).toContain('The last boat leaves at 18:40 then')
    expect(text).toContain('Thank you, that is a great help')
    expect(text).not.toMatch(/Memberlist|Powered by|Jump to/)
  })

  it('reads a post of a blog without its sidebar, and its title', () => {
    const blog = readPage({ html: fixture('old-blog.html') })
    expect(blog.title).toBe('Apples again')
    expect(blog.text).toMatch(/^Apples again\n\nWe picked the last/)
    expect(blog.text).toContain('Never store them beside potatoes.')
    expect(blog.text).not.toMatch(/Archives|Blogroll|powered by/)
  })

  it('reads lists with no closing tags and no paragraphs', () => {
    const texts = paragraphs(readPage({ html: fixture('old-list.html') }).text)
    expect(texts).toContain('No boat leaves the pier after dusk')
    expect(texts).toContain('Adults 40 crowns, pupils 10 crowns a season')
    expect(texts.join(' ')).not.toContain('home - news')
  })

  it('reads preformatted text by its blank lines', () => {
    const texts = paragraphs(readPage({ html: fixture('old-press-release.html') }).text)
    expect(texts).toHaveLength(4)
    expect(texts[1]).toMatch(/^PORT CALDER, .* two summers\.$/)
  })

  it('reads what a page of frames says without them', () => {
    const frames = readPage({ html: fixture('old-frames.html') })
    expect(frames.text).toContain('Arden has 12,000 people')
    expect(frames.problems).toEqual(['page shows text only without scripts or frames'])
  })
})

describe('readPage() on hard pages', () => {
  it('takes the article around the headline, not the next one below it', () => {
    const article = (title: string, words: string) =>
      `<article><h1>${title}</h1>${`<p>${words}</p>`.repeat(4)}</article>`
    const other =
      'A cat that was lost for nine days has been found on a grain ship, its owner said in Port Calder.'
    const html = page(
      article('Fares fall', PROSE) + article('Cat found', other).repeat(3),
      '<title>Fares fall</title>',
    )
    const { text } = readPage({ html })
    expect(text).toContain(PROSE)
    expect(text).not.toContain('grain ship')
  })

  it('takes an article from JSON-LD where the page itself shows next to none of it', () => {
    const body = Array.from({ length: 8 }, (_, i) => `${PROSE} That was vote ${i}.`).join('\\n')
    const html = page(
      '<div id="app">Loading</div>',
      `<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"${body}"}</script>`,
    )
    const read = readPage({ html })
    expect(paragraphs(read.text)).toHaveLength(8)
    expect(read.problems).toEqual(['page shows little text; the article is taken from its JSON-LD'])
  })

  it('reads the text of JSON-LD that holds markup', () => {
    const body = `<p>${PROSE}</p><p>${PROSE}</p>`.repeat(3)
    const script = `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', articleBody: body })}</script>`
    expect(paragraphs(readPage({ html: page('<div>Loading</div>', script) }).text)).toEqual(
      Array(6).fill(PROSE),
    )
  })

  it('takes hidden or misnamed text where nothing else is left', () => {
    expect(readPage({ html: page(`<div class="sidebar"><p>${PROSE}</p></div>`) }).text).toBe(PROSE)
    expect(readPage({ html: page(`<div style="display:none"><p>${PROSE}</p></div>`) }).text).toBe(PROSE)
  })

  it('takes links where a page has nothing else', () => {
    expect(
      readPage({ html: page('<ul><li><a href="/a">Bridge</a><li><a href="/b">Ferry</a></ul>') }).text,
    ).toBe('Bridge\n\nFerry')
  })

  it('takes the description of a page without text', () => {
    const read = readPage({
      html: page('<img src="a.jpg">', '<meta name="description" content="Four boats at dusk.">'),
    })
    expect(read.text).toBe('Four boats at dusk.')
    expect(read.problems).toEqual(['page has no text; its description is taken'])
  })

  it('says that an empty page is empty', () => {
    expect(readPage({ html: '' })).toMatchObject({
      text: '',
      access: 'empty',
      problems: ['page has no text'],
    })
  })

  it('reads a page of 2,000 nested boxes', () => {
    const html = `${'<div>'.repeat(2000)}<p>${PROSE}</p>${'</div>'.repeat(2000)}`
    const read = readPage({ html })
    expect(read.text).toBe(PROSE)
    expect(read.problems).toEqual(['page is nested deeper than 200 elements and was read flat'])
  })

  it('keeps the cells of a data row together', () => {
    const rows = [
      ['1', 'Quill', '5040'],
      ['2', 'Reve', '5035'],
    ].map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    const { text } = readPage({
      html: page(`<article><p>${PROSE}</p><table>${rows.join('')}</table><p>${PROSE}</p></article>`),
    })
    expect(text).toContain('1 | Quill | 5040\n\n2 | Reve | 5035')
  })

  it('never throws and never loses all of a text', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '<div>',
        '</div>',
        '<p>',
        '<table><tr><td>',
        '</table>',
        '<br><br>',
        '<a href="/x">',
        '</a>',
        '<b>',
        '</i>',
        '<ul><li>',
      ),
      fc.constantFrom(
        '<h1>',
        '<nav>',
        '<footer class="comments">',
        '<pre>',
        '<!--',
        '-->',
        '<script>',
        '</script>',
        '<title>',
        '<svg><p>',
        '&amp',
        '<p hidden>',
      ),
      fc.string({ maxLength: 20 }),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const read = readPage({ html: `<p>${PROSE}</p>${parts.join('')}` })
        expect(read.text).not.toBe('')
      }),
      { numRuns: 200 },
    )
  })
})

describe('readPage() and access', () => {
  const short = `<p>${PROSE}</p>`

  it('knows a paywall by what the page declares', () => {
    const declared =
      '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'
    expect(readPage({ html: page(short, declared) }).access).toBe('paywall')
    const long = readPage({ html: page(`<article>${short.repeat(30)}</article>`, declared) })
    expect(long.access).toBe('open')
    expect(long.problems).toEqual(['page says that it is not free; parts of its text may be missing'])
  })

  it.each([
    ['paywall', 'Subscribe to continue reading'],
    ['paywall', 'Dieser Text ist exklusiv für Abonnenten'],
    ['paywall', 'Article réservé aux abonnés'],
    ['login', 'Please log in to continue'],
    ['blocked', 'Please verify you are a human'],
  ])('tells %s by "%s"', (access, words) => {
    expect(readPage({ html: page(`${short}<p>${words}.</p>`) }).access).toBe(access)
  })

  it('knows a consent page', () => {
    const html = page(
      '<h1>Before you continue</h1><p>We and our partners use cookies to show personalised ads and to measure them.</p><p>Accept all or reject all; you can change your consent at any time in the privacy menu.</p>',
      '<title>Before you continue</title>',
    )
    expect(readPage({ html }).access).toBe('consent')
  })

  it('takes a short article with a cookie line for an article', () => {
    expect(
      readPage({
        html: page(`<article>${short.repeat(2)}<p>We use cookies and ask for your consent.</p></article>`),
      }).access,
    ).toBe('open')
  })
})

describe('readPage() and what the newsroom says of its article', () => {
  const body =
    '<p>The harbour board cut the ferry fare by a fifth on Tuesday, after a year of empty boats.</p>' +
    '<p>Pupils travel free before nine in the morning, and the last boat leaves an hour later than it did.</p>' +
    '<p>The board expects to lose forty thousand crowns with it, and to win them back within three summers.</p>' +
    '<p>We use cookies to improve your experience on our site.</p>' +
    '<p>Copyright 2026 Calder Press. All rights reserved.</p>'

  it('keeps its rights on a page of today, and cuts what the site says to its readers', () => {
    const page = readPage({
      html: `<html><body><article><h1>Fares</h1>${body}</article></body></html>`,
      url: null,
    })
    expect(page.text).toContain('All rights reserved.')
    expect(page.text).not.toContain('cookies')
    expect(page.removed).toMatchObject([{ why: 'cookie notice' }])
  })

  it('cuts both from a page of the old web, which is read to its foot', () => {
    const page = readPage({ html: `<html><body><h1>Fares</h1>${body}</body></html>`, url: null })
    expect(page.text).not.toMatch(/cookies|rights/)
    expect(page.text).toContain('three summers')
  })
})

describe('readPage() on a page with more notices than news', () => {
  const NOTICES = [
    'We use cookies to improve your experience on our site, and to show you what others have read.',
    'This site uses cookies and other tracking technologies to analyze traffic and to personalize content.',
    'By continuing to use our site you agree to our cookies and to those of all our partners.',
    'Copyright 2001 Calder Press. All rights reserved. This material may not be published or rewritten.',
    'Sign up for our morning newsletter and get the news of the valley delivered to your inbox every day.',
  ]
  const NEWS = 'The harbour board cut the ferry fare by a fifth on Tuesday, after a year of empty boats.'
  const cell = (inner: string) => `<table><tr><td>${inner}</td></tr></table>`

  it('takes the news', () => {
    const notices = cell(NOTICES.map((one) => `<p>${one}`).join(''))
    const page = readPage({ html: `<body>${cell(`<b>Fares</b><p>${NEWS}`)}${notices}</body>`, url: null })
    expect(page.text).toContain(NEWS)
    expect(page.text).not.toContain('cookies')
  })
})
