import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRobots } from '../../../src/adapters/fetch/robots-rules.ts'

const ROBOTS_URL = 'https://harbour.example/robots.txt'
const rules = (text: string) => parseRobots(ROBOTS_URL, text, 'tidings')

describe('parseRobots()', () => {
  test.each([
    ['no rules', '', '/a', true],
    ['a rule for all', 'User-agent: *\nDisallow: /', '/a', false],
    ['a rule for others', 'User-agent: otherbot\nDisallow: /', '/a', true],
    [
      'its own rule before that for all',
      'User-agent: *\nDisallow: /\nUser-agent: Tidings\nDisallow: /b',
      '/a',
      true,
    ],
    ['the longest rule', 'User-agent: *\nDisallow: /a\nAllow: /a/open', '/a/open/1', true],
    ['a wildcard', 'User-agent: *\nDisallow: /*.pdf$', '/x/y.pdf', false],
    ['an end', 'User-agent: *\nDisallow: /*.pdf$', '/x/y.pdf?z', true],
    ['a byte order mark', '\uFEFFUser-agent: *\nDisallow: /a', '/a', false],
    ['old line ends', 'User-agent: *\rDisallow: /a\r', '/a', false],
    ['a comment', 'User-agent: * # all\nDisallow: /a # not this', '/a', false],
    ['a page instead', '<!doctype html><title>Not found</title>', '/a', true],
  ])('reads %s', (_what, text, path, expected) => {
    expect(rules(text).allows(`https://harbour.example${path}`)).toBe(expected)
  })

  test.each([
    ['Crawl-delay: 5', 5_000],
    ['Crawl-delay: 0.5', 500],
    ['Crawl-delay: 86400', 60_000],
    ['Crawl-delay: -5', 0],
    ['Crawl-delay: soon', null],
  ])('reads "%s"', (line, expected) => {
    expect(rules(`User-agent: *\n${line}`).crawlDelayMs).toBe(expected)
  })

  test('reads anything, and answers for any URL', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .tuple(
          fc.constantFrom('User-agent', 'Disallow', 'Allow', 'Crawl-delay', 'Sitemap', 'Host'),
          fc.string(),
        )
        .map(([name, value]) => `${name}: ${value}`),
    )
    fc.assert(
      fc.property(fc.array(line), fc.webUrl(), (lines, url) => {
        const parsed = rules(lines.join('\n'))
        expect(typeof parsed.allows(url)).toBe('boolean')
      }),
    )
  })
})
