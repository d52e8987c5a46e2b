import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { articlesFromFeed } from '../../src/core/feed/articles-from-feed.ts'
import { decodeText } from '../../src/core/feed/decode-feed.ts'
import { discoverFeeds } from '../../src/core/feed/discover-feeds.ts'
import { parseOpml, writeOpml } from '../../src/core/feed/opml.ts'
import { parseFeed } from '../../src/core/feed/parse-feed.ts'
import { htmlToPlainText } from '../../src/core/feed/plain-text.ts'
import { parseFeedDate } from '../../src/core/feed/published-at.ts'

/** Pieces that feeds are made of, so that random ones come close to real ones. */
const PIECES = [
  '<rss>',
  '</rss>',
  '<channel>',
  '</channel>',
  '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="x">',
  '<entry>',
  '</entry>',
  '<item>',
  '</item>',
  '<title>',
  '</title>',
  '<title type="html">',
  '<link>',
  '</link>',
  '<link href="/a"/>',
  '<description>',
  '</description>',
  '<content type="xhtml">',
  '</content>',
  '<div>',
  '</div>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '&amp;',
  '&lt;',
  '&#0;',
  '&#x110000;',
  '&#8;',
  '&amp;#27;',
  '\\u0007',
  '&nbsp;',
  '<pubDate>',
  '</pubDate>',
  '5 Mar 2025',
  '25:99',
  'https://harbour.example/',
  '<a href="',
  '">',
  '<?xml version="1.0" encoding="utf-16"?>',
  '<!DOCTYPE rss [',
  '<!ENTITY a "',
  '">',
  '{"items":[',
  '{"id":',
  '"',
  '\\',
  ']}',
  '\u0000',
  '\ud800',
  '\ufeff',
  '<outline xmlUrl="',
  '<script>',
  ' ',
  '\n',
  'x',
] as const

const soup = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 4 })), { maxLength: 40 })
  .map((parts) => parts.join(''))
const isHttp = (url: string | null): boolean => url === null || /^https?:\/\//.test(url)
const isIso = (date: string | null): boolean => date === null || new Date(date).toISOString() === date

describe('parseFeed()', () => {
  it('gives a sound feed for any bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.option(fc.string({ maxLength: 30 })),
        (body, contentType) => {
          expect(Array.isArray(parseFeed({ body, contentType }).items)).toBe(true)
        },
      ),
    )
  })

  it('gives absolute links, ISO dates and titles on one line for any markup', () => {
    fc.assert(
      fc.property(soup, fc.constantFrom(null, 'https://harbour.example/feed', 'no url'), (text, url) => {
        const { feed, items } = parseFeed({ body: new TextEncoder().encode(text), url })
        expect([feed.link, ...items.map(({ link }) => link)].every(isHttp)).toBe(true)
        expect(items.every(({ published, updated }) => isIso(published) && isIso(updated))).toBe(true)
        expect([feed, ...items].every(({ title }) => title === title.replace(/\s+/g, ' ').trim())).toBe(true)
        const texts: string[] = []
        JSON.stringify([feed, items], (_, value: unknown) => {
          if (typeof value === 'string') texts.push(value)
          return value
        })
        expect(texts.filter((it) => /[^\P{Cc}\n\t\r\x7f-\x9f]|\p{Cs}/u.test(it))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('gives the same feed for the same bytes', () => {
    fc.assert(
      fc.property(soup, (text) => {
        const body = new TextEncoder().encode(text)
        expect(parseFeed({ body })).toEqual(parseFeed({ body }))
      }),
    )
  })

  it('reads whole items out of a feed that was cut anywhere', () => {
    const items = Array.from(
      { length: 5 },
      (_, i) => `<item><guid>g${i}</guid><title>Title ${i}</title></item>`,
    )
    const text = `<rss><channel><title>H</title>${items.join('')}</channel></rss>`
    fc.assert(
      fc.property(fc.nat({ max: text.length }), (length) => {
        const cut = text.slice(0, length)
        const whole = cut.split('</item>').length - 1
        const read = parseFeed({ body: new TextEncoder().encode(cut) }).items
        expect(read.slice(0, whole).map(({ id, title }) => `${id} ${title}`)).toEqual(
          Array.from({ length: whole }, (_, i) => `g${i} Title ${i}`),
        )
        expect(read.length).toBeLessThanOrEqual(whole + 1)
      }),
    )
  })

  it('reads back any title that was written', () => {
    const word = fc.stringMatching(/^[\p{L}\p{N}.,!?“”’–-]{1,12}$/u)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        const title = words.join(' ')
        const body = new TextEncoder().encode(`<rss><channel><title>${title}</title></channel></rss>`)
        expect(parseFeed({ body }).feed.title).toBe(title)
      }),
    )
  })
})

describe('articlesFromFeed()', () => {
  it('gives each id once, of any markup', () => {
    fc.assert(
      fc.property(soup, (text) => {
        const parsed = parseFeed({ body: new TextEncoder().encode(text) })
        const ids = articlesFromFeed(parsed, { feedUrl: 'https://harbour.example/rss' }).map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
      }),
    )
  })
})

describe('decodeText()', () => {
  it('gives only characters that XML allows', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (body) => {
        expect(decodeText(body).text).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u)
      }),
    )
  })
})

describe('htmlToPlainText()', () => {
  it('leaves the text of escaped words as it was', () => {
    const word = fc.stringMatching(/^[\p{L}\p{N}<>"'=-]{1,10}$/u).filter((text) => !/<\/?[a-z!?]/i.test(text))
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 10 }), (words) => {
        const text = words.join(' ')
        const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
        expect(htmlToPlainText(`<p>${escaped}</p>`)).toBe(text)
      }),
    )
  })
})

describe('parseFeedDate()', () => {
  it('reads back every instant in ISO and RFC 822 form', () => {
    const date = fc.date({
      min: new Date('1970-01-01T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(date, (value) => {
        const ms = Math.floor(value.getTime() / 1000) * 1000
        expect(parseFeedDate(value.toISOString())).toBe(ms)
        expect(parseFeedDate(value.toUTCString())).toBe(ms)
      }),
    )
  })

  it('gives whole seconds or null for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d:/. A-Za-z+-]{0,40}$/)), (text) => {
        const ms = parseFeedDate(text)
        expect(ms === null || Number.isInteger(ms / 1000)).toBe(true)
      }),
    )
  })
})

describe('OPML', () => {
  it('is read back as it was written', () => {
    const tag = fc.stringMatching(/^[\p{L}\p{N}&<>"]{1,10}$/u).filter((text) => !/[<&]/.test(text))
    const feed = fc.record({
      url: fc.webUrl().map((url) => new URL(url).href),
      title: fc.stringMatching(/^[\p{L}\p{N}.,"'-]{1,20}$/u),
      tags: fc.uniqueArray(tag, { maxLength: 3 }),
    })
    fc.assert(
      fc.property(fc.uniqueArray(feed, { selector: ({ url }) => url, maxLength: 8 }), (feeds) => {
        const byUrl = (a: { url: string }, b: { url: string }): number => (a.url < b.url ? -1 : 1)
        expect(parseOpml(writeOpml(feeds)).feeds.toSorted(byUrl)).toEqual(feeds.toSorted(byUrl))
      }),
    )
  })
})

describe('discoverFeeds()', () => {
  it('gives absolute addresses of any page', () => {
    fc.assert(
      fc.property(soup, (html) => {
        expect(discoverFeeds(html, 'https://harbour.example/').every(({ url }) => isHttp(url))).toBe(true)
      }),
    )
  })
})
