/** What a file holds, as far as its name, its media type and its first bytes tell. */
export type InputKind = 'rows' | 'csv' | 'json' | 'feed' | 'opml' | 'html' | 'text'

/** Bytes that are looked at: prologue, comments and the root element of real feeds fit. */
const SNIFF_BYTES = 4_096

/**
 * What an input holds. The content decides where it is clear (an XML root element), then the name's ending, then the
 * media type; anything else is plain text. `json` may be a JSON Feed, one row or an array of rows.
 */
export function sniffInput(name: string, contentType: string | null, body: Uint8Array): InputKind {
  const ending = /\.(\w+)(?:\.gz)?$/.exec(name.toLowerCase())?.[1] ?? ''
  if (ending === 'jsonl' || ending === 'ndjson') return 'rows'
  if (ending === 'csv') return 'csv'
  if (ending === 'txt' || ending === 'md') return 'text'
  const head = new TextDecoder('latin1').decode(body.subarray(0, SNIFF_BYTES)).replaceAll('\0', '')
  if (/<opml[\s>]/i.test(head)) return 'opml'
  if (/<(?:\w+:)?(?:rss|rdf|feed|channel|urlset|sitemapindex)[\s>:]/i.test(head) && !/<html[\s>]/i.test(head))
    return 'feed'
  if (/<!doctype html|<html[\s>]|<body[\s>]/i.test(head)) return 'html'
  return byEnding(ending) ?? byMediaType(contentType ?? '') ?? (/^\s*[[{]/.test(head) ? 'json' : 'text')
}

function byEnding(ending: string): InputKind | undefined {
  if (ending === 'html' || ending === 'htm' || ending === 'xhtml') return 'html'
  if (ending === 'json') return 'json'
  if (ending === 'opml') return 'opml'
  return ['xml', 'rss', 'atom', 'rdf'].includes(ending) ? 'feed' : undefined
}

function byMediaType(contentType: string): InputKind | undefined {
  if (/ndjson|jsonl/i.test(contentType)) return 'rows'
  if (/json/i.test(contentType)) return 'json'
  if (/html/i.test(contentType)) return 'html'
  if (/\bcsv\b/i.test(contentType)) return 'csv'
  return /xml/i.test(contentType) ? 'feed' : undefined
}
