import { describe, expect, it } from 'vitest'
import { entryPicture } from '../../../src/core/digest/entry-picture.ts'
import { makeArticle } from '../../support/make-article.ts'

function member(id: string, imageUrl: string | null, title = 'Ferry aground') {
  return { article: makeArticle({ id, title, imageUrl }), copyOf: null, copyKind: null, why: 'first' }
}

describe('entryPicture()', () => {
  it('takes the picture of the article that bears the headline', () => {
    const members = [
      member('a', 'https://harbourpost.example/a.jpg'),
      member('b', 'https://harbourpost.example/b.jpg', 'Ferry freed'),
    ]
    expect(entryPicture('Ferry freed', members)).toBe('https://harbourpost.example/b.jpg')
  })

  it('knows the bearer by the headline without marks and site', () => {
    const members = [
      member('a', 'https://harbourpost.example/a.jpg'),
      member('b', 'https://harbourpost.example/b.jpg', 'UPDATE: Ferry freed | Harbour Post'),
    ]
    expect(entryPicture('Ferry freed', members)).toBe('https://harbourpost.example/b.jpg')
  })

  it('takes the first that can be shown where that one has none', () => {
    const members = [
      member('a', 'http://harbourpost.example/a.jpg'),
      member('b', null, 'Ferry freed'),
      member('c', 'https://10.0.0.8/c.jpg'),
      member('d', 'https://harbourpost.example/d.jpg'),
      member('e', 'https://harbourpost.example/e.jpg'),
    ]
    expect(entryPicture('Ferry freed', members)).toBe('https://harbourpost.example/d.jpg')
  })

  it('gives nothing where there is none', () => {
    expect(entryPicture('Ferry freed', [member('a', null), member('b', 'javascript:alert(1)')])).toBeNull()
  })
})
