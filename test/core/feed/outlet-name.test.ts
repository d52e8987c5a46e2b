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
    ['Jean-Luc Moreau', 'Jean-Luc Moreau'],
  ])('makes %j %j', (title, name) => {
    expect(outletName(title, null)).toBe(name)
  })

  it('prefers the name that is in the host', () => {
    expect(outletName('Sea and shore: The Harbour Post', 'https://www.harbourpost.example/')).toBe(
      'Sea and shore',
    )
    expect(outletName('Sea and shore: Harbour Post', 'https://www.harbourpost.example/')).toBe('Harbour Post')
  })

  it('has no name where the title is an address', () => {
    expect(outletName('https://harbour.example/', null)).toBeNull()
    expect(outletName(' ', null)).toBeNull()
  })
})
