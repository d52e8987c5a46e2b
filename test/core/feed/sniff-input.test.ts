import { describe, expect, it } from 'vitest'
import { sniffInput } from '../../../src/core/feed/sniff-input.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('sniffInput()', () => {
  it.each([
    ['a.txt', null, '<html>', 'text'],
    ['a.jsonl.gz', null, '', 'rows'],
    ['a.csv.gz', null, 'id,title', 'csv'],
    ['https://x.example/x', 'text/csv; charset=utf-8', 'id,title', 'csv'],
    ['a.json', null, '[]', 'json'],
    ['a.xml', null, '<?xml version="1.0"?><rss version="2.0">', 'feed'],
    ['a.xml', null, '<?xml version="1.0"?><!-- x --><opml version="2.0">', 'opml'],
    ['a.xml', null, 'broken', 'feed'],
    ['a.html', null, 'no tags', 'html'],
    ['https://x.example/', 'text/html; charset=utf-8', '<p>x', 'html'],
    ['https://x.example/feed', 'text/html', '<feed xmlns="http://www.w3.org/2005/Atom">', 'feed'],
    [
      'https://x.example/feed',
      'application/feed+json',
      '{"version":"https://jsonfeed.org/version/1.1"}',
      'json',
    ],
    ['https://x.example/feed', null, '{"version":1}', 'json'],
    ['https://x.example/map', null, '<urlset xmlns="x">', 'feed'],
    ['https://x.example/rdf', null, '<rdf:RDF xmlns:rdf="x">', 'feed'],
    ['https://x.example/x', null, 'A plain text.', 'text'],
    ['page', null, '<!DOCTYPE html><html><body><code>&lt;rss></code>', 'html'],
  ] as const)('tells %s (%s, %s) as %s', (name, contentType, content, kind) => {
    expect(sniffInput(name, contentType, bytes(content))).toBe(kind)
  })

  it('sees a root element in UTF-16', () => {
    const body = new Uint8Array(Buffer.from('\ufeff<rss version="2.0">', 'utf16le'))
    expect(sniffInput('x', null, body)).toBe('feed')
  })
})
