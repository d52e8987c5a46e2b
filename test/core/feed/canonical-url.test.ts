import { describe, expect, test } from 'vitest'
import { canonicalUrl } from '../../../src/core/feed/canonical-url.ts'

const SAME: readonly (readonly [string, string])[] = [
  // Scheme, host, port, user.
  ['http://news.example/a', 'https://news.example/a'],
  ['HTTPS://NEWS.EXAMPLE/a', 'https://news.example/a'],
  ['https://www.news.example/a', 'https://news.example/a'],
  ['https://www2.news.example/a', 'https://news.example/a'],
  ['https://news.example./a', 'https://news.example/a'],
  ['https://news.example:443/a', 'https://news.example/a'],
  ['http://news.example:80/a', 'https://news.example/a'],
  ['https://user:secret@news.example/a', 'https://news.example/a'],
  ['  https://news.example/a\n', 'https://news.example/a'],
  ['https://пример.example/a', 'https://xn--e1afmkfd.example/a'],
  // Mobile, AMP and print hosts.
  ['https://m.news.example/a', 'https://news.example/a'],
  ['https://mobile.news.example/a', 'https://news.example/a'],
  ['https://touch.news.example/a', 'https://news.example/a'],
  ['https://amp.news.example/a', 'https://news.example/a'],
  ['https://www.m.news.example/a', 'https://news.example/a'],
  ['https://en.m.wiki.example/A', 'https://en.wiki.example/A'],
  ['https://print.news.example/a', 'https://news.example/a'],
  // AMP caches and viewers.
  ['https://news-example.cdn.ampproject.org/c/s/news.example/a', 'https://news.example/a'],
  ['https://news-example.cdn.ampproject.org/v/news.example/a?amp_js_v=0.1', 'https://news.example/a'],
  ['https://www.google.com/amp/s/www.news.example/a/amp/', 'https://news.example/a'],
  // Paths.
  ['https://news.example', 'https://news.example/'],
  ['https://news.example/a/', 'https://news.example/a'],
  ['https://news.example//a///b', 'https://news.example/a/b'],
  ['https://news.example/a/amp', 'https://news.example/a'],
  ['https://news.example/a/amp/', 'https://news.example/a'],
  ['https://news.example/amp/a', 'https://news.example/a'],
  ['https://news.example/a.amp.html', 'https://news.example/a.html'],
  ['https://news.example/a-amp.html', 'https://news.example/a.html'],
  ['https://news.example/a_print.html', 'https://news.example/a.html'],
  ['https://news.example/a.amp', 'https://news.example/a'],
  ['https://news.example/a/print', 'https://news.example/a'],
  ['https://news.example/print/2031/a', 'https://news.example/2031/a'],
  ['https://news.example/mobile/2031/a', 'https://news.example/2031/a'],
  ['https://news.example/a/index.html', 'https://news.example/a'],
  ['https://news.example/default.aspx', 'https://news.example/'],
  ['https://news.example/a;jsessionid=0A1B', 'https://news.example/a'],
  ['https://news.example/a%c3%a9', 'https://news.example/a%C3%A9'],
  ['https://news.example/x/../a', 'https://news.example/a'],
  // Fragments.
  ['https://news.example/a#comments', 'https://news.example/a'],
  ['https://news.example/a#', 'https://news.example/a'],
  // Tracking parameters.
  ['https://news.example/a?utm_source=rss&utm_medium=feed', 'https://news.example/a'],
  ['https://news.example/a?UTM_Campaign=x', 'https://news.example/a'],
  ['https://news.example/a?fbclid=1', 'https://news.example/a'],
  ['https://news.example/a?gclid=1&id=2', 'https://news.example/a?id=2'],
  ['https://news.example/a?at_medium=RSS&at_campaign=K', 'https://news.example/a'],
  ['https://news.example/a?mc_cid=1&mc_eid=2', 'https://news.example/a'],
  ['https://news.example/a?ns_campaign=x', 'https://news.example/a'],
  ['https://news.example/a?ref=rss', 'https://news.example/a'],
  ['https://news.example/a?source=twitter', 'https://news.example/a'],
  ['https://news.example/a?partner=rss&emc=1', 'https://news.example/a?emc=1'],
  ['https://news.example/a?PHPSESSID=12', 'https://news.example/a'],
  // Parameters for another dress.
  ['https://news.example/a?amp', 'https://news.example/a'],
  ['https://news.example/a?amp=1', 'https://news.example/a'],
  ['https://news.example/a?outputType=amp', 'https://news.example/a'],
  ['https://news.example/a?output=amp', 'https://news.example/a'],
  ['https://news.example/a?print=true', 'https://news.example/a'],
  ['https://news.example/a?view=print', 'https://news.example/a'],
  ['https://news.example/a?mobile=1', 'https://news.example/a'],
  ['https://news.example/a?pagewanted=all', 'https://news.example/a'],
  // What is left of the query.
  ['https://news.example/a?b=2&a=1', 'https://news.example/a?a=1&b=2'],
  ['https://news.example/a?a=2&a=1', 'https://news.example/a?a=1&a=2'],
  ['https://news.example/a?', 'https://news.example/a'],
  ['https://news.example/a?&&id=1&', 'https://news.example/a?id=1'],
  ['https://news.example/a?id=', 'https://news.example/a?id'],
  ['https://news.example/a?q=x+y', 'https://news.example/a?q=x%20y'],
]

const APART: readonly (readonly [string, string])[] = [
  ['https://news.example/a', 'https://news.example/b'],
  ['https://news.example/a', 'https://news.example/A'],
  ['https://news.example/?p=1', 'https://news.example/?p=2'],
  ['https://news.example/a?id=1', 'https://news.example/a?id=2'],
  ['https://news.example/a?page=2', 'https://news.example/a'],
  ['https://news.example/a?q=%E4', 'https://news.example/a?q=%F6'],
  ['https://news.example/a?source=harbour', 'https://news.example/a?source=market'],
  ['https://news.example/a?cid=42', 'https://news.example/a?cid=43'],
  ['https://news.example/a?m=7', 'https://news.example/a?m=8'],
  ['https://news.example/#!/story/1', 'https://news.example/#!/story/2'],
  ['https://sport.news.example/a', 'https://news.example/a'],
  ['https://news.example:8080/a', 'https://news.example/a'],
  ['https://news.example/amp', 'https://news.example/'],
  ['https://news.example/print', 'https://news.example/'],
  ['https://news.example/champ.html', 'https://news.example/ch.html'],
  ['https://m.example/a', 'https://example.example/a'],
]

describe('canonicalUrl()', () => {
  test.each(SAME)('folds %s', (url, expected) => {
    expect(canonicalUrl(url)).toBe(expected)
  })

  test.each(APART)('tells %s from %s', (a, b) => {
    expect(canonicalUrl(a)).not.toBeNull()
    expect(canonicalUrl(a)).not.toBe(canonicalUrl(b))
  })

  test.each([
    '',
    'news.example/a',
    '/a',
    'mailto:desk@news.example',
    'javascript:alert(1)',
    'ftp://news.example/a',
    'data:text/html,x',
    'http://',
    'https://[',
    'https://news example/a',
    `https://news.example/${'a'.repeat(5_000)}`,
  ])('gives null for %j', (url) => {
    expect(canonicalUrl(url)).toBeNull()
  })

  test.each([...SAME, ...APART])('changes nothing in its own result for %s', (url) => {
    const once = canonicalUrl(url)!
    expect(canonicalUrl(once)).toBe(once)
  })
})
