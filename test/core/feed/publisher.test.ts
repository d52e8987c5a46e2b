import { describe, expect, test } from 'vitest'
import { outletOf } from '../../../src/core/feed/publisher.ts'

function publisherOf(name: string | null, url: string | null = null): string {
  return outletOf(name, url).publisher
}

describe('outletOf()', () => {
  test.each([
    ['editions under several suffixes', 'https://www.bbc.com/news/1', 'https://www.bbc.co.uk/news/2'],
    ['the feed host of a publisher', 'https://feeds.bbci.co.uk/news/rss.xml', 'https://www.bbc.com/news/1'],
    ['editions on hosts of one domain', 'https://edition.cnn.com/a', 'https://us.cnn.com/b'],
    ['desks on hosts of one domain', 'https://sport.courier.example/a', 'https://www.courier.example/b'],
    ['both hosts of one blog', 'https://tarnholm.substack.com/p/a', 'https://www.tarnholm.substack.com/p/b'],
    ['both addresses of one author', 'https://medium.com/@osk/a', 'https://medium.com/@osk/b'],
  ])('counts %s once', (_, a, b) => {
    expect(publisherOf('A', a)).toBe(publisherOf('B', b))
  })

  test.each([
    ['guests of a blog host', 'https://tarnholm.blogspot.com/a', 'https://brevik.blogspot.com/a'],
    ['guests of a newsletter host', 'https://tarnholm.substack.com/p/a', 'https://brevik.substack.com/p/a'],
    ['guests of a press host', 'https://tarnholm.wordpress.com/a', 'https://brevik.wordpress.com/a'],
    ['authors in folders', 'https://medium.com/@osk/a', 'https://medium.com/@dalby/a'],
    ['channels', 'https://www.youtube.com/@osk/videos', 'https://www.youtube.com/@dalby/videos'],
    ['two papers', 'https://courier.example/a', 'https://gazette.example/a'],
    ['two addresses without names', 'http://192.0.2.1/a', 'http://192.0.2.2/a'],
  ])('tells %s apart', (_, a, b) => {
    expect(publisherOf(null, a)).not.toBe(publisherOf(null, b))
  })

  test.each([
    'BBC News',
    'BBC News - World',
    'BBC News | Science & Environment',
    'BBC News: Top Stories',
    'BBC » Europe',
    'BBC Sport',
    'bbc.co.uk',
    'www.bbc.com',
    'BBC (RSS)',
    'The BBC',
  ])('folds the name %j to one publisher', (name) => {
    expect(publisherOf(name)).toBe('bbc')
  })

  test.each([
    ['Tarnholm Courier', 'tarnholm courier'],
    ['The Tarnholm Courier – Sport', 'tarnholm courier'],
    ['tarnholm-courier.example', 'tarnholm-courier'],
    ['US News', 'us news'],
    ['World', 'world'],
    ['新华社', '新华社'],
    ['—', ''],
    ['', ''],
  ])('makes of the name %j the key %j', (name, key) => {
    expect(publisherOf(name)).toBe(key)
  })

  test.each([
    'https://feedproxy.google.com/~r/courier/~3/x',
    'https://feeds.feedburner.com/courier',
    'https://news.google.com/rss/articles/x',
    'https://t.co/x',
  ])('does not take the proxy %s for a publisher', (url) => {
    expect(publisherOf('Tarnholm Courier', url)).toBe('tarnholm courier')
  })

  test('shows the given name, else the host', () => {
    expect(outletOf(' Tarnholm \n Courier ', 'https://x.example').outlet).toBe('Tarnholm Courier')
    expect(outletOf(null, 'https://www.courier.example/a').outlet).toBe('courier.example')
    expect(outletOf(undefined, undefined)).toEqual({ outlet: '', publisher: '' })
  })

  test.each(['https://', 'no url', 'https://%%%', `https://${'a.'.repeat(9_000)}example/`])(
    'takes the broken address %s',
    (url) => {
      expect(() => outletOf('x'.repeat(100_000), url)).not.toThrow()
    },
  )
})
