import { describe, expect, it } from 'vitest'
import { parseFeedRow } from '../../../src/app/rows/parse-feed-row.ts'
import { MAX_FEED_BYTES } from '../../../src/core/feed/parse-feed.ts'

/**
 * Longest time for one hostile row, ms. They take 0.1 to 0.8 s on a calm machine; anything that is not linear in the bytes
 * takes minutes.
 */
const MAX_MS = 8_000

const ITEM =
  '<item><title>Ferry &amp;amp; tugs</title><description>&lt;a href="/x"&gt;y&lt;/a&gt;</description></item>'

/** A body of the largest size: a beginning, one piece again and again, an end. */
const SHAPES: readonly (readonly [name: string, head: string, piece: string, tail: string])[] = [
  ['elements that never close', '<rss><channel><item><title>', '<a>', ''],
  ['tags that were never opened', '<rss><channel><item><title>', '</b>', ''],
  ['more items than any feed has', '<rss><channel>', ITEM, '</channel></rss>'],
  ['authors without end', '<rss><channel><item>', '<author>a b c</author>', '</item></channel></rss>'],
  ['bases on bases', '<feed xml:base="https://a.example/">', '<entry xml:base="b/"><title>t</title>', ''],
  ['attributes without end', '<rss><channel><item ', "a='b' ", '/></channel></rss>'],
  ['quotes in escaped HTML', '<rss><channel><item><description>', '&lt;a href="', '</description></item>'],
  ['brackets in JSON', '{"version":"1","items":', '[', ''],
  ['JSON that was cut', '{"version":"1","items":[', '{"id":"1"},', ''],
]

describe('parseFeedRow()', () => {
  it.each(SHAPES)(
    'answers a body of the largest size with %s',
    (_, head, piece, tail) => {
      const count = Math.floor((MAX_FEED_BYTES - head.length - tail.length) / piece.length)
      const body = head + piece.repeat(count) + tail
      const row = { id: 'hostile', base64: Buffer.from(body).toString('base64'), url: 'https://a.example/' }
      const beganMs = performance.now()
      const result = parseFeedRow(row)
      expect(performance.now() - beganMs).toBeLessThan(MAX_MS)
      expect(result).toMatchObject({ kind: 'row', row: { id: 'hostile' } })
    },
    2 * MAX_MS,
  )

  it('gives an item with a picture as one without', () => {
    const rowOf = (more: string) => {
      const body = `<rss><channel>${ITEM.replace('</item>', `${more}</item>`)}</channel></rss>`
      return JSON.stringify(parseFeedRow({ id: '1', base64: Buffer.from(body).toString('base64') }))
    }
    expect(rowOf('<enclosure type="image/png" url="https://a.example/a.png"/>')).toBe(rowOf(''))
  })
})
