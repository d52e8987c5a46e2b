import { describe, expect, it } from 'vitest'
import { parseOpml, writeOpml } from '../../../src/core/feed/opml.ts'

describe('parseOpml()', () => {
  it('reads feeds with the folders around them as tags', () => {
    const { feeds, problems } =
      parseOpml(`<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
      <outline text="World"><outline text="Coast &amp; sea">
        <outline type="rss" text="The Harbour Post" xmlUrl="https://harbour.example/rss" htmlUrl="https://harbour.example/"/>
      </outline></outline>
      <outline title="Pier" text="x" XMLURL="http://pier.example/atom" category="/local/pier,news"/>
      <outline text="a note"/></body></opml>`)
    expect(feeds).toEqual([
      { url: 'https://harbour.example/rss', title: 'The Harbour Post', tags: ['World', 'Coast & sea'] },
      { url: 'http://pier.example/atom', title: 'Pier', tags: ['local', 'pier', 'news'] },
    ])
    expect(problems).toEqual([])
  })

  it('takes a tag once, however it is written', () => {
    const { feeds } = parseOpml(
      '<opml><body><outline text="Sea"><outline text="H" xmlUrl="https://harbour.example/rss" category="/sea,ports,Ports"/></outline></body></opml>',
    )
    expect(feeds[0]?.tags).toEqual(['Sea', 'ports'])
  })

  it('joins the tags of a feed that is listed twice', () => {
    const feed = '<outline text="H" xmlUrl="https://harbour.example/rss"/>'
    const { feeds } = parseOpml(
      `<opml><body><outline text="a">${feed}</outline><outline text="b">${feed}</outline></body></opml>`,
    )
    expect(feeds).toEqual([{ url: 'https://harbour.example/rss', title: 'H', tags: ['a', 'b'] }])
  })

  it.each([
    ['feed://harbour.example/rss', 'https://harbour.example/rss'],
    ['feed:http://harbour.example/rss', 'http://harbour.example/rss'],
  ])('reads the address %s', (address, url) => {
    expect(parseOpml(`<opml><body><outline xmlUrl="${address}"/></body></opml>`).feeds).toMatchObject([
      { url },
    ])
  })

  it('tells of addresses that are none, and reads the rest', () => {
    const { feeds, problems } = parseOpml(
      '<opml><body><outline text="a" xmlUrl="javascript:x"/><outline text="b" xmlUrl="https://b.example/"/>',
    )
    expect(feeds).toEqual([{ url: 'https://b.example/', title: 'b', tags: [] }])
    expect(problems.map(({ kind }) => kind)).toEqual(['truncated', 'link'])
  })

  it('tells where no feed is in it', () => {
    expect(parseOpml('<html>no</html>').problems).toEqual([
      { kind: 'not-a-feed', problem: 'no outline has an address' },
    ])
  })

  it('comes back from deep nesting', () => {
    const { feeds } = parseOpml(
      `<opml><body>${'<outline text="x">'.repeat(50_000)}<outline xmlUrl="https://b.example/"/>`,
    )
    expect(feeds.length).toBeLessThanOrEqual(1)
  })
})

describe('writeOpml()', () => {
  it('puts feeds into the folder of their first tag', () => {
    expect(
      writeOpml([
        { url: 'https://harbour.example/rss?a=1&b=2', title: 'The "Harbour"', tags: ['coast', 'local'] },
        { url: 'https://pier.example/', title: '', tags: [] },
      ]),
    ).toContain(
      [
        '    <outline text="coast" title="coast">',
        '      <outline type="rss" text="The &quot;Harbour&quot;" title="The &quot;Harbour&quot;" xmlUrl="https://harbour.example/rss?a=1&amp;b=2" category="coast,local"/>',
        '    </outline>',
        '    <outline type="rss" text="https://pier.example/" title="https://pier.example/" xmlUrl="https://pier.example/"/>',
      ].join('\n'),
    )
  })
})
