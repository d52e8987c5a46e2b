import { describe, expect, it } from 'vitest'
import { digestPageUrl, digestsPageUrl, storyPageUrl } from '../../../src/core/digest/page-address.ts'

describe('page addresses', () => {
  it('storyPageUrl() leads to the page of a story, with the eyes of a destination where a token is given', () => {
    expect(storyPageUrl('https://news.example', 'ab12')).toBe('https://news.example/story/ab12')
    expect(storyPageUrl('', 'ab12', 'key_1')).toBe('/story/ab12?via=key_1')
  })

  it('writes ids so that they stay one part of the path', () => {
    expect(storyPageUrl('https://news.example', '../x?y#z')).toBe('https://news.example/story/..%2Fx%3Fy%23z')
    expect(digestsPageUrl('https://news.example', 'a/b')).toBe('https://news.example/digests/a%2Fb')
    expect(digestPageUrl('', 'key', 'd1')).toBe('/digests/key/d1')
  })
})
