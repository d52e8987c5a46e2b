import { describe, expect, it } from 'vitest'
import { resolveLink } from '../../../src/core/feed/feed-link.ts'

describe('resolveLink()', () => {
  it.each([
    ['https://harbour.example/a', [], 'https://harbour.example/a'],
    [' /a\n', ['https://harbour.example/feed.xml'], 'https://harbour.example/a'],
    ['a', ['https://harbour.example/x/', 'sub/'], 'https://harbour.example/x/sub/a'],
    ['a', ['https://harbour.example/x/', 'http://bridge.example/'], 'http://bridge.example/a'],
    ['//cdn.example/a', ['https://harbour.example/'], 'https://cdn.example/a'],
    ['a', ['https://harbour.example/x/', 'javascript:void(0)'], 'https://harbour.example/x/a'],
    ['www.harbour.example/a', [], 'http://www.harbour.example/a'],
    ['/a', [], null],
    ['javascript:alert(1)', ['https://harbour.example/'], null],
    ['data:text/html,x', [], null],
    ['mailto:a@harbour.example', [], null],
    ['http://', [], null],
    ['', ['https://harbour.example/'], null],
    [undefined, [], null],
  ])('resolves %j against %j', (link, bases, url) => {
    expect(resolveLink(link, bases)).toBe(url)
  })
})
