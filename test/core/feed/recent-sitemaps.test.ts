import { describe, expect, it } from 'vitest'
import { MAX_SITEMAPS, recentSitemaps } from '../../../src/core/feed/recent-sitemaps.ts'

const link = (name: string, changed: string | null = null) => ({
  url: `https://harbour.example/${name}.xml`,
  changed,
})
const namesOf = (links: readonly { readonly url: string }[]) =>
  links.map(({ url }) => url.replace(/^.*\/|\.xml$/g, ''))

describe('recentSitemaps()', () => {
  it('recentSitemaps() takes those that changed last, newest first, and no old ones but the second', () => {
    const links = [
      link('a', '2026-03-01'),
      link('b', '2026-03-09'),
      link('c', '2026-03-08'),
      link('d'),
      link('e', '2020-01-01'),
    ]
    expect(namesOf(recentSitemaps(links))).toEqual(['b', 'c'])
    expect(namesOf(recentSitemaps([link('a', '2020-01-01'), link('b', '2030-01-01')]))).toEqual(['b', 'a'])
  })

  it('recentSitemaps() takes no more than its limit', () => {
    const links = Array.from({ length: 50 }, (_, i) => link(`s${i}`, '2026-03-09'))
    expect(recentSitemaps(links)).toHaveLength(MAX_SITEMAPS)
  })

  it('recentSitemaps() goes by names where there are no dates, else takes the first', () => {
    expect(namesOf(recentSitemaps([link('pages'), link('news-2'), link('latest')]))).toEqual([
      'news-2',
      'latest',
    ])
    expect(namesOf(recentSitemaps([link('pages'), link('tags')]))).toEqual(['pages'])
    expect(recentSitemaps([])).toEqual([])
  })
})
