import { describe, expect, it } from 'vitest'
import { outletName } from '../../../src/core/feed/outlet-name.ts'

describe('outletName()', () => {
  it.each([
    ['The Harbour Post', 'The Harbour Post'],
    ['The Harbour Post - RSS', 'The Harbour Post'],
    ['The Harbour Post RSS Feed', 'The Harbour Post'],
    ['RSS feed of The Harbour Post', 'The Harbour Post'],
    ['The Harbour Post | Latest news', 'The Harbour Post'],
    ['Harbour News - Home', 'Harbour News'],
    ['Harbour News » World', 'Harbour News'],
    ['World news | The Harbour Post', 'The Harbour Post'],
    ['Hafenblatt – Nachrichten', 'Hafenblatt'],
    ['News', 'News'],
    ['Latest news from The Harbour Post', 'The Harbour Post'],
    ['Jean-Luc Moreau', 'Jean-Luc Moreau'],
  ])('makes %j %j', (title, name) => {
    expect(outletName(title, null)).toBe(name)
  })

  it('prefers the name that is in the host', () => {
    expect(outletName('Sea and shore: Harbour Post', null)).toBe('Sea and shore')
    expect(outletName('Sea and shore: Harbour Post', 'https://www.harbourpost.example/')).toBe('Harbour Post')
    expect(outletName('"bridge" - Pier News', 'https://news.pier.example/')).toBe('Pier News')
    expect(outletName('Coast - Pier News', 'https://harbour-news.example/')).toBe('Coast')
  })

  it('has no name where the title is an address', () => {
    expect(outletName('https://harbour.example/', null)).toBeNull()
    expect(outletName(' ', null)).toBeNull()
  })
})
