import { describe, expect, it } from 'vitest'
import { readJsonLd } from '../../../src/adapters/extract/json-ld.ts'
import { dateInUrl, parsePageDate } from '../../../src/adapters/extract/page-date.ts'
import { readMetadata } from '../../../src/adapters/extract/page-metadata.ts'
import { parsePageTree } from '../../../src/adapters/extract/page-tree.ts'

function metadata(head: string, body = '', url: string | null = 'https://echo.example/news/ferry') {
  return readMetadata(parsePageTree(`<html><head>${head}</head><body>${body}</body></html>`), url)
}

describe('readMetadata()', () => {
  it.each([
    [
      '<title>Fares fall | The Arden Echo</title><meta property="og:site_name" content="The Arden Echo">',
      'Fares fall',
    ],
    ['<title>The bridge - a short history</title>', 'The bridge - a short history'],
    ['<meta property="og:title" content="Fares &amp; fees fall"><title>x</title>', 'Fares & fees fall'],
  ])('reads the title of %s', (head, title) => {
    expect(metadata(head).title).toBe(title)
  })

  it('takes the headline that the title repeats, not the name of the site', () => {
    const body = '<h1><a href="/">Notes from the valley</a></h1><h2>Apples again</h2>'
    expect(metadata('<title>Notes from the valley &raquo; Apples again</title>', body).title).toBe(
      'Apples again',
    )
  })

  it.each([
    ['<meta name="author" content="By Mara Quill">', '', 'Mara Quill'],
    ['', '<span class="byline">By <a rel="author">Mara Quill</a> | 14 May 2024</span>', 'Mara Quill'],
    ['', '<p class="autor">Von Mara Quill</p>', 'Mara Quill'],
    ['<meta property="article:author" content="https://social.example/mara">', '', null],
  ])('reads the byline of %s%s', (head, body, byline) => {
    expect(metadata(head, body).byline).toBe(byline)
  })

  it.each([
    ['https://echo.example/news/ferry-fares', 'https://echo.example/news/ferry-fares'],
    ['/news/ferry-fares#top', 'https://echo.example/news/ferry-fares'],
    ['https://echo.example/', 'https://echo.example/news/ferry'],
    ['https://elsewhere.test/news/ferry', 'https://echo.example/news/ferry'],
    ['javascript:alert(1)', 'https://echo.example/news/ferry'],
    ['https://echo.example/a?id=3&utm_medium=x&fbclid=y', 'https://echo.example/a?id=3'],
  ])('takes canonical %s as %s', (href, url) => {
    expect(metadata(`<link rel="canonical" href="${href}">`).url).toBe(url)
  })

  it('believes a canonical URL where no other is known', () => {
    expect(metadata('<link rel=canonical href="https://echo.example/a">', '', null).url).toBe(
      'https://echo.example/a',
    )
    expect(metadata('', '', null).url).toBeNull()
  })

  it('names the outlet by the page, else by its host', () => {
    expect(metadata('<meta property="og:site_name" content="The Arden Echo">').outlet).toBe('The Arden Echo')
    expect(metadata('', '', 'https://www.echo.example/a').outlet).toBe('echo.example')
  })

  it('takes the date from meta, time elements and the URL, in this order', () => {
    const time = '<time datetime="2024-05-13T08:00:00Z">13 May</time>'
    expect(
      metadata('<meta property="article:published_time" content="2024-05-14T08:00:00Z">', time).published,
    ).toBe('2024-05-14T08:00:00.000Z')
    expect(metadata('', time).published).toBe('2024-05-13T08:00:00.000Z')
    expect(metadata('', '', 'https://echo.example/2024/05/12/ferry').published).toBe(
      '2024-05-12T00:00:00.000Z',
    )
    expect(metadata('').published).toBeNull()
  })

  it('lists languages by trust', () => {
    expect(
      metadata('<meta property="og:locale" content="de_AT"><meta http-equiv="content-language" content="fr">')
        .languages,
    ).toEqual(['de', 'fr'])
  })
})

describe('readJsonLd()', () => {
  it('finds the article in lists and graphs, and names by reference', () => {
    const script = JSON.stringify([
      { '@type': 'WebSite', name: 'The Arden Echo' },
      {
        '@graph': [
          {
            '@type': ['Thing', 'NewsArticle'],
            headline: 'Fares &amp; fees',
            author: { '@id': '#mara' },
            inLanguage: 'en',
          },
          { '@id': '#mara', '@type': 'Person', name: 'Mara Quill' },
        ],
      },
    ])
    expect(readJsonLd([script])).toMatchObject({
      headline: 'Fares & fees',
      author: 'Mara Quill',
      publisher: 'The Arden Echo',
      lang: 'en',
    })
  })

  it('reads scripts with raw new lines, comments and trailing commas', () => {
    const script = '/*<![CDATA[*/{"@type":"NewsArticle",\n"headline":"Fares\nfall",}/*]]>*/'
    expect(readJsonLd([script])?.headline).toBe('Fares fall')
  })

  it.each([
    '',
    '{',
    '[]',
    'null',
    '"x"',
    '{"@type":"Organization"}',
    '['.repeat(5000),
    '{"@graph":{"@graph":{"@graph":{"@graph":{}}}}}',
  ])('finds nothing in %s', (script) => {
    expect(readJsonLd([script.slice(0, 6000)])).toBeNull()
  })
})

describe('parsePageDate()', () => {
  it.each([
    ['2024-05-14T09:30:00+02:00', '2024-05-14T07:30:00.000Z'],
    ['2024-05-14T09:30:00Z', '2024-05-14T09:30:00.000Z'],
    ['2024-05-14T09:30:00.123+0530', '2024-05-14T04:00:00.000Z'],
    ['2024-05-14 09:30', '2024-05-14T09:30:00.000Z'],
    ['2024-05-14', '2024-05-14T00:00:00.000Z'],
    ['20240514', '2024-05-14T00:00:00.000Z'],
    ['2024/05/14 10:30:00', '2024-05-14T10:30:00.000Z'],
    ['14.05.2024, 10:30 Uhr', '2024-05-14T10:30:00.000Z'],
    ['05/14/2024', '2024-05-14T00:00:00.000Z'],
    ['Tue, 14 May 2024 09:30:00 GMT', '2024-05-14T09:30:00.000Z'],
    ['May 14, 2024 at 9:30 am EDT', '2024-05-14T13:30:00.000Z'],
    ['Published: May 14th, 2024', '2024-05-14T00:00:00.000Z'],
    ['14 May 2024', '2024-05-14T00:00:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(parsePageDate(text)).toBe(iso)
  })

  it.each(['', 'yesterday', '12', '1024-05-14', '2024-13-14', '5 hours ago', null])(
    'reads no date in %s',
    (text) => {
      expect(parsePageDate(text)).toBeNull()
    },
  )
})

describe('dateInUrl()', () => {
  it.each([
    ['https://echo.example/2024/05/14/ferry', '2024-05-14T00:00:00.000Z'],
    ['https://echo.example/news/2024-05-14-ferry', '2024-05-14T00:00:00.000Z'],
    ['https://echo.example/2024/may/14/ferry', '2024-05-14T00:00:00.000Z'],
    ['https://echo.example/2024/05/ferry', null],
    [null, null],
  ])('reads %s', (url, iso) => {
    expect(dateInUrl(url)).toBe(iso)
  })
})
