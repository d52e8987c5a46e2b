import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hubLinks } from '../../../src/core/feed/link-header.ts'

const BASE = 'https://harbour.example/news/feed'

describe('hubLinks()', () => {
  test('reads hub and own address of one header or many', () => {
    expect(
      hubLinks('<https://hub.example/>; rel="hub", <https://harbour.example/feed>; rel="self"', BASE),
    ).toEqual({
      ...{ hub: 'https://hub.example/', self: 'https://harbour.example/feed' },
    })
    expect(hubLinks('<feed?a=1,2>;rel=self;type="a,b", </hub>; title="<x>"; REL=Hub', BASE)).toEqual({
      ...{ hub: 'https://harbour.example/hub', self: 'https://harbour.example/news/feed?a=1,2' },
    })
  })

  test('takes the first of several hubs, and relations with several names', () => {
    expect(
      hubLinks('<https://a.example/>; rel="alternate hub", <https://b.example/>; rel=hub', BASE).hub,
    ).toBe('https://a.example/')
  })

  test('gives null for other relations, other schemes, and no header', () => {
    expect(hubLinks('<https://a.example/>; rel="hubs", <ftp://b.example/>; rel=hub', BASE).hub).toBeNull()
    expect(hubLinks(null, BASE)).toEqual({ hub: null, self: null })
  })

  test('throws on no header, and takes no time for long ones', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<', '>', ';', 'rel', '=', '"', 'hub', ',', ' ', '/a')),
        (parts) => {
          hubLinks(parts.join(''), BASE)
        },
      ),
    )
    const startMs = performance.now()
    for (const unit of ['<', '<a>;', '<a>"', '<a>;rel="', '"']) hubLinks(unit.repeat(200_000), BASE)
    expect(performance.now() - startMs).toBeLessThan(1_000)
  })
})
